"""Numbers the lines of a list, and writes a title with its condition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..expressions.tree import Expr

if TYPE_CHECKING:
    from .scribe import Scribe

BULLETS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def bullet(n: int) -> str:
    """Return the number of a line, counted from 0.

    >>> bullet(0), bullet(20)
    ('①', '(21)')
    """
    return BULLETS[n] if n < len(BULLETS) else f"({n + 1})"


def inner_bullet(line: str) -> str:
    """Return a line of a list within a list: its number in brackets, so that numbers of two depths differ."""
    return f"({BULLETS.index(line[0]) + 1}){line[1:]}" if line[:1] in BULLETS else line


def titled(title: str, when: Expr, say: Scribe) -> str:
    """Return a title with its condition; a bare yes-no fact adds nothing to it but its own label."""
    words = say.words(when)
    return title if words.strip("“”") == title else say.pick(f"{title}：{words}", f"{title}: {words}")
