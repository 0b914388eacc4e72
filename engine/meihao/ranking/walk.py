"""A plan and units in order -> who takes which seat; and, where units are tied, who certainly does.

The walk: the committee's additions; then each region's floor, narrow level first; then down the list while the unit's
regions have seats; then, level by level, down the list again for seats that regions left unused. No ceiling is passed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from .order import Groups, Ordered, flat
from .results import SeatKind
from .seats import Level, Plan


class Seat(Struct, frozen=True):
    """The kind of seat and the region whose seat it is."""

    kind: SeatKind
    region: str = ""


Taken = Mapping[str, Seat]


class _Hall:
    """The seats while they are being taken; lives for one walk."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.taken: dict[str, Seat] = {}
        self.count: Counter[tuple[int, str]] = Counter()

    def admits(self, unit: Ordered, quotas_from: int) -> bool:
        """Say whether a place is free, under every ceiling and under the quotas of levels from `quotas_from` on."""
        if unit.code in self.taken or len(self.taken) >= self.plan.places:
            return False
        pairs = enumerate(zip(self.plan.levels, self.plan.home(unit.candidate.region), strict=True))
        return all(self._free(level, i, region, i >= quotas_from) for i, (level, region) in pairs)

    def _free(self, level: Level, i: int, region: str, with_quota: bool) -> bool:
        held = self.count[i, region]
        if level.at_most is not None and held >= level.at_most:
            return False
        return not with_quota or level.quotas is None or held < level.quotas[region].seats

    def take(self, unit: Ordered, seat: Seat) -> None:
        self.taken[unit.code] = seat
        self.count.update(enumerate(self.plan.home(unit.candidate.region)))


def walk(plan: Plan, units: Sequence[Ordered], added: Sequence[Ordered] = ()) -> Taken:
    """Return who takes which seat, given a full order. `added` units come first and count like any other."""
    hall = _Hall(plan)
    for unit in added:
        hall.take(unit, Seat("committee"))
    shared = [level for level in plan.levels if level.quotas is not None]
    for i, level in enumerate(shared):
        _seat_floors(hall, units, i, level)
    for unit in units:
        if hall.admits(unit, 0):
            region = plan.home(unit.candidate.region)[0] if shared else ""
            hall.take(unit, Seat("proportional", region) if shared else Seat("list"))
    for i in _passing(shared):
        for unit in units:
            if hall.admits(unit, i + 1):
                hall.take(unit, Seat("list", plan.home(unit.candidate.region)[i + 1] if i + 1 < len(shared) else ""))
    return hall.taken


def _seat_floors(hall: _Hall, units: Sequence[Ordered], i: int, level: Level) -> None:
    """Seat each region's best until its floor is reached; a seat is the floor's where the rule alone would not give it."""
    quotas = level.quotas or {}
    for unit in units:
        region = hall.plan.home(unit.candidate.region)[i]
        if hall.count[i, region] < quotas[region].floor and hall.admits(unit, 0):
            by_floor = hall.count[i, region] >= quotas[region].without_floor
            hall.take(unit, Seat("floor" if by_floor else "proportional", region))


def _passing(shared: Sequence[Level]) -> Iterator[int]:
    """Yield the levels whose unused seats pass on, narrow to wide, up to the first that leaves them empty."""
    for i, level in enumerate(shared):
        if not level.passes_on:
            return
        yield i


class Settled(Struct, frozen=True):
    """`certain` units have a seat however ties are broken; each of `open` is (tied units, seats that wait for them)."""

    certain: Taken
    open: tuple[tuple[tuple[Ordered, ...], int], ...] = ()


def settle(plan: Plan, groups: Groups, added: Sequence[Ordered] = ()) -> Settled:
    """Return whose seat no order of tied units can change, and which tied units contend for the others.

    Tied units of one region are interchangeable, so it is enough to put one of each region first and last in its group.
    """
    base = walk(plan, flat(groups), added)
    straddling = [n for n, group in enumerate(groups) if 0 < sum(u.code in base for u in group) < len(group)]
    runs = [base, *(walk(plan, order, added) for n in straddling for order in _extremes(groups, n))]
    certain, contending = dict(base), dict[str, list[Ordered]]()
    for n, group in enumerate(groups):
        for alike in _by_region(group):
            if _is_open(alike, runs):
                contending.setdefault(str(n), []).extend(alike)
    waiting = tuple(tuple(sorted(units, key=lambda u: u.code)) for units in contending.values())
    held = tuple((units, sum(certain.pop(u.code, None) is not None for u in units)) for units in waiting)
    return Settled(certain, held)


def _is_open(alike: Sequence[Ordered], runs: Sequence[Taken]) -> bool:
    seated = [unit.code in run for unit in alike for run in runs]
    return any(seated) and not all(seated)


def _by_region(group: Sequence[Ordered]) -> Iterable[list[Ordered]]:
    found: dict[str, list[Ordered]] = {}
    for unit in group:
        found.setdefault(unit.candidate.region, []).append(unit)
    return found.values()


def _extremes(groups: Groups, n: int) -> Iterator[tuple[Ordered, ...]]:
    """Yield orders with one unit of each region at the head, and at the end, of a group."""
    for alike in _by_region(groups[n]):
        one, rest = alike[0], tuple(unit for unit in groups[n] if unit is not alike[0])
        for group in ((one, *rest), (*rest, one)):
            yield flat((*groups[:n], group, *groups[n + 1 :]))
