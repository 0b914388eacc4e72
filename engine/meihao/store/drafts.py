"""Defines what a unit has typed and not handed in yet: a draft, which is mutable, journaled nowhere, and lost by nobody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from msgspec import Struct

from ..evidence.typed import TypedUnit


class GivenPaper(Struct, frozen=True):
    """A file that was given for a wanted document: its name, the digest of its content, and its size in bytes."""

    name: str
    sha256: str
    size: int


class Aside(Struct, frozen=True):
    """What was typed in a window for an answer that another one had changed meanwhile: it is kept until one text is chosen."""

    typed: str | tuple[Mapping[str, str], ...]
    window: str
    who: str
    at: str


class Draft(Struct, frozen=True):
    """What was typed about a unit, with the files given, by document: `version` counts savings, the last by `who` at `at`.

    `observer`, `as_of` and `reason` are the inputs of a workbook's cover. `marks` says in which window an answer was typed
    last, `aside` holds what other windows typed for it meanwhile.
    """

    unit: str
    typed: TypedUnit
    version: int = 0
    who: str = ""
    at: str = ""
    papers: Mapping[str, GivenPaper] = {}
    observer: str = ""
    as_of: str = ""
    reason: str = ""
    marks: Mapping[str, str] = {}
    aside: Mapping[str, tuple[Aside, ...]] = {}


class Drafts(Protocol):
    """Where drafts are kept, and the files given with them. Whatever reads or writes may raise OSError."""

    def draft(self, unit: str) -> Draft | None:
        """Return the draft of a unit; None where nothing was saved, or all of it was handed in."""

    def put_draft(self, draft: Draft) -> bool:
        """Keep a draft where the one before it is what is kept; say whether it was."""

    def drop_draft(self, unit: str, version: int) -> None:
        """Forget the draft of a unit, which was handed in; one that was saved since then stays."""

    def put_paper(self, data: bytes) -> str:
        """Keep a file and return the digest by which it is known."""

    def paper(self, sha256: str) -> bytes:
        """Return a file that was kept."""
