"""Proves that running rules finds and changes nothing else: the caller hands on what was found."""

from __future__ import annotations

from datetime import date

from tests.assessment.packs import make_pack

from meihao.assessment.infer.reference import conclude
from meihao.assessment.plan import compile_plan
from meihao.assessment.rules import run_rules
from meihao.core.problems import Source
from meihao.core.unknown import Unknown
from meihao.evidence.model import Observation, UnitEvidence
from meihao.round.cases import make_cases
from meihao.round.read import lone_round
from meihao.round.scope import CaseScope

DAY = date(2026, 6, 30)
FIELDS = "clean: {type: number, tolerance: 3, provided_by: inspector}\norg: {type: yes_no}"
RULES = """
relations: [{id: third, use: third_inspector, say: 相差过大}]
checks: [{id: dirty, when: clean < 30, unknown: flag}, {id: alone, when: not org}, {id: either, when: 'finding("checks.dirty")'}]
"""


def scope_of(*seen: int) -> tuple[CaseScope, CaseScope]:
    """Return the scopes of a unit without an owners' body whose cleanness inspectors saw: as recorded, and settled."""
    facts = [Observation("clean", n, f"检查员{n}", "inspector", DAY, Source("a")) for n in seen]
    facts.append(Observation("org", False, "申报", "applicant", DAY, Source("a")))
    unit = UnitEvidence("A", "place", "A", "", tuple(facts), ())
    scope = CaseScope(make_cases(PACK, lone_round(DAY, "verified"), [unit], False)[0])
    return scope, scope.settled()


PACK = make_pack("[{id: org, points: 5, asks: [org, clean], score: {yes_no: org}}]", FIELDS, RULES)
PLAN = compile_plan(PACK, "place")


def test_what_is_found_comes_back_and_the_scopes_stay_as_they_were() -> None:
    scope, settled = scope_of(48, 4)
    assert settled is not scope
    found = run_rules(PLAN.before, scope, settled, frozenset(), conclude)
    assert (scope.findings, settled.findings) == ({}, {})
    assert {one.rule: one.state for one in found.findings} == {
        "checks.dirty": "fired",
        "checks.alone": "fired",
        "checks.either": "fired",
    }
    assert found.recorded == {"checks.dirty": True, "checks.alone": True, "checks.either": True}
    assert isinstance(found.settled["checks.dirty"], Unknown), "the two inspectors are too far apart to settle it"
    assert found.settled["checks.alone"] is True


def test_where_nothing_is_held_both_readings_are_one() -> None:
    scope, settled = scope_of(48)
    assert settled is scope
    found = run_rules(PLAN.before, scope, settled, frozenset(), conclude)
    assert scope.findings == {}
    assert found.recorded == found.settled == {"checks.alone": True}
