"""Says how the place of a grant lies to the place that something is done to: its own, one below it, or another."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from msgspec import Struct

from ..round.decisions import Decision
from ..round.model import Round
from ..round.phases import RoundPhase
from ..round.regions import enclosing
from ..round.roster import Roster
from .roles import HOLDS, RoleName

Relation = Literal["own", "below", "other"]


class RoundPlace(Struct, frozen=True):
    """A unit with the region that it lies in, a region, or the whole round where both are empty."""

    region: str = ""
    unit: str = ""


class RoleGrant(Struct, frozen=True):
    """A role and where it holds: the code of a unit or of a region, "" for the whole round."""

    role: RoleName
    where: str = ""


class RoundMap(Struct, frozen=True):
    """The regions of a round, each with those around it (itself first), and the region of every unit on its roster.

    `phases` and `decisions` are the round's own: which days belong to what, and who is let in all the same.
    """

    regions: Mapping[str, tuple[str, ...]]
    units: Mapping[str, str]
    phases: tuple[RoundPhase, ...] = ()
    decisions: tuple[Decision, ...] = ()

    def unit(self, code: str) -> RoundPlace:
        """Return the place of a unit; of one that is not on the roster a place without a region, which lies below nobody."""
        return RoundPlace(self.units.get(code, ""), code)

    def let_in(self, place: RoundPlace, day: date) -> bool:
        """Say whether a decision lets the unit of a place in on a day."""
        return bool(place.unit) and any(one.covers(place.unit) and one.in_force(day) for one in self.decisions)


WHOLE_ROUND = RoundPlace()
NOWHERE = RoundMap({}, {})


def map_of(round_: Round, roster: Roster | None) -> RoundMap:
    """Return the map of a round."""
    known = {region.code: region for region in round_.regions}
    around = {code: tuple(one.code for one in enclosing(region, known)) for code, region in known.items()}
    units = {one.code: one.region for one in roster.units.values()} if roster else {}
    return RoundMap(around, units, round_.phases, round_.decisions)


def relation(grant: RoleGrant, place: RoundPlace, on: RoundMap) -> Relation:
    """Return how a grant lies to a place. What no grant reaches is another's; the whole round lies above every region.

    >>> on = RoundMap({"1": ("1",), "12": ("12", "1")}, {"V": "12"})
    >>> [relation(RoleGrant("county", where), on.unit("V"), on) for where in ("12", "1", "2")]
    ['own', 'below', 'other']
    """
    match HOLDS[grant.role]:
        case "round":
            return "own" if place == WHOLE_ROUND else "below"
        case "unit":
            return "own" if place.unit and grant.where == place.unit else "other"
        case _:
            if not place.region or not grant.where:
                return "other"
            if grant.where == place.region:
                return "own"
            return "below" if grant.where in on.regions.get(place.region, ()) else "other"
