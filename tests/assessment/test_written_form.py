"""Proves the written form of results: canonical bytes are what the standard library would write, nothing foreign gets in,
and every number's text is what decimal arithmetic says."""

from __future__ import annotations

import json
import math
from collections import OrderedDict
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from typing import Any, NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from meihao.core.canonical import Json, canonical, digest, pretty
from meihao.core.numbers import exact, fixed, parse_exact, plain, round_half_up

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
PARTS = st.none() | st.booleans() | st.integers(-(10**30), 10**30) | TEXTS
VALUES = st.recursive(PARTS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4))
EVERY_CHARACTER = "".join(chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000)


class Pair(NamedTuple):
    low: int
    high: int


def by_library(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


@given(VALUES)
@example({"b": [], "a": {}, "": [[], {"é": 1, "z": 2, "￿": 3, "😀": 4}]})
@example({"item": ("at_least", (1, 2)), "n": 2**64})
def test_canonical_bytes_are_those_of_the_standard_library(value: Any) -> None:
    assert canonical(value) == by_library(value)
    indented = json.dumps(value, ensure_ascii=False, sort_keys=True, indent=2, allow_nan=False)
    assert pretty(value) == indented + "\n"


def test_every_character_is_written_as_the_standard_library_writes_it() -> None:
    assert canonical(EVERY_CHARACTER) == by_library(EVERY_CHARACTER)


def test_the_order_of_keys_does_not_matter_and_the_digest_names_its_algorithm() -> None:
    one: dict[str, Json] = {"a": 1, "中": [True, None]}
    two: OrderedDict[str, Json] = OrderedDict([("中", (True, None)), ("a", 1)])
    assert canonical(one) == canonical(two) == '{"a":1,"中":[true,null]}'.encode()
    assert digest(one) == digest(two)
    assert digest({}) == "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


def test_a_pair_with_names_is_a_list() -> None:
    assert canonical({"pair": Pair(1, 2)}) == b'{"pair":[1,2]}'


FOREIGN = (1.5, 0.0, math.nan, math.inf, Decimal(1), Fraction(1, 2), date(2026, 6, 30), b"x", {1}, range(2), object)


@pytest.mark.parametrize("foreign", FOREIGN, ids=repr)
def test_nothing_foreign_gets_in_however_deep(foreign: Any) -> None:
    values: list[Any] = [foreign, [foreign], {"a": foreign}, {"a": [1, {"b": (foreign,)}]}]
    for value in values:
        with pytest.raises(TypeError):
            canonical(value)
        with pytest.raises(TypeError):
            pretty(value)


@pytest.mark.parametrize("key", [1, 1.5, None, True, ("a",)])
def test_a_key_is_a_text(key: Any) -> None:
    with pytest.raises(TypeError):
        canonical({"outer": {key: 1}})


def test_half_a_character_is_refused_as_before() -> None:
    with pytest.raises(UnicodeEncodeError):
        canonical("\ud800")


NUMBERS = st.fractions(max_denominator=5000).filter(lambda value: abs(value) < 10**9)
WIDE = Context(prec=60)


def decimal(value: Fraction) -> Decimal:
    return WIDE.divide(Decimal(value.numerator), Decimal(value.denominator))


@given(NUMBERS, st.integers(0, 6))
@example(Fraction(1, 200), 2)
@example(Fraction(-1, 200), 2)
@example(Fraction(-1, 1000), 2)
@example(Fraction(5, 1), 0)
def test_rounding_and_text_are_those_of_decimal_arithmetic(value: Fraction, places: int) -> None:
    rounded = decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, WIDE)
    assert round_half_up(value, places) == Fraction(rounded)
    assert fixed(value, places) == f"{rounded if rounded else abs(rounded)}"  # zero has no sign


@given(NUMBERS)
@example(Fraction(1, 1024))
@example(Fraction(1, 3))
def test_exact_text_is_read_back_and_plain_text_says_when_it_is_cut(value: Fraction) -> None:
    assert parse_exact(exact(value)) == value
    ends = 10**40 % value.denominator == 0
    assert plain(value).startswith("≈") is not ends
    if ends:
        assert Fraction(plain(value)) == value
        assert "." not in plain(value) or not plain(value).endswith("0")


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [(7, None, "7"), (Fraction(5, 2), 0, "≈3"), (Fraction(1, 8), 3, "0.125"), (Fraction(1, 8), 2, "≈0.13"),
     (Fraction(-2, 3), None, "≈-0.6667"), (Fraction(4), None, "4")],
)  # fmt: skip
def test_plain_text(value: int | Fraction, places: int | None, expected: str) -> None:
    assert plain(value, places) == expected
