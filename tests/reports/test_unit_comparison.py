"""Proves that self-assessment and verification are compared item by item, on settled points only, and said in figures."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace
from tests.reports.of_unit import report_of

from meihao.advice.again import self_assessment
from meihao.assessment.infer.reference import conclude
from meihao.assessment.plan import compile_plan
from meihao.core.numbers import fixed
from meihao.evidence.model import Observation, UnitEvidence
from meihao.pipeline import Judged, judge_units
from meihao.ranking import Ranking
from meihao.reports.comparison import dumbbell
from meihao.reports.model import UnitReport
from meihao.round.model import Round
from meihao.standard.model import Pack
from meihao.uses.demo import pick_three


def seen_otherwise(unit: UnitEvidence, pack: Pack, most: int = 3) -> UnitEvidence:
    """Return evidence in which a county found that what the unit affirmed (the first few times) is not so."""
    boasts = [o for o in unit.observations if o.role == "applicant" and o.value is True][:most]
    denied = tuple(_denial(boast) for boast in boasts)
    assert denied
    return replace(unit, observations=(*unit.observations, *denied))


def _denial(boast: Observation) -> Observation:
    return replace(boast, value=False, role="county", observer="县核查组")


def judged_otherwise(one: Judged, pack: Pack, round_: Round) -> Judged:
    assert one.evidence is not None
    found = judge_units(pack, round_, [seen_otherwise(one.evidence, pack)], conclude, False)
    return next(iter(found))


def compared(one: Judged, pack: Pack, round_: Round) -> UnitReport:
    return report_of(pack, round_, one.assessment, one.case, evidence=one.evidence)


def test_what_the_unit_affirmed_and_others_denied_is_a_row_with_both_points(
    default_pack: Pack, sample_round: Round, sample: Sequence[Judged]
) -> None:
    one = judged_otherwise(sample[0], default_pack, sample_round)
    assert one.evidence is not None
    plan = compile_plan(default_pack, one.case.kind)
    told = self_assessment(plan, one.case, one.evidence)
    assert told is not None
    report = compared(one, default_pack, sample_round)
    assert report.comparison is not None
    assert report.comparison.rows
    numbers = {item.number: item.id for row in report.dimensions for item in row.items}
    for row in report.comparison.rows:
        name = numbers[row.number]
        assert row.told == fixed(told.item(name).lo, 2)
        assert row.seen == fixed(one.assessment.item(name).lo, 2)
        assert row.told != row.seen
        assert row.difference.startswith("−")
        assert row.low <= row.high


def test_a_report_of_the_demo_shows_what_was_told_against_what_was_found(
    default_pack: Pack, sample_round: Round, sample: Sequence[Judged], ranking: Ranking
) -> None:
    shown = [compared(one, default_pack, sample_round).comparison for one in pick_three(sample, ranking)]
    rows = [row for chart in shown if chart for row in chart.rows]
    assert rows
    assert all(row.difference.startswith("−") for row in rows)


def test_without_differences_there_is_a_sentence_and_no_chart(
    default_pack: Pack, sample_round: Round, sample: Sequence[Judged]
) -> None:
    report = compared(sample[0], default_pack, sample_round)
    assert report.comparison is not None
    assert report.comparison.rows == ()
    assert "得分全部相同" in report.comparison.caption


def test_items_that_wait_for_inspectors_are_not_compared(
    default_pack: Pack, sample_round: Round, sample: Sequence[Judged]
) -> None:
    one = sample[0]
    assert one.evidence is not None
    told = self_assessment(compile_plan(default_pack, one.case.kind), one.case, one.evidence)
    assert told is not None
    own = {item.id: item for item in told.items}
    settled = [
        i for i in one.assessment.items
        if i.lo == i.hi and own[i.id].lo == own[i.id].hi and "not_applicable" not in (i.outcome, own[i.id].outcome)
    ]  # fmt: skip
    assert 0 < len(settled) < len(one.assessment.items)
    report = compared(one, default_pack, sample_round)
    assert report.comparison is not None
    assert f"{len(settled)}项" in report.comparison.caption


def test_a_self_assessment_is_not_compared_with_itself(
    default_pack: Pack, sample_round: Round, sample: Sequence[Judged]
) -> None:
    assert sample[0].evidence is not None
    plan = compile_plan(default_pack, sample[0].case.kind)
    assert self_assessment(plan, replace(sample[0].case, stage="self"), sample[0].evidence) is None
    assert dumbbell(None, sample[0].assessment, {}, 2, "zh") is None


def test_a_difference_beyond_ten_percent_of_the_full_mark_is_marked(
    default_pack: Pack, sample_round: Round, sample: Sequence[Judged]
) -> None:
    report = compared(judged_otherwise(sample[0], default_pack, sample_round), default_pack, sample_round)
    assert report.comparison is not None
    for row in report.comparison.rows:
        assert row.far is (row.high - row.low > 10)
