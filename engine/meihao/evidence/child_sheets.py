"""Reads sheets with many rows for one unit: registers, which are named by a table field, and documents."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct, field
from msgspec.structs import replace

from ..core.problems import Problem, Problems, Source, errors
from ..core.text import Label, hints
from ..standard.model import Field, Pack
from ..standard.model.parts import titles_of_documents
from . import messages as m
from .columns import (
    CODE,
    MOST_PROBLEMS,
    Finder,
    Headings,
    HeadingWords,
    RowNotes,
    Sheet,
    beyond,
    data_rows,
    find_headings,
    take,
    take_field,
    take_word,
)
from .long_form import is_none, pick
from .model import Document, Observation
from .papers import days_disagree, near_titles, number_of, wanted_titles
from .unit_rows import WHO, Head, UnitRow, read_line, who
from .values import Raw, read_table

REGISTER = {"code": ("单位编号", "编号", "单位代码", "单位", "unit", "unit code", "unit_code", "code"), **WHO}
DOCUMENTS = {
    "code": CODE,
    "title": ("材料名称", "材料", "名称", "title"),
    "number": ("文号", "文件编号", "number"),
    "issuer": ("出具单位", "发文单位", "issuer"),
    "date": ("日期", "出具日期", "date"),
    "valid_to": ("有效期至", "有效期", "valid_to", "valid to"),
    "proves": ("证明", "证明字段", "证明哪些字段", "proves"),
    "sha256": ("校验值", "摘要", "sha256"),
}
_BETWEEN = tuple(map(re.compile, ("[、;；]", "[,，]", r"\s+")))  # tried in turn: English titles hold commas and blanks
CODES_SHOWN = 8  # of units without a row, in one notice
_SHA256 = re.compile(r"[0-9a-f]{64}\Z")
Found = tuple[tuple[str, Observation], ...]


class _Rows(Struct):
    """The rows of one register of one observer; `none` is the place that says there are none."""

    line: UnitRow
    observer: str
    source: Source
    rows: list[dict[str, Raw]] = field(default_factory=list)
    places: dict[tuple[int, str], Source] = field(default_factory=dict)
    none: Source | None = None


def read_register(
    sheet: Sheet,
    fields: Sequence[Field],
    heads: Mapping[str, Head],
    lines: Sequence[UnitRow],
    most: int = MOST_PROBLEMS,
) -> tuple[Found, Problems]:
    """Return the registers of a sheet named by a table field (or by several of different kinds of unit).

    Rows of a unit that has lines but no head are passed over: what is wrong with it has been said.
    """
    seen: list[tuple[str, Observation]] = []
    problems: list[Problem] = []
    kinds = {kind for f in fields for kind in f.kinds}
    for number, one in enumerate(fields):
        headings, found = find_headings(sheet, HeadingWords(REGISTER, table=one))
        problems += found
        if headings is None:
            continue
        problems += beyond(sheet, headings)
        others = kinds - set(one.kinds) if number == 0 else kinds | {head.kind for head in heads.values()}
        reader = _Register(sheet, headings, one, heads, _records(lines), others, most)
        observed, found = reader.read()
        seen += observed
        problems += found
    return tuple(seen), tuple(problems)


def _records(lines: Sequence[UnitRow]) -> dict[str, list[UnitRow]]:
    """Return the lines of each unit, one for each observer and role."""
    records: dict[str, dict[tuple[str, str], UnitRow]] = {}
    for line in lines:
        records.setdefault(line.code, {}).setdefault((line.observer, line.role), line)
    return {code: list(found.values()) for code, found in records.items()}


class _Register:
    """Reads the rows of one register sheet for one field; units of the kinds in `others` are left to other fields."""

    def __init__(
        self,
        sheet: Sheet,
        headings: Headings,
        meant: Field,
        heads: Mapping[str, Head],
        records: Mapping[str, list[UnitRow]],
        others: set[str],
        most: int,
    ) -> None:
        self.sheet, self.headings, self.meant = sheet, headings, meant
        self.heads, self.records, self.others = heads, records, others
        self.notes = RowNotes(most)
        self.found: dict[tuple[str, str, str], _Rows] = {}

    def read(self) -> tuple[Found, Problems]:
        for row in data_rows(self.sheet, self.headings):
            line, problems = read_line(self.sheet, self.headings, row)
            self.notes.add(problems)
            if line is not None:
                self._row(line)
            if self.notes.over and self.notes.full(self.sheet.at(row, 1)):
                break
        seen = tuple(o for rows in self.found.values() for o in self._done(rows))
        return seen, tuple(self.notes.problems)

    def _row(self, line: UnitRow) -> None:
        head, problems = listed(line, self.heads)
        if head is None:
            self.notes.add(() if line.code in self.records else problems)
            return
        if head.kind not in self.meant.kinds:
            if head.kind not in self.others:
                self.notes.add((m.NOT_ASKED.at(line.at("code"), kind=head.kind_title, label=self.meant.title),))
            return
        record, problems = self._record(line)
        self.notes.add(problems)
        observer, problems = who(record, head)
        self.notes.add(problems)
        if observer:
            self._cells(line, record, observer)

    def _record(self, line: UnitRow) -> tuple[UnitRow, Problems]:
        """Return the record that a row belongs to: its named observer's, else the only one, else the applicant's."""
        records = self.records.get(line.code, [])
        if line.observer:
            named = [r for r in records if r.observer == line.observer]
            said_role = (column := self.headings.of("role")) and line.sheet.value(line.row, column.number) is not None
            fitting = [r for r in named if r.role == line.role] if said_role else named
            return (fitting[0] if fitting else line), ()
        if len(records) == 1:
            return records[0], ()
        own = [r for r in records if r.role == "applicant"]
        if len(own) == 1:
            return own[0], ()
        return line, (m.WHOSE_ROWS.at(line.at("code"), unit=line.code),) if records else ()

    def _cells(self, line: UnitRow, record: UnitRow, observer: str) -> None:
        given: dict[str, Raw] = {}
        places: dict[str, Source] = {}
        for heading in self.headings.columns:
            column = self.meant.column(heading.column) if heading.word == "column" else None
            if column is not None:
                value, problems = take_field(self.sheet, line.row, heading.number, column)
                self.notes.add(problems)
                if value is not None:
                    given[column.id], places[column.id] = value, self.sheet.at(line.row, heading.number)
        if not given:
            return
        at = next(iter(places.values()))
        rows = self.found.setdefault((line.code, observer, record.role), _Rows(record, observer, at))
        if len(given) == 1 and all(isinstance(v, str) and is_none(v) for v in given.values()):
            rows.none = at
            return
        rows.places |= {(len(rows.rows), name): place for name, place in places.items()}
        rows.rows.append(given)

    def _done(self, rows: _Rows) -> Found:
        code, label = rows.line.code, self.meant.title
        if rows.none is not None and rows.rows:
            other = next(iter(rows.places.values()))
            self.notes.add((m.NONE_YET_ROWS.at(rows.none, unit=code, label=label, other=other),))
            return ()
        value, problems = read_table(rows.rows, self.meant, rows.source, rows.places, self.sheet.latest)
        self.notes.add(problems)
        if value is None:
            return ()
        line = rows.line
        return (
            (
                code,
                Observation(self.meant.id, value, rows.observer, line.role, line.day, rows.source, as_of=line.as_of),
            ),
        )


def listed(line: UnitRow, heads: Mapping[str, Head]) -> tuple[Head | None, Problems]:
    """Return the unit of a line that only names its code."""
    if (head := heads.get(line.code)) is not None:
        return head, ()
    alike = [code for code in heads if code[:3] == line.code[:3] or code[-3:] == line.code[-3:]][:100]
    known = alike or list(heads)[:9]
    return None, (m.UNLISTED_UNIT.at(line.at("code"), unit=line.code[:40], **hints(line.code[:40], known)),)


def not_in_sheet(
    sheet: Sheet, fields: Sequence[Field], heads: Mapping[str, Head], seen: set[tuple[str, str]]
) -> Problems:
    """Return a notice for the units that a register sheet says nothing about: that is not handed in, not none."""
    silent: dict[Label, list[str]] = {}
    for head in heads.values():
        asked = head.asked(fields)
        if asked and not any((head.code, f.id) in seen for f in asked):
            silent.setdefault(asked[0].title, []).append(head.code)
    at = Source(sheet.file, sheet.name, cell="A1")
    return tuple(m.NOT_IN_SHEET.at(at, label=title, units=_named(codes)) for title, codes in silent.items())


def _named(codes: Sequence[str]) -> Label:
    some, more = codes[:CODES_SHOWN], len(codes) - CODES_SHOWN
    zh, en = "、".join(some), ", ".join(some)
    return Label(f"{zh}等{len(codes)}个单位", f"{en} and {more} more") if more > 0 else Label(zh, en)


def read_documents(
    sheet: Sheet, heads: Mapping[str, Head], pack: Pack, named: Container[str] = (), most: int = MOST_PROBLEMS
) -> tuple[tuple[tuple[str, Document], ...], Problems]:
    """Return (unit code, document) of the rows of a documents sheet; units that are `named` without a head are passed over."""
    headings, problems = find_headings(sheet, HeadingWords(DOCUMENTS))
    if headings is None:
        return (), problems
    notes = RowNotes(most)
    notes.add((*problems, *beyond(sheet, headings)))
    finder = Finder(HeadingWords({}, pack.fields))
    titles = {kind: titles_of_documents(pack, kind) for kind in {head.kind for head in heads.values()}}
    documents = []
    for row in data_rows(sheet, headings):
        line, problems = read_line(sheet, Headings((headings.columns[_at(headings)],), headings.first_row), row)
        notes.add(problems)
        head, problems = listed(line, heads) if line else (None, ())
        notes.add(() if line and head is None and line.code in named else problems)
        if head is not None:
            document, problems = _document(sheet, headings, row, head, finder)
            notes.add(problems)
            title = titles[head.kind].get(document.title, document.title)
            documents.append((head.code, replace(document, title=title)))
        if notes.over and notes.full(sheet.at(row, 1)):
            break
    notes.add(_asked_titles(documents, heads, pack))
    return tuple(documents), tuple(notes.problems)


def _asked_titles(
    documents: Sequence[tuple[str, Document]], heads: Mapping[str, Head], pack: Pack
) -> Iterator[Problem]:
    """Yield a question for each title that is like a wanted one which the unit has not listed."""
    own: dict[str, list[Document]] = {}
    for code, document in documents:
        own.setdefault(code, []).append(document)
    wanted = {kind: wanted_titles(pack, kind) for kind in {heads[code].kind for code in own}}
    for code, listed_ in own.items():
        yield from near_titles(listed_, wanted[heads[code].kind])


def _at(headings: Headings) -> int:
    return next(n for n, c in enumerate(headings.columns) if c.word == "code")


def _document(sheet: Sheet, headings: Headings, row: int, head: Head, finder: Finder) -> tuple[Document, Problems]:
    problems: list[Problem] = []
    texts: dict[str, str] = {}
    for word in ("title", "number", "issuer", "sha256"):
        value, found = take_word(sheet, row, headings.of(word))
        texts[word] = value if isinstance(value, str) else ""
        problems += found
    days: dict[str, date | None] = {}
    for word in ("date", "valid_to"):
        day, found = take_word(sheet, row, headings.of(word), "date")
        days[word] = day if isinstance(day, date) else None
        problems += found
    title, digest = headings.of("title"), headings.of("sha256")
    at = sheet.at(row, title.number if title else 1)
    if not texts["title"] and not problems:
        problems.append(m.MISSING_CELL.at(at, unit=head.code, label=Label("材料名称", "title")))
    said, texts["sha256"] = texts["sha256"], texts["sha256"].lower().removeprefix("sha256:")
    if digest and said != texts["sha256"]:
        seen = {"label": Label(digest.title), "value": said[:40], "read": texts["sha256"][:40]}
        problems.append(m.TIDIED.at(sheet.at(row, digest.number), **seen))
    if digest and texts["sha256"] and not _SHA256.match(texts["sha256"]):
        problems.append(m.BAD_DIGEST.at(sheet.at(row, digest.number), value=texts["sha256"][:70]))
    proves, found = _proves(sheet, headings, row, head, finder)
    problems += found
    number, until = headings.of("number"), headings.of("valid_to")
    texts["number"], found = number_of(texts["number"], sheet.at(row, number.number if number else 1))
    names = (texts["title"], texts["number"], texts["issuer"], days["date"], days["valid_to"])
    document = Document(*names, proves, texts["sha256"], at)
    more = days_disagree(document, sheet.at(row, until.number if until else 1))
    return document, (*problems, *found, *more)


def _proves(
    sheet: Sheet, headings: Headings, row: int, head: Head, finder: Finder
) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    heading = headings.of("proves")
    text, problems = take(sheet, row, heading.number, Label(heading.title)) if heading else (None, ())
    if heading is None or text is None:
        return (), problems
    at = sheet.at(row, heading.number)
    names: list[str] = []
    found: list[Problem] = [*problems]
    words = tuple(_names(str(text), finder))
    for word in words:
        hit = finder.find(word)
        if hit is None:
            known = [w for f in head.asked(finder.words.fields) for w in (f.id, f.title.zh)]
            found.append(m.UNKNOWN_FIELD.at(at, field=word[:60], **hints(word[:60], known)))
            continue
        meant, more = pick(hit, head, at)
        found += more
        if meant is not None:
            names.append(meant.id)
    if not errors(tuple(found)) and len(words) > 1 and str(text) not in (mark.join(words) for mark in ("、", "; ")):
        seen = {"label": Label(heading.title), "value": str(text)[:40], "read": "、".join(words)[:40]}
        found.append(m.TIDIED.at(at, **seen))
    return tuple(names), tuple(found)


def _names(text: str, finder: Finder, marks: Sequence[re.Pattern[str]] = _BETWEEN) -> Iterator[str]:
    """Yield the names of fields that a text lists."""
    if not marks or finder.find(text) is not None:
        yield from filter(None, (text.strip(),))
    else:
        for part in marks[0].split(text):
            yield from _names(part, finder, marks[1:])
