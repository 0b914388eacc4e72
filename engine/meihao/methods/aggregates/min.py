"""Combines by `min`: the lowest share counts, times the full mark."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from msgspec import Struct

from ...core.numbers import Number, plain, round_half_up
from ...core.text import Label
from ..aggregate import AggregateLine, Bounds, LineValues, Share, SumTelling

if TYPE_CHECKING:
    from ..scribe import Scribe


class Minimum(Struct, frozen=True):
    """`aggregate: min`: the part with the lowest share of its own full mark decides; what does not apply is left out."""

    key: ClassVar[str] = "min"
    title: ClassVar[Label] = Label("取最低", "lowest share")
    adds_up: ClassVar[bool] = False
    line: ClassVar[AggregateLine] = "minimum"
    line_label: ClassVar[Label] = title

    def combine(self, shares: Sequence[Share], full: Number, applicable: Number, places: int) -> tuple[Bounds, Bounds]:
        parts = [s.of_full() for s in shares]
        lowest = min([low for low, _ in parts]), min([high for _, high in parts])
        low, high = (round_half_up(share * full, places) for share in lowest)
        return (low, high), (low, high)

    def values(self, shares: Sequence[Share], full: Number, applicable: Number) -> LineValues:
        """Return the part with the lowest share in each column, the first by id of equal ones."""
        _, low = min([(s.of_full()[0], s.id) for s in shares])
        _, high = min([(s.of_full()[1], s.id) for s in shares])
        return ("lowest_lo", low), ("lowest_hi", high), ("full", full)

    def explain(self, say: SumTelling) -> str:
        low, high, full = say.name("lowest_lo"), say.name("lowest_hi"), say.points("full")
        if low == high:
            return say.pick(f"按{low}的得分率计，乘满分{full}", f"the share of {low} counts, times {full}")
        return say.pick(
            f"最少按{low}、最多按{high}的得分率计，乘满分{full}", f"the share of {low}, at best of {high}, times {full}"
        )

    def describe(self, full: Number, weights: Sequence[tuple[str, Number]], say: Scribe) -> str:
        return say.pick(f"只按得分率最低的一项计，乘{plain(full)}分", f"the lowest share counts, times {plain(full)}")
