"""Finds caps that shrink outwards, floors that cannot be kept, and bonus caps above the whole."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ...core.numbers import plain
from ...core.problems import Problem, Problems, Source
from ..model import Bonus, Pack, Profile, Seats, Tier
from . import messages as says


def check_tiers(pack: Pack) -> Problems:
    return (
        *(problem for bonus in pack.bonuses for problem in _check_bonus(bonus, pack)),
        *(problem for profile in pack.profiles for problem in _check_profile(profile, pack)),
    )


def _check_bonus(bonus: Bonus, pack: Pack) -> Iterator[Problem]:
    if bonus.at_most > pack.bonus_at_most:
        caps = {"inner": plain(bonus.at_most), "outer": plain(pack.bonus_at_most)}
        yield says.BONUS_CAP.at(bonus.source, bonus=bonus.id, **caps)
    table = next((field for field in pack.fields if field.id == bonus.rows), None)
    column = table.column(bonus.level) if table else None
    given = [level for level, _ in bonus.by_level]
    for code, _ in column.options if column else ():
        if code not in given:
            yield says.LEVEL_WITHOUT_POINTS.at(bonus.source, bonus=bonus.id, level=code)


def _check_profile(profile: Profile, pack: Pack) -> Iterator[Problem]:
    tiers = [tier for tier in profile.tiers if not tier.pending.zh]
    for tier in tiers:
        for seats in tier.seats:
            yield from _check_seats(tier, seats, profile.source)
        yield from _check_levels(tier, profile.source)
    if profile.nested:
        for index, inner in enumerate(tiers):
            for outer in tiers[:index]:
                if _share_a_list(inner, outer, profile):
                    yield from _check_nesting(inner, outer, pack, profile.source)


def _share_a_list(inner: Tier, outer: Tier, profile: Profile) -> bool:
    return bool(set(inner.lists or profile.lists) & set(outer.lists or profile.lists))


def _check_seats(tier: Tier, seats: Seats, source: Source) -> Iterator[Problem]:
    """Yield a floor above the region's own cap or ceiling, or above all the places there are."""
    floor = _floor(seats)
    values = {"tier": tier.id, "level": seats.level, "floor": floor}
    for cap in _caps(tier, seats.level):
        if floor > cap:
            yield says.FLOOR_ABOVE_CAP.at(source, cap=cap, **values)
    if floor > tier.places:
        yield says.FLOOR_ABOVE_PLACES.at(source, places=tier.places, **values)


def _check_levels(tier: Tier, source: Source) -> Iterator[Problem]:
    """Yield a wider region whose cap is below what a region within it may or must have; levels are listed narrow first."""
    for narrow, wide in pairwise(tier.seats):
        wanted = max(_floor(narrow), narrow.at_most or 0)
        if wide.at_most is not None and wanted > wide.at_most:
            names = {"tier": tier.id, "narrow": narrow.level, "wide": wide.level}
            yield says.LEVEL_CAP_SHRINKS.at(source, inside=wanted, outside=wide.at_most, **names)


def _floor(seats: Seats) -> int:
    """Return the seats that every region of a level has at least."""
    return max(seats.each, seats.at_least)


def _caps(tier: Tier, level: str) -> tuple[int, ...]:
    """Return the caps on one region of a level in a tier."""
    own = tuple(seats.at_most for seats in tier.seats if seats.level == level and seats.at_most is not None)
    return own + tuple(ceiling.at_most for ceiling in tier.ceilings if ceiling.level == level)


def _check_nesting(inner: Tier, outer: Tier, pack: Pack, source: Source) -> Iterator[Problem]:
    names = {"inner": inner.id, "outer": outer.id}
    if inner.places > outer.places:
        yield says.TIER_SHRINKS.at(source, inside=inner.places, outside=outer.places, **names)
    for level in dict.fromkeys((*(s.level for s in inner.seats), *(c.level for c in inner.ceilings))):
        inside, outside = _caps(inner, level), _caps(outer, level)
        floor = max((_floor(seats) for seats in inner.seats if seats.level == level), default=0)
        wanted = max(floor, min(inside, default=0))
        if outside and wanted > min(outside):
            yield says.CAP_SHRINKS.at(source, level=level, inside=wanted, outside=min(outside), **names)
    grades = [grade.id for grade in pack.grades]
    if grades.index(inner.requires) < grades.index(outer.requires):
        yield says.TIER_ASKS_LESS.at(source, inside=inner.requires, outside=outer.requires, **names)
