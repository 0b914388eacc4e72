"""Walks through units in order and gives out seats: who takes which, who certainly does in a tie, and who comes next."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import accumulate

from msgspec import Struct

from .course import COMMITTEE, Course, Home, Seat, Taking, Walked, course, take_places, walk_again
from .order import Groups, Ordered, flat
from .seats import SeatAllocation


class EqualsAtHome(Struct, frozen=True):
    """The units of one home in a group of equals: `size` of them, from `start` on in the home's queue."""

    home: int
    start: int
    size: int

    @property
    def end(self) -> int:
        return self.start + self.size


class Walk(Struct, frozen=True):
    """Units by home, and who of them took which seat.

    A unit's place is twice its index on the list, so that another can be put before or behind it. `queues` are the places
    of each home's units, `cells` the homes of each group, `starts` its first place.
    """

    groups: Groups
    units: tuple[Ordered, ...]
    course: Course
    queues: tuple[tuple[int, ...], ...]
    cells: tuple[tuple[EqualsAtHome, ...], ...]
    starts: tuple[int, ...]
    base: Walked
    taken: Mapping[str, Taking]

    def of(self, cell: EqualsAtHome) -> Iterator[Ordered]:
        """Yield the units of a cell, in order."""
        return (self.units[place // 2] for place in self.queues[cell.home][cell.start : cell.end])


class Settled(Struct, frozen=True):
    """`certain` units have a seat however ties are broken; each of `open` is (tied units, seats that wait for them)."""

    certain: Mapping[str, Seat]
    open: tuple[tuple[tuple[Ordered, ...], int], ...] = ()


def walk(plan: SeatAllocation, groups: Groups, added: Sequence[Ordered] = ()) -> Walk:
    """Return who takes which seat, given a full order. `added` units come first and count like any other."""
    units, numbers = flat(groups), dict[Home, int]()
    homes = {u.code: numbers.setdefault(plan.home(u.candidate.region), len(numbers)) for u in (*units, *added)}
    queues, cells = _laid_out(groups, homes, len(numbers))
    laid, first = course(plan, tuple(numbers)), tuple(homes[unit.code] for unit in added)
    base = take_places(laid, queues, first)
    taken = {unit.code: Taking(COMMITTEE, -1, homes[unit.code], Seat("committee")) for unit in added}
    taken |= {units[taking.place // 2].code: taking for taking in base.takings}
    starts = tuple(accumulate((2 * len(group) for group in groups[:-1]), initial=0))
    return Walk(groups, units, laid, queues, cells, starts, base, taken)


def _laid_out(
    groups: Groups, homes: Mapping[str, int], number: int
) -> tuple[tuple[tuple[int, ...], ...], tuple[tuple[EqualsAtHome, ...], ...]]:
    """Return the places of every home's units, and each group's cells."""
    queues: list[list[int]] = [[] for _ in range(number)]
    cells, place = [], 0
    for group in groups:
        starts: dict[int, int] = {}
        for unit in group:
            home = homes[unit.code]
            starts.setdefault(home, len(queues[home]))
            queues[home].append(place)
            place += 2
        cells.append(tuple(EqualsAtHome(home, start, len(queues[home]) - start) for home, start in starts.items()))
    return tuple(map(tuple, queues)), tuple(cells)


def seats_under_any_tiebreak(walked: Walk) -> Settled:
    """Return whose seat no order of tied units can change, and which tied units contend for the others.

    Tied units of one home are interchangeable, so it is enough to put one of each home first and last in its group.
    """
    least, most = list(walked.base.seated), list(walked.base.seated)
    for out, into in (pair for n in range(len(walked.groups)) for pair in _extremes(walked, n)):
        for home, more in walk_again(walked.course, walked.base, out, into).items():
            least[home] = min(least[home], walked.base.seated[home] + more)
            most[home] = max(most[home], walked.base.seated[home] + more)
    certain = {code: taking.seat for code, taking in walked.taken.items()}
    waiting = []
    for cells in walked.cells:
        tied = (cell for cell in cells if least[cell.home] < cell.end and most[cell.home] > cell.start)
        if units := tuple(sorted((unit for cell in tied for unit in walked.of(cell)), key=lambda u: u.code)):
            # The first walk seated some of the tied, in order of code: those seats are the ones that wait.
            waiting.append((units, sum(certain.pop(unit.code, None) is not None for unit in units)))
    return Settled(certain, tuple(waiting))


def _extremes(walked: Walk, n: int) -> Iterator[tuple[Set[int], Mapping[int, int]]]:
    """Yield what puts one unit of each home at the head, and at the end, of a group that is seated in part.

    Each is the place that the unit leaves and the one where it joins again, with its home. Units of one home alone change
    places with each other, and nobody else.
    """
    cells = walked.cells[n]
    seated = sum(min(max(walked.base.seated[cell.home] - cell.start, 0), cell.size) for cell in cells)
    if len(cells) == 1 or seated in (0, sum(cell.size for cell in cells)):
        return
    # Units have the even places, so the odd one before or behind a group is free.
    head = min(walked.queues[cell.home][cell.start] for cell in cells) - 1
    end = max(walked.queues[cell.home][cell.end - 1] for cell in cells) + 1
    for cell in cells:
        left = {walked.queues[cell.home][cell.start]}
        yield left, {head: cell.home}
        yield left, {end: cell.home}


def heirs(walked: Walk, code: str) -> tuple[Ordered, ...]:
    """Return the group that holds the first unit to come in if a unit's seat fell free; () where nobody would."""
    gone = walked.taken[code]
    addition = gone.round == COMMITTEE
    left, freed = (set[int](), (gone.home,)) if addition else ({gone.place}, ())
    more = Counter(walk_again(walked.course, walked.base, left, {}, freed))
    # The unit's own seat counts as lost to its home; only who comes in its stead is an heir.
    more[gone.home] += not addition
    # Units of one home are seated in order: who newly comes in is the first of them without a seat.
    came = [walked.queues[home][walked.base.seated[home]] for home, number in more.items() if number > 0]
    return walked.groups[bisect_right(walked.starts, min(came)) - 1] if came else ()
