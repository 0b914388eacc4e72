"""Judges a case: the order of effects on one screen. Nothing here depends on files, clock, environment, locale or randomness."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from ..core.numbers import Number
from ..core.unknown import Unknown, Why
from ..round.context import context_digest, context_values
from ..round.model import Case, Hit
from ..round.scope import CaseScope
from .adjustments import adjust, of_bonus, of_zeroed
from .infer.program import Conclude
from .infer.reference import conclude as reference
from .items import FREE, Holds
from .looks import looks_wanted
from .plan import Plan
from .results import Adjustment, Assessment, BonusItem, Finding, Item, LineResult, NodeScore, Verdict
from .rules import run_rules
from .tree import score_tree
from .verdict import Figures, check_lines, figures, grade_of, judge_verdict


def assess(plan: Plan, case: Case, conclude: Conclude = reference) -> Assessment:
    """Judge one unit. `conclude` is the inference engine; every engine gives the same result."""
    assessment = _assess(plan, case, frozenset(case.waived), conclude)
    if not case.waived:
        return assessment
    # Judged again as if nothing were waived: a page can say what the waivers changed.
    strict = _assess(plan, case, frozenset(), conclude)
    return replace(assessment, verdict_without_waivers=strict.verdict)


def _assess(plan: Plan, case: Case, waived: frozenset[str], conclude: Conclude) -> Assessment:
    scope = CaseScope(case, case.closed and plan.pack.when_closed_zero, plan.owed_tables)
    related = tuple(_related(plan, hit) for hit in case.hits)
    scope.findings.update({finding.rule: True for finding in related})
    settled = scope.settled()
    # Before the items: these rules hold items for checking, or make them 0.
    before = run_rules(plan.before, scope, settled, waived, conclude)
    scope.findings.update(before.recorded)
    settled.findings.update(before.settled)
    items = _items(plan, scope, _holds(plan, case.hits, before.findings))
    scores = score_tree(plan.root, items, plan.pack.item_places)
    # A bonus adds points, so it reads settled facts only: what is held for checking earns nothing yet.
    bonuses = tuple(judge(settled) for judge in plan.bonuses)
    bonus, under_cap = of_bonus(bonuses, plan.pack.bonus_at_most)
    nodes = tuple(scores.nodes)
    shown = figures(plan.root, nodes, bonus)
    root = nodes[-1]
    adjustments = (
        *of_zeroed(plan.root, items),
        *scores.adjustments,
        *adjust("nothing_applies", root.id, (root.lo, root.hi), shown.base),
        *under_cap,
    )
    # After the items: these rules read their points and outcomes.
    after = run_rules(plan.after, scope, settled, waived, conclude)
    scope.findings.update(after.recorded)
    settled.findings.update(after.settled)
    lines = check_lines(plan.pack.grades, shown, settled, waived)
    wanted = tuple(looks_wanted(plan.looks, scope, items))
    findings = tuple(sorted((*related, *before.findings, *after.findings, *wanted), key=lambda f: (f.rule, f.rows)))
    return _result(plan, case, items, nodes, adjustments, bonuses, shown, findings, lines)


def _items(plan: Plan, scope: CaseScope, holds: Mapping[str, Holds]) -> Mapping[str, Item]:
    """Judge every criterion, what others read first; return the items in the written order."""
    found: dict[str, Item] = {}
    for name, judge in plan.items:
        item = judge(scope, holds.get(name, FREE))
        found[name] = item
        scope.items[name] = as_values(item)
    return {name: found[name] for name in plan.criteria}


def as_values(item: Item) -> tuple[Number | Unknown, str | Unknown]:
    """Return what other items and rules read of an item: its points and its outcome."""
    if item.outcome in ("unknown", "error"):
        unknown = Unknown(item.whys or (Why("missing_fact", item.id),))
        return unknown, unknown
    return item.lo, item.outcome


def _related(plan: Plan, hit: Hit) -> Finding:
    """Stamp a relation's hit as a finding."""
    relation = next(r for r in plan.pack.relations if r.id == hit.relation)
    return Finding(f"relations.{relation.id}", "fired", relation.severity, "none", "", (hit.values,))


def _holds(plan: Plan, hits: Iterable[Hit], before: Sequence[Finding]) -> Mapping[str, Holds]:
    """Return what is held or zeroed, by item."""
    holds: dict[str, Holds] = {}
    for hit in hits:
        for subject in hit.fields:
            for name in plan.asked_by.get(subject, ()):
                _hold(holds, name, Why(hit.cause, subject))
    for finding in before:
        if finding.effect == "hold_item" and finding.state in ("fired", "flagged"):
            _hold(holds, finding.target, Why("numbers_disagree", finding.rule))
        if finding.effect == "zero_item" and finding.state == "fired":
            holds[finding.target] = replace(holds.get(finding.target, FREE), zeroed_by=finding.rule)
        if finding.effect == "zero_item" and finding.state == "flagged":
            known = holds.get(finding.target, FREE)
            holds[finding.target] = replace(known, maybe_zero=(*known.maybe_zero, *finding.whys))
    return holds


def _hold(holds: dict[str, Holds], name: str, why: Why) -> None:
    known = holds.get(name, FREE)
    holds[name] = replace(known, held=tuple(sorted({*known.held, why})))


def _result(
    plan: Plan,
    case: Case,
    items: Mapping[str, Item],
    nodes: tuple[NodeScore, ...],
    adjustments: tuple[Adjustment, ...],
    bonuses: tuple[BonusItem, ...],
    shown: Figures,
    findings: tuple[Finding, ...],
    lines: tuple[LineResult, ...],
) -> Assessment:
    pack = plan.pack
    order = [grade.id for grade in pack.grades]
    caps = [f.target for f in findings if f.effect == "cap_grade" and f.state == "fired"]
    maybe = [f.target for f in findings if f.effect == "cap_grade" and f.state in ("fired", "flagged")]
    grade = grade_of(pack.grades, lines, min(maybe, key=order.index, default=""))[0]
    best = grade_of(pack.grades, lines, min(caps, key=order.index, default=""))[1]
    verdict: Verdict = judge_verdict(lines, findings, items, order, pack.pass_grade, nodes[-1].applicable > 0)
    return Assessment(
        unit=case.code, kind=case.kind, name=case.name, region=case.region, stage=case.stage,
        reference_date=case.reference_date.isoformat() if case.reference_date else "", closed=case.closed,
        pack=pack.id, edition=pack.edition, pack_digest=pack.digest, pack_errors=pack.errors,
        items=tuple(items.values()), nodes=nodes, adjustments=adjustments, bonuses=bonuses,
        base_lo=shown.base[0], base_hi=shown.base[1], bonus_lo=shown.bonus[0], bonus_hi=shown.bonus[1],
        total_lo=shown.total[0], total_hi=shown.total[1],
        findings=findings, lines=lines, grade=grade, best_grade=best,
        verdict=verdict, verdict_without_waivers=verdict,
        context=context_values(case), context_digest=context_digest(case),
    )  # fmt: skip
