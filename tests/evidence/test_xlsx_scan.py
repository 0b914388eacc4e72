"""Proves that searching the XML of a sheet finds what parsing it finds, or leaves it to the parser."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meihao.evidence import xlsx_guard
from meihao.evidence.xlsx_facts import SheetFacts
from meihao.evidence.xlsx_scan import _beyond, scan

BOX, CELLS = xlsx_guard.MOST_BOX, xlsx_guard.MOST_CELLS
ERRORS = ("#REF!", "#N/A", "#DIV/0!")
values = st.one_of(
    st.none(), st.integers(-5, 5000), st.booleans(), st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=6),
    st.sampled_from([*ERRORS, "=A1", "=1/0", "=\"x\"", "50%", date(2026, 4, 7)]),
)  # fmt: skip
grids = st.lists(st.lists(values, max_size=6), min_size=1, max_size=8)


def made(grid: list[list[object]], merges: int = 0) -> bytes:
    """Return a workbook with numbers, texts, dates, percentages, formulas with and without values, errors and merges."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"strings_to_urls": False})
    percent, day = book.add_format({"num_format": "0%"}), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet("单位")
    for r, row in enumerate(grid):
        for c, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(r, c, datetime(cell.year, cell.month, cell.day), day)
            elif cell == "50%":
                sheet.write_number(r, c, 0.5, percent)
            elif cell in ERRORS:
                sheet.write_formula(r, c, "=B9", None, cell)
            elif isinstance(cell, str) and cell.startswith("="):
                sheet.write_formula(r, c, cell, None, "" if cell == "=1/0" else 7)
            elif cell is not None:
                sheet.write(r, c, cell)
    for number in range(merges):
        sheet.merge_range(20 + 2 * number, 0, 21 + 2 * number, 2, "合")
    book.close()
    return stream.getvalue()


def both(data: bytes) -> tuple[SheetFacts | None, SheetFacts, bytes]:
    archive = zipfile.ZipFile(io.BytesIO(data))
    percents = xlsx_guard._Percents()
    xlsx_guard._parse(archive, "xl/styles.xml", percents.start)
    xml = archive.read("xl/worksheets/sheet1.xml")
    slow = xlsx_guard._read_sheet(archive, "xl/worksheets/sheet1.xml", "单位", percents.styles())
    return scan(xml, percents.styles(), BOX, CELLS), slow, xml


def same(quick: SheetFacts, slow: SheetFacts) -> bool:
    """Compare all that is told of cells; the columns of the quick one are not counted."""
    told = [
        (f.errors, sorted(f.formulas), sorted(f.uncomputed), sorted(f.percents), f.merged, f.cells)
        for f in (quick, slow)
    ]
    return told[0] == told[1] and quick.rows >= slow.rows


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(grids, st.integers(0, 3))
def test_searching_finds_what_parsing_finds(grid: list[list[object]], merges: int) -> None:
    quick, slow, xml = both(made(grid, merges))
    assert quick is not None or b"<row" not in xml
    assert quick is None or same(quick, slow)


@pytest.mark.parametrize(
    "change",
    [
        (b"<worksheet", b"<x:worksheet"),
        (b"<sheetData>", b"<!-- c --><sheetData>"),
        (b'<c r="B1"', b'<c s="0" r="B1"'),
        (b'<c r="B1"', b"<c"),
        (b'<row r="1"', b"<row"),
        (b"</worksheet>", b""),
        (b'r="B1"', b'r="XFD1"'),
        (b'r="B1"', b'r="B999999"'),
        (b'encoding="UTF-8"', b'encoding="UTF-16"'),
    ],
)
def test_what_is_written_otherwise_is_left_to_the_parser(change: tuple[bytes, bytes]) -> None:
    _, _, xml = both(made([["编号", "类别", 1.5], ["1", "2", "3"]]))
    assert scan(xml, frozenset(), BOX, CELLS) is not None
    assert change[0] in xml
    assert scan(xml.replace(*change), frozenset(), BOX, CELLS) is None


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2000), st.binary(max_size=12), grids)
def test_a_damaged_sheet_is_answered_alike_or_left_to_the_parser(at: int, put: bytes, grid: list[list[object]]) -> None:
    _, _, xml = both(made(grid))
    place = at % len(xml)
    scan(xml[:place] + put + xml[place + len(put) :], frozenset(("1",)), BOX, CELLS)


def test_a_value_that_is_no_utf_8_is_left_to_the_parser() -> None:
    _, _, xml = both(made([["=A1"]]))
    assert scan(xml, frozenset(), BOX, CELLS) is not None
    assert scan(xml.replace(b"<v>7</v>", b"<v>\x80</v>"), frozenset(), BOX, CELLS) is None


@pytest.mark.parametrize("columns", [1, 2, 25, 26, 27, 28, 51, 52, 53, 100, 701, 702, 703, 5000])
def test_the_first_column_that_is_too_far(columns: int) -> None:
    pattern = _beyond(columns)
    for number in (1, 2, 26, 27, 52, 53, 100, 101, 702, 703, 16384):
        cell = b'<c r="%s5"' % letters(number)
        assert bool(pattern.search(cell)) == (number > min(columns, 702)), (columns, number)


def letters(number: int) -> bytes:
    text = b""
    while number:
        number, rest = divmod(number - 1, 26)
        text = bytes((65 + rest,)) + text
    assert re.fullmatch(rb"[A-Z]+", text)
    return text
