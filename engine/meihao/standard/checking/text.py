"""Finds half-width punctuation and stray spaces in Chinese texts. What is quoted stays as it was printed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from ...core.problems import Problem, Problems, Source
from ...core.text import Label
from ..model import Basis, Field, Pack
from ..model.reads import is_expression
from . import messages as says

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_HALF = re.compile(rf"(?<=[{_HAN}”》）])[,;:?!()]|[,;:?!()](?=[{_HAN}“《（])")
_SPACED = re.compile(rf"[{_HAN}] +[0-9]|[0-9%％] +[{_HAN}]")
_FILLED = re.compile(r"\{[^{}]*\}")
_FULL = dict(zip(",;:?!()", "，；：？！（）", strict=True))


def check_text(pack: Pack) -> Problems:
    return tuple(problem for text, source in texts(pack, pack.source) for problem in _check(text, source))


def texts(record: object, source: Source) -> Iterator[tuple[str, Source]]:
    """Yield every Chinese text of a record and all inside it, with the nearest place that is known."""
    if isinstance(record, Label):
        yield record.zh, source
    elif isinstance(record, tuple):
        for entry in record:
            yield from texts(entry, source)
    elif isinstance(record, Struct) and not (is_expression(record) or isinstance(record, Source)):
        source = getattr(record, "source", source) if not isinstance(record, Basis) else source
        for text in _own(record):
            yield text, source
        for part in record.__struct_fields__:
            yield from texts(getattr(record, part), source)


def _own(record: object) -> tuple[str, ...]:
    """Return the texts that a record holds outside labels."""
    match record:
        case Basis():
            return (record.note,)
        case Field():
            return (record.necessity,)
        case _:
            return ()


def _check(text: str, source: Source) -> Iterator[Problem]:
    bare = _FILLED.sub("", text)
    if found := _HALF.search(bare):
        yield says.HALF_WIDTH.at(source, sign=found[0], full=_FULL[found[0]], text=_around(bare, found.start()))
    if found := _SPACED.search(bare):
        yield says.SPACE_AT_DIGITS.at(source, text=_around(bare, found.start()))


def _around(text: str, at: int) -> str:
    start, end = max(0, at - 8), at + 12
    return ("…" if start else "") + text[start:end].replace("\n", " ") + ("…" if end < len(text) else "")
