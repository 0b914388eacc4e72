"""Defines a ranking as it is published: the records of `results` with exact figures as text, and the file around them.

What an older file lacks is optional here; everything else a file must have. `read_back` decodes it, `to_json` writes it.
"""

from __future__ import annotations

from typing import Literal

from msgspec import UNSET, Struct, UnsetType

from ..core.read_back import Figure
from ..core.unknown import Why
from .results import Departure, OpenSeats, PendingTier, SeatKind, Tied


class KeyRecord(Struct, frozen=True):
    """A tie key as published; None where it does not apply to the unit."""

    name: str
    value: Figure | None


class PassedRecord(Struct, frozen=True):
    """A passed unit as published; see `Standing`."""

    unit: str
    kind: str
    name: str
    region: str
    rank: int
    figure: Figure
    total: Figure
    base: Figure
    bonus: Figure
    grade: str
    keys: tuple[KeyRecord, ...]
    lot: str
    ahead_by: str


class WaitingRecord(Struct, frozen=True):
    """An undetermined unit as published; see `Waiting`."""

    unit: str
    kind: str
    name: str
    region: str
    figure: Figure
    possible: Figure
    best_rank: int
    grade: str
    best_grade: str
    deciding: tuple[tuple[str, str], ...]
    whys: tuple[Why, ...]


class FailedRecord(Struct, frozen=True):
    """A failed unit as published; see `FailedUnit`."""

    unit: str
    kind: str
    name: str
    region: str
    figure: Figure
    deciding: tuple[tuple[str, str], ...]


class PlaceRecord(Struct, frozen=True):
    """A place of a tier as published; see `Place`."""

    unit: str
    name: str
    region: str
    rank: int
    figure: Figure
    grade: str
    seat: SeatKind
    seat_region: str
    decided_by: str
    by_last_step: bool
    next: tuple[str, ...]
    distance: Figure | None
    confirmed_by: str


class ReserveRecord(Struct, frozen=True):
    """A line of the reserve list as published; see `Reserve`."""

    order: int
    unit: str
    name: str
    region: str
    figure: Figure


class RegionRecord(Struct, frozen=True):
    """A region's line in the arithmetic as published; see `RegionSeats`."""

    level: str
    region: str
    weight: int
    share: Figure
    floor: int
    at_most: int | None
    seats: int
    without_floor: int
    members: int


class TierRecord(Struct, frozen=True):
    """A tier of one list as published; see `TierResult`."""

    tier: str
    requires: str
    places: int
    members: tuple[PlaceRecord, ...]
    open: tuple[OpenSeats, ...]
    unfilled: int
    reserve: tuple[ReserveRecord, ...]
    regions: tuple[RegionRecord, ...]
    departures: tuple[Departure, ...]
    settled: bool
    confirmed_by: str


class ListRecord(Struct, frozen=True):
    """One list as published; see `RankedList`. The first files named ties at each unit."""

    id: str
    units: tuple[PassedRecord, ...]
    waiting: tuple[WaitingRecord, ...]
    failed: tuple[FailedRecord, ...]
    tiers: tuple[TierRecord, ...]
    ties: tuple[tuple[str, ...], ...] | UnsetType = UNSET


class RankingRecord(Struct, frozen=True):
    """A whole ranking as published; see `Ranking`. Only a draft has `pack_errors`."""

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
    lists: tuple[ListRecord, ...]
    pending: tuple[PendingTier, ...]
    outside: tuple[str, ...]
    pack_errors: int | UnsetType = UNSET

    @property
    def errors(self) -> int:
        """How many errors the standard had that it was ranked by."""
        return self.pack_errors or 0


class RankingFile(Struct, frozen=True):
    """The file of a ranking: `digest` is of the body, `seal` of the rest; the first files had no seal."""

    schema_version: Literal["1"]
    kind: Literal["ranking"]
    digest: str
    body: RankingRecord
    made_by: dict[str, str] | UnsetType = UNSET
    seal: str | UnsetType = UNSET
