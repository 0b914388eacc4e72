"""Keeps the receipts of a round in one chain over all units: a line for each submission, with the digest of the line before.

Writers take turns. Each first writes down what it is about to store, then stores, then adds its lines; whoever comes next
finishes what a killed writer left, so that at no moment a submission counts without its line or a line without its submission.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from ..core.files import write_whole
from ..core.problems import Problem, Problems, Source
from ..core.text import Label
from ..evidence.submissions import NUMBERED, digest_of
from . import messages as m
from .place import unit_folder

LEDGER, PENDING = "ledger.jsonl", "ledger.pending.jsonl"
Receipts = tuple[tuple[int, str], ...]  # number and digest of each submission of a unit
_CUT = Label("最后一行不完整", "its last line is not whole")
_SHORT = Label("比刚才短了", "it is shorter than a moment ago")
_MISSING = Label("不见了", "is gone")
_OTHER = Label("不是当初收下的那一份", "is not the one that was received")
_GONE = Label("文件不见了", "the file is gone")


class Receipt(Struct, frozen=True):
    """A line: the how-manyeth of the round, which submission of which unit, from whom, its digest and that of the line before."""

    n: int
    unit: str
    number: int
    on: str
    by: str
    digest: str
    before: str


class Ledger:
    """The receipts read so far; it lives on while files are taken in one by one, and then reads only what was added."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.path = folder, folder / LEDGER
        self.size, self.count, self.head = 0, 0, ""
        self.of: dict[str, Receipts] = {}

    def short_head(self) -> str:
        """Return how many receipts there are and the start of the last one's digest: what anyone can keep."""
        return f"{self.count} {self.head[:12]}".strip()

    def read(self) -> Problems:
        """Read what was added; a line that does not follow the one before it breaks the ledger. Raises OSError."""
        try:
            with self.path.open("rb") as stream:
                stream.seek(0, os.SEEK_END)
                # A ledger is only added to: one that is shorter than a moment ago has been replaced.
                if stream.tell() < self.size:
                    return (self._broken(_SHORT),)
                stream.seek(self.size)
                data = stream.read()
        except FileNotFoundError:
            return (self._broken(_GONE),) if self.size else ()
        *lines, rest = data.split(b"\n")
        for line in lines:
            if (problem := self._take(line)) is not None:
                return (problem,)
        return (self._broken(_CUT),) if rest else ()

    def _take(self, line: bytes) -> Problem | None:
        try:
            one = msgspec.json.decode(line, type=Receipt)
        except msgspec.MsgspecError:
            return self._broken(Label("这一行读不了", "this line cannot be read"))
        known = self.of.get(one.unit, ())
        if (one.n, one.before, one.number) != (self.count + 1, self.head, len(known) + 1):
            return self._broken(Label("这一行接不上前面的", "this line does not follow those before it"))
        self.of[one.unit] = (*known, (one.number, one.digest))
        self.count, self.head = one.n, hashlib.sha256(line).hexdigest()
        self.size += len(line) + 1
        return None

    def _broken(self, what: Label) -> Problem:
        return m.LEDGER_BROKEN.at(Source(str(self.path), row=self.count + 1), what=what)

    def intend(self, receipts: Sequence[Receipt]) -> None:
        """Write down what is about to be stored. Raises OSError."""
        if receipts:
            write_whole(self.folder / PENDING, b"".join(msgspec.json.encode(one) + b"\n" for one in receipts))

    def add(self, receipts: Sequence[Receipt]) -> None:
        """Add the lines of what was stored, and forget what was intended. Raises OSError."""
        lines, head = [], self.head
        for n, one in enumerate(receipts, self.count + 1):
            lines.append(msgspec.json.encode(replace(one, n=n, before=head)))
            head = hashlib.sha256(lines[-1]).hexdigest()
        if lines:
            with self.path.open("ab") as stream:
                stream.write(b"".join(line + b"\n" for line in lines))
                stream.flush()
                os.fsync(stream.fileno())
            for line in lines:
                self._take(line)
        # Only now that the lines are on the disk: the other way round a power cut could lose a receipt.
        (self.folder / PENDING).unlink(missing_ok=True)

    def mend(self) -> Problems:
        """Finish what a killed writer left, and say so; whoever calls holds the lock. Raises OSError."""
        pending = unfinished_receipt(self.folder)
        if pending is None:
            return self.read()
        # Half a line is what a killed writer leaves. Where nobody was writing it is damage, and `read` says so.
        self._cut_half_a_line()
        if problems := self.read():
            return problems
        left = [one for one in pending if (one.number, one.digest) not in self.of.get(one.unit, ())]
        there = [one for one in left if is_as_received(self.folder, one.unit, one.number, one.digest)]
        lost = sorted({one.unit for one in left} - {one.unit for one in there})
        self.add(there)
        names = {"count": len(there), "lost_zh": "、".join(lost) or "没有", "lost_en": ", ".join(lost) or "none"}
        return (m.MENDED.at(Source(str(self.path)), **names),) if left else ()

    def _cut_half_a_line(self) -> None:
        if not self.path.is_file():
            return
        data = self.path.read_bytes()
        if data and not data.endswith(b"\n"):
            os.truncate(self.path, data.rfind(b"\n") + 1)


def ledger_head(folder: Path) -> str:
    """Return how many receipts a round has and the start of the last one's digest, "" where it has none or it is broken."""
    ledger = Ledger(folder)
    with suppress(OSError):
        return "" if ledger.read() or not ledger.count else ledger.short_head()
    return ""


def unfinished_receipt(folder: Path) -> tuple[Receipt, ...] | None:
    """Return what a writer is storing, or was when it was killed; None where nobody is. Raises OSError."""
    try:
        data = (folder / PENDING).read_bytes()
    except FileNotFoundError:
        return None
    with suppress(msgspec.MsgspecError):
        return tuple(msgspec.json.decode(line, type=Receipt) for line in data.splitlines())
    return ()


def is_as_received(folder: Path, unit: str, number: int, digest: str) -> bool:
    """Say whether a submission stands where its receipt says, as it was received. Raises OSError."""
    path = unit_folder(folder, unit) / NUMBERED.format(number)
    return path.is_file() and digest_of(path.read_bytes()) == digest


def unit_faults(folder: Path, unit: str, listed: Receipts, present: Receipts) -> Iterator[Problem]:
    """Yield what does not agree between a unit's receipts and the submissions that were found. Raises OSError."""
    home = unit_folder(folder, unit)
    for number, digest in listed:
        if (number, digest) not in present and not is_as_received(folder, unit, number, digest):
            path = home / NUMBERED.format(number)
            yield m.RECEIPT_GONE.at(
                Source(str(path)), unit=unit, number=number, what=_OTHER if path.is_file() else _MISSING
            )
    known = {number for number, _ in listed}
    for number, _ in present:
        if number not in known:
            yield m.NOT_IN_LEDGER.at(Source(str(home / NUMBERED.format(number))), unit=unit, number=number)


@contextmanager
def wait_for_turn(folder: Path) -> Iterator[None]:
    """Wait for one's turn to store in a round; the turn ends with the process at the latest. Raises OSError."""
    if os.name == "nt":  # pragma: no cover
        with _windows_turn(folder):
            yield
        return
    import fcntl  # late: not on Windows

    # The folder itself is locked: there is no lock file that a copy of the round would carry along.
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@contextmanager
def _windows_turn(folder: Path) -> Iterator[None]:  # pragma: no cover
    import msvcrt  # late: only on Windows

    with (folder / ".ledger.lock").open("a+b") as stream:
        stream.seek(0)
        msvcrt.locking(stream.fileno(), msvcrt.LK_LOCK, 1)  # type: ignore[attr-defined,unused-ignore]
        try:
            yield
        finally:
            stream.seek(0)
            msvcrt.locking(stream.fileno(), msvcrt.LK_UNLCK, 1)  # type: ignore[attr-defined,unused-ignore]
