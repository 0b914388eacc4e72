"""Proves the judge against results that others published: a composite index of 51 countries, and decision tables of the DMN TCK.

What our scores can say of DMN's hit policies: UNIQUE, ANY, FIRST and PRIORITY are an `any_of` whose routes are worth less the
later they come (a table of one number is `bands` too); COLLECT with SUM is `sum`, COLLECT with COUNT a `checklist`. They cannot
say RULE ORDER, OUTPUT ORDER and plain COLLECT, whose result is a list: a score has one result. COLLECT with MIN they cannot say
either: `best_of` takes the highest, and a lowest that leaves out what does not hold would be a rule against those who do more.
The fixture without a table (0105-feel-math) tests arithmetic of another language.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from tests.assessment.packs import item_of, make_case, make_pack

from meihao.assessment.assess import assess
from meihao.assessment.plan import compile_plan
from meihao.assessment.results import Assessment
from meihao.core.numbers import Number, divide
from meihao.round.context import with_context
from meihao.standard.model import Pack

FIXTURES = Path(__file__).parents[3] / "shared" / "fixtures"
ASEM, DMN = FIXTURES / "asem", FIXTURES / "dmn" / "hit_policies.json"


# a composite index: min-max with direction, weighted means up the tree

Table = list[dict[str, str]]


def table(name: str) -> Table:
    with (ASEM / f"asem_{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def index_pack(indicators: Table, weights: Mapping[str, str]) -> Pack:
    """Return a pack with a criterion for each indicator, a group for each pillar, a dimension for each sub-index."""
    dimensions: dict[str, list[dict[str, Any]]] = {}
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in indicators:
        pillar, name = row["Agg1"].lower(), row["IndCode"].lower()
        if pillar not in groups:
            groups[pillar] = []
            group = {"id": pillar, "points": 100, "aggregate": "weighted_mean", "criteria": groups[pillar]}
            dimensions.setdefault(row["Agg2"].lower(), []).append({**group, "weight": float(weights[row["Agg1"]])})
        better = "high" if float(row["Direction"]) > 0 else "low"
        line = [{"value": 0, "points": 0}, {"value": 100, "points": 100}]
        measure = {"index": name, "better": better}
        score = {"linear": line}
        entry = {"id": name, "points": 100, "asks": [name], "measure": measure, "score": score}
        groups[pillar].append({**entry, "weight": float(row["IndWeight"])})
    fields = {row["IndCode"].lower(): {"type": "number", "range": [-(10**9), 10**9]} for row in indicators}
    pack = make_pack(
        json.dumps(dimensions), json.dumps(fields), node="{aggregate: weighted_mean, points: 50}", places=9
    )
    return replace(pack, item_places=12)


@pytest.fixture(scope="module")
def asem() -> Mapping[str, Assessment]:
    if not ASEM.is_dir():
        pytest.skip("no ASEM data")
    indicators = table("IndMeta")
    pack = index_pack(indicators, {row["Code"]: row["Weight"] for row in table("AggMeta")})
    plan = compile_plan(pack, "place")
    cases = [
        make_case(
            pack,
            {r["IndCode"].lower(): Fraction(Decimal(unit[r["IndCode"]])) for r in indicators},
            code=unit["UnitCode"],
        )
        for unit in table("Treated")
    ]
    return {case.code: assess(plan, case) for case in with_context(pack, cases)}


def near(found: Number, published: str) -> bool:
    return abs(found - Fraction(Decimal(published))) <= Fraction(1, 10**9)


def test_every_normalised_indicator_of_51_countries_is_the_published_one(asem: Mapping[str, Assessment]) -> None:
    published = table("Normalised")
    assert len(published) == 51
    for unit in published:
        for item in asem[unit["UnitCode"]].items:
            column = next(c for c in unit if c.lower() == item.id.rpartition(".")[2])
            assert near(item.lo, unit[column]), item.id


def test_every_aggregate_of_every_level_is_the_published_one(asem: Mapping[str, Assessment]) -> None:
    for unit in table("Aggregated"):
        assessment = asem[unit["UnitCode"]]
        by_name = {node.id.rpartition(".")[2]: node for node in assessment.nodes}
        for column in (
            "Physical",
            "ConEcFin",
            "Political",
            "Instit",
            "P2P",
            "Environ",
            "Social",
            "SusEcFin",
            "Conn",
            "Sust",
        ):
            node = by_name[column.lower()]
            assert near(divide(node.lo * 100, node.points), unit[column]), column
        assert near(assessment.base_lo, unit["Index"])


def test_the_index_ranks_51_of_51_countries_as_published(asem: Mapping[str, Assessment]) -> None:
    points = sorted((assessment.base_lo for assessment in asem.values()), reverse=True)
    found = {code: points.index(assessment.base_lo) + 1 for code, assessment in asem.items()}
    assert found == {row["UnitCode"]: int(row["Index"]) for row in table("AggregatesRank")}


# decision tables

MODELS: list[dict[str, Any]] = json.loads(DMN.read_bytes()) if DMN.is_file() else []
BY_NAME = {model["id"]: model for model in MODELS}
FIRST_HIT = (
    "0004-simpletable-U",
    "0108-first-hitpolicy",
    "0111-first-hitpolicy-singleoutputcol",
    "0117-multi-any-hitpolicy",
    "0118-multi-priority-hitpolicy",
)
DMN_FIELDS = """
age: {type: number, range: [0, 150]}
years: {type: number, range: [0, 150]}
risk: {type: choice, options: {high: 高, medium: 中, low: 低}}
affordable: {type: yes_no}
"""
NAMES = {"Age": "age", "age": "age", "NumOfYears": "years", "RiskCategory": "risk", "isAffordable": "affordable"}
needs_dmn = pytest.mark.skipif(not MODELS, reason="no DMN tables")


def condition(inputs: Iterable[str], cells: Iterable[str]) -> str:
    return " and ".join(_test(NAMES[name], cell) for name, cell in zip(inputs, cells, strict=True) if cell != "-")


def _test(name: str, cell: str) -> str:
    if cell in ("true", "false"):
        return f"{name} == {cell}"
    return f"{name} in ({cell.lower()},)".replace(",)", ")") if cell.startswith('"') else f"{name} {cell}"


def facts(case: Mapping[str, Any]) -> dict[str, Any]:
    plain = {NAMES[name]: value for name, value in case["in"].items()}
    return {
        name: value.lower() if isinstance(value, str) else value if isinstance(value, bool) else int(value)
        for name, value in plain.items()
    }


def scored(
    model: Mapping[str, Any], points: str, score: Mapping[str, Any], case: Mapping[str, Any], measure: str = ""
) -> Number:
    asks = sorted({NAMES[name] for name in model["tables"][0]["inputs"]})
    own = {"measure": {"field": measure}} if measure else {}
    criterion = {"id": "c", "points": float(points), "asks": asks, "score": score, **own}
    return item_of(make_pack(json.dumps([criterion]), DMN_FIELDS), facts(case)).lo


def by_priority(model: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the rules in the order in which one of several hits is preferred."""
    (only,) = model["tables"]
    if only["hit"] != "PRIORITY":
        return list(only["rules"])
    order = [value.strip() for value in only["output_values"][0].split(",")]
    return sorted(only["rules"], key=lambda rule: order.index(rule["then"][0]))


@needs_dmn
@pytest.mark.parametrize("name", FIRST_HIT)
def test_a_table_with_one_hit_is_a_choice_of_routes(name: str) -> None:
    model = BY_NAME[name]
    rules, inputs = by_priority(model), model["tables"][0]["inputs"]
    routes = [
        {"title": f"{number}", "points": len(rules) - number, "when": condition(inputs, rule["if"])}
        for number, rule in enumerate(rules)
    ]
    for case in model["cases"]:
        earned = scored(model, str(len(rules)), {"any_of": routes}, case)
        (wanted,) = case["out"].values()
        expected = list(wanted.values()) if isinstance(wanted, dict) else [wanted]
        assert [cell.strip('"') for cell in rules[len(rules) - int(earned)]["then"]] == expected


@needs_dmn
def test_a_table_of_one_number_is_bands_too() -> None:
    model = BY_NAME["0111-first-hitpolicy-singleoutputcol"]
    bands = {"bands": [{"more_than": 18, "points": 3}, {"more_than": 12, "points": 2}, {"more_than": 0, "points": 1}]}
    found = [scored(model, "3", bands, case, "age") for case in model["cases"]]
    assert [["", "Toys", "Videogames", "Cars"][int(n)] for n in found] == [
        c["out"]["Advertisement"] for c in model["cases"]
    ]


@needs_dmn
def test_collecting_a_sum_is_a_sum_of_parts_and_collecting_a_count_is_a_checklist() -> None:
    for name, key in (("0115-sum-collect-hitpolicy", "sum"), ("0116-count-collect-hitpolicy", "checklist")):
        model = BY_NAME[name]
        lines = [
            {"title": rule["then"][0], "points": int(rule["then"][0]), "when": condition(["NumOfYears"], rule["if"])}
            for rule in model["tables"][0]["rules"]
        ]
        items = [{"title": line["title"], "when": line["when"]} for line in lines]
        score = {"sum": lines} if key == "sum" else {"checklist": {"items": items, "each": 1}}
        for case in model["cases"]:
            assert scored(model, "1100" if key == "sum" else "4", score, case) == case["out"]["Salary"]


@needs_dmn
def test_every_table_is_either_said_or_named_with_the_reason_why_not() -> None:
    said = {*FIRST_HIT, "0115-sum-collect-hitpolicy", "0116-count-collect-hitpolicy"}
    left = {
        m["id"]: (m["tables"][0]["hit"], m["tables"][0]["agg"]) for m in MODELS if m["tables"] and m["id"] not in said
    }
    assert set(left.values()) == {("RULE ORDER", None), ("OUTPUT ORDER", None), ("COLLECT", None), ("COLLECT", "MIN")}
    assert len(said) == 7
