"""Reads rows of units with a column for each field. A column is read as a whole, and its odd cells one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import groupby, repeat, starmap
from unicodedata import is_normalized

from msgspec import Struct

from ..core.numbers import from_decimal
from ..core.problems import Problems, Source
from ..core.text import Label
from ..standard.model import NUMERIC, Field
from . import messages as m
from .columns import MOST_PROBLEMS, CellValue, Heading, RowNotes, Sheet, take_field, take_word
from .contradictions import Latest
from .long_form import pick, read_whole
from .model import Observation, Value
from .places import RowPlace
from .unit_rows import CODE_LIMIT, Head, UnitRow, who
from .values import FINEST, LARGEST

Observed = dict[str, list[Observation]]
Given = dict[str, tuple[Value, Source]]
Fractions = dict[Decimal, Fraction | None]
_NOWHERE = Source()
_FINE = 10**-FINEST


class _Odd:
    """Stands for the value of a cell that must be looked at by itself."""


ODD = _Odd()
Read = Value | None | _Odd


class _Column(Struct, frozen=True):
    """A column of a field ("" where there is none) and what stands in it, row by row."""

    meant: str
    number: int
    values: Sequence[Read]
    gaps: bool
    odd: bool


def read_wide(
    lines: Sequence[UnitRow], heads: Mapping[str, Head], most: int = MOST_PROBLEMS
) -> tuple[Observed, Problems]:
    """Return by unit the observations of all lines in their order; a reason belongs to the value of the same field."""
    notes = RowNotes(most)
    seen: Observed = {}
    for _, group in groupby(lines, key=lambda line: id(line.sheet)):
        own = tuple(group)
        kinds: dict[str, list[UnitRow]] = {}
        for line in own:
            kinds.setdefault(heads[line.code].kind, []).append(line)
        rows = {kind: _plain_rows(alike, heads, _columns(alike, heads[alike[0].code])) for kind, alike in kinds.items()}
        for line in own:
            head = heads[line.code]
            plain = next(rows[head.kind])
            found = _row(line, head, notes) if plain is None else plain
            if found is not seen.setdefault(line.code, found):  # most units have one row, which need not be copied
                seen[line.code] += found
            if notes.over and notes.full(line.sheet.at(line.row, 1)):
                return seen, tuple(notes.problems)
    return seen, tuple(notes.problems)


# ---- columns that are read as a whole


def _columns(lines: Sequence[UnitRow], head: Head) -> tuple[_Column, ...]:
    """Return the columns of fields and reasons of lines of one kind of unit in one sheet."""
    sheet, headings = lines[0].sheet, lines[0].headings
    width = max(heading.number for heading in headings.columns)
    rows = [sheet.rows[line.row - 1] for line in lines]
    cells = list(
        zip(*(row if len(row) >= width else (*row, *[None] * (width - len(row))) for row in rows), strict=False)
    )
    odd = _odd_places(sheet)
    fractions: Fractions = {}
    found = []
    for heading in headings.columns:
        if heading.word not in ("field", "reason"):
            continue
        asked = head.asked(heading.fields) if heading.word == "field" else ()
        meant = asked[0] if len(asked) == 1 else None
        values, gaps, some = _values(cells[heading.number - 1], meant, fractions, sheet.latest)
        if rows_of := odd.get(heading.number):
            values = [ODD if line.row in rows_of else value for line, value in zip(lines, values, strict=True)]
            some = True
        if meant or some:
            name = meant.id if meant else ""
            found.append(_Column(name, heading.number, values, gaps, some))
    return tuple(found)


def _odd_places(sheet: Sheet) -> dict[int, set[int]]:
    """Return by column the rows whose cell is a formula, a percentage or part of a merged area."""
    odd: dict[int, set[int]] = {}
    for places in (sheet.formulas, sheet.uncomputed, sheet.percents, sheet.covered):
        for row, column in places:
            odd.setdefault(column, set()).add(row)
    return odd


def _values(
    cells: Sequence[CellValue], meant: Field | None, fractions: Fractions, latest: Latest | None
) -> tuple[Sequence[Read], bool, bool]:
    """Return the values of cells, whether some are empty, and whether some are ODD: those that give a problem.

    Without a field all that are filled are ODD. Each different cell is looked at once.
    """
    kinds = set(map(type, cells))
    gaps = type(None) in kinds
    kinds.discard(type(None))
    if meant is None or (bool in kinds and len(kinds & {bool, int, Decimal}) > 1):  # True and 1 would be one value
        return [None if cell is None else ODD for cell in cells], gaps, bool(kinds)
    numbers = kinds <= {int, Decimal} and meant.type in NUMERIC
    if numbers and kinds == {int} and _within(cells, meant):
        return cells, gaps, False  # type: ignore[return-value]  # ints and None
    different = dict.fromkeys(cells)
    exact = numbers and meant.type != "count" and _within(different, meant)
    known = _exact(different, meant, fractions) if exact else {}
    others = {cell: _value_alone(cell, meant, latest) for cell in different if cell not in known}
    known.update(others)
    return list(map(known.__getitem__, cells)), gaps, ODD in others.values()


def _within(cells: Iterable[CellValue], meant: Field) -> bool:
    """Say whether the least and the greatest of numbers lie in the range of a field that has one."""
    numbers = [cell for cell in cells if cell is not None]
    if meant.range is None or not numbers:
        return False
    least, greatest = (from_decimal(edge(numbers)) for edge in (min, max))  # type: ignore[arg-type]  # ints and decimals
    return max(meant.range[0], 1 - LARGEST) <= least and greatest <= min(meant.range[1], LARGEST - 1)


def _exact(cells: Iterable[CellValue], meant: Field, fractions: Fractions) -> dict[CellValue, Read]:
    """Return the values of numbers that lie in the range of their field; what may be no good number is left out."""
    known: dict[CellValue, Read] = {cell: cell for cell in cells if type(cell) is int}
    decimals = [cell for cell in cells if type(cell) is Decimal]
    _learn([cell for cell in decimals if cell not in fractions], fractions)
    if meant.type == "percent":
        decimals = [cell for cell in decimals if not 0 < cell < 1]
    known.update((cell, value) for cell in decimals if (value := fractions[cell]) is not None)
    return known


def _learn(decimals: Sequence[Decimal], fractions: Fractions) -> None:
    """Note the fractions of decimals; None for those that are whole or too fine."""
    ratios = list(map(Decimal.as_integer_ratio, decimals))
    made = starmap(Fraction, ratios)
    for cell, (_, whole), value in zip(decimals, ratios, made, strict=True):
        fractions[cell] = value if whole > 1 and _FINE % whole == 0 else None


def _value_alone(cell: CellValue, meant: Field, latest: Latest | None) -> Read:
    """Return what a cell says by itself; what needs more than one look is ODD."""
    if cell is None:
        return None
    if meant.type == "text" and isinstance(cell, int | Decimal):
        return ODD
    if meant.type == "text" and isinstance(cell, str) and cell.isalnum() and len(cell) <= CODE_LIMIT:
        return cell if is_normalized("NFC", cell) else ODD
    value, problems = read_whole(cell, meant, _NOWHERE, latest)
    return ODD if problems or value is None else value


def _plain_rows(
    lines: Sequence[UnitRow], heads: Mapping[str, Head], columns: Sequence[_Column]
) -> Iterator[list[Observation] | None]:
    """Yield the observations of every row; None where something in it must be looked at by itself."""
    names = [one.meant for one in columns]
    numbers = {one.meant: one.number for one in columns}
    asked = list(filter(None, names))
    twice = len(set(asked)) < len(asked)  # a row may give a field in two columns
    gaps = any(one.gaps for one in columns)
    odd = {n for one in columns if one.odd for n, value in enumerate(one.values) if value is ODD}
    rows = zip(*(one.values for one in columns), strict=True) if columns else repeat(())
    for number, (line, values) in enumerate(zip(lines, rows, strict=False)):
        observer, unnamed = who(line, heads[line.code])
        if twice or number in odd or line.as_of or unnamed:
            yield None
            continue
        who_and_when = map(repeat, (observer, line.role, line.day))
        place = RowPlace(line.sheet.file, line.sheet.name, line.row, numbers)
        fields: Sequence[str] = names
        if gaps:
            fields = [name for name, value in zip(names, values, strict=True) if value is not None]
            values = tuple(value for value in values if value is not None)
        yield list(map(Observation, fields, values, *who_and_when, repeat(place)))


# ---- rows that are read cell by cell


def _row(line: UnitRow, head: Head, notes: RowNotes) -> list[Observation]:
    """Return the observations of a unit's row; a reason belongs to the value of the same field."""
    observer, problems = who(line, head)
    notes.add(problems if _says_anything(line) else ())
    values: Given = {}
    reasons: dict[str, tuple[str, Source, Label]] = {}
    for heading in line.headings.columns:
        if heading.word == "field":
            given = _value(line, head, heading, notes)
            notes.add(_twice(values, given, line, observer or head.name, heading))
            values |= given
        elif heading.word == "reason":
            reasons |= _reason(line, head, heading, notes)
    for name, (_, at, title) in reasons.items():
        if name not in values:
            notes.add((m.MISSING_CELL.at(at, unit=line.code, label=title),))
    if not observer:
        return []
    because = {name: text for name, (text, _, _) in reasons.items()}
    return [
        Observation(name, value, observer, line.role, line.day, at, because.get(name, ""), as_of=line.as_of)
        for name, (value, at) in values.items()
    ]


def _says_anything(line: UnitRow) -> bool:
    """Say whether a row gives a value or a reason: an empty one was made by nobody."""
    cells = (line.sheet.value(line.row, h.number) for h in line.headings.columns if h.word in ("field", "reason"))
    return any(cell is not None for cell in cells)


def _value(line: UnitRow, head: Head, heading: Heading, notes: RowNotes) -> Given:
    """Return the value of one cell by its field; nothing where the cell is empty, not asked or wrong."""
    at = line.sheet.at(line.row, heading.number)
    asked = head.asked(heading.fields)
    if line.sheet.value(line.row, heading.number) is None and not asked:
        return {}
    if line.sheet.value(line.row, heading.number) is not None and len(asked) != 1:
        notes.add(pick(heading, head, at)[1])
        return {}
    given, problems = take_field(line.sheet, line.row, heading.number, asked[0])
    notes.add(problems)
    if given is None:
        return {}
    value, problems = read_whole(given, asked[0], at, line.sheet.latest)
    notes.add(problems)
    return {} if value is None else {asked[0].id: (value, at)}


def _twice(values: Given, given: Given, line: UnitRow, observer: str, heading: Heading) -> Problems:
    """Return a problem where a row has given the field of a value before: by its title in one column, its id in another."""
    return tuple(
        m.SAME_VALUE.at(
            at, observer=observer, unit=line.code, label=heading.fields[0].title, other=values[name][1]
        )
        for name, (_, at) in given.items() if name in values
    )  # fmt: skip


def _reason(line: UnitRow, head: Head, heading: Heading, notes: RowNotes) -> dict[str, tuple[str, Source, Label]]:
    """Return the reason of a judgement by its field, with the field's title."""
    at = line.sheet.at(line.row, heading.number)
    text, problems = take_word(line.sheet, line.row, heading)
    notes.add(problems)
    meant, problems = pick(heading, head, at) if text is not None else (None, ())
    notes.add(problems)
    return {} if meant is None else {meant.id: (str(text), at, meant.title)}
