"""Numbers are exact until they are printed, and printed as worked out by hand: halves away from zero, ≈ where digits are cut."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meihao.core.numbers import divide, exact, fixed, from_decimal, parse_exact, plain, round_half_up, scaled, simplest

ROUNDED = [
    ("1/8", 2, "0.13"),  # 0.125: a half goes away from zero
    ("-1/8", 2, "-0.13"),
    ("31/250", 2, "0.12"),  # 0.124
    ("63/500", 2, "0.13"),  # 0.126
    ("5/2", 0, "3"),
    ("-5/2", 0, "-3"),
    ("1/3", 0, "0"),
    ("2/3", 1, "0.7"),
    ("1/1000", 2, "0.00"),
    ("-1/1000", 2, "0.00"),  # no figure is minus nothing
    ("-1/20", 1, "-0.1"),
    ("1999/2000", 2, "1.00"),
    ("12345/100", 3, "123.450"),
]


@pytest.mark.parametrize(("value", "places", "text"), ROUNDED)
def test_a_fraction_is_rounded_half_away_from_zero(value: str, places: int, text: str) -> None:
    number = Fraction(value)
    assert fixed(number, places) == text
    assert round_half_up(number, places) == Fraction(text)
    assert scaled(number, places) == Fraction(text) * 10**places


@pytest.mark.parametrize(("value", "places", "text"), [(3, 0, "3"), (3, 2, "3.00"), (-12, 1, "-12.0"), (0, 1, "0.0")])
def test_a_whole_number_stays_whole(value: int, places: int, text: str) -> None:
    assert fixed(value, places) == text
    assert round_half_up(value, places) == value
    assert scaled(value, places) == value * 10**places


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        ("5/2", None, "2.5"),
        ("4", None, "4"),  # a fraction that is whole
        ("1/16", None, "0.0625"),
        ("1/25", None, "0.04"),
        ("-7/40", None, "-0.175"),
        ("1/1024", None, "0.0009765625"),  # however long, where it ends
        ("1/3", None, "≈0.3333"),
        ("-2/3", None, "≈-0.6667"),
        ("1/6", None, "≈0.1667"),
        ("1/3", 0, "≈0"),
        ("1/8", 3, "0.125"),
        ("1/8", 2, "≈0.13"),
        ("5/2", 1, "2.5"),
    ],
)
def test_a_figure_in_a_text_has_no_zeros_at_its_end_and_says_where_it_is_cut(
    value: str, places: int | None, text: str
) -> None:
    assert plain(Fraction(value), places) == text


def test_whole_figures_in_a_text() -> None:
    assert (plain(12), plain(-3, 2), plain(100, 0)) == ("12", "-3", "100")


@pytest.mark.parametrize(
    ("value", "text"),
    [("1/4", "0.25"), ("-1/4", "-0.25"), ("1/3", "1/3"), ("-7/30", "-7/30"), ("1/80", "0.0125"), ("4", "4")],
)
def test_what_is_published_is_a_decimal_where_it_ends(value: str, text: str) -> None:
    assert exact(Fraction(value)) == text
    assert parse_exact(text) == Fraction(value)


@given(st.fractions(max_denominator=5000))
def test_what_is_published_reads_back_as_the_same_number(value: Fraction) -> None:
    number = simplest(value)
    assert (type(parse_exact(exact(number))), parse_exact(exact(number))) == (type(number), number)


@pytest.mark.parametrize(
    "value", [simplest(Fraction(6, 2)), from_decimal(Decimal("3.00")), from_decimal(3), divide(6, 2), parse_exact("3")]
)
def test_what_is_whole_is_an_int(value: object) -> None:
    assert (type(value), value) == (int, 3)
    assert type(round_half_up(Fraction(299, 100), 0)) is int


def test_a_division_is_exact() -> None:
    assert (divide(1, 3), divide(Fraction(1, 2), 3)) == (Fraction(1, 3), Fraction(1, 6))
