"""Combines by `sum`: the points are added; what does not apply is made up for in proportion (折算)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from msgspec import Struct

from ...core.numbers import Number, divide, round_half_up
from ...core.text import Label
from ..aggregate import AggregateLine, Bounds, LineValues, Share, SumTelling

if TYPE_CHECKING:
    from ..scribe import Scribe


class Sum(Struct, frozen=True):
    """`aggregate: sum`, also where nothing is written: points earned, times full marks / marks that apply."""

    key: ClassVar[str] = "sum"
    title: ClassVar[Label] = Label("相加", "sum")
    adds_up: ClassVar[bool] = True
    line: ClassVar[AggregateLine] = "reweighted"
    line_label: ClassVar[Label] = Label("折算", "reweighted")

    def combine(self, shares: Sequence[Share], full: Number, applicable: Number, places: int) -> tuple[Bounds, Bounds]:
        low, high = sum([s.lo for s in shares]), sum([s.hi for s in shares])
        if applicable == full:
            return (low, high), (low, high)
        return (low, high), (
            round_half_up(divide(low * full, applicable), places),
            round_half_up(divide(high * full, applicable), places),
        )

    def values(self, shares: Sequence[Share], full: Number, applicable: Number) -> LineValues:
        low, high = sum([s.lo for s in shares]), sum([s.hi for s in shares])
        return ("raw_lo", low), ("raw_hi", high), ("full", full), ("applicable", applicable)

    def explain(self, say: SumTelling) -> str:
        raw, full, applicable = say.span("raw"), say.points("full"), say.points("applicable")
        return say.pick(
            f"实得{raw}×满分{full}÷适用的满分{applicable}", f"{raw} earned × {full} / {applicable} that apply"
        )

    def describe(self, full: Number, weights: Sequence[tuple[str, Number]], say: Scribe) -> str:
        return ""
