"""Reads the sheets of a workbook. Its parts are checked here; its cells are read in a child process under limits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from decimal import Context, Decimal
from math import isfinite
from typing import Annotated, Any

import msgspec

from ..core.child import ask, command_of
from ..core.numbers import from_decimal, plain
from ..core.problems import Message, Problem, Problems, Source
from . import messages as m
from . import xlsx_guard
from .columns import Area, CellValue, Sheet
from .places import letters

SECONDS = 20
MOST_COVERED = 200_000
CHILD: tuple[str, ...] = command_of("meihao.evidence.xlsx_child")
_DIGITS = Context(prec=15)  # a spreadsheet shows no more; further ones come out of binary arithmetic
_NUMBERS = {bool, int, float}
_Whole = Annotated[int, msgspec.Meta(gt=-(10**15), lt=10**15)]
_WHOLE = msgspec.msgpack.Decoder(list[_Whole | None], strict=False)  # takes 3.0 for 3; texts are not sent to it
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
    except xlsx_guard.WorkbookRefused as refused:
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
    said = ask(data, child, SECONDS)
    if isinstance(said, str):
        return said
    try:
        answer = msgspec.msgpack.decode(said)
    except (msgspec.DecodeError, RecursionError):
        answer = None
    return answer if type(answer) is dict else "no answer"


def _problem(reason: str, values: Mapping[str, Any], file: str) -> Problem:
    if reason != "far_cell":
        return _SAID[reason].at(Source(file), **values)
    row, column = values["row"], values["column"]
    cell = f"{letters(column)}{row}"
    at = Source(file, values["sheet"], row=row, column=column, cell=cell)
    return m.FAR_CELL.at(at, cell=cell, rows=xlsx_guard.MOST_ROWS, columns=xlsx_guard.MOST_COLUMNS)


def _sheet(one: Mapping[str, Any], file: str) -> Sheet:
    rows = _rows([_column(*sent) for sent in msgspec.msgpack.decode(one["columns"])])
    merged = tuple((top, left, bottom, right) for top, left, bottom, right in one["merged"])
    formulas, uncomputed = (frozenset((r, c) for r, c in one[name]) for name in ("formulas", "uncomputed"))
    percents = _percents(rows, one["percents"])
    covered = _covered(rows, merged)
    return Sheet(file, one["name"], rows, merged, formulas, uncomputed, percents, one["hidden"], covered)


def _column(top: Sequence[Any], numbers: bool, sent: bytes) -> list[CellValue]:
    """Return the cells of a column: the texts on top, and below what was sent; whole numbers are made while decoding."""
    if numbers:
        with suppress(msgspec.ValidationError):
            return [*map(_cell, top), *_WHOLE.decode(sent)]
    return [*map(_cell, top), *_cells(msgspec.msgpack.decode(sent))]


def _cells(cells: Sequence[Any]) -> list[CellValue]:
    """Return cells of all kinds; each different value is looked at once."""
    kinds = set(map(type, cells))
    if dict in kinds or (bool in kinds and len(kinds & _NUMBERS) > 1):  # True and 1 would be one value
        return [_cell(cell) for cell in cells]
    different = dict.fromkeys(cells)
    floats = [cell for cell in different if type(cell) is float]
    known: dict[Any, CellValue] = dict(zip(floats, _numbers(floats), strict=True))
    known.update((cell, _cell(cell)) for cell in different if type(cell) is not float)
    return list(map(known.__getitem__, cells))


def _numbers(floats: Sequence[float]) -> Iterable[int | Decimal | str]:
    """Return what `_number` says of each; where all are finite and none is huge, without asking that again and again."""
    if not all(map(isfinite, floats)) or max(map(abs, floats), default=0) >= 1e15:
        return map(_number, floats)
    if all(map(float.is_integer, floats)):
        return map(int, floats)
    exact = _DIGITS.create_decimal
    return [int(cell) if cell.is_integer() else exact(repr(cell)) for cell in floats]


def _rows(columns: list[list[CellValue]]) -> tuple[tuple[CellValue, ...], ...]:
    """Return rows as wide and as many as there is something in them."""
    while columns and not any(cell is not None for cell in columns[-1]):
        columns.pop()
    rows = list(zip(*columns, strict=True))
    while rows and not any(cell is not None for cell in rows[-1]):
        rows.pop()
    return tuple(rows)


def _percents(rows: Sequence[Sequence[CellValue]], places: Sequence[Sequence[int]]) -> dict[tuple[int, int], str]:
    """Return what the cells show that are formatted as percentages and hold a number."""
    shown: dict[tuple[int, int], str] = {}
    for row, column in places:
        value = rows[row - 1][column - 1] if row <= len(rows) and column <= len(rows[row - 1]) else None
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            shown[row, column] = f"{plain(from_decimal(value * 100))}%"
    return shown


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


def _cell(cell: Any) -> CellValue:
    """Return a value as the spreadsheet shows it: nothing for blanks, the shortest decimal that gives the same double."""
    if type(cell) is str:
        return cell if cell.strip() else None
    if type(cell) is float:
        return _number(cell)
    value: CellValue = date.fromisoformat(cell["date"]) if type(cell) is dict else cell
    return value


def _number(cell: float) -> int | Decimal | str:
    if cell.is_integer() and abs(cell) < 1e15:
        return int(cell)
    text = repr(cell)
    value = _DIGITS.create_decimal(text)
    return value if value.is_finite() else text
