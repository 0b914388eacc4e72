"""Laws that need no expected value: what may change in a pack, a round or a unit, and what must then stay as it was.

Order means nothing; better evidence never costs points; a veto dominates; units without cohort measures do not touch each
other; more facts only narrow what was possible, and a verdict that was certain stays.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import pairwise

import pytest
from msgspec.structs import replace

from meihao.assessment.assess import assess
from meihao.assessment.plan import Plan, plan_of
from meihao.assessment.results import Assessment
from meihao.assessment.rules import TAKES_NOTHING
from meihao.assessment.to_json import body_digest
from meihao.core.numbers import Number, plain
from meihao.core.problems import errors
from meihao.core.unknown import Unknown
from meihao.evidence.model import UnitEvidence
from meihao.round.model import Case, Fact
from meihao.round.scope import CaseScope
from meihao.standard.folder import PackFiles
from meihao.standard.load import load_files
from meihao.standard.model import Pack, leaves
from meihao.standard.model.order import item_order
from meihao.standard.model.parts import documents_of

from .evidence import Session, make_session, make_unit, make_value, valid_document, with_value
from .monotone import better, make_monotone_pack, make_rising_unit
from .packs import Wish, load, make_pack, text
from .words import Data

PACKS = range(101, 113)
CODES = tuple(f"U{n}" for n in range(12))
ALONE = Wish(cohort=False, shared=False)
CERTAIN = Wish(quiet=False, faults=False, loose=False)


def judge(pack: Pack, session: Session) -> dict[str, Assessment]:
    return {case.code: assess(plan_of(pack, case.kind), case) for case in session.cases(pack)}


def digests(pack: Pack, session: Session) -> dict[str, str]:
    return {code: body_digest(a) for code, a in judge(pack, session).items()}


def trial(number: int, wish: Wish = Wish()) -> tuple[Pack, Session]:  # noqa: B008  # frozen
    pack = load(make_pack(number, wish))
    return pack, make_session(random.Random(number), pack, CODES)


@pytest.mark.parametrize("number", range(201, 211))
def test_a_generated_pack_loads_without_any_problem_and_reads_the_same_twice(number: int) -> None:
    files = tuple(sorted((path, text(data)) for path, data in make_pack(number).items()))
    pack, problems = load_files(PackFiles(files))
    assert problems == ()
    assert pack is not None
    assert pack == load_files(PackFiles(files))[0]


@pytest.mark.parametrize("number", PACKS)
def test_the_order_of_units_changes_nothing(number: int) -> None:
    pack, session = trial(number)
    units = random.Random(number).sample(session.units, k=len(session.units))
    before, after = judge(pack, session), judge(pack, replace(session, units=tuple(units)))
    assert {code: unordered(a) for code, a in after.items()} == {code: unordered(a) for code, a in before.items()}


@pytest.mark.parametrize("number", PACKS)
def test_the_order_of_criteria_and_of_rules_changes_nothing(number: int) -> None:
    files = make_pack(number)
    pack = load(files)
    seed = random.Random(number)
    mixed = load({path: shuffled(seed, data) for path, data in files.items()})
    session = make_session(random.Random(number), pack, CODES)
    before, after = judge(pack, session), judge(mixed, session)
    assert {code: unordered(a) for code, a in after.items()} == {code: unordered(a) for code, a in before.items()}


def shuffled(seed: random.Random, data: Data) -> Data:
    """Return a file with its criteria, at every depth, and its rules in another order."""
    mixed = dict(data)
    for key in ("criteria", "eligibility", "vetoes", "checks"):
        if isinstance(entries := mixed.get(key), list):
            inner = [shuffled(seed, entry) for entry in entries]
            mixed[key] = seed.sample(inner, k=len(inner))
    return mixed


def unordered(a: Assessment) -> Assessment:
    """Return the judgement with its lists sorted, and without the digest of the pack, whose files differ."""
    items, nodes = tuple(sorted(a.items, key=lambda i: i.id)), tuple(sorted(a.nodes, key=lambda n: n.id))
    verdicts = (replace(v, deciding=tuple(sorted(v.deciding))) for v in (a.verdict, a.verdict_without_waivers))
    verdict, strict = verdicts
    return replace(
        a, items=items, nodes=nodes,
        adjustments=tuple(sorted(a.adjustments, key=lambda one: (one.node, one.kind, one.values))),
        findings=tuple(sorted(a.findings, key=lambda f: (f.rule, f.rows))),
        verdict=verdict, verdict_without_waivers=strict, context=tuple(sorted(a.context)), pack_digest="",
    )  # fmt: skip


@pytest.mark.parametrize("number", range(301, 321))
def test_better_evidence_never_lowers_a_monotone_criterion(number: int) -> None:
    pack = load(make_monotone_pack(number))
    seed = random.Random(number)
    rose = 0
    for _ in range(3):
        session = make_session(seed, pack, ["U"], closed=False)
        session = replace(session, units=(make_rising_unit(seed, pack),))
        for _ in range(12):
            more = replace(session, units=(better(seed, pack, session.units[0]),))
            before, after = judge(pack, session)["U"], judge(pack, more)["U"]
            for was, now in zip(before.items, after.items, strict=True):
                assert was.lo <= now.lo, was.id
                assert was.hi <= now.hi, was.id
            assert (before.base_lo, before.base_hi) <= (after.base_lo, after.base_hi)
            rose += before.base_lo < after.base_lo
            session = more
    assert rose > 0


@pytest.mark.parametrize("number", PACKS)
def test_a_veto_dominates_whatever_else_is_known_and_one_that_does_not_fire_changes_nothing(number: int) -> None:
    files = make_pack(number)
    plain_pack, law = load(files), load(with_veto(files))
    session = make_session(random.Random(number), plain_pack, CODES)
    vetoed, spared = (
        judge(law, replace(session, units=tuple(with_value(u, law.field("law"), fact) for u in session.units)))
        for fact in (True, False)
    )
    for code, without in judge(plain_pack, session).items():
        assert vetoed[code].verdict.state == "failed"
        assert ("veto", "vetoes.law") in vetoed[code].verdict.deciding
        assert vetoed[code].items == without.items
        assert replace(spared[code], pack_digest="") == replace(without, pack_digest="")


def with_veto(files: dict[str, Data]) -> dict[str, Data]:
    """Return the pack with one more veto on one more fact."""
    kinds = files["pack.yaml"]["kinds"]
    assert isinstance(kinds, dict)
    fields = files["criteria/fields.yaml"]["fields"]
    assert isinstance(fields, dict)
    field: Data = {"title": "事故", "type": "yes_no", "kinds": list(kinds), "provided_by": "registry"}
    rule: Data = {
        "id": "law", "title": "事故", "kinds": list(kinds), "when": "law", "unknown": "flag", "effect": "veto",
        "severity": "major", "say": "有事故", "basis": {"from": "ours"},
    }  # fmt: skip
    return {
        **files,
        "criteria/fields.yaml": {"fields": {**fields, "law": field}},
        "rules/law.yaml": {"vetoes": [rule]},
    }


@pytest.mark.parametrize("number", PACKS)
def test_without_cohort_measures_an_added_unit_changes_no_other(number: int) -> None:
    pack, session = trial(number, ALONE)
    stranger = make_unit(random.Random(number), pack, "Z")
    alone = digests(pack, session)
    together = digests(pack, replace(session, units=(stranger, *session.units)))
    assert {code: together[code] for code in alone} == alone
    one = digests(pack, replace(session, units=session.units[:1]))
    assert one == {CODES[0]: alone[CODES[0]]}


@pytest.mark.parametrize("number", range(401, 425))
def test_a_fact_that_was_missing_only_narrows_and_a_certain_verdict_stays(number: int) -> None:
    pack = load(make_pack(number, CERTAIN))
    seed = random.Random(number)
    for _ in range(4):
        session = make_session(seed, pack, CODES[:4], closed=False, gaps=0.35)
        for (known, was), (_, now) in pairwise(filled(seed, pack, session)):
            check_narrower(known, was, now)


def filled(seed: random.Random, pack: Pack, session: Session) -> Iterator[tuple[str, Assessment]]:
    """Yield the judgements of the first unit while one missing fact, register or document after another comes in."""
    unit, *others = session.units
    came_in: set[str] = set()
    missing: list[str] = [*missing_facts(session.cases(pack)[0]), *missing_documents(plan_of(pack, unit.kind), unit)]
    seed.shuffle(missing)
    kept = {field.id for field in pack.fields if field.register}
    for name in (*missing, ""):
        case = received(replace(session, units=(unit, *others)).cases(pack)[0], came_in)
        yield name, assess(plan_of(pack, unit.kind), case)
        if name in kept:
            came_in.add(name)
        elif name in [field.id for field in pack.fields]:
            unit = with_value(unit, pack.field(name), make_value(seed, pack.field(name)))
        elif name:
            unit = replace(unit, documents=(*unit.documents, valid_document(name, unit.code)))


def received(case: Case, registers: set[str]) -> Case:
    """Return the case with some registers come in whole: the rows that are known are all there are."""
    whole = {name: Fact(fact.known, fact.sources) for name, fact in case.facts.items() if name in registers}
    return replace(case, facts={**case.facts, **whole})


def missing_facts(case: Case) -> list[str]:
    causes = {"missing_fact", "awaiting_inspector"}
    return [
        name
        for name, fact in case.facts.items()
        if isinstance(fact.value, Unknown) and causes >= {why.cause for why in fact.value.whys}
    ]


def missing_documents(plan: Plan, unit: UnitEvidence) -> list[str]:
    wanted = {d.title.zh for criterion in leaves(plan.root) for d in documents_of(criterion)}
    return sorted(wanted - {d.title for d in unit.documents})


def check_narrower(known: str, was: Assessment, now: Assessment) -> None:
    for before, after in zip(was.items, now.items, strict=True):
        assert before.lo <= after.lo <= after.hi <= before.hi or after.outcome == "not_applicable", (known, before.id)
    certain = {f.rule for f in was.findings if f.state == "fired"}
    assert certain <= {f.rule for f in now.findings if f.state == "fired"}, known
    figures: Sequence[tuple[Number, Number, Number, Number]] = (
        (was.base_lo, now.base_lo, now.base_hi, was.base_hi),
        (was.bonus_lo, now.bonus_lo, now.bonus_hi, was.bonus_hi),
        (was.total_lo, now.total_lo, now.total_hi, was.total_hi),
    )
    assert all(list(figure) == sorted(figure) for figure in figures), (known, figures)
    if was.verdict.state != "undetermined":
        assert now.verdict.state == was.verdict.state, (known, was.verdict, now.verdict)


@pytest.mark.parametrize("number", PACKS)
def test_every_item_is_accounted_for_and_bounds_are_bounds(number: int) -> None:
    pack, session = trial(number)
    for a in judge(pack, session).values():
        root = pack.standard(a.kind)
        assert [item.id for item in a.items] == [criterion.id for criterion in leaves(root)]
        assert {item.id for item in a.items} == {criterion.id for criterion in item_order(root)}
        assert all(item.lo <= item.hi for item in a.items)
        assert all(node.lo <= node.hi for node in a.nodes)
        assert all(bool(item.whys) == (item.outcome == "unknown") or item.late for item in a.items)
        assert (a.total_lo, a.total_hi) == (a.base_lo + a.bonus_lo, a.base_hi + a.bonus_hi)


@pytest.mark.parametrize("number", PACKS)
def test_a_fired_rule_says_the_values_of_its_facts(number: int) -> None:
    pack, session = trial(number)
    numeric = {field.id for field in pack.fields if field.range is not None}
    cases = {case.code: CaseScope(case) for case in session.cases(pack)}
    for code, a in judge(pack, session).items():
        for finding in a.findings:
            # what takes, bars or caps does not know a value that is held for checking
            scope = cases[code] if finding.effect in TAKES_NOTHING else cases[code].settled()
            for name, shown in (pair for row in finding.rows for pair in row if pair[0] in numeric):
                value = scope.fact(name)
                assert shown == ("?" if isinstance(value, Unknown) else plain(value))  # type: ignore[arg-type]  # a number


def test_a_problem_in_a_generated_pack_would_be_seen() -> None:
    files = make_pack(1)
    files["pack.yaml"]["pass_grade"] = "nothing"
    pack, problems = load_files(PackFiles(tuple(sorted((path, text(data)) for path, data in files.items()))))
    assert pack is None
    assert errors(problems)
