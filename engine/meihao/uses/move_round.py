"""Move a round between its two homes, a folder and a database, with the same bytes; and check that a home is whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from ..core.files import FileText, is_free, new_folder, reason
from ..core.label import Label
from ..core.problems import Problem, Source
from ..evidence.files import ROUND
from ..evidence.submissions import digest_of
from ..store import messages as m
from ..store.folder import FolderHome
from ..store.home import OWN_TEXTS, Home, Parcel
from ..store.journal import JOURNAL, Event, breaks, digest_of_line
from ..store.ledger import LEDGER, Ledger, Receipt
from ..store.place import document_name
from ..store.receipts import unit_faults
from ..store.steps import STEPS, ApplicationStep, digest_of_step, faults
from ..text_in.shape import shaped_text
from .answer import Answer, Notes, answer

_REWRITTEN = Label("收件台账改过写法", "its ledger was rewritten in another form")
FROM_A_FOLDER = "由文件夹载入 loaded from a folder"


Told = Mapping[tuple[str, str, str, int], str]  # what the journal says of each thing: the digest of its content


class Holding(Struct, frozen=True):
    """What a home holds: units that handed in, submissions, documents, and the heads of both chains."""

    round: str
    units: int
    submissions: int
    documents: int
    ledger: str
    journal: str


def check_home(home: Home) -> Answer[Holding]:
    """Return what a home holds. Refused where a chain is broken, or something is not as it was received or told."""
    return answer(_checked, home)


def export_round(home: Home, to: Path) -> Answer[Holding]:
    """Write a round as a folder of plain files, whole or not at all. Refused where there is something already."""
    return answer(_exported, home, to)


def load_round(folder: Path, home: Home) -> Answer[Holding]:
    """Put the round of a folder into an empty home, whole or not at all. Refused where it is not whole itself."""
    return answer(_loaded, FolderHome(folder), home)


def round_in(folder: Path) -> Answer[str]:
    """Return the id of the round in a folder. Refused where it holds none that can be read."""
    return answer(_id_of, FolderHome(folder))


def _exported(notes: Notes, home: Home, to: Path) -> Holding:
    holding = _checked(notes, home)
    if not is_free(to):
        notes.stop(m.NOT_EMPTY.at(Source(str(to)), path=to))
    try:
        with new_folder(to) as stage:
            _copy(notes, home, FolderHome(stage), "")
    except OSError as failure:
        notes.stop(m.NOT_MOVED.at(Source(str(to)), why=reason(failure)))
    return holding


def _loaded(notes: Notes, folder: FolderHome, home: Home) -> Holding:
    notes.add(tuple(m.LOOSE_EVIDENCE.at(Source(str(path)), name=name) for name, path in folder.loose().items()))
    holding = _checked(notes, folder)
    if home.holds(ROUND):
        notes.stop(m.ALREADY_THERE.at(Source(str(home.place)), path=home.place, round=holding.round))
    try:
        _copy(notes, folder, home, FROM_A_FOLDER)
    except OSError as failure:
        notes.stop(m.NOT_MOVED.at(Source(str(home.place)), why=reason(failure)))
    return _checked(notes, home)


def _copy(notes: Notes, source: Home, target: Home, why: str) -> None:
    """Copy a round into an empty home, in one turn. Raises OSError."""
    ledger, receipts = target.ledger(), _receipts(source)
    with target.turn(ledger) as said:
        notes.add(said)
        target.begin(source.journal(), why)
        for name in OWN_TEXTS:
            if (text := source.text(name)) is not None:
                target.put_text(name, text.data)
        for unit in dict.fromkeys(one.unit for one in receipts):
            for document in source.documents(unit):
                target.put_document(unit, document.path.name, document.data)
        notes.add(target.put(ledger, [_parcel(source, target, one) for one in receipts])[1])
        target.add_steps(source.steps())
        if _lines(target) != _lines(source):
            notes.stop(m.NOT_MOVED.at(Source(LEDGER), why=_REWRITTEN))  # and what was put is taken back


def _parcel(source: Home, target: Home, receipt: Receipt) -> Parcel:
    data = source.submission(receipt.unit, receipt.number)
    return Parcel(target.place_of(receipt.unit, receipt.number), data or b"", receipt)


def _lines(home: Home) -> bytes:
    try:
        return home.ledger().lines.added(0, 0) or b""
    except FileNotFoundError:
        return b""


def _receipts(home: Home) -> tuple[Receipt, ...]:
    return tuple(msgspec.json.decode(line, type=Receipt) for line in _lines(home).splitlines())


def _id_of(notes: Notes, home: Home) -> str:
    try:
        kept = home.text(ROUND)
    except OSError as failure:
        notes.stop(m.NOT_MOVED.at(Source(str(home.place)), why=reason(failure)))
    if kept is None:
        notes.stop(m.NO_STORE.at(Source(str(home.place)), path=home.place))
    document, problems = shaped_text(kept, "round")
    notes.add(problems)
    data: Any = notes.need(document).data
    return str(data["round"])


def _checked(notes: Notes, home: Home) -> Holding:
    code = _id_of(notes, home)
    try:
        return _whole(notes, home, code)
    except OSError as failure:
        notes.stop(m.NOT_MOVED.at(Source(str(home.place)), why=reason(failure)))


def _whole(notes: Notes, home: Home, code: str) -> Holding:
    """Return what a home holds, every byte of which has been compared with the chains. Raises OSError."""
    ledger = home.ledger()
    notes.add(ledger.read())
    journal = home.journal()
    told = _told(journal) if home.journaled else None
    found = [*breaks(journal, JOURNAL), *_receipt_faults(home, ledger), *_untold(home, ledger, told)]
    found += _step_faults(home.steps(), told)
    documents = 0
    for unit in ledger.of:
        for document in home.documents(unit):
            documents += 1
            found += _document_faults(unit, document, told)
    notes.add(tuple(found))
    head = f"{len(journal)} {digest_of_line(journal[-1])[:12]}" if journal else ""
    return Holding(code, len(ledger.of), ledger.count, documents, ledger.short_head(), head)


def _told(journal: Sequence[Event]) -> Told:
    return {(one.what, one.unit, one.name, one.number): one.after for one in journal}


def _receipt_faults(home: Home, ledger: Ledger) -> Iterator[Problem]:
    """Yield submissions that are not as they were received, and those that nobody received. Raises OSError."""
    for unit, listed in ledger.of.items():
        present = tuple((one.number, digest_of(one.data)) for one in home.submissions(unit))
        yield from unit_faults(home, unit, listed, present)
    known = {home.place_of(unit).name for unit in ledger.of}
    for name in home.units():
        if name not in known:
            yield from unit_faults(home, name, (), tuple((one.number, "") for one in home.submissions(name)))


def _untold(home: Home, ledger: Ledger, told: Told | None) -> Iterator[Problem]:
    """Yield texts and submissions that the journal, where there is one, does not know as they are. Raises OSError."""
    if told is None:
        return
    latest = {name: after for (what, _, name, _), after in sorted(told.items()) if what == "text"}
    for name in OWN_TEXTS:
        kept = home.text(name)
        if kept is not None and latest.get(name) != sha256(kept.data).hexdigest():
            yield m.NOT_TOLD.at(Source(str(kept.path)), what=name)
    for unit, listed in ledger.of.items():
        for number, digest in listed:
            if told.get(("submission", unit, "", number)) != digest:
                place = home.place_of(unit, number)
                yield m.NOT_TOLD.at(Source(str(place)), what=f"{unit}/{place.name}")


def _step_faults(steps: Sequence[ApplicationStep], told: Told | None) -> Iterator[Problem]:
    """Yield steps that do not follow each other, and those that the journal does not know as they are."""
    yield from faults(steps)
    for one in steps:
        if told is not None and told.get(("step", one.unit, one.verb, one.number)) != digest_of_step(one):
            yield m.NOT_TOLD.at(Source(STEPS), what=f"{one.unit}/{one.number}")


def _document_faults(unit: str, document: FileText, told: Told | None) -> Iterator[Problem]:
    """Yield why a document is not the one that was handed in."""
    name, digest = document.path.name, sha256(document.data).hexdigest()
    if document_name(name, document.data) != name:
        yield m.DOCUMENT_CHANGED.at(Source(str(document.path)), unit=unit, name=name)
    elif told is not None and told.get(("document", unit, name, 0)) != digest:
        yield m.NOT_TOLD.at(Source(str(document.path)), what=f"{unit}/{name}")
