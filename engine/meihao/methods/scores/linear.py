"""Scores `linear`: straight lines between pairs (value, points), and the same points before the first and after the last."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

from ...core.numbers import Number, divide, plain
from ...core.problems import Problem
from ...core.unknown import Unknown
from ...expressions.tree import Expr
from .. import messages as says
from ..marks import JudgingScope, Marks, PartJudge, certain, open_marks
from ..measured import Measured, Scorer, number, numbers
from ..method import MeasuringMethod, Scored, ScoreRecord, Written
from ..needs import check_number, takes_measure
from ..spans import Fields, Span, cases_of, ends, in_case, most
from ..trials import Trial
from ..units import unit_of

if TYPE_CHECKING:
    from ..scribe import Scribe
    from ..telling import Telling


class Linear(ScoreRecord, frozen=True):
    """Piecewise linear through (value, points), flat outside the first and last."""

    keys: ClassVar[tuple[str, ...]] = ("linear",)
    anchors: tuple[tuple[Expr, Expr], ...]

    @classmethod
    def read(cls, written: Written) -> Linear:
        takes_measure(written)
        value = written.reader.value
        return cls(tuple((value(row["value"]), value(row["points"])) for row in written.value.entries()))

    def check(self, item: Scored) -> Iterator[Problem]:
        """Yield lines that turn back, class by class where values are looked up."""
        yield from check_number(item)
        values = [value for value, _ in self.anchors]
        for case in cases_of(values):
            known = [found for value in values if (found := in_case(value, case)) is not None]
            for before, after in pairwise(known):
                if len(known) == len(values) and before >= after:
                    yield item.at(says.NOT_INCREASING, before=plain(before), after=plain(after))

    def best(self, fields: Fields) -> Number | None:
        return most([points for _, points in self.anchors], fields)

    def extremes(self, full: Number, measure: Span, fields: Fields) -> Iterator[Number]:
        return ends([points for _, points in self.anchors], fields)

    def trials(self, item: Scored) -> Iterator[Trial]:
        return item.at_edges(self, [value for value, _ in self.anchors])

    def compile(self, full: Number, parts: tuple[tuple[Number, PartJudge], ...] = ()) -> Scorer:
        read_values = numbers([value for value, _ in self.anchors])
        read_points = numbers([points for _, points in self.anchors])

        def judge(scope: JudgingScope, measured: Measured) -> Marks:
            values, points = read_values(scope), read_points(scope)
            if isinstance(values, Unknown):
                return open_marks(values.whys, 0, full, scope)
            if isinstance(points, Unknown):
                return open_marks(points.whys, 0, full, scope)
            value = number(measured.value)
            anchors, best = tuple(zip(values, points, strict=True)), values[points.index(max(points))]
            earned = interpolate(value, values, points)
            return certain(earned, "linear", ("value", value), ("full_at", best), ("anchors", anchors))

        return judge

    def lines(
        self, measure: MeasuringMethod | None, full: Number, say: Scribe, unfloored: bool = False
    ) -> tuple[str, ...]:
        unit = unit_of(measure, say)
        rows = [(say.amount(value, unit), say.points(points)) for value, points in self.anchors]
        (low, least), *between, (high, top) = rows
        zero = say.amount(self.anchors[0][0]) == "0"  # of what cannot be less
        parts = [say.pick(f"{low}{'' if zero else '及以下'}得{least}", f"{low}{'' if zero else ' or less'}: {least}")]
        parts += [say.pick(f"{value}得{points}", f"{value}: {points}") for value, points in between]
        parts.append(say.pick(f"{high}及以上得{top}", f"{high} or more: {top}"))
        return (say.joined([*parts, say.pick("其间按比例", "in proportion between")]),)

    def explain(self, say: Telling) -> str:
        value, best = say.measured("value"), say.measured("full_at")
        return say.pick(f"{value}，按比例计分（满分线{best}）", f"{value}; scored in proportion (full marks at {best})")


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
