"""Writes a user's errors into a copy of the workbook, as comments, a column and a summary, and says what the copy lost.

What an earlier import wrote is taken off first. Everything that is written is a text, whatever sign it begins with. This runs
in the process of `marking_child`, under limits: openpyxl may raise, hang or eat memory for what is in a workbook.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from datetime import datetime
from typing import Any

from msgspec import Struct

from ..core.label import Label, Lang
from ..evidence.columns import HEADINGS_WITHIN, columns_of_errors
from .cell_errors import SEVERITIES, CellError
from .layout import ERRORS, ERRORS_HEADING
from .mended import Mended, put_in
from .style import height
from .summary import write_summary
from .texts import put

MARK = "—— 美好 meihao ——"
AUTHOR = "美好 meihao"
WIDTH, HEIGHT = 380, 90
MOST_SPREAD = 50_000  # cells below merged areas and links: openpyxl makes each of them
_LOST: tuple[tuple[str, Label], ...] = (
    ("xl/charts/", Label("图表", "charts")),
    ("xl/chartsheets/", Label("图表", "charts")),
    ("xl/media/", Label("图片", "pictures")),
    ("xl/embeddings/", Label("嵌入的对象", "embedded objects")),
    ("xl/pivottables/", Label("数据透视表", "pivot tables")),
    ("xl/slicers/", Label("切片器", "slicers")),
    ("xl/ctrlprops/", Label("控件", "controls")),
    ("xl/activex/", Label("控件", "controls")),
    ("xl/threadedcomments/", Label("批注讨论", "threaded comments")),
)
_KEPT = re.compile(  # parts that are written again, or hold nothing that a person put there
    r"\[content_types\]\.xml|(.*/)?_rels/[^/]*\.rels|docprops/.*|customxml/.*|"
    r"xl/(workbook|styles|sharedstrings|calcchain)\.xml|xl/theme/.*|xl/printersettings/.*|xl/persons/.*|"
    r"xl/worksheets/[^/]*\.xml|xl/tables/.*|xl/comments[^/]*|xl/comments/.*|xl/drawings/.*\.(xml|vml)|.*/"
)
_SHAPES = (b"Anchor", Label("图形", "drawings"))  # in a part of drawings; some programs write empty ones
_EXTENSIONS = (b"<x14:", Label("迷你图、扩展的条件格式等", "sparklines and extended formats"))
_DATES = "docProps/core.xml"
_SPREAD = re.compile(rb"<(?:\w+:)?(?:mergeCell|hyperlink)\s[^<>]*?\bref=[\"']([^\"']*)[\"']")
_AREA = re.compile(rb"\$?([A-Z]{1,3})\$?([0-9]{1,7}):\$?([A-Z]{1,3})\$?([0-9]{1,7})\Z")


class MarkingJob(Struct, frozen=True):
    """A workbook, its errors, the rows of headings by sheet (0 for a sheet without), and values to correct."""

    data: bytes
    errors: tuple[CellError, ...]
    tops: Mapping[str, int]
    lang: Lang
    mended: tuple[Mended, ...] = ()


class Marked(Struct, frozen=True):
    """The workbook with its errors and what it lacks of the original; a reason where it was not written."""

    data: bytes = b""
    lost: tuple[Label, ...] = ()
    refused: Label | None = None


def mark(order: MarkingJob) -> Marked:
    """Return a workbook with its errors written into it. Raises whatever openpyxl does."""
    with zipfile.ZipFile(io.BytesIO(order.data)) as archive:
        if (spread := sum(_spread(archive))) > MOST_SPREAD:
            over = Label(f"合并和链接盖住{spread}格，最多{MOST_SPREAD}格",
                         f"merged areas and links cover {spread} cells, at most {MOST_SPREAD}")  # fmt: skip
            return Marked(refused=over)
    from openpyxl import load_workbook  # late, both: only who has errors needs them

    from .saving import saved

    book = load_workbook(io.BytesIO(order.data), rich_text=True, keep_links=False)
    _clean(book)
    put_in(book, order.mended)
    _mark(book, order.errors, order.tops, order.lang)
    if order.errors:
        write_summary(book, order.errors, order.lang)
    _first(book)
    _undated(book, order.data)
    return Marked(saved(book), losses(order.data))


def losses(data: bytes) -> tuple[Label, ...]:
    """Return what a workbook holds that writing it back does not keep."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        found = [label for part, label in _LOST if any(name.lower().startswith(part) for name in names)]
        for part, (sign, label) in (("xl/worksheets/sheet", _EXTENSIONS), ("xl/drawings/drawing", _SHAPES)):
            inside = (name for name in names if name.lower().startswith(part))
            found += [label] if any(sign in archive.read(name) for name in inside) else []
    special = [label for label in found if label is not _SHAPES[1]]
    known = tuple(part for part, _ in _LOST)
    others = [n for n in names if not _KEPT.fullmatch(n.lower()) and not n.lower().startswith(known)]
    unknown = [Label(f"部件{others[0][:60]}", f"the part {others[0][:60]}")] if others else []
    return tuple(dict.fromkeys((*(special or found), *unknown)))


def _spread(archive: zipfile.ZipFile) -> Iterator[int]:
    """Yield how many cells each merged area and each link of several cells covers."""
    for name in archive.namelist():
        if name.lower().startswith("xl/worksheets/") and name.lower().endswith(".xml"):
            yield from map(_covered, _SPREAD.findall(archive.read(name)))


def _covered(reference: bytes) -> int:
    """Return how many cells an area has.

    >>> _covered(b"A1:C2"), _covered(b"A1")
    (6, 1)
    """
    found = _AREA.match(reference)
    if found is None:
        return 1
    left, right = _column_number(found[1]), _column_number(found[3])
    return max(right - left + 1, 1) * max(int(found[4]) - int(found[2]) + 1, 1)


def _column_number(letters: bytes) -> int:
    number = 0
    for sign in letters:
        number = number * 26 + sign - 64
    return number


# ---- what an earlier import wrote


def _clean(book: Any) -> None:
    """Take off the summary, the comments and the texts in columns of errors."""
    for name in (ERRORS.zh, ERRORS["en"]):
        if name in book.sheetnames:
            del book[name]
    for sheet in book.worksheets:
        there = tuple(sheet._cells.items())  # going through rows would make every cell that is not there
        for _, cell in there:
            if cell.comment is not None:
                _uncomment(cell)
        tops = {column: top for top, column in reversed(_columns_of_errors(sheet))}
        for (row, column), cell in there:
            if row > tops.get(column, row) and cell.value is not None:
                cell.value = None


def _uncomment(cell: Any) -> None:
    own, mark, _ = cell.comment.text.partition(MARK)
    if mark:
        kept = copy(cell.comment) if own.strip() else None
        if kept is not None:
            kept.text = own.rstrip("\n")
        cell.comment = kept


def _columns_of_errors(sheet: Any) -> tuple[tuple[int, int], ...]:
    return columns_of_errors(sheet.iter_rows(max_row=min(HEADINGS_WITHIN, sheet.max_row), values_only=True))


# ---- what this import writes


def _mark(book: Any, errors: Sequence[CellError], tops: Mapping[str, int], lang: Lang) -> None:
    """Write comments and the column of errors; what was corrected by itself stands in the summary alone."""
    told = [error for error in errors if error.severity != "notice" and error.sheet in book.sheetnames]
    for name in dict.fromkeys(error.sheet for error in told):
        sheet, own = book[name], [error for error in told if error.sheet == name]
        _comments(sheet, own, lang)
        if top := tops.get(name, 0):
            _column(sheet, own, top, lang)


def _comments(sheet: Any, errors: Sequence[CellError], lang: Lang) -> None:
    from openpyxl.comments import Comment

    by_cell: dict[str, list[str]] = {}
    for error in errors:
        if error.cell:
            by_cell.setdefault(error.cell, []).append(f"{SEVERITIES[error.severity][lang]}：{error.text(lang)}")
    for place, texts in by_cell.items():
        cell = sheet[place]
        if type(cell).__name__ == "MergedCell":
            continue
        before = f"{cell.comment.text}\n" if cell.comment is not None else ""
        cell.comment = Comment("\n".join((before + MARK, *texts)), AUTHOR, height=HEIGHT, width=WIDTH)


def _column(sheet: Any, errors: Sequence[CellError], top: int, lang: Lang) -> None:
    """Write the errors of each row into its cell of the column of errors, which can be filtered."""
    from openpyxl.styles import Alignment

    column = next((column for _, column in _columns_of_errors(sheet)), 0) or _new_column(sheet, top, lang)
    rows: dict[int, list[str]] = {}
    for error in errors:
        if error.row > top:
            rows.setdefault(error.row, []).append(error.text(lang))
    for row, texts in rows.items():
        cell = sheet.cell(row, column)
        text = "\n".join(dict.fromkeys(texts))
        put(cell, text)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        _raise(sheet, row, text, column)
    _filter(sheet, top, column)
    _print(sheet, column)


def _new_column(sheet: Any, top: int, lang: Lang) -> int:
    """Return a new last column, headed like the one before it."""
    from openpyxl.utils import get_column_letter

    last = max((cell.column for cell in sheet[top] if cell.value is not None), default=0)
    column = max(last, sheet.max_column) + 1
    head = sheet.cell(top, column)
    put(head, ERRORS_HEADING[lang])
    if last:
        head._style = copy(sheet.cell(top, last)._style)
    sheet.column_dimensions[get_column_letter(column)].width = 40
    return int(column)


def _filter(sheet: Any, top: int, column: int) -> None:
    """Let the filter of a sheet reach the column of errors; a sheet of tables keeps its own."""
    from openpyxl.utils import get_column_letter, range_boundaries

    if sheet.tables:
        return
    left, first, right, last = 1, top, column, max(sheet.max_row, top)
    if sheet.auto_filter.ref:
        left, first, right, last = range_boundaries(sheet.auto_filter.ref)
    area = (min(left, column), first, max(right, column), last)
    sheet.auto_filter.ref = f"{get_column_letter(area[0])}{area[1]}:{get_column_letter(area[2])}{area[3]}"


def _raise(sheet: Any, row: int, text: str, column: int) -> None:
    """Make a row of fixed height as high as its errors are; programs fit the others by themselves."""
    from openpyxl.utils import get_column_letter

    wide = sheet.column_dimensions[get_column_letter(column)].width
    now = sheet.row_dimensions[row].height
    if now is not None:
        sheet.row_dimensions[row].height = max(now, height(text, wide * 0.95, 14) + 4)


def _print(sheet: Any, column: int) -> None:
    """Let a print area reach the column of errors, so that they are on paper as well."""
    from openpyxl.utils import get_column_letter, range_boundaries

    area = str(sheet.print_area or "").rpartition("!")[2]
    if area and "," not in area:
        left, first, right, last = range_boundaries(area)
        sheet.print_area = f"{get_column_letter(left)}{first}:{get_column_letter(max(right, column))}{last}"


def _first(book: Any) -> None:
    """Open the workbook at its first sheet, and have formulas computed anew."""
    book.active = 0
    for number, sheet in enumerate(book.worksheets):
        sheet.sheet_view.tabSelected = number == 0
    book.calculation.fullCalcOnLoad = True


def _undated(book: Any, data: bytes) -> None:
    """Date a workbook that states no date by the first day of archives: openpyxl would put the present moment."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        stated = archive.read(_DATES) if _DATES in archive.namelist() else b""
    for name in ("created", "modified"):
        if name.encode() not in stated:
            setattr(book.properties, name, datetime(1980, 1, 1))
