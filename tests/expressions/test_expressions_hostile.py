"""No text, however strange, makes the reader of expressions raise: it gives a tree or a problem, never both."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.expressions.samples import NAMES, PLACE

from meihao.expressions.describe import formula
from meihao.expressions.evaluate import compile_expr
from meihao.expressions.parse import parse

HOSTILE = (
    "x" * 10_000,
    "(" * 5000 + "1" + ")" * 5000,
    "(" * 900 + "1" + ")" * 900,
    "(" * 60 + "1" + ")" * 60,
    "-" * 1900 + "1",
    "not " * 490 + "true",
    "a." * 900 + "a",
    "1+" * 900 + "1",
    "max(" * 400 + "1",
    "max(" * 150 + "1,1" + ")" * 150,
    "1" * 1999,
    "=" * 2000,
    '"' * 1999,
    '"' * 2000,
    "\x00",
    'name == "\x00"',
    '"\ud800"',
    "\ud800",
    "\ufeff1",
    "😀 > 👩‍👩‍👧",
    "ｈｏｕｓｅｈｏｌｄｓ ＞ ３０",
    "е1e3 == ℌ",
    "\u202e1",
    "...",
    "*a, b",
    "()",
    "in",
    "1 in ()",
    "count(*lifts)",
    "count(where=ok)",
    "count(lifts, where=)",
    "min(,)",
    ".",
    "'''a'''",
    "__import__('os').system('true')",
    "().__class__.__bases__",
)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_texts_become_problems(text: str) -> None:
    expr, problems = parse(text, PLACE, NAMES)
    assert (expr is None) == bool(problems)
    assert "\x00" not in "".join(p.text("zh") + p.text("en") for p in problems)


PIECES = (
    *("households", "old", "name", "built", "lifts", "lifts.load", "property.route", "unit.", "stage", "ok", "date"),
    *("(", ")", ",", "=", "==", "<=", "in", "not in", "and", "or", "not", "+", "-", "*", "/", ".", "where=", "%"),
    *("1", "0", "0.5", "1e3", '"a"', '"company"', '"2020-01-01"', "'", '"', "\\", "[", "{", ":", "#", "lambda", "for"),
    *("count(", "sum(", "any_row(", "max(", "days(", 'date("', "points(", "≥", "，", "“", "村", "😀", "\n", "\t"),
)


@settings(max_examples=1500, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25), st.sampled_from(["", " "]))
def test_pieces_of_expressions_in_any_order_never_raise(pieces: list[str], between: str) -> None:
    text = between.join(pieces)
    expr, problems = parse(text, PLACE, NAMES)
    assert (expr is None) == bool(problems)
    if expr is not None:
        compile_expr(expr)
        assert parse(formula(expr), PLACE, NAMES) == (expr, ())


@settings(max_examples=500, deadline=None)
@given(st.text(max_size=60))
def test_any_text_never_raises(text: str) -> None:
    expr, problems = parse(text, PLACE, NAMES)
    assert (expr is None) == bool(problems)
