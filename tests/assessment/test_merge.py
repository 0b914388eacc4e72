"""Proves step 1 of the order of effects: which observation becomes the fact, how inspectors are put together, what stays unknown."""
# ruff: noqa: E501  (cases stand whole on their lines)

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from meihao.core.problems import Source
from meihao.core.text import Label
from meihao.core.unknown import Unknown, Why
from meihao.evidence.model import Observation, Value
from meihao.round.merge import merge_facts, merge_field, middle, same
from meihao.round.model import Stage
from meihao.standard.model import Field, FieldType, Role


def field(kind: FieldType = "count", provided_by: Role = "applicant", **more: Any) -> Field:
    return Field("x", Label("x"), kind, ("place",), provided_by, **more)


def seen(value: Value, role: Role = "inspector", by: str = "甲", day: str = "2026-05-01", at: str = "a") -> Observation:
    return Observation("x", value, by, role, date.fromisoformat(day) if day else None, Source(at))


def merged(of: Field, *observations: Observation, stage: Stage = "verified") -> Value | Unknown:
    return merge_field(of, observations, stage).value


def unknown(cause: Any, owed: bool = False) -> Unknown:
    return Unknown((Why(cause, "x", owed),))


ROLES: Sequence[Role] = ("registry", "inspector", "county", "township", "applicant")


@pytest.mark.parametrize("highest", range(5))
def test_the_highest_role_that_saw_the_field_is_believed(highest: int) -> None:
    observations = [seen(10 + number, role) for number, role in enumerate(ROLES) if number >= highest]
    assert merged(field(), *observations) == 10 + highest


def test_a_later_word_of_a_lower_role_changes_nothing() -> None:
    assert merged(field(), seen(3, "county", day="2026-01-01"), seen(9, "applicant", day="2026-06-01")) == 3


def test_what_the_applicant_declared_stands_in_the_verified_stage_until_somebody_higher_looks() -> None:
    assert merged(field(), seen(7, "applicant")) == 7
    assert merged(field(), seen(7, "applicant"), seen(5, "township")) == 5


def test_a_self_assessment_reads_the_register_and_the_applicant_only() -> None:
    everybody = [seen(10 + number, role) for number, role in enumerate(ROLES)]
    assert merged(field(), *everybody, stage="self") == 10
    assert merged(field(), *everybody[1:], stage="self") == 14
    assert merged(field(), *everybody[1:4], stage="self") == unknown("missing_fact", owed=True)


def test_an_inspectors_field_never_takes_the_applicants_value() -> None:
    of = field(provided_by="inspector")
    assert merged(of, seen(7, "applicant")) == unknown("awaiting_inspector")
    assert merged(of, seen(7, "applicant"), stage="self") == unknown("awaiting_inspector")
    assert merged(of, seen(7, "applicant"), seen(4, "inspector")) == 4


@pytest.mark.parametrize(("provider", "owed"), [("applicant", True), ("registry", False), ("county", False)])
def test_only_the_applicant_owes_an_absent_fact(provider: Role, owed: bool) -> None:
    assert merged(field(provided_by=provider)) == unknown("missing_fact", owed)


def test_no_record_means_none_only_in_a_register_that_came_in_whole() -> None:
    register = field("table", "registry", when_absent_empty=True, register="r")
    assert merged(register) == unknown("missing_fact")
    assert merge_field(register, (), "verified", ("other",)).value == unknown("missing_fact")
    assert merge_field(register, (), "verified", ("r",)).value == ()
    assert merged(field("table", "registry")) == unknown("missing_fact")


def test_rows_of_a_register_that_has_not_come_in_whole_are_known_and_more_may_follow() -> None:
    register = field("table", "registry", when_absent_empty=True, register="r")
    row, other = ({"a": 1},), ({"a": 2},)
    assert merge_field(register, (seen(row, "registry"),), "verified", ("r",)).value == row
    early = merge_field(register, (seen(row, "registry"),), "verified")
    assert (early.value, early.known) == (unknown("missing_fact"), row)
    apart = merge_field(register, (seen(row, "registry"), seen(other, "registry", at="b")), "verified")
    assert (apart.value, apart.known) == (unknown("numbers_disagree"), ())


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((47,), 47),
        ((47, 44), Fraction(91, 2)),
        ((44, 46), 45),
        ((47, 40, 44), 44),
        ((1, 2, 3, 10), Fraction(5, 2)),
        ((Fraction(1, 2), Fraction(3, 2)), 1),
    ],
)
def test_two_inspectors_give_the_mean_and_three_the_median(values: tuple[int, ...], expected: Fraction) -> None:
    observations = [seen(value, by=f"检查员{i}") for i, value in enumerate(values)]
    assert merged(field("number"), *observations) == expected
    assert middle(list(values)) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (("good",), "good"),
        (("good", "good"), "good"),
        (("good", "bad"), unknown("inspectors_disagree")),
        (("good", "bad", "good"), "good"),
        (("good", "bad", "none"), unknown("inspectors_disagree")),
        (("good", "good", "bad", "bad"), unknown("inspectors_disagree")),
        (("good", "good", "good", "bad"), "good"),
    ],
)
def test_what_is_no_number_needs_agreement_of_two_or_the_majority_of_more(
    values: tuple[str, ...], expected: str | Unknown
) -> None:
    assert merged(field("choice"), *(seen(value, by=f"检查员{i}") for i, value in enumerate(values))) == expected


def test_an_inspectors_second_visit_replaces_the_first_one() -> None:
    first, second = seen(40, by="甲", day="2026-05-01"), seen(44, by="甲", day="2026-05-02")
    assert merged(field(), second, first, seen(46, by="乙")) == 45


def test_one_inspector_with_two_values_on_one_day_is_believed_in_neither() -> None:
    twice = (seen(40, by="甲", at="a"), seen(44, by="甲", at="b"))
    assert merged(field(), *twice, seen(46, by="乙")) == unknown("numbers_disagree")
    assert merged(field("choice"), seen("good", at="a"), seen("bad", at="b")) == unknown("numbers_disagree")
    assert merged(field(), seen(40, at="a"), seen(40, at="b")) == 40


def test_the_latest_record_of_a_role_counts_and_an_undated_one_is_the_oldest() -> None:
    old, new, undated = (
        seen(1, "county", day="2026-01-01"),
        seen(2, "county", day="2026-02-01"),
        seen(3, "county", day=""),
    )
    assert merged(field(), new, old, undated) == 2
    assert merged(field(), undated) == 3


def test_two_records_of_one_day_that_contradict_each_other_leave_the_field_unknown() -> None:
    assert merged(field(), seen(1, "county"), seen(2, "county", at="b")) == unknown("numbers_disagree")
    assert merged(field(), seen(2, "county"), seen(2, "county", by="乙")) == 2
    assert merged(field(), seen(1, "county", day="2026-01-01"), seen(2, "county")) == 2


def test_texts_agree_after_nfc_and_numbers_by_value() -> None:
    assert same("é ", "é")
    assert same(1, Fraction(2, 2))
    assert not same(True, 1)
    assert not same("1", 1)
    assert same(({"a": 1},), ({"a": 1},))
    assert not same(({"a": 1},), ())


def test_the_fact_keeps_the_observations_behind_it() -> None:
    lower, higher = seen(1, "applicant"), seen(2, "county")
    assert merge_field(field(), (lower, higher), "verified").sources == (higher,)


def test_every_field_gets_a_fact_and_other_observations_are_left_alone() -> None:
    facts = merge_facts([field(), Field("y", Label("y"), "count", ("place",), "county")], [seen(3)], "verified")
    assert facts["x"].value == 3
    assert facts["y"].value == Unknown((Why("missing_fact", "y"),))


def test_the_order_of_the_records_changes_nothing() -> None:
    dice = random.Random(8)
    for _ in range(200):
        kind: FieldType = dice.choice(("count", "choice"))
        values: Sequence[Value] = (1, 2, 3) if kind == "count" else ("a", "b", "c")
        observations = [
            seen(
                dice.choice(values), dice.choice(ROLES), dice.choice("甲乙丙"), f"2026-05-0{dice.randint(1, 3)}", f"{i}"
            )
            for i in range(dice.randint(1, 6))
        ]
        before = merged(field(kind), *observations)
        dice.shuffle(observations)
        assert merged(field(kind), *observations) == before
