"""Proves the shipped relations: who is called third, which documents are held against each other, which items are held."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from tests.assessment.packs import make_pack

from meihao.assessment.assess import assess
from meihao.assessment.plan import compile_plan
from meihao.assessment.results import Item, Verdict
from meihao.core.problems import Source
from meihao.core.unknown import Why
from meihao.evidence.model import Document, Observation, UnitEvidence
from meihao.round.cases import make_cases
from meihao.round.model import Hit, Stage
from meihao.round.read import lone_round
from meihao.round.relations import find_hits
from meihao.standard.model import Pack

DAY = date(2026, 6, 30)
CRITERIA = """
- {id: clean, points: 5, asks: [clean], measure: {field: clean}, score: {linear: [{value: 0, points: 0}, {value: 50, points: 5}]}}
- {id: org, points: 5, asks: [org], score: {yes_no: org}, evidence: [{document: 批复}]}
- id: route
  points: 5
  asks: [org]
  score: {any_of: [{title: 甲, when: org, evidence: [{document: 合同}]}, {title: 乙, when: org}]}
"""
FIELDS = """
clean: {type: number, tolerance: 3, provided_by: inspector}
rough: {type: number, provided_by: inspector}
org: {type: yes_no}
"""
RULES = """
relations:
  - {id: third, use: third_inspector, say: "{field}：{a.observer}{a.value}，{b.observer}{b.value}，容差{tolerance}"}
  - {id: number, use: same_number, say: "{number}：{a.title}（{a.unit}），{b.title}（{b.unit}）"}
  - {id: content, use: same_content, say: "{a.title}（{a.unit}），{b.title}（{b.unit}）"}
"""


@pytest.fixture(scope="module")
def pack() -> Pack:
    return make_pack(CRITERIA, FIELDS, RULES)


def saw(value: int, by: str, day: str = "2026-05-01", field: str = "clean", role: Any = "inspector") -> Observation:
    return Observation(field, value, by, role, date.fromisoformat(day), Source("a"))


def unit(code: str, observations: Sequence[Observation] = (), documents: Sequence[Document] = ()) -> UnitEvidence:
    return UnitEvidence(code, "place", code, "", tuple(observations), tuple(documents))


def hits(pack: Pack, *units: UnitEvidence) -> list[tuple[str, str]]:
    return sorted((code, hit.relation) for code, found in find_hits(pack, units).items() for hit in found)


def judged(pack: Pack, item: str, *units: UnitEvidence, stage: Stage = "verified") -> Item:
    cases = make_cases(pack, lone_round(DAY, stage), units, whole_round=False)
    return assess(compile_plan(pack, "place"), cases[0]).item(f"place.d.{item}")


@pytest.mark.parametrize(("second", "called"), [(44, True), (43, True), (44.0, True), (45, False), (47, False)])
def test_two_inspectors_further_apart_than_the_tolerance_call_a_third(pack: Pack, second: int, called: bool) -> None:
    found = hits(pack, unit("A", [saw(48, "甲"), saw(int(second), "乙")]))
    assert found == ([("A", "third")] if called else [])


def test_a_third_inspector_settles_it_and_one_alone_disagrees_with_nobody(pack: Pack) -> None:
    assert hits(pack, unit("A", [saw(48, "甲"), saw(40, "乙"), saw(45, "丙")])) == []
    assert hits(pack, unit("A", [saw(48, "甲")])) == []


def test_a_second_visit_of_the_same_inspector_replaces_the_first_one(pack: Pack) -> None:
    assert hits(pack, unit("A", [saw(48, "甲"), saw(40, "乙"), saw(47, "乙", "2026-05-02")])) == []


def test_a_field_without_a_tolerance_and_other_roles_call_nobody(pack: Pack) -> None:
    assert hits(pack, unit("A", [saw(48, "甲", field="rough"), saw(1, "乙", field="rough")])) == []
    assert hits(pack, unit("A", [saw(48, "甲"), saw(1, "乙", role="county")])) == []


def test_the_item_that_asks_the_field_is_held_until_the_third_has_looked(pack: Pack) -> None:
    apart = unit("A", [saw(50, "甲"), saw(40, "乙")])
    held = judged(pack, "clean", apart)
    assert (held.outcome, held.lo, held.hi, held.reason.code) == ("unknown", 0, 5, "held")
    assert held.whys == (Why("inspectors_disagree", "clean"),)
    settled = judged(pack, "clean", unit("A", [saw(50, "甲"), saw(40, "乙"), saw(50, "丙")]))
    assert (settled.outcome, settled.lo) == ("met", 5)


def test_a_value_in_dispute_bars_nobody_until_the_third_has_looked() -> None:
    floor = "eligibility:\n  - {id: floor, when: clean < 30, effect: ineligible, unknown: flag, say: 低于30}"
    pack = make_pack(CRITERIA, FIELDS, RULES + floor)
    disputed = [saw(48, "甲"), saw(4, "乙")]  # the mean is 26

    def verdict(*more: Observation) -> Verdict:
        cases = make_cases(pack, lone_round(DAY, "verified"), [unit("A", [*disputed, *more])], whole_round=False)
        return assess(compile_plan(pack, "place"), cases[0]).verdict

    assert verdict().state == "undetermined"
    assert ("flagged", "eligibility.floor") in verdict().deciding
    assert verdict(saw(5, "丙")).deciding == (("ineligible", "eligibility.floor"),)  # the median is 5
    assert "eligibility.floor" not in [name for _, name in verdict(saw(47, "丙")).deciding]  # the median is 47


def test_a_self_assessment_is_held_by_no_relation(pack: Pack) -> None:
    twins = [
        unit(code, [saw(1, "申报", field="org", role="applicant")], [Document("批复", sha256="f" * 64)])
        for code in "AB"
    ]
    assert judged(pack, "org", *twins, stage="self").outcome != "unknown"
    assert judged(pack, "org", *twins).reason.code == "held"


def test_one_number_on_documents_of_different_content_is_found_in_one_unit_and_across_units(pack: Pack) -> None:
    a, b = Document("批复", number="文1"), Document("合同", number="文1")
    assert hits(pack, unit("A", documents=[a, b])) == [("A", "number")] * 2
    assert hits(pack, unit("A", documents=[a]), unit("B", documents=[b])) == [("A", "number"), ("B", "number")]
    assert hits(pack, unit("A", documents=[a]), unit("B", documents=[Document("合同", number="文2")])) == []


def test_one_number_with_the_same_content_is_the_same_document(pack: Pack) -> None:
    twice = [Document("批复", number="文1", sha256="a"), Document("批复", number=" 文1 ", sha256="a")]
    assert hits(pack, unit("A", documents=twice)) == []
    assert hits(pack, unit("A", documents=[twice[0], Document("批复", number="文1", sha256="b")])) == [("A", "number")]


def test_a_document_without_a_digest_has_no_other_content(pack: Pack) -> None:
    typed = [Document("批复", number="文1", sha256="a"), Document("批复", number="文1")]
    assert hits(pack, unit("A", documents=typed)) == []


def test_the_same_content_in_two_units_is_found_in_both_and_inside_one_unit_it_is_no_matter(pack: Pack) -> None:
    photo = Document("照片", sha256="a")
    assert hits(pack, unit("A", documents=[photo]), unit("B", documents=[photo])) == [
        ("A", "content"),
        ("B", "content"),
    ]
    assert hits(pack, unit("A", documents=[photo, Document("照片二", sha256="a")])) == []
    assert hits(pack, unit("A", documents=[Document("照片")]), unit("B", documents=[Document("照片")])) == []


@pytest.mark.parametrize(("title", "held"), [("批复", "org"), ("合同", "route")])
def test_a_document_holds_the_items_that_want_it_by_its_title_their_routes_too(
    pack: Pack, title: str, held: str
) -> None:
    papers = [Document(title, sha256="a")]
    units = [unit(code, [saw(1, "申报", field="org", role="applicant")], papers) for code in "AB"]
    assert judged(pack, held, *units).reason.code == "held"
    other = {"org": "route", "route": "org"}[held]
    assert judged(pack, other, *units).reason.code != "held"


def test_a_document_holds_the_items_that_ask_the_fields_it_proves(pack: Pack) -> None:
    papers = [Document("照片", sha256="a", proves=("clean",))]
    held = judged(pack, "clean", *(unit(code, [saw(50, "甲")], papers) for code in "AB"))
    assert (held.reason.code, held.whys) == ("held", (Why("numbers_disagree", "clean"),))


def test_the_values_of_the_sentence_are_data(pack: Pack) -> None:
    found = find_hits(pack, [unit("A", [saw(50, "甲"), saw(40, "乙")])])["A"]
    values = (("field", "clean"), ("a.observer", "乙"), ("a.value", "40"), ("b.observer", "甲"), ("b.value", "50"))
    assert found == (Hit("third", ("clean",), (*values, ("tolerance", "3")), "inspectors_disagree"),)


def test_a_relation_looks_only_at_its_kinds(pack: Pack) -> None:
    elsewhere = UnitEvidence("A", "other", "A", "", (saw(50, "甲"), saw(40, "乙")))
    assert hits(pack, elsewhere) == []


def sentences(pack: Pack, relation: str, *units: UnitEvidence) -> list[tuple[str, str, str]]:
    """Return (unit, title, the others that are named) of a relation's hits."""
    found = find_hits(pack, units)
    hits = [(code, dict(hit.values)) for code, own in found.items() for hit in own if hit.relation == relation]
    return [(code, values["a.title"], values["b.unit"]) for code, values in hits]


def test_a_document_of_many_units_is_told_once_in_each_with_the_number_of_the_others(pack: Pack) -> None:
    photo = Document("照片", sha256="a")
    units = [unit(code, documents=[photo, photo]) for code in "ABCD"]
    assert sentences(pack, "content", *units) == [
        ("A", "照片", "B…（3）"),
        ("B", "照片", "A…（3）"),
        ("C", "照片", "A…（3）"),
        ("D", "照片", "A…（3）"),
    ]


def test_of_one_number_each_document_names_the_first_of_other_content(pack: Pack) -> None:
    papers = {
        "A": Document("批复", number="文1", sha256="a"),
        "B": Document("批复", number="文1"),  # no digest: it may be the same as any of its title
        "C": Document("批复", number="文1", sha256="c"),
        "D": Document("合同", number="文1", sha256="a"),
    }
    units = [unit(code, documents=[paper]) for code, paper in papers.items()]
    assert sentences(pack, "number", *units) == [
        ("A", "批复", "D…（2）"),  # C has another digest, D another title
        ("B", "批复", "D"),
        ("C", "批复", "D…（2）"),
        ("D", "合同", "A…（3）"),
    ]
    assert sentences(pack, "number", *units[:3]) == [("A", "批复", "C"), ("C", "批复", "A")]
