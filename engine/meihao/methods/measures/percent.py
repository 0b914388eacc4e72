"""Measures `percent`: a part of a whole, times 100."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from ...core.numbers import Number
from ...expressions.tree import Constant, Expr, FieldValue
from ..measured import Measurer
from ..method import MeasureRecord
from ..process import Process
from ..ratio import compile_ratio
from ..spans import Fields, Span, arithmetic, span, times
from ..trials import Given
from ..units import percentage_points
from ..zero import WhenZero, may_be_zero, read_when_zero, zero_text

if TYPE_CHECKING:
    from ...text_in.yaml_value import YamlValue
    from ..reader import PackReader
    from ..scribe import Scribe


class Percent(MeasureRecord, frozen=True):
    """`percent: A, of: B`: 100 A / B."""

    keys: ClassVar[tuple[str, ...]] = ("percent",)
    part: Expr
    whole: Expr
    when_zero: WhenZero = None

    @classmethod
    def read(cls, written: YamlValue, reader: PackReader) -> Percent:
        part, whole = (reader.expression(written[key], "number") for key in ("percent", "of"))
        return cls(part, whole, read_when_zero(written))

    def span(self, fields: Fields) -> Span:
        return times(arithmetic("/", span(self.part, fields), span(self.whole, fields)), Span(100, 100))

    def may_be_zero(self, applies_when: Expr | None, fields: Fields) -> bool:
        return self.when_zero is None and may_be_zero(self.whole, applies_when, fields)

    def reads(self, processes: Mapping[str, Process]) -> tuple[str, ...]:
        return ()

    def given(self, value: Number | str) -> Given:
        match self.part, self.whole:
            case FieldValue(part), FieldValue(whole) if isinstance(value, Number):
                return {part: value.numerator, whole: 100 * value.denominator}
            case _:
                return {}

    def compile(self, key: str, processes: Sequence[Process]) -> Measurer:
        return compile_ratio(self.part, self.whole, Constant(100), self.when_zero)

    def text(self, say: Scribe) -> str:
        a, b = say.words(self.part), say.words(self.whole)
        return say.pick(f"{a}占{b}的百分比", f"{a} as a percentage of {b}") + zero_text(self.when_zero, say)

    def is_percent(self, say: Scribe) -> bool:
        return True

    def counter(self, say: Scribe) -> str:
        return percentage_points(say)
