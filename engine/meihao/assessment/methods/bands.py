"""bands: the first row whose edges all hold gives the points."""

from __future__ import annotations

from ...core.numbers import Number
from ...core.unknown import Unknown
from ...round.scope import CaseScope
from ...standard.model import Bands
from ..measured import Measured, _number, numbers
from ..results import Marks
from .common import Scorer, certain, inside, open_marks


def compile_bands(score: Bands, full: Number) -> Scorer:
    names = tuple(edge for row in score.rows for edge, _ in row.edges)
    read = numbers([limit for row in score.rows for _, limit in row.edges])
    read_points = numbers([row.points for row in score.rows])
    counts = tuple(len(row.edges) for row in score.rows)

    def judge(scope: CaseScope, measured: Measured) -> Marks:
        limits, points = read(scope), read_points(scope)
        if isinstance(limits, Unknown):
            return open_marks(limits.whys, 0, full, scope)
        if isinstance(points, Unknown):
            return open_marks(points.whys, 0, full, scope)
        value = _number(measured.value)  # type: ignore[arg-type]  # unknown and not applicable never reach a method
        start = 0
        for count, earned in zip(counts, points, strict=True):
            edges = tuple(zip(names[start : start + count], limits[start : start + count], strict=True))
            if all(inside(edge, value, limit) for edge, limit in edges):
                return certain(earned, "band", ("value", value), ("edges", edges))
            start += count
        return certain(0, "no_band", ("value", value))

    return judge
