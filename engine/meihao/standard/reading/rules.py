"""Reads `rules/*.yaml` into rules, relations, processes, waivers and bonuses. `links` checks what they say of each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from ...core.problems import Source
from ...core.text import hints
from ...expressions.tree import Expr
from ...text_in.spot import Spot
from .. import messages as says
from ..model import Bonus, Effect, Field, Process, Relation, RowTest, Rule, RuleFamily, Waiver
from ..model.reads import findings_of
from .desk import Desk
from .measures import window
from .values import basis, document, documents, expression, kinds, parsed, where

FAMILIES: tuple[RuleFamily, ...] = ("eligibility", "vetoes", "checks")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}|([{}])")
_RELATION_WORDS: Mapping[str, tuple[str, ...]] = {
    "third_inspector": ("a.observer", "a.value", "b.observer", "b.value", "field", "tolerance"),
    "same_number": ("a.title", "a.unit", "b.title", "b.unit", "number"),
    "same_content": ("a.title", "a.unit", "b.title", "b.unit", "number"),
}


def rule_addresses(files: Sequence[Spot]) -> Iterator[str]:
    """Yield the address of every rule, before any is read."""
    for family in FAMILIES:
        for spot in _entries(files, family):
            yield f"{family}.{spot.text('id')}"


def _entries(files: Sequence[Spot], key: str) -> Iterator[Spot]:
    for file in files:
        yield from file.each(key)


def read_rules(files: Sequence[Spot], desk: Desk) -> tuple[Rule, ...]:
    """Return the rules of every family, in written order; `before_points` is set later, when all are known."""
    seen: dict[str, Source] = {}
    rules = []
    for family in FAMILIES:
        for spot in _entries(files, family):
            desk.new_id(f"{family}.{spot.text('id')}", spot["id"].source, seen)
            rules.append(_rule(spot, family, desk))
    return tuple(rules)


def _rule(spot: Spot, family: RuleFamily, desk: Desk) -> Rule:
    about = kinds(spot, desk)
    desk = desk.about(about)
    when, table = _when(spot["when"], desk)
    said = {k: v for key in ("say", "say_en") if key in spot for k, v in _say_values(spot[key], desk, table)}
    rule = Rule(
        id=f"{family}.{spot.text('id')}",
        family=family,
        title=spot.label(),
        kinds=about,
        when=when,
        effect=_effect(spot["effect"], about, desk),
        severity=spot.text("severity"),  # type: ignore[arg-type]  # one of the schema's enum
        unknown=spot.text("unknown"),  # type: ignore[arg-type]  # one of the schema's enum
        say=spot.label("say"),
        basis=basis(spot),
        waivable=spot.flag("waivable"),
        remedy=spot.label("remedy"),
        say_values=tuple(said.items()),
        source=spot["id"].source,
    )
    return replace(rule, reads=findings_of(rule))


def _when(spot: Spot, desk: Desk) -> tuple[Expr | RowTest, Field | None]:
    if isinstance(spot.data, str):
        return expression(spot, desk, "truth"), None
    table = desk.table(spot["any_row"])
    dated, look_back = window(spot, desk, table)
    return RowTest(spot.text("any_row"), where(spot, "where", desk, table), dated, look_back), table


def _effect(spot: Spot, about: tuple[str, ...], desk: Desk) -> Effect:
    if isinstance(spot.data, str):
        return Effect(spot.as_text())  # type: ignore[arg-type]  # one of the schema's enum
    name, target = next(iter(spot.items()))
    if name == "cap_grade":
        return Effect("cap_grade", desk.known(says.UNKNOWN_GRADE, "grade", target, desk.book.grades))
    item = desk.known(says.UNKNOWN_ITEM, "item", target, desk.book.items)
    check_item_kinds(item, about, target.source, desk)
    return Effect(name, item)  # type: ignore[arg-type]  # one of the schema's keys


def check_item_kinds(item: str, about: tuple[str, ...], source: Source, desk: Desk) -> None:
    """Note the kinds of a text that names an item which they do not have."""
    for kind in about:
        if item in desk.book.items and item.partition(".")[0] != kind:
            desk.say(says.ITEM_OF_OTHER_KIND, source, item=item, kind=kind)


def _say_values(spot: Spot, desk: Desk, table: Field | None) -> Iterator[tuple[str, Expr]]:
    """Yield the expressions in a sentence by their text; `{row.COLUMN}` must name a column of the tested table."""
    columns = [f"row.{column.id}" for column in table.columns] if table else []
    for found in _PLACEHOLDER.finditer(spot.as_text()):
        text = found[1]
        if text is None or (text.startswith("row.") and text not in columns):
            known = ", ".join(columns) or "{households}"
            desk.say(says.BAD_SAY, spot.source, text=found[0], known=known)
        elif not text.startswith("row.") and (expr := parsed(text, spot.source, desk, None)) is not None:
            yield text, expr


def read_relations(files: Sequence[Spot], desk: Desk) -> tuple[Relation, ...]:
    seen: dict[str, Source] = {}
    return tuple(_relation(spot, desk, seen) for spot in _entries(files, "relations"))


def _relation(spot: Spot, desk: Desk, seen: dict[str, Source]) -> Relation:
    desk.new_id(spot.text("id"), spot["id"].source, seen)
    known = _RELATION_WORDS[spot.text("use")]
    for key in ("say", "say_en"):
        for found in _PLACEHOLDER.finditer(spot.text(key)):
            if found[1] not in known:
                desk.say(says.BAD_SAY, spot[key].source, text=found[0], known=", ".join(known))
    return Relation(
        id=spot.text("id"),
        use=spot.text("use"),  # type: ignore[arg-type]  # one of the schema's enum
        title=spot.label(),
        kinds=kinds(spot, desk),
        severity=spot.text("severity"),  # type: ignore[arg-type]  # one of the schema's enum
        say=spot.label("say"),
        basis=basis(spot),
        source=spot["id"].source,
    )


def read_processes(files: Sequence[Spot], desk: Desk) -> Mapping[str, Process]:
    """Return the processes by id. The log is a table, the steps are its date columns."""
    seen: dict[str, Source] = {}
    found: dict[str, Process] = {}
    for file in files:
        for name, spot in file["processes"].items() if "processes" in file else ():
            desk.new_id(name, spot.key_source, seen)
            found.setdefault(name, _process(name, spot, desk))
    return found


def _process(name: str, spot: Spot, desk: Desk) -> Process:
    table = desk.table(spot["log"])
    steps = tuple(desk.column(table, entry, "date") for entry in spot.each("steps"))
    for move in spot.each("back"):
        for key in ("from", "to"):
            if (step := move.text(key)) not in steps:
                desk.say(says.UNKNOWN_STEP, move[key].source, process=name, step=step, **hints(step, steps))
    back = tuple((move.text("from"), move.text("to")) for move in spot.each("back"))
    return Process(name, spot.label(), spot.text("log"), steps, back, basis(spot), spot.key_source)


def read_waivers(files: Sequence[Spot], desk: Desk, targets: Mapping[str, bool]) -> tuple[Waiver, ...]:
    """Return the waivers; `targets` says of each rule and grade line whether it may be waived."""
    seen: dict[str, Source] = {}
    waivers = []
    for spot in _entries(files, "waivers"):
        waivers.append(_waiver(spot, desk, seen))
        for entry in spot.each("of"):
            if not targets.get(desk.known(says.UNKNOWN_WAIVER_TARGET, "target", entry, targets), True):
                desk.say(says.NOT_WAIVABLE, entry.source, rule=entry.as_text())
    return tuple(waivers)


def _waiver(spot: Spot, desk: Desk, seen: dict[str, Source]) -> Waiver:
    desk.new_id(spot.text("id"), spot["id"].source, seen)
    return Waiver(
        id=spot.text("id"),
        title=spot.label(),
        of=spot.words("of"),
        by=spot.text("by"),
        for_at_most=spot.duration("for_at_most"),
        needs=document(spot["needs"]) if "needs" in spot else None,
        basis=basis(spot),
        source=spot["id"].source,
    )


def read_bonuses(files: Sequence[Spot], desk: Desk) -> tuple[Bonus, ...]:
    seen: dict[str, Source] = {}
    return tuple(_bonus(spot, desk, seen) for spot in _entries(files, "bonus"))


def _bonus(spot: Spot, desk: Desk, seen: dict[str, Source]) -> Bonus:
    desk.new_id(spot.text("id"), spot["id"].source, seen)
    about = kinds(spot, desk)
    if "rows" in spot:
        return _bonus_by_rows(spot, about, desk.about(about))
    return Bonus(
        id=spot.text("id"),
        title=spot.label(),
        kinds=about,
        basis=basis(spot),
        at_most=spot.number("at_most"),
        when=expression(spot["when"], desk.about(about), "truth"),
        points=spot.number("points"),
        evidence=documents(spot),
        source=spot["id"].source,
    )


def _bonus_by_rows(spot: Spot, about: tuple[str, ...], desk: Desk) -> Bonus:
    table = desk.table(spot["rows"])
    dated, look_back = window(spot, desk, table)
    level = desk.column(table, spot["level"], "choice")
    _check_levels(spot["points"], table, level, desk)
    return Bonus(
        id=spot.text("id"),
        title=spot.label(),
        kinds=about,
        basis=basis(spot),
        at_most=spot.number("at_most"),
        rows=spot.text("rows"),
        matter=desk.column(table, spot["matter"]),
        level=level,
        by_level=tuple((name, points.as_number()) for name, points in spot["points"].items()),
        where=where(spot, "where", desk, table),
        dated=dated,
        look_back=look_back,
        evidence=documents(spot),
        source=spot["id"].source,
    )


def _check_levels(spot: Spot, table: Field | None, level: str, desk: Desk) -> None:
    column = table.column(level) if table else None
    if column is None or not column.options:
        return
    codes = tuple(code for code, _ in column.options)
    for code, points in spot.items():
        if code not in codes:
            desk.say(says.UNKNOWN_OPTION, points.key_source, field=level, value=code, **hints(code, codes))
