"""Measures `index`: from the worst of the group at 0 to the best at 100."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, Literal

from ...core.numbers import Number, divide
from ...core.unknown import Unknown, Why
from ...expressions.tree import Expr
from ..cohort import (
    AcrossUnits,
    SmallGroup,
    Values,
    class_read,
    group_text,
    look_up,
    read_small,
    read_within,
    small_text,
)
from ..measured import Measurer
from ..method import MeasureRecord
from ..process import Process
from ..spans import PERCENT, Fields, Span

if TYPE_CHECKING:
    from ...text_in.yaml_value import YamlValue
    from ..reader import PackReader
    from ..scribe import Scribe


class Index(MeasureRecord, frozen=True):
    """`index: EXPR`: min-max within the group, 0 to 100 (OECD/JRC handbook, step normalisation)."""

    keys: ClassVar[tuple[str, ...]] = ("index",)
    value: Expr
    better: Literal["high", "low"] = "high"
    within: str | None = None
    small: SmallGroup = SmallGroup()

    @classmethod
    def read(cls, written: YamlValue, reader: PackReader) -> Index:
        return cls(
            reader.expression(written["index"], "number"),
            written.text("better", "high"),  # type: ignore[arg-type]  # one of the schema's enum
            read_within(written, reader),
            read_small(written),
        )

    def span(self, fields: Fields) -> Span:
        return PERCENT

    def may_be_zero(self, applies_when: Expr | None, fields: Fields) -> bool:
        return False

    def reads(self, processes: Mapping[str, Process]) -> tuple[str, ...]:
        return class_read(self.within)

    def across_units(self) -> AcrossUnits:
        return self

    def compile(self, key: str, processes: Sequence[Process]) -> Measurer:
        return look_up(key)

    def of_group(self, values: Mapping[str, Number], key: str) -> Values:
        low, high = min(values.values()), max(values.values())
        if low == high:
            return dict.fromkeys(values, Unknown((Why("sample_too_small", key),)))
        up = {c: divide(100 * (v - low), high - low) for c, v in values.items()}
        return up if self.better == "high" else {c: 100 - v for c, v in up.items()}

    def text(self, say: Scribe) -> str:
        value, group = say.words(self.value), group_text(self, say)
        top, bottom = ("最高", "最低") if self.better == "high" else ("最低", "最高")
        zh = f"{value}在{group}中的指数（{top}的100，{bottom}的0）"
        en = f"the index of {value} among {group} (100 for the {self.better}est, 0 for the other end)"
        return say.pick(zh, en) + small_text(self, say)

    def is_percent(self, say: Scribe) -> bool:
        return False

    def counter(self, say: Scribe) -> str:
        return ""
