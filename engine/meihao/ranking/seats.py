"""Plans how many seats of a tier each region has, level by level.

Bounds are gathered from the narrow level up (a province's floor is at least its counties' floors together), seats are
given from the wide level down, so that a county's and its province's bounds both hold.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from msgspec import Struct

from ..core.problems import Problem, Problems
from ..round.model import Region
from ..standard.model import Seats, Tier
from . import messages
from .allot import Claim, allot, feasible, shares
from .candidates import Candidate
from .regions import Around


class Quota(Struct, frozen=True):
    """One region's seats: its number, exact share, bounds, result, and the result without floors."""

    region: str
    weight: int
    share: Fraction
    floor: int
    seats: int
    without_floor: int


class Level(Struct, frozen=True):
    """A level of regions in a tier: quotas by region (None: only a ceiling), whether unused seats pass on, the ceiling."""

    name: str
    quotas: Mapping[str, Quota] | None
    passes_on: bool
    at_most: int | None


class SeatAllocation(Struct, frozen=True):
    """The places of a tier on one list. `levels` with quotas come first, narrow to wide; `homes` gives a region's regions."""

    places: int
    levels: tuple[Level, ...] = ()
    homes: Mapping[str, tuple[str, ...]] | None = None

    def home(self, region: str) -> tuple[str, ...]:
        """Return the region of each level around a region code."""
        return (self.homes or {}).get(region, ())


def levels_of(tier: Tier) -> tuple[str, ...]:
    """Return the levels of regions that a tier speaks of: those with seats first."""
    return tuple(dict.fromkeys((*(s.level for s in tier.seats), *(c.level for c in tier.ceilings))))


def cap(tier: Tier, level: str) -> int | None:
    """Return the most places of one region of a level, None where nothing limits it."""
    limits = [s.at_most for s in tier.seats if s.level == level and s.at_most is not None]
    return min((*limits, *(c.at_most for c in tier.ceilings if c.level == level)), default=None)


def plan(
    tier: Tier,
    eligible: Sequence[Candidate],
    passed: Sequence[Candidate],
    regions: tuple[Region, ...],
    places_of: Around,
) -> tuple[SeatAllocation, Problems]:
    """Share a tier's places among regions. Every unit's region is known at each level; infeasible floors are a problem."""
    names = levels_of(tier)
    homes = {code: tuple(levels.get(name, "") for name in names) for code, levels in places_of.items()}
    if not names or not eligible:
        return SeatAllocation(tier.places, (), homes), ()
    if problems := (*in_itself(tier, names, regions, places_of), *_shrinking(tier, names, places_of)):
        return SeatAllocation(tier.places), problems
    table = _Table(tier, regions, places_of, _per_region(eligible, places_of), _per_region(passed, places_of))
    if problems := table.problems():
        return SeatAllocation(tier.places), problems
    # Shared a second time without floors, to tell which seats a region owes to its floor.
    given, bare = table.share(guaranteed=True), table.share(guaranteed=False)
    quotas = tuple(
        Level(s.level, _quotas(given[i], bare[i]), _passes(s), cap(tier, s.level)) for i, s in enumerate(tier.seats)
    )
    others = tuple(Level(name, None, True, cap(tier, name)) for name in names[len(tier.seats) :])
    return SeatAllocation(tier.places, (*quotas, *others), homes), ()


def in_itself(tier: Tier, names: Sequence[str], regions: tuple[Region, ...], places_of: Around) -> Iterator[Problem]:
    """Find a region within another of its level: what lies in the one would count for the other in part only."""
    for region in (region for region in regions if region.parent and region.level in names):
        if around := places_of[region.parent].get(region.level):
            values = {"tier": tier.id, "region": region.code, "around": around, "level": region.level}
            yield messages.LEVEL_IN_ITSELF.at(region.source, **values)


def _shrinking(tier: Tier, names: Sequence[str], places_of: Around) -> Iterator[Problem]:
    """Find a wider region's ceiling below that of a narrower one within it."""
    pairs = ((a, b) for levels in places_of.values() for a in names for b in names if _lies_in(levels, a, b, places_of))
    for narrow, wide in sorted(set(pairs)):
        inner, outer = cap(tier, narrow), cap(tier, wide)
        if inner is not None and outer is not None and outer < inner:
            values = {"tier": tier.id, "narrow": narrow, "wide": wide, "inner": inner, "outer": outer}
            yield messages.LEVEL_CAP_SHRINKS.at(tier.source, **values)


def _lies_in(levels: Mapping[str, str], narrow: str, wide: str, places_of: Around) -> bool:
    """Say whether the narrow region of a chain lies in the wide one of the same chain."""
    return narrow != wide and narrow in levels and places_of[levels[narrow]].get(wide) is not None


def _passes(seats: Seats) -> bool:
    return seats.unused == "to_the_list"


def _per_region(units: Iterable[Candidate], places_of: Around) -> Counter[str]:
    """Count units in their own region and in every region around it."""
    return Counter(code for unit in units for code in places_of.get(unit.region, {}).values())


Shared = Mapping[str, tuple[Claim, Fraction, int]]


def _quotas(given: Shared, bare: Shared) -> Mapping[str, Quota]:
    return {
        code: Quota(code, claim.weight, share, claim.low, seats, bare[code][2])
        for code, (claim, share, seats) in given.items()
    }


class _Table(Struct, frozen=True):
    """What the sharing reads: the tier, the regions, and how many units of each are eligible and passed."""

    tier: Tier
    regions: tuple[Region, ...]
    places_of: Around
    eligible: Mapping[str, int]
    passed: Mapping[str, int]

    def problems(self) -> Problems:
        """Return why the places cannot be shared: no regions, no numbers, levels that do not nest, floors that do not fit."""
        each = range(len(self.tier.seats))
        found = [p for i in each for p in self._structure(i)] or [p for i in each for p in self._bounds(i)]
        if found or not self.tier.seats:
            return tuple(found)
        claims = self._claims(len(self.tier.seats) - 1, True)
        if not feasible(tuple(claims.values()), self.tier.places):
            low = sum(claim.low for claim in claims.values())
            at = self.tier.source
            return (messages.FLOORS_TOO_MANY.at(at, tier=self.tier.id, floors=low, places=self.tier.places),)
        return ()

    def _structure(self, i: int) -> Iterator[Problem]:
        seats, here = self.tier.seats[i], self._of_level(i)
        if not any(self._weight(region, seats) for region in here):
            values = {"tier": self.tier.id, "level": seats.level, "number": seats.in_proportion_to}
            yield messages.NO_NUMBERS.at(self.tier.source, **values)
        wider = self.tier.seats[i + 1].level if i + 1 < len(self.tier.seats) else ""
        for region in here:
            if wider and wider not in self.places_of[region.code]:
                yield messages.NOT_NESTED.at(region.source, region=region.code, level=wider)

    def _bounds(self, i: int) -> Iterator[Problem]:
        for claim in self._claims(i, True).values():
            if claim.at_most is not None and claim.low > claim.at_most:
                values = {"tier": self.tier.id, "level": self.tier.seats[i].level, "region": claim.code}
                yield messages.FLOOR_OVER_CEILING.at(self.tier.source, **values)

    def share(self, guaranteed: bool) -> tuple[Shared, ...]:
        """Give the seats out from the wide level down; with `guaranteed` False as if there were no floors."""
        result: list[Shared] = []
        outer: Mapping[str, int] = {"": self.tier.places}
        # Wide levels first: what a region gets is what the regions in it share.
        for i in reversed(range(len(self.tier.seats))):
            claims, shared = self._claims(i, guaranteed), dict[str, tuple[Claim, Fraction, int]]()
            for parent, seats in outer.items():
                shared |= self._share_one(i, [c for c in claims.values() if self._parent(c.code, i) == parent], seats)
            result.insert(0, shared)
            outer = {code: seats for code, (_, _, seats) in shared.items()}
        return tuple(result)

    def _share_one(self, i: int, claims: Sequence[Claim], seats: int) -> Shared:
        got = allot(self.tier.seats[i].allot, claims, seats)
        return {c.code: (c, share, n) for c, share, n in zip(claims, shares(claims, seats), got, strict=True)}

    def _claims(self, i: int, guaranteed: bool) -> Mapping[str, Claim]:
        """Return the claims of a level; bounds take in those of the level below."""
        seats = self.tier.seats[i]
        below = self._claims(i - 1, guaranteed).values() if i else ()
        return {
            r.code: self._claim(r, seats, [c for c in below if self._parent(c.code, i - 1) == r.code], guaranteed, i)
            for r in self._of_level(i)
        }

    def _claim(self, region: Region, seats: Seats, below: Sequence[Claim], guaranteed: bool, i: int) -> Claim:
        # No floor is higher than the number of units that could fill it: such seats would stay empty.
        here = self.eligible.get(region.code, 0) if guaranteed else 0
        low = max(min(seats.at_least, here), sum(c.low for c in below))
        # A region must hold the floors of the regions in it, and can fill no more than these may take together.
        tops = [c.high(self.tier.places) for c in below] if i else [self.tier.places]
        limit = cap(self.tier, seats.level)
        most = min(self.tier.places if limit is None else limit, sum(tops))
        return Claim(region.code, self._weight(region, seats), low, most, min(seats.each, here))

    def _of_level(self, i: int) -> tuple[Region, ...]:
        return tuple(sorted((r for r in self.regions if r.level == self.tier.seats[i].level), key=lambda r: r.code))

    def _parent(self, code: str, i: int) -> str:
        """Return the region of the next wider level with seats, "" at the widest."""
        return self.places_of[code][self.tier.seats[i + 1].level] if i + 1 < len(self.tier.seats) else ""

    def _weight(self, region: Region, seats: Seats) -> int:
        if seats.in_proportion_to == "passed":
            return self.passed.get(region.code, 0)
        return region.applicants if seats.in_proportion_to == "applicants" else region.households
