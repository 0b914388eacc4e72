"""Invents a standard of 60 criteria from a seed, in three forms: for Meihao, for zen-engine, as a plain Python closure.

40 numbers with three cuts, 20 yes-or-no facts, one class, ten cross rules of which three veto (and, or, class). Of every
unit 2 % of the facts are missing. So that all three do the same work, the round is closed and what is missing earns 0: for
zen-engine and the closure a missing fact is -1, and every test of a rule is an interval that -1 is not in. No rule negates,
so Meihao's "unknown, quiet" and the others' "not true" lead to the same findings.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from random import Random
from typing import Any, Literal

from msgspec import Struct

from meihao.core.problems import errors
from meihao.core.unknown import Unknown, Why
from meihao.round.model import Case, Fact
from meihao.standard.folder import PackFiles
from meihao.standard.load import load_files
from meihao.standard.model import Pack

NUMBERS, FLAGS, MISSING, PASS_AT = 40, 20, 0.02, 110
POINTS = (4, 2, 1)  # for reaching the highest, the middle, the lowest cut
FLAG_POINTS = 2
FULL = NUMBERS * POINTS[0] + FLAGS * FLAG_POINTS
Plain = dict[str, int | str]


class Atom(Struct, frozen=True):
    """A test of a rule: `field` in [low, high], or `field` is `word`."""

    field: str
    low: int = 0
    high: int = 0
    word: str = ""


class CrossRule(Struct, frozen=True):
    name: str
    join: Literal["and", "or"]
    atoms: tuple[Atom, ...]
    veto: bool


class Standard(Struct, frozen=True):
    """The invented standard: three cuts for each number, and the cross rules."""

    cuts: tuple[tuple[str, tuple[int, int, int]], ...]
    flags: tuple[str, ...]
    rules: tuple[CrossRule, ...]


class Answer(Struct, frozen=True):
    """What every engine must agree on."""

    points: tuple[int, ...]
    total: int
    findings: tuple[str, ...]
    vetoed: bool
    passed: bool


def standard(seed: int = 7) -> Standard:
    random = Random(seed)
    names = [f"n{i:02}" for i in range(NUMBERS)]
    cuts = tuple((name, (random.randint(75, 90), random.randint(50, 70), random.randint(20, 45))) for name in names)
    flags = tuple(f"f{i:02}" for i in range(FLAGS))
    rules = tuple(_rule(number, random, names, flags) for number in range(10))
    return Standard(cuts, flags, rules)


def _rule(number: int, random: Random, names: list[str], flags: tuple[str, ...]) -> CrossRule:
    one, two, three = random.sample(names, 3)
    low = [Atom(one, 0, random.randint(15, 40)), Atom(two, 0, random.randint(15, 40))]
    shapes: tuple[tuple[Literal["and", "or"], tuple[Atom, ...]], ...] = (
        ("and", (*low, Atom(three, 60, 100))),
        ("or", (Atom(one, 0, 5), Atom(two, 0, 5))),
        ("and", (Atom("setting", word=random.choice(("town", "hill"))), Atom(one, 0, 30))),
        ("and", (Atom(random.choice(flags), 0, 0), Atom(two, 50, 100))),
        ("or", (Atom(one, 96, 100), Atom(two, 98, 100), Atom(three, 99, 100))),
    )
    join, atoms = shapes[number % len(shapes)]
    return CrossRule(f"r{number}", join, atoms, number in (0, 5, 7))


def draw(given: Standard, count: int, seed: int = 11) -> list[Plain]:
    """Return invented units as plain data; -1 stands for what is missing."""
    random = Random(seed)
    units: list[Plain] = []
    for _ in range(count):
        unit: dict[str, int | str] = {name: random.randint(0, 100) for name, _ in given.cuts}
        unit |= {name: int(random.random() < 0.7) for name in given.flags}
        unit = {name: -1 if random.random() < MISSING else value for name, value in unit.items()}
        units.append({**unit, "setting": random.choice(("town", "hill", "plain"))})
    return units


# for Meihao


def pack(given: Standard) -> Pack:
    """Return the standard as a pack, read from YAML like any other."""
    texts = {path: json.dumps(data, ensure_ascii=False).encode() for path, data in _files(given).items()}
    found, problems = load_files(PackFiles(tuple(sorted(texts.items()))))
    if found is None or errors(problems):
        raise RuntimeError("\n".join(problem.text("en") for problem in problems))
    return found


def _files(given: Standard) -> Mapping[str, object]:
    basis = {"from": "ours"}
    criteria: list[dict[str, object]] = []
    for name, cuts in given.cuts:
        rows = [{"at_least": cut, "points": points} for cut, points in zip(cuts, POINTS, strict=True)]
        score = {"bands": [*rows, {"otherwise": 0}]}
        criteria.append(
            _named(f"c_{name}", points=POINTS[0], asks=[name], measure={"field": name}, score=score, basis=basis)
        )
    for name in given.flags:
        yes_no = {"yes_no": name}
        criteria.append(_named(f"c_{name}", points=FLAG_POINTS, asks=[name], score=yes_no, basis=basis))
    thirds = [criteria[start : start + 20] for start in (0, 20, 40)]
    dimensions = {f"d{number}": part for number, part in enumerate(thirds)}
    return {
        "pack.yaml": _head(list(dimensions)),
        "criteria/fields.yaml": {"fields": _fields(given)},
        "rules/rules.yaml": {
            "vetoes": [_as_rule(rule) for rule in given.rules if rule.veto],
            "checks": [_as_rule(rule) for rule in given.rules if not rule.veto],
        },
        **{
            f"criteria/place/{name}.yaml": {
                "kind": "place", "dimension": name, "title": name,
                "points": sum(int(str(c["points"])) for c in part), "criteria": part,
            }
            for name, part in dimensions.items()
        },
    }  # fmt: skip


def _named(name: str, **more: object) -> dict[str, object]:
    return {"id": name, "title": f"指标{name}", "title_en": f"criterion {name}", **more}


def _fields(given: Standard) -> dict[str, object]:
    common = {"kinds": ["place"], "provided_by": "applicant"}
    numbers = {name: {"title": f"数{name}", "type": "count", "range": [0, 100], **common} for name, _ in given.cuts}
    flags = {name: {"title": f"有{name}", "type": "yes_no", **common} for name in given.flags}
    setting = {"type": "choice", "options": {"town": "城镇", "hill": "丘陵", "plain": "平原"}}
    return {**numbers, **flags, "setting": {"title": "类型", **setting, **common}}


def _as_rule(rule: CrossRule) -> dict[str, object]:
    tests = [_python(atom) for atom in rule.atoms]
    return _named(
        rule.name, kinds=["place"], when=f" {rule.join} ".join(f"({test})" for test in tests), unknown="quiet",
        effect="veto" if rule.veto else "none", severity="major" if rule.veto else "minor",
        say=f"出现情形{rule.name}", say_en=f"condition {rule.name}", basis={"from": "ours"},
    )  # fmt: skip


def _python(atom: Atom) -> str:
    if atom.word:
        return f'{atom.field} == "{atom.word}"'
    if atom.field.startswith("f"):
        return f"not {atom.field}"
    return f"{atom.field} <= {atom.high}" if atom.low == 0 else f"{atom.field} >= {atom.low}"


def _head(dimensions: list[str]) -> dict[str, object]:
    return {
        "pack": "sixty", "title": "六十项", "edition": "1", "status": "draft", "issued_by": None, "notice": "只供测量",
        "kinds": {"place": {"title": "地方"}}, "groups": {"all": {"title": "全部", "kinds": ["place"]}},
        "dimensions": {"place": dimensions}, "numbers": {"item_places": 2, "display_places": 2},
        "score": {"base": FULL, "bonus": {"at_most": 0}},
        "missing_evidence": {"while_open": "unknown", "when_closed": "zero"},
        "grades": [{"id": "good", "title": "达标", "lines": [{"of": "base", "at_least": PASS_AT}]}], "pass_grade": "good",
    }  # fmt: skip


def case(unit: Plain, code: str) -> Case:
    """Return a plain unit as a case of a closed round: what a round's reading would give."""
    facts = {name: Fact(_value(name, value)) for name, value in unit.items()}
    return Case(code, "place", code, "", "verified", True, None, facts)


def _value(name: str, value: int | str) -> int | str | bool | Unknown:
    if value == -1:
        return Unknown((Why("missing_fact", name, owed=True),))
    return bool(value) if name.startswith("f") else value


# for zen-engine


def zen_graph(given: Standard) -> str:
    """Return the standard as a JDM graph: 60 decision tables feed one node of sums and cross rules."""
    tables = [
        _table(name, [(f">= {cut}", p) for cut, p in zip(cuts, POINTS, strict=True)]) for name, cuts in given.cuts
    ]
    tables += [_table(name, [("1", FLAG_POINTS)]) for name in given.flags]
    names = [name for name, _ in given.cuts] + list(given.flags)
    rules = {rule.name: f" {rule.join} ".join(_zen(atom) for atom in rule.atoms) for rule in given.rules}
    vetoes = " or ".join(f"({rules[rule.name]})" for rule in given.rules if rule.veto)
    total = " + ".join(f"p_{name}" for name in names)
    sums = {f"p_{n}": f"p_{n}" for n in names} | rules
    sums |= {"total": total, "veto": vetoes, "passed": f"$.total >= {PASS_AT} and not $.veto"}
    expressions = [{"id": key, "key": key, "value": value} for key, value in sums.items()]
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in", "content": {}},
        *tables,
        {"id": "sum", "type": "expressionNode", "name": "sum", "content": {"expressions": expressions}},
        {"id": "out", "type": "outputNode", "name": "out", "content": {}},
    ]
    links = [("in", f"t_{n}") for n in names] + [(f"t_{n}", "sum") for n in names] + [("in", "sum"), ("sum", "out")]
    edges = [{"id": f"{a}-{b}", "sourceId": a, "targetId": b, "type": "edge"} for a, b in links]
    return json.dumps({"nodes": nodes, "edges": edges})


def _table(name: str, rows: list[tuple[str, int]]) -> dict[str, object]:
    rules = [{"_id": str(i), "a": test, "o": str(points)} for i, (test, points) in enumerate([*rows, ("", 0)])]
    content = {
        "hitPolicy": "first", "inputs": [{"id": "a", "name": name, "field": name}],
        "outputs": [{"id": "o", "name": "points", "field": f"p_{name}"}], "rules": rules,
    }  # fmt: skip
    return {"id": f"t_{name}", "type": "decisionTableNode", "name": f"t_{name}", "content": content}


def _zen(atom: Atom) -> str:
    return f"{atom.field} == '{atom.word}'" if atom.word else f"{atom.field} in [{atom.low}..{atom.high}]"


# as a plain Python closure


def closure(given: Standard) -> Callable[[Plain], Answer]:
    """Return the floor of what Python can do: one generated function of comparisons, without exactness, unknowns or reasons."""
    names = [name for name, _ in given.cuts] + list(given.flags)
    lines = ["def judge(u):", "    points = ("]
    for name, (high, middle, low) in given.cuts:
        lines.append(f"        {POINTS[0]} if (v := u['{name}']) >= {high} else {POINTS[1]} if v >= {middle} else")
        lines.append(f"        {POINTS[2]} if v >= {low} else 0,")
    lines += [f"        {FLAG_POINTS} if u['{name}'] == 1 else 0," for name in given.flags]
    lines += ["    )", "    total, found = sum(points), []"]
    for rule in given.rules:
        lines.append(
            f"    if {f' {rule.join} '.join(_closed(atom) for atom in rule.atoms)}: found.append('{rule.name}')"
        )
    vetoes = {rule.name for rule in given.rules if rule.veto}
    lines.append(f"    vetoed = not {vetoes!r}.isdisjoint(found)")
    lines.append(f"    return Answer(points, total, tuple(found), vetoed, total >= {PASS_AT} and not vetoed)")
    space: dict[str, Any] = {"Answer": Answer}
    exec("\n".join(lines), space)  # our own text, made of the standard above
    assert len(names) == NUMBERS + FLAGS
    judge: Callable[[Plain], Answer] = space["judge"]
    return judge


def _closed(atom: Atom) -> str:
    if atom.word:
        return f"u['{atom.field}'] == '{atom.word}'"
    return f"{atom.low} <= u['{atom.field}'] <= {atom.high}"
