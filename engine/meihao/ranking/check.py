"""Checks a profile against its pack: unknown names, figures that some kind lacks, caps that shrink outwards."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ..core.problems import Problem, Problems
from ..core.text import hints
from ..standard.model import Group, Pack, Profile, Tier
from . import messages
from .candidates import has_dimension
from .order import dimension_of, name_of
from .seats import cap, levels_of


def check_profile(pack: Pack, profile: Profile) -> Problems:
    """Return everything that keeps a profile from being ranked by this pack."""
    groups = [g for g in pack.groups if g.id in profile.lists]
    parts = (
        _lists(pack, profile),
        (p for group in groups for p in _figures(pack, profile, group)),
        (p for tier in profile.tiers for p in _tier(pack, tier)),
        (p for one in profile.lists for p in _shrinking(profile, one)) if profile.nested else (),
    )
    return tuple(dict.fromkeys(problem for part in parts for problem in part))


def _lists(pack: Pack, profile: Profile) -> Iterator[Problem]:
    known = [group.id for group in pack.groups]
    for name in dict.fromkeys((*profile.lists, *(n for t in profile.tiers for n in t.lists))):
        if name not in known:
            near = hints(name, known)
            yield messages.GROUP_UNKNOWN.at(profile.source, profile=profile.id, group=name, **near)


def _figures(pack: Pack, profile: Profile, group: Group) -> Iterator[Problem]:
    roots = [(kind, root) for kind, root in pack.standards if kind in group.kinds]
    if profile.by != "percent" and len({root.points for _, root in roots}) > 1:
        yield messages.FULL_MARKS_DIFFER.at(profile.source, group=group.id, by=profile.by)
    for key in profile.ties:
        for kind, root in roots:
            if key.figure == "percent_of" and not has_dimension(root, kind, dimension_of(key)):
                yield messages.KEY_MISSING.at(profile.source, key=name_of(key), kind=kind)


def _tier(pack: Pack, tier: Tier) -> Iterator[Problem]:
    if tier.pending.zh:
        return
    known = [grade.id for grade in pack.grades]
    if tier.requires not in known:
        near = hints(tier.requires, known)
        yield messages.GRADE_UNKNOWN.at(tier.source, tier=tier.id, grade=tier.requires, **near)
    for seats in tier.seats:
        low, high = max(seats.at_least, seats.each), cap(tier, seats.level)
        if high is not None and low > high:
            yield messages.BOUNDS_CROSS.at(tier.source, tier=tier.id, level=seats.level, low=low, high=high)
    for narrow, wide in pairwise(seats.level for seats in tier.seats):
        inner, outer = cap(tier, narrow), cap(tier, wide)
        if inner is not None and outer is not None and outer < inner:
            values = {"tier": tier.id, "narrow": narrow, "wide": wide, "inner": inner, "outer": outer}
            yield messages.LEVEL_CAP_SHRINKS.at(tier.source, **values)


def tiers_of(profile: Profile, group: str) -> tuple[Tier, ...]:
    """Return the tiers of a list that have a standard, outermost first."""
    return tuple(t for t in profile.tiers if not t.pending.zh and (not t.lists or group in t.lists))


def _shrinking(profile: Profile, group: str) -> Iterator[Problem]:
    for outer, inner in pairwise(tiers_of(profile, group)):
        names = {"tier": inner.id, "outer_tier": outer.id}
        if inner.places > outer.places:
            yield messages.PLACES_SHRINK.at(inner.source, inner=inner.places, outer=outer.places, **names)
        for level in levels_of(inner):
            small, large = cap(outer, level), cap(inner, level)
            if small is not None and large is not None and small < large:
                yield messages.CAP_SHRINKS.at(outer.source, level=level, inner=large, outer=small, **names)
