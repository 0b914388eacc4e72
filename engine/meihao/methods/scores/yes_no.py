"""Scores `yes_no`: full marks if the condition holds, otherwise none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from ...core.numbers import Number
from ...core.problems import Problem
from ...core.unknown import Unknown
from ...expressions.tree import Expr, FieldValue
from ..condition import compile_condition
from ..edges import Edges, all_inside, read_edges
from ..marks import JudgingScope, Marks, PartJudge, certain, open_marks
from ..measured import Measured, Scorer, number, numbers
from ..method import MeasuringMethod, Scored, ScoreRecord, Written
from ..needs import check_number, takes_measure, takes_no_measure
from ..spans import Fields, Span
from ..trials import Trial, of_conditions
from ..units import unit_of

if TYPE_CHECKING:
    from ..scribe import Scribe
    from ..telling import Telling


class YesNo(ScoreRecord, frozen=True):
    """Full points where the condition holds: `when` (no measure), or every edge on the measure."""

    keys: ClassVar[tuple[str, ...]] = ("yes_no",)
    when: Expr | None = None
    edges: Edges = ()

    @classmethod
    def read(cls, written: Written) -> YesNo:
        if isinstance(written.value.data, str):
            takes_no_measure(written)
            return cls(when=written.reader.expression(written.value, "truth"))
        takes_measure(written)
        return cls(edges=read_edges(written.value, written.reader))

    def check(self, item: Scored) -> Iterator[Problem]:
        return check_number(item)

    def extremes(self, full: Number, measure: Span, fields: Fields) -> Iterator[Number]:
        return iter(())

    def trials(self, item: Scored) -> Iterator[Trial]:
        if self.when is not None:
            return of_conditions([self.when])
        return item.at_edges(self, [value for _, value in self.edges], both_sides=True)

    def compile(self, full: Number, parts: tuple[tuple[Number, PartJudge], ...] = ()) -> Scorer:
        if self.when is None:
            return _by_edges(self, full)
        judge = compile_condition(self.when, full)
        return lambda scope, measured: judge(scope)

    def lines(
        self, measure: MeasuringMethod | None, full: Number, say: Scribe, unfloored: bool = False
    ) -> tuple[str, ...]:
        asked = [say.words(self.when)] if self.when is not None else []
        if self.edges:
            asked.append(say.edges(self.edges, unit_of(measure, say)))
        held, points = say.pick("，且", ", and ").join(asked), say.points(full)
        return (say.pick(f"{held}，得{points}；否则得0分", f"{held}: {points}; otherwise 0 points"),)

    def answers(self, say: Scribe) -> tuple[str, str]:
        """Return the condition as one that holds and as one that does not; a yes-no fact has its answer."""
        if self.when is None:
            return "", ""
        if isinstance(self.when, FieldValue) and self.when.field in say.fields:
            bare = say.fields[self.when.field].title[say.lang]
            return say.pick(f"{bare}：是", f"{bare}: yes"), say.pick(f"{bare}：否", f"{bare}: no")
        asked = say.words(self.when)
        return say.pick(f"符合：{asked}", f"holds: {asked}"), say.pick(f"不符合：{asked}", f"does not hold: {asked}")

    def explain(self, say: Telling) -> str:
        if self.when is not None:
            return say.printed.holds if say.code == "yes" else say.printed.fails
        value, line = say.measured("value"), say.edges()
        if say.code == "edges_met":
            return say.pick(f"{value}，达到“{line}”", f"{value}; meets “{line}”")
        return say.pick(f"{value}，未达到“{line}”", f"{value}; does not meet “{line}”")


def _by_edges(score: YesNo, full: Number) -> Scorer:
    names = tuple(edge for edge, _ in score.edges)
    read = numbers([limit for _, limit in score.edges])

    def judge(scope: JudgingScope, measured: Measured) -> Marks:
        limits = read(scope)
        if isinstance(limits, Unknown):
            return open_marks(limits.whys, 0, full, scope)
        value = number(measured.value)
        edges = tuple(zip(names, limits, strict=True))
        met = all_inside(edges, value)
        return certain(full if met else 0, "edges_met" if met else "edges_missed", ("value", value), ("edges", edges))

    return judge
