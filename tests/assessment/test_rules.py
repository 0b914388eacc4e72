"""Proves the rules: three values, flag and quiet, row tests in their window, findings on findings across passes, waivers, sentences."""
# ruff: noqa: E501  (cases stand whole on their lines)

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.assessment.packs import Facts, half, judge, make_pack, rows

from meihao.assessment.results import Assessment, Finding
from meihao.core.unknown import Unknown, Why
from meihao.standard.model import Pack

FIELDS = """
a: {type: yes_no}
b: {type: yes_no}
x: {type: number}
day: {type: date}
size: {type: choice, options: {big: 大, small: 小}}
t: {type: table, columns: {kind: {type: choice, options: {fire: 火灾, food: 食品}}, level: {type: count}, day: {type: date}}}
"""
CRITERIA = """
- {id: c, points: 5, asks: [x], measure: {field: x}, score: {linear: [{value: 0, points: 0}, {value: 5, points: 5}]}}
- {id: d, points: 5, asks: [b], score: {yes_no: b}}
"""
GRADES = "[{id: low, lines: [{of: base, at_least: 0}]}, {id: good, lines: [{of: base, at_least: 4}]}, {id: top, lines: [{of: base, at_least: 8}]}]"


def ruled(rules: str) -> Pack:
    return make_pack(CRITERIA, FIELDS, rules, grades=GRADES, pass_grade="good")


def states(pack: Pack, facts: Facts | None = None, **case: Any) -> dict[str, str]:
    return {f.rule: f.state for f in judge(pack, facts, **case).findings}


def finding(pack: Pack, facts: Facts | None = None, rule: str = "checks.r", **case: Any) -> Finding:
    return next(f for f in judge(pack, facts, **case).findings if f.rule == rule)


def check(when: str, unknown: str = "flag", **more: str) -> str:
    extra = "".join(f", {key}: {value}" for key, value in more.items())
    return f"{{id: r, when: '{when}', unknown: {unknown}{extra}}}"


@pytest.mark.parametrize(
    ("when", "facts", "state"),
    [
        ("a and b", {"a": True, "b": True}, "fired"),
        ("a and b", {"a": True}, "flagged"),
        ("a and b", {"a": False}, "quiet"),
        ("a or b", {"a": True}, "fired"),
        ("a or b", {"a": False}, "flagged"),
        ("a or b", {"a": False, "b": False}, "quiet"),
        ("not a", {"a": False}, "fired"),
        ("not a", {}, "flagged"),
        ("not (a and b)", {"b": False}, "fired"),
        ("x > 3", {"x": 4}, "fired"),
        ("x > 3", {"x": 3}, "quiet"),
    ],
)
def test_a_condition_is_true_false_or_unknown(when: str, facts: Facts, state: str) -> None:
    assert states(ruled(f"checks: [{check(when)}]"), facts).get("checks.r", "quiet") == state


def test_what_is_unknown_is_flagged_or_kept_quiet_as_the_rule_says_and_names_what_is_missing() -> None:
    assert finding(ruled(f"checks: [{check('a and b')}]"), {"a": True}).whys == (Why("missing_fact", "b", owed=True),)
    assert states(ruled(f"checks: [{check('a', 'quiet')}]")) == {}
    assert finding(ruled(f"checks: [{check('a')}]"), {"a": True}).whys == ()


ROWS = "checks: [{id: r, when: {any_row: t, where: level > 2, dated: day, look_back: 1 year}, unknown: flag, say: '{row.day}{row.kind}{row.level}级，共{count(t)}件'}]"
DAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("given", "state"),
    [
        ([{"level": 3, "day": DAY}], "fired"),
        ([{"level": 2, "day": DAY}], "quiet"),
        ([{"level": 3, "day": date(2025, 6, 30)}], "quiet"),
        ([{"level": 3, "day": date(2025, 7, 1)}], "fired"),
        ([{"level": 3}], "flagged"),
        ([{"day": DAY}], "flagged"),
        ([{}], "flagged"),
        ([{"level": 2}], "quiet"),
        ([{"day": date(2020, 1, 1)}], "quiet"),
        ([{"level": 3}, {"level": 3, "day": DAY}], "fired"),
        ([], "quiet"),
    ],
)
def test_a_row_in_the_window_fires_a_row_that_may_pass_flags(given: list[dict[str, Any]], state: str) -> None:
    assert states(ruled(ROWS), {"t": rows(*given)}).get("checks.r", "quiet") == state


def test_an_absent_table_and_a_missing_reference_date_are_flagged() -> None:
    assert finding(ruled(ROWS)).whys == (Why("missing_fact", "t", owed=True),)
    assert finding(ruled(ROWS), {"t": rows({"level": 3, "day": DAY})}, on=None).whys == (
        Why("needs_round", "reference_date"),
    )


def test_without_a_test_or_a_window_any_row_fires() -> None:
    pack = ruled("checks: [{id: r, when: {any_row: t}, unknown: flag}]")
    assert states(pack, {"t": rows({})}) == {"checks.r": "fired"}
    assert states(pack, {"t": ()}) == {}


def test_every_row_that_passes_fills_the_sentence_once() -> None:
    given = rows({"kind": "fire", "level": 3, "day": DAY}, {"level": 1, "day": DAY}, {"level": half("4.5"), "day": DAY})
    found = finding(ruled(ROWS), {"t": given}).rows
    assert [dict(row) for row in found] == [
        {"row.day": "2026-03-01", "row.kind": "fire", "row.level": "3", "count(t)": "3"},
        {"row.day": "2026-03-01", "row.kind": "?", "row.level": "4.5", "count(t)": "3"},
    ]


def test_a_sentence_shows_numbers_dates_truths_and_a_question_mark_for_what_is_unknown() -> None:
    pack = ruled("checks: [{id: r, when: a, say: '{a}{b}{x / 4}{day}{x}{size}'}]")
    found = finding(pack, {"a": True, "b": False, "x": 10, "day": DAY})
    values = {"a": "true", "b": "false", "x / 4": "2.5", "day": "2026-03-01", "x": "10", "size": "?"}
    assert dict(found.rows[0]) == values


def test_the_loader_hands_the_expressions_of_a_sentence_to_the_rule() -> None:
    pack = ruled("checks: [{id: r, when: a, say: '{x / 4}'}]")
    assert dict(finding(pack, {"a": True, "x": 10}).rows[0]) == {"x / 4": "2.5"}


# findings on findings

CHAIN = """
checks:
  - {id: third, when: 'finding("checks.second")', unknown: flag}
  - {id: first, when: a, unknown: flag}
  - {id: second, when: 'finding("checks.first") and b', unknown: flag, EFFECT}
"""


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"a": True, "b": True}, {"first": "fired", "second": "fired", "third": "fired"}),
        ({"a": True, "b": False}, {"first": "fired"}),
        ({"b": True}, {"first": "flagged", "second": "flagged", "third": "flagged"}),
        ({"a": False}, {}),
    ],
)
def test_a_finding_may_build_on_findings(facts: Facts, expected: dict[str, str]) -> None:
    pack = ruled(CHAIN.replace("EFFECT", "effect: none"))
    assert states(pack, facts) == {f"checks.{name}": state for name, state in expected.items()}


def test_every_flag_in_a_chain_names_the_missing_fact() -> None:
    assessment = judge(ruled(CHAIN.replace("EFFECT", "effect: none")), {"b": True})
    assert [f.whys for f in assessment.findings] == [(Why("missing_fact", "a", owed=True),)] * 3


def test_an_item_that_a_chain_may_set_to_0_is_open() -> None:
    pack = ruled(CHAIN.replace("EFFECT", "effect: {zero_item: place.d.c}"))
    item = judge(pack, {"b": True, "x": 3}).item("place.d.c")
    assert (item.outcome, item.lo, item.hi, item.whys) == ("unknown", 0, 3, (Why("missing_fact", "a", owed=True),))


def test_rules_after_points_read_items_and_findings_of_the_first_pass() -> None:
    pack = ruled(
        "{checks: [{id: early, when: a, unknown: flag}],"
        ' vetoes: [{id: late, when: \'finding("checks.early") and points("place.d.c") < 2\', unknown: flag, effect: veto}]}'
    )
    assert {r.id: r.before_points for r in pack.rules} == {"checks.early": True, "vetoes.late": False}
    assert states(pack, {"a": True, "x": 1}) == {"checks.early": "fired", "vetoes.late": "fired"}
    assert states(pack, {"a": True, "x": 2}) == {"checks.early": "fired"}
    assert states(pack, {"a": True})["vetoes.late"] == "flagged"
    late = finding(pack, {"x": 1}, "vetoes.late")
    assert (late.state, late.whys) == ("flagged", (Why("missing_fact", "a", owed=True),))


def test_an_item_that_failed_is_unknown_to_rules() -> None:
    pack = ruled('checks: [{id: r, when: \'outcome("place.d.c") == "met"\', unknown: flag}]')
    assert finding(pack, {"x": "不是数"}).whys == (Why("missing_fact", "place.d.c"),)
    assert states(pack, {"x": 5}) == {"checks.r": "fired"}


# effects


def test_several_rules_may_hold_and_zero_one_item() -> None:
    pack = ruled(
        "checks: [{id: h, when: a, effect: {hold_item: place.d.c}}, {id: i, when: b, effect: {hold_item: place.d.c}},"
        " {id: z, when: x > 4, unknown: flag, effect: {zero_item: place.d.c}}]"
    )
    held = judge(pack, {"a": True, "b": True, "x": 4}).item("place.d.c")
    assert held.whys == (Why("numbers_disagree", "checks.h"), Why("numbers_disagree", "checks.i"))
    assert judge(pack, {"a": True, "b": True, "x": 5}).item("place.d.c").hi == 0


def verdict(pack: Pack, facts: Facts, **case: Any) -> tuple[str, str, str]:
    a: Assessment = judge(pack, facts, **case)
    return a.verdict.state, a.grade, a.best_grade


BEST: Facts = {"x": 5, "b": True}


@pytest.mark.parametrize(
    ("cap", "a", "expected"),
    [
        ("good", False, ("passed", "top", "top")),
        ("good", True, ("passed", "good", "good")),
        ("low", True, ("failed", "low", "low")),
        ("low", None, ("undetermined", "low", "top")),
        ("good", None, ("passed", "good", "top")),
    ],
)
def test_a_cap_lowers_the_grade_and_one_below_the_pass_grade_fails(
    cap: str, a: bool | None, expected: tuple[str, str, str]
) -> None:
    pack = ruled(f"checks: [{{id: r, when: a, unknown: flag, effect: {{cap_grade: {cap}}}}}]")
    assert verdict(pack, BEST if a is None else {**BEST, "a": a}) == expected


def test_the_lowest_cap_counts() -> None:
    pack = ruled(
        "checks: [{id: r, when: b, effect: {cap_grade: good}}, {id: s, when: x > 4, effect: {cap_grade: low}}]"
    )
    assert verdict(pack, BEST)[1] == "low"
    assert verdict(pack, {"x": 4, "b": True})[1] == "good"


# waivers


WAIVED = """
vetoes: [{id: v, when: a, unknown: flag, effect: veto, waivable: true}]
checks: [{id: z, when: x > 4, effect: {zero_item: place.d.d}, waivable: true}]
waivers: [{id: w, of: [vetoes.v, checks.z, grades.good.base]}]
"""


def test_a_waiver_lifts_a_rules_effect_and_both_verdicts_are_kept() -> None:
    pack = ruled(WAIVED)
    barred = judge(pack, {**BEST, "a": True})
    assert (barred.verdict.state, barred.verdict.deciding) == ("failed", (("veto", "vetoes.v"),))
    lifted = judge(pack, {**BEST, "a": True}, waived=["vetoes.v"])
    assert (lifted.verdict.state, lifted.verdict_without_waivers.state) == ("passed", "failed")
    assert {f.rule: f.state for f in lifted.findings} == {"vetoes.v": "waived", "checks.z": "fired"}


def test_a_waiver_lifts_a_flag_too_and_a_waived_finding_is_none_for_others() -> None:
    pack = ruled(WAIVED.replace("x > 4", 'finding("vetoes.v")').replace("{zero_item: place.d.d}", "none"))
    assert states(pack, BEST, waived=["vetoes.v"]) == {"vetoes.v": "waived"}
    assert states(pack, {**BEST, "a": True}) == {"vetoes.v": "fired", "checks.z": "fired"}


def test_a_waiver_of_a_rule_that_sets_an_item_to_0_gives_back_what_was_earned_and_no_more() -> None:
    pack = ruled(WAIVED)
    assert judge(pack, {**BEST, "a": False}).base_lo == 5
    assert judge(pack, {**BEST, "a": False}, waived=["checks.z"]).base_lo == 10


def test_a_waiver_lifts_a_grade_line_and_adds_no_points() -> None:
    pack = ruled(WAIVED)
    below: Facts = {"x": 1, "b": False, "a": False}
    assert judge(pack, below).verdict.state == "failed"
    lifted = judge(pack, below, waived=["grades.good.base"])
    assert (lifted.verdict.state, lifted.verdict_without_waivers.state, lifted.base_lo) == ("passed", "failed", 1)
    assert [(line.grade, line.holds, line.fails, line.waived) for line in lifted.lines] == [
        ("low", True, False, False), ("good", True, False, True), ("top", False, True, False),
    ]  # fmt: skip


def test_an_unknown_fact_may_carry_any_reason_into_a_flag() -> None:
    facts: Facts = {"a": Unknown((Why("inspectors_disagree", "a"),))}
    assert finding(ruled(f"checks: [{check('a')}]"), facts).whys == (Why("inspectors_disagree", "a"),)
