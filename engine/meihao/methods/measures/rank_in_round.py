"""Measures `rank_in_round`: the place among the units of the kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, Literal

from ...core.numbers import Number, divide
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
from ..units import percentage_points

if TYPE_CHECKING:
    from ...text_in.yaml_value import YamlValue
    from ..reader import PackReader
    from ..scribe import Scribe


class RankInRound(MeasureRecord, frozen=True):
    """`rank_in_round: EXPR`: place 1, 2, 2, 4 among the submitted units of the kind (or 100 (n - place) / (n - 1) percent)."""

    keys: ClassVar[tuple[str, ...]] = ("rank_in_round",)
    value: Expr
    first: Literal["highest", "lowest"] = "highest"
    within: str | None = None
    unit: Literal["place", "percent"] = "place"
    small: SmallGroup = SmallGroup()

    @classmethod
    def read(cls, written: YamlValue, reader: PackReader) -> RankInRound:
        return cls(
            reader.expression(written["rank_in_round"], "number"),
            written.text("first", "highest"),  # type: ignore[arg-type]  # one of the schema's enum
            read_within(written, reader),
            written.text("as", "place"),  # type: ignore[arg-type]  # one of the schema's enum
            read_small(written),
        )

    def span(self, fields: Fields) -> Span:
        return Span(1, None, whole=True) if self.unit == "place" else PERCENT

    def may_be_zero(self, applies_when: Expr | None, fields: Fields) -> bool:
        return False

    def reads(self, processes: Mapping[str, Process]) -> tuple[str, ...]:
        return class_read(self.within)

    def across_units(self) -> AcrossUnits:
        return self

    def compile(self, key: str, processes: Sequence[Process]) -> Measurer:
        return look_up(key)

    def of_group(self, values: Mapping[str, Number], key: str) -> Values:
        ordered = sorted(values.values(), reverse=self.first == "highest")
        place = {
            value: number for number, value in reversed(tuple(enumerate(ordered, 1)))
        }  # of equal ones the first counts
        if self.unit == "place":
            return {c: place[v] for c, v in values.items()}
        if len(ordered) == 1:
            return dict.fromkeys(values, 100)
        return {c: divide(100 * (len(ordered) - place[v]), len(ordered) - 1) for c, v in values.items()}

    def text(self, say: Scribe) -> str:
        value, group = say.words(self.value), group_text(self, say)
        order, part = "高到低" if self.first == "highest" else "低到高", self.unit == "percent"
        zh = f"{value}在{group}中由{order}的名次{'百分比' if part else ''}"
        en = f"the place of {value} among {group}, {self.first} first{', as a percentage' if part else ''}"
        return say.pick(zh, en) + small_text(self, say)

    def is_percent(self, say: Scribe) -> bool:
        return self.unit == "percent"

    def counter(self, say: Scribe) -> str:
        return percentage_points(say) if self.is_percent(say) else ""
