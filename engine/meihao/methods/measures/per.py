"""Measures `per`: how many there are for each so many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from ...expressions.tree import Expr
from ..measured import Measurer
from ..method import MeasureRecord
from ..process import Process
from ..ratio import compile_ratio
from ..spans import Fields, Span, arithmetic, span, times
from ..units import counter_of
from ..zero import WhenZero, may_be_zero, read_when_zero, zero_text

if TYPE_CHECKING:
    from ...text_in.yaml_value import YamlValue
    from ..reader import PackReader
    from ..scribe import Scribe


class Per(MeasureRecord, frozen=True):
    """`per: 1000, count: A, of: B`: A x 1000 / B."""

    keys: ClassVar[tuple[str, ...]] = ("per",)
    per: Expr
    count: Expr
    of: Expr
    when_zero: WhenZero = None

    @classmethod
    def read(cls, written: YamlValue, reader: PackReader) -> Per:
        count, of = (reader.expression(written[key], "number") for key in ("count", "of"))
        return cls(reader.value(written["per"]), count, of, read_when_zero(written))

    def span(self, fields: Fields) -> Span:
        return times(arithmetic("/", span(self.count, fields), span(self.of, fields)), span(self.per, fields))

    def may_be_zero(self, applies_when: Expr | None, fields: Fields) -> bool:
        return self.when_zero is None and may_be_zero(self.of, applies_when, fields)

    def reads(self, processes: Mapping[str, Process]) -> tuple[str, ...]:
        return ()

    def compile(self, key: str, processes: Sequence[Process]) -> Measurer:
        return compile_ratio(self.count, self.of, self.per, self.when_zero)

    def text(self, say: Scribe) -> str:
        a, b, n = say.words(self.count), say.words(self.of), say.amount(self.per)
        return say.pick(f"每{n}{b}的{a}", f"{a} per {n} of {b}") + zero_text(self.when_zero, say)

    def is_percent(self, say: Scribe) -> bool:
        return False

    def counter(self, say: Scribe) -> str:
        return counter_of(self.count, say)
