"""Wilson's interval: published values (statsmodels, method "wilson"), the ends of the scale, and no float anywhere."""

from __future__ import annotations

from fractions import Fraction

import pytest

from meihao.core.statistics import wilson

PUBLISHED = [
    (81, 263, ("25.53", "36.62")),
    (15, 148, ("6.24", "16.05")),
    (0, 20, ("0", "16.11")),
    (1, 29, ("0.61", "17.18")),
    (45, 50, ("78.64", "95.65")),
    (20, 20, ("83.89", "100")),
]


@pytest.mark.parametrize(("hits", "size", "ends"), PUBLISHED)
def test_published_intervals_are_reproduced(hits: int, size: int, ends: tuple[str, str]) -> None:
    assert wilson(hits, size, 2) == tuple(Fraction(end) for end in ends)


@pytest.mark.parametrize("size", [1, 2, 7, 50, 1000, 20000])
def test_the_interval_holds_the_share_and_stays_on_the_scale(size: int) -> None:
    for hits in {0, 1, size // 2, size}:
        low, high = wilson(hits, size)
        assert 0 <= low <= high <= 100
        assert low <= Fraction(100 * hits, size) + Fraction(1, 20)
        assert Fraction(100 * hits, size) <= high + Fraction(1, 20)


def test_one_decimal_is_given_where_no_number_of_them_is_asked_for() -> None:
    assert wilson(81, 263) == (Fraction("25.5"), Fraction("36.6"))


def test_half_an_answer_is_taken_exactly() -> None:
    """Two inspectors' mean may be a half: 45.5 of 50 lies between 45 and 46."""
    assert wilson(45, 50) < wilson(Fraction(91, 2), 50) < wilson(46, 50)


def test_a_sample_of_nothing_has_no_interval() -> None:
    with pytest.raises(ValueError, match="nothing"):
        wilson(0, 0)
