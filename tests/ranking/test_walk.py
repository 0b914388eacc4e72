"""The walk by homes agrees with a slow one, unit by unit: seats, who certainly has one, who comes in for whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct

from meihao.ranking.candidates import candidate
from meihao.ranking.course import Seat
from meihao.ranking.order import Groups, Ordered, flat, in_order, ordered
from meihao.ranking.seats import Level, Quota, SeatAllocation
from meihao.ranking.walk import heirs, seats_under_any_tiebreak, walk

from .builders import pack, profile, unit

WITHIN = {
    "a": ("A", "P"),
    "a2": ("A", "P"),
    "b": ("B", "P"),
    "c": ("C", "Q"),
    "c2": ("C", "Q"),
    "d": ("D", "Q"),
}  # township: its county and province
MANY = settings(max_examples=400, deadline=None)


class World(Struct, frozen=True):
    plan: SeatAllocation
    groups: Groups
    added: tuple[Ordered, ...]


@st.composite
def levels(draw: st.DrawFn) -> tuple[tuple[Level, ...], tuple[int, ...]]:
    """Return the levels of a plan, and which of county (0) and province (1) each is."""
    wanted = draw(st.sampled_from(["", "c", "C", "P", "p", "CP", "Cp", "cp", "Pc"]))  # large: with seats of their own
    return tuple(draw(level(letter)) for letter in wanted), tuple("cp".index(letter.lower()) for letter in wanted)


@st.composite
def level(draw: st.DrawFn, letter: str) -> Level:
    most = draw(st.integers(1, 4))
    if letter.islower():
        return Level(letter, None, True, most)
    names = {homes["cp".index(letter.lower())] for homes in WITHIN.values()}
    quotas = {name: draw(quota(name)) for name in sorted(names)}
    return Level(letter, quotas, draw(st.booleans()), draw(st.none() | st.just(most)))


@st.composite
def quota(draw: st.DrawFn, name: str) -> Quota:
    seats = draw(st.integers(0, 4))
    return Quota(name, 1, Fraction(1), draw(st.integers(0, seats)), seats, draw(st.integers(0, seats)))


@st.composite
def worlds(draw: st.DrawFn, most: int = 14) -> World:
    parts, which = draw(levels())
    homes = {town: tuple(around[i] for i in which) for town, around in WITHIN.items()}
    plan = SeatAllocation(draw(st.integers(1, 9)), parts, homes)
    one, towns = profile(), st.sampled_from(sorted(WITHIN))
    units = [
        ordered(candidate(unit(f"u{n:02}", draw(st.integers(80, 85)), region=draw(towns)), pack(one)), one, 2)
        for n in range(draw(st.integers(1, most)))
    ]
    added = units[: draw(st.sampled_from([0, 0, 1, 2]))]
    return World(plan, in_order((u for u in units if u not in added), draw(st.sampled_from([None, "7"]))), tuple(added))


class Hall:
    """The seats while they are being taken, counted anew for every unit that asks."""

    def __init__(self, plan: SeatAllocation, added: Sequence[Ordered]) -> None:
        self.plan, self.taken, self.count = plan, dict[str, Seat](), Counter[tuple[int, str]]()
        for one in added:
            self.take(one, Seat("committee"))

    def admits(self, one: Ordered, quotas_from: int) -> bool:
        if one.code in self.taken or len(self.taken) >= self.plan.places:
            return False
        for i, (level, region) in enumerate(zip(self.plan.levels, self.plan.home(one.candidate.region), strict=True)):
            held = self.count[i, region]
            if level.at_most is not None and held >= level.at_most:
                return False
            if i >= quotas_from and level.quotas is not None and held >= level.quotas[region].seats:
                return False
        return True

    def take(self, one: Ordered, seat: Seat) -> None:
        self.taken[one.code] = seat
        self.count.update(enumerate(self.plan.home(one.candidate.region)))


def slow_walk(plan: SeatAllocation, units: Sequence[Ordered], added: Sequence[Ordered]) -> dict[str, Seat]:
    """Ask every unit in every round."""
    hall = Hall(plan, added)
    shared = [level for level in plan.levels if level.quotas is not None]
    for i, level in enumerate(shared):
        for one in units:
            region = plan.home(one.candidate.region)[i]
            quota, held = (level.quotas or {})[region], hall.count[i, region]
            if held < quota.floor and hall.admits(one, 0):
                hall.take(one, Seat("floor" if held >= quota.without_floor else "proportional", region))
    for one in units:
        if hall.admits(one, 0):
            home = plan.home(one.candidate.region)
            hall.take(one, Seat("proportional", home[0]) if shared else Seat("list"))
    for i, level in enumerate(shared):
        if not level.passes_on:
            break
        for one in units:
            if hall.admits(one, i + 1):
                home = plan.home(one.candidate.region)
                hall.take(one, Seat("list", home[i + 1] if i + 1 < len(shared) else ""))
    return hall.taken


def orders(world: World) -> Iterator[tuple[Ordered, ...]]:
    """Yield the list as it stands, and with each unit first and last among its equals."""
    yield flat(world.groups)
    for n, group in enumerate(world.groups):
        for one in group:
            rest = tuple(other for other in group if other is not one)
            for turned in ((one, *rest), (*rest, one)):
                yield flat((*world.groups[:n], turned, *world.groups[n + 1 :]))


def by_home(world: World, group: Sequence[Ordered]) -> list[list[Ordered]]:
    found: dict[tuple[str, ...], list[Ordered]] = {}
    for one in group:
        found.setdefault(world.plan.home(one.candidate.region), []).append(one)
    return list(found.values())


@MANY
@given(worlds())
def test_the_same_units_take_the_same_seats(world: World) -> None:
    found = walk(world.plan, world.groups, world.added).taken
    slow = slow_walk(world.plan, flat(world.groups), world.added)
    assert [(code, taking.seat) for code, taking in found.items()] == list(slow.items())


@MANY
@given(worlds())
def test_a_seat_is_certain_where_it_stays_whichever_equal_comes_first_or_last(world: World) -> None:
    runs = [slow_walk(world.plan, order, world.added) for order in orders(world)]
    found = seats_under_any_tiebreak(walk(world.plan, world.groups, world.added))
    expected = []
    for group in world.groups:
        tied = [
            one for alike in by_home(world, group) if 0 < seated(alike, runs) < len(alike) * len(runs) for one in alike
        ]
        if tied:
            expected.append(sorted(one.code for one in tied))
    assert [[one.code for one in units] for units, _ in found.open] == expected
    waiting = {code for codes in expected for code in codes}
    assert found.certain == {code: seat for code, seat in runs[0].items() if code not in waiting}
    assert [seats for _, seats in found.open] == [sum(code in runs[0] for code in codes) for codes in expected]


def seated(alike: Sequence[Ordered], runs: Sequence[dict[str, Seat]]) -> int:
    return sum(one.code in run for one in alike for run in runs)


@MANY
@given(worlds())
def test_the_heir_is_who_comes_in_when_the_list_is_walked_again_without_the_unit(world: World) -> None:
    walked = walk(world.plan, world.groups, world.added)
    for code in walked.taken:
        groups = tuple(tuple(one for one in group if one.code != code) for group in world.groups)
        without = slow_walk(world.plan, flat(groups), [one for one in world.added if one.code != code])
        new = without.keys() - walked.taken.keys()
        expected = next((group for group in world.groups if any(one.code in new for one in group)), ())
        assert [one.code for one in heirs(walked, code)] == [one.code for one in expected]


@MANY
@given(worlds())
def test_who_came_from_one_home_in_one_round_has_the_same_heir(world: World) -> None:
    walked = walk(world.plan, world.groups, world.added)
    found: dict[tuple[int, int], set[tuple[Ordered, ...]]] = {}
    for code, taking in walked.taken.items():
        found.setdefault((taking.home, taking.round), set()).add(heirs(walked, code))
    assert all(len(groups) == 1 for groups in found.values())
