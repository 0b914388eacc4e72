"""A seed, a vocabulary and items -> rules of every effect in several layers, relations, processes, waivers and bonus."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from .criteria import DOCUMENTS, WINDOWS, Wish
from .words import NUMERIC, STEPS, Data, Fields, Words

FAMILIES = ("eligibility", "vetoes", "checks")
OURS: Data = {"from": "ours"}
_EFFECTS = ("none", "none", "none", "ineligible", "veto", "veto", "cap_grade", "cap_grade", "zero_item", "hold_item")


class _Known(Struct):
    """The rules written so far; `early` ones read no points, so that rules which act before points may read them."""

    all: list[str] = field(default_factory=list)
    early: list[str] = field(default_factory=list)


def make_rules(
    seed: random.Random, fields: Fields, items: Mapping[str, Sequence[str]], grades: Sequence[Data], wish: Wish
) -> dict[str, Data]:
    """Return the files below `rules/`."""
    known = _Known()
    families: dict[str, list[Data]] = {name: [] for name in FAMILIES}
    for number in range(seed.randint(5, 11)):
        family = seed.choice(FAMILIES)
        families[family].append(_rule(seed, f"rule{number}", family, fields, items, grades, wish, known))
    for rules in families.values():
        seed.shuffle(rules)
    waivable = [f"{family}.{r['id']}" for family, rules in families.items() for r in rules if r.get("waivable")]
    lines = [f"grades.{g['id']}.{line['of']}" for g in grades for line in g["lines"] if line["of"] in ("base", "total")]  # type: ignore[attr-defined]  # a list of mappings
    process: Data = {"title": "流程", "log": "log1", "steps": list(STEPS), "basis": OURS}
    back: Data = {"back": [{"from": STEPS[2], "to": STEPS[1]}]} if seed.random() < 0.5 else {}
    files: dict[str, Data] = {
        "rules/checks.yaml": {name: rules for name, rules in families.items() if rules},
        "rules/processes.yaml": {"processes": {"process1": {**process, **back}}},
        "rules/bonus.yaml": {"bonus": _bonuses(seed, fields, tuple(items))},
    }
    if waivable or lines:
        files["rules/waivers.yaml"] = {"waivers": _waivers(seed, [*waivable, *lines])}
    if relations := _relations(seed, tuple(items), wish):
        files["rules/relations.yaml"] = {"relations": relations}
    return files


def _rule(
    seed: random.Random,
    name: str,
    family: str,
    fields: Fields,
    items: Mapping[str, Sequence[str]],
    grades: Sequence[Data],
    wish: Wish,
    known: _Known,
) -> Data:
    effect = seed.choice(_EFFECTS)
    about = [seed.choice(tuple(items))] if effect.endswith("_item") or seed.random() < 0.4 else list(items)
    acts_early = effect in ("zero_item", "hold_item")
    early = acts_early or seed.random() < 0.4
    readable = known.early if early else known.all
    mine = () if early or len(about) > 1 else items[about[0]]
    words = Words(seed, fields, about, mine, readable)
    when, columns = _when(seed, words)
    rule: Data = {"id": name, "title": f"规则{name}", "kinds": about, "when": when}
    rule["unknown"] = seed.choice(("flag", "quiet", "flag") if wish.quiet else ("flag",))
    rule["effect"] = _effect(seed, effect, about, items, grades)
    rule |= {"severity": seed.choice(("minor", "major")), "say": _say(seed, words, columns), "basis": OURS}
    if seed.random() < 0.4:
        rule["waivable"] = True
    known.all.append(f"{family}.{name}")
    if acts_early or (early and effect == "none"):
        known.early.append(f"{family}.{name}")
    return rule


def _when(seed: random.Random, words: Words) -> tuple[object, bool]:
    """Return a condition, or a test of rows; and whether it tests rows."""
    if seed.random() < 0.25:
        test: Data = {"any_row": words.some("table")}
        if seed.random() < 0.7:
            test["where"] = words.row()
        if seed.random() < 0.5:
            test |= {"dated": "day", "look_back": seed.choice(WINDOWS)}
        return test, True
    joiner = seed.choice((" and ", " and ", " or "))
    return joiner.join(words.truth() for _ in range(seed.choice((1, 2, 2)))), False


def _say(seed: random.Random, words: Words, columns: bool) -> str:
    said = f"查实{{{words.some(*NUMERIC)}}}，{{{words.number(1)}}}"
    return said + "，{row.name}{row.day}" if columns else said


def _effect(
    seed: random.Random, name: str, about: Sequence[str], items: Mapping[str, Sequence[str]], grades: Sequence[Data]
) -> object:
    if name.endswith("_item"):
        return {name: seed.choice(items[about[0]])}
    return {name: seed.choice(grades)["id"]} if name == "cap_grade" else name


def _bonuses(seed: random.Random, fields: Fields, kinds: Sequence[str]) -> list[Data]:
    words = Words(seed, fields, kinds)
    by_rows: Data = {
        "id": "honours", "title": "荣誉", "kinds": list(kinds), "at_most": seed.choice((3, 6)), "rows": "h1",
        "matter": "matter", "level": "level", "points": {"national": 3, "city": 2, "county": 0.5}, "basis": OURS,
    }  # fmt: skip
    if seed.random() < 0.6:
        by_rows |= {"dated": "issued", "look_back": "2 years"}
    if seed.random() < 0.4:
        by_rows["where"] = 'level != "county"'
    entries = [by_rows]
    for number in range(seed.randint(0, 2)):
        about = list(kinds) if seed.random() < 0.6 else [seed.choice(kinds)]
        words = Words(seed, fields, about)
        entry: Data = {"id": f"bonus{number}", "title": f"加分{number}", "kinds": about, "at_most": 2}
        entry |= {"when": words.truth(), "points": seed.choice((1, 2, 3)), "basis": OURS}
        if seed.random() < 0.5:
            entry["evidence"] = [{"document": seed.choice(DOCUMENTS)}]
        entries.append(entry)
    return entries


def _waivers(seed: random.Random, targets: Sequence[str]) -> list[Data]:
    chosen = seed.sample(list(targets), k=min(len(targets), seed.randint(1, 4)))
    waiver: Data = {
        "id": "waiver1",
        "title": "豁免",
        "of": chosen,
        "by": "委员会",
        "for_at_most": "2 years",
        "basis": OURS,
    }
    return [waiver]


def _relations(seed: random.Random, kinds: Sequence[str], wish: Wish) -> list[Data]:
    uses = {"third_inspector": "{a.observer}{a.value}，{b.observer}{b.value}"}
    if wish.shared:
        uses |= {"same_number": "{number}，{b.unit}", "same_content": "{a.title}，{b.unit}"}
    found: list[Data] = []
    for use, say in uses.items():
        if seed.random() < 0.5:
            entry: Data = {"id": use, "use": use, "title": f"关系{use}", "kinds": list(kinds), "severity": "minor"}
            found.append({**entry, "say": say, "basis": OURS})
    return found
