"""Finds out what the columns of a sheet hold, by the words that may stand at their head."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import islice

from msgspec import Struct, field
from msgspec.structs import replace

from ..core.problems import Problem, Problems, Source, errors
from ..core.text import Label, bare, hints, normal, plain_code
from ..standard.model import Column, Field, FieldType, Role
from . import messages as m
from .contradictions import Latest, at_door
from .places import letters, place
from .values import read_scalar

CellValue = None | bool | int | Decimal | str | date
Area = tuple[int, int, int, int]
HEADINGS_WITHIN = 20
MOST_PROBLEMS = 200
ERRORS = ("错误信息", "errors")
CODE = ("编号", "单位编号", "单位代码", "单位", "code", "unit", "unit code", "unit_code")
IDS = ("code", "unit", "region")  # words of columns that hold codes, which are half-width
TITLE_CELLS = 2
_MUST = re.compile(r"(\*|\((必填|选填)\))+\Z")
_REASON = re.compile(r"(.+?)(?:\((?:理由|reason)\)|的理由|\.reason)\Z")


class Sheet(Struct, frozen=True):
    """One sheet, or a whole CSV file (`name` is ""): rows from row 1, None for an empty cell, rows and columns from 1.

    `merged` holds (first row, first column, last row, last column); `formulas` cells whose stored value was read,
    `uncomputed` those without one, `percents` what a percent-formatted cell shows, `covered` the merged area of a cell. `role` is
    whose sheet it is where its rows do not say, `latest` the last day that its dates can be.
    """

    file: str
    name: str
    rows: tuple[tuple[CellValue, ...], ...]
    merged: tuple[Area, ...] = ()
    formulas: frozenset[tuple[int, int]] = frozenset()
    uncomputed: frozenset[tuple[int, int]] = frozenset()
    percents: Mapping[tuple[int, int], str] = field(default_factory=dict)
    hidden: bool = False
    covered: Mapping[tuple[int, int], Area] = field(default_factory=dict)
    role: Role = "applicant"
    latest: Latest | None = None

    def at(self, row: int, column: int) -> Source:
        return place(self.file, self.name, row, column)

    def value(self, row: int, column: int) -> CellValue:
        cells = self.rows[row - 1] if row <= len(self.rows) else ()
        return cells[column - 1] if column <= len(cells) else None

    def merge_over(self, row: int, column: int) -> Area | None:
        """Return the merged area in which a cell lies without being its first, if that first one has a value."""
        area = self.covered.get((row, column))
        return area if area and area[:2] != (row, column) and self.value(*area[:2]) is not None else None


class Heading(Struct, frozen=True):
    """One column: `word` is a word of the vocabulary (`code`, `date` …), "field" or "reason" of one of `fields`, or "column"."""

    number: int
    title: str
    word: str
    fields: tuple[Field, ...] = ()
    column: str = ""


class Headings(Struct, frozen=True):
    """The columns of a sheet and the row where its data begins."""

    columns: tuple[Heading, ...]
    first_row: int

    def of(self, word: str) -> Heading | None:
        for column in self.columns:
            if column.word == word:
                return column
        return None

    def by_word(self) -> dict[str, Heading]:
        """Return the first column of each word."""
        return {column.word: column for column in reversed(self.columns)}


class HeadingWords(Struct, frozen=True):
    """What may stand in a heading: fixed words (the first of each is the one that messages name), fields, table columns."""

    fixed: Mapping[str, tuple[str, ...]]
    fields: Sequence[Field] = ()
    table: Field | None = None

    def fixed_word(self, text: str) -> str:
        wanted = key(text)
        own = {key(word) for c in (self.table.columns if self.table else ()) for word in (c.id, c.title.zh)}
        return next((w for w, forms in self.fixed.items() if wanted in map(key, forms) and wanted not in own), "")


@lru_cache(maxsize=4096)
def key(text: str) -> str:
    """Return the form in which headings are compared: half-width, lower case, without blanks and marks of a must.

    >>> key(" 总户数（户） *")
    '总户数(户)'
    """
    return _MUST.sub("", bare(text).lstrip("*"))


_CODES = frozenset(map(key, CODE))


class Finder:
    """Resolves the headings of one sheet. Made once a sheet: it keeps the table of known words."""

    def __init__(self, words: HeadingWords) -> None:
        self.words = words
        self.known: dict[str, Heading] = {}
        if words.table:
            for c in words.table.columns:
                self._learn(Heading(0, c.id, "column", column=c.id), c.id, c.title, c.measured_in)
        fields: dict[str, list[Field]] = {}
        for f in words.fields:
            for text in heading_forms(f.id, f.title, f.measured_in):
                fields.setdefault(text, []).append(f)
        for text, found in fields.items():
            self.known.setdefault(text, Heading(0, text, "field", tuple(dict.fromkeys(found))))
        for word, forms in words.fixed.items():
            for form in forms:
                own = words.table is not None and key(form) in self.known
                if not own:
                    self.known[key(form)] = Heading(0, form, word)

    def _learn(self, heading: Heading, name: str, title: Label, unit: Label) -> None:
        for text in heading_forms(name, title, unit):
            self.known.setdefault(text, heading)

    def find(self, text: str) -> Heading | None:
        """Return what a heading means, its place and title not yet filled in."""
        wanted = key(text)
        if found := self.known.get(wanted):
            return found
        if (reason := _REASON.match(wanted)) and (found := self.known.get(reason[1])) and found.word == "field":
            return Heading(0, text, "reason", found.fields)
        return None

    def names(self) -> list[str]:
        """Return the words to offer for a mistyped heading."""
        fixed = [forms[0] for forms in self.words.fixed.values()]
        columns = [w for c in (self.words.table.columns if self.words.table else ()) for w in (c.id, c.title.zh)]
        return [*fixed, *columns, *(w for f in self.words.fields for w in (f.id, f.title.zh))]


def heading_forms(name: str, title: Label, unit: Label) -> set[str]:
    texts = {name, title.zh, title.en} - {""}
    return {key(t) for t in texts} | (
        {key(f"{title.zh}（{unit.zh}）"), key(f"{title['en']} ({unit['en']})")} if unit.zh else set()
    )


def no_heading(sheet: Sheet, words: HeadingWords, word: str) -> Problem:
    """Return the problem that no row of a sheet names the column `word`."""
    at = sheet.at(1, 1) if sheet.name else Source(sheet.file, row=1)
    accepted = words.fixed[word]
    label = Label(accepted[0], word)
    return m.NO_HEADING.at(at, label=label, rows=HEADINGS_WITHIN, words="、".join(accepted))


def find_headings(sheet: Sheet, words: HeadingWords, start: str = "code") -> tuple[Headings | None, Problems]:
    """Return the columns under the first row that names the column `start`; all unknown or doubled headings are problems.

    A second row of headings (ids below titles) and rows that the first column's merged cell spans are read as well.
    """
    finder = Finder(words)
    top = heading_row(sheet, words, start)
    if top is None:
        return None, (no_heading(sheet, words, start),)
    rows = _heading_rows(sheet, words, start, top)
    columns: list[Heading] = []
    problems: list[Problem] = []
    for number in range(1, max(len(sheet.rows[r - 1]) for r in rows) + 1):
        heading, found = _heading(sheet, finder, rows, number)
        problems += found
        if heading is not None:
            problems += _twice(sheet, columns, heading, rows[0])
            columns.append(heading)
        if len(problems) > HEADINGS_WITHIN:
            problems.append(m.TOO_MANY_PROBLEMS.at(sheet.at(rows[0], number)))
            break
    return (None if errors(tuple(problems)) else Headings(tuple(columns), rows[-1] + 1)), tuple(problems)


def heading_row(sheet: Sheet, words: HeadingWords, start: str) -> int | None:
    """Return the first row in which a cell names the column `start`."""
    for number, cells in enumerate(sheet.rows[:HEADINGS_WITHIN], 1):
        if any(isinstance(cell, str) and words.fixed_word(cell) == start for cell in cells):
            return number
    return None


def _heading_rows(sheet: Sheet, words: HeadingWords, start: str, top: int) -> list[int]:
    column = next(
        n for n, cell in enumerate(sheet.rows[top - 1], 1) if isinstance(cell, str) and words.fixed_word(cell) == start
    )
    deep = next((area[2] for area in sheet.merged if area[:2] == (top, column)), top)
    rows = list(range(top, min(deep, top + 3, len(sheet.rows)) + 1))
    below = sheet.value(rows[-1] + 1, column)
    if isinstance(below, str) and words.fixed_word(below) == start:
        rows.append(rows[-1] + 1)
    return rows


def _heading(sheet: Sheet, finder: Finder, rows: list[int], number: int) -> tuple[Heading | None, Problems]:
    """Return the meaning of a column from its headings, the lowest first; a group's title above others may mean nothing."""
    texts = [(r, t) for r in reversed(rows) if (t := _text(sheet.value(r, number)))]
    if not texts:
        return None, ()
    found = [(text, hit) for _, text in texts if (hit := finder.find(text))]
    if not found:
        row, text = texts[0]
        return None, (m.UNKNOWN_FIELD.at(sheet.at(row, number), field=text[:60], **hints(text[:60], finder.names())),)
    text, hit = found[0]
    for other, meant in found[1:]:
        alike = meant.word == hit.word and meant.column == hit.column
        if not alike or (hit.fields and not set(hit.fields) & set(meant.fields)):
            return None, (m.HEADINGS_DISAGREE.at(sheet.at(texts[0][0], number), title=other, code=text),)
    return Heading(number, text, hit.word, hit.fields, hit.column), ()


def _twice(sheet: Sheet, columns: Sequence[Heading], heading: Heading, row: int) -> Problems:
    for other in columns:
        same = (other.word, other.column, set(other.fields)) == (heading.word, heading.column, set(heading.fields))
        if same:
            return (m.TWO_COLUMNS.at(sheet.at(row, heading.number), title=heading.title, other=letters(other.number)),)
    return ()


def _text(cell: CellValue) -> str:
    return "" if cell is None else normal(str(cell))


def data_rows(sheet: Sheet, headings: Headings) -> Iterator[int]:
    """Yield the numbers of the rows that are not blank."""
    for number in range(headings.first_row, len(sheet.rows) + 1):
        if any(cell is not None for cell in sheet.rows[number - 1]):
            yield number


def beyond(sheet: Sheet, headings: Headings) -> Problems:
    """Return a problem for the first filled cell of each column without a heading."""
    named = {c.number for c in headings.columns}
    width = max(map(len, sheet.rows), default=0)
    seen = []
    for number in sorted(set(range(1, width + 1)) - named):
        rows = range(headings.first_row, len(sheet.rows) + 1)
        if row := next((r for r in rows if sheet.value(r, number) is not None), 0):
            seen.append(m.NO_TITLE_ABOVE.at(sheet.at(row, number)))
    return tuple(seen[:HEADINGS_WITHIN])


def columns_of_errors(rows: Iterable[Sequence[object]]) -> tuple[tuple[int, int], ...]:
    """Return (row, column), from 1, of each heading of the column of errors that an import adds.

    The same word below another heading is somebody's value: a unit may be called so. A row is taken for one of headings if
    it names the column of codes, holds that heading itself or has three cells and more; else for a title, as our ledgers
    have it, with a count beside.
    """
    found: list[tuple[int, int]] = []
    headed: set[int] = set()
    for number, row in enumerate(islice(rows, HEADINGS_WITHIN), 1):
        words = {column: key(cell) for column, cell in enumerate(row, 1) if isinstance(cell, str)}
        filled = {column for column, cell in enumerate(row, 1) if cell not in (None, "")}
        ours = {column for column, word in words.items() if word in ERRORS}
        found += [(number, column) for column in sorted(ours - headed)]
        if ours - headed or len(filled) > TITLE_CELLS or not _CODES.isdisjoint(words.values()):
            headed |= filled - ours
    return tuple(found)


def without_answers(sheet: Sheet) -> Sheet:
    """Return a sheet without the columns of errors that an earlier import wrote into it."""
    tops = {column: row for row, column in reversed(columns_of_errors(sheet.rows))}
    if not tops:
        return sheet
    rows = (
        tuple(None if number >= tops.get(column, number + 1) else cell for column, cell in enumerate(row, 1))
        for number, row in enumerate(sheet.rows, 1)
    )
    return replace(sheet, rows=tuple(rows))


def take(sheet: Sheet, row: int, column: int, label: Label) -> tuple[CellValue, Problems]:
    """Return a cell that is needed, with what must be said of it: merged away, a formula, a formula without value."""
    value, place = sheet.value(row, column), (row, column)
    if place in sheet.uncomputed:
        return None, (m.NOT_COMPUTED.at(sheet.at(row, column), label=label),)
    if value is None:
        if area := sheet.merge_over(row, column):
            name = f"{letters(area[1])}{area[0]}:{letters(area[3])}{area[2]}"
            return None, (m.MERGED_CELL.at(sheet.at(row, column), label=label, area=name),)
        return None, ()
    if place in sheet.formulas:
        return value, (m.FORMULA_VALUE.at(sheet.at(row, column), label=label, value=str(value)[:40]),)
    return value, ()


def take_field(sheet: Sheet, row: int, column: int, meant: Field | Column) -> tuple[CellValue, Problems]:
    """Return a cell for a field: as `take`, a percent-formatted cell as the percentage that it shows, no number as text."""
    label = meant.title
    value, problems = take(sheet, row, column, label)
    shown = sheet.percents.get((row, column))
    if shown and value is not None and meant.type in ("percent", "number", "money", "count"):
        return shown, problems
    if meant.type == "text" and isinstance(value, int | Decimal) and not isinstance(value, bool):
        said = m.NUMBER_NOT_TEXT.at(sheet.at(row, column), label=label, value=str(value)[:40])
        return None, (*problems, said)
    return value, problems


def take_word(sheet: Sheet, row: int, heading: Heading | None, kind: FieldType = "text") -> tuple[CellValue, Problems]:
    """Return the cell of a fixed column, read as text or as a date; None where it is empty or wrong."""
    if heading is None:
        return None, ()
    meant = Column(heading.word, Label(heading.title), kind, may_lie_ahead=heading.word == "valid_to")
    value, problems = take_field(sheet, row, heading.number, meant)
    if value is None:
        return None, problems
    at = sheet.at(row, heading.number)
    read, more = read_scalar(value, meant, at, at_door(sheet.latest))
    if heading.word in IDS and isinstance(read, str) and (code := plain_code(read)) != read:
        return code, (*problems, m.CORRECTED.at(at, label=meant.title, value=read[:40], read=code[:40]))
    return (read if isinstance(read, str | date) else None), (*problems, *more)


class RowNotes:
    """Collects problems while rows are read; `full` once there are more errors than anyone wants to read."""

    def __init__(self, most: int = MOST_PROBLEMS) -> None:
        self.problems: list[Problem] = []
        self.most = most
        self._errors = 0

    def add(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self.problems.append(problem)
            self._errors += problem.severity == "error"

    @property
    def over(self) -> bool:
        return self._errors >= self.most

    def full(self, at: Source) -> bool:
        """Say whether to stop behind the row of `at`; the last problem then says so."""
        if not self.over:
            return False
        row = at.row + 1
        behind = Source(at.file, at.sheet, row=row, cell=f"A{row}" if at.sheet else "")
        self.problems.append(m.TOO_MANY_PROBLEMS.at(behind))
        return True
