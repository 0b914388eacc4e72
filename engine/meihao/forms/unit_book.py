"""Writes a unit's workbook: cover, notes, items by dimension, a sheet for each ledger, and the documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import asdict
from xlsxwriter.worksheet import Worksheet

from ..core.label import Label, Lang
from ..evidence.model import Observation, Row, Scalar, UnitEvidence, Value
from . import rows, say, state
from .asked import VERIFYING, Asked, Page
from .cover import Completion, write_cover
from .form import Form
from .held import Held, all_given, declared, held, who_and_when
from .layout import COVER, DOCUMENTS, FIRST_ROW, HEADING_ROW, ITEMS, LINES, NONE, NOTES, TITLE_ROW, column
from .notes import set_widths, write_notes, write_wanted
from .style import StyledWorkbook, height, letters, quoted, wide
from .validation import rule

WIDTHS = {
    "number": 5, "title": 17, "purpose": 16, "measured_in": 6, "allowed": 26, "example": 12, "documents": 17, "held": 16,
    "value": 15, "date": 12, "reason": 22, "state": 13, "errors": 26,
}  # fmt: skip
LINE, LEAST, BAND = 16, 24, 24  # heights in points
BAND_FROM, BAND_TO = column("number") - 1, column("state") - 1
HEADS = 56  # points of title and headings
LOOKS = {"title": "strong", "number": "middle", "measured_in": "middle", "field": "hidden"}  # the others are small
DAY = Asked("date", Label("核查日期", "Seen on"), "date")
REASON = Asked("reason", Label("理由", "Reason"), "text")
NOTES_LINE = 18  # points of a usual row of the notes
NOTHING = UnitEvidence("", "", "", "", ())


class Writer(Struct, frozen=True):
    """What every sheet of one unit's workbook is written with."""

    book: StyledWorkbook
    form: Form
    held: Held
    ledgers: dict[str, rows.RowSheet]


class Signed(Struct, frozen=True):
    """Who answers for a workbook that is filled in, in the inputs of its cover."""

    observer: str = ""
    day: date | None = None
    reason: str = ""
    as_of: date | None = None


def write_unit_book(form: Form, unit: UnitEvidence = NOTHING, signed: Signed | None = None) -> bytes:
    """Return the workbook of a unit. Only its own values of the form's role, and documents still valid, are in it.

    One that is `signed` is filled in to be handed in: every document that the unit gives is in it.
    """
    book = StyledWorkbook(form.lang, form.title)
    shown = all_given(unit, form.role) if signed else held(unit, form.role, form.wanted, form.on)
    writer = Writer(book, form, shown, {t.id: rows.ledger(form, t) for t in form.ledgers})
    order = [COVER.zh, NOTES.zh, ITEMS.zh, *(t.id for t in form.ledgers), DOCUMENTS.zh]
    sheets = {key: book.page(form.names[key]) for key in order}
    tallies = _items(writer, sheets[ITEMS.zh])
    counted = [_ledger(writer, sheets[asked.id], asked) for asked in form.ledgers]
    counted.append(_documents(writer, sheets[DOCUMENTS.zh]))
    _notes(writer, sheets[NOTES.zh])
    names: Mapping[str, Scalar | None] = {"unit": unit.code, "name": unit.name, "region": unit.region}
    if signed:
        names = {**names, **asdict(signed), "date": signed.day}
    write_cover(book, sheets[COVER.zh], form, names, tallies, counted)
    return book.done(form.marks(unit.code))


def _notes(writer: Writer, page: Worksheet) -> None:
    book, form = writer.book, writer.form
    set_widths(page)
    top = write_notes(book, page, form, 1)
    after = write_wanted(book, page, form, top, writer.held.documents)
    book.printed(page, None, form.foot, after * NOTES_LINE)
    book.protect(page)


def _ledger(writer: Writer, page: Worksheet, asked: Asked) -> Completion:
    table = writer.ledgers[asked.id]
    found = _rows(writer, asked)
    rows.write(writer.book, page, writer.form, table, rows.ledger_rows(asked, found))
    return Completion(table.name, table.name, None, len(found), table.count)


def _documents(writer: Writer, page: Worksheet) -> Completion:
    table = rows.documents(writer.form)
    found = rows.document_rows(writer.form, writer.held.documents)
    rows.write(writer.book, page, writer.form, table, found)
    return Completion(table.name, table.name, None, len(found), table.count)


def _rows(writer: Writer, asked: Asked) -> tuple[Row, ...]:
    seen = writer.held.values.get(asked.id)
    return seen.value if seen and isinstance(seen.value, tuple) else ()


# ---- a dimension


def _items(writer: Writer, page: Worksheet) -> list[Completion]:
    """Write the sheet of items: title, headings, then the dimensions one below the other, a line for each field."""
    book, form = writer.book, writer.form
    lines = tuple(line for one in form.pages for line in one.lines)
    _columns(writer, page, lines)
    tallies, row, done = [], FIRST_ROW, 0
    for one in form.pages:
        page.write_string(row - 1, BAND_FROM, one.title[form.lang], book.look("band"))
        for place in range(BAND_FROM + 1, BAND_TO + 1):  # not merged: rows can then be moved and inserted
            page.write_blank(row - 1, place, None, book.look("band"))
        page.set_row(row - 1, BAND)
        for number, line in enumerate(one.lines, 1):
            _line(writer, page, line, row + number, done + number)
        tallies.append(_tally(writer, one, row + 1))
        row, done = row + 1 + len(one.lines), done + len(one.lines)
    letter = letters(column("state") - 1)
    book.colours(page, f"{letter}{FIRST_ROW}:{letter}{row - 1}")
    page.autofilter(HEADING_ROW - 1, 0, row - 2, len(LINES) - 1)
    page.freeze_panes(HEADING_ROW, column("title"))
    page.print_area(0, 0, row - 2, column("state") - 1)
    book.printed(page, (TITLE_ROW, HEADING_ROW), form.foot)
    book.protect(page)
    page.set_selection(FIRST_ROW, column("value") - 1, FIRST_ROW, column("value") - 1)
    return tallies


def _tally(writer: Writer, one: Page, first: int) -> Completion:
    name, letter = writer.form.names[ITEMS.zh], letters(column("state") - 1)
    area = f"{quoted(name)}!${letter}${first}:${letter}${first + len(one.lines) - 1}"
    counting = "+".join(f'COUNTIF({area},"{shape}*")' for shape in state.DONE)
    filled = sum(_now(writer, line).startswith(state.DONE) for line in one.lines)
    return Completion(
        one.title[writer.form.lang], name, sum(line.required for line in one.lines), filled, counting, first
    )


def _columns(writer: Writer, page: Worksheet, lines: Sequence[Asked]) -> None:
    """Write titles and headings; columns that this form has no use for are hidden."""
    book, form = writer.book, writer.form
    hidden = {"field"} | _unused(writer, lines)
    for number, cell_ in enumerate(LINES):
        page.set_column(number, number, _width(cell_.id, lines, form.lang), None, {"hidden": cell_.id in hidden})
        text = cell_.label[form.lang]
        if cell_.id == "reason" and any(line.reason for line in lines):
            text = form.say("理由（凭判断给分的必填）", "Reason (needed for judgements)")
        if cell_.id == "held" and form.role in VERIFYING and form.role != "inspector":
            text = form.say("申报数，供核查", "Declared, to be verified")
        page.write_string(HEADING_ROW - 1, number, text, book.look("head"))
    text = form.say("只填浅黄色的格。“可填内容”写着怎样填。", "Fill in the yellow cells only; “Allowed” says how.")
    page.write_string(
        TITLE_ROW - 1,
        column("number") - 1,
        f"{form.tag}{form.names[ITEMS.zh]}　{text}",
        book.look("plain"),
    )
    page.set_row(TITLE_ROW - 1, HEADS - 30)
    page.set_row(HEADING_ROW - 1, 30)


def _width(word: str, lines: Sequence[Asked], lang: Lang) -> int:
    """Return how wide a column is; that of units is as wide as the longest of a page."""
    units = (wide(line.measured_in[lang]) for line in lines) if word == "measured_in" else ()
    return max(WIDTHS.get(word, 0), *(length + 2 for length in units), 0)


def _unused(writer: Writer, lines: Sequence[Asked]) -> set[str]:
    unused = set() if writer.form.role == "inspector" else {"date"}
    if writer.form.role != "inspector" and not any(line.reason for line in lines):
        unused.add("reason")
    if not any(line.documents for line in lines):
        unused.add("documents")
    if not any(line.id in writer.held.values or line.id in writer.held.declared for line in lines):
        unused.add("held")
    return unused


def _line(writer: Writer, page: Worksheet, line: Asked, row: int, number: int) -> None:
    """Write the line of one field: its texts locked, its value an input, its state live."""
    book, form = writer.book, writer.form
    seen = writer.held.values.get(line.id)
    texts = _texts(writer, line, number, seen)
    for word, text in texts.items():
        page.write_string(row - 1, column(word) - 1, text, book.look(LOOKS.get(word, "small")))
    high = max(LEAST, *(_high(word, text) for word, text in texts.items() if word in WIDTHS))
    page.set_row(row - 1, high)
    book.input(page, row, column("value"), line, _shown(writer, line, seen))
    _validate(page, row, "value", rule(line, form.lang, book.source))
    for asked in (DAY, REASON):
        book.input(page, row, column(asked.id), asked, (seen.reason or None) if seen and asked is REASON else None)
        _validate(page, row, asked.id, rule(asked, form.lang, book.source))
    table = writer.ledgers.get(line.id)
    text = state.formula(
        line, row, form.lang, table.count if table else "", f"({table.wrong(form.lang)})" if table else ""
    )
    page.write_formula(row - 1, column("state") - 1, text, book.look("state"), _now(writer, line))
    page.write_blank(row - 1, column("errors") - 1, None, book.look("errors"))


def _high(word: str, text: str) -> float:
    """Return how high a cell must be for its text."""
    return height(text, WIDTHS[word], LINE) + 4


def _texts(writer: Writer, line: Asked, number: int, seen: Observation | None) -> dict[str, str]:
    lang = writer.form.lang
    optional = "" if line.required else writer.form.say("\n（选填）", "\n(optional)")
    return {
        "field": line.id,
        "number": str(number),
        "title": line.title[lang] + optional,
        "purpose": say.purposes(line.purposes, lang),
        "measured_in": line.measured_in[lang],
        "allowed": say.told(line, lang),
        "example": say.example(line)[lang],
        "documents": say.documents(line.documents, lang),
        "held": "\n".join(_told(writer, line, seen)),
    }


def _told(writer: Writer, line: Asked, seen: Observation | None) -> Iterator[str]:
    """Yield who gave the value that stands in a line, and what the applicant declared where this role verifies it."""
    if seen:
        yield who_and_when(seen)[writer.form.lang]
    said = writer.held.declared.get(line.id)
    if said is not None and not line.required and not isinstance(said.value, tuple):
        yield declared(said, say.value(line, said.value, writer.form.lang))[writer.form.lang]


def _shown(writer: Writer, line: Asked, seen: Observation | None) -> Scalar | None:
    value = seen.value if seen else None
    if isinstance(value, tuple):
        return None if value else NONE[writer.form.lang]
    return value


def _now(writer: Writer, line: Asked) -> str:
    seen = writer.held.values.get(line.id)
    value: Value | None = seen.value if seen else None
    return state.now(line, value, seen is not None, seen.reason if seen else "", writer.form.lang)


def _validate(page: Worksheet, row: int, word: str, test: dict[str, object]) -> None:
    page.data_validation(row - 1, column(word) - 1, row - 1, column(word) - 1, test)
