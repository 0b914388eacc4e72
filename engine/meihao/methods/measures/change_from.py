"""Measures `change_from`: growth since last time, in percent or as a difference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, Literal

from ...core.numbers import divide
from ...core.unknown import Unknown, merge
from ...expressions.evaluate import compile_expr
from ...expressions.tree import Expr
from ..marks import JudgingScope
from ..measured import Measured, Measurer, number
from ..method import MeasureRecord
from ..process import Process
from ..spans import ANY, Fields, Span
from ..units import counter_of, percentage_points
from ..zero import WhenZero, may_be_zero, measured_at_zero, read_when_zero, zero_text

if TYPE_CHECKING:
    from ...text_in.yaml_value import YamlValue
    from ..reader import PackReader
    from ..scribe import Scribe


class ChangeFrom(MeasureRecord, frozen=True):
    """`change_from: LAST, now: THIS, as: percent|number`: growth in percent of last, or the difference."""

    keys: ClassVar[tuple[str, ...]] = ("change_from",)
    before: Expr
    now: Expr
    unit: Literal["percent", "number"] = "percent"
    when_zero: WhenZero = None

    @classmethod
    def read(cls, written: YamlValue, reader: PackReader) -> ChangeFrom:
        before, now = (reader.expression(written[key], "number") for key in ("change_from", "now"))
        return cls(before, now, written.text("as", "percent"), read_when_zero(written))  # type: ignore[arg-type]  # enum

    def span(self, fields: Fields) -> Span:
        return ANY

    def may_be_zero(self, applies_when: Expr | None, fields: Fields) -> bool:
        divides = self.unit == "percent" and self.when_zero is None
        return divides and may_be_zero(self.before, applies_when, fields)

    def reads(self, processes: Mapping[str, Process]) -> tuple[str, ...]:
        return ()

    def compile(self, key: str, processes: Sequence[Process]) -> Measurer:
        before, now = compile_expr(self.before), compile_expr(self.now)

        def read(scope: JudgingScope) -> Measured:
            a, b = before(scope), now(scope)
            if isinstance(a, Unknown) or isinstance(b, Unknown):
                return Measured(merge(*(v for v in (a, b) if isinstance(v, Unknown))))
            last, this = number(a), number(b)
            if self.unit == "number":
                return Measured(this - last, of=(this, last))
            if last == 0:
                return measured_at_zero(self.when_zero)
            return Measured(divide(100 * (this - last), last), of=(this, last))

        return read

    def text(self, say: Scribe) -> str:
        before, now = say.words(self.before), say.words(self.now)
        if self.unit == "percent":
            text = say.pick(f"{now}比{before}上升的百分比", f"the rise of {now} over {before} in percent")
        else:
            text = say.pick(f"{now}比{before}增加的数", f"the increase of {now} over {before}")
        return text + zero_text(self.when_zero, say)

    def is_percent(self, say: Scribe) -> bool:
        return self.unit == "percent"

    def counter(self, say: Scribe) -> str:
        return percentage_points(say) if self.is_percent(say) else counter_of(self.now, say)
