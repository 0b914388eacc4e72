"""Allotment reproduces published results, keeps its bounds, and shows which rule is house-monotone."""

from __future__ import annotations

import ast
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meihao.ranking.allot import Claim, Method, allot, feasible, house, shares

FIXTURES = Path(__file__).parents[2].parent / "shared" / "fixtures" / "apportionment"
METHODS: tuple[Method, ...] = ("largest_remainder", "dhondt")
COUNTIES = (1204, 430, 1900, 330, 560, 700)


def claims(
    weights: tuple[int, ...] | list[int], at_least: int = 0, at_most: int | None = None, each: int = 0
) -> list[Claim]:
    return [Claim(f"{n:02}", weight, at_least, at_most, each) for n, weight in enumerate(weights)]


@pytest.mark.parametrize(
    ("method", "weights", "seats", "expected"),
    [
        ("largest_remainder", (47000, 16000, 15800, 12000, 6100, 3100), 10, (5, 2, 1, 1, 1, 0)),
        ("dhondt", (47000, 16000, 15800, 12000, 6100, 3100), 10, (5, 2, 2, 1, 0, 0)),
        ("dhondt", (100, 80, 30, 20), 8, (4, 3, 1, 0)),
        ("largest_remainder", (5117, 4400, 162, 161, 160), 100, (51, 44, 2, 2, 1)),
        ("dhondt", (5117, 4400, 162, 161, 160), 100, (52, 45, 1, 1, 1)),
        ("largest_remainder", (9061, 7179, 5259, 3319, 1182), 26, (9, 7, 5, 4, 1)),
        ("dhondt", (9061, 7179, 5259, 3319, 1182), 26, (10, 7, 5, 3, 1)),
    ],
)
def test_published_examples(method: Method, weights: tuple[int, ...], seats: int, expected: tuple[int, ...]) -> None:
    assert allot(method, claims(weights), seats) == expected


def test_six_counties_differ_by_a_place_or_two_between_the_rules() -> None:
    assert allot("largest_remainder", claims(COUNTIES, each=1), 100) == (23, 9, 36, 7, 11, 14)
    assert allot("largest_remainder", claims(COUNTIES), 100) == (24, 8, 37, 6, 11, 14)
    assert allot("largest_remainder", claims(COUNTIES, at_least=1), 100) == (24, 8, 37, 6, 11, 14)
    assert allot("dhondt", claims(COUNTIES, at_least=1), 100) == (24, 8, 38, 6, 11, 13)


def test_alabama_paradox_two_regions_lose_a_seat_when_the_house_grows() -> None:
    weights = (1500, 1500, 900, 500, 500, 200)
    assert allot("largest_remainder", claims(weights), 25) == (7, 7, 4, 3, 3, 1)
    assert allot("largest_remainder", claims(weights), 26) == (8, 8, 5, 2, 2, 1)


def knesset() -> list[tuple[int, list[int], list[int]]]:
    rows = (FIXTURES / "knesset.txt").read_text(encoding="utf-8").splitlines()
    # sums such as 885163+345985 join two lists that shared their votes
    parsed = [ast.parse(row, mode="eval").body for row in rows if row.strip()]
    return [(int(row.elts[0].value), _sums(row.elts[2]), _sums(row.elts[3])) for row in parsed]  # type: ignore[attr-defined]  # literal rows


def _sums(node: ast.expr) -> list[int]:
    assert isinstance(node, ast.List)
    return [sum(n.value for n in ast.walk(e) if isinstance(n, ast.Constant)) for e in node.elts]  # type: ignore[misc]  # integers only


@pytest.mark.skipif(not FIXTURES.exists(), reason="fixtures are not beside the checkout")
def test_knesset_19_to_22() -> None:
    elections = knesset()
    assert [number for number, _, _ in elections] == [19, 20, 21, 22]
    for _, votes, seats in elections:
        assert list(allot("dhondt", claims(votes), 120)) == seats


@pytest.mark.skipif(not FIXTURES.exists(), reason="fixtures are not beside the checkout")
def test_nationalrat_1994_to_2019_with_the_four_percent_line() -> None:
    text = (FIXTURES / "nr_wahlen.txt").read_text(encoding="utf-8")
    elections = [ast.literal_eval(row.split("#")[0].strip()) for row in text.splitlines() if row.strip()]
    assert len(elections) == 9
    for _, _, votes, seats in elections:
        inside = [v if 25 * v >= sum(votes) else 0 for v in votes]
        assert list(allot("dhondt", claims(inside), 183)) == seats


def test_worked_example_of_the_page_with_floor_and_ceiling() -> None:
    table = claims((60, 25, 10, 5), at_least=2, at_most=10)
    assert shares(table, 20) == (Fraction(10), Fraction(40, 7), Fraction(16, 7), Fraction(2))
    assert allot("largest_remainder", table, 20) == (10, 6, 2, 2)
    assert allot("dhondt", table, 20) == (10, 6, 2, 2)


def test_equal_remainders_go_to_the_larger_number_then_to_the_smaller_code() -> None:
    assert allot("largest_remainder", [Claim("b", 1), Claim("a", 1)], 1) == (0, 1)
    assert allot("largest_remainder", [Claim("a", 1), Claim("b", 3)], 2) == (0, 2)
    assert allot("dhondt", [Claim("b", 5), Claim("a", 5)], 1) == (0, 1)
    assert allot("dhondt", [Claim("a", 5), Claim("b", 10)], 2) == (0, 2)


def test_a_region_without_a_number_gets_its_floor_only() -> None:
    for method in METHODS:
        assert allot(method, [Claim("a", 0, at_least=1), Claim("b", 7, at_most=3)], 10) == (1, 3)


def test_floors_beyond_the_seats_are_refused() -> None:
    with pytest.raises(ValueError, match="floors"):
        allot("dhondt", claims((5, 5), at_least=2), 3)


def test_floors_fit_up_to_the_seats_and_up_to_their_ceilings() -> None:
    assert feasible([Claim("a", 1, at_least=2, at_most=2), Claim("b", 1, at_least=1)], 3)
    assert not feasible([Claim("a", 1, at_least=2, at_most=2), Claim("b", 1, at_least=1)], 2)
    assert not feasible([Claim("a", 1, at_least=3, at_most=2)], 9)
    assert feasible([Claim("a", 1, each=2, at_most=2)], 9)
    assert not feasible([Claim("a", 1, each=3, at_least=1, at_most=2)], 9)
    assert not feasible([Claim("a", 1), Claim("b", 1, at_least=3, at_most=2)], 9)


def test_a_region_is_claimed_within_its_ceiling_and_the_house() -> None:
    assert [Claim("a", 5, at_most=n).high(4) for n in (3, 4, 5)] == [3, 4, 4]
    assert Claim("a", 5).high(4) == 4
    assert Claim("a", 0, at_least=1, at_most=3).high(4) == 1
    assert house(claims((5, 5), at_most=2), 10) == 4
    assert house(claims((5, 5)), 10) == 10


def test_each_seats_come_off_bounds_and_are_given_back() -> None:
    """Two each of 8 are 4; the 4 left go 3 : 1, and the first has room for 1 more only: 3, 5 (by hand)."""
    table = [Claim("a", 30, at_least=0, at_most=3, each=2), Claim("b", 10, each=2)]
    for method in METHODS:
        assert allot(method, table, 8) == (3, 5)
    assert shares(table, 8) == (Fraction(3), Fraction(5))
    raised = [Claim("a", 30, each=1), Claim("b", 10, at_least=3, each=1)]
    assert shares(raised, 6) == (Fraction(3), Fraction(3))
    assert allot("dhondt", raised, 6) == (3, 3)


@st.composite
def problems(draw: st.DrawFn) -> tuple[list[Claim], int]:
    sizes = draw(st.lists(st.integers(0, 60), min_size=1, max_size=7))
    table = []
    for n, weight in enumerate(sizes):
        each, low = draw(st.integers(0, 2)), draw(st.integers(0, 3))
        top = draw(st.none() | st.integers(max(each, low), 12))
        table.append(Claim(f"{n}", weight, low, top, each))
    return table, sum(c.low for c in table) + draw(st.integers(0, 30))


@settings(max_examples=150, deadline=None)
@given(problems(), st.sampled_from(METHODS))
def test_seats_are_conserved_bounds_kept_and_order_irrelevant(problem: tuple[list[Claim], int], method: Method) -> None:
    table, seats = problem
    got = allot(method, table, seats)
    assert feasible(table, seats)
    assert sum(got) == house(table, seats) <= seats
    for claim, n in zip(table, got, strict=True):
        assert claim.low <= n
        assert claim.at_most is None or n <= claim.at_most
    assert allot(method, table[::-1], seats) == got[::-1]


@settings(max_examples=100, deadline=None)
@given(problems())
def test_largest_remainder_stays_within_one_of_the_exact_share(problem: tuple[list[Claim], int]) -> None:
    table, seats = problem
    exact = shares(table, seats)
    assert sum(exact) == house(table, seats)
    for share, n in zip(exact, allot("largest_remainder", table, seats), strict=True):
        assert abs(n - share) < 1


@settings(max_examples=100, deadline=None)
@given(problems())
def test_shares_are_one_common_factor_wherever_no_bound_holds(problem: tuple[list[Claim], int]) -> None:
    table, seats = problem
    factors = set()
    for claim, share in zip(table, shares(table, seats), strict=True):
        if claim.low < share and (claim.at_most is None or share < claim.at_most):
            factors.add((share - claim.each) / claim.weight)
    assert len(factors) <= 1


@settings(max_examples=100, deadline=None)
@given(problems())
def test_dhondt_is_house_monotone_even_with_bounds(problem: tuple[list[Claim], int]) -> None:
    table, seats = problem
    fewer, more = allot("dhondt", table, seats), allot("dhondt", table, seats + 1)
    assert all(a <= b for a, b in zip(fewer, more, strict=True))
