"""Writes the sheet that lists all errors, each with a link to its cell, as the first sheet of the user's workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from ..core.label import Label, Lang
from ..evidence.messages import CORRECTED, TIDIED
from .cell_errors import SEVERITIES, CellError
from .layout import ERRORS
from .style import FONT, height
from .texts import put

COLUMNS: tuple[tuple[Label, int], ...] = (
    (Label("序号", "No."), 6),
    (Label("程度", "Severity"), 12),
    (Label("位置", "Place"), 22),
    (Label("单位或行", "Unit or row"), 16),
    (Label("填报项", "Item"), 22),
    (Label("现在的值", "Value"), 16),
    (Label("问题", "What is wrong"), 44),
    (Label("怎样改", "How to mend it"), 36),
    (Label("规则", "Rule"), 8),
    (Label("条款", "Clause"), 20),
)
_PLACE = 3
MARGIN = 0.4  # inches
_LINE, _FULL = 16, 0.94  # points of a line; how much of a column letters fill
CORRECTIONS = (CORRECTED.code, TIDIED.code)
_ORDER = tuple(SEVERITIES)


def write_summary(book: Any, errors: Sequence[CellError], lang: Lang) -> None:
    """Put the list of errors before all other sheets: errors first, then warnings, then what was corrected."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    line, font = Border(*[Side(style="thin", color="999999")] * 4), Font(name=FONT[lang], size=10)
    sheet = book.create_sheet(ERRORS[lang], 0)
    put(sheet.cell(1, 1), headline(errors, lang))
    sheet.cell(1, 1).font = Font(name=FONT[lang], bold=True, size=14)
    for column, (label, width) in enumerate(COLUMNS, 1):
        put(sheet.cell(2, column), label[lang])
        sheet.cell(2, column).font = Font(name=FONT[lang], size=10, bold=True)
        sheet.cell(2, column).border = line
        sheet.cell(2, column).fill = PatternFill("solid", fgColor="E7E6E6")
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheets = {name: place for place, name in enumerate(book.sheetnames)}
    ordered = sorted(errors, key=lambda error: (_ORDER.index(error.severity), sheets.get(error.sheet, 0)))
    for number, error in enumerate(ordered, 1):
        texts = _row(number, error, lang)
        for column, text in enumerate(texts, 1):
            cell = sheet.cell(number + 2, column)
            put(cell, text)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.border, cell.font = line, font
        sheet.row_dimensions[number + 2].height = _height(texts)
        _link(book, sheet.cell(number + 2, _PLACE), error)
    _page(sheet, len(ordered) + 2)


def headline(errors: Sequence[CellError], lang: Lang) -> str:
    """Return how many errors, warnings and corrections there are.

    >>> headline((), "zh")
    '错误0处，提醒0处，提示0处（已自动更正0处）'
    """
    count = Counter(error.severity for error in errors)
    corrected = sum(error.rule in CORRECTIONS for error in errors)
    if lang == "zh":
        parts = "，".join(f"{label.zh}{count[severity]}处" for severity, label in SEVERITIES.items())
        return f"{parts}（已自动更正{corrected}处）"
    parts = ", ".join(f"{label['en']}s: {count[severity]}" for severity, label in SEVERITIES.items())
    return f"{parts} (corrected: {corrected})"


def _row(number: int, error: CellError, lang: Lang) -> tuple[str, ...]:
    severity, row = SEVERITIES[error.severity][lang], error.unit or error.row_key
    words = (error.label[lang], error.value, error.message(lang), error.fix(lang), error.rule, error.clause[lang])
    return (str(number), severity, error.place(), row, *words)


def _height(texts: Sequence[str]) -> float:
    """Return the height of a row that shows all of its texts."""
    return max(height(text, width * _FULL, _LINE) for text, (_, width) in zip(texts, COLUMNS, strict=True)) + 4


def _link(book: Any, cell: Any, error: CellError) -> None:
    """Lead from a place in the list to the cell itself, inside the workbook."""
    from openpyxl.styles import Font
    from openpyxl.worksheet.hyperlink import Hyperlink

    if error.cell and error.sheet in book.sheetnames:
        name = error.sheet.replace("'", "''")
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{name}'!{error.cell}")
        cell.font = Font(name=cell.font.name, size=cell.font.size, underline="single", color="0563C1")


def _page(sheet: Any, last: int) -> None:
    sheet.freeze_panes = "A3"
    sheet.auto_filter.ref = f"A2:J{last}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    for side in ("left", "right", "top", "bottom"):
        setattr(sheet.page_margins, side, MARGIN)
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "2:2"
