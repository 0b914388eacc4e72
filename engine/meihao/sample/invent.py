"""Writes the files of an invented round: `round.yaml`, calendar, notice and evidence, all read like real ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from msgspec import Struct

from ..core.calendar import parse_date
from ..core.problems import Lang
from ..core.text import quoted
from ..round.roster import Enrolled, roster_text
from ..standard.model import Field, Pack, leaves
from ..standard.model.parts import documents_of
from ..text_in.yaml_reader import read_yaml
from .draws import Unit, draw

Recipe = Mapping[str, Any]
Roles = dict[tuple[str, str], dict[str, Any]]


class SampleFile(Struct, frozen=True):
    """A file to be written: path below the round's folder, and its text."""

    path: str
    text: str


def read_recipe(folder: Path) -> Recipe:
    """Return the pack's recipe for its sample round. Raises OSError, or ValueError where the recipe is no good."""
    document, problems = read_yaml((folder / "recipe.yaml").read_bytes(), "recipe.yaml")
    if document is None or problems:
        raise ValueError("; ".join(p.text("en") for p in problems))
    recipe: Any = document.data
    return recipe  # type: ignore[no-any-return]


def invent(pack: Pack, recipe: Recipe, lang: Lang = "zh") -> Iterator[SampleFile]:
    """Yield every file of the sample round, the same for the same pack and recipe; only official papers have a language."""
    reference = parse_date(recipe["reference_date"])
    assert reference is not None
    applicants: dict[str, int] = {}
    files = []
    enrolled = []
    for kind, spec in recipe["units"].items():
        names = _names(recipe, kind, spec)
        for number in range(spec["count"]):
            code = f"{spec['code']}-{number + 1:04}"
            region = _region(recipe, code)
            applicants[region] = applicants.get(region, 0) + 1
            enrolled.append(Enrolled(code, kind, names[number], region))
            unit = Unit(recipe["seed"], code, _quality(recipe, code), reference)
            files.append(
                SampleFile(f"evidence/{code}.evidence.yaml", _evidence(pack, recipe, kind, unit, names[number], region))
            )
    yield SampleFile("round.yaml", _round(pack, recipe, applicants))
    yield SampleFile("roster.yaml", roster_text(enrolled))
    if "notice" in recipe:
        yield SampleFile("calendar.yaml", recipe["calendar"])
        yield SampleFile("notice.yaml", recipe["notice"][lang])
    if "decision" in recipe:
        yield SampleFile("decision.yaml", recipe["decision"][lang])
    yield from files


def _quality(recipe: Recipe, code: str) -> int:
    """Return a unit's quality: many good ones, a tail of poor ones."""
    dice = Random(f"{recipe['seed']}/quality/{code}")
    return max(dice.randint(0, 108), dice.randint(20, 112))


def _region(recipe: Recipe, code: str) -> str:
    shot = Random(f"{recipe['seed']}/region/{code}").randrange(sum(r["share"] for r in recipe["regions"]))
    for region in recipe["regions"]:
        shot -= region["share"]
        if shot < 0:
            return str(region["code"])
    return str(recipe["regions"][0]["code"])


def _names(recipe: Recipe, kind: str, spec: Mapping[str, Any]) -> list[str]:
    parts = recipe["syllables"]
    pairs = [a + b for a in parts for b in parts if a != b]
    Random(f"{recipe['seed']}/names/{kind}").shuffle(pairs)
    return [pair + spec["suffix"] for pair in pairs[: spec["count"]]]


def _round(pack: Pack, recipe: Recipe, applicants: Mapping[str, int]) -> str:
    lines = [
        "# 示例批次，数据全部编造 sample round: every figure is invented",
        f"round: {quoted(recipe['seed'])}",
        f"title: {quoted(recipe['title'])}",
        f"title_en: {quoted(recipe['title_en'])}",
        f"reference_date: {quoted(recipe['reference_date'])}",
        "closed: true",
        "stage: verified",
        "sample_data: true",
        f"lot_seed: {quoted(recipe['seed'] + '-lot')}",
        "regions:",
    ]
    for r in recipe["regions"]:
        count = applicants.get(r["code"], 0)
        names = f"code: {quoted(r['code'])}, name: {r['name']}, level: {recipe['level']}"
        lines.append(f"  - {{{names}, applicants: {count}, households: {r['share'] * 5000}}}")
    lines += _receipts(pack, recipe)
    return "\n".join(lines) + "\n"


def _receipts(pack: Pack, recipe: Recipe) -> Iterator[str]:
    """Yield the receipts of the registers: all of them came in whole, as of the reference date."""
    if pack.registers:
        yield "registers:"
    for register in pack.registers:
        days = f"as_of: {recipe['reference_date']}, received: {recipe['registers_received']}"
        yield f"  - {{register: {register.id}, whole: true, {days}, by: {recipe['roles']['registry']}}}"


def _evidence(pack: Pack, recipe: Recipe, kind: str, unit: Unit, name: str, region: str) -> str:
    fields = {field.id: field for field in pack.fields if kind in field.kinds}
    _draw_facts(unit, recipe, fields)
    _bring_trouble(unit, recipe, fields)
    told = _overstated(unit, recipe)
    lines = [
        "# 示例数据 sample data",
        f"unit: {{code: {unit.code}, kind: {kind}, name: {name}, region: {quoted(region)}}}",
        "observations:",
    ]
    applicant = name + recipe["units"][kind]["applicant"]
    for (role, observer), facts in _observations(unit, recipe, fields, applicant, told).items():
        lines += [f"  - by: {observer}", f"    role: {role}", f"    date: {_day(unit, recipe, role)}", "    facts:"]
        lines += [line for field, value in facts.items() for line in _fact(field, value)]
    documents = list(_documents(pack, recipe, kind, unit))
    lines += ["documents:" if documents else "documents: []", *documents]
    return "\n".join(lines) + "\n"


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


def _overstated(unit: Unit, recipe: Recipe) -> dict[str, Any]:
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


def _observations(
    unit: Unit, recipe: Recipe, fields: Mapping[str, Field], applicant: str, told: Mapping[str, Any]
) -> Roles:
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


def _day(unit: Unit, recipe: Recipe, role: str) -> str:
    days: Sequence[int] = recipe["roles"].get(f"{role}_days", recipe["roles"]["other_days"])
    return unit.days_from(f"day/{role}", days, -1).isoformat()


def _documents(pack: Pack, recipe: Recipe, kind: str, unit: Unit) -> Iterator[str]:
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
        number_text = quoted(f"示材〔2026〕{number + 1}-{unit.code}号")
        yield f"  - {{title: {title}, number: {number_text}, date: {day}, valid_to: {until}}}"


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
