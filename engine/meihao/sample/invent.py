"""Writes the files of an invented round: its own texts and the evidence, all read like real ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import Any

from msgspec import Struct

from ..core.calendar import parse_date
from ..core.problems import Lang
from ..round.roster import Enrolled, roster_text
from ..standard.model import Pack
from .draws import Unit
from .evidence import InventedUnit, evidence_lines, invent_unit
from .recipe import Recipe
from .round_file import round_text

HEAD = "# 示例数据 sample data"


class SampleFile(Struct, frozen=True):
    """A file to be written: path below the round's folder, and its text."""

    path: str
    text: str


def invent(pack: Pack, recipe: Recipe, lang: Lang = "zh") -> Iterator[SampleFile]:
    """Yield every file of the sample round, the same for the same pack and recipe; only official papers have a language."""
    units = invent_units(pack, recipe)
    yield SampleFile("round.yaml", round_text(pack, recipe, applicants(units)))
    yield roster_of(units)
    if "notice" in recipe:
        yield SampleFile("calendar.yaml", recipe["calendar"])
        yield SampleFile("notice.yaml", recipe["notice"][lang])
    if "decision" in recipe:
        yield SampleFile("decision.yaml", recipe["decision"][lang])
    for unit in units:
        lines = (HEAD, *evidence_lines(unit, unit.records, unit.papers))
        yield SampleFile(f"evidence/{unit.code}.evidence.yaml", "".join(f"{line}\n" for line in lines))


def invent_units(pack: Pack, recipe: Recipe) -> Sequence[InventedUnit]:
    """Return the units of the sample round, by kind and code."""
    reference = parse_date(recipe["reference_date"])
    assert reference is not None
    units = []
    for kind, spec in recipe["units"].items():
        for number, name in enumerate(_names(recipe, kind, spec), 1):
            code = f"{spec['code']}-{number:04}"
            dice = Unit(recipe["seed"], code, _quality(recipe, code), reference)
            units.append(invent_unit(pack, recipe, kind, dice, name, _region(recipe, code)))
    return units


def applicants(units: Sequence[InventedUnit]) -> Mapping[str, int]:
    """Return how many units each region has."""
    return Counter(unit.region for unit in units)


def roster_of(units: Sequence[InventedUnit]) -> SampleFile:
    """Return the roster of the round."""
    enrolled = [Enrolled(unit.code, unit.kind, unit.name, unit.region) for unit in units]
    return SampleFile("roster.yaml", roster_text(enrolled))


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
