"""Defines what a ranking says: who stands where, who has which place and why, who waits, who failed."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from ..core.numbers import Number
from ..core.text import Label
from ..core.unknown import Why

SeatKind = Literal["proportional", "floor", "list", "committee"]
Tied = Literal["lot", "committee", "shared"]


class Key(Struct, frozen=True):
    """One figure of the order, as printed and compared; None where it does not apply to the unit."""

    name: str
    value: Number | None


class Standing(Struct, frozen=True):
    """A passed unit on its list. `rank` runs 1 2 2 4: equal printed figures share a rank.

    `figure` is the printed figure that is compared; `keys` are the tie keys; `lot` is the drawn hash of a unit that is
    equal to others in all of them. `ahead_by` is the step that puts it before the next line: `figure`, a tie key's name,
    `lot` or `committee`; "" where nothing does, or on the last line.
    """

    unit: str
    kind: str
    name: str
    region: str
    rank: int
    figure: Number
    total: Number
    base: Number
    bonus: Number
    grade: str
    keys: tuple[Key, ...]
    lot: str = ""
    ahead_by: str = ""


class Waiting(Struct, frozen=True):
    """An undetermined unit (待定): what it has, what is still possible, what it lacks; `best_rank` if all of it came true."""

    unit: str
    kind: str
    name: str
    region: str
    figure: Number
    possible: Number
    best_rank: int
    grade: str
    best_grade: str
    deciding: tuple[tuple[str, str], ...]
    whys: tuple[Why, ...]


class FailedUnit(Struct, frozen=True):
    """A unit that did not pass, with the line, rule or reason that settled it."""

    unit: str
    kind: str
    name: str
    region: str
    figure: Number
    deciding: tuple[tuple[str, str], ...]


class Place(Struct, frozen=True):
    """One place of a tier and why this unit has it.

    `seat`: a region's proportional seat, a seat that only the floor gives, one of the list, or the committee's.
    `seat_region` is the region whose seat it is ("" for the list's). `next` would take the place if it fell free (several
    where they are tied). `decided_by` is the step between the two: `figure`, a tie key, `lot`, `committee`, or `seat`
    (the other stands higher, but has no seat in its region); "" where nobody is next. `distance` is the lead in the figure
    (negative behind a `seat`). `by_last_step` flags a place that only lot or committee decided.
    """

    unit: str
    name: str
    region: str
    rank: int
    figure: Number
    grade: str
    seat: SeatKind
    seat_region: str = ""
    decided_by: str = ""
    by_last_step: bool = False
    next: tuple[str, ...] = ()
    distance: Number | None = None
    confirmed_by: str = ""


class OpenSeats(Struct, frozen=True):
    """Seats that stay unassigned: `units` are tied for them (待抽签, 待委员会确定, 并列待定)."""

    units: tuple[str, ...]
    seats: int
    waits_for: Tied


class Reserve(Struct, frozen=True):
    """A line of the reserve list (递补); tied units share an order."""

    order: int
    unit: str
    name: str
    region: str
    figure: Number


class Departure(Struct, frozen=True):
    """What the committee changed, who answers for it, and whom it put out or let in."""

    unit: str
    action: Literal["remove", "add", "confirm"]
    by: str
    day: str
    reason: str
    instead: tuple[str, ...] = ()


class RegionSeats(Struct, frozen=True):
    """A region's line in the arithmetic: its number, exact share, bounds, seats, and how many units took one.

    `members` may pass `seats` where unused seats go to the list, never `at_most`. `without_floor` is what the rule alone gives.
    """

    level: str
    region: str
    weight: int
    share: Number
    floor: int
    at_most: int | None
    seats: int
    without_floor: int
    members: int


class TierResult(Struct, frozen=True):
    """A tier of one list. `settled` is False where a draw in an outer tier may still change who is in this one."""

    tier: str
    requires: str
    places: int
    members: tuple[Place, ...]
    open: tuple[OpenSeats, ...]
    unfilled: int
    reserve: tuple[Reserve, ...]
    regions: tuple[RegionSeats, ...]
    departures: tuple[Departure, ...]
    settled: bool = True
    confirmed_by: str = ""


class RankedList(Struct, frozen=True):
    """One list: a group of kinds. Every unit of the group is in `units`, `waiting` or `failed`.

    `ties` are the units equal in every key, by code, one entry for each group of equals in the order of the list.
    """

    id: str
    units: tuple[Standing, ...]
    waiting: tuple[Waiting, ...]
    failed: tuple[FailedUnit, ...]
    tiers: tuple[TierResult, ...]
    ties: tuple[tuple[str, ...], ...] = ()

    def tier(self, name: str) -> TierResult:
        """Return a tier's result. Raises StopIteration."""
        return next(t for t in self.tiers if t.tier == name)


class PendingTier(Struct, frozen=True):
    """A tier that has no standard yet, and the words that say so."""

    tier: str
    places: int
    pending: Label


class Ranking(Struct, frozen=True):
    """The whole ranking of a round by one profile.

    Figures are printed to `figure_places`. `outside` are units whose kind is on no list of the profile. `pack_errors`
    above 0 says that this is a draft, ranked by a standard with so many errors.
    """

    round: str
    profile: str
    pack: str
    edition: str
    pack_digest: str
    stage: str
    reference_date: str
    by: str
    still_tied: Tied
    lot_seed: str
    figure_places: int
    lists: tuple[RankedList, ...]
    pending: tuple[PendingTier, ...]
    outside: tuple[str, ...]
    pack_errors: int

    def ranked(self, name: str) -> RankedList:
        """Return the list of a group of kinds. Raises StopIteration."""
        return next(one for one in self.lists if one.id == name)


def units_of(ranked: RankedList) -> tuple[Standing | Waiting | FailedUnit, ...]:
    """Return every unit of a list: those in order, those waiting, those failed."""
    return (*ranked.units, *ranked.waiting, *ranked.failed)


def list_of(ranking: Ranking, unit: str) -> RankedList | None:
    """Return the list on which a unit stands, waits or failed."""
    return next((one for one in ranking.lists if any(s.unit == unit for s in units_of(one))), None)
