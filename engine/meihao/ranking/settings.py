"""Says what can be said of a ranking before anyone is judged, from the pack, the round, the profile and the units."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ..core.problems import Problem, Problems, Source, errors, sort_by_place
from ..core.text import hints
from ..evidence.model import UnitEvidence
from ..round.model import Region, Round
from ..standard.model import Pack, Profile, Seats, Tier
from . import messages
from .check import check_profile, tiers_of
from .regions import Around, around
from .seats import in_itself, levels_of


def chosen_profile(pack: Pack, round_: Round, name: str | None) -> tuple[Profile | None, Problems]:
    """Return the profile that is named, else the round's, else the pack's default."""
    wanted = name or round_.profile or pack.default_profile
    place = Source("--profile") if name else round_.source if round_.profile else pack.source
    chosen = next((p for p in pack.profiles if p.id == wanted), None)
    if chosen is None:
        near = hints(wanted, [p.id for p in pack.profiles])
        return None, (messages.PROFILE_UNKNOWN.at(place, profile=wanted, **near),)
    return chosen, ()


def check_settings(pack: Pack, round_: Round, name: str | None) -> Problems:
    """Return what is wrong with the profile, its caps and the round's regions, whoever comes in."""
    chosen, problems = chosen_profile(pack, round_, name)
    if chosen is None:
        return problems
    return sort_by_place((*check_profile(pack, chosen), *around(round_.regions)[1]))


def check_seats(pack: Pack, round_: Round, name: str | None, units: Sequence[UnitEvidence]) -> Problems:
    """Return what keeps places from being shared among the regions of the units that came in, if they pass.

    Floors that do not fit are a warning here and an error (K027) in the ranking: each counts no more than the units of
    its region that are good enough, which is only known when they are judged.
    """
    chosen, _ = chosen_profile(pack, round_, name)
    homes, problems = around(round_.regions)
    if chosen is None or errors(problems):
        return ()
    found: dict[Problem, None] = {}
    for group in (one for one in pack.groups if one.id in chosen.lists):
        mine = [unit for unit in units if unit.kind in group.kinds]
        for tier in tiers_of(chosen, group.id) if mine else ():
            found |= dict.fromkeys(_tier(tier, round_, homes, mine))
    return sort_by_place(tuple(found))


def _tier(tier: Tier, round_: Round, homes: Around, units: Sequence[UnitEvidence]) -> Iterator[Problem]:
    levels = {level for around_one in homes.values() for level in around_one}
    for level in levels_of(tier):
        if level not in levels:
            yield messages.NO_REGIONS.at(round_.source, tier=tier.id, level=level)
    yield from in_itself(tier, levels_of(tier), round_.regions, homes)
    heard = Counter(code for unit in units for code in homes.get(unit.region, {}).values())
    for i, seats in enumerate(tier.seats):
        here = [region for region in round_.regions if region.level == seats.level]
        if here and not any(_number(region, seats) for region in here):
            yield messages.NO_NUMBERS.at(tier.source, tier=tier.id, level=seats.level, number=seats.in_proportion_to)
        wider = tier.seats[i + 1].level if i + 1 < len(tier.seats) else ""
        if wider and wider in levels:
            lost = (region for region in here if wider not in homes[region.code])
            yield from (messages.NOT_NESTED.at(one.source, region=one.code, level=wider) for one in lost)
        floors = sum(min(max(seats.at_least, seats.each), heard[region.code]) for region in here)
        if floors > tier.places:
            values = {"tier": tier.id, "floors": floors, "places": tier.places}
            yield messages.FLOORS_MAY_BE_TOO_MANY.at(tier.source, **values)


def _number(region: Region, seats: Seats) -> int:
    """Return the number by which a region has its seats; how many will pass is not known yet, so that none is missing."""
    if seats.in_proportion_to == "passed":
        return 1
    return region.applicants if seats.in_proportion_to == "applicants" else region.households
