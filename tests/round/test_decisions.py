"""A decision opens a closed round to its units, from the day on which it was made to its last day, both included."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from meihao.core.problems import Source
from meihao.round.decisions import Decision, check_decisions

ONE = Decision(
    "宽限1号", "grace", ("A", "B"), "委员会", date(2026, 6, 1), date(2026, 6, 10), "停电", Source("r", line=3)
)


@pytest.mark.parametrize(("units", "covered"), [(("A", "B"), [True, True, False]), ((), [True, True, True])])
def test_a_decision_is_for_its_units_and_one_that_names_none_for_all(
    units: tuple[str, ...], covered: list[bool]
) -> None:
    assert [replace(ONE, units=units).covers(unit) for unit in ("A", "B", "C")] == covered


def test_both_days_of_a_decision_are_included() -> None:
    days = [date(2026, 5, 31), date(2026, 6, 1), date(2026, 6, 10), date(2026, 6, 11)]
    assert [ONE.in_force(day) for day in days] == [False, True, True, False]


@pytest.mark.parametrize(
    ("until", "codes"), [(date(2026, 6, 1), []), (date(2026, 5, 31), ["W103"]), (date(2026, 6, 2), [])]
)
def test_a_decision_that_ends_before_it_was_made_is_never_in_force(until: date, codes: list[str]) -> None:
    assert [problem.code for problem in check_decisions((replace(ONE, until=until),))] == codes


def test_the_second_decision_of_an_id_is_told_where_the_first_stands() -> None:
    other, again = replace(ONE, id="更正1号"), replace(ONE, source=Source("r", line=9))
    (problem,) = check_decisions((ONE, other, again))
    assert problem.text() == "r:9:0 W102 决定编号“宽限1号”用了两次（另一处：r:3:0）（一个决定一个编号）"
