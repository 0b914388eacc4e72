"""A page of a document -> the lines that it says, for a golden that a person can read and compare."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

GOLDENS = Path(__file__).parent / "said"
REWRITE = "MEIHAO_REWRITE_GOLDENS" in os.environ

UNREAD = ("head", "style", "svg", "title")
INLINE = ("a", "b", "i", "em", "strong", "span", "small", "sup", "sub", "wbr", "br", "img", "col")
CELLS = ("td", "th")
FIRST, LAST, MOST = 4, 1, 60  # rows that stand for a table of more than the most
DIGEST = re.compile(r"(?:[0-9a-f]{8} ?)*[0-9a-f]{8,}(?![0-9])")


class Line(NamedTuple):
    """What stands on its own on a page; the cells of a row stand together."""

    text: str
    is_row: bool


class _Reader(HTMLParser):
    """Collects the lines of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[Line] = []
        self._text: list[str] = []
        self._cells: list[str] | None = None
        self._unread = 0
        self._beside = False  # a span has just ended: the next one stands beside it, with a gap

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._unread += tag in UNREAD
        if tag == "tr":
            self._end()
            self._cells = []
        elif tag not in INLINE:
            self._end()
        elif self._beside:
            self._text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._beside = tag == "span"
        self._unread -= tag in UNREAD
        if tag in CELLS and self._cells is not None:
            self._cells.append(_plain(self._text))
            self._text = []
        elif tag == "tr" and self._cells is not None:
            self.lines.append(Line(" | ".join(cell for cell in self._cells if cell), True))
            self._cells, self._text = None, []
        elif tag not in INLINE:
            self._end()

    def handle_data(self, data: str) -> None:
        self._beside = self._beside and not data.strip()
        if not self._unread:
            self._text.append(data)

    def _end(self) -> None:
        """End a line; inside a row the blocks of a cell stay together."""
        if self._cells is not None:
            self._text.append(" ")
        elif text := _plain(self._text):
            self.lines.append(Line(text, False))
            self._text = []
        else:
            self._text = []


def _plain(parts: Sequence[str]) -> str:
    """Return text in single blanks, with a mark in the place of each digest."""
    return DIGEST.sub("#", re.sub(r"\s+", " ", "".join(parts)).strip())


def said(page: str) -> str:
    """Return the lines of a page of HTML; of a long run of rows the first and the last."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return "\n".join(_short(reader.lines)) + "\n"


def says_as_kept(name: str, text: str) -> None:
    """Compare a text with its golden line by line, or write it anew."""
    kept = GOLDENS / f"{name}.txt"
    if REWRITE:
        GOLDENS.mkdir(exist_ok=True)
        kept.write_text(text, encoding="utf-8")
    assert text.splitlines() == kept.read_text("utf-8").splitlines()


def _short(lines: Sequence[Line]) -> Iterator[str]:
    for is_row, run in groupby(lines, key=lambda line: line.is_row):
        texts = [line.text for line in run if line.text]
        if is_row and len(texts) > MOST:
            yield from (*texts[:FIRST], f"… {len(texts) - FIRST - LAST}", *texts[-LAST:])
        else:
            yield from texts
