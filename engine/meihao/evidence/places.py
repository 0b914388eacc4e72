"""Gives the place of a cell from the numbers of its row and column, at once or when someone asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct

from ..core.problems import Source


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
