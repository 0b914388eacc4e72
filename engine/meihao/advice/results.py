"""Holds what judging again found, as records: what open items would bring, and the unit on its own word. Reports print them."""

from __future__ import annotations

from msgspec import Struct

from ..assessment.results import Assessment, Item
from ..core.numbers import Number


class Reached(Struct, frozen=True):
    """A unit judged again, and the rank that it would then have among the passed ones of its list; 0 where it has none."""

    judged: Assessment
    place: int = 0


class Gain(Struct, frozen=True):
    """What one item brings when earned: the unit judged again, and how much surer its total is."""

    item: Item
    after: Reached
    more: Number


class Gains(Struct, frozen=True):
    """Every open item earned alone, the largest gain first; how many of the first together reach the next grade; and all.

    `now` is the unit as it stands; `enough` is 0 where no number of items lifts it.
    """

    each: tuple[Gain, ...]
    enough: int
    reached: Reached
    everything: Reached
    now: Reached


class JudgedAgain(Struct, frozen=True):
    """What the open items would bring, and the unit on its own word; None where what it takes is not at hand."""

    gains: Gains | None = None
    told: Assessment | None = None
