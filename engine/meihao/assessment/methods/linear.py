"""Scores `linear`: straight lines between pairs (value, points), and the same points before the first and after the last."""

from __future__ import annotations

from ...core.numbers import Number, divide
from ...core.unknown import Unknown
from ...round.scope import CaseScope
from ...standard.model import Linear
from ..measured import Measured, _number, numbers
from ..results import Marks
from .common import Scorer, certain, open_marks


def interpolate(value: Number, values: tuple[Number, ...], points: tuple[Number, ...]) -> Number:
    """Return the exact points at `value`.

    >>> interpolate(65, (40, 90), (0, 5))
    Fraction(5, 2)
    """
    if value <= values[0]:
        return points[0]
    for i in range(1, len(values)):
        if value <= values[i]:
            rise, run = points[i] - points[i - 1], values[i] - values[i - 1]
            return points[i - 1] + divide(rise * (value - values[i - 1]), run)
    return points[-1]


def compile_linear(score: Linear, full: Number) -> Scorer:
    read_values = numbers([value for value, _ in score.anchors])
    read_points = numbers([points for _, points in score.anchors])

    def judge(scope: CaseScope, measured: Measured) -> Marks:
        values, points = read_values(scope), read_points(scope)
        if isinstance(values, Unknown):
            return open_marks(values.whys, 0, full, scope)
        if isinstance(points, Unknown):
            return open_marks(points.whys, 0, full, scope)
        value = _number(measured.value)  # type: ignore[arg-type]  # unknown and not applicable never reach a method
        earned = interpolate(value, values, points)
        best = values[points.index(max(points))]
        return certain(
            earned, "linear", ("value", value), ("full_at", best), ("anchors", tuple(zip(values, points, strict=True)))
        )

    return judge
