"""Writes lists as a workbook (XLSX) and as CSV. A text stays a text: nothing in a cell is ever a formula.

Figures are written as numbers, names, codes and reasons as texts. CSV has no types, so there a text that a spreadsheet
would run gets a leading apostrophe.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from ..core.visible import csv_text
from .model import ListBlock, RankedListReport, Table, TierBlock
from .official import NoticeReport
from .words import speaker

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?\Z")
_NAME_UNFIT = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
FIRST_DAY = datetime(1980, 1, 1)  # the earliest day that a zip file can carry; a clock has no place here
CELL_AT_MOST = 32_767


class Worksheet(Struct, frozen=True):
    """A worksheet: a name, a line above the table, and the table; `numeric` columns hold numbers."""

    name: str
    above: tuple[str, ...]
    table: Table
    widths: tuple[int, ...]


def to_csv(tables: Sequence[tuple[str, Table]], first: str) -> bytes:
    """Return CSV with a mark that makes spreadsheets read UTF-8; each table's name stands in a first column `first`.

    All tables have the same heads. Each row is one line whatever its texts hold.
    """
    heads = tables[0][1].heads if tables else ()
    rows = ((name, *row) for name, table in tables for row in table.rows)
    return csv_text(((first, *heads), *rows)).encode("utf-8", "replace")


def to_xlsx(sheets: Sequence[Worksheet], title: str, mark: str = "") -> bytes:
    """Return a workbook: heads frozen and repeated in print, A4, one page wide, texts as texts. Same input, same bytes.

    `mark`, of a draft, stands at the foot of every printed page.
    """
    import xlsxwriter  # late: only lists need it

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"title": title, "created": FIRST_DAY})
    styles = {
        "head": book.add_format({"bold": True, "bottom": 2, "text_wrap": True, "valign": "vcenter"}),
        "text": book.add_format({"num_format": "@", "text_wrap": True, "valign": "top", "bottom": 4}),
        "note": book.add_format({"italic": True, "num_format": "@"}),
    }
    taken: set[str] = set()
    for sheet in sheets:
        _write(book, book.add_worksheet(_sheet_name(sheet.name, taken)), sheet, styles, mark)
    book.close()
    return out.getvalue()


def _sheet_name(name: str, taken: set[str]) -> str:
    """Return a name that a workbook accepts, and that no other sheet has."""
    base = _NAME_UNFIT.sub(" ", name).strip()[:27] or "1"
    found = next(n for n in (base, *(f"{base} {i}" for i in range(2, 1000))) if n.lower() not in taken)
    taken.add(found.lower())
    return found


def _write(book: object, page: object, sheet: Worksheet, styles: dict[str, object], mark: str) -> None:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    assert isinstance(book, Workbook)
    assert isinstance(page, Worksheet)
    top = len(sheet.above)
    for row, text in enumerate(sheet.above):
        page.write_string(row, 0, text[:CELL_AT_MOST], styles["note"])
    for column, head in enumerate(sheet.table.heads):
        page.write_string(top, column, head, styles["head"])
    numbers: dict[int, object] = {}
    for row, cells in enumerate(sheet.table.rows, top + 1):
        for column, cell in enumerate(cells):
            if column in sheet.table.numeric and _NUMBER.match(cell):
                places = len(cell.partition(".")[2])
                if places not in numbers:
                    mask = "0." + "0" * places if places else "0"
                    numbers[places] = book.add_format({"num_format": mask, "valign": "top", "bottom": 4})
                page.write_number(row, column, float(cell), numbers[places])
            else:
                page.write_string(row, column, cell[:CELL_AT_MOST], styles["text"])
    for column, width in enumerate(sheet.widths):
        page.set_column(column, column, width)
    page.freeze_panes(top + 1, 0)
    page.repeat_rows(top)
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_landscape()
    page.set_footer(f"&L&8&A{mark and '　'}{mark}&R&8&P / &N")


def members_table(one: ListBlock, report: RankedListReport) -> Table:
    """Return a list's places of all tiers, inner tier first, as one table; every unit once."""
    t = speaker(report.frame.lang)
    heads = tuple(t(key) for key in ("tier_name", "rank", "name", "code", "kind", "region", "figure", "grade", "why"))
    rows = tuple(
        (tier.title, p.rank, p.name, p.code, p.kind, p.region, p.figure, p.grade, f"{p.flag} {p.why}".strip())
        for tier in one.tiers
        for p in tier.places
    )
    return Table(one.title, heads, rows, (1, 6))


def of_draft(table: Table, report: RankedListReport) -> Table:
    """Return a table of data whose every row carries the mark of a draft; as it is where the standard has no errors."""
    mark = report.frame.draft
    if not mark:
        return table
    head = speaker(report.frame.lang)("draft")
    return replace(table, heads=(*table.heads, head), rows=tuple((*row, mark) for row in table.rows))


def list_sheets(report: RankedListReport) -> tuple[Worksheet, ...]:
    """Return the sheets of a ranked list: members, order, reserve and seats by tier, waiting, failed, for each list."""
    above = _above(report)
    return tuple(sheet for one in report.lists for sheet in _sheets_of(one, report, above))


def _above(report: RankedListReport) -> tuple[str, ...]:
    frame = report.frame
    parts = (frame.draft, frame.title, frame.standard, frame.notice, frame.sample)
    return ("　".join(part for part in parts if part), report.rule)


def _sheets_of(one: ListBlock, report: RankedListReport, above: tuple[str, ...]) -> Iterator[Worksheet]:
    waits = tuple(f"{tier.title}　{text}" for tier in one.tiers for text in (*tier.waits, *tier.notes))
    yield Worksheet(
        one.title, (*above, *waits, *report.pending), members_table(one, report), (16, 7, 30, 14, 8, 12, 10, 8, 60)
    )
    yield Worksheet(f"{one.title} {one.standings.title}", above, one.standings, (7, 30, 14, 12, 10, 10, 10, 8, 24))
    for tier in one.tiers:
        for table in _tier_tables(tier):
            yield Worksheet(
                f"{table.title} {tier.title}", (above[0], f"{one.title} {tier.title}"), table, (14,) * len(table.heads)
            )
    for rest in (one.waiting, one.failed):
        if rest:
            yield Worksheet(
                f"{rest.title} {one.title}", above[:1], rest, (30, 14, 12, *(16,) * (len(rest.heads) - 4), 70)
            )


def _tier_tables(tier: TierBlock) -> tuple[Table, ...]:
    return tuple(table for table in (tier.reserve, tier.regions, tier.departures) if table)


def notice_table(report: NoticeReport) -> Table:
    """Return the public notice as one table: tier, name, region, and nothing else."""
    t = speaker(report.frame.lang)
    rows = tuple((tier.title, name, region) for one in report.lists for tier in one.tiers for name, region in tier.rows)
    return Table(t("notice"), (t("tier_name"), t("name"), t("region")), rows)


def notice_sheets(report: NoticeReport) -> tuple[Worksheet, ...]:
    parts = (report.frame.title, report.frame.notice, report.frame.sample)
    return (
        Worksheet(
            speaker(report.frame.lang)("notice"),
            ("　".join(p for p in parts if p),),
            notice_table(report),
            (24, 50, 24),
        ),
    )
