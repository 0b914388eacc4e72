"""Small packs and cases made for one test each: YAML text of what matters in, the rest filled in."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from textwrap import dedent
from typing import Any

import yaml

from meihao.assessment.assess import assess
from meihao.assessment.plan import Plan, compile_plan
from meihao.assessment.results import Assessment, Item
from meihao.core.numbers import Number, from_decimal
from meihao.core.problems import Source, errors
from meihao.core.unknown import Unknown
from meihao.evidence.model import Document, Value
from meihao.evidence.values import read_value
from meihao.round.merge import absent
from meihao.round.model import Case, Fact, Hit, Stage
from meihao.standard.folder import PackFiles
from meihao.standard.load import load_files
from meihao.standard.model import Pack, leaves
from meihao.standard.model.parts import documents_of

DAY = date(2026, 6, 30)
Facts = Mapping[str, Value | Unknown]


def read(text: str) -> Any:
    """Return YAML text as plain data."""
    return yaml.safe_load(dedent(text))


def field(name: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Fill in a field: title, kind, provider, a range for numbers, a size for tables."""
    full: dict[str, Any] = {"title": name, "kinds": ["place"], "provided_by": "applicant", **given}
    if full["type"] in ("count", "number", "percent", "money"):
        full.setdefault("range", [0, 1000])
    if full["type"] == "table":
        full.setdefault("rows_at_most", 50)
        if "when_absent" in full:
            full.setdefault("register", "register")
        full["columns"] = {n: {"title": n, **c} for n, c in full["columns"].items()}
        for column in full["columns"].values():
            if column["type"] in ("count", "number", "percent", "money"):
                column.setdefault("range", [0, 1000])
    return full


def entry(given: Mapping[str, Any]) -> dict[str, Any]:
    """Fill in a criterion or a group: title and basis; groups are filled in all the way down."""
    full = {"title": given["id"], **given}
    if "criteria" in full:
        return {**full, "criteria": [entry(inner) for inner in full["criteria"]]}
    return {"basis": {"from": "ours"}, "asks": [], **full}


def rule(given: Mapping[str, Any]) -> dict[str, Any]:
    """Fill in a rule: everything but its id and its condition."""
    defaults = {
        "title": given["id"],
        "kinds": ["place"],
        "unknown": "quiet",
        "effect": "none",
        "severity": "minor",
        "say": "说明",
        "basis": {"from": "ours"},
    }
    return {**defaults, **given}


def make_pack(
    criteria: str,
    fields: str = "{spare: {type: yes_no}}",
    rules: str = "{}",
    *,
    grades: str = "[{id: good, lines: [{of: base, at_least: 0}]}]",
    pass_grade: str = "",
    places: int = 2,
    when_closed: str = "zero",
    bonus: Any = 10,
    node: str = "{}",
) -> Pack:
    """Return a pack of the kind `place`. `criteria` lists the entries of dimension `d`, or maps dimensions to such lists.

    `node` adds keys to every dimension (aggregate, shared_caps, points). Every problem of loading fails the test.
    """
    read_criteria = read(criteria)
    dimensions = read_criteria if isinstance(read_criteria, dict) else {"d": read_criteria}
    files, base = {}, 0
    for name, entries in dimensions.items():
        filled = [entry(given) for given in entries]
        own = {"points": sum(Fraction(str(e["points"])) for e in filled), **read(node)}
        base += own["points"]
        files[f"criteria/place/{name}.yaml"] = {
            "kind": "place", "dimension": name, "title": name, **own, "criteria": filled,
        }  # fmt: skip
    files["criteria/fields.yaml"] = {"fields": {n: field(n, given) for n, given in read(fields).items()}}
    if filled_rules := _rules(read(rules)):
        files["rules/rules.yaml"] = filled_rules
    files["pack.yaml"] = _head(base, read(grades), pass_grade, places, when_closed, bonus, list(dimensions))
    if any("register" in given for given in files["criteria/fields.yaml"]["fields"].values()):
        files["pack.yaml"]["registers"] = {"register": {"title": "登记", "kept_by": "登记部门"}}
    return load_pack_files(files)


def _rules(given: dict[str, Any]) -> dict[str, Any]:
    for family in ("eligibility", "vetoes", "checks", "relations"):
        if family in given:
            given[family] = [rule(r) for r in given[family]]
    for r in given.get("relations", ()):
        for key in ("unknown", "effect"):
            r.pop(key)
    for family in ("waivers", "bonus"):
        extra = {"kinds": ["place"]} if family == "bonus" else {"by": "委员会"}
        if family in given:
            given[family] = [{"title": r["id"], "basis": {"from": "ours"}, **extra, **r} for r in given[family]]
    for name, process in given.get("processes", {}).items():
        given["processes"][name] = {"title": name, "basis": {"from": "ours"}, **process}
    return given


def _head(
    base: Any, grades: Any, pass_grade: str, places: int, when_closed: str, bonus: Any, dimensions: list[str]
) -> dict[str, Any]:
    return {
        "pack": "small",
        "title": "小标准",
        "edition": "1",
        "status": "draft",
        "issued_by": None,
        "notice": "只供测试",
        "kinds": {"place": {"title": "地方"}},
        "groups": {"all": {"title": "全部", "kinds": ["place"]}},
        "dimensions": {"place": dimensions},
        "numbers": {"item_places": places, "display_places": min(places, 2)},
        "score": {"base": base, "bonus": {"at_most": bonus}},
        "missing_evidence": {"while_open": "unknown", "when_closed": when_closed},
        "grades": [{"title": g["id"], **g} for g in grades],
        "pass_grade": pass_grade or grades[0]["id"],
    }


def load_pack_files(files: Mapping[str, object]) -> Pack:
    """Load a pack from data: JSON is YAML, so the strict reader reads it like any other file."""

    def number(value: object) -> object:
        if isinstance(value, Fraction):
            return int(value) if value.denominator == 1 else float(value)
        return str(value)

    texts = {path: json.dumps(data, ensure_ascii=False, default=number).encode() for path, data in files.items()}
    pack, problems = load_files(PackFiles(tuple(sorted(texts.items()))))
    assert pack is not None, "\n".join(str(p) for p in problems)
    assert not errors(problems)
    return pack


def plan_of(pack: Pack) -> Plan:
    return compile_plan(pack, "place")


def make_case(
    pack: Pack,
    facts: Facts | None = None,
    *,
    stage: Stage = "verified",
    closed: bool = False,
    on: date | None = DAY,
    documents: Sequence[Document] = (),
    cohort: Mapping[str, Number | Unknown] | None = None,
    children: Sequence[Mapping[str, str]] | None = None,
    hits: Sequence[Hit] = (),
    waived: Sequence[str] = (),
    region: str = "",
    code: str = "U",
    kind: str = "place",
) -> Case:
    """Return a case in which everything not given is absent."""
    merged = {f.id: Fact(() if f.when_absent_empty else absent(f)) for f in pack.fields if kind in f.kinds}
    merged |= {name: Fact(value) for name, value in (facts or {}).items()}
    return Case(
        code, kind, code, region, stage, closed, on, merged, tuple(documents), cohort,
        None if children is None else tuple(children), tuple(hits), tuple(waived),
    )  # fmt: skip


def judge(pack: Pack, facts: Facts | None = None, **more: Any) -> Assessment:
    """Judge one unit by the reference; `more` goes to `make_case`."""
    return assess(plan_of(pack), make_case(pack, facts, **more))


def item_of(pack: Pack, facts: Facts | None = None, name: str = "c", **more: Any) -> Item:
    """Return the item `place.d.NAME`."""
    return judge(pack, facts, **more).item(f"place.d.{name}")


def span_of(pack: Pack, facts: Facts | None = None, name: str = "c", **more: Any) -> tuple[Number, Number]:
    """Return the points of an item, certain and possible."""
    found = item_of(pack, facts, name, **more)
    return found.lo, found.hi


def causes(item: Item) -> set[tuple[str, str]]:
    return {(why.cause, why.subject) for why in item.whys}


def half(text: str) -> Fraction:
    """Return an exact number from decimal text."""
    return Fraction(text)


def rows(*given: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    """Return a table."""
    return given


# entries: a piece of a pack and its cases, as patterns.yaml and the pages of docs/methods hold them

TWO_GRADES = "[{id: qualified, lines: [{of: base, at_least: 0}]}, {id: model, lines: [{of: base, at_least: 0}]}]"


def run_entry(given: Mapping[str, Any]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Return (expected, got) of every case of an entry: a criterion, rules, bonus lines or grades with their cases."""
    if "grades" in given:
        return [_run_grades(given, case) for case in given["cases"]]
    bonus = given.get("bonus", {"base": {"at_most": 0}, "lines": []})
    criterion = given.get("criterion", {"id": "c", "points": 1, "score": {"yes_no": "1 == 1"}})
    rules = {**given.get("rules", {}), **({"bonus": bonus["lines"]} if bonus["lines"] else {})}
    rules |= {"processes": given["processes"]} if "processes" in given else {}
    pack = make_pack(
        _text([criterion]), _text(given.get("fields", {"spare": {"type": "yes_no"}})), _text(rules),
        grades=TWO_GRADES, bonus=bonus["base"]["at_most"], places=given.get("item_places", 2),
    )  # fmt: skip
    return [_run_case(pack, case, str(criterion["id"])) for case in given["cases"]]


def _text(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, default=lambda v: str(v) if isinstance(v, date) else float(v))


def _run_case(pack: Pack, case: Mapping[str, Any], name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    expect = case["expect"] if isinstance(case["expect"], dict) else {"rule": case["expect"]}
    day = date.fromisoformat(str(case["at"])) if "at" in case else None
    context = {f"place.d.{name}": from_decimal(_exact(case["context"]["measure"]))} if "context" in case else None
    assessment = judge(
        pack, given_facts(pack, case["given"]), on=day, cohort=context, children=case.get("children"),
        region=case.get("region", ""), documents=_papers(pack, case.get("documents", "all"), day),
        closed=case.get("closed", False), stage=case.get("stage", "verified"),
    )  # fmt: skip
    got = _shown(assessment, assessment.item(f"place.d.{name}"))
    expected = {k: v if isinstance(v, str | list) else from_decimal(_exact(v)) for k, v in expect.items()}
    return expected, {k: got[k] for k in expected}


def _shown(assessment: Assessment, item: Item) -> dict[str, Any]:
    states = [f.state for f in assessment.findings if not f.rule.startswith("relations.")]
    points = item.lo if item.lo == item.hi else (item.lo, item.hi)
    bonus = assessment.bonus_lo if assessment.bonus_lo == assessment.bonus_hi else "open"
    return {
        "outcome": item.outcome, "points": points, "lo": item.lo, "hi": item.hi, "bonus": bonus,
        "rule": states[0] if states else "quiet", "missing": sorted({why.subject for why in item.whys}),
    }  # fmt: skip


def given_facts(pack: Pack, given: Mapping[str, Any]) -> dict[str, Value | Unknown]:
    """Read facts as an evidence file would have them."""
    facts: dict[str, Value | Unknown] = {}
    for name, raw in given.items():
        value, problems = read_value(_exact(raw), pack.field(name), Source("case"))
        assert value is not None, problems
        facts[name] = value
    return facts


def _exact(raw: Any) -> Any:
    if isinstance(raw, float):
        return Decimal(str(raw))
    if isinstance(raw, list):
        return [_exact(part) for part in raw]
    if isinstance(raw, dict):
        return {key: _exact(part) for key, part in raw.items()}
    return raw.isoformat() if isinstance(raw, date) else raw


def _papers(pack: Pack, present: Any, day: date | None) -> tuple[Document, ...]:
    wanted = [w.title.zh for criterion in leaves(pack.standard("place")) for w in documents_of(criterion)]
    wanted += [w.title.zh for bonus in pack.bonuses for w in bonus.evidence]
    titles = [] if present == "none" else wanted if present == "all" else present
    return tuple(Document(title, day=day, valid_to=day) for title in titles)


def _run_grades(given: Mapping[str, Any], case: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the grade of a unit whose dimensions were given so many points each."""
    names = [f"d{number}" for number in range(len(given["full_marks"]))]
    criteria = {
        name: [{"id": "c", "points": full, "asks": [name], "measure": {"field": name}, "score": {"linear": [
            {"value": 0, "points": 0}, {"value": full, "points": full}]}}]
        for name, full in zip(names, given["full_marks"], strict=True)
    }  # fmt: skip
    fields = {name: {"type": "number", "range": [0, 1000]} for name in names}
    pack = make_pack(_text(criteria), _text(fields), grades=_text(given["grades"]))
    facts = given_facts(pack, dict(zip(names, case["points"], strict=True)))
    return {"grade": case["expect"]}, {"grade": judge(pack, facts, stage=case.get("stage", "verified")).grade or "none"}
