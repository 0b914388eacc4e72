"""Proves that advice says what judging again says: totals, grades and places with items earned, never sums of open points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from msgspec.structs import replace
from tests.assessment.packs import DAY, make_case, make_pack, plan_of
from tests.reports.of_unit import report_of

from meihao.advice.earned import assess_earned, gains_of, level, open_items, place_of
from meihao.assessment.assess import assess
from meihao.assessment.plan import compile_plan
from meihao.assessment.results import Assessment
from meihao.core.numbers import fixed, parse_exact
from meihao.core.problems import Lang
from meihao.pipeline import Judged
from meihao.ranking import Ranking, rank
from meihao.ranking.results import list_of
from meihao.reports.figures import span
from meihao.reports.model import UnitReport
from meihao.round.model import Round
from meihao.standard.model import Pack

Reports = Mapping[tuple[str, Lang], UnitReport]
STATES = ("passed", "failed", "undetermined")
GRADES = "[{id: good, lines: [{of: base, at_least: 6}]}, {id: best, lines: [{of: base, at_least: 9}]}]"
YES_NO = """
- {id: a, points: 4, asks: [one], score: {yes_no: one}}
- {id: b, points: 4, asks: [two], score: {yes_no: two}}
- {id: c, points: 2, asks: [three], score: {yes_no: three}}
"""
FIELDS = "{one: {type: yes_no}, two: {type: yes_no}, three: {type: yes_no}}"


def small(**more: str) -> Pack:
    return make_pack(YES_NO, FIELDS, grades=GRADES, **more)  # type: ignore[arg-type]  # texts only


def test_nothing_earned_is_the_judgement_itself(sample: Sequence[Judged], default_pack: Pack) -> None:
    for one in sample[::16]:
        plan = compile_plan(default_pack, one.case.kind)
        assert assess_earned(plan, one.case, ()) == one.assessment


def test_an_earned_item_has_its_full_mark_and_every_other_item_is_as_it_was(
    sample: Sequence[Judged], default_pack: Pack
) -> None:
    for one in sample[::24]:
        plan = compile_plan(default_pack, one.case.kind)
        for item in open_items(one.assessment):
            after = assess_earned(plan, one.case, (item.id,))
            assert (after.item(item.id).lo, after.item(item.id).hi) == (item.points, item.points)
            others = [(i.id, i.lo, i.hi) for i in after.items if i.id != item.id]
            assert others == [(i.id, i.lo, i.hi) for i in one.assessment.items if i.id != item.id]
            assert after.total_lo >= one.assessment.total_lo


def test_an_item_earned_is_judged_as_if_its_fact_were_there() -> None:
    """Two readings agree: the item earned, and the case with the fact that earns it."""
    pack = small()
    has = make_case(pack, {"one": True, "two": False, "three": False})
    would = make_case(pack, {"one": True, "two": True, "three": False})
    earned, again = assess_earned(plan_of(pack), has, ("place.d.b",)), assess(plan_of(pack), would)
    assert (earned.total_lo, earned.grade, earned.verdict) == (again.total_lo, again.grade, again.verdict)


def test_the_largest_gain_is_first_and_the_fewest_items_that_lift_the_unit_are_counted() -> None:
    pack = small()
    case = make_case(pack, {"one": False, "two": True, "three": False})
    gains = gains_of(plan_of(pack), case, assess(plan_of(pack), case))
    assert [(gain.item.id, gain.more) for gain in gains.each] == [("place.d.a", 4), ("place.d.c", 2)]
    assert (gains.enough, gains.reached.judged.grade, gains.reached.judged.total_lo) == (1, "good", 8)
    assert (gains.everything.judged.grade, gains.everything.judged.total_lo) == ("best", 10)


def test_a_shared_cap_lets_an_earned_item_bring_less_than_its_open_points() -> None:
    cap = "{shared_caps: [{of: [a, b], gain_at_most: 5}], points: 7}"
    pack = make_pack(YES_NO, FIELDS, grades=GRADES, node=cap)
    case = make_case(pack, {"one": True, "two": False, "three": False})
    own = assess(plan_of(pack), case)
    gains = {gain.item.id: gain.more for gain in gains_of(plan_of(pack), case, own).each}
    assert gains == {"place.d.b": 1, "place.d.c": 2}


def test_points_never_lift_a_vetoed_unit(
    by_state: Mapping[str, Judged], default_pack: Pack, sample_round: Round
) -> None:
    one = by_state["failed"]
    assert "veto" in {kind for kind, _ in one.assessment.verdict.deciding}
    gains = gains_of(compile_plan(default_pack, one.case.kind), one.case, one.assessment)
    assert gains.enough == 0
    assert level(gains.everything.judged, default_pack) == 0
    report = report_of(default_pack, sample_round, one.assessment, one.case)
    assert {row.then for row in report.advice} == {""}
    assert "仍未通过" in report.outlook[-1]


@pytest.mark.parametrize("state", STATES)
def test_the_advice_prints_what_judging_again_gives(
    state: str, reports: Reports, by_state: Mapping[str, Judged], default_pack: Pack
) -> None:
    one, report = by_state[state], reports[state, "zh"]
    plan = compile_plan(default_pack, one.case.kind)
    ids = {item.number: item.id for row in report.dimensions for item in row.items}
    printed = [parse_exact(row.gain.removeprefix("+")) for row in report.advice]
    assert printed == sorted(printed, reverse=True)
    for row in report.advice:
        after = assess_earned(plan, one.case, (ids[row.item],))
        assert row.total == span(after.total_lo, after.total_hi, 2)
        assert row.gain == f"+{fixed(after.total_lo - one.assessment.total_lo, 2)}"
    if report.advice:
        everything = assess_earned(plan, one.case, [ids[row.item] for row in report.advice])
        assert span(everything.total_lo, everything.total_hi, 2) in report.outlook[-1]


def test_the_place_is_the_place_of_the_list_ranked_again(
    sample: Sequence[Judged], default_pack: Pack, sample_round: Round, ranking: Ranking, peers: Sequence[Assessment]
) -> None:
    compared = 0
    for one in sample[::40]:
        plan = compile_plan(default_pack, one.case.kind)
        gains = gains_of(plan, one.case, one.assessment)
        for after in (gains.everything.judged, *(gain.after.judged for gain in gains.each[:1])):
            listed = list_of(ranking, after.unit)
            assert listed is not None
            again, _ = rank(default_pack, sample_round, [after if p.unit == after.unit else p for p in peers])
            assert again is not None
            ranks = {s.unit: s.rank for listed_again in again.lists for s in listed_again.units}
            assert place_of(after, default_pack, ranking, listed) == ranks.get(after.unit, 0)
            compared += after.unit in ranks
    assert compared > 4


def test_a_unit_with_full_marks_has_no_advice() -> None:
    pack = small()
    case = make_case(pack, {"one": True, "two": True, "three": True})
    round_ = Round("r", pack.title, DAY, False, "verified")
    report = report_of(pack, round_, assess(plan_of(pack), case), case)
    assert (report.advice, report.outlook) == ((), ())


@pytest.mark.parametrize(
    ("bad", "zh", "en"),
    [
        (False, "等次和名次不变", "same grade and place"),
        (True, "仍未通过：还有分数不能抵消的情形", "still not passed: something stands that no points outweigh"),
        (None, "仍待定：还有须核实的情形", "still undetermined: something is still to be verified"),
    ],
)
def test_what_the_last_points_leave_as_it_is_is_said(bad: bool | None, zh: str, en: str) -> None:
    rules = "vetoes: [{id: v, when: bad, unknown: flag, effect: veto}]"
    fields = FIELDS.replace("{one", "{bad: {type: yes_no}, one", 1)
    pack = make_pack(YES_NO, fields, rules, grades="[{id: good, lines: [{of: base, at_least: 6}]}]")
    given = {"one": True, "two": True, "three": False, **({} if bad is None else {"bad": bad})}
    case = make_case(pack, given)
    round_, own = Round("r", pack.title, DAY, False, "verified"), assess(plan_of(pack), case)
    assert report_of(pack, round_, own, case).outlook == (f"补齐这一项：总分10.00，{zh}",)
    assert report_of(pack, round_, own, case, lang="en").outlook == (f"With this item: total 10.00, {en}",)


def test_bonus_is_part_of_the_total_that_is_judged_again(sample: Sequence[Judged], default_pack: Pack) -> None:
    one = sample[0]
    after = assess_earned(compile_plan(default_pack, one.case.kind), one.case, [i.id for i in one.assessment.items])
    assert after.base_lo == default_pack.base
    assert after.total_lo == after.base_lo + after.bonus_lo


def test_a_self_assessment_is_judged_again_as_one(sample: Sequence[Judged], default_pack: Pack) -> None:
    one = sample[0]
    case = replace(one.case, stage="self")
    assert assess_earned(compile_plan(default_pack, case.kind), case, ()).stage == "self"
