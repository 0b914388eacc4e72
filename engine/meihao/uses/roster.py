"""The roster of a round, which says which units take part: look at it, store a checked one, make a workbook to fill in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from ..core.files import reason, write_whole
from ..core.problems import Message, Problem, Problems, Source
from ..evidence.files import NO_SUCH_FILE, NOT_READABLE
from ..round.roster import ROSTER, Enrolled, Roster, read_roster, roster_text
from ..store.home import Home
from ..store.ledger import Ledger
from .answer import Answer, Notes, answer
from .messages import NOT_WRITABLE
from .session import Session, home_of

IN_USE = Message(
    "W115", "error", "{unit}已经交过{count}份材料，新名册却{what_zh}",
    "{unit} has handed in {count} times, and the new roster {what_en}",
    "名册里保留这个单位；要退出评定，由委员会在corrections里移出",
    "keep the unit on the roster; to leave it out of the lists, the committee removes it under `corrections`",
)  # fmt: skip


class StoredRoster(Struct, frozen=True):
    """A roster that was stored: its file, its units, and how many are new, changed and gone since the one before."""

    path: Path
    units: tuple[Enrolled, ...]
    added: int
    changed: int
    gone: int


def enrolled_units(session: Session) -> Answer[tuple[Enrolled, ...]]:
    """Return the units on a round's roster, in its order; none where it has no roster yet."""
    return answer(_enrolled, session)


def store_roster(session: Session, file: Path) -> Answer[StoredRoster]:
    """Put the roster of a workbook or CSV in the place of a round's own.

    Refused where anything is wrong with it, and where it leaves out a unit that has handed in (W115).
    """
    return answer(_replaced, session, file)


def write_roster_form(session: Session, to: Path) -> Answer[Path]:
    """Write a workbook in which to fill in the units of a round; those that are on its roster already stand in it."""
    return answer(_form, session, to)


def _enrolled(notes: Notes, session: Session) -> tuple[Enrolled, ...]:
    home = home_of(notes, session)
    try:
        roster, problems = read_roster(home.text(ROSTER), session.pack, session.round)
    except OSError as failure:
        notes.stop(_not_writable(home.place / ROSTER, failure))
    notes.add(problems)
    return tuple(roster.units.values()) if roster else ()


def _form(notes: Notes, session: Session, to: Path) -> Path:
    from ..forms.roster_book import write_roster_book  # late: takes a library of workbooks

    units = _enrolled(notes, session)
    try:
        write_whole(to, write_roster_book(session.pack, session.round, units, session.lang))
    except OSError as failure:
        notes.stop(_not_writable(to, failure))
    return to


def _replaced(notes: Notes, session: Session, file: Path) -> StoredRoster:
    home = home_of(notes, session)
    try:
        return _put(notes, session, file, home)
    except OSError as failure:
        notes.stop(_not_writable(home.place / ROSTER, failure))


def _put(notes: Notes, session: Session, file: Path, home: Home) -> StoredRoster:
    """Put a checked roster in the place of the old one, which may be faulty, and return what changed. Raises OSError."""
    from ..forms.roster_book import read_roster_book  # late, as above

    old, _ = read_roster(home.text(ROSTER), session.pack, session.round)
    if not file.is_file():
        notes.stop(NO_SUCH_FILE.at(Source(str(file)), path=file))
    try:
        units, problems = read_roster_book(file, session.pack, session.round)
    except OSError as failure:
        notes.stop(NOT_READABLE.at(Source(str(file)), path=file, why=reason(failure)))
    notes.add(problems)
    ledger = home.ledger()
    notes.add((*ledger.read(), *_in_use(old, units, ledger)))
    home.put_text(ROSTER, roster_text(units).encode())
    before, now = old.units if old else {}, {one.code for one in units}
    changed = sum(one.code in before and _told(before[one.code]) != _told(one) for one in units)
    return StoredRoster(home.place / ROSTER, tuple(units), len(now - set(before)), changed, len(set(before) - now))


def _not_writable(path: Path, failure: OSError) -> Problem:
    return NOT_WRITABLE.at(Source(str(path)), path=path, why=reason(failure))


def _told(unit: Enrolled) -> tuple[str, str, str]:
    return unit.kind, unit.name, unit.region


def _in_use(old: Roster | None, units: Sequence[Enrolled], ledger: Ledger) -> Problems:
    """Return a problem for every unit that handed in and that the new roster leaves out or calls another kind."""
    new = {one.code: one for one in units}
    found: list[Problem] = []
    for code, receipts in ledger.of.items():
        before = old.units.get(code) if old else None
        if code in new and (before is None or before.kind == new[code].kind):
            continue
        at = new[code].source if code in new else Source(str(ledger.lines.path))
        what = ("改了它的类别", "gives it another kind") if code in new else ("没有它", "leaves it out")
        found.append(IN_USE.at(at, unit=code, count=len(receipts), what_zh=what[0], what_en=what[1]))
    return tuple(found)
