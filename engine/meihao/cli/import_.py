"""Runs `import FILES…`: it stores whole units from filled workbooks and reports every error at its cell."""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from ..assessment.to_json import draft_part
from ..core.canonical import Json, pretty
from ..core.files import reason, write_whole
from ..core.problems import Lang, Message, Problem, Problems, Source, errors, sort_by_place
from ..evidence.contradictions import Latest
from ..evidence.files import read_evidence
from ..evidence.model import Received, UnitEvidence
from ..forms import bundle as bundles
from ..forms import messages as m
from ..forms.read_book import Handed, divided, read_handed, with_problems
from ..round.model import Round
from ..round.read import check_units
from ..standard.draft import draft_mark
from ..standard.model import Pack
from ..uses.session import Session
from .desk import BAD_INPUT, FAILURES, OK, given_day, open_desk, stop_on_errors
from .import_files import UNITS, read_bytes
from .import_outcome import Outcome
from .import_pages import page
from .printing import chooser, say_problems, under, watch

if TYPE_CHECKING:
    from ..store.accept import Door, Stored

OTHER_ROUND = Message(
    "W039", "warning", "这份表是发给批次“{made_for}”的，现在收进“{round}”", "this form was made for the round “{made_for}” "
    "and is now taken into “{round}”",
    "核对批次；收错了就从那个批次的文件夹再收一次", "check the round; if it is the wrong one, import the form into the other",
)  # fmt: skip
OUR_SUFFIX = ".错误"


class Task(Struct, frozen=True):
    """What the words of the command ask for."""

    pack: Pack
    door: Door | None
    folder: Path | None
    round: Round
    on: date
    reason: str
    to: Path | None
    in_place: bool
    lang: Lang


def import_command(words: argparse.Namespace) -> int:
    """Read every file, write errors back, store whole units. 0 no error, 1 some, 2 a file could not be read at all."""
    task = _task(words)
    done: list[Outcome] = []
    try:
        for path in words.files:
            done.append(_one(path, task))
            done[-1] = _marked(done[-1], task)
    finally:  # also when interrupted: what was stored must be said
        _tell(done, words, task)
    if any(outcome.unread for outcome in done):
        return BAD_INPUT
    return FAILURES if any(e.severity == "error" for outcome in done for e in outcome.errors) else OK


def _tell(done: Sequence[Outcome], words: argparse.Namespace, task: Task) -> None:
    """Print what came of the files, and which were not finished."""
    left: Sequence[Path] = words.files[len(done) :]
    if words.format == "json":
        told: dict[str, Json] = {
            "schema_version": 1,
            "files": [outcome.to_json() for outcome in done],
            "not_finished": [str(path) for path in left],
            **_head(task),
        }
        sys.stdout.write(pretty({**told, **draft_part(task.pack.errors, "pack_errors")}))
    else:
        pages = "\n\n".join(page(outcome, task.folder, words.lang) for outcome in done)
        print(under(draft_mark(task.pack.errors)[words.lang], pages))
        if task.door and (head := task.door.ledger.short_head()) != "0":
            print(chooser(words.lang)(f"收件台账：{head}", f"ledger of receipts: {head}"))
    say_problems(tuple(m.NOT_FINISHED.at(Source(str(path)), path=path) for path in left), words.lang)


def _head(task: Task) -> dict[str, Json]:
    """Return how many receipts the round has and the digest of the last: whoever keeps it can tell that none was lost."""
    ledger = task.door.ledger if task.door else None
    return {"ledger": {"receipts": ledger.count, "digest": ledger.head}} if ledger and ledger.count else {}


def _task(words: argparse.Namespace) -> Task:
    words.engine = "reference"
    desk = open_desk(words)
    if words.to is not None and len(words.files) > 1:
        stop_on_errors((m.ONE_FILE.at(Source()),), words.lang)
    folder = words.round if words.round is None or words.round.is_dir() else words.round.parent
    on = given_day(words) or date.today()
    door = None if folder is None else _door(folder, desk, words)
    return Task(desk.pack, door, folder, desk.round, on, words.reason or "", words.to, words.in_place, desk.lang)


def _door(folder: Path, desk: Session, words: argparse.Namespace) -> Door | None:
    """Open the round that takes the files in, before any is read. Stops where it takes in nothing at all."""
    from ..store.accept import open_door

    door, problems = open_door(folder, desk.pack, desk.round, words.decision or "")
    stop_on_errors(problems, desk.lang)
    return door


def _one(path: Path, task: Task) -> Outcome:
    """Do everything with one file."""
    data, problems = read_bytes(path)
    if problems:
        return _unread(path, problems, task)
    if path.suffix.lower() in UNITS:
        units, problems = read_evidence(path, task.pack, Latest(task.on))
        handed = divided(Handed(str(path), None, units, (), problems, {}))
        return _done(path, b"", handed, {}, data, task)
    if path.suffix.lower() == ".zip":
        return _bundle(path, data, task)
    return _done(
        path,
        data,
        read_handed(data, str(path), task.pack, lambda: _stored_units(task), Latest(task.on)),
        {},
        data,
        task,
    )


def _stored_units(task: Task) -> Sequence[UnitEvidence]:
    """Return the units of the round, of which documents may be handed in alone."""
    if task.folder is None:
        return ()
    from ..store.read import read_store  # late: few files list documents alone

    return read_store(task.folder, task.pack, watch(task.lang))[0]


def _unread(path: Path, problems: Problems, task: Task) -> Outcome:
    handed = Handed(str(path), None, (), (), problems, {})
    return Outcome(path, handed, handed.errors(task.pack), {}, unread=True)


def _bundle(path: Path, data: bytes, task: Task) -> Outcome:
    """Read an archive: its workbook, and its documents by the list of documents."""
    bundle = bundles.read_bundle(data, str(path))
    if bundle.problems:
        return _unread(path, bundle.problems, task)
    handed = read_handed(bundle.workbook, f"{path}/{bundle.name}", task.pack, latest=Latest(task.on))
    matched = bundles.match(bundle, handed.units)
    handed = with_problems(replace(handed, units=matched.units), matched.problems)
    outcome = _done(path.with_name(bundle.name), bundle.workbook, handed, matched.documents, data, task)
    return replace(
        outcome, path=path, book_name=bundle.name, files_left=matched.files_left, rows_left=matched.rows_left
    )


def _done(path: Path, book: bytes, handed: Handed, documents: Mapping[str, bytes], data: bytes, task: Task) -> Outcome:
    """Check a file's units against the round and store those that are whole."""
    unread = not handed.plans and bool(errors(handed.problems)) and not handed.units
    handed, stored = _store(_of_this_round(handed, task), documents, data, path, task)
    book = book if path.suffix.lower() == ".xlsx" and not unread else b""
    return Outcome(path, handed, handed.errors(task.pack), stored, unread=unread, book=book)


def _marked(outcome: Outcome, task: Task) -> Outcome:
    """Write what is wrong back into the file's workbook, if it has one. What fails here is said of this file alone."""
    if not outcome.book:
        return outcome
    written, more = _write(outcome, task)
    handed = _said(outcome.handed, more) if more else outcome.handed
    return replace(outcome, handed=handed, errors=handed.errors(task.pack), written=written, book=b"")


def _said(handed: Handed, problems: Problems) -> Handed:
    """Return what was handed in with more said of the file; its units stay as they are."""
    return replace(handed, problems=sort_by_place((*handed.problems, *problems)))


# ---- storing


def _of_this_round(handed: Handed, task: Task) -> Handed:
    """Return what was handed in, with a warning where the form was made for another round."""
    made_for = handed.marks.round if handed.marks else ""
    if task.folder is None or made_for in ("", task.round.id):
        return handed
    return _said(handed, (OTHER_ROUND.at(Source(handed.file), made_for=made_for[:60], round=task.round.id),))


def _store(
    handed: Handed, documents: Mapping[str, bytes], data: bytes, path: Path, task: Task
) -> tuple[Handed, Mapping[str, Stored]]:
    """Return what was handed in with what the round and the store say of it, and what became of each unit."""
    if task.door is None:
        return handed, {}
    from ..store.accept import accept, not_admitted
    from ..store.admit import as_of_reference

    if said := tuple(problem for unit in handed.faulty if unit.code for problem in not_admitted(task.door, unit)):
        handed = with_problems(handed, said)  # in one go with what is wrong in the file
    if not handed.units:
        return handed, {}
    dated = tuple(as_of_reference(unit, task.door.decision, task.round.reference_date) for unit in handed.units)
    handed = replace(handed, units=dated)
    said = tuple(p for p in check_units(task.round, handed.units) if p.severity == "error")
    handed = with_problems(handed, said) if said else handed
    if not handed.units:
        return handed, {}
    digest = hashlib.sha256(data).hexdigest()
    received = Received(task.on, handed.observer, task.reason or handed.reason, path.name, digest)
    by = {unit.code: handed.observer or _who(unit) for unit in handed.units}
    stored, problems = accept(task.door, handed.units, received, _owned(handed, documents), by)
    handed = with_problems(handed, problems) if problems else handed
    return handed, {one.unit: one for one in stored}


def _who(unit: UnitEvidence) -> str:
    """Return who handed in a unit's values where no cover says so: everyone who observed them, else the unit."""
    return "、".join(dict.fromkeys(o.observer for o in unit.observations)) or unit.name or unit.code


def _owned(handed: Handed, documents: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """Return the documents of the units that are left."""
    listed = {document.sha256 for unit in handed.units for document in unit.documents}
    return {name: data for name, data in documents.items() if hashlib.sha256(data).hexdigest() in listed}


# ---- writing back


def _write(outcome: Outcome, task: Task) -> tuple[Path | None, tuple[Problem, ...]]:
    """Write errors into a copy, or into the file itself; return where, and what must be said of that."""
    from ..forms.write_back import write_back

    path, file = outcome.book_path(), Source(str(outcome.path))
    ours = path.stem.endswith(OUR_SUFFIX)
    wrong = any(error.severity != "notice" for error in outcome.errors)
    if not wrong and not (ours or task.in_place or task.to):
        return None, ()
    plans = outcome.handed.plans
    cells = sum(len(plan.sheet.rows) * max(map(len, plan.sheet.rows), default=0) for plan in plans.values())
    tops = {name: plan.top for name, plan in plans.items()}
    written = write_back(outcome.book, file.file, outcome.errors if wrong else (), tops, task.lang, cells)
    if written.data is None:
        return None, written.problems
    if task.in_place and written.lost:
        zh, en = "、".join(one.zh for one in written.lost), ", ".join(one["en"] for one in written.lost)
        return None, (m.NOT_IN_PLACE.at(file, what_zh=zh, what_en=en),)
    target = _target(path, ours and not written.lost, task)
    try:
        write_whole(target, written.data)
    except OSError as failure:
        return None, (*written.problems, m.NOT_WRITTEN.at(file, path=target, why=reason(failure)))
    return target, written.problems


def _target(path: Path, ours: bool, task: Task) -> Path:
    """Return where the copy goes: never over a file that is not ours, or that somebody may be mending."""
    if task.to is not None:
        return task.to
    if task.in_place or ours:
        return path
    stem = path.stem.removesuffix(OUR_SUFFIX)
    names = (f"{stem}{OUR_SUFFIX}{number if number > 1 else ''}.xlsx" for number in count(1))
    return next(path.with_name(name) for name in names if not path.with_name(name).exists())
