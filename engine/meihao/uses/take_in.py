"""Take in what units hand in: files are read and checked, whole units stored, and every error is known by its cell."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from ..assessment.to_json import draft_part
from ..core.canonical import Json, pretty
from ..core.files import NamedFile
from ..core.problems import Message, Problems, Source, errors, sort_by_place
from ..core.watch import Watch, unwatched
from ..evidence.contradictions import Latest
from ..evidence.model import Received, UnitEvidence
from ..evidence.unit_file import read_unit_bytes
from ..forms import bundle as bundles
from ..forms.read_book import Handed, divided, read_handed, with_problems
from ..round.read import check_units
from ..store.accept import Door, Stored, accept, not_admitted, open_door
from ..store.admit import as_of_reference
from ..store.read import read_store
from .answer import Answer, Notes, answer
from .incoming import UNITS, path_of, read_bytes
from .session import Session
from .taken_in import TakenIn

OTHER_ROUND = Message(
    "W039", "warning", "这份表是发给批次“{made_for}”的，现在收进“{round}”", "this form was made for the round “{made_for}” "
    "and is now taken into “{round}”",
    "核对批次；收错了就从那个批次的文件夹再收一次", "check the round; if it is the wrong one, import the form into the other",
)  # fmt: skip


class TakingIn(Struct, frozen=True):
    """How a round is to take in files.

    `on` is the day of receipt, `reason` why earlier values are corrected where a file does not say so itself, `decision`
    the id of the decision that lets submissions into a closed round.
    """

    on: date
    reason: str = ""
    decision: str = ""


class Intake(Struct, frozen=True):
    """A round that takes in files; without a door (no round is open) files are checked and nothing is stored."""

    session: Session
    asked: TakingIn
    door: Door | None


def open_intake(session: Session, asked: TakingIn) -> Answer[Intake]:
    """Open a round that takes files in. Refused where it takes in nothing at all: no roster, or no such decision."""
    return answer(_opened, session, asked)


def take_in(intake: Intake, file: Path | NamedFile, watch: Watch = unwatched) -> tuple[TakenIn, Problems]:
    """Read one file, check it and store its whole units; a unit with an error is not stored at all.

    Never refused: what is wrong is in the result, by cell, and in the problems. What is stored stays stored, whatever
    happens afterwards, so a batch of files is taken in one by one; `write_errors` then marks the errors in a copy.
    """
    path, (data, problems) = path_of(file), read_bytes(file)
    taken = _unread(path, problems, intake) if problems else _one(path, data, intake, watch)
    return taken, taken.handed.problems


def read_book(intake: Intake, book: NamedFile) -> Handed:
    """Return what a workbook, or the file of a unit, holds, as `take_in` reads it; nothing is stored."""
    if Path(book.name).suffix.lower() in UNITS:
        return _unit_file(book.name, book.data, intake)
    return read_handed(book.data, book.name, intake.session.pack, latest=Latest(intake.asked.on))


def _unit_file(name: str, data: bytes, intake: Intake) -> Handed:
    unit, problems = read_unit_bytes(data, name, intake.session.pack, Latest(intake.asked.on))
    return divided(Handed(name, None, (unit,) if unit else (), (), problems, {}))


def take_in_book(intake: Intake, book: NamedFile, read: Handed, documents: Mapping[str, bytes]) -> TakenIn:
    """Check a workbook that was read and store its unit, as `take_in` does; `documents` are files whose digests it lists."""
    return _done(Path(book.name), book.data, read, documents, book.data, intake)


def taken_in_as_json(intake: Intake, taken: Sequence[TakenIn], left: Sequence[Path] = ()) -> str:
    """Return what came of files as JSON, with the state of the ledger; `left` are files that were not finished."""
    told: dict[str, Json] = {
        "schema_version": 1,
        "files": [one.to_json() for one in taken],
        "not_finished": [str(path) for path in left],
        **_head(intake),
    }
    return pretty({**told, **draft_part(intake.session.pack.errors, "pack_errors")})


def _opened(notes: Notes, session: Session, asked: TakingIn) -> Intake:
    if session.home is None:
        return Intake(session, asked, None)
    door, problems = open_door(session.home, session.pack, session.round, asked.decision)
    notes.add(problems)
    return Intake(session, asked, notes.need(door))


def _head(intake: Intake) -> dict[str, Json]:
    """Return how many receipts the round has and the digest of the last: whoever keeps it can tell that none was lost."""
    ledger = intake.door.ledger if intake.door else None
    return {"ledger": {"receipts": ledger.count, "digest": ledger.head}} if ledger and ledger.count else {}


def _one(path: Path, data: bytes, intake: Intake, watch: Watch) -> TakenIn:
    pack, latest = intake.session.pack, Latest(intake.asked.on)
    if path.suffix.lower() in UNITS:
        return _done(path, b"", _unit_file(str(path), data, intake), {}, data, intake)
    if path.suffix.lower() == ".zip":
        return _bundle(path, data, intake)
    handed = read_handed(data, str(path), pack, lambda: _stored_units(intake, watch), latest)
    return _done(path, data, handed, {}, data, intake)


def _stored_units(intake: Intake, watch: Watch) -> Sequence[UnitEvidence]:
    """Return the units of the round, of which documents may be handed in alone."""
    return read_store(intake.door.home, intake.session.pack, watch)[0] if intake.door else ()


def _unread(path: Path, problems: Problems, intake: Intake) -> TakenIn:
    handed = Handed(str(path), None, (), (), problems, {})
    return TakenIn(path, handed, handed.errors(intake.session.pack), {}, unread=True)


def _bundle(path: Path, data: bytes, intake: Intake) -> TakenIn:
    """Read an archive: its workbook, and its documents by the list of documents."""
    bundle = bundles.read_bundle(data, str(path))
    if bundle.problems:
        return _unread(path, bundle.problems, intake)
    latest = Latest(intake.asked.on)
    handed = read_handed(bundle.workbook, f"{path}/{bundle.name}", intake.session.pack, latest=latest)
    matched = bundles.match(bundle, handed.units)
    handed = with_problems(replace(handed, units=matched.units), matched.problems)
    taken = _done(path.with_name(bundle.name), bundle.workbook, handed, matched.documents, data, intake)
    return replace(taken, path=path, book_name=bundle.name, files_left=matched.files_left, rows_left=matched.rows_left)


def _done(
    path: Path, book: bytes, handed: Handed, documents: Mapping[str, bytes], data: bytes, intake: Intake
) -> TakenIn:
    """Check a file's units against the round and store those that are whole."""
    unread = not handed.plans and bool(errors(handed.problems)) and not handed.units
    handed, stored = _stored(_of_this_round(handed, intake), documents, data, path, intake)
    book = book if path.suffix.lower() == ".xlsx" and not unread else b""
    return TakenIn(path, handed, handed.errors(intake.session.pack), stored, unread=unread, book=book)


def _of_this_round(handed: Handed, intake: Intake) -> Handed:
    """Return what was handed in, with a warning where the form was made for another round."""
    made_for = handed.marks.round if handed.marks else ""
    if intake.door is None or made_for in ("", intake.door.round.id):
        return handed
    said = OTHER_ROUND.at(Source(handed.file), made_for=made_for[:60], round=intake.door.round.id)
    return replace(handed, problems=sort_by_place((*handed.problems, said)))


def _stored(
    handed: Handed, documents: Mapping[str, bytes], data: bytes, path: Path, intake: Intake
) -> tuple[Handed, Mapping[str, Stored]]:
    """Return what was handed in with what the round and the store say of it, and what became of each unit."""
    if (door := intake.door) is None:
        return handed, {}
    if said := tuple(problem for unit in handed.faulty if unit.code for problem in not_admitted(door, unit)):
        handed = with_problems(handed, said)  # in one go with what is wrong in the file
    dated = tuple(as_of_reference(unit, door.decision, door.round.reference_date) for unit in handed.units)
    said = errors(check_units(door.round, dated))
    handed = replace(handed, units=dated)
    handed = with_problems(handed, said) if said else handed
    if not handed.units:
        return handed, {}
    digest = hashlib.sha256(data).hexdigest()
    received = Received(intake.asked.on, handed.observer, intake.asked.reason or handed.reason, path.name, digest)
    by = {unit.code: handed.observer or _who(unit) for unit in handed.units}
    stored, problems = accept(door, handed.units, received, _owned(handed, documents), by)
    handed = with_problems(handed, problems) if problems else handed
    return handed, {one.unit: one for one in stored}


def _who(unit: UnitEvidence) -> str:
    """Return who handed in a unit's values where no cover says so: everyone who observed them, else the unit."""
    return "、".join(dict.fromkeys(o.observer for o in unit.observations)) or unit.name or unit.code


def _owned(handed: Handed, documents: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """Return the documents of the units that are left."""
    listed = {document.sha256 for unit in handed.units for document in unit.documents}
    return {name: data for name, data in documents.items() if hashlib.sha256(data).hexdigest() in listed}
