"""Writes the marked copy of a user's workbook, and keeps it only if it reads the same as the original.

openpyxl writes in a process of its own, under limits; whatever happens there is a problem of this one file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
from msgspec import Struct

from ..core.child import ask, command_of
from ..core.label import Label, Lang
from ..core.problems import Problems, Source, errors
from ..evidence.xlsx_file import read_xlsx
from . import messages as m
from .cell_errors import CellError
from .marked_book import Marked, MarkingJob
from .same_book import difference

MOST_CELLS = 400_000  # beyond that writing takes minutes
SECONDS = 30
CHILD = command_of("meihao.forms.marking_child")
_ENDS: Mapping[str, Label] = {
    "timeout": Label("用时太长", "it takes too long"),
    "signal 9": Label("用时太长", "it takes too long"),
    "signal 24": Label("用时太长", "it takes too long"),
    "no start": Label("内存不够", "there is not enough memory"),
}
_OTHER_END = Label("里面有写不了的东西，或太大", "it holds what cannot be written, or is too large")


class WrittenBack(Struct, frozen=True):
    """The workbook with its errors, None where it cannot be written, what it lost, and what must be said of that."""

    data: bytes | None
    problems: Problems = ()
    lost: tuple[Label, ...] = ()


def write_back(
    data: bytes, file: str, told: Sequence[CellError], tops: Mapping[str, int], lang: Lang, cells: int = 0
) -> WrittenBack:
    """Return a user's workbook with its errors. `tops` are the rows of headings by sheet, 0 for a sheet without. Never raises."""
    at = Source(file)
    if cells > MOST_CELLS:
        return WrittenBack(None, (m.TOO_BIG_TO_WRITE.at(at, cells=cells),))
    marked = _marked(MarkingJob(data, tuple(told), tops, lang))
    if marked.refused is None and (unlike := _unlike(data, marked.data)):
        return WrittenBack(None, (m.COPY_DIFFERS.at(at, why=unlike),))
    if marked.refused is not None:
        return WrittenBack(None, (m.NOT_WRITABLE_BOOK.at(at, why=marked.refused),))
    names = {
        "what_zh": "、".join(one.zh for one in marked.lost),
        "what_en": ", ".join(one["en"] for one in marked.lost),
    }
    return WrittenBack(marked.data, (m.WOULD_LOSE.at(at, **names),) if marked.lost else (), marked.lost)


def _marked(order: MarkingJob) -> Marked:
    """Return what the child wrote, or why it did not."""
    said = ask(msgspec.msgpack.encode(order), CHILD, SECONDS)
    if isinstance(said, str):
        return Marked(refused=_ENDS.get(said, _OTHER_END))
    try:
        return msgspec.msgpack.decode(said, type=Marked)
    except msgspec.DecodeError:
        return Marked(refused=_OTHER_END)


def _unlike(data: bytes, copy: bytes) -> Label | None:
    """Return what a copy lacks of the original, both read anew by the reader of evidence."""
    before, problems = read_xlsx(data, "")
    after, found = read_xlsx(copy, "")
    if wrong := errors((*problems, *found)):
        return Label(f"读不了：{wrong[0].message_zh}", f"it cannot be read: {wrong[0].message_en}")
    return difference(before, after)
