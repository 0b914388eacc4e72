"""Proves, on ties of a few units, which seats are certain and which are open: the cases that random lists seldom meet."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from meihao.ranking.candidates import candidate
from meihao.ranking.order import Groups, Ordered, in_order, ordered
from meihao.ranking.seats import Level, SeatAllocation
from meihao.ranking.walk import heirs, seats_under_any_tiebreak, walk

from .builders import pack, profile, unit

HOMES = {"A": ("A",), "B": ("B",), "C": ("C",)}


def some(*given: tuple[str, int, str]) -> tuple[Ordered, ...]:
    """Return units of a code, a total and a county."""
    one = profile()
    return tuple(
        ordered(candidate(unit(code, total, region=region), pack(one)), one, 2) for code, total, region in given
    )


def tied(*given: tuple[str, int, str]) -> Groups:
    return in_order(some(*given), None)


def plan(places: int, at_most: int = 9) -> SeatAllocation:
    return SeatAllocation(places, (Level("county", None, True, at_most),), HOMES)


def settled(
    one: SeatAllocation, groups: Groups, added: Sequence[Ordered] = ()
) -> tuple[list[str], list[tuple[list[str], int]]]:
    found = seats_under_any_tiebreak(walk(one, groups, added))
    return sorted(found.certain), [([each.code for each in units], seats) for units, seats in found.open]


THREE = (("a", 90, "A"), ("b", 90, "B"), ("c", 90, "C"))


@pytest.mark.parametrize(
    ("places", "certain", "waiting"),
    [
        (0, [], []),
        (1, [], [(["a", "b", "c"], 1)]),
        (2, [], [(["a", "b", "c"], 2)]),
        (3, ["a", "b", "c"], []),
        (4, ["a", "b", "c"], []),
    ],
)
def test_equals_of_different_homes_contend_until_there_is_a_seat_for_each(
    places: int, certain: list[str], waiting: list[tuple[list[str], int]]
) -> None:
    assert settled(plan(places), tied(*THREE)) == (certain, waiting)


@pytest.mark.parametrize(("places", "seats"), [(1, 1), (2, 2)])
def test_equals_of_one_home_contend_with_each_other(places: int, seats: int) -> None:
    groups = tied(("a", 90, "A"), ("b", 90, "A"), ("c", 90, "A"))
    assert settled(plan(places), groups) == ([], [(["a", "b", "c"], seats)])


def test_a_tie_below_the_last_seat_leaves_those_above_certain() -> None:
    groups = tied(("x", 95, "A"), ("y", 94, "B"), *THREE)
    assert settled(plan(2), groups) == (["x", "y"], [])
    assert settled(plan(3), groups) == (["x", "y"], [(["a", "b", "c"], 1)])


def test_whoever_the_ceiling_of_its_county_keeps_out_in_every_order_does_not_contend() -> None:
    groups = tied(("x", 95, "A"), *THREE)
    assert settled(plan(2, at_most=1), groups) == (["x"], [(["b", "c"], 1)])
    assert settled(plan(3, at_most=1), groups) == (["b", "c", "x"], [])


def test_a_tie_can_open_a_seat_of_units_below_it() -> None:
    """Whether a or b is first decides whether d, of the same county as a, is under its ceiling."""
    groups = tied(("a", 90, "A"), ("b", 90, "B"), ("d", 80, "A"), ("e", 70, "C"))
    assert settled(plan(1, at_most=1), groups) == ([], [(["a", "b"], 1)])
    assert settled(plan(2, at_most=1), groups) == (["a", "b"], [])
    assert settled(plan(3, at_most=1), groups) == (["a", "b", "e"], [])


def test_an_addition_takes_a_place_and_its_county_a_seat() -> None:
    (added,) = some(("z", 60, "A"))
    assert settled(plan(2, at_most=1), tied(*THREE), (added,)) == (["z"], [(["b", "c"], 1)])
    assert settled(plan(2), tied(*THREE), (added,)) == (["z"], [(["a", "b", "c"], 1)])


def test_who_comes_in_for_an_addition_for_a_member_and_where_nobody_is_left() -> None:
    (added,) = some(("z", 60, "A"))
    walked = walk(plan(3), tied(("x", 95, "B"), *THREE), (added,))
    assert list(walked.taken) == ["z", "x", "a"]
    for code in walked.taken:
        expected = {"z": ["a", "b", "c"], "x": ["a", "b", "c"], "a": ["a", "b", "c"]}[code]
        assert [one.code for one in heirs(walked, code)] == expected
    full = walk(plan(9), tied(*THREE))
    assert [heirs(full, code) for code in full.taken] == [(), (), ()]


def test_the_first_of_the_list_comes_in_where_an_addition_held_the_seat_of_its_county() -> None:
    (added,) = some(("z", 60, "A"))
    walked = walk(plan(2, at_most=1), tied(("x", 95, "A"), ("y", 90, "B")), (added,))
    assert list(walked.taken) == ["z", "y"]
    assert [one.code for one in heirs(walked, "z")] == ["x"]
    assert heirs(walked, "y") == ()
