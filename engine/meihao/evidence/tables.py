"""A table file (CSV, XLSX) in; the evidence of many units out. Read top to bottom: sheets, what they are, units, values."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from ..core.problems import Problem, Problems, Source, errors, sort_by_place
from ..core.text import Label, hints, near, normal
from ..standard.model import Field, Pack
from . import messages as m
from .child_sheets import not_in_sheet, read_documents, read_register
from .columns import Heading, Notes, Sheet, Words, beyond, find_headings, heading_row, key, take_field, take_word
from .csv_file import MOST_BYTES, read_csv
from .long_form import LONG, is_long, pick, read_long, read_whole
from .model import Document, Observation, UnitEvidence, Value
from .unit_rows import WIDE, Head, Line, gather_heads, read_lines, who
from .xlsx_file import read_xlsx

DOCUMENT_SHEETS = ("材料", "材料清单", "documents")
NOTES = ("说明", "填表说明", "填报说明", "填写说明", "notes", "readme")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
SHEET_NAME = 31
Observed = tuple[tuple[str, Observation], ...]


class _Book(Struct, frozen=True):
    """The sheets of a file by what they are."""

    wide: tuple[Sheet, ...]
    long: tuple[Sheet, ...]
    registers: tuple[tuple[Sheet, tuple[Field, ...]], ...]
    documents: tuple[Sheet, ...]


def read_table_file(path: Path, pack: Pack) -> tuple[tuple[UnitEvidence, ...], Problems]:
    """Return the units of a CSV or XLSX file, and every problem; no units where one is an error. Raises OSError.

    Fields, kinds and columns may be named by id or title. A unit's row says who filled it in (`applicant` and the unit
    itself unless the row says otherwise); an empty cell is not given.
    """
    with path.open("rb") as stream:
        data = stream.read(MOST_BYTES + 1)
    if path.suffix.lower() == ".csv":
        sheet, problems = read_csv(data, str(path))
        sheets: tuple[Sheet, ...] = (sheet,) if sheet else ()
    else:
        sheets, problems = read_xlsx(data, str(path))
    if errors(problems):
        return (), problems
    units, more = read_sheets(sheets, pack, str(path))
    return units, sort_by_place((*problems, *more))


def read_sheets(sheets: Sequence[Sheet], pack: Pack, file: str) -> tuple[tuple[UnitEvidence, ...], Problems]:
    """Return the units of sheets that are already rows of cells."""
    book, problems = _sort_sheets(sheets, pack)
    if not errors(problems) and not book.wide and not book.long:
        problems = (*problems, m.EMPTY_TABLE.at(Source(file)))
    wide, more = _lines(book.wide, Words(WIDE, pack.fields))
    long, other = _lines(book.long, Words(LONG))
    heads, most = gather_heads((*wide, *long), pack)
    found = (*problems, *more, *other, *most)
    observed, more = _rows_of_units(wide, long, heads, pack)
    found = (*found, *more)
    documents: tuple[tuple[str, Document], ...] = ()
    if not errors(found):  # otherwise a register's unit may be missing for reasons already said
        registers, more = _registers(book, (*wide, *long), heads, {(code, o.field) for code, o in observed})
        documents, other = _documents(book, heads, pack)
        observed, found = (*observed, *registers), (*found, *more, *other)
    found = (*found, *_same_values(observed, pack))
    return (() if errors(found) else _units(heads, observed, documents)), found


# ---- what the sheets are


def _sort_sheets(sheets: Sequence[Sheet], pack: Pack) -> tuple[_Book, Problems]:
    tables: dict[str, list[Field]] = {}
    for f in pack.fields:
        if f.type == "table":
            for name in dict.fromkeys((f.id, f.title.zh, f.title.en)):
                if name:
                    tables.setdefault(_sheet_key(name), []).append(f)
    wide: list[Sheet] = []
    long: list[Sheet] = []
    registers: list[tuple[Sheet, tuple[Field, ...]]] = []
    documents: list[Sheet] = []
    problems: list[Problem] = []
    for sheet in sheets:
        name = _sheet_key(sheet.name)
        known = name in tables or name in DOCUMENT_SHEETS
        if sheet.hidden:
            if known or _is_units(sheet):
                problems.append(m.HIDDEN_SHEET.at(sheet.at(1, 1), sheet=sheet.name))
        elif name in tables:
            registers.append((sheet, tuple(tables[name])))
        elif name in DOCUMENT_SHEETS:
            documents.append(sheet)
        elif name in NOTES or not sheet.rows:
            continue
        elif is_long(sheet):
            long.append(sheet)
        elif _may_be_units(sheet, tables):
            wide.append(sheet)
        else:
            problems.append(_unknown(sheet, pack))
    return _Book(tuple(wide), tuple(long), tuple(registers), tuple(documents)), tuple(problems)


def _sheet_key(name: str) -> str:
    """Return the form in which names of sheets are compared: what a spreadsheet allows, cut to its 31 characters."""
    return key(_NOT_IN_NAMES.sub("", normal(name))[:SHEET_NAME])


def _is_units(sheet: Sheet) -> bool:
    return heading_row(sheet, Words(WIDE), "code") is not None


def _may_be_units(sheet: Sheet, tables: Mapping[str, object]) -> bool:
    """Say whether a sheet can only be one of units: a CSV always, a sheet with codes unless it is named like a register."""
    if not sheet.name:
        return True
    mistyped = near(_sheet_key(sheet.name), [*tables, *DOCUMENT_SHEETS])
    return _is_units(sheet) and not mistyped


def _unknown(sheet: Sheet, pack: Pack) -> Problem:
    titles = [f.title.zh for f in pack.fields if f.type == "table"]
    name = sheet.name[:SHEET_NAME]
    said = hints(name, [*titles, DOCUMENT_SHEETS[0]])
    return m.UNKNOWN_SHEET.at(sheet.at(1, 1), sheet=name, **said)


# ---- units and values


def _lines(sheets: Sequence[Sheet], words: Words) -> tuple[tuple[Line, ...], Problems]:
    lines: list[Line] = []
    problems: list[Problem] = []
    for sheet in sheets:
        headings, found = find_headings(sheet, words)
        problems += found
        if headings is not None:
            read, found = read_lines(sheet, headings)
            problems += (*found, *beyond(sheet, headings))
            lines += read
    return tuple(lines), tuple(problems)


def _rows_of_units(
    wide: tuple[Line, ...], long: tuple[Line, ...], heads: Mapping[str, Head], pack: Pack
) -> tuple[Observed, Problems]:
    known = tuple(line for line in wide if line.code in heads)
    seen, problems = _read_wide(known, heads)
    more, found = read_long(long, heads, pack)
    return (*seen, *more), (*problems, *_same_records(known, heads), *found)


def _registers(
    book: _Book, lines: tuple[Line, ...], heads: Mapping[str, Head], given: set[tuple[str, str]]
) -> tuple[Observed, Problems]:
    seen: list[tuple[str, Observation]] = []
    problems: list[Problem] = []
    for sheet, fields in book.registers:
        more, found = read_register(sheet, fields, heads, lines)
        seen += more
        problems += found
        if not errors(found):
            problems += not_in_sheet(sheet, fields, heads, given | {(code, o.field) for code, o in more})
    return tuple(seen), tuple(problems)


def _read_wide(lines: Sequence[Line], heads: Mapping[str, Head]) -> tuple[Observed, Problems]:
    notes = Notes()
    seen: list[tuple[str, Observation]] = []
    for line in lines:
        seen += [(line.code, observation) for observation in _row(line, heads[line.code], notes)]
        if notes.full(line.at("code")):
            break
    return tuple(seen), tuple(notes.problems)


def _row(line: Line, head: Head, notes: Notes) -> list[Observation]:
    """Return the observations of a unit's row; a reason belongs to the value of the same field."""
    observer, problems = who(line, head)
    notes.add(problems)
    values: dict[str, tuple[Value, Source]] = {}
    reasons: dict[str, tuple[str, Source, Label]] = {}
    for heading in line.headings.columns:
        if heading.word == "field":
            values |= _value(line, head, heading, notes)
        elif heading.word == "reason":
            reasons |= _reason(line, head, heading, notes)
    for name, (_, at, title) in reasons.items():
        if name not in values:
            notes.add((m.MISSING_CELL.at(at, unit=line.code, label=title),))
    if not observer:
        return []
    because = {name: text for name, (text, _, _) in reasons.items()}
    return [
        Observation(name, value, observer, line.role, line.day, at, because.get(name, ""))
        for name, (value, at) in values.items()
    ]


def _value(line: Line, head: Head, heading: Heading, notes: Notes) -> dict[str, tuple[Value, Source]]:
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
    value, problems = read_whole(given, asked[0], at)
    notes.add(problems)
    return {} if value is None else {asked[0].id: (value, at)}


def _reason(line: Line, head: Head, heading: Heading, notes: Notes) -> dict[str, tuple[str, Source, Label]]:
    """Return the reason of a judgement by its field, with the field's title."""
    at = line.sheet.at(line.row, heading.number)
    text, problems = take_word(line.sheet, line.row, heading)
    notes.add(problems)
    meant, problems = pick(heading, head, at) if text is not None else (None, ())
    notes.add(problems)
    return {} if meant is None else {meant.id: (str(text), at, meant.title)}


def _same_records(lines: Sequence[Line], heads: Mapping[str, Head]) -> Problems:
    """Return a problem for every second row of a sheet by the same observer in the same role about the same unit."""
    first: dict[tuple[str, str, str, str], Line] = {}
    problems = []
    for line in lines:
        observer = line.observer or heads[line.code].name
        before = first.setdefault((line.sheet.name, line.code, observer, line.role), line)
        if before is not line:
            values = {"observer": observer, "unit": line.code, "other": before.at("code")}
            problems.append(m.SAME_RECORD.at(line.at("code"), **values))
    return tuple(problems)


def _same_values(observed: Observed, pack: Pack) -> Problems:
    """Return a problem for every field that one observer gave twice for one unit, in whatever sheets."""
    titles = {f.id: f.title for f in pack.fields}
    first: dict[tuple[str, str, str, str], Observation] = {}
    problems = []
    for code, seen in observed:
        before = first.setdefault((code, seen.field, seen.observer, seen.role), seen)
        if before is not seen and before.source != seen.source:
            values = {"observer": seen.observer, "unit": code, "label": titles[seen.field], "other": before.source}
            problems.append(m.SAME_VALUE.at(seen.source, **values))
    return tuple(problems)


def _documents(
    book: _Book, heads: Mapping[str, Head], pack: Pack
) -> tuple[tuple[tuple[str, Document], ...], tuple[Problem, ...]]:
    read = [read_documents(sheet, heads, pack) for sheet in book.documents]
    return tuple(d for found, _ in read for d in found), tuple(p for _, problems in read for p in problems)


def _units(
    heads: Mapping[str, Head], observed: Observed, documents: Sequence[tuple[str, Document]]
) -> tuple[UnitEvidence, ...]:
    seen: dict[str, list[Observation]] = {code: [] for code in heads}
    held: dict[str, list[Document]] = {code: [] for code in heads}
    for code, observation in observed:
        seen[code].append(observation)
    for code, document in documents:
        held[code].append(document)
    return tuple(
        UnitEvidence(h.code, h.kind, h.name, h.region, tuple(seen[c]), tuple(held[c]), h.source)
        for c, h in heads.items()
    )
