"""Puts corrected values into the cells of a workbook, each as its cell would take it from a person who types."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from ..core.calendar import any_date
from ..core.text import half_width, normal
from ..evidence.columns import Sheet
from ..evidence.places import row_and_column
from .spots import shown
from .texts import put

_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,9})?")
_DIGITS = re.compile(r"\[[^\]]*\]|\"[^\"]*\"|\\.")  # what a number format says in words
Place = tuple[int, int]


class Mended(Struct, frozen=True):
    """What is to stand in a cell; "" empties it."""

    sheet: str
    cell: str
    text: str


def put_in(book: Any, values: Sequence[Mended]) -> None:
    """Write values into a workbook of openpyxl. Raises whatever that does where a cell cannot be written."""
    from openpyxl.styles.numbers import is_date_format  # late: only who corrects needs it

    for one in values:
        _type_into(book[one.sheet][one.cell], one.text, is_date_format)


def _type_into(cell: Any, text: str, is_day: Callable[[str], bool]) -> None:
    """Write a number into a cell of numbers and a day into one of days; a text everywhere else, as it was typed.

    A share below 1 without its sign stays a text in a cell of percentages: the reader asks which of the two is meant.
    """
    typed, mask = half_width(normal(text)), _DIGITS.sub("", cell.number_format)
    percent, number = "%" in mask, typed.removesuffix("%").rstrip()
    if not typed:
        cell.value = None
    elif is_day(cell.number_format) and (day := any_date(typed)):
        cell.value = day
    elif _takes_numbers(cell, mask) and _NUMBER.fullmatch(number) and (percent or number == typed):
        value = Decimal(number)
        if percent and number == typed and 0 < value < 1:
            put(cell, text)
        else:
            cell.value = value / 100 if percent else value
    else:
        put(cell, text)


def _takes_numbers(cell: Any, mask: str) -> bool:
    """Say whether a cell is one of numbers: its format says so, or has no say and a number stands there now."""
    if mask == "General":
        return cell.data_type == "n" and cell.value is not None
    return bool(set(mask) & set("0#"))


# ---- what the result is compared by


def places_of(values: Sequence[Mended]) -> Mapping[str, frozenset[Place]]:
    """Return the rows and columns of values by sheet; a name that is no cell's has none."""
    found: dict[str, set[Place]] = {}
    for one in values:
        if place := row_and_column(one.cell):
            found.setdefault(one.sheet, set()).add(place)
    return {name: frozenset(places) for name, places in found.items()}


def without(sheet: Sheet, places: frozenset[Place]) -> Sheet:
    """Return a sheet in which some cells are empty."""
    rows = tuple(
        tuple(None if (r, c) in places else cell for c, cell in enumerate(row, 1))
        for r, row in enumerate(sheet.rows, 1)
    )
    percents = {place: text for place, text in sheet.percents.items() if place not in places}
    return replace(
        sheet, rows=rows, percents=percents, formulas=sheet.formulas - places, uncomputed=sheet.uncomputed - places
    )


def shows(sheet: Sheet, value: Mended) -> bool:
    """Say whether a cell shows what was to be put in."""
    row, column = row_and_column(value.cell) or (0, 0)
    return _plain(shown(sheet, row, column)) == _plain(value.text)


def _plain(text: str) -> str:
    """Return a text as it is compared: of a number its value, with or without the sign of a percentage.

    >>> _plain("12.50%"), _plain("12.5"), _plain(" 是 ")
    ('12.5', '12.5', '是')
    """
    typed = half_width(normal(text))
    number = typed.removesuffix("%").rstrip()
    return f"{Decimal(number).normalize():f}" if _NUMBER.fullmatch(number) else typed
