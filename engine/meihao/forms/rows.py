"""Writes sheets of many rows: a ledger for each table field, and the documents. They filter and sort, since no cell is locked."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from xlsxwriter.worksheet import Worksheet

from ..core.label import Label, Lang
from ..evidence.child_sheets import DOCUMENTS as WORDS
from ..evidence.model import Document, Row, Scalar
from ..evidence.unit_rows import CODE_LIMIT
from .asked import Asked
from .faults import wrong_in
from .form import Form
from .layout import DOCUMENT_COLUMNS, DOCUMENTS, ERRORS_HEADING, FIRST_ROW, HEADING_ROW, TITLE_ROW
from .style import WIDTHS, StyledWorkbook, cell, height, letters, quoted, wide
from .validation import number_format, rule

GRID = 30  # rows that show their frames at least; what is written further down is input as well
DOCUMENTS_AT_MOST = 500
ERRORS_WIDTH, TITLE_LINE, ONE_LINE, PAGE_WIDE = 22, 18, 16, 138
UNIT_CODE = Asked("code", Label("单位编号", "Unit code"), "text", length_at_most=CODE_LIMIT)
MOST_WIDER = {"text": 30, "choice": 60}  # characters
DOCUMENT_WIDTHS = {"title": 26, "number": 28, "issuer": 16, "date": 13, "valid_to": 13, "proves": 20, "sha256": 12}
DATES = ("date", "valid_to")


class RowSheet(Struct, frozen=True):
    """A sheet of rows: its name, what stands above it, its columns with widths, and how many rows it may have."""

    name: str
    title: str
    columns: tuple[Asked, ...]
    headings: tuple[str, ...]
    widths: tuple[int, ...]
    rows_at_most: int
    hidden: tuple[str, ...] = ()

    @property
    def last_row(self) -> int:
        return FIRST_ROW + self.rows_at_most - 1

    def wrong(self, lang: Lang) -> str:
        """Return the formula that counts the cells that will be refused, as other sheets write it; "" without columns."""
        return "+".join(
            wrong_in(asked, f"{quoted(self.name)}!${letter}${FIRST_ROW}:${letter}${self.last_row}", lang)
            for letter, asked in zip(map(letters, range(len(self.columns))), self.columns, strict=True)
        )

    @property
    def count(self) -> str:
        """Return the cell that counts the rows, as formulas of other sheets write it."""
        return f"{quoted(self.name)}!${letters(len(self.columns))}${TITLE_ROW}"


def ledger(form: Form, asked: Asked) -> RowSheet:
    """Return the sheet of a table field; a clerk's rows begin with the unit's code."""
    columns = ((UNIT_CODE,) if form.form == "clerk" else ()) + asked.columns
    widths = _spread(columns, tuple(_width(column, form) for column in columns))
    title = asked.title[form.lang]
    more = asked.help[form.lang]
    sentence = form.say(
        f"{title}：一行一条，只填浅黄色的格。{more}", f"{title}: one row each; fill in the yellow cells only. {more}"
    )
    most = asked.rows_at_most * (20 if form.form == "clerk" else 1)
    headings = tuple(heading(column, form) for column in columns)
    return RowSheet(form.names[asked.id], form.tag + sentence.strip(), columns, headings, widths, min(most, 50_000))


def documents(form: Form) -> RowSheet:
    """Return the sheet of documents: the headings are those that the reader of evidence knows."""
    titles = tuple((one.title.zh, one.title) for one in form.wanted)
    columns = [_document_column(word, titles, form) for word in DOCUMENT_COLUMNS]
    words = list(DOCUMENT_COLUMNS)
    if form.form == "clerk":
        columns, words = [UNIT_CODE, *columns], ["code", *words]
    sentence = form.say(
        "材料清单：交一份填一行。材料名称从下拉中选；文件名里带上文号，就能自动对上。",
        "Documents: one row each. Choose the title from the list. A file whose name holds the number is matched.",
    )
    headings = tuple(WORDS[word][0] if form.lang == "zh" and word != "code" else _heading(word, form) for word in words)
    widths = tuple(DOCUMENT_WIDTHS.get(word, 14) for word in words)
    name = form.names[DOCUMENTS.zh]
    return RowSheet(name, form.tag + sentence, tuple(columns), headings, widths, DOCUMENTS_AT_MOST, ("sha256",))


def heading(asked: Asked, form: Form) -> str:
    """Return a column's heading as the reader of tables knows it: the title with its unit, unless the English says it already."""
    title, unit = asked.title[form.lang], asked.measured_in[form.lang]
    if form.lang == "en" and unit.casefold() in title.casefold():
        return title
    return form.say(f"{title}（{unit}）", f"{title} ({unit})") if unit else title


def write(
    book: StyledWorkbook, page: Worksheet, form: Form, table: RowSheet, rows: Sequence[Sequence[Scalar | None]]
) -> None:
    """Write a sheet of rows, those that were handed in before first."""
    last = len(table.columns)
    _widths(book, page, table)
    _top(book, page, form, table, len(rows))
    lines = sum(max(1, round(_high(table, values) / ONE_LINE)) for values in rows)
    for number in range(
        len(rows) + max(0, min(GRID, table.rows_at_most) - lines)
    ):  # a page is not exceeded by high rows
        values = rows[number] if number < len(rows) else (None,) * last
        for column, (asked, value) in enumerate(zip(table.columns, values, strict=True), 1):
            book.input(page, FIRST_ROW + number, column, asked, value)
        page.write_blank(FIRST_ROW + number - 1, last, None, book.look("errors"))
        if (high := _high(table, values)) > ONE_LINE:
            page.set_row(FIRST_ROW + number - 1, high)
    for column, asked in enumerate(table.columns):
        page.data_validation(FIRST_ROW - 1, column, table.last_row - 1, column, _rule(book, form, table, asked))
    page.autofilter(HEADING_ROW - 1, 0, table.last_row - 1, last)
    page.freeze_panes(HEADING_ROW, 0)
    book.printed(page, (TITLE_ROW, HEADING_ROW), form.foot)
    book.protect(page)


def _high(table: RowSheet, values: Sequence[Scalar | None]) -> float:
    """Return how high a row must be for the texts in it; those of a hidden column are not seen."""
    shown = zip(table.columns, table.widths, values, strict=True)
    return max((height(v, w) for c, w, v in shown if isinstance(v, str) and c.id not in table.hidden), default=0)


def ledger_rows(asked: Asked, value: Sequence[Row], code: str = "") -> list[tuple[Scalar | None, ...]]:
    """Return the rows of a table field in the order of its columns."""
    first = (code,) if code else ()
    return [(*first, *(row.get(column.id) for column in asked.columns)) for row in value]


def document_rows(form: Form, held: Sequence[Document], code: str = "") -> list[tuple[Scalar | None, ...]]:
    """Return the rows of documents that are held."""
    titles = {field.id: field.title[form.lang] for field in form.pack.fields}
    return [
        (*((code,) if code else ()), form.document(d.title), d.number or None, d.issuer or None, d.day, d.valid_to,
         _proves(d, titles, form.say("、", "; ")), d.sha256 or None)
        for d in held
    ]  # fmt: skip


def _proves(document: Document, titles: dict[str, str], between: str) -> str | None:
    return between.join(titles.get(name, name) for name in document.proves) or None


def _widths(book: StyledWorkbook, page: Worksheet, table: RowSheet) -> None:
    for column, (asked, width) in enumerate(zip(table.columns, table.widths, strict=True)):
        look = book.look("free", number_format(asked))
        page.set_column(column, column, width, look, {"hidden": asked.id in table.hidden})
    page.set_column(len(table.columns), len(table.columns), ERRORS_WIDTH, book.look("free", "@"))


def _top(book: StyledWorkbook, page: Worksheet, form: Form, table: RowSheet, rows: int) -> None:
    last = len(table.columns)
    across = sum(table.widths[: last - len(table.hidden)])
    page.set_row(TITLE_ROW - 1, max(30, height(table.title, across, TITLE_LINE)))
    if last > 1:
        page.merge_range(TITLE_ROW - 1, 0, TITLE_ROW - 1, last - 1, table.title, book.look("note"))
    else:
        page.write_string(TITLE_ROW - 1, 0, table.title, book.look("note"))
    look = book.look("rows" if form.lang == "zh" else "rows_en")
    page.write_formula(TITLE_ROW - 1, last, _counting(table), look, rows)
    for column, text in enumerate((*table.headings, ERRORS_HEADING[form.lang])):
        page.write_string(HEADING_ROW - 1, column, text, book.look("head"))
    page.set_row(HEADING_ROW - 1, 34)


def _counting(table: RowSheet) -> str:
    """Return the formula that counts the rows in which anything is filled."""
    parts = (
        f'({cell(FIRST_ROW, column)}:{cell(table.last_row, column)}<>"")' for column in range(1, len(table.columns) + 1)
    )
    return f"=SUMPRODUCT(--({'+'.join(parts)}>0))"


def _rule(book: StyledWorkbook, form: Form, table: RowSheet, asked: Asked) -> dict[str, object]:
    """Return a column's validation; a document that nobody asked for is only warned of."""
    found = rule(asked, form.lang, book.source, prompt=True)
    if asked.id == "title" and asked.type == "choice":
        other = form.say("清单里没有这份材料。确实要交就保留。", "No such document is wanted. Keep it if you mean it.")
        found |= {"error_type": "warning", "error_message": other}
    return found


def _document_column(word: str, titles: tuple[tuple[str, Label], ...], form: Form) -> Asked:
    zh = WORDS[word][0]
    label = Label(zh, _heading(word, form))
    if word in DATES:
        return Asked(word, label, "date")
    if word == "title" and titles:
        return Asked(word, label, "choice", options=titles)
    helps = {
        "proves": Label(
            "这份材料证明哪些填报项，用顿号隔开；不清楚可以空着",
            "the items that it proves, separated by semicolons; leave empty if not known",
        ),
        "number": Label("照文件原样写，前面的0要保留", "as in the document, with leading zeros"),
    }
    return Asked(word, label, "text", help=helps.get(word, Label("")))


def _heading(word: str, form: Form) -> str:
    if word == "code":
        return UNIT_CODE.title[form.lang]
    return word.replace("_", " ").capitalize()


def _width(column: Asked, form: Form) -> int:
    texts = (heading(column, form), *(label[form.lang] for _, label in column.options))
    return max(WIDTHS.get(column.type, 12), min(max(map(wide, texts)) + 4, 34))


def _spread(columns: Sequence[Asked], widths: tuple[int, ...]) -> tuple[int, ...]:
    """Return widths with what is left of the page given to the columns of text; to those of choices where there is no text."""
    types = {column.type for column in columns}
    grows = next((one for one in ("text", "choice") if one in types), "")
    several = sum(column.type == grows for column in columns)
    spare = max(0, PAGE_WIDE - ERRORS_WIDTH - sum(widths)) // max(1, several)
    return tuple(
        width + min(spare, MOST_WIDER[grows]) if column.type == grows else width
        for column, width in zip(columns, widths, strict=True)
    )
