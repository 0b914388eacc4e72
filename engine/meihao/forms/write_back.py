"""Writes the marked or corrected copy of a user's workbook, and keeps it only if it reads the same as the original.

openpyxl writes in a process of its own, under limits; whatever happens there is a problem of this one file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from msgspec import Struct

from ..core.child import ask, command_of
from ..core.label import Label, Lang
from ..core.problems import Problem, Problems, Source, errors
from ..evidence import xlsx_guard
from ..evidence.columns import Sheet
from ..evidence.places import row_and_column
from ..evidence.xlsx_file import read_xlsx
from . import messages as m
from .cell_errors import CellError
from .marked_book import Marked, MarkingJob, losses
from .mended import Mended, places_of, shows
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
    if marked.refused is not None:
        return WrittenBack(None, (m.NOT_WRITABLE_BOOK.at(at, why=marked.refused),))
    if unlike := _unlike(data, marked.data):
        return WrittenBack(None, (m.COPY_DIFFERS.at(at, why=unlike),))
    return WrittenBack(marked.data, (_would_lose(at, marked.lost),) if marked.lost else (), marked.lost)


def mend(data: bytes, file: str, values: Sequence[Mended], lang: Lang) -> WrittenBack:
    """Return a user's workbook with corrected values, and without the errors of an earlier import. Never raises.

    None where anything else of the workbook would be lost or differ.
    """
    at = Source(file)
    before, problems = read_xlsx(data, file)
    if problems := errors(problems) or not_mendable(data, file, before):
        return WrittenBack(None, problems)
    if stranger := next((one for one in values if not _there(one, before)), None):
        return WrittenBack(None, (m.NO_SUCH_CELL.at(at, place=f"{stranger.sheet}!{stranger.cell}"[:60]),))
    marked = _marked(MarkingJob(data, (), {}, lang, tuple(values)))
    if marked.refused is not None:
        return WrittenBack(None, (m.NOT_WRITABLE_BOOK.at(at, why=marked.refused),))
    if unlike := _unlike(data, marked.data, values):
        return WrittenBack(None, (m.COPY_DIFFERS.at(at, why=unlike),))
    return WrittenBack(marked.data)


def not_mendable(data: bytes, file: str, sheets: Iterable[Sheet]) -> Problems:
    """Return why values of a workbook that was read cannot be corrected in it: it is too large, or something would be lost."""
    cells = sum(len(sheet.rows) * max(map(len, sheet.rows), default=0) for sheet in sheets)
    if cells > MOST_CELLS:
        return (m.TOO_BIG_TO_MEND.at(Source(file), cells=cells),)
    try:
        lost = losses(data)
    except xlsx_guard.UNREADABLE:  # of a part that nobody has read so far
        return (m.NOT_WRITABLE_BOOK.at(Source(file), why=_OTHER_END),)
    return (m.MENDING_LOSES.at(Source(file), **_named(lost)),) if lost else ()


def _there(value: Mended, sheets: Sequence[Sheet]) -> bool:
    """Say whether a cell lies in a sheet as far as it reaches, and is not hidden below the first of a merged area."""
    sheet = next((one for one in sheets if one.name == value.sheet), None)
    place = row_and_column(value.cell)
    if sheet is None or place is None:
        return False
    row, column = place
    hidden = any(
        top <= row <= bottom and left <= column <= right and (top, left) != place
        for top, left, bottom, right in sheet.merged
    )
    return row <= len(sheet.rows) + 1 and column <= xlsx_guard.MOST_COLUMNS and not hidden


def _would_lose(at: Source, lost: Sequence[Label]) -> Problem:
    return m.WOULD_LOSE.at(at, **_named(lost))


def _named(lost: Sequence[Label]) -> dict[str, str]:
    return {"what_zh": "、".join(one.zh for one in lost), "what_en": ", ".join(one["en"] for one in lost)}


def _marked(order: MarkingJob) -> Marked:
    """Return what the child wrote, or why it did not."""
    said = ask(msgspec.msgpack.encode(order), CHILD, SECONDS)
    if isinstance(said, str):
        return Marked(refused=_ENDS.get(said, _OTHER_END))
    try:
        return msgspec.msgpack.decode(said, type=Marked)
    except msgspec.DecodeError:
        return Marked(refused=_OTHER_END)


def _unlike(data: bytes, copy: bytes, mended: Sequence[Mended] = ()) -> Label | None:
    """Return what a copy lacks of the original or of what was corrected, both read anew by the reader of evidence."""
    before, problems = read_xlsx(data, "")
    after, found = read_xlsx(copy, "")
    if wrong := errors((*problems, *found)):
        return Label(f"读不了：{wrong[0].message_zh}", f"it cannot be read: {wrong[0].message_en}")
    sheets = {sheet.name: sheet for sheet in after}
    lacking = next((one for one in mended if one.sheet not in sheets or not shows(sheets[one.sheet], one)), None)
    if lacking:
        place = f"{lacking.sheet}!{lacking.cell}"
        return Label(f"{place}没有改成", f"{place} was not corrected")
    return difference(before, after, places_of(mended))
