"""Works out the course of the walk round by round: which home of a list's units may still take a seat.

The walk: the committee's additions; then each region's floor, narrow level first; then down the list while the unit's
regions have seats; then, level by level, down the list again for seats that regions left unused. No ceiling is passed.

Units of one home (the same region at every level of the plan) differ in their place on the list only. Regions lie one in
another or apart, so a round need not ask unit by unit: each region passes on the first of those that the regions in it
passed on, as many as it has room for, and the whole list is the widest region. Whoever is put elsewhere on the list, or
leaves it, changes what a few of these regions pass on by one or two: `again` follows these and looks at nothing else.
"""

from __future__ import annotations

from collections import ChainMap, Counter
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from functools import partial
from itertools import pairwise

from msgspec import Struct

from .results import SeatKind
from .seats import SeatAllocation

Home = tuple[str, ...]
Queues = Sequence[Sequence[int]]
_Change = tuple[set[int], set[int]]  # places that no longer come, and places that newly do
COMMITTEE = -1  # the round of the committee's additions: before all others
# An int like every other limit, so that the walk compares and subtracts without asking; no list is as long.
_NO_LIMIT = 1 << 60


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


class _Round(Struct, frozen=True):
    """The lanes of all homes, and the most seats of every region once the round is over."""

    lanes: tuple[_Lane, ...]
    limits: tuple[int, ...]


class Course(Struct, frozen=True):
    """The rounds of a walk. Regions of all levels are numbered, narrow before wide; the last is the whole list.

    `around` are the regions around each home, narrow to wide; `wider` is the next wider region of each.
    """

    around: tuple[tuple[int, ...], ...]
    wider: tuple[int, ...]
    rounds: tuple[_Round, ...]


class Taking(Struct, frozen=True):
    """A seat as it was taken: in which round, by the unit of which place and home."""

    round: int
    place: int
    home: int
    seat: Seat


class _Door(Struct, frozen=True):
    """A region in a round: the places passed on to it, in order, and how many seats it has left (below 0: too many held)."""

    waiting: tuple[int, ...]
    room: int


class Walked(Struct, frozen=True):
    """What a walk gave: how many of each home's units have a seat, every seat in the order of taking.

    `homes` gives the home of each place, `doors` what stood at each region's door in each round.
    """

    homes: dict[int, int]
    seated: tuple[int, ...]
    takings: tuple[Taking, ...]
    doors: tuple[tuple[_Door, ...], ...]


def course(plan: SeatAllocation, homes: Sequence[Home]) -> Course:
    """Return the course of a plan for units of these homes."""
    sizes = Counter(region for home in homes for region in enumerate(home))
    narrow_first = sorted(sizes, key=lambda region: (sizes[region], region))
    numbers = {region: number for number, region in enumerate(narrow_first)}
    levels = [[numbers[region] for region in enumerate(home)] for home in homes]
    around = tuple((*sorted(each), len(numbers)) for each in levels)
    wider = dict(pair for each in around for pair in pairwise(each))
    pairs = tuple(zip(homes, levels, strict=True))
    rounds = (tuple(lane(*pair) for pair in pairs) for lane in _rounds(plan))
    return Course(
        around,
        tuple(wider[n] for n in range(len(numbers))),
        tuple(_round(plan, lanes, len(numbers)) for lanes in rounds),
    )


def _round(plan: SeatAllocation, lanes: tuple[_Lane, ...], regions: int) -> _Round:
    limits = [_NO_LIMIT] * regions
    for number, limit in (pair for lane in lanes for pair in lane.limits):
        limits[number] = min(limits[number], limit)
    return _Round(lanes, (*limits, plan.places))


def _rounds(plan: SeatAllocation) -> Iterator[Callable[[Home, Sequence[int]], _Lane]]:
    """Yield, round by round, what makes a home's lane: the floors, the seats of regions, the seats that they pass on."""
    shared = [level for level in plan.levels if level.quotas is not None]
    yield from (partial(_floor, plan, i) for i in range(len(shared)))
    yield partial(_by_quota, plan, bool(shared))
    for i, level in enumerate(shared):
        # What a level keeps to itself no wider level can hand out.
        if not level.passes_on:
            return
        yield partial(_passed_on, plan, i + 1, i + 1 < len(shared))


def _floor(plan: SeatAllocation, i: int, home: Home, numbers: Sequence[int]) -> _Lane:
    """Seat each region's best until its floor is reached; a seat is the floor's where the rule alone would not give it."""
    quota = (plan.levels[i].quotas or {})[home[i]]
    limits = (*_limits(plan, 0, home, numbers), (numbers[i], quota.floor))
    return _Lane(limits, Seat("proportional", home[i]), Seat("floor", home[i]), numbers[i], quota.without_floor)


def _by_quota(plan: SeatAllocation, shared: bool, home: Home, numbers: Sequence[int]) -> _Lane:
    seat = Seat("proportional", home[0]) if shared else Seat("list")
    return _Lane(_limits(plan, 0, home, numbers), seat, seat)


def _passed_on(plan: SeatAllocation, start: int, shared: bool, home: Home, numbers: Sequence[int]) -> _Lane:
    seat = Seat("list", home[start] if shared else "")
    return _Lane(_limits(plan, start, home, numbers), seat, seat)


def _limits(plan: SeatAllocation, start: int, home: Home, numbers: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Return the ceilings of a home's regions, and the seats of those from level `start` on."""
    found = []
    for i, (level, region, number) in enumerate(zip(plan.levels, home, numbers, strict=True)):
        quota = level.quotas[region].seats if level.quotas is not None and i >= start else _NO_LIMIT
        limit = quota if level.at_most is None else min(quota, level.at_most)
        found += [(number, limit)] if limit < _NO_LIMIT else []
    return tuple(found)


def take_places(course: Course, queues: Queues, added: Sequence[int] = ()) -> Walked:
    """Walk: `queues` gives for each home the places of its units, in order; `added` the homes of the additions."""
    held = Counter(region for home in added for region in course.around[home])
    homes = {place: home for home, queue in enumerate(queues) for place in queue}
    seated, takings, doors = [0] * len(queues), list[Taking](), list[tuple[_Door, ...]]()
    for number, one in enumerate(course.rounds):
        left = [queue[taken:] for queue, taken in zip(queues, seated, strict=True)]
        doors.append(_doors(course, left, [limit - held[region] for region, limit in enumerate(one.limits)]))
        for place in _passed(doors[-1][-1]):
            home = homes[place]
            lane = one.lanes[home]
            takings.append(Taking(number, place, home, lane.seat if held[lane.region] < lane.bare else lane.beyond))
            seated[home] += 1
            for region in course.around[home]:
                held[region] += 1
    return Walked(homes, tuple(seated), tuple(takings), tuple(doors))


def _doors(course: Course, queues: Queues, room: Sequence[int]) -> tuple[_Door, ...]:
    """Return who waits at each region's door when these units ask for a seat and the regions have this room."""
    waiting: list[list[int]] = [[] for _ in room]
    for queue, around in zip(queues, course.around, strict=True):
        waiting[around[0]] += queue
    doors = list[_Door]()
    # Narrow regions have the lower numbers, so all that is passed on has arrived when a door is opened.
    for region, places in enumerate(waiting):
        doors.append(_Door(tuple(sorted(places)), room[region]))
        if region < len(course.wider):
            waiting[course.wider[region]] += _passed(doors[-1])
    return tuple(doors)


def _passed(door: _Door) -> Sequence[int]:
    return door.waiting[: max(door.room, 0)]


def walk_again(
    course: Course, walked: Walked, out: Set[int], into: Mapping[int, int], freed: Sequence[int] = ()
) -> Mapping[int, int]:
    """Return how many seats more each home has (below 0: fewer) when the list is walked again, a little changed.

    The places `out` leave the list, the places `into` join it for their homes, and each home in `freed` has one addition less.
    """
    homes, joined = ChainMap(dict(into), walked.homes), frozenset(into)
    spare = Counter(region for home in freed for region in course.around[home])
    more: Counter[int] = Counter()
    for doors in walked.doors:
        lost, won = _turned(course, doors, _by_door(course, homes, out, joined), spare)
        for places, change in ((lost, -1), (won, 1)):
            for home in map(homes.__getitem__, places):
                more[home] += change
                for region in course.around[home]:
                    spare[region] -= change
        # Who loses a seat asks again in the next round; who wins one no longer does.
        out, joined = (out - lost) | (won - joined), (joined - won) | (lost - out)
    return more


def _by_door(course: Course, homes: Mapping[int, int], out: Set[int], into: Set[int]) -> dict[int, _Change]:
    """Return by region the places that no longer come straight to its door, and those that newly do."""
    changes: dict[int, _Change] = {}
    for side, places in enumerate((out, into)):
        for place in places:
            changes.setdefault(course.around[homes[place]][0], (set(), set()))[side].add(place)
    return changes


def _turned(course: Course, doors: Sequence[_Door], changes: dict[int, _Change], spare: Mapping[int, int]) -> _Change:
    """Return the places that lose their seat in a round and those that win one, from door to wider door."""
    changes |= {region: (set(), set()) for region, number in spare.items() if number and region not in changes}
    while changes:
        # The narrowest first, as in `_doors`: a door is looked at when all that reaches it is known.
        region = min(changes)
        lost, won = _cut(doors[region], *changes.pop(region), spare.get(region, 0))
        if region == len(course.wider):
            return lost, won
        if lost or won:
            there = changes.setdefault(course.wider[region], (set(), set()))
            there[0].update(lost)
            there[1].update(won)
    return set(), set()


def _cut(door: _Door, out: Set[int], into: Set[int], spare: int) -> _Change:
    """Return the places that a door no longer passes on, and those that it newly does; only those near its edge can be."""
    room = max(door.room, 0)
    # Each place that comes or goes, and each seat more or less, moves the edge of a door by one at most.
    near = len(out) + len(into) + abs(spare)
    sure = max(min(room, len(door.waiting)) - near, 0)
    window = door.waiting[sure : room + near]
    leaving = {place for place in out if sure and place < window[0]}
    rest = max(door.room + spare, 0) - sure + len(leaving)
    before, now = set(window[: room - sure]), set(sorted({*window, *into} - out)[: max(rest, 0)])
    return leaving | (before - now), now - before
