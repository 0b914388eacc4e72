"""Reads a dimension's sheet with one line a field. The lines may stand anywhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from ..core.label import Label
from ..core.problems import Problem, Problems, Source
from ..core.text import hints
from ..evidence import messages as e
from ..evidence.columns import HEADINGS_WITHIN, Finder, Heading, HeadingWords, Sheet, key, take_field, take_word
from ..evidence.long_form import read_whole
from ..evidence.model import Observation
from ..evidence.unit_rows import Head, UnitRow
from ..standard.model import Field, Pack
from . import messages as m
from .asked import pages
from .layout import LINES
from .spots import FormRow, SheetPlan, code_at, text_of

_LABELS = {one.id: one.label for one in LINES}
_READ = ("field", "title", "value", "date", "reason")


def is_dimension(sheet: Sheet) -> bool:
    """Say whether a sheet has the headings of a dimension: an item and its value."""
    return _columns(sheet) is not None


def _columns(sheet: Sheet) -> tuple[int, Mapping[str, int]] | None:
    """Return the heading row and the columns by their words."""
    for number, row in enumerate(sheet.rows[:HEADINGS_WITHIN], 1):
        found: dict[str, int] = {}
        for column, cell in enumerate(row, 1):
            if isinstance(cell, str) and (word := _word(cell)):
                found.setdefault(word, column)
        if "value" in found and ("title" in found or "field" in found):
            return number, found
    return None


def _word(text: str) -> str:
    """Return the word of LINES that a heading names; a remark in brackets may follow it."""
    wanted = key(text)
    for word in _READ:
        for form in (key(_LABELS[word].zh), key(_LABELS[word]["en"])):
            if wanted == form or wanted.startswith(f"{form}("):
                return word
    return ""


class UnitBookReader:
    """Reads the lines of one unit's workbook; what was given where is kept to find what is given twice."""

    def __init__(self, pack: Pack, head: Head, line: UnitRow, foreign: bool) -> None:
        self.pack, self.head, self.line, self.foreign = pack, head, line, foreign
        self.asked = {f.id: f for f in head.asked(pack.fields)}
        self.tables = tuple(f for f in self.asked.values() if f.type == "table")
        self.finder = Finder(HeadingWords({}, tuple(self.asked.values())))
        self.given: dict[str, Source] = {}
        self.judged = _judged(pack, head.kind, line)

    def dimension(self, sheet: Sheet) -> tuple[tuple[Observation, ...], SheetPlan, Problems]:
        """Return the observations of a sheet's lines."""
        top, columns = _columns(sheet) or (0, {})
        seen: list[Observation] = []
        problems: list[Problem] = []
        told: dict[int, FormRow] = {}
        for row in range(top + 1, len(sheet.rows) + 1):
            if not any(sheet.value(row, columns[word]) is not None for word in _READ if word in columns):
                continue
            meant, found = self._meant(sheet, row, columns)
            problems += found
            told[row] = self._told(sheet, row, columns, meant)
            if meant is not None:
                observation, found = self._line(sheet, row, columns, meant)
                seen += [observation] if observation else []
                problems += found
        labels = {columns[word]: _LABELS[word] for word in ("date", "reason") if word in columns}
        return tuple(seen), SheetPlan(sheet, told, labels, top=top), tuple(problems)

    def _told(self, sheet: Sheet, row: int, columns: Mapping[str, int], meant: Field | None) -> FormRow:
        if meant is None:
            text = _title(sheet, row, columns)
            return FormRow(self.head.code, text, Label(text))
        return FormRow(self.head.code, meant.id, meant.title, (meant.id,))

    def _meant(self, sheet: Sheet, row: int, columns: Mapping[str, int]) -> tuple[Field | None, Problems]:
        """Return the field of a line, by its id, else by its title; what is not asked today is said where it has a value."""
        name, title = code_at(sheet, row, columns.get("field", 0)), _title(sheet, row, columns)
        if name in self.asked:
            return self.asked[name], ()
        filled = _filled(sheet, row, columns["value"])
        found = self.finder.find(title) if title else None
        at = sheet.at(row, columns["value"])
        if found and len(found.fields) == 1:
            return found.fields[0], (m.BY_TITLE.at(at, title=found.fields[0].title),) if filled else ()
        if not filled:
            return None, ()
        if not name and not title:
            return None, (m.NO_ITEM.at(at),)
        if self.foreign:
            return None, (m.NOT_CARRIED.at(at, title=title or name),)
        known = [word for f in self.asked.values() for word in (f.id, f.title.zh)]
        return None, (e.UNKNOWN_FIELD.at(at, field=(name or title)[:60], **hints((name or title)[:60], known)),)

    def _line(
        self, sheet: Sheet, row: int, columns: Mapping[str, int], meant: Field
    ) -> tuple[Observation | None, Problems]:
        """Return what a line says of its field; a reason and a day belong to the value."""
        at = sheet.at(row, columns["value"])
        given, problems = take_field(sheet, row, columns["value"], meant)
        value, more = read_whole(given, meant, at, sheet.latest) if given is not None else (None, ())
        day, other = _beside(sheet, row, columns, "date", self.line.day)
        reason, last = _beside(sheet, row, columns, "reason", "")
        found = [*problems, *more, *other, *last]
        if given is None:
            said = reason and not problems
            return None, (*found, *([e.MISSING_CELL.at(at, unit=self.head.code, label=meant.title)] if said else ()))
        if meant.id in self.given:
            values = {"observer": self.line.observer, "unit": self.head.code, "label": meant.title}
            found.append(e.SAME_VALUE.at(at, other=self.given[meant.id], **values))
        self.given.setdefault(meant.id, at)
        if meant.id in self.judged and not reason and not last:
            found.append(e.NO_REASON.at(sheet.at(row, columns.get("reason", columns["value"])), label=meant.title))
        if value is None:
            return None, tuple(found)
        day = day if isinstance(day, date) else None
        line = self.line
        return Observation(
            meant.id, value, line.observer, line.role, day, at, str(reason or ""), None, line.as_of
        ), tuple(found)

    def none_yet_rows(self, seen: Sequence[Observation]) -> Problems:
        """Return a problem for each register that is said to have no rows, yet has some; and for those given twice."""
        first: dict[str, Observation] = {}
        problems = []
        titles = {f.id: f.title for f in self.tables}
        for one in seen:
            before = first.setdefault(one.field, one) if one.field in titles else one
            if before is not one:
                values = {"unit": self.head.code, "label": titles[one.field]}
                problems.append(e.NONE_YET_ROWS.at(before.source, other=one.source, **values))
        return tuple(problems)


def _title(sheet: Sheet, row: int, columns: Mapping[str, int]) -> str:
    """Return the title of a line without the remark below it."""
    return code_at(sheet, row, columns.get("title", 0)).partition("\n")[0].strip()


def _filled(sheet: Sheet, row: int, column: int) -> bool:
    return sheet.value(row, column) is not None or (row, column) in sheet.uncomputed


def _beside(
    sheet: Sheet, row: int, columns: Mapping[str, int], word: str, otherwise: date | str | None
) -> tuple[date | str | None, Problems]:
    """Return the day or the reason that stands in a line, or what holds where none does."""
    if word not in columns:
        return otherwise, ()
    heading = Heading(columns[word], text_of(_LABELS[word].zh), word)
    value, problems = take_word(sheet, row, heading, "date" if word == "date" else "text")
    return (value if isinstance(value, str | date) else otherwise), problems


def _judged(pack: Pack, kind: str, line: UnitRow) -> frozenset[str]:
    """Return the fields of a role whose values are judgements and want a reason."""
    if kind not in dict(pack.standards):
        return frozenset()
    return frozenset(asked.id for page in pages(pack, kind, line.role) for asked in page.lines if asked.reason)
