"""A seed -> a pack in which more of any fact is better, and units with a better twin: what the law of monotone criteria needs."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from meihao.evidence.model import Row, UnitEvidence, Value
from meihao.standard.model import Field, Pack

from .evidence import make_value, with_value
from .packs import Files
from .words import Data

UP = ("up1", "up2", "up3")
YES = ("yes1", "yes2", "yes3")
LEVELS = ("low", "fair", "high")
POINTS = (2, 4, 8)


def make_monotone_pack(number: int, items: int = 12) -> Files:
    """Return the files of a pack whose every item rises, or stays, with every fact."""
    seed = random.Random(number)
    entries = [_criterion(seed, n) for n in range(items)]
    worth = sum(Fraction(str(entry["points"])) for entry in entries)
    top: Data = {"kind": "village", "dimension": "all", "title": "全部", "points": worth, "criteria": entries}
    grade: Data = {"id": "good", "title": "好", "lines": [{"of": "base", "at_least_percent": 50}]}
    head: Data = {
        "pack": "rising", "title": "标准", "edition": "1", "status": "draft", "issued_by": None, "notice": "只供测试",
        "kinds": {"village": {"title": "村"}}, "groups": {"all": {"title": "全部", "kinds": ["village"]}},
        "numbers": {"item_places": seed.randint(0, 3)}, "score": {"base": worth},
        "missing_evidence": {"when_closed": "unknown"}, "grades": [grade], "pass_grade": "good",
    }  # fmt: skip
    return {"pack.yaml": head, "criteria/fields.yaml": {"fields": _fields()}, "criteria/village/all.yaml": top}


def _fields() -> dict[str, Data]:
    common: Data = {"kinds": ["village"], "provided_by": "applicant"}
    fields: dict[str, Data] = {
        name: {"title": f"字段{name}", "type": "count", "range": [0, 20], **common} for name in UP
    }
    fields["whole"] = {"title": "总数", "type": "count", "range": [5, 20], **common}
    fields |= {name: {"title": f"字段{name}", "type": "yes_no", **common} for name in YES}
    fields["level"] = {"title": "等级", "type": "choice", "options": {c: f"级{c}" for c in LEVELS}, **common}
    columns: Data = {
        "ok": {"title": "合格", "type": "yes_no"},
        "size": {"title": "数量", "type": "count", "range": [0, 9]},
    }
    fields["rows"] = {"title": "台账", "type": "table", "rows_at_most": 20, "columns": columns, **common}
    return fields


def _criterion(seed: random.Random, number: int) -> Data:
    points = seed.choice(POINTS)
    body = _combined(seed, points) if seed.random() < 0.3 else _scored(seed, points)
    asks = [name for name in (*UP, "whole", *YES, "level", "rows") if _reads(body, name)]
    more: Data = {"exempt_when": f"{YES[0]} and {YES[1]}"} if seed.random() < 0.2 else {}
    more |= {"zero_when": f"not {YES[2]}"} if seed.random() < 0.2 else {}
    asks += [name for name in YES if name not in asks and name in repr(more)]
    entry: Data = {"id": f"item{number}", "title": f"指标{number}", "points": points}
    return {**entry, **body, **more, "asks": asks, "basis": {"from": "ours"}}


def _reads(body: object, name: str) -> bool:
    """Say whether a value or key in the data names a field."""
    if isinstance(body, Mapping):
        return any(_reads(value, name) for value in body.values())
    if isinstance(body, Sequence) and not isinstance(body, str):
        return any(_reads(value, name) for value in body)
    return isinstance(body, str) and name in re.findall("[a-z0-9]+", body)


def _combined(seed: random.Random, points: int) -> Data:
    how = seed.choice(("any_of", "best_of", "all_of", "sum"))
    parts: list[Data] = []
    for n in range(2):
        mark = Fraction(points, 2) if how == "sum" else Fraction(points)
        part: Data = {"title": f"途径{n}", "points": mark}
        parts.append(part | ({"when": seed.choice(YES)} if seed.random() < 0.3 else _scored(seed, mark)))
    if how == "all_of":
        return {"score": {how: {"parts": parts, "otherwise": seed.choice(("zero", "lowest"))}}}
    return {"score": {how: parts}}


def _scored(seed: random.Random, points: int | Fraction) -> Data:
    way = seed.random()
    if way < 0.15:
        listed = [{"title": f"事项{n}", "when": name} for n, name in enumerate(YES)]
        how = seed.choice(({"lookup": {"3": points, "1": points / Fraction(2)}}, {"each": 1}, {"lose": 1}))
        return {"score": {"checklist": {"items": listed, **how}}}
    if way < 0.25:
        return {"measure": {"field": "level"}, "score": {"choice": {"low": 0, "fair": 1, "high": points}}}
    if way < 0.35:
        return {"score": {"yes_no": f"{seed.choice(YES)} and {seed.choice(UP)} >= {seed.randint(1, 15)}"}}
    measure, high = _measure(seed)
    return {"measure": measure, "score": _score(seed, points, high)}


def _measure(seed: random.Random) -> tuple[Data, int]:
    name = seed.choice(UP)
    measures: Sequence[tuple[Data, int]] = (
        ({"field": name}, 20),
        ({"field": f"min({name}, {seed.choice(UP)})"}, 20),
        ({"percent": name, "of": "whole"}, 100),
        ({"per": 10, "count": name, "of": "whole"}, 10),
        ({"change_from": "whole", "now": name, "as": seed.choice(("percent", "number"))}, 10),
        ({"count_rows": "rows", "where": seed.choice(("ok", "ok and size >= 3"))}, 6),
        ({"percent_of_rows": "rows", "where": "ok", "when_zero": 0}, 100),
        ({"field": "sum(rows.size, where=ok)"}, 20),
    )
    return seed.choice(measures)


def _score(seed: random.Random, points: int | Fraction, high: int) -> Data:
    first, second = sorted(seed.sample(range(1, high + 1), k=2))
    step = seed.choice(("floor", "ceil", "prorata"))
    half = points / Fraction(2)
    edge = seed.choice(("at_least", "more_than"))
    target: Data = {"target": second, "lose": Fraction(1, 2), "for_each": 1, "step": step, "base": half}
    target |= {"gain": 1, "gain_at_most": half} if seed.random() < 0.5 else {}
    target |= {"not_beyond": first} if seed.random() < 0.5 else {}
    scores: Sequence[Callable[[], Data]] = (
        lambda: {"yes_no": {edge: first}},
        lambda: {"bands": [{edge: second, "points": points}, {edge: first, "points": half}, {"otherwise": 0}]},
        lambda: {"linear": [{"value": first, "points": 0}, {"value": second, "points": points}]},
        lambda: {"per_item": {"points": Fraction(1, 2), "for_each": 2, "step": step, "at_most": points}},
        lambda: {"deduct_from_target": target},
    )
    return seed.choice(scores)()


def make_rising_unit(seed: random.Random, pack: Pack) -> UnitEvidence:
    """Return a unit of which every fact is known or nobody has said it."""
    unit = UnitEvidence("U", "village", "单位U", "", ())
    for field in pack.fields:
        if seed.random() < 0.85:
            unit = with_value(unit, field, _first(seed, field))
    return unit


def _first(seed: random.Random, field: Field) -> Value:
    if field.type == "table":
        return tuple({"ok": seed.random() < 0.5, "size": seed.randint(0, 9)} for _ in range(seed.randint(0, 4)))
    return make_value(seed, field)


def better(seed: random.Random, pack: Pack, unit: UnitEvidence) -> UnitEvidence:
    """Return the unit with one observation that says more."""
    seen = seed.choice(unit.observations)
    field = pack.field(seen.field)
    return with_value(unit, field, _more(seed, field, seen.value))


def _more(seed: random.Random, field: Field, value: Value) -> Value:
    match value:
        case bool():
            return True
        case str(level):
            return LEVELS[min(LEVELS.index(level) + 1, 2)]
        case int(count):
            return count if field.id == "whole" else min(count + seed.randint(0, 5), 20)
        case tuple(rows):
            return _more_rows(seed, rows)
        case other:
            return other


def _more_rows(seed: random.Random, rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Return the rows with a good one more, or with one of them made good."""
    if not rows or seed.random() < 0.5:
        return (*rows, {"ok": True, "size": 9})
    place = seed.randrange(len(rows))
    return (*rows[:place], {"ok": True, "size": 9}, *rows[place + 1 :])
