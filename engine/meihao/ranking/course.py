"""A plan and the homes of a list's units -> the course of the walk: round by round, which home may still take a seat.

The walk: the committee's additions; then each region's floor, narrow level first; then down the list while the unit's
regions have seats; then, level by level, down the list again for seats that regions left unused. No ceiling is passed.

Units of one home (the same region at every level of the plan) differ in their place on the list only. While seats are
being taken none falls free, so a home that is refused once in a round is refused to its end, and each home seats the
first of its units: a walk moves one pointer a home, and costs seats times log(homes) however long the list is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from heapq import heapify, heappop, heapreplace

from msgspec import Struct

from .results import SeatKind
from .seats import Plan

Home = tuple[str, ...]
COMMITTEE = -1  # the round of the committee's additions: before all others
_NO_LIMIT = 1 << 62


class Seat(Struct, frozen=True):
    """The kind of seat and the region whose seat it is."""

    kind: SeatKind
    region: str = ""


class _Lane(Struct, frozen=True):
    """A home in one round: the most seats of each of its regions, by number, and which seat it takes.

    Once the region of the round holds `bare` seats, the rule alone would give no more: what follows is `beyond`.
    """

    limits: tuple[tuple[int, int], ...]
    seat: Seat
    beyond: Seat
    region: int = 0
    bare: int = _NO_LIMIT


class Course(Struct, frozen=True):
    """The rounds of a walk as lanes of homes; `regions` numbers the regions of each home, all levels together."""

    places: int
    regions: tuple[tuple[int, ...], ...]
    rounds: tuple[tuple[_Lane, ...], ...]


class Taking(Struct, frozen=True):
    """A seat as it was taken: in which round, by the unit of which place and home."""

    round: int
    place: int
    home: int
    seat: Seat


class Walked(Struct, frozen=True):
    """What a walk gave: how many of each home's units have a seat, and every seat in the order of taking."""

    seated: tuple[int, ...]
    takings: tuple[Taking, ...]


def course(plan: Plan, homes: Sequence[Home]) -> Course:
    """Return the course of a plan for units of these homes."""
    numbers: dict[tuple[int, str], int] = {}
    regions = tuple(tuple(numbers.setdefault(pair, len(numbers)) for pair in enumerate(home)) for home in homes)
    pairs = tuple(zip(homes, regions, strict=True))
    return Course(plan.places, regions, tuple(tuple(lane(*pair) for pair in pairs) for lane in _rounds(plan)))


def _rounds(plan: Plan) -> Iterator[Callable[[Home, Sequence[int]], _Lane]]:
    """Yield, round by round, what makes a home's lane: the floors, the seats of regions, the seats that they pass on."""
    shared = [level for level in plan.levels if level.quotas is not None]
    yield from (partial(_floor, plan, i) for i in range(len(shared)))
    yield partial(_by_quota, plan, bool(shared))
    for i, level in enumerate(shared):
        if not level.passes_on:
            return
        yield partial(_passed_on, plan, i + 1, i + 1 < len(shared))


def _floor(plan: Plan, i: int, home: Home, numbers: Sequence[int]) -> _Lane:
    """Seat each region's best until its floor is reached; a seat is the floor's where the rule alone would not give it."""
    quota = (plan.levels[i].quotas or {})[home[i]]
    limits = (*_limits(plan, 0, home, numbers), (numbers[i], quota.floor))
    return _Lane(limits, Seat("proportional", home[i]), Seat("floor", home[i]), numbers[i], quota.without_floor)


def _by_quota(plan: Plan, shared: bool, home: Home, numbers: Sequence[int]) -> _Lane:
    seat = Seat("proportional", home[0]) if shared else Seat("list")
    return _Lane(_limits(plan, 0, home, numbers), seat, seat)


def _passed_on(plan: Plan, start: int, shared: bool, home: Home, numbers: Sequence[int]) -> _Lane:
    seat = Seat("list", home[start] if shared else "")
    return _Lane(_limits(plan, start, home, numbers), seat, seat)


def _limits(plan: Plan, start: int, home: Home, numbers: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Return the ceilings of a home's regions, and the seats of those from level `start` on."""
    found = []
    for i, (level, region, number) in enumerate(zip(plan.levels, home, numbers, strict=True)):
        quota = level.quotas[region].seats if level.quotas is not None and i >= start else _NO_LIMIT
        limit = quota if level.at_most is None else min(quota, level.at_most)
        found += [(number, limit)] if limit < _NO_LIMIT else []
    return tuple(found)


def go(course: Course, queues: Sequence[Sequence[int]], added: Sequence[int] = ()) -> Walked:
    """Walk: `queues` gives for each home the places of its units, in order; `added` the homes of the additions."""
    held: Counter[int] = Counter(region for home in added for region in course.regions[home])
    seated, seats = [0] * len(queues), list[Taking]()
    most = course.places - len(added)
    for number, lanes in enumerate(course.rounds):
        heads = [(queue[seated[home]], home) for home, queue in enumerate(queues) if seated[home] < len(queue)]
        heapify(heads)
        while heads and len(seats) < most:
            place, home = heads[0]
            lane = lanes[home]
            if any(held[region] >= limit for region, limit in lane.limits):
                heappop(heads)
                continue
            seats.append(Taking(number, place, home, lane.seat if held[lane.region] < lane.bare else lane.beyond))
            seated[home] += 1
            for region in course.regions[home]:
                held[region] += 1
            queue = queues[home]
            if seated[home] < len(queue):
                heapreplace(heads, (queue[seated[home]], home))
            else:
                heappop(heads)
    return Walked(tuple(seated), tuple(seats))
