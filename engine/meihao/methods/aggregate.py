"""Says what every way of combining must give. A record that lacks any of it is named by the type checker in `menu`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, Literal, Protocol

from msgspec import Struct

from ..core.numbers import Number, divide
from ..core.text import Label
from .marks import Datum

if TYPE_CHECKING:
    from .scribe import Scribe

AggregateLine = Literal["reweighted", "weighted_mean", "minimum"]
"""The kinds of line that lead from the sum of a node's parts to its points."""
Bounds = tuple[Number, Number]
"""Certain and possible points."""
LineValues = tuple[tuple[str, Datum], ...]


class Share(Struct, frozen=True, gc=False):
    """A child's part in its node; `counts` is False for what leaves numerator and denominator."""

    id: str
    lo: Number
    hi: Number
    points: Number
    weight: Number
    counts: bool

    def of_full(self) -> Bounds:
        """Return which part of its full mark it has earned, and may have earned."""
        return divide(self.lo, self.points), divide(self.hi, self.points)


class SumTelling(Protocol):
    """The values of a line, in words and in one language."""

    def points(self, name: str, /) -> str: ...
    def span(self, name: str, /) -> str:
        """Return the points between `<name>_lo` and `<name>_hi`, one figure where they are equal."""

    def name(self, key: str, /) -> str: ...
    def pick(self, zh: str, en: str, /) -> str: ...


class CombiningMethod(Protocol):
    """A way of combining: the shares of the parts to the points of their node, certain and possible."""

    key: ClassVar[str]
    """The word by which it is written."""
    title: ClassVar[Label]
    adds_up: ClassVar[bool]
    """Points are added: the parts' full marks come to the node's, less what shared ceilings cut off."""
    line: ClassVar[AggregateLine]
    line_label: ClassVar[Label]

    def combine(self, shares: Sequence[Share], full: Number, applicable: Number, places: int) -> tuple[Bounds, Bounds]:
        """Return the points before and after what does not apply is made up for, rounded once; one part applies at least.

        `applicable` is what of the full mark applies.
        """

    def values(self, shares: Sequence[Share], full: Number, applicable: Number) -> LineValues:
        """Return what the sentence of its line needs."""

    def explain(self, say: SumTelling) -> str:
        """Return why a unit's points are not the sum of the parts."""

    def describe(self, full: Number, weights: Sequence[tuple[str, Number]], say: Scribe) -> str:
        """Return how it combines the parts, given their titles and weights; "" for a plain sum."""
