"""Proves that a value held for checking settles nothing: what zeroes, bars or leaves out waits; what holds or marks does not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from tests.assessment.packs import make_pack

from meihao.assessment.assess import assess
from meihao.assessment.plan import compile_plan
from meihao.assessment.results import Assessment, Finding, Outcome
from meihao.core.problems import Source
from meihao.core.unknown import Why
from meihao.evidence.model import Observation, UnitEvidence
from meihao.round.cases import make_cases
from meihao.round.read import lone_round

DAY = date(2026, 6, 30)
FIELDS = """
clean: {type: number, tolerance: 3, provided_by: inspector}
ground: {type: choice, options: {plain: 平, hill: 坡}, provided_by: inspector}
org: {type: yes_no}
"""
RELATION = "relations: [{id: third, use: third_inspector, say: 相差过大}]"
ORG = "{id: org, points: 5, asks: [org], score: {yes_no: org}}"
DISPUTED = ((48, "甲"), (4, "乙"))  # more than 3 apart; the mean is 26
LOW, HIGH = (*DISPUTED, (5, "丙")), (*DISPUTED, (47, "丙"))  # the medians are 5 and 47
AWAITED = (Why("inspectors_disagree", "clean"),)


def judged(criteria: str, rules: str, seen: Sequence[tuple[int, str]], **more: Any) -> Assessment:
    """Judge a unit with an owners' body whose cleanness the inspectors saw."""
    pack = make_pack(f"[{criteria}]", FIELDS, f"{RELATION}\n{rules}", **more)
    facts = [Observation("clean", value, by, "inspector", DAY, Source("a")) for value, by in seen]
    facts += [Observation("org", True, "申报", "applicant", DAY, Source("a"))]
    facts += [Observation("ground", "plain", "甲", "inspector", DAY, Source("a"))]
    unit = UnitEvidence("A", "place", "A", "", tuple(facts), ())
    return assess(compile_plan(pack, "place"), make_cases(pack, lone_round(DAY, "verified"), [unit], False)[0])


def shown(a: Assessment, name: str) -> tuple[Outcome, Any, Any]:
    item = a.item(f"place.d.{name}")
    return item.outcome, item.lo, item.hi


def finding(a: Assessment, name: str) -> Finding | None:
    return next((one for one in a.findings if one.rule == name), None)


@pytest.mark.parametrize("unknown", ["flag", "quiet"])
def test_a_value_in_dispute_zeroes_no_item_until_the_third_has_looked(unknown: str) -> None:
    rule = f"checks: [{{id: dirty, when: clean < 30, unknown: {unknown}, effect: {{zero_item: place.d.org}}}}]"
    open_ = judged(ORG, rule, DISPUTED)
    assert shown(open_, "org") == ("unknown", 0, 5)
    assert open_.item("place.d.org").whys == AWAITED
    dirty = finding(open_, "checks.dirty")
    assert dirty is not None
    assert (dirty.state, dirty.whys, dirty.rows) == ("flagged", AWAITED, ())
    assert shown(judged(ORG, rule, LOW), "org") == ("not_met", 0, 0)
    assert shown(judged(ORG, rule, HIGH), "org") == ("met", 5, 5)


def test_a_quiet_rule_stays_quiet_where_the_value_in_dispute_does_not_speak_for_it() -> None:
    rule = "checks: [{id: dirty, when: clean < 20, unknown: quiet, effect: {zero_item: place.d.org}}]"
    a = judged(ORG, rule, DISPUTED)
    assert (shown(a, "org"), finding(a, "checks.dirty")) == (("met", 5, 5), None)


def test_a_criterions_own_zero_waits_for_the_value_in_dispute() -> None:
    text = "{id: c, points: 5, asks: [org, clean], score: {yes_no: org}, zero_when: clean < 30}"
    assert shown(judged(text, "", DISPUTED), "c") == ("unknown", 0, 5)
    assert shown(judged(text, "", LOW), "c") == ("not_met", 0, 0)
    assert shown(judged(text, "", HIGH), "c") == ("met", 5, 5)


def test_a_value_in_dispute_leaves_no_item_out() -> None:
    text = "{id: c, points: 5, asks: [org, clean], score: {yes_no: org}, applies_when: clean >= 30, not_applicable: reweight}"
    open_ = judged(f"{text}, {ORG}", "", DISPUTED)
    assert shown(open_, "c") == ("unknown", 0, 5)
    assert open_.item("place.d.c").whys == AWAITED
    assert shown(judged(f"{text}, {ORG}", "", LOW), "c")[0] == "not_applicable"
    assert shown(judged(f"{text}, {ORG}", "", HIGH), "c") == ("met", 5, 5)


@pytest.mark.parametrize("unknown", ["flag", "quiet"])
def test_a_rule_that_bars_by_the_finding_of_another_waits_with_it(unknown: str) -> None:
    rules = f"""
checks: [{{id: dirty, when: clean < 30, unknown: {unknown}}}]
eligibility: [{{id: out, when: finding("checks.dirty"), unknown: {unknown}, effect: veto}}]
"""
    open_ = judged(ORG, rules, DISPUTED)
    assert open_.verdict.state == "undetermined"
    assert ("flagged", "eligibility.out") in open_.verdict.deciding
    mark, out = finding(open_, "checks.dirty"), finding(open_, "eligibility.out")
    assert mark is not None
    assert out is not None
    assert mark.state == "fired"  # it says what was recorded and takes nothing
    assert out.whys == AWAITED
    assert judged(ORG, rules, LOW).verdict.deciding == (("veto", "eligibility.out"),)
    assert judged(ORG, rules, HIGH).verdict.state == "passed"


def test_what_holds_an_item_reads_a_value_in_dispute() -> None:
    rule = "checks: [{id: odd, when: clean < 30 and org, unknown: quiet, effect: {hold_item: place.d.org}}]"
    assert shown(judged(ORG, rule, DISPUTED), "org") == ("unknown", 0, 5)
    assert judged(ORG, rule, DISPUTED).item("place.d.org").reason.code == "held"


def test_a_line_by_a_class_that_is_held_is_neither_reached_nor_missed() -> None:
    text = "{id: c, points: 5, looks: 2, asks: [ground], score: {yes_no: ground == 'plain'}}"
    line = "{of: base, at_least: {by: ground, plain: 5, otherwise: 99}}"
    a = judged(f"{text}, {ORG}", "", (), grades=f"[{{id: good, lines: [{line}]}}]")
    assert (a.base_lo, a.base_hi) == (5, 10)
    assert [(line.at_least, line.holds, line.fails) for line in a.lines] == [(None, False, False)]
    assert a.verdict.state == "undetermined"
