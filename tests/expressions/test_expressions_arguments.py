"""Proves that every function takes as many arguments as it is written with: one too few or too many is told, its form with it."""

from __future__ import annotations

import pytest
from tests.expressions.samples import NAMES, PLACE

from meihao.expressions.parse import parse

# function, least, most, an argument
FUNCTIONS = (
    ("min", 2, 50, "households"),
    ("max", 2, 50, "households"),
    ("abs", 1, 1, "households"),
    ("ceil", 1, 1, "rate"),
    ("floor", 1, 1, "rate"),
    ("days", 2, 2, "built"),
    ("date", 1, 1, '"2026-01-01"'),
    ("count", 1, 1, "lifts"),
    ("sum", 1, 1, "lifts.load"),
    ("any_row", 1, 1, "lifts"),
    ("points", 1, 1, '"village.safety.fire"'),
    ("outcome", 1, 1, '"village.safety.fire"'),
    ("finding", 1, 1, '"checks.dirty"'),
)


def said(function: str, argument: str, number: int) -> list[str]:
    problems = parse(f"{function}({', '.join([argument] * number)})", PLACE, NAMES)[1]
    return [one.message_en for one in problems if one.code == "X040"]


@pytest.mark.parametrize(("function", "least", "most", "argument"), FUNCTIONS)
def test_one_argument_too_few_or_too_many_is_told(function: str, least: int, most: int, argument: str) -> None:
    assert [bool(said(function, argument, n)) for n in (least - 1, least, most, most + 1)] == [True, False, False, True]
