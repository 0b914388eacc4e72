"""Reads a unit's workbook: its evidence, what stands where, and every problem."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from ..core.label import Label
from ..core.problems import Problem, Problems, Source
from ..core.text import hints
from ..evidence import messages as e
from ..evidence.child_sheets import DOCUMENTS as DOCUMENT_WORDS
from ..evidence.child_sheets import REGISTER, read_documents, read_register
from ..evidence.columns import HEADINGS_WITHIN, Heading, Headings, HeadingWords, Sheet, heading_forms, key, take_word
from ..evidence.contradictions import parts_above_wholes
from ..evidence.model import Document, Observation, UnitEvidence
from ..evidence.tables import DOCUMENT_SHEETS, NOTES, sheet_key
from ..evidence.unit_rows import Head, UnitRow, who
from ..standard.model import Field, Pack
from . import messages as m
from .layout import COVER, COVER_INPUTS, COVER_LABEL_COLUMN, COVER_VALUE_COLUMN, DAYS, LISTS, MARK
from .marks import HiddenMarks, role_of
from .read_lines import UnitBookReader, is_dimension
from .spots import FormRow, SheetPlan, code_at, text_of

_CODE = "单位编号"


class Cover(Struct, frozen=True):
    """What the cover says, each input with its row; `sheet` is None where there is no cover."""

    sheet: Sheet | None
    rows: Mapping[str, int]
    texts: Mapping[str, str]
    days: Mapping[str, date]
    problems: Problems

    def at(self, word: str) -> Source:
        if self.sheet is None:
            return Source()
        return self.sheet.at(self.rows.get(word, 1), COVER_VALUE_COLUMN)


class ReadUnit(Struct, frozen=True):
    """A unit's workbook read: `unit` is None where even its code is missing."""

    unit: UnitEvidence | None
    plans: Mapping[str, SheetPlan]
    problems: Problems
    observer: str = ""
    reason: str = ""


def is_unit_book(sheets: Sequence[Sheet], marks: HiddenMarks | None) -> bool:
    """Say whether a workbook is one unit's: its mark says so, or its sheets are laid out like ours."""
    return marks.form == "unit" if marks and marks.form else any(is_dimension(sheet) for sheet in sheets)


def read_unit_book(
    sheets: Sequence[Sheet], marks: HiddenMarks | None, foreign: bool, pack: Pack, file: str
) -> ReadUnit:
    """Return the unit of a workbook. `foreign`: made for another edition; what this one does not ask is said, not refused."""
    cover = read_cover(sheets)
    kind, said = _kind(sheets, marks, cover, pack, file)
    head, more = _head(cover, kind, marks, pack)
    plans = {cover.sheet.name: _cover_plan(cover)} if cover.sheet else {}
    problems: list[Problem] = [*cover.problems, *said, *more]
    if head is None:
        return ReadUnit(None, plans, tuple(problems))
    line = _line(cover, head, marks)
    named, more = who(line, head, cover.at("observer"))
    observer = named or line.role
    reader = UnitBookReader(pack, head, replace(line, observer=observer), foreign)
    seen: list[Observation] = []
    documents: list[Document] = []
    for sheet in sheets:
        if sheet is cover.sheet or sheet.hidden or sheet.name in (MARK, LISTS) or sheet_key(sheet.name) in NOTES:
            continue
        found = _sheet(sheet, reader, marks)
        plans[sheet.name] = found.plan
        problems += found.problems
        seen += found.observations
        documents += found.documents
    problems += (*more, *reader.none_yet_rows(seen))
    unit = UnitEvidence(head.code, head.kind, head.name, head.region, tuple(seen), tuple(documents), head.source)
    problems += parts_above_wholes((unit,), pack)
    return ReadUnit(unit, plans, tuple(problems), observer, cover.texts.get("reason", ""))


class _Found(Struct, frozen=True):
    plan: SheetPlan
    problems: Problems = ()
    observations: tuple[Observation, ...] = ()
    documents: tuple[Document, ...] = ()


# ---- the cover


def read_cover(sheets: Sequence[Sheet]) -> Cover:
    """Return what the cover says, its inputs known by the ids of column A or by their labels."""
    wanted = {sheet_key(COVER.zh), sheet_key(COVER["en"])}
    sheet = next((one for one in sheets if sheet_key(one.name) in wanted), None)
    if sheet is None:
        return Cover(None, {}, {}, {}, ())
    rows = _input_rows(sheet)
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    days: dict[str, date] = {}
    for one in COVER_INPUTS:
        heading = Heading(COVER_VALUE_COLUMN, one.label.zh, one.id)
        said = (
            take_word(sheet, rows[one.id], heading, "date" if one.id in DAYS else "text")
            if one.id in rows
            else (None, ())
        )
        problems += said[1]
        texts[one.id] = said[0] if isinstance(said[0], str) else ""
        if isinstance(said[0], date):
            days[one.id] = said[0]
    return Cover(sheet, rows, texts, days, tuple(problems))


def _input_rows(sheet: Sheet) -> dict[str, int]:
    """Return the rows of the cover's inputs: by their ids, and those without by their labels."""
    every = range(1, len(sheet.rows) + 1)
    rows: dict[str, int] = {}
    for column, forms in (
        (1, lambda one: {one.id}),
        (COVER_LABEL_COLUMN, lambda one: {key(one.label.zh), key(one.label["en"])}),
    ):
        for one in COVER_INPUTS:
            found = next((r for r in every if key(code_at(sheet, r, column)) in forms(one)), 0)
            if found:
                rows.setdefault(one.id, found)
    return rows


def _cover_plan(cover: Cover) -> SheetPlan:
    assert cover.sheet is not None
    unit, labels = cover.texts.get("unit", ""), {one.id: one.label for one in COVER_INPUTS}
    return SheetPlan(cover.sheet, {row: FormRow(unit, word, labels[word]) for word, row in cover.rows.items()})


def _kind(
    sheets: Sequence[Sheet], marks: HiddenMarks | None, cover: Cover, pack: Pack, file: str
) -> tuple[str, Problems]:
    """Return the kind of the unit: the mark's, else the one that the cover names, else the only one that asks these fields."""
    kinds = {kind.id: kind.title for kind in pack.kinds}
    if marks and marks.kind in kinds:
        return marks.kind, ()
    named = {text_of(cell).strip() for row in (cover.sheet.rows if cover.sheet else ()) for cell in row}
    found = [kind for kind, title in kinds.items() if named & {kind, title.zh, title["en"]}]
    if len(found) != 1:
        ids = {code_at(sheet, row, 1) for sheet in sheets for row in range(1, len(sheet.rows) + 1)}
        asked = [f.kinds for f in pack.fields if f.id in ids]
        found = [kind for kind in kinds if asked and all(kind in of for of in asked)]
    if len(found) != 1:
        return "", (m.NO_KIND.at(Source(file)),)
    return found[0], () if marks else (m.NO_MARK.at(Source(file), kind=kinds[found[0]]),)


def _head(cover: Cover, kind: str, marks: HiddenMarks | None, pack: Pack) -> tuple[Head | None, Problems]:
    """Return what the unit is; None without kind or code."""
    made = marks.unit if marks else ""
    code = cover.texts.get("unit", "") or made
    name = cover.texts.get("name", "")
    problems: list[Problem] = []
    known = {p.source for p in cover.problems}
    for word, value in (("unit", code), ("name", name)):
        if not value and cover.at(word) not in known:
            label = next(one.label for one in COVER_INPUTS if one.id == word)
            problems.append(e.MISSING_CELL.at(cover.at(word), unit=code, label=label))
    if made and code != made:
        problems.append(m.OTHER_UNIT.at(cover.at("unit"), made=made[:100], given=code[:100]))
    if not kind or not code:
        return None, tuple(problems)
    title = next(one.title for one in pack.kinds if one.id == kind)
    return Head(code, kind, title, name, cover.texts.get("region", ""), cover.at("unit")), tuple(problems)


def _line(cover: Cover, head: Head, marks: HiddenMarks | None) -> UnitRow:
    """Return the one record of the workbook: who filled it in, in which role, when."""
    sheet = cover.sheet or Sheet("", "", ())
    headings = Headings((Heading(COVER_VALUE_COLUMN, _CODE, "code"),), 1)
    names = (head.code, head.kind, head.name, head.region, cover.texts.get("observer", ""))
    return UnitRow(
        sheet,
        headings,
        cover.rows.get("unit", 1),
        *names,
        role=role_of(marks),
        day=cover.days.get("date"),
        as_of=cover.days.get("as_of"),
    )


# ---- the other sheets


def _sheet(sheet: Sheet, reader: UnitBookReader, marks: HiddenMarks | None) -> _Found:
    """Read a sheet as what it is: a dimension, a ledger, the documents, or somebody's own."""
    if is_dimension(sheet):
        observations, plan, problems = reader.dimension(sheet)
        return _Found(plan, problems, observations)
    name = sheet_key(sheet.name)
    heads = {reader.head.code: reader.head}
    if name in DOCUMENT_SHEETS:
        coded, plan = _with_code(sheet, HeadingWords(DOCUMENT_WORDS), reader.head.code, ())
        documents, problems = read_documents(coded, heads, reader.pack) if sheet.rows else ((), ())
        return _Found(plan, problems, documents=tuple(d for _, d in documents))
    table = _table(sheet, name, reader)
    if table is None:
        return _Found(SheetPlan(sheet), _unread(sheet, reader, marks))
    coded, plan = _with_code(sheet, HeadingWords(REGISTER, table=table), reader.head.code, (table.id,))
    rows, problems = read_register(coded, (table,), heads, (reader.line,)) if sheet.rows else ((), ())
    return _Found(plan, problems, tuple(o for _, o in rows))


def _unread(sheet: Sheet, reader: UnitBookReader, marks: HiddenMarks | None) -> Problems:
    if not sheet.rows:
        return ()
    if marks:
        return (m.OWN_SHEET.at(sheet.at(1, 1), sheet=sheet.name),)
    names = [f.title.zh for f in reader.tables]
    return (e.UNKNOWN_SHEET.at(sheet.at(1, 1), sheet=sheet.name, **hints(sheet.name, [*names, DOCUMENT_SHEETS[0]])),)


def _table(sheet: Sheet, name: str, reader: UnitBookReader) -> Field | None:
    """Return the register that a sheet is: by its name, else by all its columns."""
    for table in reader.tables:
        if name in {sheet_key(text) for text in (table.id, table.title.zh, table.title["en"])}:
            return table
    return next((t for t in reader.tables if _hits(sheet, HeadingWords({}, table=t))[1] == len(t.columns)), None)


def _hits(sheet: Sheet, words: HeadingWords) -> tuple[int, int]:
    """Return the row that most looks like headings, and how many of its cells are known ones."""
    forms = [{key(text) for text in texts} for texts in words.fixed.values()]
    for c in words.table.columns if words.table else ():
        forms.append(heading_forms(c.id, c.title, c.measured_in))
    best = (1, 0)
    for number, row in enumerate(sheet.rows[:HEADINGS_WITHIN], 1):
        texts = {key(cell) for cell in row if isinstance(cell, str)}
        count = sum(bool(texts & form) for form in forms)
        best = (number, count) if count > best[1] else best
    return best


def _with_code(sheet: Sheet, words: HeadingWords, code: str, fields: tuple[str, ...]) -> tuple[Sheet, SheetPlan]:
    """Return a sheet of the unit's rows with its code in a column behind the others, and what stands where in it."""
    top, _ = _hits(sheet, words)
    width = max(map(len, sheet.rows), default=0)
    rows = []
    lines: dict[int, FormRow] = {}
    for number, row in enumerate(sheet.rows, 1):
        filled = number > top and any(cell is not None for cell in row)
        last = _CODE if number == top else code if filled else None
        rows.append((*row, *[None] * (width - len(row)), last))
        if filled:
            lines[number] = FormRow(code, f"{number}")
    titles = sheet.rows[top - 1] if sheet.rows else ()
    columns = {n: Label(text_of(cell)) for n, cell in enumerate(titles, 1) if cell is not None}
    own = any(words.fixed_word(text_of(cell)) == "code" for cell in titles)
    asked = dict.fromkeys(columns, fields)
    return (sheet if own else replace(sheet, rows=tuple(rows))), SheetPlan(sheet, lines, columns, asked, top)
