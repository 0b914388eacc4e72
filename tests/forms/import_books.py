"""What the tests of the import share: templates filled in as people do, and the errors that they come back with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from meihao.evidence.model import UnitEvidence
from meihao.forms.layout import (
    CLERK_FIRST_ROW,
    CLERK_ID_ROW,
    COVER,
    COVER_VALUE_COLUMN,
    DOCUMENTS,
    FIRST_ROW,
    HEADING_ROW,
    UNITS,
    column,
)
from meihao.forms.read_book import Handed, read_handed
from meihao.forms.template import write_template
from meihao.standard.model import Field, Pack, Role

from .template_books import lines, opened, saved

Values = Mapping[str, object]
Rows = Sequence[Sequence[object]]
Cell = tuple[str, str]
_TEMPLATES: dict[tuple[str, ...], bytes] = {}


def template(pack: Pack, kind: str, form: str, role: Role = "applicant", lang: str = "zh") -> Any:
    """Return an empty template as openpyxl opens it."""
    name = (pack.digest, kind, form, role, lang)
    if name not in _TEMPLATES:
        _TEMPLATES[name] = write_template(
            pack, kind, role, "clerk" if form == "clerk" else "unit", lang="en" if lang == "en" else "zh"
        )
    return opened(_TEMPLATES[name])


def fill_cover(book: Any, **inputs: object) -> None:
    sheet = book[COVER.zh] if COVER.zh in book.sheetnames else book[COVER["en"]]
    for row in range(1, sheet.max_row + 1):
        if sheet.cell(row, 1).value in inputs:
            sheet.cell(row, COVER_VALUE_COLUMN).value = inputs[sheet.cell(row, 1).value]


def fill_lines(book: Any, values: Values, word: str = "value") -> dict[str, Cell]:
    """Write values into the lines of their fields; return the places by field."""
    places = {}
    for name, sheet, row in list(lines(book)):
        if name in values:
            cell = sheet.cell(row, column(word))
            cell.value = excel(values[name])
            places[name] = (sheet.title, cell.coordinate)
    return places


def fill_rows(book: Any, sheet: str, rows: Rows) -> None:
    for number, cells in enumerate(rows):
        for place, value in enumerate(cells, 1):
            book[sheet].cell(FIRST_ROW + number, place).value = excel(value)


def fill_clerk(book: Any, units: Sequence[tuple[str, str, Values]], kind: str) -> dict[tuple[str, str], Cell]:
    """Write a row for each unit (code, name, values); return the places by (code, field)."""
    sheet = book[UNITS.zh]
    columns = {sheet.cell(CLERK_ID_ROW, n).value: n for n in range(1, sheet.max_column + 1)}
    places = {}
    for row, (code, name, values) in enumerate(units, CLERK_FIRST_ROW):
        for word, value in {"code": code, "kind": kind, "name": name, **values}.items():
            if word in columns:
                cell = sheet.cell(row, columns[word])
                cell.value = excel(value)
                places[code, word] = (sheet.title, cell.coordinate)
    return places


def excel(value: object) -> object:
    """Return a value as a person types it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    return float(value) if isinstance(value, Fraction) else value


def unit_book(
    pack: Pack, kind: str, code: str, name: str, values: Values, ledgers: Mapping[str, Rows] | None = None,
    documents: Rows = (),
) -> Any:  # fmt: skip
    """Return one unit's workbook, filled in."""
    book = template(pack, kind, "unit")
    fill_cover(book, unit=code, name=name)
    fill_lines(book, values)
    for sheet, rows in (ledgers or {}).items():
        fill_rows(book, sheet, rows)
    fill_rows(book, DOCUMENTS.zh, documents)
    return book


def good(field: Field) -> object:
    """Return a value that a field takes."""
    low, high = field.range or (0, 1)
    match field.type:
        case "count" | "number" | "money":
            return int(low) + 1 if low + 1 <= high else int(low)
        case "percent":
            return "50%"
        case "yes_no":
            return "是"
        case "choice":
            return field.options[0][1].zh
        case "date":
            return date(2026, 3, 1)
        case "text":
            return "说明"
        case _:
            return "无"


def handed(book: Any, pack: Pack, file: str = "a.xlsx") -> Handed:
    return read_handed(book if isinstance(book, bytes) else saved(book), file, pack)


def told(result: Handed, pack: Pack, *severities: str) -> list[tuple[str, str]]:
    """Return (place, rule) of what was said, errors alone unless others are named."""
    wanted = severities or ("error",)
    return [(error.place(), error.rule) for error in result.errors(pack) if error.severity in wanted]


def facts(unit: UnitEvidence) -> dict[str, object]:
    return {seen.field: seen.value for seen in unit.observations}


def titles(book: Any, sheet: str) -> list[object]:
    return [cell.value for cell in book[sheet][HEADING_ROW]]
