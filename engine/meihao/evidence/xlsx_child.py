"""Reads a workbook on standard input and writes its sheets, column by column. It runs as a process of its own, under limits.

A workbook can make the reading library abort, hang or eat memory: here that costs nothing but this process.
"""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import msgspec

from ..core.limits import limit_process
from . import xlsx_guard
from .xlsx_facts import SheetFacts
from .xlsx_guard import WorkbookRefused

MEMORY = 768 << 20
SECONDS = 15
TOP = 20
_PLAIN = {str, bool, int, float}
_NUMBERS = {int, float, type(None)}


def main() -> None:
    """Answer `{"sheets": […]}` or `{"refused": reason, "values": {…}}`; whatever else happens, the parent says that we died."""
    limit_process(MEMORY, SECONDS)
    gc.disable()  # nothing here is garbage before the end
    data = sys.stdin.buffer.read()
    answer: dict[str, object]
    try:
        answer = {"sheets": read(data)}
    except WorkbookRefused as refused:
        answer = {"refused": refused.reason, "values": refused.values}
    sys.stdout.buffer.write(msgspec.msgpack.encode(answer))
    sys.stdout.buffer.flush()
    os._exit(0)  # the system lets go of a million cells sooner than we do


def read(data: bytes) -> list[dict[str, Any]]:
    """Return every sheet of a workbook: name, hidden, columns, and what the guard saw. Raises Refused."""
    facts = xlsx_guard.inspect(xlsx_guard.open_package(data))
    try:
        import python_calamine as calamine
    except ImportError:
        raise WorkbookRefused("no_calamine") from None
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        seen = [
            (sheet.name, sheet.visible != calamine.SheetVisibleEnum.Visible)
            for sheet in book.sheets_metadata
            if sheet.typ == calamine.SheetTypeEnum.WorkSheet
        ]
        most = xlsx_guard.Box()
        return [
            _sheet(name, hidden, most.fits(book.get_sheet_by_name(name).to_python(skip_empty_area=False)), facts)
            for name, hidden in seen
        ]
    except (calamine.CalamineError, calamine.WorksheetNotFound, ValueError) as wrong:
        raise WorkbookRefused("broken", what=str(wrong)[:80]) from wrong


def _sheet(name: str, hidden: bool, grid: list[list[Any]], all_facts: dict[str, SheetFacts]) -> dict[str, Any]:
    facts = all_facts.get(name) or SheetFacts()
    _put_errors(grid, facts)
    columns = msgspec.msgpack.encode([_sent(cells) for cells in zip(*grid, strict=True)])
    if len(columns) > xlsx_guard.MOST_TEXT and (length := _length(grid)) > xlsx_guard.MOST_TEXT:
        raise WorkbookRefused("too_big", what_zh="字数", what_en="characters", size=length, limit=xlsx_guard.MOST_TEXT)
    return {
        "name": name,
        "hidden": hidden,
        "columns": columns,
        "merged": facts.merged,
        "formulas": facts.formulas,
        "uncomputed": facts.uncomputed,
        "percents": facts.percents,
    }


def _put_errors(grid: list[list[Any]], facts: SheetFacts) -> None:
    """Write the names of errors into their cells; the reader leaves those empty."""
    width = max((len(row) for row in grid), default=0)
    far = max([width, *(column for _, column in facts.errors)])
    while len(grid) < max((row for row, _ in facts.errors), default=0):
        grid.append([""] * width)
    for row in grid if far > width else ():
        row += [""] * (far - width)
    for (row_number, column), text in facts.errors.items():
        grid[row_number - 1][column - 1] = text


def _sent(cells: tuple[Any, ...]) -> tuple[list[Any], bool, bytes]:
    """Return a column as it is sent: the texts on top, whether only numbers stand below, gaps aside, and what does.

    Nothing but dates, times and such needs a look at each cell.
    """
    top = next((n for n, cell in enumerate(cells[:TOP]) if type(cell) is not str), 0)
    below: Sequence[Any] = cells[top:] if top else cells
    kinds = set(map(type, below))
    if str in kinds and float in kinds:
        below = [None if cell == "" else cell for cell in below]
        kinds = set(map(type, below))
    if not kinds <= _PLAIN | _NUMBERS:
        below = list(map(_sent_cell, below))
    return list(cells[:top]), kinds <= _NUMBERS, msgspec.msgpack.encode(below)


def _sent_cell(cell: Any) -> Any:
    if cell is None or isinstance(cell, str | bool | int | float):
        return cell
    if isinstance(cell, datetime) and cell == datetime(cell.year, cell.month, cell.day):
        return {"date": cell.date().isoformat()}
    return {"date": cell.isoformat()} if isinstance(cell, date) and not isinstance(cell, datetime) else str(cell)


def _length(grid: list[list[Any]]) -> int:
    return sum(len(cell) for row in grid for cell in row if type(cell) is str)


if __name__ == "__main__":
    main()
