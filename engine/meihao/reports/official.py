"""Defines what official papers say, the public notice and the decision of naming; page and document both read it."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from msgspec import Struct

from .model import Report


class Office(Struct, frozen=True):
    """What an office sets on every paper of its own; "" and None are left to be filled in by hand. `title` has its lines."""

    issued_by: str = ""
    number: str = ""
    title: tuple[str, ...] = ()
    dated: date | None = None


class Passage(Struct, frozen=True):
    """A paragraph of the body: 0 text, 1 a heading 一、, 2 a heading （一）; its number stands in the text."""

    text: str
    level: int = 0


class NoticeTier(Struct, frozen=True):
    """A tier of a list; a row holds a name and a region, nothing else. `counts` is its size in words."""

    number: str
    title: str
    counts: str
    rows: tuple[tuple[str, str], ...]
    more: int
    note: str


class NameList(Struct, frozen=True):
    """A list of names that is an annex of its own: 附件1, its title, the tiers that have anyone in them."""

    mark: str
    title: str
    group: str
    note: str
    tiers: tuple[NoticeTier, ...]

    @property
    def named(self) -> int:
        return sum(len(tier.rows) + tier.more for tier in self.tiers)


class OfficialPaper(Report, frozen=True):
    """A paper as GB/T 9704 lays it out: red head, title in lines, body, annexes named below it, signature and date.

    A text that nobody gave is a line to write on. `annexes` are the lines below 附件：; `closing` is the width, in 汉字, of the
    box at the right in whose middle signature and date stand. `text_font` sets the body, `kai_font` the headings （一）.
    """

    issuer: str
    number: str
    draft: str
    heading: tuple[str, ...]
    addressed: str
    body: tuple[Passage, ...]
    annexes: tuple[str, ...]
    lists: tuple[NameList, ...]
    signed: str
    dated: str
    closing: str
    notes: tuple[str, ...]
    text_font: str
    kai_font: str


class NoticeReport(OfficialPaper, frozen=True):
    """The public notice (公示名单): names, regions and tiers only."""

    template: ClassVar[str] = "notice.html"


class DecisionReport(OfficialPaper, frozen=True):
    """The decision that names the units (命名决定): the same lists as the notice."""

    template: ClassVar[str] = "decision.html"
