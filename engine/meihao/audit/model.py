"""Defines what an audit says: one check after another, each with its state and reason, and never one word for the whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from ..assessment.published import AssessmentFile
from ..core.canonical import Json
from ..core.text import Label
from ..ranking.details_file import DetailsFile
from ..ranking.published import RankingFile
from ..reports.notice_file import NoticeFile
from ..store.state import KeptState

State = Literal["holds", "fails", "not_checked"]
Kind = Literal["unit", "ranking", "notice", "details", "state", "other"]
PublishedFile = AssessmentFile | RankingFile | NoticeFile | DetailsFile | KeptState


class Difference(Struct, frozen=True):
    """One thing that is not the same: where, what the file says, what there is now."""

    where: Label
    was: Label
    now: Label


class Check(Struct, frozen=True):
    """One question, its answer, and why. `differences` are all of them, in the order of the file."""

    id: str
    state: State
    title: Label
    said: Label
    differences: tuple[Difference, ...] = ()


class Audit(Struct, frozen=True):
    """Everything that was asked about one result."""

    subject: Label
    checks: tuple[Check, ...]

    def count(self, state: State) -> int:
        return sum(check.state == state for check in self.checks)


class Attached(Struct, frozen=True):
    """A file inside a PDF. `data` is there for `result.json` alone."""

    name: str
    description: str = ""
    data: bytes = b""


class Sheets(Struct, frozen=True):
    """What a PDF says of itself: language, identifier, the files inside, and whether the pages are those first written."""

    lang: str
    identifier: str
    attached: tuple[Attached, ...]
    signatures: int = 0
    added: tuple[str, ...] = ()


class Record(Struct, frozen=True):
    """One published result: of a unit, a ranking, a notice, details or state behind a ranking, or a kind not known here.

    `data` is all that the file holds, for its digests and for what differs; `file` what it says (None: another kind).
    """

    kind: Kind
    data: Mapping[str, Json]
    file: PublishedFile | None = None


class OpenedFile(Struct, frozen=True):
    """An opened file: its bytes, the results in it, and the sheets where it is a PDF. `even` is JSON written as we write it."""

    name: str
    data: bytes
    records: tuple[Record, ...]
    even: bool
    sheets: Sheets | None = None
