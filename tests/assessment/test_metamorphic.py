"""Proves laws that hold for every unit of the default pack: more facts only narrow, better evidence never lowers, order means nothing."""
# ruff: noqa: E501  (cases stand whole on their lines)

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.assessment.packs import judge, make_pack

from meihao.assessment.assess import assess
from meihao.assessment.plan import plan_of
from meihao.assessment.results import Assessment
from meihao.core.numbers import Number
from meihao.evidence.model import Value
from meihao.expressions.tree import Constant, FieldValue
from meihao.methods.measures.percent import Percent
from meihao.methods.scores.bands import Bands
from meihao.methods.scores.linear import Linear
from meihao.methods.scores.yes_no import YesNo
from meihao.pipeline import Judged
from meihao.round.context import cohort_measures
from meihao.round.merge import absent
from meihao.round.model import Case, Fact
from meihao.standard.folder import PackFiles, pack_files
from meihao.standard.load import load_files
from meihao.standard.model import Criterion, Field, Pack, leaves

ROOT = Path(__file__).parents[2]
SEEDS = st.integers(0, 10**6)
SHORT = settings(derandomize=True, max_examples=30, deadline=None, database=None)


EVERYTHING: list[tuple[Sequence[Judged], Pack]] = []


@pytest.fixture(autouse=True, scope="module")
def remember(sample: Sequence[Judged], default_pack: Pack) -> None:
    """Keep the big fixtures out of what Hypothesis prints of a failing example."""
    EVERYTHING[:] = [(sample, default_pack)]


def everything() -> tuple[Sequence[Judged], Pack]:
    return EVERYTHING[0]


def judged(pack: Pack, case: Case) -> Assessment:
    return assess(plan_of(pack, case.kind), case)


def forgets(dice: random.Random, pack: Pack, case: Case, share: float) -> Case:
    """Return the case with some facts and cells forgotten. Logs lose nothing but whole tables: there a gap is a step not done."""
    logs = {process.log for process in pack.processes}
    facts = dict(case.facts)
    for field in (f for f in pack.fields if f.id in facts):
        value = facts[field.id].value
        if field.when_absent_empty and isinstance(value, tuple):  # some rows came in, not yet the whole register
            if dice.random() < share:
                facts[field.id] = Fact(absent(field), known=tuple(row for row in value if dice.random() > share))
        elif dice.random() < share:
            facts[field.id] = Fact(absent(field))
        elif isinstance(value, tuple) and field.id not in logs:
            table = tuple({k: v for k, v in row.items() if dice.random() > share / 4} for row in value)
            facts[field.id] = Fact(table)
    documents = tuple(d for d in case.documents if dice.random() > share / 2)
    return replace(case, facts=facts, documents=documents)


def spans(a: Assessment) -> Iterator[tuple[str, Number, Number]]:
    yield from ((item.id, item.lo, item.hi) for item in a.items)
    yield from ((f"bonus {bonus.id}", bonus.lo, bonus.hi) for bonus in a.bonuses)
    yield from ((f"node {node.id}", node.lo, node.hi) for node in a.nodes if node.applicable)
    yield from (("base", a.base_lo, a.base_hi), ("total", a.total_lo, a.total_hi))


def new_effects(before: Assessment, after: Assessment) -> bool:
    """Say whether a quiet rule, which says nothing about what is missing, fired only when the fact came."""
    known = {finding.rule for finding in before.findings}
    return any(f.rule not in known and f.effect != "none" for f in after.findings)


def assert_narrower(before: Assessment, after: Assessment) -> None:
    wide = {name: (low, high) for name, low, high in spans(before)}
    for name, low, high in spans(after):
        if name in wide:
            assert wide[name][0] <= low <= high <= wide[name][1], name
    if before.verdict.state != "undetermined":
        assert after.verdict.state == before.verdict.state
    order = ["", *(line.grade for line in before.lines)]
    assert order.index(before.grade) <= order.index(after.grade) <= order.index(after.best_grade)
    assert order.index(after.best_grade) <= order.index(before.best_grade)


@SHORT
@given(SEEDS)
def test_a_fact_that_comes_in_only_narrows_what_was_possible(seed: int) -> None:
    sample, default_pack = everything()
    dice = random.Random(seed)
    case = replace(dice.choice(sample).case, closed=False)
    while True:
        fewer = forgets(dice, default_pack, case, dice.choice((0.05, 0.3, 0.7)))
        before, after = judged(default_pack, fewer), judged(default_pack, case)
        if not new_effects(before, after):
            assert_narrower(before, after)
            return
        case = fewer


@SHORT
@given(SEEDS)
def test_the_deadline_narrows_too_and_raises_nothing(seed: int) -> None:
    sample, default_pack = everything()
    dice = random.Random(seed)
    case = forgets(dice, default_pack, dice.choice(sample).case, 0.3)
    open_, closed = (judged(default_pack, replace(case, closed=end)) for end in (False, True))
    assert_narrower(open_, closed)
    assert all(a.lo == b.lo for a, b in zip(open_.items, closed.items, strict=True) if a.outcome != "unknown")


def rising(criterion: Criterion) -> bool:
    """Say whether more of the measure earns at least as much, as the score is written."""
    score = criterion.score
    if isinstance(score, YesNo):
        return all(edge in ("at_least", "more_than") for edge, _ in score.edges)
    if isinstance(score, Linear):
        points = [p.value for _, p in score.anchors if isinstance(p, Constant) and isinstance(p.value, Number)]
        return len(points) == len(score.anchors) and all(a <= b for a, b in pairwise(points))
    if isinstance(score, Bands):
        up = all(edge in ("at_least", "more_than") for row in score.rows for edge, _ in row.edges)
        found = [row.points.value for row in score.rows if isinstance(row.points, Constant)]
        numbers = [value for value in found if isinstance(value, Number)]
        return up and len(numbers) == len(score.rows) and all(a >= b for a, b in pairwise(numbers))
    return False


def improved(criterion: Criterion, case: Case, fields: Mapping[str, Field]) -> Case | None:
    """Return the case with the one fact better that a criterion counts as good; None where it has no such fact."""
    measure, score = criterion.measure, criterion.score
    if isinstance(score, YesNo) and isinstance(score.when, FieldValue):
        return _with(case, score.when.field, True)
    if isinstance(measure, Percent) and isinstance(measure.part, FieldValue) and isinstance(measure.whole, FieldValue):
        part, whole = (case.facts[name].value for name in (measure.part.field, measure.whole.field))
        if rising(criterion) and isinstance(part, Number) and isinstance(whole, Number) and part <= whole:
            better = whole if fields[measure.part.field].type == "count" else Fraction(part + whole) / 2
            return _with(case, measure.part.field, better)
    return None


def _with(case: Case, name: str, value: Value) -> Case:
    """Return the case with another value of a field, seen by the same people."""
    return replace(case, facts={**case.facts, name: replace(case.facts[name], value=value)})


def test_better_evidence_never_lowers_a_rising_criterion(sample: Sequence[Judged], default_pack: Pack) -> None:
    fields = {field.id: field for field in default_pack.fields}
    dice, tried = random.Random(3), set()
    for _ in range(25):
        case = forgets(dice, default_pack, dice.choice(sample).case, 0.1)
        before = judged(default_pack, case)
        chosen = list(leaves(default_pack.standard(case.kind)))
        for criterion in dice.sample(chosen, 12):
            better = improved(criterion, case, fields)
            if better is not None:
                old, new = before.item(criterion.id), judged(default_pack, better).item(criterion.id)
                assert (old.lo <= new.lo, old.hi <= new.hi) == (True, True), criterion.id
                tried.add(criterion.id)
    assert len(tried) >= 10


@SHORT
@given(SEEDS)
def test_a_veto_dominates_whatever_else_is_known(seed: int) -> None:
    sample, default_pack = everything()
    dice = random.Random(seed)
    case = forgets(dice, default_pack, dice.choice(sample).case, dice.choice((0.0, 0.5, 1.0)))
    day = case.reference_date or date(2026, 1, 1)
    incident = Fact(({"kind": "vice", "date": day, "decided_by": "县公安局"},))
    verdict = judged(default_pack, replace(case, facts={**case.facts, "incidents": incident})).verdict
    assert verdict.state == "failed"
    assert ("veto", "vetoes.vice") in verdict.deciding


def test_the_order_of_files_changes_nothing(sample: Sequence[Judged], default_pack: Pack) -> None:
    files = list(pack_files(ROOT)[0].files)
    random.Random(5).shuffle(files)
    shuffled, _ = load_files(PackFiles(tuple(files)))
    assert shuffled is not None
    for one in sample[::7]:
        again = assess(plan_of(shuffled, one.case.kind), one.case)
        there = judged(default_pack, one.case)
        assert replace(again, pack_digest="") == replace(there, pack_digest="")


def test_a_unit_is_judged_alone_as_in_the_round_and_twice_alike(sample: Sequence[Judged], default_pack: Pack) -> None:
    for one in sample[::5]:
        assert replace(judged(default_pack, one.case), context_digest=one.assessment.context_digest) == one.assessment


def test_without_cohort_measures_another_unit_changes_nothing(sample: Sequence[Judged], default_pack: Pack) -> None:
    across = {
        c.id
        for _, root in default_pack.standards
        for c in leaves(root)
        if any(cohort_measures(c.measure, c.score, c.id))
    }
    for one in sample[::9]:
        lone = judged(default_pack, replace(one.case, cohort=None, hits=()))
        if not one.case.hits:
            kept = [item for item in one.assessment.items if item.id not in across]
            assert [item for item in lone.items if item.id not in across] == kept


SCALED = """
- {{id: a, points: {full}, asks: [x], measure: {{field: x}}, score: {{linear: [{{value: 0, points: 0}}, {{value: 7, points: {full}}}]}}}}
- {{id: b, points: {full}, asks: [x], measure: {{field: x}}, score: {{bands: [{{at_least: 5, points: {full}}}, {{at_least: 2, points: {one}}}, {{otherwise: 0}}]}}}}
- {{id: c, points: {full}, asks: [x], measure: {{field: x}}, score: {{deduct: {{lose: {one}, for_each: 3, step: prorata}}}}}}
- {{id: d, points: {full}, asks: [x], measure: {{field: x}}, score: {{per_item: {{points: {one}, for_each: 3, step: prorata}}}}}}
- {{id: e, points: {full}, asks: [p, q], applies_when: p or q, score: {{checklist: {{items: [{{title: 甲, when: p}}, {{title: 乙, when: q}}], lose: {one}}}}}}}
"""


@pytest.mark.parametrize("x", range(10))
def test_ten_times_the_points_with_one_place_less_give_ten_times_the_result(x: int) -> None:
    fields = "{x: {type: number}, p: {type: yes_no}, q: {type: yes_no}}"
    small = make_pack(SCALED.format(full=5, one=1), fields, places=2)
    large = make_pack(SCALED.format(full=50, one=10), fields, places=1)
    for facts in ({"x": x, "p": True, "q": False}, {"x": x, "p": False, "q": False}, {"p": True}):
        a, b = judge(small, facts), judge(large, facts)
        assert [(i.lo * 10, i.hi * 10) for i in a.items] == [(i.lo, i.hi) for i in b.items]
        assert [(n.lo * 10, n.hi * 10) for n in a.nodes] == [(n.lo, n.hi) for n in b.nodes]
