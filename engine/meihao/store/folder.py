"""Keeps a round in a folder: a folder for each unit, with numbered files that are only ever added, and the ledger beside them.

Writers take turns. Each first writes down what it is about to store, then stores, then adds its receipts; whoever comes next
finishes what a killed writer left, so that at no moment a submission counts without its line or a line without its submission.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path

import msgspec
from msgspec import Struct

from ..core.canonical import Json, digest
from ..core.files import FileText, file_text, read_file, reason, write_whole
from ..core.problems import Problem, Problems, Source
from ..core.watch import Watch
from ..evidence.contradictions import Latest
from ..evidence.files import EVIDENCE, NOTHING_HERE, loose_evidence, read_evidence
from ..evidence.model import UnitEvidence
from ..evidence.submissions import NUMBERED, StoredText, stored_in
from ..standard.model import Pack
from . import messages as m
from .home import Parcel
from .journal import JOURNAL, Event, line_of, read_journal
from .ledger import LEDGER, Ledger, Receipt
from .place import DOCUMENTS, LEFT, put_document, put_new, sweep, unit_folder
from .receipts import is_as_received
from .steps import STEPS, ApplicationStep, bytes_of, read_steps
from .turns import wait_for_turn

PENDING = "ledger.pending.jsonl"


class LedgerFile(Struct, frozen=True):
    """The lines of a ledger in a file."""

    path: Path

    def added(self, size: int, count: int) -> bytes | None:
        """Return what was added behind so many bytes; None where the file is shorter than that. Raises OSError."""
        with self.path.open("rb") as stream:
            stream.seek(0, os.SEEK_END)
            # A ledger is only added to: one that is shorter than a moment ago has been replaced.
            if stream.tell() < size:
                return None
            stream.seek(size)
            return stream.read()

    def append(self, lines: Sequence[bytes]) -> None:
        """Add lines at the end, and have them on the disk. Raises OSError."""
        with self.path.open("ab") as stream:
            stream.write(b"".join(line + b"\n" for line in lines))
            stream.flush()
            os.fsync(stream.fileno())


class FolderHome(Struct, frozen=True):
    """The home of a round that is a folder of plain files."""

    place: Path

    @property
    def journaled(self) -> bool:
        return False

    def state(self) -> str:
        return _state(self.place)

    def holds(self, name: str) -> bool:
        return (self.place / name).is_file()

    def text(self, name: str) -> FileText | None:
        return file_text(self.place / name)

    def put_text(self, name: str, data: bytes) -> None:
        write_whole(self.place / name, data)

    def place_of(self, unit: str, number: int = 0) -> Path:
        folder = unit_folder(self.place, unit)
        return folder / NUMBERED.format(number) if number else folder

    def units(self) -> tuple[str, ...]:
        inside = self.place / EVIDENCE
        return tuple(p.name for p in inside.iterdir() if p.is_dir()) if inside.is_dir() else ()

    def submissions(self, unit: str) -> tuple[StoredText, ...]:
        folder = self.place_of(unit)
        return tuple(stored_in(folder)) if folder.is_dir() else ()

    def submission(self, unit: str, number: int) -> bytes | None:
        path = self.place_of(unit, number)
        return path.read_bytes() if path.is_file() else None

    def documents(self, unit: str) -> Iterator[FileText]:
        folder = self.place_of(unit) / DOCUMENTS
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            if path.is_file() and not LEFT.fullmatch(path.name):
                yield FileText(path, read_file(path))

    def loose(self) -> Mapping[str, Path]:
        return {path.name: path for path in loose_evidence(self.place / EVIDENCE)}

    def read(self, pack: Pack, latest: Latest | None, watch: Watch) -> tuple[tuple[UnitEvidence, ...], Problems]:
        if not (self.place / EVIDENCE).is_dir():
            return (), ()
        units, problems = read_evidence(self.place / EVIDENCE, pack, latest, watch)
        return units, tuple(p for p in problems if p.code != NOTHING_HERE.code)

    def ledger(self) -> Ledger:
        return Ledger(LedgerFile(self.place / LEDGER))

    def journal(self) -> Sequence[Event]:
        kept = self.text(JOURNAL)
        return read_journal(kept.data) if kept else ()

    def begin(self, journal: Sequence[Event], reason: str) -> None:
        if journal:
            write_whole(self.place / JOURNAL, b"".join(line_of(one) + b"\n" for one in journal), private=True)

    def steps(self, unit: str = "") -> tuple[ApplicationStep, ...]:
        kept = self.text(STEPS)
        return tuple(one for one in (read_steps(kept.data) if kept else ()) if unit in ("", one.unit))

    def add_steps(self, steps: Sequence[ApplicationStep]) -> None:
        if steps:
            lines = b"".join(bytes_of(one) + b"\n" for one in (*self.steps(), *steps))
            write_whole(self.place / STEPS, lines, private=True)

    def unfinished(self) -> Sequence[Receipt] | None:
        try:
            data = (self.place / PENDING).read_bytes()
        except FileNotFoundError:
            return None
        with suppress(msgspec.MsgspecError):
            return tuple(msgspec.json.decode(line, type=Receipt) for line in data.splitlines())
        return ()

    @contextmanager
    def turn(self, ledger: Ledger) -> Iterator[Problems]:
        with wait_for_turn(self.place):
            yield _mended(self, ledger)

    def together(self) -> AbstractContextManager[None]:
        return nullcontext()

    def put_document(self, unit: str, name: str, data: bytes) -> Path:
        return put_document(self.place_of(unit), name, data)

    def put(self, ledger: Ledger, parcels: Sequence[Parcel]) -> tuple[Sequence[Parcel], Problems]:
        # Written before the first file is put: whoever comes after a crash finds here what was under way.
        self._intend([one.receipt for one in parcels])
        done: list[Parcel] = []
        said: list[Problem] = []
        for one in parcels:
            try:
                put_new(one.path, one.data)
                sweep(one.path.parent, one.path)
                done.append(one)
            except OSError as failure:
                said.append(m.NOT_STORED.at(Source(str(one.path)), path=one.path, why=reason(failure)))
        # Only what stands in its place gets a receipt.
        ledger.add([one.receipt for one in done])
        self._forget()
        return done, tuple(said)

    def _intend(self, receipts: Sequence[Receipt]) -> None:
        """Write down what is about to be stored. Raises OSError."""
        if receipts:
            write_whole(self.place / PENDING, b"".join(msgspec.json.encode(one) + b"\n" for one in receipts))

    def _forget(self) -> None:
        # Only when the lines are on the disk: the other way round a power cut could lose a receipt.
        (self.place / PENDING).unlink(missing_ok=True)


def _state(folder: Path) -> str:
    """Return names, sizes and times of a folder's files, hidden ones left out, as one digest."""
    found: list[Json] = []
    for inside, inner, files in os.walk(folder):
        inner[:] = sorted(name for name in inner if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith("."):
                state = os.stat(os.path.join(inside, name))
                found.append([os.path.join(inside, name), state.st_size, str(state.st_mtime_ns)])
    return digest(found)


def _mended(home: FolderHome, ledger: Ledger) -> Problems:
    """Finish what a killed writer left, and say so; whoever calls holds the lock. Raises OSError."""
    pending = home.unfinished()
    if pending is None:
        return ledger.read()
    # Half a line is what a killed writer leaves. Where nobody was writing it is damage, and `read` says so.
    _cut_half_a_line(ledger.lines.path)
    if problems := ledger.read():
        return problems
    left = [one for one in pending if (one.number, one.digest) not in ledger.of.get(one.unit, ())]
    there = [one for one in left if is_as_received(home, one.unit, one.number, one.digest)]
    lost = sorted({one.unit for one in left} - {one.unit for one in there})
    ledger.add(there)
    home._forget()
    names = {"count": len(there), "lost_zh": "、".join(lost) or "没有", "lost_en": ", ".join(lost) or "none"}
    return (m.MENDED.at(Source(str(ledger.lines.path)), **names),) if left else ()


def _cut_half_a_line(path: Path) -> None:
    if not path.is_file():
        return
    data = path.read_bytes()
    if data and not data.endswith(b"\n"):
        os.truncate(path, data.rfind(b"\n") + 1)
