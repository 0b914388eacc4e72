"""A workbook on standard input; its sheets as JSON on standard output. Run as a process of its own, under limits.

A workbook can make the reading library abort, hang or eat memory: here that costs nothing but this process. Numbers leave
as the shortest decimal that gives the same double.
"""

from __future__ import annotations

import io
import json
import sys
from datetime import date, datetime
from typing import Any

from . import xlsx_guard
from .xlsx_guard import Refused, SheetFacts

MEMORY = 768 << 20
SECONDS = 15


def limit() -> None:
    """Put limits of memory and processor time on this process, where the system has them."""
    try:
        import resource
    except ImportError:  # Windows: the parent's clock alone
        return
    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_CORE, 0)):
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):
            continue


def main() -> None:
    """Answer `{"sheets": […]}` or `{"refused": reason, "values": {…}}`; whatever else happens, the parent says that we died."""
    limit()
    data = sys.stdin.buffer.read()
    answer: dict[str, object]
    try:
        answer = {"sheets": read(data)}
    except Refused as refused:
        answer = {"refused": refused.reason, "values": refused.values}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False, default=_plain).encode("utf-8", "replace"))


def read(data: bytes) -> list[dict[str, Any]]:
    """Return every sheet of a workbook: name, hidden, rows, and what the guard saw. Raises Refused."""
    facts = xlsx_guard.inspect(xlsx_guard.open_package(data))
    try:
        import python_calamine as calamine
    except ImportError:
        raise Refused("no_calamine") from None
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        seen = [
            (sheet.name, sheet.visible != calamine.SheetVisibleEnum.Visible)
            for sheet in book.sheets_metadata
            if sheet.typ == calamine.SheetTypeEnum.WorkSheet
        ]
        return [
            _sheet(name, hidden, book.get_sheet_by_name(name).to_python(skip_empty_area=False), facts.get(name))
            for name, hidden in seen
        ]
    except (calamine.CalamineError, calamine.WorksheetNotFound, ValueError) as wrong:
        raise Refused("broken", what=str(wrong)[:80]) from wrong


def _sheet(name: str, hidden: bool, grid: list[list[Any]], facts: SheetFacts | None) -> dict[str, Any]:
    facts = facts or SheetFacts()
    percents = set(facts.percents)
    length = sum(len(cell) for row in grid for cell in row if isinstance(cell, str))
    if length > xlsx_guard.MOST_TEXT:
        raise Refused("too_big", what_zh="字数", what_en="characters", size=length, limit=xlsx_guard.MOST_TEXT)
    rows = [[_cell(cell, (r, c) in percents) for c, cell in enumerate(row, 1)] for r, row in enumerate(grid, 1)]
    for (row, column), text in facts.errors.items():
        while len(rows) < row:
            rows.append([])
        rows[row - 1] += [None] * (column - len(rows[row - 1]))
        rows[row - 1][column - 1] = text
    for cells in rows:
        while cells and cells[-1] is None:
            cells.pop()
    while rows and not rows[-1]:
        rows.pop()
    return {
        "name": name,
        "hidden": hidden,
        "rows": rows,
        "merged": facts.merged,
        "formulas": facts.formulas,
        "uncomputed": facts.uncomputed,
    }


def _cell(cell: Any, percent: bool) -> Any:
    if isinstance(cell, str):
        return cell if cell.strip() else None
    if percent and isinstance(cell, int | float) and not isinstance(cell, bool):
        return {"percent": cell}
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return int(cell)
    return cell


def _plain(cell: Any) -> Any:
    """Return a date as such, any other time as the text that no field accepts."""
    if isinstance(cell, datetime) and cell == datetime(cell.year, cell.month, cell.day):
        return {"date": cell.date().isoformat()}
    return {"date": cell.isoformat()} if isinstance(cell, date) and not isinstance(cell, datetime) else str(cell)


if __name__ == "__main__":
    main()
