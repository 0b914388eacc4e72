"""A small set of worst units fires every rule of the default pack between them; a model unit fires none. No exclusions."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from meihao.pipeline import Judged
from meihao.standard.model import Pack


def fired(judged: Judged) -> set[str]:
    return {f.rule for f in judged.assessment.findings if f.state == "fired"}


def test_the_worst_units_fire_every_rule_and_relation(default_pack: Pack, worst: Sequence[Judged]) -> None:
    rules = {rule.id for rule in default_pack.rules} | {f"relations.{r.id}" for r in default_pack.relations}
    assert rules - {name for one in worst for name in fired(one)} == set()


@pytest.mark.parametrize("kind", ["village", "community", "compound"])
def test_a_worst_unit_fires_every_rule_of_its_kind(default_pack: Pack, worst: Sequence[Judged], kind: str) -> None:
    rules = {rule.id for rule in default_pack.rules if kind in rule.kinds} - {"eligibility.satisfaction_floor"}
    mine = next(
        one for one in worst if one.case.kind == kind and one.case.code.startswith("W-") and one.case.code != "W-S"
    )
    assert rules - fired(mine) == set()


def test_the_worst_units_fail_and_every_bar_is_named(worst: Sequence[Judged]) -> None:
    village = next(one for one in worst if one.case.code == "W-V").assessment
    assert village.verdict.state == "failed"
    assert ("veto", "vetoes.falsification") in village.verdict.deciding


def test_a_model_unit_fires_no_rule(sample: Sequence[Judged]) -> None:
    best = max(sample, key=lambda one: one.assessment.base_lo)
    assert best.assessment.verdict.state == "passed"
    assert not [f for f in best.assessment.findings if f.effect != "none"]
    assert min(len(one.assessment.findings) for one in sample if one.assessment.grade == "model") == 0
