"""A page of a document -> what is printed on it, read as a person reads it: blocks of text and the rows of tables, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from typing import NamedTuple

POINTS = r"-?\d+\.\d\d"
BLOCKS = ("h1", "h2", "h3", "p", "span", "table")
CELLS = ("td", "th")
UNREAD = ("head", "style", "svg")
Row = tuple[str, ...]


class Block(NamedTuple):
    """A heading, a paragraph or a label, with its text; or a table, with its rows. Texts are bare of blanks."""

    tag: str
    text: str
    rows: tuple[Row, ...] = ()


class _Reader(HTMLParser):
    """Collects the blocks of a page; what stands inside a block belongs to it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Block] = []
        self.skipping = 0
        self.open: list[str] = []  # the tags inside the block that is read, itself first
        self.text: list[str] = []
        self.rows: list[list[str]] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.skipping += tag in UNREAD
        if not self.open and tag not in BLOCKS:
            return
        if tag not in ("br", "col", "img"):
            self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in CELLS:
            self.text = []

    def handle_endtag(self, tag: str) -> None:
        self.skipping -= tag in UNREAD
        if not self.open:
            return
        assert self.open.pop() == tag
        if tag in CELLS:
            self.rows[-1].append(bare("".join(self.text)))
        if not self.open:
            rows = tuple(tuple(row) for row in self.rows)
            self.found.append(Block(tag, "" if rows else bare("".join(self.text)), rows))
            self.text, self.rows = [], []

    def handle_data(self, data: str) -> None:
        if self.open and not self.skipping:
            self.text.append(data)


def blocks(page: str) -> tuple[Block, ...]:
    """Return the blocks of a page."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return tuple(reader.found)


def bare(text: str) -> str:
    """Return a text without blanks."""
    return re.sub(r"[\s\u2060\u200b]+", "", text)


def sections(found: Sequence[Block], tag: str) -> Iterator[tuple[str, tuple[Block, ...]]]:
    """Yield each heading of a tag with the blocks up to the next one."""
    starts = [n for n, block in enumerate(found) if block.tag == tag]
    for start, end in zip(starts, (*starts[1:], len(found)), strict=True):
        yield found[start].text, tuple(found[start + 1 : end])


def tables(found: Sequence[Block]) -> tuple[tuple[Row, ...], ...]:
    """Return the rows of each table without its heads."""
    return tuple(block.rows[1:] for block in found if block.rows)


def numbers(text: str) -> tuple[int, ...]:
    """Return the whole numbers in a text."""
    return tuple(int(n) for n in re.findall(r"\d+", text))
