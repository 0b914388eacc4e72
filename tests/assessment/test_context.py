"""Proves step 2: values across units are worked out once from all submitted units, frozen, digested, and change nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.assessment.packs import judge, make_case, make_pack

from meihao.assessment.assess import assess
from meihao.assessment.plan import compile_plan
from meihao.core.numbers import Number
from meihao.core.problems import Source
from meihao.core.unknown import Unknown, Why
from meihao.evidence.model import Observation, UnitEvidence
from meihao.round.cases import make_cases, waived
from meihao.round.context import context_digest, with_context
from meihao.round.model import Case, Grant, Region
from meihao.round.read import check_units, lone_round, read_round_file
from meihao.standard.model import Pack

FIELDS = (
    "{x: {type: number, range: [-1000, 1000]}, size: {type: choice, options: {big: 大, small: 小}}, y: {type: count}}"
)
PLAIN = "- {id: plain, points: 5, asks: [y], measure: {field: y}, score: {yes_no: {at_least: 3}}}"


def cohort_pack(measure: str) -> Pack:
    linear = "linear: [{value: 0, points: 0}, {value: 100, points: 5}]"
    asks = "[x, size]" if "size" in measure else "[x]"
    return make_pack(f"- {{id: c, points: 5, asks: {asks}, measure: {measure}, score: {{{linear}}}}}\n{PLAIN}", FIELDS)


def values(measure: str, *xs: Number | None, groups: str = "", regions: str = "") -> list[Number | str]:
    """Return the cohort value of every unit, or the cause why it is unknown."""
    pack = cohort_pack(measure)
    cases = []
    for number, x in enumerate(xs):
        facts: dict[str, Number | str] = {} if x is None else {"x": x}
        if groups and groups[number] != "?":
            facts["size"] = {"b": "big", "s": "small"}[groups[number]]
        region = regions[number].strip() if regions else ""
        cases.append(make_case(pack, facts, code=f"U{number}", region=region))
    return [shown(case) for case in with_context(pack, cases)]


def shown(case: Case) -> Number | str:
    assert case.cohort is not None
    value = case.cohort["place.d.c"]
    return value.whys[0].cause if isinstance(value, Unknown) else value


def test_places_with_ties_read_one_two_two_four() -> None:
    assert values("{rank_in_round: x}", 9, 7, 7, 5) == [1, 2, 2, 4]
    assert values("{rank_in_round: x, first: lowest}", 9, 7, 7, 5) == [4, 2, 2, 1]
    assert values("{rank_in_round: x}", 7, 7, 7) == [1, 1, 1]


def test_a_place_in_percent_runs_from_100_for_the_first_to_0_for_the_last() -> None:
    assert values("{rank_in_round: x, as: percent}", 9, 7, 5) == [100, 50, 0]
    assert values("{rank_in_round: x, as: percent}", 9, 7, 7, 5) == [100, Fraction(200, 3), Fraction(200, 3), 0]


def test_the_only_unit_of_a_group_is_first_and_its_percent_is_100() -> None:
    small = "small_group: {fewer_than: 1, otherwise: unknown}"
    assert values(f"{{rank_in_round: x, {small}}}", 9) == [1]
    assert values(f"{{rank_in_round: x, as: percent, {small}}}", 9) == [100]


def test_the_distance_from_the_mean_is_exact() -> None:
    assert values("{against_mean: x}", 1, 2, 6) == [-2, -1, 3]
    assert values("{against_mean: x}", 1, 2, 2) == [Fraction(-2, 3), Fraction(1, 3), Fraction(1, 3)]
    assert values("{against_mean: x, as: percent}", 1, 2, 6) == [Fraction(100, 3), Fraction(200, 3), 200]


def test_a_percent_of_a_mean_of_0_is_unknown() -> None:
    assert values("{against_mean: x, as: percent}", -5, 5) == ["missing_fact"] * 2
    assert values("{against_mean: x}", -5, 5) == [-5, 5]


def test_an_index_runs_from_the_worst_at_0_to_the_best_at_100() -> None:
    assert values("{index: x}", 20, 30, 60) == [0, 25, 100]
    assert values("{index: x, better: low}", 20, 30, 60) == [100, 75, 0]


def test_an_index_of_equal_values_cannot_be_told() -> None:
    assert values("{index: x}", 5, 5, 5) == ["sample_too_small"] * 3


def test_a_unit_without_the_fact_is_unknown_and_does_not_count_for_the_others() -> None:
    assert values("{against_mean: x}", 2, None, 6) == [-2, "missing_fact", 2]
    assert values("{rank_in_round: x}", 2, None, 6) == [2, "missing_fact", 1]


def test_within_a_class_or_a_region_only_its_own_units_are_compared() -> None:
    assert values("{rank_in_round: x, within: size}", 9, 8, 7, 6, groups="bsbs") == [1, 1, 2, 2]
    assert values("{rank_in_round: x, within: region}", 9, 8, 7, 6, regions="NSNS") == [1, 1, 2, 2]
    assert values("{rank_in_round: x, within: size}", 9, 8, 7, groups="bb?") == [1, 2, "missing_fact"]
    assert values("{rank_in_round: x, within: region}", 9, 8, 7, regions="NN ") == [1, 2, "missing_fact"]


@pytest.mark.parametrize(("count", "expected"), [(2, "sample_too_small"), (3, 1)])
def test_a_small_group_falls_back_to_unknown(count: int, expected: str | int) -> None:
    measure = "{rank_in_round: x, small_group: {fewer_than: 3, otherwise: unknown}}"
    assert values(measure, *range(9, 9 - count, -1))[0] == expected


def test_a_small_group_falls_back_to_a_stated_number() -> None:
    assert values("{index: x, small_group: {fewer_than: 3, otherwise: 60}}", 5, 9) == [60, 60]
    assert values("{index: x, small_group: {fewer_than: 3, otherwise: 60}}", 5, 9, None) == [60, 60, "missing_fact"]


def test_a_lone_unit_needs_the_round() -> None:
    pack = cohort_pack("{index: x}")
    item = judge(pack, {"x": 5}).item("place.d.c")
    assert (item.outcome, item.lo, item.hi) == ("unknown", 0, 5)
    assert item.whys == (Why("needs_round", "place.d.c"),)
    assert context_digest(make_case(pack, {"x": 5})) == ""


def test_a_route_may_compare_units_too() -> None:
    route = "{title: 甲, measure: {rank_in_round: x}, score: {yes_no: {at_most: 1}}}"
    pack = make_pack(
        f"- {{id: c, points: 5, asks: [x], score: {{any_of: [{route}, {{title: 乙, when: x > 90}}]}}}}", FIELDS
    )
    cases = with_context(pack, [make_case(pack, {"x": x}, code=f"U{x}") for x in (5, 9, 95)])
    assert [dict(case.cohort or {}) for case in cases] == [{"place.d.c#0": place} for place in (3, 2, 1)]
    assert [assess(compile_plan(pack, "place"), case).base_lo for case in cases] == [0, 0, 5]


def unit(code: str, x: int, y: int) -> UnitEvidence:
    seen = [Observation(name, value, "申报", "applicant", None, Source()) for name, value in (("x", x), ("y", y))]
    return UnitEvidence(code, "place", code, "", tuple(seen))


def judged(pack: Pack, units: Mapping[str, UnitEvidence]) -> Mapping[str, tuple[Number, ...]]:
    plan = compile_plan(pack, "place")
    cases = make_cases(pack, lone_round(date(2026, 6, 30)), tuple(units.values()), whole_round=True)
    return {case.code: tuple(item.lo for item in assess(plan, case).items) for case in cases}


def test_an_added_unit_changes_cohort_measures_and_nothing_else() -> None:
    pack = cohort_pack("{index: x}")
    units = {"A": unit("A", 0, 3), "B": unit("B", 50, 2)}
    assert judged(pack, units) == {"A": (0, 5), "B": (5, 0)}
    assert judged(pack, {**units, "C": unit("C", 100, 3)}) == {"A": (0, 5), "B": (Fraction(5, 2), 0), "C": (5, 5)}


def test_a_frozen_context_judges_one_unit_again_alone() -> None:
    pack, plan = cohort_pack("{index: x}"), compile_plan(cohort_pack("{index: x}"), "place")
    cases = with_context(pack, [make_case(pack, {"x": x}, code=f"U{x}") for x in (0, 30, 100)])
    again = replace(make_case(pack, {"x": 30}), cohort=cases[1].cohort)
    assert assess(plan, again).item("place.d.c").lo == Fraction(3, 2)
    assert context_digest(again) == context_digest(cases[1]) != context_digest(cases[0])


def test_the_digest_of_a_context_knows_exact_values_and_unknown_ones() -> None:
    pack = cohort_pack("{against_mean: x}")
    one, two, none = (
        make_case(pack, cohort={"k": value}) for value in (Fraction(1, 3), 1, Unknown((Why("needs_round", "k"),)))
    )
    assert len({context_digest(case) for case in (one, two, none)}) == 3


def test_children_are_the_results_of_an_earlier_run() -> None:
    pack = make_pack(
        '- {id: c, points: 10, asks: [], measure: {percent_of_rows: children, where: verdict == "passed", when_zero: 0},'
        " score: {linear: [{value: 0, points: 0}, {value: 100, points: 10}]}}"
    )
    below = {
        "U": tuple(
            {"code": c, "kind": "place", "grade": "", "verdict": v} for c, v in (("A", "passed"), ("B", "failed"))
        )
    }
    plan, round_ = compile_plan(pack, "place"), lone_round(date(2026, 6, 30))
    units = [UnitEvidence(code, "place", code, "", ()) for code in ("U", "V")]
    alone = make_cases(pack, round_, units, whole_round=False)
    with_children = make_cases(pack, round_, units, whole_round=False, children=below)
    assert assess(plan, alone[0]).item("place.d.c").whys == (Why("needs_round", "children"),)
    assert [assess(plan, case).base_lo for case in with_children] == [5, 0]


GRANT = Grant("U", "late", "委员会", date(2026, 1, 1), date(2026, 6, 30), "", "")


@pytest.mark.parametrize(
    ("on", "unit_code", "lifted"),
    [
        (date(2026, 6, 30), "U", ("checks.r",)),
        (date(2026, 1, 1), "U", ("checks.r",)),
        (date(2026, 7, 1), "U", ()),
        (date(2025, 12, 31), "U", ()),
        (date(2026, 6, 30), "V", ()),
        (None, "U", ()),
    ],
)
def test_a_grant_lifts_from_its_day_to_its_last_day(on: date | None, unit_code: str, lifted: tuple[str, ...]) -> None:
    rules = "{checks: [{id: r, when: y > 1, waivable: true}], waivers: [{id: late, of: [checks.r]}]}"
    pack = make_pack(PLAIN, FIELDS, rules)
    strange = replace(GRANT, waiver="never_written")
    assert waived(pack, replace(lone_round(on), grants=(GRANT, strange))).get(unit_code, ()) == lifted


def test_an_empty_round_has_no_context() -> None:
    assert with_context(cohort_pack("{index: x}"), []) == ()


ROUND = """
round: r1
title: 第一批
reference_date: 2026-06-30
closed: true
stage: verified
regions: [{code: North, name: 北, level: county, applicants: 3, households: 90}]
waivers: [{unit: U, waiver: late, granted_by: 委员会, granted_on: 2026-01-01, until: 2026-06-30, document: 文1, reason: 灾后}]
corrections: [{unit: U, tier: ten, action: remove, by: 李四, date: 2026-07-01, reason: 群众反映}]
titles: {U: ten}
"""


def test_a_round_file_gives_its_grants_and_corrections_with_names_days_and_reasons(tmp_path: Path) -> None:
    rules = (
        "{checks: [{id: r, when: y > 1, waivable: true}], waivers: [{id: late, of: [checks.r], for_at_most: 1 year}]}"
    )
    (tmp_path / "round.yaml").write_text(ROUND, encoding="utf-8")
    round_, problems = read_round_file(tmp_path / "round.yaml", make_pack(PLAIN, FIELDS, rules))
    assert round_ is not None, problems
    assert (round_.stage, round_.closed, round_.reference_date) == ("verified", True, date(2026, 6, 30))
    (grant,), (correction,), (region,) = round_.grants, round_.corrections, round_.regions
    assert (grant.unit, grant.granted_by, grant.until, grant.reason) == ("U", "委员会", date(2026, 6, 30), "灾后")
    assert (correction.action, correction.by, correction.day) == ("remove", "李四", date(2026, 7, 1))
    assert (region.households, round_.titles) == (90, (("U", "ten"),))


def test_a_unit_twice_a_strange_region_a_late_record_and_a_grant_for_nobody_are_noted() -> None:
    late = replace(
        unit("A", 1, 1),
        observations=(Observation("x", 1, "申报", "applicant", date(2026, 7, 1), Source()),),
        region="S",
    )
    round_ = replace(lone_round(date(2026, 6, 30)), grants=(GRANT,), regions=(Region("N", "北", "county"),))
    codes = [problem.code for problem in check_units(round_, (late, unit("A", 1, 1)))]
    assert len(codes) == len(set(codes)) == 4
    assert check_units(lone_round(None), (late,)) == ()
