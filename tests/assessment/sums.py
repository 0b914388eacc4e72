"""A pack that adds up in every way there is, and a unit whose sums have every line."""

from __future__ import annotations

from typing import Any

from tests.assessment.packs import make_pack, rows

from meihao.standard.model import Pack

EARNS = "linear: [{value: 0, points: 0}, {value: 5, points: 5}]"
IF_ON = ", applies_when: ok"
FIELDS = """
a: &n {type: number, range: [0, 5]}
b: *n
c: *n
e: *n
f: *n
g: *n
i: *n
j: *n
k: *n
l: *n
bad: {type: yes_no}
ok: {type: yes_no}
paired: {type: yes_no}
prizes: {type: table, columns: {matter: {type: text}, level: {type: choice, options: {one: 一级, two: 二级}}}}
"""
BONUS = """bonus:
- {id: prizes, title: 表彰, at_most: 8, rows: prizes, matter: matter, level: level, points: {one: 5, two: 3}}
- {id: paired, title: 结对, at_most: 2, when: paired, points: 2}
"""
FACTS: dict[str, Any] = {
    "a": 5, "b": 4, "c": 0, "e": 1, "f": 5, "g": 2, "i": 3, "j": 5, "k": 4, "bad": True, "ok": False, "paired": True,
    "prizes": rows({"matter": "甲", "level": "one"}, {"matter": "乙", "level": "one"}),
}  # fmt: skip


def item(name: str, more: str = "", asks: str = "") -> str:
    """Return a criterion of 5 points that earns what its field says."""
    title = f"title: 指标{name}, title_en: item {name}"
    return f"{{id: {name}, {title}, points: 5, asks: [{name}{asks}], measure: {{field: {name}}}, score: {{{EARNS}}}{more}}}"


def group(name: str, keys: str, *entries: str) -> str:
    return f"{{id: {name}, title: 组{name}, title_en: group {name}, {keys}, criteria: [{', '.join(entries)}]}}"


def sums_pack(rules: str = BONUS) -> Pack:
    """Return a pack with a group for each way to add up, an item that may be zeroed and marks that may not apply."""
    first = (
        group("gain", "points: 6, shared_caps: [{of: [a, b], gain_at_most: 6}]", item("a"), item("b")),
        group("loss", "points: 10, shared_caps: [{of: [c, e], lose_at_most: 3}]", item("c"), item("e")),
        group("mean", "points: 10, aggregate: weighted_mean", item("f", ", weight: 2"), item("g", ", weight: 1")),
        group("least", "points: 10, aggregate: min", item("i"), item("j")),
        item("k", ", zero_when: bad", ", bad"),
        item("l", IF_ON, ", ok"),
    )
    second = f"{{id: m, title: 指标m, points: 9, asks: [ok], score: {{yes_no: ok}}{IF_ON}}}"
    return make_pack(f"{{d: [{', '.join(first)}], other: [{second}]}}", FIELDS, rules, bonus=9)
