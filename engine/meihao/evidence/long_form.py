"""Reads rows of (unit, field, value, observer, role, date, reason). A register is given cell by cell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct, field

from ..core.problems import LANGS, Problems, Source
from ..core.text import Label, hints
from ..standard.model import Column, Field, Pack
from . import messages as m
from .columns import (
    MOST_PROBLEMS,
    CellValue,
    Finder,
    Heading,
    HeadingWords,
    RowNotes,
    Sheet,
    heading_row,
    key,
    take,
    take_field,
    take_word,
)
from .contradictions import Latest
from .model import Observation, Value
from .unit_rows import WIDE, Head, UnitRow, who
from .values import Raw, read_table, read_value

LONG = {
    **WIDE,
    "field": ("字段", "指标字段", "field"),
    "value": ("值", "value"),
    "row": ("行", "行号", "row"),
    "reason": ("理由", "reason"),
}
NONE_WORDS = ("无", "[]", "none")
_PART = re.compile(r"(.+)[./．／](.+)\Z")


class _Register(Struct):
    """The cells of one register of one observer, by row number."""

    meant: Field
    line: UnitRow
    observer: str
    source: Source
    cells: dict[int, dict[str, Raw]] = field(default_factory=dict)
    places: dict[tuple[int, str], Source] = field(default_factory=dict)


def is_long(sheet: Sheet) -> bool:
    """Say whether a sheet has the headings of the long form: a field and a value."""
    words = HeadingWords(LONG)
    row = heading_row(sheet, words, "field")
    cells = sheet.rows[row - 1] if row else ()
    return any(isinstance(cell, str) and words.fixed_word(cell) == "value" for cell in cells)


def read_long(
    lines: tuple[UnitRow, ...], heads: Mapping[str, Head], pack: Pack, most: int = MOST_PROBLEMS
) -> tuple[tuple[tuple[str, Observation], ...], Problems]:
    """Return (unit code, observation) of all lines; `TABLE.COLUMN` with a row number gives one cell of a register."""
    reader = _Reader(pack, most)
    for line in lines:
        if (head := heads.get(line.code)) is not None:
            reader.line(line, head)
        if reader.notes.over and reader.notes.full(line.at("code")):
            break
    reader.registers_done(heads)
    return tuple(reader.seen), tuple(reader.notes.problems)


class _Reader:
    """Reads lines one by one, keeping the registers that are not yet complete."""

    def __init__(self, pack: Pack, most: int) -> None:
        self.finder = Finder(HeadingWords({}, pack.fields))
        self.notes = RowNotes(most)
        self.seen: list[tuple[str, Observation]] = []
        self.registers: dict[tuple[str, str, str, str], _Register] = {}

    def line(self, line: UnitRow, head: Head) -> None:
        named, problems = take_word(line.sheet, line.row, line.headings.of("field"))
        self.notes.add(problems)
        value = line.headings.of("value")
        if not isinstance(named, str) or value is None:
            if not problems and value and line.sheet.value(line.row, value.number) is not None:
                self.notes.add((m.MISSING_CELL.at(line.at("field"), unit=line.code, label=Label("字段", "field")),))
            return
        observer, problems = who(line, head)
        self.notes.add(problems)
        meant, column, problems = self._meant(named, line, head)
        self.notes.add(problems)
        if meant is None or not observer:
            return
        if column is not None:
            self._part(meant, column, line, observer, value)
        else:
            self._whole(meant, line, observer, value)

    def _meant(self, named: str, line: UnitRow, head: Head) -> tuple[Field | None, Column | None, Problems]:
        """Return the field that a text names, and the column where it names one of a register."""
        if found := self.finder.find(named):
            meant, problems = pick(found, head, line.at("field"))
            return meant, None, problems
        if (parts := _PART.match(named)) and (found := self.finder.find(parts[1])):
            table, problems = pick(found, head, line.at("field"))
            if table is None or table.type != "table":
                return None, None, problems or self._unknown(named, line, head)
            column = next((c for c in table.columns if key(parts[2]) in (key(c.id), key(c.title.zh))), None)
            if column is None:
                near = hints(parts[2], [w for c in table.columns for w in (c.id, c.title.zh)])
                return None, None, (
                    m.UNKNOWN_COLUMN.at(line.at("field"), label=table.title, column=parts[2][:60], **near),
                )  # fmt: skip
            return table, column, problems
        return None, None, self._unknown(named, line, head)

    def _unknown(self, named: str, line: UnitRow, head: Head) -> Problems:
        known = [word for f in head.asked(self.finder.words.fields) for word in (f.id, f.title.zh)]
        return (m.UNKNOWN_FIELD.at(line.at("field"), field=named[:60], **hints(named[:60], known)),)

    def _whole(self, meant: Field, line: UnitRow, observer: str, heading: Heading) -> None:
        value, problems = take_field(line.sheet, line.row, heading.number, meant)
        self.notes.add(problems)
        reason, problems = take_word(line.sheet, line.row, line.headings.of("reason"))
        self.notes.add(problems)
        if value is None:
            return
        at = line.sheet.at(line.row, heading.number)
        read, problems = read_whole(value, meant, at, line.sheet.latest)
        self.notes.add(problems)
        if read is not None:
            because = reason if isinstance(reason, str) else ""
            self.seen.append(
                (line.code, Observation(meant.id, read, observer, line.role, line.day, at, because, None, line.as_of))
            )

    def _part(self, meant: Field, column: Column, line: UnitRow, observer: str, heading: Heading) -> None:
        value, problems = take_field(line.sheet, line.row, heading.number, column)
        self.notes.add(problems)
        number, problems = _row_number(line, meant)
        self.notes.add(problems)
        if value is None or number is None:
            return
        at = line.sheet.at(line.row, heading.number)
        where = (line.code, observer, line.role, meant.id)
        register = self.registers.setdefault(where, _Register(meant, line, observer, at))
        for word, mine, first in (("date", line.day, register.line.day), ("as_of", line.as_of, register.line.as_of)):
            if mine != first:
                days = {"one": mine or "—", "two": first or "—", "label": Label(WIDE[word][0], word)}
                self.notes.add((m.UNIT_DIFFERS.at(at, unit=line.code, other=register.source, **days),))
        if column.id in register.cells.setdefault(number, {}):
            other = register.places[number, column.id]
            label = Label(*(f"{meant.title[lang]}.{column.title[lang]}" for lang in LANGS))
            self.notes.add((m.SAME_VALUE.at(at, observer=observer, unit=line.code, label=label, other=other),))
        register.cells[number][column.id] = value
        register.places[number, column.id] = at

    def registers_done(self, heads: Mapping[str, Head]) -> None:
        """Read the registers that have been gathered, their rows in the order of their numbers."""
        for register in self.registers.values():
            order = {number: i for i, number in enumerate(sorted(register.cells))}
            places = {(order[number], column): at for (number, column), at in register.places.items()}
            rows = [register.cells[number] for number in order]
            read, problems = read_table(rows, register.meant, register.source, places, register.line.sheet.latest)
            self.notes.add(problems)
            if read is not None:
                line = register.line
                seen = Observation(
                    register.meant.id, read, register.observer, line.role, line.day, register.source, as_of=line.as_of
                )
                self.seen.append((line.code, seen))


def pick(heading: Heading, head: Head, at: Source) -> tuple[Field | None, Problems]:
    """Return the one field of those a heading may mean that is asked of a unit's kind."""
    asked = head.asked(heading.fields)
    if len(asked) == 1:
        return asked[0], ()
    if not asked:
        return None, (m.NOT_ASKED.at(at, kind=head.kind_title, label=heading.fields[0].title),)
    names = "、".join(f.id for f in asked)
    return None, (m.AMBIGUOUS.at(at, title=asked[0].title, names=names),)


def read_whole(
    value: CellValue, meant: Field, at: Source, latest: Latest | None = None
) -> tuple[Value | None, Problems]:
    """Return the value of a field given in one cell; of a register a cell can only say that it has no rows (无)."""
    if meant.type != "table":
        return read_value(value, meant, at, latest)
    if is_none(value):
        return (), ()
    return None, (m.REGISTER_IN_CELL.at(at, label=meant.title),)


def is_none(value: CellValue) -> bool:
    """Say whether a cell says that there is nothing to enter."""
    return isinstance(value, str) and value.strip().lower() in NONE_WORDS


def _row_number(line: UnitRow, meant: Field) -> tuple[int | None, Problems]:
    heading = line.headings.of("row")
    value, problems = take(line.sheet, line.row, heading.number, Label("行", "row")) if heading else (None, ())
    text = str(value) if isinstance(value, int | Decimal | str) and not isinstance(value, bool) else ""
    if text.strip().isascii() and text.strip().isdecimal() and 1 <= int(text[:9]) <= 1_000_000:
        return int(text), problems
    at = line.sheet.at(line.row, heading.number) if heading else line.at("field")
    return None, (*problems, m.BAD_ROW_NUMBER.at(at, label=meant.title, value=text[:20]))
