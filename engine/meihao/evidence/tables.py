"""Reads the evidence of many units from a table file (CSV, XLSX): sheets, what they are, units, values."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from ..core.files import read_file
from ..core.garbage import gc_paused
from ..core.problems import Problem, Problems, Source, errors, sort_by_place
from ..core.text import hints, near, normal
from ..standard.model import Field, Pack
from . import messages as m
from .child_sheets import Found, not_in_sheet, read_documents, read_register
from .columns import MOST_PROBLEMS, HeadingWords, Sheet, beyond, find_headings, heading_row, key, without_answers
from .contradictions import Latest, parts_above_wholes
from .csv_file import MOST_BYTES, read_csv
from .long_form import LONG, is_long, read_long
from .model import Document, Observation, UnitEvidence
from .unit_rows import WIDE, Head, UnitRow, gather_heads, read_lines
from .wide_form import read_wide
from .xlsx_file import read_xlsx

DOCUMENT_TITLES = ("材料名称", "材料", "title")  # 名称 and name may as well head the names of units
DOCUMENT_SHEETS = ("材料", "材料清单", "documents")
NOTES = ("说明", "填表说明", "填报说明", "填写说明", "notes", "readme", "封面", "cover", "错误汇总", "errors")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
UNIT_SHEETS = ("填报表", "units")
SHEET_NAME = 31
Observed = dict[str, list[Observation]]


class FileSheets(Struct, frozen=True):
    """The sheets of a file by what they are."""

    wide: tuple[Sheet, ...]
    long: tuple[Sheet, ...]
    registers: tuple[tuple[Sheet, tuple[Field, ...]], ...]
    documents: tuple[Sheet, ...]


class Opened(Struct, frozen=True):
    """A table file whose cells have been read, and what was said of it so far."""

    file: str
    sheets: tuple[Sheet, ...]
    problems: Problems

    def of_documents(self) -> bool:
        """Say whether it is a CSV of documents, whose units stand in other files."""
        return any(map(is_documents, self.sheets))


def open_table_file(path: Path, latest: Latest | None = None) -> Opened:
    """Return the cells of a CSV or XLSX file, whose dates are `latest` that day. Raises OSError."""
    data = read_file(path, MOST_BYTES + 1)
    with gc_paused():
        sheets, problems = read_cells(data, str(path))
        return Opened(str(path), dated(sheets, latest), problems)


def dated(sheets: Sequence[Sheet], latest: Latest | None) -> tuple[Sheet, ...]:
    """Return sheets that know the last day that their dates can be."""
    return tuple(replace(sheet, latest=latest) if latest else sheet for sheet in sheets)


def read_table_file(path: Path, pack: Pack) -> tuple[tuple[UnitEvidence, ...], Problems]:
    """Return the units of a CSV or XLSX file, and every problem; no units where one is an error. Raises OSError."""
    return read_opened(open_table_file(path), pack)


def read_opened(
    opened: Opened, pack: Pack, known: Sequence[UnitEvidence] = ()
) -> tuple[tuple[UnitEvidence, ...], Problems]:
    """Return the units of a file that is open, and every problem; no units where one is an error.

    Fields, kinds and columns may be named by id or title. A unit's row says who filled it in (`applicant` and the unit
    itself unless the row says otherwise); an empty cell is not given. Blanks taken off and such are not spoken of here.
    Documents may be of units that are `known` from elsewhere: these come back with nothing but the documents.
    """
    if errors(opened.problems):
        return (), opened.problems
    with gc_paused():
        units, more = read_book(*sort_sheets(opened.sheets, pack), pack, opened.file, known=known)
    said = sort_by_place((*opened.problems, *(p for p in more if p.code != m.TIDIED.code)))
    return (() if errors(said) else units), said


def read_cells(data: bytes, file: str) -> tuple[tuple[Sheet, ...], Problems]:
    """Return the sheets of a file's bytes as rows of cells; its name says whether it is CSV or XLSX."""
    if not file.lower().endswith(".csv"):
        with gc_paused():
            return read_xlsx(data, file)
    sheet, problems = read_csv(data, file)
    return ((sheet,) if sheet else ()), problems


def read_sheets(
    sheets: Sequence[Sheet], pack: Pack, file: str, most: int = MOST_PROBLEMS
) -> tuple[tuple[UnitEvidence, ...], Problems]:
    """Return the units of sheets, as far as they can be read, and every problem, at `most` so many errors a sheet."""
    with gc_paused():
        return read_book(*sort_sheets(sheets, pack), pack, file, most)


def read_book(
    book: FileSheets,
    problems: Problems,
    pack: Pack,
    file: str,
    most: int = MOST_PROBLEMS,
    known: Sequence[UnitEvidence] = (),
) -> tuple[tuple[UnitEvidence, ...], Problems]:
    """Return the units of a book whose sheets are known, and all problems, `problems` of the sheets among them."""
    if not errors(problems) and not book.wide and not book.long and not known:
        only = m.ONLY_DOCUMENTS if book.documents and not book.registers else m.EMPTY_TABLE
        return (), (*problems, only.at(Source(file)))
    wide, more = _lines(book.wide, HeadingWords(WIDE, pack.fields), most)
    long, other = _lines(book.long, HeadingWords(LONG), most)
    heads, unsaid = gather_heads((*wide, *long), pack, most)
    found = (*problems, *more, *other, *unsaid)
    observed, more = _rows_of_units(wide, long, heads, pack, most)
    registers, other = _registers(book, (*wide, *long), heads, observed, most)
    named = {line.code for line in (*wide, *long)}
    elsewhere = _heads_of(known, pack) if book.documents else {}
    documents, last = _documents(book, {**elsewhere, **heads}, pack, named, most)
    listed = {code for code, _ in documents}
    heads |= {code: head for code, head in elsewhere.items() if code in listed and code not in heads}
    rest = (*other, *last)
    if errors(found):  # a unit may be listed nowhere for a reason that has been said
        rest = tuple(p for p in rest if p.code != m.UNLISTED_UNIT.code)
    found = (*found, *more, *rest, *_same_values(observed, registers, (*wide, *long), pack))
    for code, observation in registers:
        observed.setdefault(code, []).append(observation)
    units = _units(heads, observed, documents)
    return units, (*found, *parts_above_wholes(units, pack))


# ---- what the sheets are


def sort_sheets(sheets: Sequence[Sheet], pack: Pack) -> tuple[FileSheets, Problems]:
    """Return the sheets of a file by what they are, and those that cannot be anything."""
    tables: dict[str, list[Field]] = {}
    for f in pack.fields:
        if f.type == "table":
            for name in dict.fromkeys((f.id, f.title.zh, f.title.en)):
                if name:
                    tables.setdefault(sheet_key(name), []).append(f)
    wide: list[Sheet] = []
    long: list[Sheet] = []
    registers: list[tuple[Sheet, tuple[Field, ...]]] = []
    documents: list[Sheet] = []
    problems: list[Problem] = []
    for sheet in map(without_answers, sheets):
        name = sheet_key(sheet.name)
        known = name in tables or name in DOCUMENT_SHEETS
        if sheet.hidden:
            if sheet.name.startswith("_"):
                continue  # a program's own
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
        elif is_documents(sheet):
            documents.append(sheet)
        elif _may_be_units(sheet, tables):
            wide.append(sheet)
        else:
            problems.append(_unknown(sheet, pack))
    return FileSheets(tuple(wide), tuple(long), tuple(registers), tuple(documents)), tuple(problems)


def sheet_key(name: str) -> str:
    """Return the form in which names of sheets are compared: what a spreadsheet allows, cut to its 31 characters."""
    return key(_NOT_IN_NAMES.sub("", normal(name))[:SHEET_NAME])


def is_documents(sheet: Sheet) -> bool:
    """Say whether a CSV lists documents: it has a column of their titles, and none of the units' kinds or names."""
    top = None if sheet.name else heading_row(sheet, HeadingWords(WIDE), "code")
    words = {key(cell) for cell in sheet.rows[top - 1] if isinstance(cell, str)} if top else set()
    of_units = {key(form) for word in ("kind", "name", "region") for form in WIDE[word]}
    return not words.isdisjoint(map(key, DOCUMENT_TITLES)) and words.isdisjoint(of_units)


def _is_units(sheet: Sheet) -> bool:
    return heading_row(sheet, HeadingWords(WIDE), "code") is not None


def _may_be_units(sheet: Sheet, tables: Mapping[str, object]) -> bool:
    """Say whether a sheet can only be one of units: a CSV always, a sheet with codes unless it is named like a register."""
    if not sheet.name:
        return True
    name = sheet_key(sheet.name)
    mistyped = name not in UNIT_SHEETS and near(name, [*tables, *DOCUMENT_SHEETS])
    return _is_units(sheet) and not mistyped


def _unknown(sheet: Sheet, pack: Pack) -> Problem:
    titles = [f.title.zh for f in pack.fields if f.type == "table"]
    name = sheet.name[:SHEET_NAME]
    said = hints(name, [*titles, DOCUMENT_SHEETS[0]])
    return m.UNKNOWN_SHEET.at(sheet.at(1, 1), sheet=name, **said)


# ---- units and values


def _lines(sheets: Sequence[Sheet], words: HeadingWords, most: int) -> tuple[tuple[UnitRow, ...], Problems]:
    lines: list[UnitRow] = []
    problems: list[Problem] = []
    for sheet in sheets:
        headings, found = find_headings(sheet, words)
        problems += found
        if headings is not None:
            read, found = read_lines(sheet, headings, most)
            problems += (*found, *beyond(sheet, headings))
            lines += read
    return tuple(lines), tuple(problems)


def _rows_of_units(
    wide: tuple[UnitRow, ...], long: tuple[UnitRow, ...], heads: Mapping[str, Head], pack: Pack, most: int
) -> tuple[Observed, Problems]:
    known = tuple(line for line in wide if line.code in heads)
    seen, problems = read_wide(known, heads, most)
    more, found = read_long(long, heads, pack, most)
    for code, observation in more:
        seen.setdefault(code, []).append(observation)
    return seen, (*problems, *_same_records(known, heads), *found)


def _registers(
    book: FileSheets, lines: tuple[UnitRow, ...], heads: Mapping[str, Head], observed: Observed, most: int
) -> tuple[Found, Problems]:
    """Return (unit code, observation) of the sheets of registers; `observed` is what was given outside of them."""
    seen: list[tuple[str, Observation]] = []
    problems: list[Problem] = []
    names = {f.id for _, fields in book.registers for f in fields}
    given = {(code, o.field) for code, own in (observed if names else {}).items() for o in own if o.field in names}
    for sheet, fields in book.registers:
        more, found = read_register(sheet, fields, heads, lines, most)
        seen += more
        problems += found
        if not errors(found):
            problems += not_in_sheet(sheet, fields, heads, given | {(code, o.field) for code, o in more})
    return tuple(seen), tuple(problems)


def _same_records(lines: Sequence[UnitRow], heads: Mapping[str, Head]) -> Problems:
    """Return a problem for every second row of a sheet by the same observer in the same role about the same unit."""
    first: dict[tuple[str, str, str, str], UnitRow] = {}
    problems = []
    for line in lines:
        observer = line.observer or heads[line.code].name
        before = first.setdefault((line.sheet.name, line.code, observer, line.role), line)
        if before is not line:
            values = {"observer": observer, "unit": line.code, "other": before.at("code")}
            problems.append(m.SAME_RECORD.at(line.at("code"), **values))
    return tuple(problems)


def _same_values(observed: Observed, registers: Found, lines: Sequence[UnitRow], pack: Pack) -> Problems:
    """Return a problem for every field that one observer gave twice for one unit, in whatever sheets.

    A unit of one row gives a field once, as its columns have been compared: there only registers can come twice.
    """
    often = {code for code, count in Counter(line.code for line in lines).items() if count > 1}
    tables = {seen.field for _, seen in registers}
    titles = {f.id: f.title for f in pack.fields}
    first: dict[tuple[str, str, str, str], Observation] = {}
    problems = []
    own = (
        (code, o) for code in (observed if tables else filter(often.__contains__, observed)) for o in observed[code]
        if code in often or o.field in tables
    )  # fmt: skip
    for code, seen in (*own, *registers):
        before = first.setdefault((code, seen.field, seen.observer, seen.role), seen)
        if before is not seen and before.source != seen.source:
            values = {"observer": seen.observer, "unit": code, "label": titles[seen.field], "other": before.source}
            problems.append(m.SAME_VALUE.at(seen.source, **values))
    return tuple(problems)


def _documents(
    book: FileSheets, heads: Mapping[str, Head], pack: Pack, named: Container[str], most: int
) -> tuple[tuple[tuple[str, Document], ...], tuple[Problem, ...]]:
    read = [read_documents(sheet, heads, pack, named, most) for sheet in book.documents]
    return tuple(d for found, _ in read for d in found), tuple(p for _, problems in read for p in problems)


def _heads_of(units: Sequence[UnitEvidence], pack: Pack) -> dict[str, Head]:
    titles = {kind.id: kind.title for kind in pack.kinds}
    return {u.code: Head(u.code, u.kind, titles[u.kind], u.name, u.region, u.source) for u in units}


def _units(
    heads: Mapping[str, Head], observed: Observed, documents: Sequence[tuple[str, Document]]
) -> tuple[UnitEvidence, ...]:
    held: dict[str, list[Document]] = {}
    for code, document in documents:
        held.setdefault(code, []).append(document)
    return tuple(
        UnitEvidence(h.code, h.kind, h.name, h.region, tuple(observed.get(c, ())), tuple(held.get(c, ())), h.source)
        for c, h in heads.items()
    )
