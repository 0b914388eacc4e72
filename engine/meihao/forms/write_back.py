"""A user's workbook and its errors in; the same workbook with comments, a column of errors and a summary out.

What an earlier import wrote is taken off first. Everything that is written is a text, whatever sign it begins with.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from copy import copy
from typing import Any

from msgspec import Struct

from ..core.label import Label, Lang
from ..core.problems import Problems, Source
from ..evidence.columns import HEADINGS_WITHIN, columns_of_errors
from . import messages as m
from .cell_errors import SEVERITIES, CellError
from .layout import ERRORS, ERRORS_HEADING
from .style import height
from .summary import write_summary
from .texts import put

MARK = "—— 美好 meihao ——"
AUTHOR = "美好 meihao"
MOST_CELLS = 400_000  # beyond that writing takes minutes
WIDTH, HEIGHT = 380, 90
_LOST: tuple[tuple[str, Label], ...] = (
    ("xl/charts/", Label("图表", "charts")),
    ("xl/media/", Label("图片", "pictures")),
    ("xl/pivottables/", Label("数据透视表", "pivot tables")),
    ("xl/slicers/", Label("切片器", "slicers")),
    ("xl/ctrlprops/", Label("控件", "controls")),
    ("xl/activex/", Label("控件", "controls")),
    ("xl/threadedcomments/", Label("批注讨论", "threaded comments")),
)
_SHAPES = (b"Anchor", Label("图形", "drawings"))  # in a part of drawings; some programs write empty ones
_EXTENSIONS = (b"<x14:", Label("迷你图、扩展的条件格式等", "sparklines and extended formats"))
_UNWRITABLE = (ValueError, KeyError, TypeError, IndexError, AttributeError, zipfile.BadZipFile)


class Written(Struct, frozen=True):
    """The workbook with its errors, None where it cannot be written, and what must be said of that."""

    data: bytes | None
    problems: Problems = ()


def write_back(
    data: bytes, file: str, errors: Sequence[CellError], tops: Mapping[str, int], lang: Lang, cells: int = 0
) -> Written:
    """Return a user's workbook with its errors. `tops` are the rows of headings by sheet, 0 for a sheet without."""
    at = Source(file)
    if cells > MOST_CELLS:
        return Written(None, (m.TOO_BIG_TO_WRITE.at(at, cells=cells),))
    from openpyxl import load_workbook  # late: only who has errors needs it

    try:
        book = load_workbook(io.BytesIO(data), rich_text=True, keep_links=False)
        _clean(book)
        _mark(book, errors, tops, lang)
        if errors:
            write_summary(book, errors, lang)
        _first(book)
        stream = io.BytesIO()
        book.save(stream)
    except _UNWRITABLE as wrong:
        return Written(None, (m.NOT_WRITABLE_BOOK.at(at, why=type(wrong).__name__),))
    lost = losses(data)
    names = {"what_zh": "、".join(label.zh for label in lost), "what_en": ", ".join(label["en"] for label in lost)}
    return Written(stream.getvalue(), (m.WOULD_LOSE.at(at, **names),) if lost else ())


def losses(data: bytes) -> tuple[Label, ...]:
    """Return what a workbook holds that writing it back does not keep."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        found = [label for part, label in _LOST if any(name.lower().startswith(part) for name in names)]
        for part, (sign, label) in (("xl/worksheets/sheet", _EXTENSIONS), ("xl/drawings/drawing", _SHAPES)):
            inside = (name for name in names if name.lower().startswith(part))
            found += [label] if any(sign in archive.read(name) for name in inside) else []
    special = [label for label in found if label is not _SHAPES[1]]
    return tuple(dict.fromkeys(special or found))


# ---- what an earlier import wrote


def _clean(book: Any) -> None:
    """Take off the summary, the comments and the texts in columns of errors."""
    for name in (ERRORS.zh, ERRORS["en"]):
        if name in book.sheetnames:
            del book[name]
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.comment is not None:
                    _uncomment(cell)
        for top, column in _columns_of_errors(sheet):
            for row in range(top + 1, sheet.max_row + 1):
                if sheet.cell(row, column).value is not None:
                    sheet.cell(row, column).value = None


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
