"""Proves the spans of expressions and measures by hand, and that no value ever leaves its span."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.expressions.samples import names_of
from tests.standard.tiny_pack import tiny

from meihao.core.problems import Source
from meihao.core.text import Label
from meihao.expressions.parse import parse
from meihao.expressions.tree import Constant, Expr, FieldValue, ItemValue, Lookup
from meihao.methods.measures.against_mean import AgainstMean
from meihao.methods.measures.change_from import ChangeFrom
from meihao.methods.measures.count_rows import CountRows
from meihao.methods.measures.field import FieldMeasure
from meihao.methods.measures.index import Index
from meihao.methods.measures.per import Per
from meihao.methods.measures.percent import Percent
from meihao.methods.measures.percent_of_log import PercentOfLog
from meihao.methods.measures.percent_of_rows import PercentOfRows
from meihao.methods.measures.rank_in_round import RankInRound
from meihao.methods.spans import ANY, PERCENT, Span, span
from meihao.standard.model import Column, Field, Measure


def number(name: str, low: int, high: int, whole: bool = True) -> Field:
    return Field(name, Label(name), "count" if whole else "number", ("k",), "applicant", range=(low, high))


COLUMNS = (Column("n", Label("n"), "count", range=(-1, 5)), Column("t", Label("t"), "text"))
TABLE = Field("rows", Label("rows"), "table", ("k",), "applicant", columns=COLUMNS, rows_at_most=10)
BARE = Field("bare", Label("bare"), "number", ("k",), "applicant")
FIELDS = {f.id: f for f in (number("a", 0, 10), number("b", 1, 4), number("c", -3, 3, whole=False), TABLE, BARE)}


def tree(text: str) -> Expr:
    expr, problems = parse(text, Source(), names_of(FIELDS.values()), "number")
    assert expr is not None, problems
    return expr


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("7", Span(7, 7, True)),
        ("0.5", Span(Fraction(1, 2), Fraction(1, 2))),
        ("a", Span(0, 10, True)),
        ("c", Span(-3, 3)),
        ("bare", ANY),
        ("a + b", Span(1, 14, True)),
        ("a - b", Span(-4, 9, True)),
        ("-a", Span(-10, 0, True)),
        ("a * c", Span(-30, 30)),
        ("a / b", Span(0, 10)),
        ("a / 4", Span(0, Fraction(5, 2))),
        ("b / a", Span(Fraction(1, 10), 4)),
        ("a / c", ANY),
        ("bare / b", ANY),
        ("bare * bare", ANY),
        ("a + bare", ANY),
        ("min(a, 3)", Span(0, 3, True)),
        ("max(a, 3)", Span(3, 10, True)),
        ("min(bare, 3)", Span(None, 3)),
        ("max(bare, 3)", Span(3, None)),
        ("abs(c)", Span(0, 3)),
        ("abs(b)", Span(1, 4, True)),
        ("ceil(a / 4)", Span(0, 3, True)),
        ("floor(a / 4)", Span(0, 2, True)),
        ("ceil(bare)", Span(whole=True)),
        ("count(rows)", Span(0, 10, True)),
        ("sum(rows.n)", Span(-10, 50, True)),
    ],
)
def test_spans_by_hand(text: str, wanted: Span) -> None:
    assert span(tree(text), FIELDS) == wanted


def test_a_lookup_spans_all_its_values() -> None:
    cases = (("x", Constant(5)), ("y", Constant(2)))
    assert span(Lookup(FieldValue("kind"), cases, None), FIELDS) == Span(2, 5, True)
    assert span(Lookup(FieldValue("kind"), cases, Constant(9)), FIELDS) == Span(2, 9, True)


def test_points_of_other_items_are_open() -> None:
    assert span(ItemValue("points", "k.d.i"), FIELDS) == ANY
    assert span(FieldValue("nowhere"), FIELDS) == ANY


@pytest.mark.parametrize(
    ("measure", "wanted"),
    [
        (FieldMeasure(tree("a")), Span(0, 10, True)),
        (Percent(tree("a"), tree("b")), Span(0, 1000)),
        (Per(Constant(1000), tree("a"), tree("b")), Span(0, 10000)),
        (Per(Constant(100), tree("bare"), tree("b")), ANY),
        (PercentOfRows("rows", Constant(True)), PERCENT),
        (PercentOfLog("loop"), PERCENT),
        (Index(tree("a")), PERCENT),
        (CountRows("rows"), Span(0, 10, True)),
        (CountRows("elsewhere"), Span(0, None, True)),
        (RankInRound(tree("a")), Span(1, None, True)),
        (RankInRound(tree("a"), unit="percent"), PERCENT),
        (ChangeFrom(tree("a"), tree("b")), ANY),
        (AgainstMean(tree("a")), ANY),
    ],
)
def test_measures_by_hand(measure: Measure, wanted: Span) -> None:
    assert measure.span(FIELDS) == wanted


TEXTS = (
    "a + b * c", "a - b - c", "(a - 3) * (c - 1)", "a / b", "(a + c) / (b + 1)", "min(a, b, c)", "max(a - b, c)",
    "abs(c - 1) + b", "ceil(a / b)", "floor(c / b) * a", "-(a * c)", "b / a", "abs(a - 5) / b",
)  # fmt: skip


@given(
    st.sampled_from(TEXTS), st.integers(0, 10), st.integers(1, 4), st.fractions(-3, 3, max_denominator=8)
)  # the ranges of a, b, c
def test_no_value_leaves_its_span(text: str, a: int, b: int, c: Fraction) -> None:
    found = span(tree(text), FIELDS)
    if text == "b / a" and a == 0:
        return
    facts = {"a": Fraction(a), "b": Fraction(b), "c": c, "ceil": ceil, "floor": floor}
    value = eval(text, facts)  # our own fixed texts: Python's arithmetic on fractions is the second reading
    assert found.low is None or found.low <= value
    assert found.high is None or value <= found.high
    assert not found.whole or value == int(value)


def test_the_tiny_pack_is_bounded() -> None:
    fields = {field.id: field for field in tiny().fields}
    assert span(FieldValue("households"), fields) == Span(1, 5000, True)
