"""Units that were handed in -> submissions stored in a round folder: each unit whole or not at all, never over another."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from ..core.files import reason
from ..core.problems import Problem, Problems, Source, errors, sort_by_place
from ..evidence.files import ROUND
from ..evidence.model import Received, UnitEvidence
from ..evidence.submissions import NUMBERED, Submission, merged, read_submissions
from ..round.decisions import Decision
from ..round.model import Round
from ..standard.model import Pack
from . import messages as m
from .admit import as_of_reference, named_decision, not_allowed, not_covered, refused_today
from .changes import NAME, Change, brings_something, changes
from .place import put_document, put_new, sweep, unit_folder
from .write import submission_bytes

TRIES = 1000  # others may store for the same unit at the same time; each try sees what they stored


class Stored(Struct, frozen=True):
    """What came of a unit's submission: its number and file (0 and None where it brought nothing new), what it corrected."""

    unit: str
    number: int
    path: Path | None
    values: int = 0
    corrections: tuple[Change, ...] = ()
    documents: tuple[Path, ...] = ()


class Door(Struct, frozen=True):
    """Where and by what a round takes in: its folder, its pack, its own data, the decision that was named."""

    folder: Path
    pack: Pack
    round: Round
    decision: Decision | None = None


def open_door(folder: Path, pack: Pack, round_: Round, decision: str = "") -> tuple[Door | None, Problems]:
    """Return the door of a round; None where the folder is no round's, or nobody made such a decision."""
    if not (folder / ROUND).is_file():
        return None, (m.NO_STORE.at(Source(str(folder)), path=folder),)
    found, problems = named_decision(round_, decision)
    return (None if problems else Door(folder, pack, round_, found)), problems


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
    found: list[Stored] = []
    said: list[Problem] = []
    for unit in units:
        files = {name: documents[name] for name in owned.get(unit.code, ())}
        mine = replace(received, by=by.get(unit.code, received.by))
        try:
            stored, more = _accept_unit(door, unit, mine, files)
        except OSError as failure:
            where = unit_folder(door.folder, unit.code)
            stored, more = None, (m.NOT_STORED.at(unit.source, path=where, why=reason(failure)),)
        found += [stored] if stored else []
        said += more
    return tuple(found), sort_by_place(tuple(said))


def _owners(units: Sequence[UnitEvidence], documents: Mapping[str, bytes]) -> tuple[Mapping[str, str], Problems]:
    """Return the unit of every document: the only one, or the one that lists its digest."""
    if len(units) == 1:
        return dict.fromkeys(documents, units[0].code), ()
    listed = {d.sha256: unit.code for unit in units for d in unit.documents if d.sha256}
    owners = {name: listed.get(hashlib.sha256(data).hexdigest(), "") for name, data in documents.items()}
    return owners, tuple(m.WHOSE_DOCUMENT.at(Source(name), name=name) for name, owner in owners.items() if not owner)


def _accept_unit(
    door: Door, unit: UnitEvidence, received: Received, files: Mapping[str, bytes]
) -> tuple[Stored | None, Problems]:
    """Store one unit's submission under the next free number. Raises OSError."""
    folder, pack = unit_folder(door.folder, unit.code), door.pack
    unit = as_of_reference(unit, door.decision, door.round.reference_date)
    for _ in range(TRIES):
        before, problems = read_submissions(folder, pack) if folder.is_dir() else ((), ())
        if errors(problems):
            return None, errors(problems)
        corrected, problems = _checked(folder, door, unit, received, before)
        if problems:
            return None, problems
        if _says_nothing(unit, before) and not files:
            return Stored(unit.code, 0, None), (m.NOTHING_IN_IT.at(unit.source, unit=unit.code),)
        papers = tuple(put_document(folder, name, data) for name, data in sorted(files.items()))
        if before and not brings_something(merged(before), unit):
            return Stored(unit.code, 0, None, documents=papers), (m.NOTHING_NEW.at(unit.source, unit=unit.code),)
        number, after = (before[-1].received.number + 1, before[-1].digest) if before else (1, "")
        path = folder / NUMBERED.format(number)
        reason = received.reason if before else ""
        data = submission_bytes(unit, replace(received, number=number, reason=reason), after, pack)
        try:
            put_new(path, data)
        except FileExistsError:
            continue
        sweep(folder, path)
        return Stored(unit.code, number, path, len(unit.observations), corrected, papers), ()
    raise FileExistsError(17, "busy", str(folder))


def _says_nothing(unit: UnitEvidence, before: Sequence[Submission]) -> bool:
    """Say whether a form came back empty; a new name or region of a unit that is known is something."""
    empty = not unit.observations and not unit.documents
    return empty and not (before and brings_something(merged(before), unit))


def _checked(
    folder: Path, door: Door, unit: UnitEvidence, received: Received, before: Sequence[Submission]
) -> tuple[tuple[Change, ...], Problems]:
    """Return what the submission corrects, and why it cannot be stored."""
    if not unit.code.strip():
        return (), (m.BAD_CODE.at(unit.source),)
    if problems := not_covered(door.decision, unit):
        return (), problems
    if not before:
        return (), tuple(not_allowed(door.decision, None, unit, (), door.pack))
    old = merged(before)
    if old.code != unit.code:
        return (), (m.SAME_FOLDER.at(unit.source, unit=unit.code, other=old.code, folder=folder.name),)
    if old.kind != unit.kind:
        titles = {kind.id: kind.title for kind in door.pack.kinds}
        return (), (m.OTHER_KIND.at(unit.source, unit=unit.code, old=titles[old.kind], new=titles[unit.kind]),)
    corrected = changes(old, unit, door.pack)
    if problems := tuple(not_allowed(door.decision, old, unit, corrected, door.pack)):
        return (), problems
    return corrected, () if received.reason.strip() else tuple(_unreasoned(unit, corrected))


def _unreasoned(unit: UnitEvidence, corrected: Sequence[Change]) -> Iterator[Problem]:
    """Yield what needs a reason; under another name the code is probably another unit's, and only that is said."""
    renamed = [one for one in corrected if one.label == NAME]
    for one in renamed or corrected:
        number, by = (one.was.number, one.was.by) if one.was else (0, one.observer)
        if renamed:
            yield m.OTHER_NAME.at(one.source, unit=unit.code, old=one.old, new=one.new, number=number, by=by)
            continue
        yield m.REASON_WANTED.at(one.source, label=one.label, old=one.old, new=one.new, number=number, by=by)
