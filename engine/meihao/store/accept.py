"""Stores what was handed in: each unit whole or not at all, and never over another submission."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from ..core.files import reason
from ..core.problems import Problem, Problems, Source, errors, sort_by_place
from ..evidence.files import NOT_READABLE, ROUND
from ..evidence.model import Received, UnitEvidence
from ..evidence.submissions import digest_of, merged, receipts_of, submissions_of
from ..round.decisions import Decision
from ..round.model import Round
from ..round.roster import ROSTER, Roster, read_roster
from ..standard.model import Pack
from . import messages as m
from .admit import as_of_reference, named_decision, not_allowed, not_covered, refused_today, strangers, undecided
from .changes import ValueChange, brings_something, changes
from .home import Home, Parcel
from .ledger import Ledger, Receipt
from .receipts import unit_faults
from .settle import as_listed, no_roster, unlike_roster
from .write import submission_bytes


class Stored(Struct, frozen=True):
    """What came of a unit's submission: its number and file (0 and None where it brought nothing new), what it corrected."""

    unit: str
    number: int
    path: Path | None
    values: int = 0
    corrections: tuple[ValueChange, ...] = ()
    documents: tuple[Path, ...] = ()


class Door(Struct, frozen=True):
    """Where and by what a round takes in: its home, pack, own data, roster and ledger, the decision that was named."""

    home: Home
    pack: Pack
    round: Round
    roster: Roster
    ledger: Ledger
    decision: Decision | None = None


def open_door(home: Home, pack: Pack, round_: Round, decision: str = "") -> tuple[Door | None, Problems]:
    """Return the door of a round; None where the home holds none, has no roster, or nobody made such a decision."""
    if not home.holds(ROUND):
        return None, (m.NO_STORE.at(Source(str(home.place)), path=home.place),)
    found, problems = named_decision(round_, decision)
    try:
        roster, more = read_roster(home.text(ROSTER), pack, round_)
    except OSError as failure:
        at = Source(str(home.place))
        roster, more = None, (NOT_READABLE.at(at, path=home.place / ROSTER, why=reason(failure)),)
    if roster is None and not errors(more):
        more = (no_roster(home.place),)
    problems = (*problems, *more, *(strangers(round_, roster) if roster else ()))
    if roster is None or errors(problems):
        return None, problems
    return Door(home, pack, round_, roster, home.ledger(), found), problems


_Handed = tuple[UnitEvidence, Received, Mapping[str, bytes]]


class _Ready(Struct, frozen=True):
    """A unit that may be stored, and the parcel to put; without one it brought nothing new."""

    stored: Stored
    parcel: Parcel | None = None


def accept(
    door: Door, units: Sequence[UnitEvidence], received: Received, documents: Mapping[str, bytes],
    by: Mapping[str, str] = MappingProxyType({}),
) -> tuple[tuple[Stored, ...], Problems]:  # fmt: skip
    """Store what was handed in and say what became of each unit; a unit with a problem is left as it was.

    `documents` are files by name: of the one unit, or of the unit that lists their digest. A value that takes the place
    of another needs `received.reason`, or the decision's. What was received before is not stored again. A closed round
    takes in what its decision lets in, by the day of the receipt. `by` says for each unit who handed it in, where a file
    holds the units of many people; otherwise it is `received.by`.
    """
    if not all(by.get(unit.code, received.by).strip() for unit in units):
        return (), (m.NOBODY.at(Source(received.file)),)
    if problems := refused_today(door.round, door.decision, received):
        return (), problems
    owners, problems = _owners(units, documents)
    if problems:
        return (), problems
    if door.decision is not None:
        received = replace(received, decision=door.decision.id, reason=received.reason or door.decision.reason)
    owned: dict[str, list[str]] = {}
    for name, owner in owners.items():
        owned.setdefault(owner, []).append(name)
    handed = [
        (
            unit,
            replace(received, by=by.get(unit.code, received.by)),
            {n: documents[n] for n in owned.get(unit.code, ())},
        )
        for unit in units
    ]
    try:
        with door.home.turn(door.ledger) as mended:
            return _in_turn(door, handed, mended)
    except OSError as failure:
        return (), (m.NOT_STORED.at(Source(received.file), path=door.home.place, why=reason(failure)),)


def _in_turn(door: Door, handed: Sequence[_Handed], mended: Problems) -> tuple[tuple[Stored, ...], Problems]:
    """Look at every unit, then put those that may be stored, with their receipts. Raises OSError."""
    if errors(mended):
        return (), mended
    said: list[Problem] = list(mended)
    ready: list[_Ready] = []
    for unit, received, files in handed:
        try:
            one, more = _prepared(door, unit, received, files)
        except OSError as failure:
            where = door.home.place_of(unit.code)
            one, more = None, (m.NOT_STORED.at(unit.source, path=where, why=reason(failure)),)
        ready += [one] if one else []
        said += more
    put, problems = door.home.put(door.ledger, [one.parcel for one in ready if one.parcel])
    done = {parcel.path for parcel in put}
    stored = tuple(one.stored for one in ready if one.parcel is None or one.parcel.path in done)
    return stored, sort_by_place((*said, *problems))


def _owners(units: Sequence[UnitEvidence], documents: Mapping[str, bytes]) -> tuple[Mapping[str, str], Problems]:
    """Return the unit of every document: the only one, or the one that lists its digest."""
    if len(units) == 1:
        return dict.fromkeys(documents, units[0].code), ()
    listed = {d.sha256: unit.code for unit in units for d in unit.documents if d.sha256}
    owners = {name: listed.get(hashlib.sha256(data).hexdigest(), "") for name, data in documents.items()}
    return owners, tuple(m.WHOSE_DOCUMENT.at(Source(name), name=name) for name, owner in owners.items() if not owner)


def _prepared(
    door: Door, unit: UnitEvidence, received: Received, files: Mapping[str, bytes]
) -> tuple[_Ready | None, Problems]:
    """Return a unit's submission under the next number, ready to be put there. Raises OSError."""
    home, pack = door.home, door.pack
    if problems := not_admitted(door, unit):
        return None, problems
    unit = as_of_reference(as_listed(door.roster, unit), door.decision, door.round.reference_date)
    before, problems = submissions_of(home.submissions(unit.code), pack)
    if before and before[0].unit.code != unit.code:
        other = before[0].unit.code
        return None, (m.SAME_FOLDER.at(unit.source, unit=unit.code, other=other, folder=home.place_of(unit.code).name),)
    listed = door.ledger.of.get(unit.code, ())
    # Nothing is added to a unit whose submissions do not match their receipts.
    if faults := (*errors(problems), *unit_faults(home, unit.code, listed, receipts_of(before))):
        return None, faults
    old = as_listed(door.roster, merged(before)) if before else None
    if old and (faults := tuple(undecided(home, old, door.round))):
        return None, faults
    corrected, problems = _checked(door, unit, received, old)
    if problems:
        return None, problems
    if not (unit.observations or unit.documents or files):
        return _Ready(Stored(unit.code, 0, None)), (m.NOTHING_IN_IT.at(unit.source, unit=unit.code),)
    # Documents are kept even where no value is new; they lie under their digest, so twice is once.
    papers = tuple(home.put_document(unit.code, name, data) for name, data in sorted(files.items()))
    if old and not brings_something(old, unit):
        nothing = m.NOTHING_NEW.at(unit.source, unit=unit.code)
        return _Ready(Stored(unit.code, 0, None, documents=papers)), (nothing,)
    number, after = (before[-1].received.number + 1, before[-1].digest) if before else (1, "")
    received = replace(received, number=number, reason=received.reason if before else "")
    data = submission_bytes(unit, received, after, pack)
    stored = Stored(unit.code, number, home.place_of(unit.code, number), len(unit.observations), corrected, papers)
    receipt = Receipt(0, unit.code, number, received.on.isoformat(), received.by, digest_of(data), "")
    return _Ready(stored, Parcel(home.place_of(unit.code, number), data, receipt, received.reason)), ()


def not_admitted(door: Door, unit: UnitEvidence) -> Problems:
    """Return why nothing can be taken in from a unit: it has no code, is not as the roster has it, or is not covered."""
    if not unit.code.strip():
        return (m.BAD_CODE.at(unit.source),)
    return unlike_roster(door.roster, unit, door.pack) or not_covered(door.decision, unit)


def _checked(
    door: Door, unit: UnitEvidence, received: Received, old: UnitEvidence | None
) -> tuple[tuple[ValueChange, ...], Problems]:
    """Return what the submission corrects of the state before it, and why it cannot be stored."""
    if old is None:
        return (), tuple(not_allowed(door.decision, None, unit, (), door.pack))
    if old.kind != unit.kind:
        titles = {kind.id: kind.title for kind in door.pack.kinds}
        return (), (m.OTHER_KIND.at(unit.source, unit=unit.code, old=titles[old.kind], new=titles[unit.kind]),)
    corrected = changes(old, unit, door.pack)
    if problems := tuple(not_allowed(door.decision, old, unit, corrected, door.pack)):
        return (), problems
    return corrected, () if received.reason.strip() else tuple(_unreasoned(corrected))


def _unreasoned(corrected: Sequence[ValueChange]) -> Iterator[Problem]:
    for one in corrected:
        number, by = (one.was.number, one.was.by) if one.was else (0, one.observer)
        yield m.REASON_WANTED.at(one.source, label=one.label, old=one.old, new=one.new, number=number, by=by)
