"""Makes up what one unit hands in: who observed what on which day, and its documents; and writes it as an evidence file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct

from ..core.text import quoted
from ..standard.model import Field, Pack, leaves
from ..standard.model.parts import documents_of
from .draws import Unit, draw
from .recipe import Recipe

Facts = Mapping[str, Any]
Roles = dict[tuple[str, str], dict[str, Any]]


class InventedRecord(Struct, frozen=True):
    """What one person observed in one role on one day; `as_of`: the day of which it holds, where that is another."""

    by: str
    role: str
    day: date
    facts: Facts
    as_of: date | None = None


class InventedPaper(Struct, frozen=True):
    """A document with its number, the day of issue and the last day on which it is valid."""

    title: str
    number: str
    day: date
    until: date


class InventedUnit(Struct, frozen=True):
    """A unit that was made up, with all that is ever handed in about it."""

    code: str
    kind: str
    name: str
    region: str
    records: tuple[InventedRecord, ...]
    papers: tuple[InventedPaper, ...]


def invent_unit(pack: Pack, recipe: Recipe, kind: str, unit: Unit, name: str, region: str) -> InventedUnit:
    """Return a unit of a kind, made up by a recipe."""
    fields = {field.id: field for field in pack.fields if kind in field.kinds}
    _draw_facts(unit, recipe, fields)
    _bring_trouble(unit, recipe, fields)
    told = _overstated(unit, recipe)
    found = _observations(unit, recipe, fields, name + recipe["units"][kind]["applicant"], told)
    records = (InventedRecord(by, role, _day(unit, recipe, role), facts) for (role, by), facts in found.items())
    return InventedUnit(unit.code, kind, name, region, tuple(records), tuple(_papers(pack, recipe, kind, unit)))


def evidence_lines(
    unit: InventedUnit, records: Iterable[InventedRecord], papers: Iterable[InventedPaper]
) -> Iterator[str]:
    """Yield the lines of an evidence file with some of a unit's records, but for empty ones, and documents."""
    yield f"unit: {{code: {unit.code}, kind: {unit.kind}, name: {unit.name}, region: {quoted(unit.region)}}}"
    observed = [line for record in records if record.facts for line in _record(record)]
    yield from ("observations:", *observed) if observed else ("observations: []",)
    listed = [_paper(paper) for paper in papers]
    yield from ("documents:", *listed) if listed else ("documents: []",)


def _draw_facts(unit: Unit, recipe: Recipe, fields: Mapping[str, Field]) -> None:
    for how in recipe["draws"]:
        if "split" in how:
            _split(unit, how["split"], fields)
        elif how["field"] in fields:
            unit.facts[how["field"]] = draw(unit, how["field"], how)


def _split(unit: Unit, spec: Mapping[str, Any], fields: Mapping[str, Field]) -> None:
    """Divide a share of a field among several; now and then the parts come to more than the whole."""
    if spec["into"][0] not in fields:
        return
    total = unit.facts[spec["of"]] * unit.between(spec["into"][0], spec["percent"]) // 100
    if unit.dice("too_much").randint(1, 100) <= spec["too_much"]:
        total = unit.facts[spec["of"]] + 7
    first = total * unit.dice("split").randint(5, 30) // 100
    second = total * unit.dice("split/2").randint(5, 40) // 100
    unit.facts.update(zip(spec["into"], (first, second, total - first - second), strict=True))


def _bring_trouble(unit: Unit, recipe: Recipe, fields: Mapping[str, Field]) -> None:
    """Drop facts, or enter an incident, for the share of units that the recipe names."""
    for trouble, role, most in (("late", "applicant", 3), ("awaiting", "inspector", 1)):
        dice = unit.dice(trouble)
        if dice.randint(1, 100) <= recipe["trouble"][trouble]:
            mine = [name for name in unit.facts if fields[name].provided_by == role and name != "households"]
            for name in dice.sample(mine, min(dice.randint(1, most), len(mine))):
                del unit.facts[name]
    dice = unit.dice("unlucky")
    if dice.randint(1, 100) <= recipe["trouble"]["unlucky"]:
        event = dice.choice(recipe["incidents"])
        day = {"date": unit.days_from("incident", event["days_before"], -1)} if "days_before" in event else {}
        decided = f"示例处〔2026〕{dice.randint(1, 90)}号"
        unit.facts["incidents"] = [{"kind": event["kind"], "level": event["level"], **day, "decided_by": decided}]


def _overstated(unit: Unit, recipe: Recipe) -> Facts:
    """Return what an applicant tells better than it is: the same draws, as the best of units would have had them."""
    spec, dice = recipe.get("overstated", {"percent": 0}), unit.dice("claims")
    if dice.randint(1, 100) > spec["percent"]:
        return {}
    best = Unit(unit.seed, unit.code, 100, unit.reference)
    best.facts = unit.facts
    draws = {how["field"]: how for how in recipe["draws"] if "field" in how}
    told = {name: draw(best, name, draws[name]) for name in spec["fields"] if name in unit.facts}
    better = [name for name, value in told.items() if _better(value, unit.facts[name])]
    return {name: told[name] for name in dice.sample(better, min(len(better), dice.randint(*spec["items"])))}


def _better(told: Any, found: Any) -> bool:
    return bool(told != found if isinstance(told, str) else told > found)


def _observations(unit: Unit, recipe: Recipe, fields: Mapping[str, Field], applicant: str, told: Facts) -> Roles:
    """Return facts by (role, observer): inspectors come in two, others alone; the county finds what was told otherwise."""
    roles: Roles = {}
    disagree = unit.dice("disagree").randint(1, 100) <= recipe["trouble"]["disagree"]
    for name, value in unit.facts.items():
        role = fields[name].provided_by
        if role != "inspector":
            observer = applicant if role == "applicant" else recipe["roles"][role]
            roles.setdefault((role, observer), {})[name] = told.get(name, value)
            if name in told:
                roles.setdefault(("county", recipe["roles"]["county"]), {})[name] = value
            continue
        first, second = recipe["roles"]["inspectors"]
        roles.setdefault((role, first), {})[name] = value
        other = _second_look(unit, fields[name], value, disagree)
        if other is not None:
            roles.setdefault((role, second), {})[name] = other
            disagree = disagree and other == value
    return roles


def _second_look(unit: Unit, field: Field, value: Any, disagree: bool) -> Any:
    """Return what the second inspector saw: mostly the same, sometimes a little else, rarely too far apart."""
    if isinstance(value, bool) or not isinstance(value, int) or not field.tolerance:
        return value
    step = int(field.tolerance) + 3 if disagree else unit.dice(f"second/{field.id}").choice((0, 0, 0, 1))
    if field.range and value + step > field.range[1]:
        return value
    if value + step > unit.facts.get(field.at_most, value + step):
        step = -step
    return value + step if field.id.endswith("spots") or disagree else value


def _day(unit: Unit, recipe: Recipe, role: str) -> date:
    days: Sequence[int] = recipe["roles"].get(f"{role}_days", recipe["roles"]["other_days"])
    return unit.days_from(f"day/{role}", days, -1)


def _papers(pack: Pack, recipe: Recipe, kind: str, unit: Unit) -> Iterator[InventedPaper]:
    dice = unit.dice("documents")
    lacking = dice.randint(1, 100) <= recipe["trouble"]["late"]
    expired = dice.randint(1, 100) <= recipe["trouble"]["expired"]
    titles = sorted({wanted.title.zh for item in leaves(pack.standard(kind)) for wanted in documents_of(item)})
    for number, title in enumerate(titles):
        if lacking and number == dice.randrange(len(titles)):
            continue
        day = unit.days_from(f"document/{title}", recipe["documents"]["days_before"], -1)
        until = unit.days_from(f"until/{title}", recipe["documents"]["days_after"], 1)
        if expired and number == len(titles) // 2:
            until = unit.days_from(f"expired/{title}", (5, 40), -1)
        yield InventedPaper(title, f"示材〔2026〕{number + 1}-{unit.code}号", day, until)


def _record(record: InventedRecord) -> Iterator[str]:
    yield f"  - by: {record.by}"
    yield f"    role: {record.role}"
    yield f"    date: {record.day}"
    yield from (f"    as_of: {day}" for day in (record.as_of,) if day)
    yield "    facts:"
    for field, value in record.facts.items():
        yield from _fact(field, value)


def _paper(paper: InventedPaper) -> str:
    return f"  - {{title: {paper.title}, number: {quoted(paper.number)}, date: {paper.day}, valid_to: {paper.until}}}"


def _fact(field: str, value: Any) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"      {field}: {_scalar(value)}"
    elif not value:
        yield f"      {field}: []"
    else:
        yield f"      {field}:"
        for row in value:
            yield "        - {" + ", ".join(f"{k}: {_scalar(v)}" for k, v in row.items()) + "}"


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | date):
        return str(value)
    return quoted(value)
