"""Proves step 3: facts become one exact number, or an unknown that names what is missing; a denominator of 0 has a stated meaning."""
# ruff: noqa: E501  (cases stand whole on their lines)

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from tests.assessment.packs import Facts, causes, item_of, make_pack, rows

from meihao.assessment.results import Item
from meihao.core.unknown import Unknown, Why

WIDE = "score: {linear: [{value: 0, points: 0}, {value: 1000, points: 10}]}"
FIELDS = """
a: {type: count}
b: {type: count}
size: {type: choice, options: {big: 大, small: 小}}
t:
  type: table
  columns: {kind: {type: text}, n: {type: count}, day: {type: date}, ok: {type: yes_no}}
r:
  type: table
  provided_by: registry
  columns: {kind: {type: text}}
"""
D = date(2026, 6, 30)


def measured(measure: str, facts: Facts, asks: str = "[a, b]", score: str = WIDE, **more: Any) -> Item:
    return item_of(
        make_pack(f"[{{id: c, points: 10, asks: {asks}, measure: {measure}, {score}}}]", FIELDS), facts, **more
    )


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        ("{field: a}", 12),
        ("{field: a - b}", 4),
        ("{field: a / b}", Fraction(3, 2)),
        ('{field: "max(a, b * 2)"}', 16),
        ("{percent: a, of: b, when_zero: unknown}", 150),
        ("{percent: b, of: a + 12, when_zero: unknown}", Fraction(100, 3)),
        ("{per: 1000, count: b, of: a, when_zero: unknown}", Fraction(2000, 3)),
        ("{change_from: b, now: a, when_zero: unknown}", 50),
        ("{change_from: b, now: a, as: number}", 4),
    ],
)
def test_a_measure_is_an_exact_number(measure: str, expected: Fraction) -> None:
    asks = "[a, b]" if "b" in measure else "[a]"
    assert measured(measure, {"a": 12, "b": 8}, asks).measured == expected


def test_a_choice_is_measured_by_its_class() -> None:
    item = measured("{field: size}", {"size": "small"}, "[size]", "score: {choice: {big: 10, small: 4}}")
    assert (item.measured, item.lo) == ("small", 4)


@pytest.mark.parametrize(
    "measure",
    [
        "{percent: a, of: b, when_zero: ZERO}",
        "{per: 1000, count: a, of: b, when_zero: ZERO}",
        "{change_from: b, now: a, when_zero: ZERO}",
    ],
)
def test_a_denominator_of_0_is_unknown_or_not_applicable_or_a_number_as_stated(measure: str) -> None:
    facts = {"a": 5, "b": 0}
    unknown = measured(measure.replace("ZERO", "unknown"), facts)
    assert (unknown.outcome, unknown.lo, unknown.hi, causes(unknown)) == (
        "unknown",
        0,
        10,
        {("missing_fact", "when_zero")},
    )
    left_out = measured(measure.replace("ZERO", "not_applicable"), facts)
    assert (left_out.outcome, left_out.lo, left_out.hi) == ("not_applicable", 0, 0)
    stated = measured(measure.replace("ZERO", "700"), facts)
    assert (stated.outcome, stated.lo, stated.measured) == ("partly_met", 7, 700)


def test_a_denominator_of_0_is_no_debt_of_the_applicant() -> None:
    item = measured("{percent: a, of: b, when_zero: unknown}", {"a": 5, "b": 0}, closed=True)
    assert (item.outcome, item.hi, item.late) == ("unknown", 10, False)


@pytest.mark.parametrize("measure", ["{percent: a, of: b, when_zero: 0}", "{change_from: b, now: a, as: number}"])
def test_a_missing_fact_leaves_everything_open_and_names_itself(measure: str) -> None:
    item = measured(measure, {"a": 5})
    assert (item.outcome, item.lo, item.hi) == ("unknown", 0, 10)
    assert item.whys == (Why("missing_fact", "b", owed=True),)
    assert causes(measured(measure, {})) == {("missing_fact", "a"), ("missing_fact", "b")}


# rows

ROWS = rows({"kind": "x", "ok": True}, {"kind": "x", "ok": False}, {"kind": "y", "ok": True})


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        ("{percent_of_rows: t, where: ok, when_zero: 0}", Fraction(200, 3)),
        ('{percent_of_rows: t, where: ok, among: kind == "x", when_zero: 0}', 50),
        ('{percent_of_rows: t, where: ok, among: kind == "z", when_zero: 70}', 70),
        ("{count_rows: t, where: ok}", 2),
        ("{count_rows: t, distinct: kind}", 2),
        ("{count_rows: t}", 3),
    ],
)
def test_rows_are_counted(measure: str, expected: Fraction) -> None:
    assert measured(measure, {"t": ROWS}, "[t]").measured == expected


def test_an_empty_table_means_none_and_an_absent_one_means_unknown() -> None:
    assert measured("{count_rows: t}", {"t": ()}, "[t]").measured == 0
    assert causes(measured("{count_rows: t}", {}, "[t]")) == {("missing_fact", "t")}
    assert causes(measured("{percent_of_rows: t, where: ok, when_zero: 0}", {}, "[t]")) == {("missing_fact", "t")}


def test_no_row_to_judge_is_a_denominator_of_0() -> None:
    policy = "{percent_of_rows: t, where: ok, when_zero: not_applicable}"
    assert measured(policy, {"t": ()}, "[t]").outcome == "not_applicable"
    unknown = measured(policy.replace("not_applicable", "unknown"), {"t": ()}, "[t]")
    assert causes(unknown) == {("missing_fact", "when_zero")}


def test_a_row_that_cannot_be_judged_leaves_the_percent_unknown() -> None:
    half = rows({"kind": "x"}, {"kind": "y", "ok": True}, {"ok": True})
    assert causes(measured("{percent_of_rows: t, where: ok, when_zero: 0}", {"t": half}, "[t]")) == {
        ("missing_fact", "t.ok")
    }
    among = '{percent_of_rows: t, where: ok, among: kind == "y", when_zero: 0}'
    assert causes(measured(among, {"t": half}, "[t]")) == {("missing_fact", "t.kind")}
    assert measured(among, {"t": half[:2]}, "[t]").measured == 100


@pytest.mark.parametrize(
    ("day", "count"),
    [("2026-06-30", 1), ("2025-07-01", 1), ("2025-06-30", 0), ("2026-07-01", 0)],
)
def test_a_window_of_a_year_holds_its_last_day_and_not_the_same_day_a_year_before(day: str, count: int) -> None:
    facts = {"t": rows({"day": date.fromisoformat(day)})}
    assert measured("{count_rows: t, dated: day, look_back: 1 year}", facts, "[t]").measured == count


PER_ITEM = "score: {per_item: {points: 2, for_each: 1, at_most: 10}}"


def test_rows_that_may_count_leave_the_points_between_two_bounds() -> None:
    facts = {"t": rows({"ok": True}, {"kind": "x"}, {"ok": False})}
    item = measured("{count_rows: t, where: ok}", facts, "[t]", PER_ITEM)
    assert (item.lo, item.hi, causes(item)) == (2, 4, {("missing_fact", "t.ok")})


def test_an_undated_row_may_count_unless_its_test_fails_anyway() -> None:
    facts = {"t": rows({"ok": True, "day": D}, {"ok": True}, {"ok": False})}
    item = measured("{count_rows: t, where: ok, dated: day, look_back: 1 year}", facts, "[t]", PER_ITEM)
    assert (item.lo, item.hi, causes(item)) == (2, 4, {("missing_fact", "t.day")})


def test_a_row_outside_the_window_may_lack_everything_else() -> None:
    facts = {"t": rows({"day": date(2020, 1, 1)}, {"ok": True, "day": D})}
    item = measured("{count_rows: t, where: ok, dated: day, look_back: 1 year}", facts, "[t]", PER_ITEM)
    assert (item.outcome, item.lo) == ("partly_met", 2)


def test_without_a_reference_date_dated_rows_wait_for_the_round() -> None:
    facts = {"t": rows({"ok": True, "day": D}, {"ok": False, "day": D})}
    item = measured("{count_rows: t, where: ok, dated: day, look_back: 1 year}", facts, "[t]", PER_ITEM, on=None)
    assert (item.lo, item.hi, causes(item)) == (0, 2, {("needs_round", "reference_date")})


@pytest.mark.parametrize(("each", "count"), [("month", 4), ("quarter", 3), ("half_year", 2), ("year", 1)])
def test_distinct_periods_are_counted_once(each: str, count: int) -> None:
    days = ("2026-01-31", "2026-02-01", "2026-02-28", "2026-06-30", "2026-07-01")
    facts = {"t": rows(*({"day": date.fromisoformat(day)} for day in days))}
    assert measured(f"{{count_rows: t, dated: day, each: {each}}}", facts, "[t]").measured == count


def test_an_undated_row_may_be_a_period_of_its_own() -> None:
    facts = {"t": rows({"day": D}, {"kind": "x"})}
    item = measured("{count_rows: t, dated: day, each: quarter}", facts, "[t]", PER_ITEM)
    assert (item.lo, item.hi, causes(item)) == (2, 4, {("missing_fact", "t.day")})


def test_only_undated_rows_make_at_least_one_period_if_they_count_at_all() -> None:
    item = measured("{count_rows: t, dated: day, each: quarter}", {"t": rows({}, {})}, "[t]", PER_ITEM)
    assert (item.lo, item.hi) == (2, 4)
    item = measured("{count_rows: t, where: ok, dated: day, each: quarter}", {"t": rows({}, {})}, "[t]", PER_ITEM)
    assert (item.lo, item.hi) == (0, 4)


def test_a_row_without_the_value_may_be_a_new_one_or_a_counted_one() -> None:
    facts = {"t": rows({"kind": "x"}, {"kind": "x"}, {"n": 1})}
    item = measured("{count_rows: t, distinct: kind}", facts, "[t]", PER_ITEM)
    assert (item.lo, item.hi, causes(item)) == (2, 4, {("missing_fact", "t.kind")})


def test_a_row_that_may_count_adds_nothing_to_a_value_that_counts_already() -> None:
    facts = {"t": rows({"kind": "x", "ok": True}, {"kind": "x"})}
    item = measured("{count_rows: t, where: ok, distinct: kind}", facts, "[t]", PER_ITEM)
    assert (item.outcome, item.lo) == ("partly_met", 2)


def test_distinct_texts_are_compared_without_blanks() -> None:
    assert (
        measured("{count_rows: t, distinct: kind}", {"t": rows({"kind": "甲"}, {"kind": "甲 "})}, "[t]").measured == 1
    )


def test_other_scores_of_a_count_that_is_open_are_open_from_0_to_full() -> None:
    facts = {"t": rows({"ok": True}, {"kind": "x"})}
    item = measured("{count_rows: t, where: ok}", facts, "[t]", "score: {yes_no: {at_least: 1}}")
    assert (item.lo, item.hi) == (0, 10)


# samples

SURVEY = "{percent: a, of: b, when_zero: unknown, sample: {size: b, at_least: 30, otherwise: OTHERWISE}}"


def test_a_survey_of_the_least_size_counts_and_one_short_of_it_is_too_small() -> None:
    assert measured(SURVEY.replace("OTHERWISE", "unknown"), {"a": 30, "b": 30}).measured == 100
    small = measured(SURVEY.replace("OTHERWISE", "unknown"), {"a": 29, "b": 29})
    assert (small.outcome, small.hi, causes(small)) == ("unknown", 10, {("sample_too_small", "place.d.c")})


def test_a_small_survey_may_have_stated_points() -> None:
    small = measured(SURVEY.replace("OTHERWISE", "3"), {"a": 29, "b": 29})
    assert (small.lo, small.hi, small.reason.code) == (3, 3, "sample_too_small")
    assert dict(small.reason.values) == {"size": 29, "at_least": 30}


def test_a_survey_of_nobody_is_too_small_before_its_percent_is_asked() -> None:
    assert ("sample_too_small", "place.d.c") in causes(
        measured(SURVEY.replace("OTHERWISE", "unknown"), {"a": 0, "b": 0})
    )
    assert measured(SURVEY.replace("OTHERWISE", "3"), {"a": 0, "b": 0}).lo == 3


def test_the_size_of_a_survey_may_be_missing_and_its_least_size_a_formula() -> None:
    formula = SURVEY.replace("30", '"max(30, ceil(a / 10))"').replace("OTHERWISE", "unknown")
    assert causes(measured(formula, {"a": 400, "b": 39})) == {("sample_too_small", "place.d.c")}
    assert measured(formula, {"a": 400, "b": 40}).measured == 1000
    assert causes(measured(formula, {"a": 400})) == {("missing_fact", "b")}
    assert causes(measured(formula, {})) == {("missing_fact", "a"), ("missing_fact", "b")}


def test_a_small_sample_is_no_debt_of_the_applicant() -> None:
    item = measured(SURVEY.replace("OTHERWISE", "unknown"), {"a": 2, "b": 29}, closed=True)
    assert (item.outcome, item.hi) == ("unknown", 10)


def test_an_unknown_value_keeps_every_reason_of_its_parts() -> None:
    facts: Facts = {"a": Unknown((Why("inspectors_disagree", "a"),))}
    item = measured("{percent: a, of: b, when_zero: 0}", facts)
    assert causes(item) == {("inspectors_disagree", "a"), ("missing_fact", "b")}
