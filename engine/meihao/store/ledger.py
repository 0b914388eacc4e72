"""Chains the receipts of a round over all units: a line for each submission, with the digest of the line before."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from ..core.problems import Problem, Problems, Source
from ..core.text import Label
from . import messages as m

LEDGER = "ledger.jsonl"
Receipts = tuple[tuple[int, str], ...]  # number and digest of each submission of a unit
_CUT = Label("最后一行不完整", "its last line is not whole")
_SHORT = Label("比刚才短了", "it is shorter than a moment ago")
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


def chained(receipts: Sequence[Receipt], count: int = 0, head: str = "") -> tuple[bytes, ...]:
    """Return the lines of receipts that follow so many lines, the last of which has the digest `head`."""
    lines: list[bytes] = []
    for n, one in enumerate(receipts, count + 1):
        lines.append(msgspec.json.encode(replace(one, n=n, before=head)))
        head = hashlib.sha256(lines[-1]).hexdigest()
    return tuple(lines)


class Lines(Protocol):
    """Where the lines of a ledger are kept; `path` is what messages call it."""

    @property
    def path(self) -> Path: ...

    def added(self, size: int, count: int) -> bytes | None:
        """Return what was added behind so many bytes in so many lines; None where less than that is left.

        Raises FileNotFoundError where there is no ledger, and OSError.
        """

    def append(self, lines: Sequence[bytes]) -> None:
        """Add lines at the end, so that they are kept when this returns. Raises OSError."""


class Ledger:
    """The receipts read so far; it lives on while files are taken in one by one, and then reads only what was added."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.size, self.count, self.head = 0, 0, ""
        self.of: dict[str, Receipts] = {}

    def forget(self) -> None:
        """Forget what was read, so that the next reading begins with the first line."""
        self.size, self.count, self.head, self.of = 0, 0, "", {}

    def short_head(self) -> str:
        """Return how many receipts there are and the start of the last one's digest: what anyone can keep."""
        return f"{self.count} {self.head[:12]}".strip()

    def read(self) -> Problems:
        """Read what was added; a line that does not follow the one before it breaks the ledger. Raises OSError."""
        try:
            data = self.lines.added(self.size, self.count)
        except FileNotFoundError:
            return (self._broken(_GONE),) if self.size else ()
        if data is None:
            return (self._broken(_SHORT),)
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
        return m.LEDGER_BROKEN.at(Source(str(self.lines.path), row=self.count + 1), what=what)

    def add(self, receipts: Sequence[Receipt]) -> None:
        """Add the lines of what was stored. Raises OSError."""
        lines = chained(receipts, self.count, self.head)
        if lines:
            self.lines.append(lines)
            for line in lines:
                self._take(line)
