"""Prints aligned tables of Chinese and Latin text, problems and progress: data to stdout, messages to stderr."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO, TypeVar

from ..core.problems import Lang, Problems
from ..core.watch import Stage, Watch
from .phrases.stages import STAGES
from .spelt import bare

T = TypeVar("T")


def width(text: str) -> int:
    """Return the columns that a text takes on a terminal.

    >>> width("美好 ok")
    7
    """
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def pad(text: str, columns: int, right: bool = False) -> str:
    blanks = " " * max(columns - width(text), 0)
    return blanks + text if right else text + blanks


def table(rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> str:
    """Return rows as aligned lines; the first row is the head. `right` names the columns aligned to the right."""
    if not rows:
        return ""
    widths = [max(width(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = ["  ".join(pad(cell, widths[i], i in right) for i, cell in enumerate(row)).rstrip() for row in rows]
    return "\n".join([lines[0], "─" * min(sum(widths) + 2 * len(widths) - 2, 100), *lines[1:]])


def under(mark: str, page: str) -> str:
    """Return a page with the mark of a draft as its first line, where there is one."""
    return f"{mark}\n{page}" if mark else page


def with_column(rows: Sequence[Sequence[str]], head: str, mark: str) -> list[list[str]]:
    """Return the rows of a table of data with the mark of a draft in a last column, where there is one.

    >>> with_column([["a"], ["1"]], "draft", "2 errors"), with_column([["a"]], "draft", "")
    ([['a', 'draft'], ['1', '2 errors']], [['a']])
    """
    if not mark:
        return [list(row) for row in rows]
    return [[*row, mark if number else head] for number, row in enumerate(rows)]


def say_problems(problems: Problems, lang: Lang, stream: TextIO | None = None) -> None:
    for problem in problems:
        print(problem.text(lang), file=stream or sys.stderr)


def progress(items: Iterable[T], total: int, label: str) -> Iterator[T]:
    """Pass items on; on a terminal draw a bar on stderr, elsewhere say nothing."""
    if not sys.stderr.isatty() or total < 2:
        yield from items
        return
    drawn = False
    try:
        for number, item in enumerate(items, 1):
            yield item
            if number == total or number % max(total // 50, 1) == 0:
                filled, drawn = 30 * number // total, True
                bar = f"\r{label} {'█' * filled}{'·' * (30 - filled)} {number}/{total}"
                print(bar, end="", file=bare(sys.stderr), flush=True)
    finally:
        if drawn:
            print(
                file=bare(sys.stderr), flush=True
            )  # also where the work stops half way: what follows has its own line


def watch(lang: Lang) -> Watch:
    """Return a watch that draws the bars of a command."""

    def watched(items: Iterable[T], total: int, stage: Stage, /) -> Iterator[T]:
        return progress(items, total, STAGES[stage][lang])

    return watched
