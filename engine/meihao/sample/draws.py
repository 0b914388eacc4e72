"""Draws one value of a recipe from a seed that names unit and field, so that draws never disturb each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

Drawn = int | bool | str | date | list[dict[str, Any]] | None


class Unit:
    """What is being made up about one unit: its quality in percent, its facts so far, and its dice."""

    def __init__(self, seed: str, code: str, quality: int, reference: date) -> None:
        self.seed, self.code, self.quality, self.reference = seed, code, quality, reference
        self.facts: dict[str, Any] = {}

    def dice(self, name: str) -> Random:
        return Random(f"{self.seed}/{self.code}/{name}")

    def level(self, name: str) -> int:
        """Return the quality for one field: near the unit's own, with a little luck of its own."""
        return max(0, min(100, self.quality + self.dice(f"luck/{name}").randint(-14, 14)))

    def between(self, name: str, four: Sequence[int]) -> int:
        """Return a whole number between the poor range and the good one, by quality."""
        level = self.level(name)
        low, high = ((100 * poor + (good - poor) * level) // 100 for poor, good in (four[0::2], four[1::2]))
        return self.dice(name).randint(min(low, high), max(low, high))

    def chance(self, name: str, two: Sequence[int]) -> bool:
        level = self.level(name)
        return self.dice(name).randint(1, 100) <= (100 * two[0] + (two[1] - two[0]) * level) // 100

    def days_from(self, name: str, two: Sequence[int], sign: int) -> date:
        return self.reference + sign * timedelta(days=self.dice(name).randint(*two))


def draw(unit: Unit, name: str, how: Mapping[str, Any]) -> Drawn:
    """Return the value of a field or a cell. Raises KeyError for a draw that no recipe knows."""
    simple = next((key for key in _SIMPLE if key in how), None)
    if simple:
        value: Drawn = _SIMPLE[simple](unit, name, how[simple], how)
        return value
    if "groups" in how:
        return [row for i, group in enumerate(how["groups"]) for row in _group(unit, f"{name}/{i}", group)]
    if "fill" in how:
        return _fill(unit, name, how)
    if "log" in how:
        return _log(unit, name, how["log"])
    return [_row(unit, f"{name}/{i}", how["columns"], i) for i in range(unit.between(name, how["rows"]))]


def _percent_of(unit: Unit, name: str, spec: Mapping[str, Any], how: object) -> int:
    whole = unit.facts.get(spec["field"], 0)
    return (int(whole) * unit.between(name, spec["range"]) + 50) // 100


def _pick(unit: Unit, name: str, options: Mapping[str, Sequence[int]], how: object) -> str:
    level = unit.level(name)
    weights = [max(0, 100 * poor + (good - poor) * level) for poor, good in options.values()]
    shot = unit.dice(name).randrange(sum(weights) or 1)
    for code, weight in zip(options, weights, strict=True):
        shot -= weight
        if shot < 0:
            return code
    return next(iter(options))


def _days_after(unit: Unit, name: str, two: Sequence[int], how: Mapping[str, Any]) -> date:
    late = "late" in how and unit.chance(f"{name}/late", how["late"])
    return unit.days_from(name, two, -1 if late else 1)


_SIMPLE: Mapping[str, Any] = {
    "whole": lambda unit, name, four, how: unit.between(name, four),
    "truth": lambda unit, name, two, how: unit.chance(name, two),
    "percent_of": _percent_of,
    "pick": _pick,
    "days_after": _days_after,
    "days_before": lambda unit, name, two, how: unit.days_from(name, two, -1),
    "text": lambda unit, name, text, how: text,
}


def _row(unit: Unit, name: str, columns: Mapping[str, Any], number: int) -> dict[str, Any]:
    row = {}
    for column, how in columns.items():
        row[column] = f"{how['serial']}{number + 1}" if "serial" in how else draw(unit, f"{name}/{column}", how)
    return row


def _group(unit: Unit, name: str, group: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return rows with fixed cells: one of them by chance, or some spread over the last year."""
    if "one_if" in group:
        cells = {**group["set"], **_row(unit, name, group.get("columns", {}), 0)}
        return [cells] if unit.chance(name, group["one_if"]) else []
    count = unit.between(name, group["spread"])
    days = [unit.reference - timedelta(days=(2 * i + 1) * 350 // (2 * count)) for i in range(count)]
    return [{**group["set"], "date": day} for day in days]


def _fill(unit: Unit, name: str, how: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return rows whose `households` add up to a field; poor units merge some."""
    total = int(unit.facts[how["fill"]["field"]])
    count = max(1, round(total / unit.between(name, how["fill"]["size"])))
    sizes = [total // count + (i < total % count) for i in range(count)]
    merged: list[int] = []
    for i, size in enumerate(sizes):
        if merged and unit.chance(f"{name}/merge/{i}", how["fill"]["merge"]):
            merged[-1] += size
        else:
            merged.append(size)
    rows = [_row(unit, f"{name}/{i}", how["columns"], i) for i in range(len(merged))]
    return [{**row, "households": size} for row, size in zip(rows, merged, strict=True)]


def _log(unit: Unit, name: str, spec: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return tickets: step dates in order; some are slow, some stop half way."""
    return [_ticket(unit, f"{name}/{i}", spec, i) for i in range(unit.between(name, spec["count"]))]


def _ticket(unit: Unit, name: str, spec: Mapping[str, Any], number: int) -> dict[str, Any]:
    day = unit.days_from(name, spec["first"], -1)
    row: dict[str, Any] = {"code": f"{spec['code']}{number + 1}"}
    slow = unit.chance(f"{name}/slow", spec["slow"])
    steps = spec["steps"]
    stop = (
        unit.dice(f"{name}/stop").randint(2, len(steps) - 1)
        if unit.chance(f"{name}/broken", spec["broken"])
        else len(steps)
    )
    for step in steps[:stop]:
        row[step] = day
        day = min(day + timedelta(days=unit.dice(f"{name}/{step}").randint(*spec["gaps"]) + 6 * slow), unit.reference)
    return row
