"""Takes a judged unit with its case and judges it again, once with items earned and once on its own word."""

from __future__ import annotations

from msgspec.structs import replace

from ..assessment.assess import assess
from ..assessment.plan import Plan, plan_of
from ..assessment.results import Assessment
from ..evidence.model import UnitEvidence
from ..ranking.results import Ranking
from ..round.merge import merge_facts
from ..round.model import Case
from ..standard.model import Pack
from .earned import gains_of, places_in
from .results import JudgedAgain


def judge_again(
    pack: Pack, own: Assessment, case: Case | None, evidence: UnitEvidence | None = None, ranking: Ranking | None = None
) -> JudgedAgain:
    """Judge a unit again for its report, with its places where it was ranked; without its case nothing can be judged."""
    if case is None:
        return JudgedAgain()
    plan = plan_of(pack, own.kind)
    gains = gains_of(plan, case, own, place=places_in(ranking, pack, own.unit))
    return JudgedAgain(gains, self_assessment(plan, case, evidence) if evidence else None)


def self_assessment(plan: Plan, case: Case, unit: UnitEvidence) -> Assessment | None:
    """Judge a verified case on the unit's own word: what it and the registers say, beside the same values of the round.

    None for a case that is a self-assessment already.
    """
    if case.stage == "self":
        return None
    fields = [field for field in plan.pack.fields if case.kind in field.kinds]
    facts = merge_facts(fields, unit.observations, "self", case.registers)
    return assess(plan, replace(case, stage="self", facts=facts, hits=()))
