"""Gives the place of a cell from the numbers of its row and column, at once or when someone asks for it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct

from ..core.problems import Source

_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


@lru_cache(maxsize=2000)
def letters(column: int) -> str:
    """Return the name of a column, counted from 1.

    >>> letters(1), letters(28), letters(16384)
    ('A', 'AB', 'XFD')
    """
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def row_and_column(cell: str) -> tuple[int, int] | None:
    """Return the row and the column of a cell's name, counted from 1; None for what is no such name.

    >>> row_and_column("J18"), row_and_column("AB1"), row_and_column("J"), row_and_column("J0")
    ((18, 10), (1, 28), None, None)
    """
    found = _CELL.fullmatch(cell)
    if found is None:
        return None
    column = 0
    for sign in found[1]:
        column = column * 26 + ord(sign) - 64
    return int(found[2]), column


def place(file: str, sheet: str, row: int, column: int) -> Source:
    """Return the place of a cell; without a sheet, as in a CSV, cells have no names."""
    return Source(file, sheet, row=row, column=column, cell=f"{letters(column)}{row}" if sheet else "")


class RowPlace(Struct, frozen=True):
    """The places of the values in a row of a sheet, by field: of thousands of values few are ever asked for their source."""

    file: str
    sheet: str
    row: int
    columns: Mapping[str, int]

    def of(self, field: str) -> Source:
        return place(self.file, self.sheet, self.row, self.columns[field])
