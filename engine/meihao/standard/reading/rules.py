"""Reads `rules/*.yaml` into rules, relations, processes, waivers and bonuses. `links` checks what they say of each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from ...core.problems import Source
from ...core.text import hints
from ...expressions.tree import Expr
from ...methods import messages as unfit
from ...methods.documents import document, documents
from ...methods.reader import PackReader
from ...text_in.yaml_value import YamlValue
from .. import messages as says
from ..model import Bonus, Effect, Field, Process, Relation, RowTest, Rule, RuleFamily, Waiver
from ..model.reads import findings_of
from .values import basis, kinds

FAMILIES: tuple[RuleFamily, ...] = ("eligibility", "vetoes", "checks")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}|([{}])")
_RELATION_WORDS: Mapping[str, tuple[str, ...]] = {
    "third_inspector": ("a.observer", "a.value", "b.observer", "b.value", "field", "tolerance"),
    "same_number": ("a.title", "a.unit", "b.title", "b.unit", "number"),
    "same_content": ("a.title", "a.unit", "b.title", "b.unit", "number"),
}


def rule_addresses(files: Sequence[YamlValue]) -> Iterator[str]:
    """Yield the address of every rule, before any is read."""
    for family in FAMILIES:
        for written in _entries(files, family):
            yield f"{family}.{written.text('id')}"


def _entries(files: Sequence[YamlValue], key: str) -> Iterator[YamlValue]:
    for file in files:
        yield from file.each(key)


def read_rules(files: Sequence[YamlValue], reader: PackReader) -> tuple[Rule, ...]:
    """Return the rules of every family, in written order; `before_points` is set later, when all are known."""
    seen: dict[str, Source] = {}
    rules = []
    for family in FAMILIES:
        for written in _entries(files, family):
            reader.new_id(f"{family}.{written.text('id')}", written["id"].source, seen)
            rules.append(_rule(written, family, reader))
    return tuple(rules)


def _rule(written: YamlValue, family: RuleFamily, reader: PackReader) -> Rule:
    about = kinds(written, reader)
    reader = reader.about(about)
    when, table = _when(written["when"], reader)
    said = {k: v for key in ("say", "say_en") if key in written for k, v in _say_values(written[key], reader, table)}
    rule = Rule(
        id=f"{family}.{written.text('id')}",
        family=family,
        title=written.label(),
        kinds=about,
        when=when,
        effect=_effect(written["effect"], about, reader),
        severity=written.text("severity"),  # type: ignore[arg-type]  # one of the schema's enum
        unknown=written.text("unknown"),  # type: ignore[arg-type]  # one of the schema's enum
        say=written.label("say"),
        basis=basis(written),
        waivable=written.flag("waivable"),
        remedy=written.label("remedy"),
        say_values=tuple(said.items()),
        source=written["id"].source,
    )
    return replace(rule, reads=findings_of(rule))


def _when(written: YamlValue, reader: PackReader) -> tuple[Expr | RowTest, Field | None]:
    if isinstance(written.data, str):
        return reader.expression(written, "truth"), None
    table = reader.table(written["any_row"])
    dated, look_back = reader.window(written, table)
    return RowTest(written.text("any_row"), reader.where(written, "where", table), dated, look_back), table


def _effect(written: YamlValue, about: tuple[str, ...], reader: PackReader) -> Effect:
    if isinstance(written.data, str):
        return Effect(written.as_text())  # type: ignore[arg-type]  # one of the schema's enum
    name, target = next(iter(written.items()))
    if name == "cap_grade":
        return Effect("cap_grade", reader.known(says.UNKNOWN_GRADE, "grade", target, reader.names.grades))
    item = reader.known(says.UNKNOWN_ITEM, "item", target, reader.names.items)
    check_item_kinds(item, about, target.source, reader)
    return Effect(name, item)  # type: ignore[arg-type]  # one of the schema's keys


def check_item_kinds(item: str, about: tuple[str, ...], source: Source, reader: PackReader) -> None:
    """Note the kinds of a text that names an item which they do not have."""
    for kind in about:
        if item in reader.names.items and item.partition(".")[0] != kind:
            reader.say(says.ITEM_OF_OTHER_KIND, source, item=item, kind=kind)


def _say_values(written: YamlValue, reader: PackReader, table: Field | None) -> Iterator[tuple[str, Expr]]:
    """Yield the expressions in a sentence by their text; `{row.COLUMN}` must name a column of the tested table."""
    columns = [f"row.{column.id}" for column in table.columns] if table else []
    for found in _PLACEHOLDER.finditer(written.as_text()):
        text = found[1]
        if text is None or (text.startswith("row.") and text not in columns):
            known = ", ".join(columns) or "{households}"
            reader.say(says.BAD_SAY, written.source, text=found[0], known=known)
        elif not text.startswith("row.") and (expr := reader.parsed(text, written.source, None)) is not None:
            yield text, expr


def read_relations(files: Sequence[YamlValue], reader: PackReader) -> tuple[Relation, ...]:
    seen: dict[str, Source] = {}
    return tuple(_relation(written, reader, seen) for written in _entries(files, "relations"))


def _relation(written: YamlValue, reader: PackReader, seen: dict[str, Source]) -> Relation:
    reader.new_id(written.text("id"), written["id"].source, seen)
    known = _RELATION_WORDS[written.text("use")]
    for key in ("say", "say_en"):
        for found in _PLACEHOLDER.finditer(written.text(key)):
            if found[1] not in known:
                reader.say(says.BAD_SAY, written[key].source, text=found[0], known=", ".join(known))
    return Relation(
        id=written.text("id"),
        use=written.text("use"),  # type: ignore[arg-type]  # one of the schema's enum
        title=written.label(),
        kinds=kinds(written, reader),
        severity=written.text("severity"),  # type: ignore[arg-type]  # one of the schema's enum
        say=written.label("say"),
        basis=basis(written),
        source=written["id"].source,
    )


def read_processes(files: Sequence[YamlValue], reader: PackReader) -> Mapping[str, Process]:
    """Return the processes by id. The log is a table, the steps are its date columns."""
    seen: dict[str, Source] = {}
    found: dict[str, Process] = {}
    for file in files:
        for name, written in file["processes"].items() if "processes" in file else ():
            reader.new_id(name, written.key_source, seen)
            found.setdefault(name, _process(name, written, reader))
    return found


def _process(name: str, written: YamlValue, reader: PackReader) -> Process:
    table = reader.table(written["log"])
    steps = tuple(reader.column(table, entry, "date") for entry in written.each("steps"))
    for move in written.each("back"):
        for key in ("from", "to"):
            if (step := move.text(key)) not in steps:
                reader.say(unfit.UNKNOWN_STEP, move[key].source, process=name, step=step, **hints(step, steps))
    back = tuple((move.text("from"), move.text("to")) for move in written.each("back"))
    return Process(name, written.label(), written.text("log"), steps, back, basis(written), written.key_source)


def read_waivers(files: Sequence[YamlValue], reader: PackReader, targets: Mapping[str, bool]) -> tuple[Waiver, ...]:
    """Return the waivers; `targets` says of each rule and grade line whether it may be waived."""
    seen: dict[str, Source] = {}
    waivers = []
    for written in _entries(files, "waivers"):
        waivers.append(_waiver(written, reader, seen))
        for entry in written.each("of"):
            if not targets.get(reader.known(says.UNKNOWN_WAIVER_TARGET, "target", entry, targets), True):
                reader.say(says.NOT_WAIVABLE, entry.source, rule=entry.as_text())
    return tuple(waivers)


def _waiver(written: YamlValue, reader: PackReader, seen: dict[str, Source]) -> Waiver:
    reader.new_id(written.text("id"), written["id"].source, seen)
    return Waiver(
        id=written.text("id"),
        title=written.label(),
        of=written.words("of"),
        by=written.text("by"),
        for_at_most=written.duration("for_at_most"),
        needs=document(written["needs"]) if "needs" in written else None,
        basis=basis(written),
        source=written["id"].source,
    )


def read_bonuses(files: Sequence[YamlValue], reader: PackReader) -> tuple[Bonus, ...]:
    seen: dict[str, Source] = {}
    return tuple(_bonus(written, reader, seen) for written in _entries(files, "bonus"))


def _bonus(written: YamlValue, reader: PackReader, seen: dict[str, Source]) -> Bonus:
    reader.new_id(written.text("id"), written["id"].source, seen)
    about = kinds(written, reader)
    if "rows" in written:
        return _bonus_by_rows(written, about, reader.about(about))
    return Bonus(
        id=written.text("id"),
        title=written.label(),
        kinds=about,
        basis=basis(written),
        at_most=written.number("at_most"),
        when=reader.about(about).expression(written["when"], "truth"),
        points=written.number("points"),
        evidence=documents(written),
        source=written["id"].source,
    )


def _bonus_by_rows(written: YamlValue, about: tuple[str, ...], reader: PackReader) -> Bonus:
    table = reader.table(written["rows"])
    dated, look_back = reader.window(written, table)
    level = reader.column(table, written["level"], "choice")
    _check_levels(written["points"], table, level, reader)
    return Bonus(
        id=written.text("id"),
        title=written.label(),
        kinds=about,
        basis=basis(written),
        at_most=written.number("at_most"),
        rows=written.text("rows"),
        matter=reader.column(table, written["matter"]),
        level=level,
        by_level=tuple((name, points.as_number()) for name, points in written["points"].items()),
        where=reader.where(written, "where", table),
        dated=dated,
        look_back=look_back,
        evidence=documents(written),
        source=written["id"].source,
    )


def _check_levels(written: YamlValue, table: Field | None, level: str, reader: PackReader) -> None:
    column = table.column(level) if table else None
    if column is None or not column.options:
        return
    codes = tuple(code for code, _ in column.options)
    for code, points in written.items():
        if code not in codes:
            reader.say(unfit.UNKNOWN_OPTION, points.key_source, field=level, value=code, **hints(code, codes))
