"""Writes the clerk's workbook for the units of a township: one row a unit, ledgers, documents and notes."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import groupby

from xlsxwriter.worksheet import Worksheet

from ..core.label import Label
from ..evidence.model import Scalar, UnitEvidence
from ..evidence.unit_rows import CODE_LIMIT, WIDE
from ..evidence.values import TEXT_LIMIT
from ..standard.model import ROLES
from . import rows, say, state
from .asked import Asked
from .faults import fits
from .form import Form
from .held import Held, held
from .layout import (
    CLERK_FIRST_ROW,
    CLERK_GROUP_ROW,
    CLERK_HEADING_ROW,
    CLERK_ID_ROW,
    DECLARED_HEADING,
    DOCUMENTS,
    ERRORS_HEADING,
    NONE,
    NOTES,
    STATE_HEADING,
    TITLE_ROW,
    UNITS,
)
from .notes import LAST, head, set_widths, tallest, write_notes, write_wanted
from .row_checks import RowChecks
from .style import StyledWorkbook, cell, height, letters, wide
from .validation import number_format, rule

GRID, UNITS_AT_MOST = 22, 2000
PAGE_WIDE = 104  # characters across a printed page, with the widest of the usual fonts
FROZEN = 3  # columns that stay in sight: code, kind, name
HEAD_WORDS = ("code", "kind", "name", "region", "observer", "role", "date")
WIDTHS = {"code": 14, "kind": 9, "name": 20, "region": 11, "observer": 11, "role": 11, "date": 13}


class ClerkColumn(Asked, frozen=True):
    """A column of the clerk's sheet: a heading word, a field, or the reason or the declared value of a field (`of`).

    `page` is its group. What is `declared` is read-only.
    """

    word: str = "field"
    of: str = ""
    page: str = ""


def write_clerk_book(form: Form, units: Sequence[UnitEvidence] = ()) -> bytes:
    """Return the clerk's workbook, which the reader of tables reads as it is."""
    book = StyledWorkbook(form.lang, form.title)
    order = [NOTES.zh, UNITS.zh, *(asked.id for asked in form.ledgers), DOCUMENTS.zh]
    sheets = {key: book.page(form.names[key]) for key in order}
    kept = {unit.code: held(unit, form.role, form.wanted, form.on) for unit in units}
    columns = tuple(_columns(form, frozenset(name for one in kept.values() for name in one.declared)))
    _notes(book, sheets[NOTES.zh], form, columns)
    _units(book, sheets[UNITS.zh], form, columns, units, kept)
    for asked in form.ledgers:
        rows.write(book, sheets[asked.id], form, rows.ledger(form, asked), tuple(_ledger_rows(asked, kept)))
    documents = [row for code, one in kept.items() for row in rows.document_rows(form, one.documents, code)]
    rows.write(book, sheets[DOCUMENTS.zh], form, rows.documents(form), documents)
    return book.done(form.marks(""))


def _ledger_rows(asked: Asked, kept: Mapping[str, Held]) -> Iterator[tuple[Scalar | None, ...]]:
    for code, one in kept.items():
        seen = one.values.get(asked.id)
        if seen and isinstance(seen.value, tuple):
            yield from rows.ledger_rows(asked, seen.value, code)


def _columns(form: Form, declared: Container[str]) -> Iterator[ClerkColumn]:
    """Yield the columns: what a unit is, who fills in, then every field, a reason beside what is judged.

    Before a field that this role verifies stands what was `declared`, where any of the units declared it.
    """
    words = [word for word in HEAD_WORDS if word != "role" or form.role != "applicant"]
    for word in words:
        label = Label("单位编号" if word == "code" else WIDE[word][0], WIDE[word][-1].replace("_", " ").capitalize())
        options = {
            "kind": ((form.kind, form.kind_title),),
            "role": ((form.role, ROLES[form.role]),),
            "code": form.codes,
            "region": form.regions,
        }.get(word, ())
        kind = "date" if word == "date" else "choice" if options else "text"
        most = CODE_LIMIT if word in ("code", "region") else TEXT_LIMIT
        yield ClerkColumn(word, label, kind, options=options, length_at_most=most, word=word)  # type: ignore[arg-type]  # one of the types
    for page in form.pages:
        for line in page.lines:
            yield from _of_line(line, page.title[form.lang], not line.required and line.id in declared)


def _of_line(line: Asked, page: str, declared: bool) -> Iterator[ClerkColumn]:
    if declared:
        title = Label(DECLARED_HEADING.zh + line.title.zh, DECLARED_HEADING["en"] + line.title["en"])
        yield ClerkColumn(f"{line.id}.declared", title, "text", word="declared", of=line.id, page=page)
    parts = {name: getattr(line, name) for name in Asked.__struct_fields__}
    yield ClerkColumn(**parts, page=page)
    if line.reason:
        title = Label(f"{line.title.zh}（理由）", f"{line.title['en']} (reason)")
        yield ClerkColumn(f"{line.id}.reason", title, "text", word="reason", of=line.id, page=page)


# ---- the sheet


def _units(
    book: StyledWorkbook, page: Worksheet, form: Form, columns: Sequence[ClerkColumn], units: Sequence[UnitEvidence],
    kept: Mapping[str, Held],
) -> None:  # fmt: skip
    """Write one row a unit: groups, hidden ids, headings, then inputs; errors and a live count of what is open at the end."""
    last = len(columns)
    first = next(number for number, column in enumerate(columns) if column.word == "field")
    checks = RowChecks(book, columns[first:], first + 1)
    _heads(book, page, form, columns)
    for number in range(max(GRID, len(units))):
        row = CLERK_FIRST_ROW + number
        unit = units[number] if number < len(units) else None
        values = _values(form, columns, unit, kept) if unit else {}
        for column, asked in enumerate(columns, 1):
            if asked.word == "declared":
                page.write_string(row - 1, column - 1, str(values.get(asked.id, "")), book.look("shown"))
            else:
                book.input(page, row, column, asked, values.get(asked.id), old=asked.word == "field")
        page.write_blank(row - 1, last, None, book.look("errors"))
        text, now = _state(form, columns, checks, row, values)
        page.write_formula(row - 1, last + 1, text, book.look("state"), now)
    end = CLERK_FIRST_ROW + UNITS_AT_MOST - 2
    for column, asked in enumerate(columns):
        if asked.word == "declared":
            continue
        page.data_validation(CLERK_FIRST_ROW - 1, column, end, column, rule(asked, form.lang, book.source, prompt=True))
    page.autofilter(CLERK_HEADING_ROW - 1, 0, end, last)
    page.freeze_panes(CLERK_FIRST_ROW - 1, FROZEN)
    states = letters(last + 1)
    book.colours(page, f"{states}{CLERK_FIRST_ROW}:{states}{CLERK_FIRST_ROW + max(GRID, len(units)) - 1}")
    page.set_v_pagebreaks(_breaks(columns, form))
    page.print_area(0, 0, CLERK_FIRST_ROW + max(GRID, len(units)) - 2, last - 1)
    page.repeat_columns(0, FROZEN - 1)
    book.printed(page, (CLERK_GROUP_ROW, CLERK_HEADING_ROW), form.foot)
    page.fit_to_pages(0, 0)
    page.set_print_scale(100)
    book.protect(page)


def _heads(book: StyledWorkbook, page: Worksheet, form: Form, columns: Sequence[ClerkColumn]) -> None:
    text = form.say(
        "一个单位填一行，只填浅黄色的格。点一下格子，就显示怎样填；各列的说明在“填写说明”表里。",
        "One row a unit, yellow cells only. Choose a cell to see how to fill it in; the sheet Notes explains each column.",
    )
    page.merge_range(TITLE_ROW - 1, 0, TITLE_ROW - 1, FROZEN - 1, form.title, book.look("short"))
    end = next(
        iter(_breaks(columns, form)), len(columns)
    )  # beside the columns that every page repeats, on the first alone
    page.merge_range(TITLE_ROW - 1, FROZEN, TITLE_ROW - 1, end - 1, text, book.look("note"))
    page.set_row(TITLE_ROW - 1, max(26, height(text, sum(_width(one, form) for one in columns[FROZEN:end]))))
    group = ""
    for number, column in enumerate(columns):
        look = None if column.word == "declared" else book.look("free", number_format(column))
        page.set_column(number, number, _width(column, form), look)
        if column.page != group:
            group = column.page
            page.write_string(CLERK_GROUP_ROW - 1, number, f"▼ {group}", book.look("plain"))
        page.write_string(CLERK_ID_ROW - 1, number, column.id, book.look("hidden"))
        page.write_string(CLERK_HEADING_ROW - 1, number, rows.heading(column, form), book.look("head"))
    for number, label in enumerate((ERRORS_HEADING, STATE_HEADING), len(columns)):
        page.set_column(
            number,
            number,
            26 if number == len(columns) else 15,
            book.look("free", "@") if number == len(columns) else None,
        )
        page.write_string(CLERK_HEADING_ROW - 1, number, label[form.lang], book.look("head"))
    page.set_row(CLERK_ID_ROW - 1, None, None, {"hidden": True})
    page.set_row(CLERK_HEADING_ROW - 1, 62)


def _values(
    form: Form, columns: Sequence[ClerkColumn], unit: UnitEvidence, kept: Mapping[str, Held]
) -> dict[str, Scalar]:
    """Return what the cells of a unit's row hold by the id of their column."""
    found: dict[str, Scalar] = {"code": unit.code}
    found |= {"name": unit.name} if unit.name else {}
    found |= {"region": unit.region} if unit.region else {}
    found |= {"kind": form.kind, "role": form.role}
    fields = {line.id: line for page in form.pages for line in page.lines}
    for column in columns:
        if column.word == "declared" and (said := kept[unit.code].declared.get(column.of)):
            found |= (
                {}
                if isinstance(said.value, tuple)
                else {column.id: say.value(fields[column.of], said.value, form.lang)}
            )
        seen = kept[unit.code].values.get(column.of or column.id)
        if seen is None or column.word not in ("field", "reason"):
            continue
        if column.word == "reason":
            found |= {column.id: seen.reason} if seen.reason else {}
        elif not isinstance(seen.value, tuple):
            found[column.id] = seen.value
        elif not seen.value:
            found[column.id] = NONE[form.lang]
    return found


def _state(
    form: Form, columns: Sequence[ClerkColumn], checks: RowChecks, row: int, values: Mapping[str, Scalar]
) -> tuple[str, str]:
    """Return the formula that says whether a row has wrong cells, else counts its open fields, and what it gives now.

    Ledgers are left out of the count.
    """
    wanted = [n for n, c in enumerate(columns, 1) if c.word == "field" and c.required and c.type != "table"]
    spans = ",".join(f"{cell(row, first)}:{cell(row, last)}" for first, last in _runs(wanted))
    filled = sum(columns[n - 1].id in values for n in wanted)
    done, lacking, end = form.say("√ 填完", "√ complete"), form.say("○ 还差", "○ "), form.say("项", " open")
    missing = len(wanted) - filled
    now = "" if "code" not in values else f"{lacking}{missing}{end}" if missing else done
    check = state.CHECK[form.lang]
    if "code" in values and not all(fits(c, values[c.id]) for c in columns if c.word == "field" and c.id in values):
        now = check
    left = f"{len(wanted)}-COUNTA({spans})" if spans else "0"
    full = f'IF({left}>0,"{lacking}"&({left})&"{end}","{done}")'
    return f'=IF($A{row}="","",IF(IFERROR({checks.wrong(row)},1)>0,"{check}",{full}))', now


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Return runs of neighbours.

    >>> _runs([1, 2, 4])
    [(1, 2), (4, 4)]
    """
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def _breaks(columns: Sequence[ClerkColumn], form: Form) -> list[int]:
    """Return before which columns a printed page begins: a field stays with what was declared and why, a group with its name."""
    room = PAGE_WIDE - sum(_width(one, form) for one in columns[:FROZEN])
    found, used, group = [], 0, ""
    for first, run in _together(columns):
        named = wide(f"▼ {run[0].page}") if run[0].page != group else 0
        need = sum(_width(one, form) for one in run)
        if used and used + max(need, named) > room:
            found.append(first)
            used = 0
        used, group = used + need, run[0].page
    return found


def _together(columns: Sequence[ClerkColumn]) -> Iterator[tuple[int, list[ClerkColumn]]]:
    """Yield the columns behind those in sight, each run of one field with the place of its first."""
    numbered = enumerate(columns[FROZEN:], FROZEN)
    for _, run in groupby(numbered, key=lambda one: one[1].of or one[1].id):
        places, several = zip(*run, strict=True)
        yield places[0], list(several)


def _width(column: ClerkColumn, form: Form) -> int:
    if column.word in WIDTHS:
        return WIDTHS[column.word]
    longest = max((wide(label[form.lang]) + 3 for _, label in column.options), default=0)
    return 24 if column.word == "reason" else max(13, min(24, longest))


# ---- the notes


def _notes(book: StyledWorkbook, page: Worksheet, form: Form, columns: Sequence[ClerkColumn]) -> None:
    """Write what this is, how to fill it in, what each column is for, which documents are wanted."""
    set_widths(page)
    page.merge_range(0, 0, 0, LAST, form.title, book.look("title"))
    page.set_row(0, 30)
    first = form.say(
        "第一步：到“填报表”，一个单位填一行。填完存盘，交给收表的人。",
        "First: go to the sheet Units and fill in one row a unit. Save it and hand it in.",
    )
    page.merge_range(1, 0, 1, LAST, first, book.look("first"))
    page.set_row(1, 28)
    for row, (label, value) in enumerate((*form.facts(), (form.say("说明", "Notice"), form.pack.notice[form.lang])), 2):
        page.merge_range(row, 0, row, 1, label, book.look("strong"))
        page.merge_range(row, 2, row, LAST, value, book.look("text"))
        page.set_row(row, height(value, 100) + 2)
    top = write_notes(book, page, form, 3 + len(form.facts()) + 2)
    top = write_wanted(book, page, form, top, ()) + 1
    _explained(book, page, form, [c for c in columns if c.word == "field"], top)
    book.printed(page, None, form.foot)
    book.protect(page)


def _explained(book: StyledWorkbook, page: Worksheet, form: Form, columns: Sequence[ClerkColumn], top: int) -> None:
    head(book, page, top, form.say("各列的说明", "The columns"))
    heads = (
        ("序号", "No."),
        ("填报项", "Item"),
        ("用途", "What it is for"),
        ("可填内容", "Allowed"),
        ("需附材料", "Documents"),
        ("示例", "Example"),
    )
    for column, (zh, en) in enumerate(heads):
        page.write_string(top, column, form.say(zh, en), book.look("head"))
    for number, line in enumerate(columns, 1):
        texts = (
            str(number), rows.heading(line, form), say.purposes(line.purposes, form.lang), say.told(line, form.lang),
            say.documents(line.documents, form.lang), say.example(line)[form.lang],
        )  # fmt: skip
        for column, text in enumerate(texts):
            page.write_string(top + number, column, text, book.look("middle" if column == 0 else "text"))
        page.set_row(top + number, tallest(texts))
