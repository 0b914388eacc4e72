"""The bytes of a workbook in; its sheets out. The parts are checked here, the cells read in a child process under limits."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Context, Decimal
from pathlib import Path
from typing import Any

from ..core.numbers import from_decimal, plain
from ..core.problems import Message, Problem, Problems, Source
from . import messages as m
from . import xlsx_guard
from .columns import Area, CellValue, Sheet, letters

SECONDS = 20
MOST_COVERED = 200_000
CHILD: tuple[str, ...] = ("-P", "-m", "meihao.evidence.xlsx_child")
_DIGITS = Context(prec=15)  # a spreadsheet shows no more; further ones come out of binary arithmetic
_SAID: Mapping[str, Message] = {
    "not_xlsx": m.NOT_XLSX,
    "unsafe": m.XLSX_UNSAFE,
    "macros": m.XLSX_MACROS,
    "links": m.XLSX_LINKS,
    "entities": m.XLSX_ENTITIES,
    "broken": m.XLSX_BROKEN,
    "too_big": m.TABLE_TOO_BIG,
    "no_calamine": m.NO_CALAMINE,
}


def read_xlsx(data: bytes, file: str, child: Sequence[str] = CHILD) -> tuple[tuple[Sheet, ...], Problems]:
    """Return the sheets of a workbook in its order, or why it is not read. Never raises for what is in the file."""
    try:
        xlsx_guard.open_package(data)
    except xlsx_guard.Refused as refused:
        return (), (_problem(refused.reason, refused.values, file),)
    answer = _ask(data, child)
    if isinstance(answer, str):
        return (), (m.XLSX_DIED.at(Source(file), how=answer),)
    if "refused" in answer:
        return (), (_problem(answer["refused"], answer["values"], file),)
    sheets = tuple(_sheet(one, file) for one in answer["sheets"])
    merged = sum(len(sheet.covered) for sheet in sheets)
    if merged >= MOST_COVERED:
        values = {"what_zh": "合并了的格数", "what_en": "merged cells", "size": merged, "limit": MOST_COVERED}
        return (), (m.TABLE_TOO_BIG.at(Source(file), **values),)
    return sheets, ()


def _ask(data: bytes, child: Sequence[str]) -> Any:
    """Return the child's answer, or in a word how it ended without one."""
    root = str(Path(__file__).parents[2])
    paths = os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])
    command = [sys.executable, *child]
    surroundings = {**os.environ, "PYTHONPATH": paths}
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, env=surroundings, check=False)
    except subprocess.TimeoutExpired:
        return "timeout"
    if done.returncode:
        return f"signal {-done.returncode}" if done.returncode < 0 else f"exit {done.returncode}"
    try:
        return json.loads(done.stdout, parse_float=_decimal, parse_constant=str)
    except ValueError:
        return "no answer"


def _decimal(text: str) -> Decimal:
    return _DIGITS.create_decimal(text)


def _problem(reason: str, values: Mapping[str, Any], file: str) -> Problem:
    if reason != "far_cell":
        return _SAID[reason].at(Source(file), **values)
    row, column = values["row"], values["column"]
    cell = f"{letters(column)}{row}"
    at = Source(file, values["sheet"], row=row, column=column, cell=cell)
    return m.FAR_CELL.at(at, cell=cell, rows=xlsx_guard.MOST_ROWS, columns=xlsx_guard.MOST_COLUMNS)


def _sheet(one: Mapping[str, Any], file: str) -> Sheet:
    percents: dict[tuple[int, int], str] = {}
    rows = tuple(
        tuple(_cell(cell, (r, c), percents) for c, cell in enumerate(row, 1)) for r, row in enumerate(one["rows"], 1)
    )
    merged = tuple((top, left, bottom, right) for top, left, bottom, right in one["merged"])
    formulas, uncomputed = (frozenset((r, c) for r, c in one[name]) for name in ("formulas", "uncomputed"))
    covered = _covered(rows, merged)
    return Sheet(file, one["name"], rows, merged, formulas, uncomputed, percents, one["hidden"], covered)


def _covered(rows: Sequence[Sequence[CellValue]], merged: Sequence[Area]) -> dict[tuple[int, int], Area]:
    """Return the merged area of each cell that lies in one, as far as the sheet reaches."""
    width = max((len(row) for row in rows), default=0)
    covered: dict[tuple[int, int], Area] = {}
    for area in merged:
        top, left, bottom, right = area
        for row in range(top, min(bottom, len(rows)) + 1):
            for column in range(left, min(right, width) + 1):
                covered[row, column] = area
            if len(covered) >= MOST_COVERED:
                return covered
    return covered


def _cell(cell: Any, place: tuple[int, int], percents: dict[tuple[int, int], str]) -> CellValue:
    if not isinstance(cell, dict):
        value: CellValue = cell
        return value
    if "date" in cell:
        return date.fromisoformat(cell["date"])
    number = Decimal(cell["percent"]).normalize()
    percents[place] = f"{plain(from_decimal(number * 100))}%"
    return number
