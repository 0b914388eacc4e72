"""The details behind a ranking: every item, value and finding in them is the judgement's, and they stand behind this ranking."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest

from meihao.core.numbers import plain
from meihao.core.unknown import Unknown
from meihao.pipeline import Judged
from meihao.ranking import Ranking
from meihao.ranking.details import details
from meihao.ranking.results import units_of
from meihao.ranking.to_json import to_json
from meihao.standard.model import Pack


@pytest.fixture(scope="module")
def body(default_pack: Pack, sample: Sequence[Judged], ranking: Ranking) -> Any:
    judged = [(one.case, one.assessment) for one in sample]
    return details(default_pack, judged, str(to_json(ranking)["digest"]))["body"]


def test_they_stand_behind_the_ranking(body: Any, ranking: Ranking, default_pack: Pack) -> None:
    assert body["ranking"] == to_json(ranking)["digest"]
    assert body["pack_digest"] == default_pack.digest
    units = {unit.unit for one in ranking.lists for unit in units_of(one)}
    assert set(body["units"]) == units


def test_items_and_findings(body: Any, sample: Sequence[Judged]) -> None:
    for one in sample:
        read, a = body["units"][one.case.code], one.assessment
        items = {name: (Fraction(i["lo"]), Fraction(i["hi"]), i["outcome"]) for name, i in read["items"].items()}
        assert items == {item.id: (item.lo, item.hi, item.outcome) for item in a.items}
        assert read["findings"] == {finding.rule: finding.state for finding in a.findings}


def test_points_of_items_reach_the_figure_of_the_list(body: Any, ranking: Ranking, sample: Sequence[Judged]) -> None:
    whole = {one.case.code: one.assessment for one in sample}
    for unit in (unit for one in ranking.lists for unit in one.units):
        assert unit.figure == whole[unit.unit].total_lo == unit.base + unit.bonus
        assert set(body["units"][unit.unit]["items"]) == {item.id for item in whole[unit.unit].items}


def test_numbers_of_facts(body: Any, sample: Sequence[Judged], default_pack: Pack) -> None:
    numeric = {field.id: field for field in default_pack.fields if field.range is not None}
    for one in sample:
        for name, read in body["units"][one.case.code]["facts"].items():
            value = one.case.facts[name].value
            if isinstance(value, Unknown):
                assert read["value"] is None
            elif name in numeric:
                text = read["value"] if isinstance(read["value"], str) else read["value"]["zh"]
                assert text.startswith(plain(value)), (one.case.code, name)  # type: ignore[arg-type]  # a number
            elif isinstance(value, tuple):
                assert len(read.get("rows", ())) == len(value)
