"""Says what the home of a round can do: keep its texts, submissions, documents and receipts. It is a folder or a database.

Everything that takes in, reads or judges a round works on a home; only whoever opens one knows which it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from ..core.files import FileText
from ..core.problems import Problems
from ..core.watch import Watch
from ..evidence.contradictions import Latest
from ..evidence.files import ROUND
from ..evidence.model import UnitEvidence
from ..evidence.submissions import StoredText
from ..standard.model import Pack
from .journal import Event
from .ledger import Ledger, Receipt
from .place import CALENDAR
from .steps import ApplicationStep

OWN_TEXTS = (ROUND, "roster.yaml", CALENDAR, "notice.yaml", "decision.yaml")
"""What a round says of itself, beside the evidence: judging, lists and official papers are made from it."""


class Parcel(Struct, frozen=True):
    """A submission that is ready to be put: its place, its bytes, the receipt that it gets, and why it corrects what it does."""

    path: Path
    data: bytes
    receipt: Receipt
    reason: str = ""


class Home(Protocol):
    """Where a round is kept. Its `place` is what messages call it. Whatever reads or writes may raise OSError."""

    @property
    def place(self) -> Path: ...

    def __hash__(self) -> int: ...

    @property
    def journaled(self) -> bool:
        """Whether every change has its event in the journal; a folder merely keeps the one that it was given."""

    def state(self) -> str:
        """Return what tells one state of the home from another: whatever was made from it holds while it is the same."""

    def holds(self, name: str) -> bool:
        """Say whether the round has one of its own texts. Never raises."""

    def text(self, name: str) -> FileText | None:
        """Return one of the round's own texts (`OWN_TEXTS`); None where it has none."""

    def put_text(self, name: str, data: bytes) -> None:
        """Put one of the round's own texts in the place of the one before it."""

    def place_of(self, unit: str, number: int = 0) -> Path:
        """Return by what name messages speak of a unit's place, or of one of its submissions."""

    def units(self) -> tuple[str, ...]:
        """Return the names of the places of units that have handed in."""

    def submissions(self, unit: str) -> tuple[StoredText, ...]:
        """Return what a unit handed in, by number; nothing where it has not."""

    def submission(self, unit: str, number: int) -> bytes | None:
        """Return one submission of a unit; None where it is not there."""

    def documents(self, unit: str) -> Iterator[FileText]:
        """Yield the documents of a unit, by name."""

    def loose(self) -> Mapping[str, Path]:
        """Return the evidence that is no submission and has no receipt, by name."""

    def read(self, pack: Pack, latest: Latest | None, watch: Watch) -> tuple[tuple[UnitEvidence, ...], Problems]:
        """Return every unit as the evidence leaves it. Never raises."""

    def ledger(self) -> Ledger:
        """Return the receipts, none of which has been read yet."""

    def journal(self) -> Sequence[Event]:
        """Return what happened to the round while it was served."""

    def begin(self, journal: Sequence[Event], reason: str) -> None:
        """Begin a round in an empty home, in one's turn, with the journal that it brings."""

    def steps(self, unit: str = "") -> tuple[ApplicationStep, ...]:
        """Return what became of the application of a unit, or of every one, in the order in which it happened."""

    def add_steps(self, steps: Sequence[ApplicationStep]) -> None:
        """Add steps, in one's turn."""

    def unfinished(self) -> Sequence[Receipt] | None:
        """Return what a writer is storing, or was when it was killed; None where nobody is."""

    def turn(self, ledger: Ledger) -> AbstractContextManager[Problems]:
        """Wait for one's turn to store. It begins with the ledger read, and what a killed writer left finished, and said."""

    def together(self) -> AbstractContextManager[None]:
        """Keep all that is done meanwhile, in one's turns too, or nothing of it; a folder keeps each by itself."""

    def put_document(self, unit: str, name: str, data: bytes) -> Path:
        """Put a document of a unit, in one's turn, and return its place."""

    def put(self, ledger: Ledger, parcels: Sequence[Parcel]) -> tuple[Sequence[Parcel], Problems]:
        """Put submissions with their receipts, in one's turn; return those that were put, and why others were not."""
