"""Measures `against_mean`: the distance from the mean of the group, or the percentage of it."""

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
from ..spans import ANY, Fields, Span
from ..units import counter_of, percentage_points

if TYPE_CHECKING:
    from ...text_in.yaml_value import YamlValue
    from ..reader import PackReader
    from ..scribe import Scribe


class AgainstMean(MeasureRecord, frozen=True):
    """`against_mean: EXPR`: difference from the group's mean, or percent of it."""

    keys: ClassVar[tuple[str, ...]] = ("against_mean",)
    value: Expr
    within: str | None = None
    unit: Literal["difference", "percent"] = "difference"
    small: SmallGroup = SmallGroup()

    @classmethod
    def read(cls, written: YamlValue, reader: PackReader) -> AgainstMean:
        return cls(
            reader.expression(written["against_mean"], "number"),
            read_within(written, reader),
            written.text("as", "difference"),  # type: ignore[arg-type]  # one of the schema's enum
            read_small(written),
        )

    def span(self, fields: Fields) -> Span:
        return ANY

    def may_be_zero(self, applies_when: Expr | None, fields: Fields) -> bool:
        return False

    def reads(self, processes: Mapping[str, Process]) -> tuple[str, ...]:
        return class_read(self.within)

    def across_units(self) -> AcrossUnits:
        return self

    def compile(self, key: str, processes: Sequence[Process]) -> Measurer:
        return look_up(key)

    def of_group(self, values: Mapping[str, Number], key: str) -> Values:
        mean = divide(sum(values.values()), len(values))
        if self.unit == "difference":
            return {c: v - mean for c, v in values.items()}
        if mean == 0:
            return dict.fromkeys(values, Unknown((Why("missing_fact", key),)))
        return {c: divide(100 * v, mean) for c, v in values.items()}

    def text(self, say: Scribe) -> str:
        value, group = say.words(self.value), group_text(self, say)
        if self.unit == "percent":
            text = say.pick(f"{value}占{group}平均值的百分比", f"{value} as a percentage of the mean of {group}")
        else:
            text = say.pick(f"{value}减{group}平均值的差", f"{value} less the mean of {group}")
        return text + small_text(self, say)

    def is_percent(self, say: Scribe) -> bool:
        return self.unit == "percent"

    def counter(self, say: Scribe) -> str:
        return percentage_points(say) if self.is_percent(say) else counter_of(self.value, say)
