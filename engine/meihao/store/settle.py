"""Compares what was read of a round with its roster and ledger: units as listed, silent ones, receipts that are gone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from ..core.files import reason
from ..core.problems import Message, Problem, Problems, Source, errors, sort_by_place
from ..core.text import Label, hints, person
from ..evidence.files import EVIDENCE, NOT_READABLE, ROUND
from ..evidence.model import UnitEvidence
from ..round.model import Round
from ..round.roster import ROSTER, Enrolled, Roster, read_roster
from ..standard.model import Pack
from . import messages as m
from .admit import strangers, undecided
from .folder import FolderHome
from .home import Home
from .ledger import Ledger
from .receipts import unit_faults

Settled = tuple[tuple[UnitEvidence, ...], Problems]


def settle_paths(paths: Iterable[Path], units: Sequence[UnitEvidence], pack: Pack, round_: Round) -> Settled:
    """Return the units of evidence that was read from files, settled by the roster and ledger of the round's folder.

    A round file of another name than its folder's has neither. Never raises.
    """
    file = Path(round_.source.file)
    if file.name != ROUND:
        return tuple(units), ()
    whole = any(_same(path, file.parent / EVIDENCE) for path in paths)
    return settle(FolderHome(file.parent), units, pack, round_, whole)


def settle(home: Home, units: Sequence[UnitEvidence], pack: Pack, round_: Round, whole: bool = True) -> Settled:
    """Return the units of a round as its roster names them, and what does not agree with roster or ledger. Never raises.

    Where the `whole` of a round's evidence was read, units of the roster that handed in nothing are added, empty, and units
    whose place is gone are found out.
    """
    try:
        return _settled(home, units, pack, round_, whole)
    except OSError as failure:
        return tuple(units), (NOT_READABLE.at(Source(str(home.place)), path=home.place, why=reason(failure)),)


def _same(path: Path, other: Path) -> bool:
    return path.resolve() == other.resolve()


def _settled(home: Home, units: Sequence[UnitEvidence], pack: Pack, round_: Round, whole: bool) -> Settled:
    roster, problems = read_roster(home.text(ROSTER), pack, round_)
    ledger = home.ledger()
    said: list[Problem] = [*problems, *check_receipts(home, ledger, units, whole)]
    if roster is None:
        if not errors(problems) and (ledger.count or any(unit.receipts for unit in units)):
            said.append(no_roster(home.place))
        return tuple(units), sort_by_place(tuple(said))
    named = []
    said += strangers(round_, roster)
    for unit in units:
        said += undecided(home, unit, round_)
        said += unlike_roster(roster, unit, pack, m.ROSTER_COUNTS)
        named.append(as_listed(roster, unit))
    if whole:
        named += silent(roster, units)
    return tuple(named), sort_by_place(tuple(said))


def no_roster(place: Path) -> Problem:
    return m.NO_ROSTER.at(Source(str(place / ROSTER)), path=place)


def unlike_roster(roster: Roster, unit: UnitEvidence, pack: Pack, told: Message = m.OTHER_ON_ROSTER) -> Problems:
    """Return why a unit is not as the roster has it: an unknown code, another kind; as `told`, another name or region."""
    listed = roster.units.get(unit.code)
    if listed is None:
        return (m.NOT_ON_ROSTER.at(unit.source, unit=unit.code, **hints(unit.code, roster.units)),)
    if listed.kind != unit.kind:
        kinds = {kind.id: kind.title for kind in pack.kinds}
        values = {"label": Label("类别", "kind"), "given": kinds[unit.kind], "listed": kinds[listed.kind]}
        return (m.OTHER_ON_ROSTER.at(unit.source, unit=unit.code, **values),)
    return tuple(
        told.at(unit.source, unit=unit.code, label=label, given=given, listed=right)
        for label, given, right in differences(listed, unit)
    )


def differences(listed: Enrolled, unit: UnitEvidence) -> Iterator[tuple[Label, str, str]]:
    """Yield in what a unit calls itself or its region other than the roster does."""
    if unit.name and person(unit.name) != person(listed.name):
        yield Label("名称", "name"), unit.name, listed.name
    if unit.region and listed.region and unit.region != listed.region:
        yield Label("地区", "region"), unit.region, listed.region


def as_listed(roster: Roster, unit: UnitEvidence) -> UnitEvidence:
    """Return a unit with the name and the region that the roster gives it."""
    listed = roster.units.get(unit.code)
    return unit if listed is None else replace(unit, name=listed.name, region=listed.region or unit.region)


def silent(roster: Roster, units: Iterable[UnitEvidence]) -> Iterator[UnitEvidence]:
    """Yield the units of a roster that handed in nothing."""
    heard = {unit.code for unit in units}
    for one in roster.units.values():
        if one.code not in heard:
            yield UnitEvidence(one.code, one.kind, one.name, one.region, (), (), one.source)


def check_receipts(home: Home, ledger: Ledger, units: Sequence[UnitEvidence], whole: bool) -> Problems:
    """Return what does not agree between a round's ledger and what was read. Raises OSError.

    What was being stored is looked up before the ledger is read: a submission that was seen has its line, or is still
    among what is being stored.
    """
    pending = home.unfinished() or ()
    if problems := ledger.read():
        return problems
    received = [unit for unit in units if unit.receipts]
    if not ledger.count and received and not pending:
        return (m.LEDGER_BROKEN.at(Source(str(ledger.lines.path)), what=Label("文件不见了", "the file is gone")),)
    coming = {(one.unit, one.number, one.digest) for one in pending}
    found = [p for unit in received for p in _of_one(home, ledger, unit, coming)]
    if whole:
        known = {unit.code for unit in received}
        gone = sorted(set(ledger.of) - known)
        found += [p for code in gone for p in unit_faults(home, code, ledger.of[code], ())]
    return tuple(found)


def _of_one(home: Home, ledger: Ledger, unit: UnitEvidence, coming: set[tuple[str, int, str]]) -> Iterator[Problem]:
    listed = ledger.of.get(unit.code, ())
    settled = tuple(one for one in unit.receipts if (unit.code, *one) not in coming or one in listed)
    yield from unit_faults(home, unit.code, listed, settled)
