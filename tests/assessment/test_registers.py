"""Proves that a register which nobody sent is not an empty one: vetoes stay open until its keeper's receipt is there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from msgspec.structs import replace
from tests.assessment.packs import judge, make_pack, rows

from meihao.assessment.assess import assess
from meihao.assessment.explain.unit import explain_unit
from meihao.assessment.plan import compile_plan
from meihao.assessment.results import Assessment
from meihao.core.problems import Source
from meihao.core.unknown import Unknown, Why
from meihao.evidence.model import Observation, UnitEvidence
from meihao.round.cases import make_cases
from meihao.round.model import Region, RegisterReceipt, Round, Stage
from meihao.round.read import lone_round
from meihao.standard.model import Pack, Role

DAY = date(2026, 6, 30)
WHOLE = RegisterReceipt("register", True, DAY, DAY + timedelta(days=2), "应急局")
FIELDS = """
homes: {type: count, range: [0, 100]}
accidents: {type: table, provided_by: registry, when_absent: empty,
            columns: {level: {type: choice, options: {serious: 较大, ordinary: 一般}}, date: {type: date}}}
"""
CRITERIA = """
- {id: c, points: 4, asks: [homes], measure: {field: homes}, score: {linear: [{value: 0, points: 0}, {value: 10, points: 4}]}}
"""
RULES = """
vetoes:
  - {id: serious, when: {any_row: accidents, where: 'level == "serious"', dated: date, look_back: 1 year},
     unknown: flag, effect: veto, severity: major}
  - {id: any, when: any_row(accidents), unknown: flag, effect: veto, severity: major}
"""


@pytest.fixture(scope="module")
def pack() -> Pack:
    return make_pack(CRITERIA, FIELDS, RULES, grades="[{id: good, lines: [{of: base, at_least: 2}]}]")


def seen(field: str, value: Any, role: Role = "registry") -> Observation:
    return Observation(field, value, "某人", role, DAY, Source("u"))


def judged(
    pack: Pack, receipts: Sequence[RegisterReceipt], *observations: Observation, stage: Stage = "verified",
    on: date | None = DAY, region: str = "", regions: Sequence[Region] = (), closed: bool = False,
) -> Assessment:  # fmt: skip
    round_: Round = replace(lone_round(on, stage, closed), registers=tuple(receipts), regions=tuple(regions))
    homes = seen("homes", 8, "applicant")
    unit = UnitEvidence("U", "place", "单位", region, (homes, *observations))
    return assess(compile_plan(pack, "place"), make_cases(pack, round_, (unit,), whole_round=False)[0])


def states(a: Assessment) -> dict[str, str]:
    return {finding.rule: finding.state for finding in a.findings}


OPEN = {"vetoes.any": "flagged", "vetoes.serious": "flagged"}


def test_without_a_receipt_no_veto_is_cleared(pack: Pack) -> None:
    for stage in ("self", "verified"):
        a = judged(pack, (), stage=stage)
        assert states(a) == OPEN
        assert a.verdict.state == "undetermined"
        assert a.findings[0].whys == (Why("missing_fact", "accidents"),)


def test_with_the_keepers_receipt_no_record_means_that_nothing_happened(pack: Pack) -> None:
    for stage in ("self", "verified"):
        a = judged(pack, (WHOLE,), stage=stage)
        assert states(a) == {}
        assert a.verdict.state == "passed"


@pytest.mark.parametrize("role", ["registry", "county", "applicant"])
def test_nobody_but_the_keeper_can_say_that_there_is_nothing(pack: Pack, role: Role) -> None:
    assert states(judged(pack, (), seen("accidents", (), role))) == OPEN


def test_a_row_that_bars_the_unit_bars_it_before_the_whole_register_is_there(pack: Pack) -> None:
    bad = seen("accidents", rows({"level": "serious", "date": DAY}))
    for receipts in ((), (WHOLE,)):
        assert states(judged(pack, receipts, bad)) == {"vetoes.any": "fired", "vetoes.serious": "fired"}


def test_a_row_that_does_not_bar_leaves_the_rest_of_the_register_open(pack: Pack) -> None:
    old = seen("accidents", rows({"level": "serious", "date": date(2025, 6, 30)}))
    assert states(judged(pack, (), old)) == {"vetoes.any": "fired", "vetoes.serious": "flagged"}
    assert states(judged(pack, (WHOLE,), old)) == {"vetoes.any": "fired"}


@pytest.mark.parametrize(
    ("receipt", "counts"),
    [
        (WHOLE, True),
        (replace(WHOLE, as_of=DAY + timedelta(days=1)), True),
        (replace(WHOLE, as_of=DAY - timedelta(days=1)), False),
        (replace(WHOLE, whole=False), False),
        (replace(WHOLE, register="other"), False),
    ],
)
def test_a_receipt_counts_for_the_whole_register_as_of_the_reference_date(
    pack: Pack, receipt: RegisterReceipt, counts: bool
) -> None:
    assert states(judged(pack, (receipt,))) == ({} if counts else OPEN)
    assert states(judged(pack, (WHOLE, receipt))) == {}


def test_without_a_reference_date_no_receipt_counts(pack: Pack) -> None:
    assert states(judged(pack, (WHOLE,), on=None)) == OPEN


@pytest.mark.parametrize(("region", "counts"), [("A1", True), ("A", True), ("B", False), ("", False)])
def test_a_receipt_for_some_regions_counts_there_and_in_what_lies_within(pack: Pack, region: str, counts: bool) -> None:
    regions = (Region("A", "甲", "county"), Region("A1", "甲一", "township", "A"), Region("B", "乙", "county"))
    a = judged(pack, (replace(WHOLE, regions=("A",)),), region=region, regions=regions)
    assert states(a) == ({} if counts else OPEN)


def test_regions_around_each_other_come_to_an_end(pack: Pack) -> None:
    around = (Region("A", "甲", "county", "B"), Region("B", "乙", "county", "A"))
    assert states(judged(pack, (replace(WHOLE, regions=("C",)),), region="A", regions=around)) == OPEN


def test_after_the_deadline_a_register_stays_awaited_since_the_applicant_does_not_owe_it(pack: Pack) -> None:
    assert states(judged(pack, (), closed=True)) == OPEN


def test_what_is_open_names_the_register_and_its_keeper(pack: Pack) -> None:
    a = judged(pack, ())
    zh, en = (explain_unit(a, pack, lang) for lang in ("zh", "en"))
    assert {said for _, _, said in zh.findings} == {"尚待登记核实（由登记部门提供）"}
    assert zh.deciding == ("尚待登记核实（由登记部门提供）",)
    assert en.deciding == ("the 登记 is awaited (from 登记部门)",)


def test_a_self_check_says_that_it_is_enough_but_for_the_registers(pack: Pack) -> None:
    a = judged(pack, (), stage="self")
    assert explain_unit(a, pack, "zh").so_far == "按所填已够good，尚待登记核实1项"
    assert explain_unit(a, pack, "en").so_far == "enough for “good” as filled in, 1 register awaited"
    assert explain_unit(judged(pack, ()), pack, "zh").so_far == "按现有证据已够good，尚待登记核实1项"


def test_a_self_check_counts_what_others_have_yet_to_bring() -> None:
    fields = """
    spots: {type: count, provided_by: inspector}
    cases: {type: count, provided_by: county}
    homes: {type: count}
    log: {type: table, provided_by: registry, when_absent: empty, columns: {ok: {type: yes_no}}}
    """
    score = "score: {yes_no: {at_least: 1}}"
    criteria = "".join(
        f"- {{id: {name}, points: 1, asks: [{name}], measure: {{field: {name}}}, {score}}}\n"
        for name in ("spots", "cases", "homes")
    )
    rules = "{vetoes: [{id: v, when: any_row(log), unknown: flag, effect: veto, severity: major}]}"
    law = make_pack(criteria, fields, rules, grades="[{id: good, lines: [{of: base, at_least: 2}]}]")
    a = judge(law, {"homes": 3, "log": Unknown((Why("missing_fact", "log"),))}, stage="self")
    zh, en = (explain_unit(a, law, lang).so_far for lang in ("zh", "en"))
    assert zh == "按所填有望good，尚待登记核实1项，检查员核查1项，县区提供1项"
    assert en == (
        "“good” is within reach as filled in; awaited: 1 register, 1 value from the inspector, 1 value from the county"
    )
    assert explain_unit(judge(law, {"spots": 3}, stage="self"), law, "zh").so_far == ""  # the unit owes a fact itself


def test_where_more_than_registers_is_open_the_verdict_stays_bare(pack: Pack) -> None:
    for a in (
        judged(pack, (WHOLE,)),
        judged(pack, (), seen("accidents", rows({"level": "serious"}))),
        judged(pack, (), seen("homes", 9, "applicant")),  # two values of one day: the points are open too
    ):
        assert explain_unit(a, pack, "zh").so_far == ""
