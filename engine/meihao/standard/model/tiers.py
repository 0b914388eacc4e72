"""Defines ranking and tiers as data: profiles, order, ties, places, and seats by region."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from ...core.problems import Source
from ...core.text import Label
from ...expressions.fields import Basis


class TieKey(Struct, frozen=True):
    """`higher: base`, `higher: percent_of(dimension.satisfaction)`, `fewer: findings(major)`.

    `argument` is what stands in the brackets: `dimension.satisfaction`, `major`; "" where there are none.
    """

    direction: Literal["higher", "fewer"]
    figure: Literal["total", "base", "bonus", "percent_of", "findings"]
    argument: str = ""


class Seats(Struct, frozen=True):
    """How a tier's places are shared among regions of a level.

    `each` seats go to every region first and the rest is shared (先各给，余下按比例); `at_least` is a guarantee that only
    counts where the share falls short. Neither reserves more seats than the region has eligible units.
    """

    level: str
    allot: Literal["largest_remainder", "dhondt"]
    in_proportion_to: Literal["passed", "applicants", "households"]
    at_least: int = 0
    at_most: int | None = None
    unused: Literal["to_the_list", "empty"] = "empty"
    each: int = 0


class Ceiling(Struct, frozen=True):
    """No region of `level` holds more than `at_most` of the tier's places, whatever seats it was allotted."""

    level: str
    at_most: int


class Tier(Struct, frozen=True):
    """A number of places for units of a grade; `lists` narrows it to some ranking groups (by_level).

    `seats` run from the narrowest level to the widest (county before province). A tier with `pending` words has no
    standard yet: it is printed as such and nobody is chosen.
    """

    id: str
    title: Label
    requires: str
    places: int
    seats: tuple[Seats, ...] = ()
    ceilings: tuple[Ceiling, ...] = ()
    confirmed_by: str = ""
    lists: tuple[str, ...] = ()
    pending: Label = Label("")
    source: Source = Source()


class Profile(Struct, frozen=True):
    """One reading of the tier scheme. `tiers` run from the outermost in; `nested` says whether they contain each other."""

    id: str
    title: Label
    lists: tuple[str, ...]
    by: Literal["total", "base", "percent"]
    ties: tuple[TieKey, ...]
    still_tied: Literal["lot", "committee", "shared"]
    tiers: tuple[Tier, ...]
    reserve: int
    basis: Basis
    nested: bool = True
    source: Source = Source()
