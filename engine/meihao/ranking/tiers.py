"""Decides who has a place in a tier, and why, by the plan of its seats and the committee's orders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct

from ..core.problems import Problem, Problems
from ..round.model import Region, Round
from ..standard.model import Profile, Tier
from . import messages
from .candidates import Candidate
from .corrections import Orders, orders
from .course import Seat
from .order import Groups, Ordered, flat, ranks, step_between
from .regions import Around
from .results import Departure, OpenSeats, Place, RegionSeats, Reserve, TierResult
from .seats import SeatAllocation, plan
from .walk import Settled, Walk, heirs, seats_under_any_tiebreak, walk


class Desk(Struct, frozen=True):
    """What every tier of a list reads: profile, round, all passed units in order, their ranks, the codes of all units."""

    profile: Profile
    round: Round
    regions: tuple[Region, ...]
    around: Around
    groups: Groups
    passed: tuple[Candidate, ...]
    rank: Mapping[str, int]
    codes: frozenset[str]
    grade_at_least: Callable[[str, str], bool]


class Filled(Struct, frozen=True):
    """A tier's result, and the units inside it or still tied for it: an inner tier chooses among the first."""

    result: TierResult
    members: frozenset[str]
    contending: frozenset[str]


class _Contest(Struct, frozen=True):
    """One tier being filled: plan, eligible units by group of equals, the committee's orders, and who is settled."""

    desk: Desk
    tier: Tier
    plan: SeatAllocation
    groups: Groups
    orders: Orders

    def added(self) -> tuple[Ordered, ...]:
        return tuple(u for u in flat(self.groups) if u.code in self.orders.added)

    def contenders(self) -> Groups:
        """Return the groups without removed and added units; the committee's choice goes before those tied with it."""
        out = {*self.orders.removed, *self.orders.added}
        groups = (tuple(u for u in group if u.code not in out) for group in self.groups)
        if self.desk.profile.still_tied != "committee":
            return tuple(group for group in groups if group)
        chosen = self.orders.confirmed
        # Split, not reordered: those whom the committee did not choose stay equal among themselves.
        halves = (tuple(u for u in g if (u.code in chosen) is first) for g in groups for first in (True, False))
        return tuple(half for half in halves if half)

    def walked(self) -> Walk:
        return walk(self.plan, self.contenders(), self.added())


def fill_tier(desk: Desk, tier: Tier, outer: Filled | None) -> tuple[Filled, Problems]:
    """Choose the members of a tier among those of the outer one (all passed units where there is none)."""
    inside = None if outer is None else outer.members
    contest, problems = _contest(desk, tier, inside)
    walked = contest.walked()
    found = seats_under_any_tiebreak(walked)
    problems = (*problems, *_order_problems(contest, found), *_blocked(contest))
    result = _result(contest, walked, found, _is_settled(desk, tier, outer, found))
    from_outside = frozenset[str]() if outer is None or result.settled else outer.contending
    return Filled(result, frozenset(found.certain), _tied(found) | from_outside), problems


def _contest(desk: Desk, tier: Tier, inside: frozenset[str] | None) -> tuple[_Contest, Problems]:
    groups = _eligible(desk, tier, inside)
    candidates = tuple(unit.candidate for unit in flat(groups))
    shared, problems = plan(tier, candidates, desk.passed, desk.regions, desk.around)
    return _Contest(desk, tier, shared, groups, orders(desk.round.corrections, tier.id, desk.codes)), problems


def _eligible(desk: Desk, tier: Tier, inside: frozenset[str] | None) -> Groups:
    groups = (
        tuple(
            u
            for u in group
            if (inside is None or u.code in inside) and desk.grade_at_least(u.candidate.grade, tier.requires)
        )
        for group in desk.groups
    )
    return tuple(group for group in groups if group)


def _is_settled(desk: Desk, tier: Tier, outer: Filled | None, settled: Settled) -> bool:
    """Say whether this tier stays the same whoever wins what is still open in the tiers around it."""
    if outer is None or not outer.contending:
        return True
    # The floors may not fit once everyone who may still come in is counted: then nothing is settled.
    wider, problems = _contest(desk, tier, outer.members | outer.contending)
    if problems:
        return False
    other = seats_under_any_tiebreak(wider.walked())
    return other.certain.keys() == settled.certain.keys() and _tied(other) == _tied(settled)


def _tied(settled: Settled) -> frozenset[str]:
    return frozenset(unit.code for units, _ in settled.open for unit in units)


def _order_problems(contest: _Contest, settled: Settled) -> Iterator[Problem]:
    """Find orders without effect, and additions that cannot be made."""
    tier, eligible = contest.tier.id, {unit.code for unit in flat(contest.groups)}
    for one in contest.orders.added.values():
        if one.unit not in eligible:
            yield messages.CANNOT_ADD.at(one.source, unit=one.unit, tier=tier)
    idle = [c for u, c in contest.orders.confirmed.items() if u not in settled.certain]
    if contest.orders.removed:
        # Without any order of the committee: a removal is idle only where the rule alone gives no place.
        untouched = seats_under_any_tiebreak(walk(contest.plan, contest.groups))
        before = untouched.certain.keys() | _tied(untouched)
        idle += [c for u, c in contest.orders.removed.items() if u not in before]
    for one in idle:
        yield messages.NOTHING_TO_REMOVE.at(one.source, unit=one.unit, tier=tier, action=one.action)
    yield from _over_cap(contest)


def _over_cap(contest: _Contest) -> Iterator[Problem]:
    """Find additions that alone pass the places or a region's ceiling."""
    tier = contest.tier.id
    # Additions are seated before the walk begins, which asks no ceiling of them: what they alone pass is said here.
    if len(contest.orders.added) > contest.tier.places:
        yield messages.ADD_OVER_CAP.at(contest.tier.source, tier=tier, region="")
    for i, level in enumerate(contest.plan.levels):
        homes = Counter(contest.plan.home(u.candidate.region)[i] for u in contest.added())
        for region, number in sorted(homes.items()):
            if level.at_most is not None and number > level.at_most:
                yield messages.ADD_OVER_CAP.at(contest.tier.source, tier=tier, region=region)


def _blocked(contest: _Contest) -> Iterator[Problem]:
    """Find floors that a ceiling of another level cuts off, before any correction."""
    taken = walk(contest.plan, contest.groups).taken
    homes = [contest.plan.home(u.candidate.region) for u in flat(contest.groups) if u.code in taken]
    for i, level in enumerate(contest.plan.levels):
        held = Counter(home[i] for home in homes)
        for quota in (level.quotas or {}).values():
            got = held[quota.region]
            if got < quota.floor:
                values = {"tier": contest.tier.id, "region": quota.region, "floor": quota.floor, "got": got}
                yield messages.FLOOR_BLOCKED.at(contest.tier.source, **values)


def _result(contest: _Contest, walked: Walk, settled: Settled, is_settled: bool) -> TierResult:
    members = tuple(unit for unit in flat(contest.groups) if unit.code in settled.certain)
    open_seats = tuple(
        OpenSeats(tuple(u.code for u in units), seats, contest.desk.profile.still_tied) for units, seats in settled.open
    )
    return TierResult(
        tier=contest.tier.id,
        requires=contest.tier.requires,
        places=contest.tier.places,
        members=tuple(_places(contest, walked, settled, members)),
        open=open_seats,
        unfilled=contest.tier.places - len(members) - sum(one.seats for one in open_seats),
        reserve=_reserve(contest, settled),
        regions=tuple(_regions(contest, members)),
        departures=tuple(_departures(contest, settled)),
        settled=is_settled,
        confirmed_by=contest.tier.confirmed_by,
    )


def _places(contest: _Contest, walked: Walk, settled: Settled, members: Sequence[Ordered]) -> Iterator[Place]:
    """Give each member its reasons; who is next is the same for all who came from one home in one round of the walk."""
    next_of: dict[tuple[int, int], tuple[Ordered, ...]] = {}
    for unit in members:
        taking = walked.taken[unit.code]
        which = (taking.home, taking.round)
        if which not in next_of:
            group = (heir for heir in heirs(walked, unit.code) if heir.code not in settled.certain)
            next_of[which] = tuple(sorted(group, key=lambda heir: heir.code))
        yield _place(contest, unit, settled.certain[unit.code], next_of[which])


def _place(contest: _Contest, unit: Ordered, seat: Seat, after: tuple[Ordered, ...]) -> Place:
    step = _decided_by(contest, unit, seat, after)
    confirmed = contest.orders.confirmed.get(unit.code)
    return Place(
        unit=unit.code,
        name=unit.candidate.name,
        region=unit.candidate.region,
        rank=contest.desk.rank[unit.code],
        figure=unit.figure,
        grade=unit.candidate.grade,
        seat=seat.kind,
        seat_region=seat.region,
        decided_by=step,
        by_last_step=step in ("lot", "committee", "shared"),
        next=tuple(heir.code for heir in after),
        distance=unit.figure - after[0].figure if after else None,
        confirmed_by=confirmed.by if confirmed else "",
    )


def _decided_by(contest: _Contest, unit: Ordered, seat: Seat, after: tuple[Ordered, ...]) -> str:
    """Return the step that keeps the place from the next unit."""
    if seat.kind == "committee":
        return "committee"
    if not after:
        return ""
    # The next in line stands higher on the list: what keeps it out is the region that the seat belongs to.
    if (after[0].order, after[0].lot) < (unit.order, unit.lot):
        return "seat"
    return step_between(unit, after[0]) or contest.desk.profile.still_tied


def _reserve(contest: _Contest, settled: Settled) -> tuple[Reserve, ...]:
    """Return the next eligible units in list order; tied ones share an order and come in together."""
    out = {*settled.certain, *_tied(settled), *contest.orders.removed}
    groups = [tuple(u for u in group if u.code not in out) for group in contest.groups]
    keys = [n for n, group in enumerate(groups) for _ in group]
    units = [unit for group in groups for unit in group]
    lines = (
        Reserve(order, u.code, u.candidate.name, u.candidate.region, u.figure)
        for order, u in zip(ranks(keys), units, strict=True)
    )
    return tuple(line for line in lines if line.order <= contest.desk.profile.reserve)


def _regions(contest: _Contest, members: Sequence[Ordered]) -> Iterator[RegionSeats]:
    for i, level in enumerate(contest.plan.levels):
        held = Counter(contest.plan.home(unit.candidate.region)[i] for unit in members)
        for q in (level.quotas or {}).values():
            share = q.share.numerator if q.share.denominator == 1 else q.share
            counts = (q.floor, level.at_most, q.seats, q.without_floor, held[q.region])
            yield RegionSeats(level.name, q.region, q.weight, share, *counts)


def _departures(contest: _Contest, settled: Settled) -> Iterator[Departure]:
    """Tell of each correction whom it let in (remove) or put out (add), compared with the list without it."""
    for one in contest.orders.all():
        instead: frozenset[str] = frozenset()
        if one.action != "confirm":
            other = _Contest(contest.desk, contest.tier, contest.plan, contest.groups, contest.orders.without(one.unit))
            without = seats_under_any_tiebreak(other.walked()).certain.keys()
            changed = settled.certain.keys() - without if one.action == "remove" else without - settled.certain.keys()
            instead = frozenset(changed) - {one.unit}
        yield Departure(one.unit, one.action, one.by, one.day.isoformat(), one.reason, tuple(sorted(instead)))
