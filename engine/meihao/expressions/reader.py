"""Holds what every reader of an expression needs: its place, the names it may use, and the problems noted."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from ..core.calendar import parse_date
from ..core.problems import Message, Problem, Source
from ..core.text import hints
from . import messages
from .names import Meaning, Names
from .signs import shown
from .tree import Constant, Expr, Kind

KIND_ZH: Mapping[Kind, str] = {"number": "数值", "truth": "条件", "text": "文字", "date": "日期"}
KIND_EN: Mapping[Kind, str] = {"number": "number", "truth": "condition", "text": "text", "date": "date"}
_KIND_FIX: Mapping[Kind, tuple[str, str]] = {
    "number": ("写数值或数值字段", "write a number or a numeric field"),
    "truth": ("写成条件，如households >= 30", "write a condition, e.g. households >= 30"),
    "text": ("写双引号里的文字或选择字段", "write a text in double quotes or a choice field"),
    "date": ('写日期字段或date("2026-01-01")', 'write a date field or date("2026-01-01")'),
}


class Reader(Struct, frozen=True):
    """One text being read. `read` reads any node, so that the readers of single forms need not know each other;
    `options` are the codes of the choice on the other side, to recognise one that lost its quotes.
    """

    text: str
    source: Source
    names: Names
    problems: list[Problem]
    read: Callable[[ast.expr, Reader], Meaning | None]
    options: frozenset[str] = frozenset()

    def say(self, message: Message, offset: int, **values: object) -> None:
        self.problems.append(message.at(moved(self.source, offset), **values))


def moved(source: Source, offset: int) -> Source:
    """Return the place `offset` characters further on; without a known column the expression's own are counted from 1."""
    return replace(source, column=source.column + offset if source.column else offset + 1)


def want(node: ast.expr, kind: Kind, at: Reader) -> Expr | None:
    """Return the node's expression if it is of a kind, or None after noting that it is not."""
    meaning = at.read(node, at)
    if meaning is None:
        return None
    if kind == "date":
        meaning = as_date(meaning, node, at)
    if meaning is None or meaning.kind == kind:
        return meaning.expr if meaning else None
    wrong_kind(node, kind, meaning.kind, at)
    return None


def wrong_kind(node: ast.expr, wanted: Kind, got: Kind, at: Reader) -> None:
    """Note that a node is of another kind than its place needs."""
    kinds = {
        "wanted_zh": KIND_ZH[wanted],
        "wanted_en": KIND_EN[wanted],
        "got_zh": KIND_ZH[got],
        "got_en": KIND_EN[got],
    }
    fix_zh, fix_en = _KIND_FIX[wanted]
    note(messages.WRONG_KIND, node, at, text=source_of(node, at), fix_zh=fix_zh, fix_en=fix_en, **kinds)


def note(message: Message, node: ast.expr | ast.keyword, at: Reader, **values: object) -> None:
    at.say(message, offset_of(node, at), **values)


def offset_of(node: ast.expr | ast.keyword, at: Reader) -> int:
    return len(at.text.encode()[: node.col_offset].decode())


def segment(node: ast.expr, at: Reader) -> str:
    return at.text.encode()[node.col_offset : node.end_col_offset].decode()


def source_of(node: ast.expr, at: Reader) -> str:
    return shown(segment(node, at))


def near_words(word: str, known: Iterable[str]) -> dict[str, str]:
    """Return the hints of a message about an unknown name; where an expression can name nothing, they say so."""
    names = tuple(known)
    return (
        hints(word, names) if names else {"near_zh": "这里还没有可用的名称", "near_en": "nothing is known by name here"}
    )


def as_date(meaning: Meaning, node: ast.expr, at: Reader) -> Meaning | None:
    """Return a text constant as the date it writes; anything else as it is."""
    if not (isinstance(meaning.expr, Constant) and isinstance(meaning.expr.value, str)):
        return meaning
    day = parse_date(meaning.expr.value)
    if day is None:
        note(messages.NOT_A_DATE, node, at, text=source_of(node, at))
        return None
    return Meaning(Constant(day), "date")


def dotted_name(node: ast.expr) -> str | None:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (before := dotted_name(node.value)):
        return f"{before}.{node.attr}"
    return None


def all_of(parts: Iterable[Expr | None]) -> tuple[Expr, ...] | None:
    """Return all parts, each read to the end so that every mistake is noted, or None where one failed."""
    found = tuple(parts)
    whole = tuple(part for part in found if part is not None)
    return whole if len(whole) == len(found) else None


def kinds_differ(left: ast.expr, first: Meaning, right: ast.expr, second: Meaning, at: Reader) -> None:
    kinds = {"left_zh": KIND_ZH[first.kind], "left_en": KIND_EN[first.kind]}
    kinds |= {"right_zh": KIND_ZH[second.kind], "right_en": KIND_EN[second.kind]}
    note(messages.KINDS_DIFFER, right, at, left=source_of(left, at), right=source_of(right, at), **kinds)
    return
