"""Knows what stands where in the sheets of a book, so that a problem knows its unit and label."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct, field
from msgspec.structs import replace

from ..core.label import Label
from ..core.problems import Source
from ..core.text import normal, plain_code
from ..evidence.child_sheets import DOCUMENTS, REGISTER
from ..evidence.columns import CellValue, HeadingWords, Sheet, find_headings, heading_row
from ..evidence.long_form import LONG
from ..evidence.tables import FileSheets
from ..evidence.unit_rows import WIDE
from ..standard.model import Field, Pack


class FormRow(Struct, frozen=True):
    """One row: the unit it belongs to, the key by which people know it, and what it asks where rows are fields."""

    unit: str
    key: str = ""
    label: Label = Label("")
    fields: tuple[str, ...] = ()


class SheetPlan(Struct, frozen=True):
    """One sheet: what its rows are, what its columns are called and ask, and its row of headings, 0 where it has none.

    `one_row_a_unit`: every unit stands in one row and no other, so that a row without a code is none of theirs.
    """

    sheet: Sheet
    lines: Mapping[int, FormRow] = field(default_factory=dict)
    columns: Mapping[int, Label] = field(default_factory=dict)
    fields: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    top: int = 0
    one_row_a_unit: bool = False


class Spot(Struct, frozen=True):
    """One cell as people know it; `value` is what it shows."""

    unit: str = ""
    key: str = ""
    label: Label = Label("")
    fields: tuple[str, ...] = ()
    value: str = ""


Plans = Mapping[str, SheetPlan]


def spot(source: Source, plans: Plans) -> Spot:
    """Return what stands at a place; an empty one for a place that is no cell of a known sheet."""
    plan = plans.get(source.sheet)
    if plan is None:
        return Spot()
    line = plan.lines.get(source.row, FormRow(""))
    column = plan.columns.get(source.column, Label(""))
    asked = line.fields or plan.fields.get(source.column, ())
    return Spot(line.unit, line.key, _label(line.label, column), asked, shown(plan.sheet, source.row, source.column))


def _label(line: Label, column: Label) -> Label:
    if not line.zh or not column.zh:
        return line if line.zh else column
    return Label(f"{line.zh}·{column.zh}", f"{line['en']}: {column['en']}")


def shown(sheet: Sheet, row: int, column: int) -> str:
    """Return a cell as a person sees it."""
    if not row or not column:
        return ""
    value = sheet.value(row, column)
    return sheet.percents.get((row, column), "") or text_of(value)


def text_of(value: CellValue) -> str:
    """Return a value as a spreadsheet shows it.

    >>> text_of(True), text_of(Decimal("0.50")), text_of(None)
    ('TRUE', '0.5', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def plans_of(book: FileSheets, pack: Pack) -> dict[str, SheetPlan]:
    """Return what stands where in the sheets of a book of many units."""
    wide = (_of_units(_plan(sheet, HeadingWords(WIDE, pack.fields), ())) for sheet in book.wide)
    long = (_plan(sheet, HeadingWords(LONG), ()) for sheet in book.long)
    registers = (_plan(sheet, HeadingWords(REGISTER, table=fields[0]), fields) for sheet, fields in book.registers)
    documents = (_plan(sheet, HeadingWords(DOCUMENTS), ()) for sheet in book.documents)
    return {plan.sheet.name: plan for plan in (*wide, *long, *registers, *documents)}


def _plan(sheet: Sheet, words: HeadingWords, fields: Sequence[Field]) -> SheetPlan:
    """Return the plan of one sheet; where its headings cannot be read, their texts alone."""
    headings, _ = find_headings(sheet, words)
    if headings is None:
        return _plan_without_headings(sheet, words)
    code = headings.of("code")
    units = (
        {row: plain_code(code_at(sheet, row, code.number)) for row in _rows(sheet, headings.first_row)} if code else {}
    )
    lines = {row: FormRow(unit, unit) for row, unit in units.items()}
    columns = {heading.number: Label(heading.title) for heading in headings.columns}
    asked = {heading.number: tuple(f.id for f in heading.fields or fields) for heading in headings.columns}
    return SheetPlan(sheet, lines, columns, asked, headings.first_row - 1)


def _of_units(plan: SheetPlan) -> SheetPlan:
    codes = [line.unit for line in plan.lines.values() if line.unit]
    known = bool(plan.fields)  # without headings nobody knows which rows are units
    return replace(plan, one_row_a_unit=known and len(codes) == len(set(codes)))


def _plan_without_headings(sheet: Sheet, words: HeadingWords) -> SheetPlan:
    """Return the plan of a sheet whose headings cannot be read: their texts, and the units of its rows where they are named."""
    top = heading_row(sheet, words, "code") or 1
    titles = {
        n: text_of(cell) for n, cell in enumerate(sheet.rows[top - 1] if sheet.rows else (), 1) if cell is not None
    }
    code = next((n for n, text in titles.items() if words.fixed_word(text) == "code"), 0)
    units = {row: plain_code(code_at(sheet, row, code)) for row in _rows(sheet, top + 1)} if code else {}
    lines = {row: FormRow(unit, unit) for row, unit in units.items() if unit and words.fixed_word(unit) != "code"}
    return SheetPlan(sheet, lines, {n: Label(text) for n, text in titles.items()}, top=top)


def code_at(sheet: Sheet, row: int, column: int) -> str:
    value = sheet.value(row, column)
    return normal(value) if isinstance(value, str) else ""


def _rows(sheet: Sheet, first: int) -> Iterable[int]:
    return range(first, len(sheet.rows) + 1)
