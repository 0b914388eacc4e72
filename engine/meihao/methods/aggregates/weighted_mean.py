"""Combines by `weighted_mean`: the mean of the shares by weight, times the full mark."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from msgspec import Struct

from ...core.numbers import Number, divide, plain, round_half_up
from ...core.text import Label
from ..aggregate import AggregateLine, Bounds, LineValues, Share, SumTelling

if TYPE_CHECKING:
    from ..scribe import Scribe


class WeightedMean(Struct, frozen=True):
    """`aggregate: weighted_mean`: each part's share of its own full mark, by its `weight`; what does not apply has none."""

    key: ClassVar[str] = "weighted_mean"
    title: ClassVar[Label] = Label("加权平均", "weighted mean")
    adds_up: ClassVar[bool] = False
    line: ClassVar[AggregateLine] = "weighted_mean"
    line_label: ClassVar[Label] = title

    def combine(self, shares: Sequence[Share], full: Number, applicable: Number, places: int) -> tuple[Bounds, Bounds]:
        weights = sum([s.weight for s in shares])
        parts = [(s.weight, *s.of_full()) for s in shares]
        means = sum([weight * low for weight, low, _ in parts]), sum([weight * high for weight, _, high in parts])
        low, high = (round_half_up(divide(mean * full, weights), places) for mean in means)
        return (low, high), (low, high)

    def values(self, shares: Sequence[Share], full: Number, applicable: Number) -> LineValues:
        return (("full", full),)

    def explain(self, say: SumTelling) -> str:
        full = say.points("full")
        return say.pick(f"各项得分率按权重平均，乘满分{full}", f"weighted mean of the shares, times {full}")

    def describe(self, full: Number, weights: Sequence[tuple[str, Number]], say: Scribe) -> str:
        parts = [f"“{title}”{say.pick('', ' ')}{plain(weight)}" for title, weight in weights]
        listed = say.pick("、", ", ").join(parts)
        return say.pick(
            f"各项得分率按权重（{listed}）平均，乘{plain(full)}分",
            f"mean of the shares by weight ({listed}), times {plain(full)}",
        )
