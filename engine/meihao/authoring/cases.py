"""Runs a pack's case files: what each case expects, what the engine gives, and where the case stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from ..assessment.assess import as_values, assess
from ..assessment.items import FREE, compile_item
from ..assessment.marks import Books
from ..assessment.plan import Plan, plan_of
from ..assessment.results import Item
from ..core.calendar import parse_date
from ..core.files import read_file
from ..core.numbers import Number, exact, from_decimal
from ..core.problems import Problem, Problems, Source, errors
from ..core.text import hints, normal
from ..evidence.messages import UNKNOWN_FIELD, UNKNOWN_REGISTER
from ..evidence.model import Observation, Value
from ..evidence.values import read_table, read_value
from ..round.merge import absent
from ..round.model import Case, Fact
from ..round.scope import CaseScope
from ..standard.model import Criterion, DocumentWanted, Field, Pack
from ..standard.model.reads import items_of
from ..text_in.shape import check_shape
from ..text_in.yaml_reader import YamlDocument, read_yaml
from . import messages as m

INSPECTORS = 3  # as many looks as any criterion may want


class CaseResult(Struct, frozen=True):
    """One case after running: `subject` is a criterion or rule; `got` and `expected` are printable; equal means ok."""

    subject: str
    name: str
    outcome: str
    expected: str
    got: str
    ok: bool
    source: Source


def run_cases(pack: Pack, folder: Path) -> tuple[tuple[CaseResult, ...], Problems]:
    """Run every case of a pack in the order of files. A case that cannot be read is a problem, not a skip."""
    results: list[CaseResult] = []
    problems: list[Problem] = []
    for path in sorted([*folder.glob("criteria/*/*.cases.yaml"), *folder.glob("rules/*.cases.yaml")]):
        text, found = read_yaml(read_file(path), path.relative_to(folder).as_posix())
        rules = path.parent.name == "rules"
        if text is not None and not errors(found):
            found = (*found, *check_shape(text, "rule_cases" if rules else "cases"))
        problems += found
        if text is None or errors(found):
            continue
        ran = tuple(_run_rules(text, pack) if rules else _run_criteria(text, pack, path))
        results += [r for r in ran if isinstance(r, CaseResult)]
        problems += [r for r in ran if isinstance(r, Problem)]
    return tuple(results), tuple(problems)


def _run_criteria(text: YamlDocument, pack: Pack, path: Path) -> Iterator[CaseResult | Problem]:
    kind, dimension = path.parent.name, path.name.removesuffix(".cases.yaml")
    plan = plan_of(pack, kind)
    data: Any = text.data
    for number, given in enumerate(data["cases"]):
        at: tuple[str | int, ...] = ("cases", number)
        criterion = _find(plan, f"{kind}.{dimension}", given["criterion"])
        if criterion is None:
            near = hints(given["criterion"], [c.removeprefix(f"{kind}.{dimension}.") for c in plan.criteria])
            yield m.NO_SUCH_CRITERION.at(text.at((*at, "criterion")), name=given["criterion"], **near)
            continue
        case, found = _case(text, at, given, plan)
        yield from found
        if not errors(found):
            yield _run_criterion(text.at((*at, "name")), given, criterion, case, plan)


def _find(plan: Plan, prefix: str, name: str) -> Criterion | None:
    return plan.criteria.get(f"{prefix}.{name}") or plan.criteria.get(name)


def _case(text: YamlDocument, at: tuple[str | int, ...], given: Mapping[str, Any], plan: Plan) -> tuple[Case, Problems]:
    """Return the case of a unit that has the given facts and nothing else."""
    fields = {f.id: f for f in plan.pack.fields if plan.kind in f.kinds}
    awaited = given.get("awaited", ())
    facts = {name: Fact(() if _is_empty(f, awaited) else absent(f)) for name, f in fields.items()}
    problems = list(_check_awaited(text, at, awaited, plan.pack))
    for name, raw in given["given"].items():
        path = (*at, "given", name)
        if name not in fields:
            problems.append(UNKNOWN_FIELD.at(text.at_key(path), field=name, **hints(name, fields)))
            continue
        reader = read_table if fields[name].type == "table" else read_value
        value, found = reader(raw, fields[name], text.at(path))
        problems += found
        if value is not None:
            facts[name] = Fact(value, _seen(fields[name], value, given.get("inspectors", INSPECTORS)))
    day: date | None = parse_date(given["at"]) if "at" in given else None
    stage, closed = given.get("stage", "verified"), given.get("closed", False)
    return Case("case", plan.kind, given["name"], given.get("region", ""), stage, closed, day, facts), tuple(problems)


def _seen(field: Field, value: Value, inspectors: int) -> tuple[Observation, ...]:
    """Return the records behind a given value that inspectors bring: enough of them, unless the case says how many."""
    return tuple(
        Observation(field.id, value, f"inspector {number}", "inspector", None, field.source)
        for number in range(inspectors if field.provided_by == "inspector" else 0)
    )


def _check_awaited(
    text: YamlDocument, at: tuple[str | int, ...], awaited: Sequence[str], pack: Pack
) -> Iterator[Problem]:
    known = [register.id for register in pack.registers]
    for number, name in enumerate(awaited):
        if name not in known:
            yield UNKNOWN_REGISTER.at(text.at((*at, "awaited", number)), register=name, **hints(name, known))


def _is_empty(field: Field, awaited: Sequence[str]) -> bool:
    """Say whether a field that a case does not give is an empty register; all have come in but those that are awaited."""
    return field.when_absent_empty and field.register not in awaited


def _run_criterion(at: Source, given: Mapping[str, Any], criterion: Criterion, case: Case, plan: Plan) -> CaseResult:
    if "context" in given:
        case = replace(case, cohort={criterion.id: _number(given["context"]["measure"])})
    scope = CaseScope(case, case.closed and plan.pack.when_closed_zero, plan.owed_tables)
    item = _judged(criterion, given.get("documents", "all"), scope, plan)
    expected, got = _compare(given["expect"], item, frozenset(case.facts))
    return CaseResult(criterion.id, given["name"], item.outcome, expected, got, expected == got, at)


def _judged(criterion: Criterion, documents: object, scope: CaseScope, plan: Plan) -> Item:
    """Judge a criterion after the items that it reads, all with the same documents."""
    for name in items_of(criterion):
        scope.items[name] = as_values(_judged(plan.criteria[name], documents, scope, plan))
    wanted = _with_documents(criterion, documents)
    return compile_item(wanted, Books.of(plan.pack), plan.pack.item_places)(scope, FREE)


def _with_documents(criterion: Criterion, present: object) -> Criterion:
    """Return the criterion wanting only the documents that the case leaves out; present ones are valid."""
    titles = [normal(t) for t in present] if isinstance(present, list) else None

    def lacking(wanted: tuple[DocumentWanted, ...]) -> tuple[DocumentWanted, ...]:
        if present == "none":
            return wanted
        return () if titles is None else tuple(w for w in wanted if normal(w.title.zh) not in titles)

    return replace(criterion, evidence=lacking(criterion.evidence), score=criterion.score.with_documents(lacking))


def _number(value: int | Decimal) -> Number:
    return from_decimal(value)


def _compare(expect: Mapping[str, Any], item: Item, fields: frozenset[str]) -> tuple[str, str]:
    """Return what was expected and what came, each as text over the same keys; a missing cell counts for its table."""
    subjects = {why.subject for why in item.whys}
    missing = sorted(
        {s.rpartition(".")[0] if s not in fields and s.rpartition(".")[0] in fields else s for s in subjects}
    )
    shown = {
        "outcome": item.outcome,
        "points": exact(item.lo) if item.lo == item.hi else f"{exact(item.lo)}—{exact(item.hi)}",
        "lo": exact(item.lo),
        "hi": exact(item.hi),
        "missing": ", ".join(missing),
    }
    wanted = {k: _expected(k, v) for k, v in expect.items()}
    expected, got = (", ".join(f"{k}={texts[k]}" for k in wanted) for texts in (wanted, shown))
    return expected, got


def _expected(key: str, value: Any) -> str:
    if key == "missing":
        return ", ".join(sorted(value))
    return value if key == "outcome" else exact(_number(value))


def _run_rules(text: YamlDocument, pack: Pack) -> Iterator[CaseResult | Problem]:
    data: Any = text.data
    rules = {rule.id: rule for rule in pack.rules}
    for number, given in enumerate(data["cases"]):
        at: tuple[str | int, ...] = ("cases", number)
        if given["rule"] not in rules:
            near = hints(given["rule"], rules)
            yield m.NO_SUCH_RULE.at(text.at((*at, "rule")), name=given["rule"], **near)
            continue
        if given["kind"] not in rules[given["rule"]].kinds:
            yield m.WRONG_KIND.at(text.at((*at, "kind")), rule=given["rule"], kind=given["kind"])
            continue
        case, found = _case(text, at, given, plan_of(pack, given["kind"]))
        yield from found
        if errors(found):
            continue
        findings = {f.rule: f.state for f in assess(plan_of(pack, given["kind"]), case).findings}
        got = findings.get(given["rule"], "quiet")
        yield CaseResult(
            given["rule"], given["name"], got, given["expect"], got, got == given["expect"], text.at((*at, "name"))
        )
