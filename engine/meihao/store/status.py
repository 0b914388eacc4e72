"""Works out the state of a round from what units still owe and the deadlines: most urgent first, by region and by role."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct

from ..core.workdays import Workdays
from ..evidence.model import Received
from ..round.model import Region
from ..standard.model import ROLES, Role
from .needs import Need

Pressure = Literal["overdue", "today", "open", "no_deadline", "done"]
PRESSURES: tuple[Pressure, ...] = ("overdue", "today", "open", "no_deadline", "done")


class Tally(Struct, frozen=True):
    """How much is given of what is wanted."""

    given: int = 0
    wanted: int = 0

    def percent(self) -> int:
        """Return whole percent, 100 only where nothing is missing; 0 where nothing is wanted yet.

        >>> Tally(199, 200).percent(), Tally(0, 0).percent()
        (99, 0)
        """
        return 100 * self.given // self.wanted if self.wanted else 0


class DeadlineState(Struct, frozen=True):
    """How a role stands against its deadline: `days` are working days left, or gone by since."""

    pressure: Pressure
    due: date | None = None
    days: int = 0


class UnitState(Struct, frozen=True):
    """One unit: what is wanted and how it stands, its region of the table, and how its last submission came in."""

    code: str
    name: str
    kind: str
    region: str
    needs: tuple[Need, ...]
    last: Received | None = None
    altered: tuple[str, ...] = ()
    unreadable: bool = False
    silent: bool = False

    def of(self, role: Role) -> tuple[Need, ...]:
        return tuple(need for need in self.needs if need.role == role)

    def missing(self) -> tuple[Need, ...]:
        return tuple(need for need in self.needs if need.state != "given")

    def complete(self) -> bool:
        return not (self.altered or self.unreadable or self.silent) and all(n.state == "given" for n in self.needs)


class RegionState(Struct, frozen=True):
    """One line of the table by region: units heard of, of how many expected (0 unknown), complete ones, and the tally."""

    code: str
    name: str
    units: int
    expected: int
    complete: int
    overdue: int
    tally: Tally


class Board(Struct, frozen=True):
    """The whole state of a round on one day; `silent` units are expected by their regions and have not been heard from."""

    on: date
    deadlines: Mapping[Role, date]
    units: tuple[UnitState, ...]
    regions: tuple[RegionState, ...]
    roles: tuple[tuple[Role, Tally], ...]
    calendar: Workdays = Workdays()
    silent: int = 0
    ledger: str = ""

    def heard(self) -> int:
        """Return how many units have handed in anything."""
        return sum(not unit.silent for unit in self.units)

    def deadline(self, unit: UnitState, role: Role) -> DeadlineState:
        """Return how a unit stands against a role's deadline."""
        done = all(need.state == "given" for need in unit.of(role))
        return _deadline(done, self.deadlines.get(role), self.on, self.calendar)

    def role_deadline(self, role: Role) -> DeadlineState:
        """Return how a role stands over all units; it is not done before anything has come in."""
        counted = dict(self.roles).get(role, Tally())
        done = bool(self.units) and counted.given == counted.wanted
        return _deadline(done, self.deadlines.get(role), self.on, self.calendar)

    def pressing(self, unit: UnitState) -> tuple[Role, DeadlineState]:
        """Return a unit's most pressing deadline of all roles, and whose it is."""
        return most_pressing([(role, self.deadline(unit, role)) for role in ROLES])

    def complete(self) -> bool:
        """Say whether everything is there, of every unit that is expected."""
        return bool(self.units) and not self.silent and all(unit.complete() for unit in self.units)


def tally(needs: Iterable[Need]) -> Tally:
    states = [need.state for need in needs]
    return Tally(states.count("given"), len(states))


def make_board(
    units: Sequence[UnitState],
    regions: Sequence[Region],
    deadlines: Mapping[Role, date],
    on: date,
    calendar: Workdays,
    rostered: bool = False,
    ledger: str = "",
) -> Board:
    """Return the state of a round: units most urgent first, regions by code, roles that owe anything or have a deadline.

    Where the round has a roster, its units are those that are expected, else as many as the regions say. `ledger` is how
    many receipts there are, and the digest of the last.
    """
    bare = Board(on, deadlines, (), (), (), calendar)
    urgent = tuple(sorted(units, key=lambda unit: _urgency(unit, bare.pressing(unit)[1])))
    roles = tuple((role, tally(n for u in units for n in u.of(role))) for role in ROLES)
    asked = tuple((role, counted) for role, counted in roles if counted.wanted or role in deadlines)
    lines = _regions(urgent, regions, bare, rostered)
    silent = sum(unit.silent for unit in units) if rostered else _silent(lines, regions)
    return Board(on, deadlines, urgent, lines, asked, calendar, silent, ledger)


def _urgency(unit: UnitState, deadline: DeadlineState) -> tuple[object, ...]:
    """Altered and unreadable files first; then what is longest overdue or soonest due; then who lacks most; then the code."""
    faulty = 0 if unit.altered or unit.unreadable else 1
    day = deadline.due or date.max
    return faulty, PRESSURES.index(deadline.pressure), day, -len(unit.missing()), unit.code


def _deadline(done: bool, due: date | None, on: date, calendar: Workdays) -> DeadlineState:
    if done:
        return DeadlineState("done", due)
    if due is None:
        return DeadlineState("no_deadline")
    if on > due:
        return DeadlineState("overdue", due, calendar.between(due, on))
    return DeadlineState("today" if on == due else "open", due, calendar.between(on, due))


def most_pressing(deadlines: Sequence[tuple[Role, DeadlineState]]) -> tuple[Role, DeadlineState]:
    return min(deadlines, key=lambda one: (PRESSURES.index(one[1].pressure), one[1].due or date.max))


def _regions(
    units: Sequence[UnitState], regions: Sequence[Region], board: Board, rostered: bool
) -> tuple[RegionState, ...]:
    known = {region.code: region for region in regions}
    wide = {around for region in regions if region.level == "county" for around in regions_around(region.parent, known)}
    groups: dict[str, list[UnitState]] = {c: [] for c in known if c not in wide and _is_line(known[c], known)}
    for unit in units:
        groups.setdefault(county_of(unit.region, known), []).append(unit)
    return tuple(_region(code, mine, known.get(code), board, rostered) for code, mine in sorted(groups.items()))


def _is_line(region: Region, known: Mapping[str, Region]) -> bool:
    return county_of(region.code, known) == region.code and bool(region.applicants)


def _region(code: str, units: Sequence[UnitState], region: Region | None, board: Board, rostered: bool) -> RegionState:
    late = sum(board.pressing(unit)[1].pressure == "overdue" for unit in units)
    done = sum(unit.complete() for unit in units)
    name, expected = (region.name, region.applicants) if region else (code, 0)
    heard = sum(not unit.silent for unit in units)
    expected = len(units) if rostered else expected
    return RegionState(code, name, heard, expected, done, late, tally(n for u in units for n in u.needs))


def _silent(lines: Iterable[RegionState], regions: Sequence[Region]) -> int:
    """Return how many expected units have not been heard from.

    A wide region's number is of all units inside it, those of its counties among them: what is counted is what the
    counties lack, or what the wide region lacks where that is more.
    """
    known = {region.code: region for region in regions}
    heard: Counter[str] = Counter()
    for code in known:
        if county_of(code, known) == code:
            heard.update(dict.fromkeys(regions_around(code, known), 0))
    for line in lines:
        heard.update(dict.fromkeys(regions_around(line.code, known), line.units))
    inside: Counter[str] = Counter()
    outermost = 0
    for code in sorted(heard, key=lambda code: (-len(regions_around(code, known)), code)):
        region = known.get(code)
        lacking = max((region.applicants if region else 0) - heard[code], inside[code])
        if region and region.parent in heard:
            inside[region.parent] += lacking
        else:
            outermost += lacking
    return outermost


def regions_around(code: str, regions: Mapping[str, Region]) -> tuple[str, ...]:
    """Return a region and those around it, stopping before a code that comes back; an unknown code stands for itself."""
    chain = [code] if code else []
    while (region := regions.get(chain[-1]) if chain else None) and region.parent and region.parent not in chain:
        chain.append(region.parent)
    return tuple(chain)


def county_of(code: str, regions: Mapping[str, Region]) -> str:
    """Return the county around a region (itself included), or the outermost region where no level is called county."""
    seen: list[str] = []
    while code in regions and code not in seen:
        seen.append(code)
        if regions[code].level == "county":
            return code
        code = regions[code].parent
    return seen[-1] if seen else code
