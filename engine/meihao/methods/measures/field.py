"""Measures `field`: the number itself, or the class of a choice field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from ...core.numbers import Number
from ...expressions.evaluate import compile_expr
from ...expressions.tree import Expr, FieldValue
from ..measured import Measured, Measurer
from ..method import MeasureRecord
from ..process import Process
from ..spans import Fields, Span, span
from ..trials import Given
from ..units import counter_of, percentage_points

if TYPE_CHECKING:
    from ...text_in.yaml_value import YamlValue
    from ..reader import PackReader
    from ..scribe import Scribe


class FieldMeasure(MeasureRecord, frozen=True):
    """`field: EXPR`: the number itself, or the class of a choice field for `choice` scores."""

    keys: ClassVar[tuple[str, ...]] = ("field",)
    value: Expr

    @classmethod
    def read(cls, written: YamlValue, reader: PackReader) -> FieldMeasure:
        return cls(reader.expression(written["field"], None))

    def span(self, fields: Fields) -> Span:
        return span(self.value, fields)

    def may_be_zero(self, applies_when: Expr | None, fields: Fields) -> bool:
        return False

    def reads(self, processes: Mapping[str, Process]) -> tuple[str, ...]:
        return ()

    def field(self) -> str:
        return self.value.field if isinstance(self.value, FieldValue) else ""

    def given(self, value: Number | str) -> Given:
        return {self.field(): value} if self.field() else {}

    def compile(self, key: str, processes: Sequence[Process]) -> Measurer:
        read = compile_expr(self.value)
        return lambda scope: Measured(read(scope))

    def text(self, say: Scribe) -> str:
        return say.words(self.value)

    def is_percent(self, say: Scribe) -> bool:
        name = self.field()
        return name in say.fields and say.fields[name].type == "percent"

    def counter(self, say: Scribe) -> str:
        return percentage_points(say) if self.is_percent(say) else counter_of(self.value, say)
