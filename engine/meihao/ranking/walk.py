"""A plan and units in order -> who takes which seat, who certainly does where units are tied, and who would come in next."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

from msgspec import Struct

from .course import COMMITTEE, Course, Home, Seat, Taking, Walked, course, go
from .order import Groups, Ordered, flat
from .seats import Plan

Queues = tuple[tuple[int, ...], ...]


class Cell(Struct, frozen=True):
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
    of each home's units, `cells` the homes of each group, `starts` its first place, `added` the homes of the additions.
    """

    groups: Groups
    units: tuple[Ordered, ...]
    course: Course
    queues: Queues
    cells: tuple[tuple[Cell, ...], ...]
    starts: tuple[int, ...]
    added: tuple[int, ...]
    base: Walked
    taken: Mapping[str, Taking]

    def of(self, cell: Cell) -> Iterator[Ordered]:
        """Yield the units of a cell, in order."""
        return (self.units[place // 2] for place in self.queues[cell.home][cell.start : cell.end])


class Settled(Struct, frozen=True):
    """`certain` units have a seat however ties are broken; each of `open` is (tied units, seats that wait for them)."""

    certain: Mapping[str, Seat]
    open: tuple[tuple[tuple[Ordered, ...], int], ...] = ()


def walk(plan: Plan, groups: Groups, added: Sequence[Ordered] = ()) -> Walk:
    """Return who takes which seat, given a full order. `added` units come first and count like any other."""
    units, numbers = flat(groups), dict[Home, int]()
    homes = {u.code: numbers.setdefault(plan.home(u.candidate.region), len(numbers)) for u in (*units, *added)}
    queues, cells = _laid_out(groups, homes, len(numbers))
    laid, first = course(plan, tuple(numbers)), tuple(homes[unit.code] for unit in added)
    base = go(laid, queues, first)
    taken = {unit.code: Taking(COMMITTEE, -1, homes[unit.code], Seat("committee")) for unit in added}
    taken |= {units[taking.place // 2].code: taking for taking in base.takings}
    starts = tuple(accumulate((2 * len(group) for group in groups[:-1]), initial=0))
    return Walk(groups, units, laid, queues, cells, starts, first, base, taken)


def _laid_out(groups: Groups, homes: Mapping[str, int], number: int) -> tuple[Queues, tuple[tuple[Cell, ...], ...]]:
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
        cells.append(tuple(Cell(home, start, len(queues[home]) - start) for home, start in starts.items()))
    return tuple(map(tuple, queues)), tuple(cells)


def settle(walked: Walk) -> Settled:
    """Return whose seat no order of tied units can change, and which tied units contend for the others.

    Tied units of one home are interchangeable, so it is enough to put one of each home first and last in its group.
    """
    runs = [walked.base]
    for n in range(len(walked.groups)):
        runs += (go(walked.course, queues, walked.added) for queues in _extremes(walked, n))
    least, most = (
        [pick(several) for several in zip(*(run.seated for run in runs), strict=True)] for pick in (min, max)
    )
    certain = {code: taking.seat for code, taking in walked.taken.items()}
    waiting = []
    for cells in walked.cells:
        tied = (cell for cell in cells if least[cell.home] < cell.end and most[cell.home] > cell.start)
        if units := tuple(sorted((unit for cell in tied for unit in walked.of(cell)), key=lambda u: u.code)):
            waiting.append((units, sum(certain.pop(unit.code, None) is not None for unit in units)))
    return Settled(certain, tuple(waiting))


def _extremes(walked: Walk, n: int) -> Iterator[Queues]:
    """Yield the queues with one unit of each home at the head, and at the end, of a group that is seated in part.

    Units of one home alone change places with each other, and nobody else.
    """
    cells = walked.cells[n]
    seated = sum(min(max(walked.base.seated[cell.home] - cell.start, 0), cell.size) for cell in cells)
    if len(cells) == 1 or seated in (0, sum(cell.size for cell in cells)):
        return
    head = min(walked.queues[cell.home][cell.start] for cell in cells) - 1
    end = max(walked.queues[cell.home][cell.end - 1] for cell in cells) + 1
    for cell in cells:
        queue = walked.queues[cell.home]
        rest = queue[cell.start + 1 : cell.end]
        for mine in ((head, *rest), (*rest, end)):
            whole = (*queue[: cell.start], *mine, *queue[cell.end :])
            yield (*walked.queues[: cell.home], whole, *walked.queues[cell.home + 1 :])


def heirs(walked: Walk, code: str) -> tuple[Ordered, ...]:
    """Return the group that holds the first unit to come in if a unit's seat fell free; () where nobody would."""
    gone = walked.taken[code]
    queues, added = walked.queues, walked.added
    if gone.round == COMMITTEE:
        at = added.index(gone.home)
        added = (*added[:at], *added[at + 1 :])
    else:
        left = tuple(place for place in queues[gone.home] if place != gone.place)
        queues = (*queues[: gone.home], left, *queues[gone.home + 1 :])
    now = list(go(walked.course, queues, added).seated)
    now[gone.home] += gone.round != COMMITTEE
    pairs = zip(walked.queues, walked.base.seated, now, strict=True)
    came = [queue[before] for queue, before, after in pairs if after > before]
    return walked.groups[bisect_right(walked.starts, min(came)) - 1] if came else ()
