"""Proves that a column sent and read as a whole says what its cells say one by one."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meihao.evidence import xlsx_child, xlsx_file
from meihao.evidence.columns import CellValue

Cell = str | bool | int | float | date | datetime | time
whole = st.integers(-(10**16), 10**16).map(float)
numbers = st.one_of(
    whole, st.floats(width=64), st.sampled_from([0.0, -0.0, 0.1, 1e15 - 1, 1e15, -1e15, 2.0**53, 1e300])
)
texts = st.sampled_from(["", " ", "\u3000", "12", "1.0", "null", "是", "甲 村"])
others = st.one_of(
    st.booleans(), st.dates(), st.times(), st.sampled_from([datetime(2026, 4, 7), datetime(2026, 4, 7, 8, 30)])
)
columns = st.one_of(
    st.lists(whole, max_size=8), st.lists(st.one_of(whole, st.just("")), max_size=8), st.lists(numbers, max_size=8),
    st.lists(texts, max_size=8), st.lists(st.one_of(numbers, texts), max_size=8),
    st.lists(st.one_of(numbers, texts, others), max_size=8),
)  # fmt: skip


def by_itself(cell: Cell) -> CellValue:
    return xlsx_file._cell(xlsx_child._sent_cell(cell))


def as_a_whole(cells: list[Cell]) -> list[CellValue]:
    return xlsx_file._column(*xlsx_child._sent(tuple(cells)))


def kinds(cells: list[CellValue]) -> list[tuple[str, str]]:
    """Return cells so that 1, True and a decimal of 1 differ, as do decimals of other exponents."""
    return [(type(cell).__name__, str(cell)) for cell in cells]


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(texts, max_size=3), columns)
def test_a_column_sent_as_a_whole_says_what_its_cells_say(top: list[Cell], below: list[Cell]) -> None:
    cells = top + below
    assert kinds(as_a_whole(cells)) == kinds([by_itself(cell) for cell in cells])


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["户数", 12.0, "", 0.0], [("str", "户数"), ("int", "12"), ("NoneType", "None"), ("int", "0")]),
        (["户数", 12.0, "12"], [("str", "户数"), ("int", "12"), ("str", "12")]),
        (["户数", 1.0, True], [("str", "户数"), ("int", "1"), ("bool", "True")]),
        (["长度", 3.0, 0.1], [("str", "长度"), ("int", "3"), ("Decimal", "0.1")]),
        ([1e15], [("Decimal", "1.00000000000000E+15")]),
        ([999999999999999.0], [("int", "999999999999999")]),
        (["编号", "001"], [("str", "编号"), ("str", "001")]),
    ],
)
def test_numbers_stay_numbers_and_texts_stay_texts(cells: list[Cell], expected: list[tuple[str, str]]) -> None:
    assert kinds(as_a_whole(cells)) == expected
