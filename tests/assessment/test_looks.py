"""Proves that an item which wants two inspectors stays open on one record, says who has been, and is nobody's omission."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace
from tests.assessment.packs import make_pack

from meihao.assessment.assess import assess
from meihao.assessment.explain.unit import explain_unit
from meihao.assessment.plan import compile_plan
from meihao.assessment.results import Assessment, Item
from meihao.assessment.to_json import to_data
from meihao.core.problems import Source
from meihao.core.unknown import Why
from meihao.evidence.model import Observation, UnitEvidence
from meihao.round.cases import make_cases
from meihao.round.read import lone_round
from meihao.standard.describe import scribe_of, tell
from meihao.standard.model import Pack, Role, leaves
from meihao.store.needs import needs_of

DAY = date(2026, 6, 30)
FIELDS = """
spots: {type: count, provided_by: inspector}
homes: {type: count}
other: {type: yes_no, provided_by: inspector}
"""
DEDUCT = "score: {deduct: {lose: 1, for_each: 1, step: floor}}"
SPOTS = f"{{id: c, points: 4, looks: 2, asks: [spots], measure: {{field: spots}}, {DEDUCT}}}"
FREE = f"{{id: free, points: 4, asks: [spots], measure: {{field: spots}}, {DEDUCT}}}"
LIST = """{id: list, points: 4, looks: 2, asks: [homes, other], score: {checklist: {items: [
  {title: 甲, when: homes >= 1}, {title: 乙, when: other}], each: 2}}}"""


@pytest.fixture(scope="module")
def pack() -> Pack:
    return make_pack(f"[{SPOTS}, {FREE}, {LIST}]", FIELDS)


def seen(field: str, value: Any, by: str, role: Role = "inspector") -> Observation:
    return Observation(field, value, by, role, DAY, Source("u"))


def judged(pack: Pack, *observations: Observation, closed: bool = False) -> Assessment:
    unit = UnitEvidence("U", "place", "单位", "", (seen("homes", 8, "甲村", "applicant"), *observations))
    round_ = replace(lone_round(DAY, "verified"), closed=closed)
    return assess(compile_plan(pack, "place"), make_cases(pack, round_, (unit,), whole_round=False)[0])


def item(a: Assessment, name: str = "c") -> Item:
    return a.item(f"place.d.{name}")


def span(a: Assessment, name: str = "c") -> tuple[Any, Any]:
    return item(a, name).lo, item(a, name).hi


def test_one_look_leaves_the_item_open_and_two_settle_it(pack: Pack) -> None:
    one = judged(pack, seen("spots", 1, "甲"))
    assert span(one) == (0, 4)
    assert item(one).whys == (Why("awaiting_inspector", "spots", looks=(1, 2)),)
    assert item(judged(pack)).whys == (Why("awaiting_inspector", "spots", looks=(0, 2)),)
    assert span(one, "free") == (3, 3)  # where the standard does not ask for two, one is enough
    two = judged(pack, seen("spots", 1, "甲"), seen("spots", 1, "乙"))
    assert span(two) == (3, 3)


@pytest.mark.parametrize(
    "records",
    [
        (seen("spots", 1, "甲"), seen("spots", 1, "甲")),
        (seen("spots", 1, "甲"), seen("spots", 1, " 甲 ")),
        (seen("spots", 1, "甲"), seen("other", True, "乙")),
        (seen("spots", 1, "县核查组", "county"),),
        (seen("spots", 1, "县核查组", "county"), seen("spots", 1, "甲")),
        (seen("spots", 1, "数据局", "registry"),),
    ],
)
def test_two_looks_are_two_inspectors_at_the_same_field(pack: Pack, records: Sequence[Observation]) -> None:
    assert span(judged(pack, *records)) == (0, 4)


def test_after_the_deadline_a_look_that_is_wanted_is_nobodys_omission(pack: Pack) -> None:
    for records in ((), (seen("spots", 1, "甲"),)):
        late = judged(pack, *records, closed=True)
        assert (span(late), item(late).late) == ((0, 4), False)


def test_of_a_list_only_the_line_that_the_inspectors_bring_is_open(pack: Pack) -> None:
    assert span(judged(pack, seen("other", True, "甲")), "list") == (2, 4)
    assert span(judged(pack, seen("other", True, "甲"), seen("other", True, "乙")), "list") == (4, 4)


def test_each_further_look_only_narrows(pack: Pack) -> None:
    records = [seen("spots", 2, "甲"), seen("spots", 2, "乙"), seen("spots", 2, "丙")]
    spans = [span(judged(pack, *records[:n])) for n in range(4)]
    assert spans == [(0, 4), (0, 4), (2, 2), (2, 2)]


def test_an_item_that_does_not_apply_or_is_exempt_wants_nobody() -> None:
    for key in ("applies_when: homes > 100", "exempt_when: homes > 1"):
        criterion = SPOTS.replace("asks: [spots]", f"asks: [spots, homes], {key}")
        found = item(
            judged(make_pack(f"[{criterion}, {FREE}]", FIELDS.replace("other", "spare")), seen("spots", 1, "甲"))
        )
        assert found.outcome in ("not_applicable", "exempt")
        assert judged(make_pack(f"[{criterion}]", FIELDS), seen("spots", 1, "甲")).findings == ()


def test_a_condition_on_what_one_inspector_saw_settles_nothing() -> None:
    criterion = SPOTS.replace("asks: [spots]", "asks: [spots], zero_when: spots > 0")
    law = make_pack(f"[{criterion}]", FIELDS)
    assert span(judged(law, seen("spots", 1, "甲"))) == (0, 4)
    assert span(judged(law, seen("spots", 1, "甲"), seen("spots", 1, "乙"))) == (0, 0)


def test_a_finding_and_the_reason_name_who_has_been(pack: Pack) -> None:
    a = judged(pack, seen("spots", 1, "检查员甲"))
    zh, en = (explain_unit(a, pack, lang) for lang in ("zh", "en"))
    assert zh.findings == (("待核实", "“c”检查员不足2名", "检查员甲已看，尚待第2名检查员"),)
    assert en.findings[0][2] == "检查员甲 has looked; inspector 2 has yet to look"
    said = [i.reason for d in zh.dimensions for i in d.items if i.id == "place.d.c"]
    assert said == ["须2名检查员各看一遍：检查员甲已看，尚待第2名检查员"]
    assert (a.findings[0].rule, a.findings[0].state, a.findings[0].effect) == ("looks.place.d.c", "flagged", "none")


def test_what_a_look_is_wanted_for_says_which_one() -> None:
    law = make_pack(f"[{LIST}]", FIELDS)
    unit = UnitEvidence("U", "place", "单位", "", (seen("homes", 8, "甲村", "applicant"), seen("other", True, "甲")))
    case = make_cases(law, lone_round(DAY, "verified"), (unit,), whole_round=False)[0]
    a = assess(compile_plan(law, "place"), case)
    (line,) = [dimension.items[0].missing for dimension in explain_unit(a, law, "zh").dimensions]
    assert line == ("“other”尚待第2名检查员",)
    assert to_data(a)["items"][0]["why"] == [  # type: ignore[index,call-overload]  # plain JSON
        {"cause": "awaiting_inspector", "subject": "other", "owed": False, "looks": [1, 2]}
    ]


def test_where_nobody_has_been_there_is_no_finding(pack: Pack) -> None:
    a = judged(pack)
    assert a.findings == ()
    assert item(a).reason.code == "open"


def test_three_looks_may_be_wanted(pack: Pack) -> None:
    law = make_pack(f"[{SPOTS.replace('looks: 2', 'looks: 3')}]", FIELDS)
    two = [seen("spots", 1, "检查员1"), seen("spots", 1, "检查员2")]
    zh = explain_unit(judged(law, *two), law, "zh")
    assert zh.findings[0][2] == "检查员1、检查员2已看，尚待第3名检查员"
    assert span(judged(law, *two, seen("spots", 1, "检查员3"))) == (3, 3)


def test_the_look_is_wanted_from_the_inspectors(pack: Pack) -> None:
    unit = UnitEvidence("U", "place", "单位", "", (seen("homes", 8, "甲村", "applicant"), seen("spots", 1, "甲")))
    case = make_cases(pack, lone_round(DAY, "verified"), (unit,), whole_round=False)[0]
    a = assess(compile_plan(pack, "place"), case)
    needs = needs_of(pack, case, {one.id: one.whys for one in a.items}, ())
    assert {(need.id, need.role, need.state) for need in needs} >= {("spots", "inspector", "second_look")}


def test_the_sentence_of_a_criterion_says_how_many_look(pack: Pack) -> None:
    criterion = next(c for c in leaves(pack.standard("place")) if c.id == "place.d.c")
    assert tell(criterion, scribe_of(pack, "zh")).conditions[0] == "须由2名检查员分别查看，不足2名的待定。"
