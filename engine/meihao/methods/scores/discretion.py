"""Scores `discretion`: an inspector gives points within a range, together with a reason."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from ...core.numbers import Number, plain
from ...core.problems import Problem
from ...core.unknown import Unknown
from ...expressions.fields import NUMERIC
from ...expressions.tree import Expr
from .. import messages as says
from ..marks import JudgingScope, Marks, PartJudge, certain, open_marks
from ..measured import Measured, Scorer, number, numbers
from ..method import MeasuringMethod, Scored, ScoreRecord, Written
from ..needs import takes_measure
from ..spans import Fields, Span, constant, ends
from ..trials import Trial

if TYPE_CHECKING:
    from ..scribe import Scribe
    from ..telling import Telling


class Discretion(ScoreRecord, frozen=True):
    """An inspector's judgement in a range; the field's observation carries the reason."""

    keys: ClassVar[tuple[str, ...]] = ("discretion",)
    low: Expr
    high: Expr

    @classmethod
    def read(cls, written: Written) -> Discretion:
        takes_measure(written)
        value = written.reader.value
        return cls(value(written.value["from"]), value(written.value["to"]))

    def check(self, item: Scored) -> Iterator[Problem]:
        field = item.field()
        if field is None or field.provided_by != "inspector" or field.type not in NUMERIC:
            yield item.at(says.DISCRETION_NEEDS_INSPECTOR)
        low, high = constant(self.low), constant(self.high)
        if low is None or high is None:
            return
        if not (0 <= low <= item.points and 0 <= high <= item.points):
            yield item.at(says.BAD_DISCRETION, low=plain(low), high=plain(high), points=plain(item.points))
        elif low >= high:
            yield item.at(says.NO_DISCRETION, low=plain(low), high=plain(high))

    def wants_reason(self) -> bool:
        return True

    def extremes(self, full: Number, measure: Span, fields: Fields) -> Iterator[Number]:
        return ends([self.low, self.high], fields)

    def trials(self, item: Scored) -> Iterator[Trial]:
        return item.at_edges(self, [self.low, self.high])

    def compile(self, full: Number, parts: tuple[tuple[Number, PartJudge], ...] = ()) -> Scorer:
        read = numbers((self.low, self.high))

        def judge(scope: JudgingScope, measured: Measured) -> Marks:
            limits = read(scope)
            if isinstance(limits, Unknown):
                return open_marks(limits.whys, 0, full, scope)
            value = number(measured.value)
            within = max(limits[0], min(limits[1], value))
            return certain(within, "discretion", ("value", value), ("from", limits[0]), ("to", limits[1]))

        return judge

    def lines(
        self, measure: MeasuringMethod | None, full: Number, say: Scribe, unfloored: bool = False
    ) -> tuple[str, ...]:
        a, b = say.amount(self.low), say.points(self.high)
        zh, en = f"检查员在{a}至{b}之间评定，须写明理由", f"the inspector gives {a} to {b}, with a written reason"
        return (say.pick(zh, en),)

    def explain(self, say: Telling) -> str:
        return say.pick(
            f"检查员评{say.n('value')}分（可评{say.n('from')}至{say.n('to')}分）",
            f"the inspector gave {say.points('value')} (possible: {say.n('from')} to {say.n('to')})",
        )
