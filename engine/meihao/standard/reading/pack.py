"""Reads the documents of a pack, whose shape was checked, and notes every problem of meaning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from ...core.problems import Problems, Source, errors
from ...core.text import hints
from ...expressions.names import children_table
from ...text_in.spot import Spot
from .. import messages as says
from ..model import Burden, Grade, Group, KindOfUnit, Line, Node, Pack, Register
from .criteria import addresses, dimension_order, read_dimension
from .desk import Book, Desk
from .fields import read_fields
from .links import check_links, mark_passes, waivable
from .rules import read_bonuses, read_processes, read_relations, read_rules, read_waivers, rule_addresses
from .theme import read_theme
from .tiers import read_profiles
from .values import value


class Documents(Struct, frozen=True):
    """The files of a pack, by what they hold."""

    pack: Spot
    fields: tuple[Spot, ...]
    criteria: tuple[Spot, ...]
    rules: tuple[Spot, ...]


def read_pack(documents: Documents, digest: str) -> tuple[Pack | None, Problems]:
    """Return the pack, or None where it has errors. Names are gathered first, so that files may use each other's."""
    desk = _desk(documents)
    by_kind = dimension_order(documents.criteria, documents.pack, desk)
    seen: dict[str, Source] = {}
    standards = tuple((kind, _root(kind, files, documents.pack, desk, seen)) for kind, files in by_kind.items())
    pack = _assemble(documents, desk, standards, digest)
    problems = (*desk.found, *check_links(pack))
    if errors(problems):
        return None, problems
    rules, late = mark_passes(pack.rules)
    return (None if late else replace(pack, rules=rules)), (*problems, *late)


def _desk(documents: Documents) -> Desk:
    """Return a desk whose book holds every name of the pack."""
    pack = documents.pack
    kinds = {name: spot.label() for name, spot in pack["kinds"].items()}
    grades = {grade.text("id"): grade.label() for grade in pack.each("grades")}
    groups = {name: spot.words("kinds") for name, spot in pack["groups"].items()}
    desk = Desk(
        Book(
            kinds=tuple(kinds),
            grades=tuple(grades),
            groups=groups,
            items=tuple(address for file in documents.criteria for address in addresses(file)),
            rules=tuple(rule_addresses(documents.rules)),
            children=children_table(kinds, grades),
            registers=tuple(register.id for register in _registers(pack)),
        )
    )
    desk = desk.with_fields(read_fields(documents.fields, desk))
    return desk.with_processes(read_processes(documents.rules, desk))


def _root(kind: str, files: Sequence[Spot], pack: Spot, desk: Desk, seen: dict[str, Source]) -> Node:
    """Return the root of a kind: its dimensions under the base."""
    spot = pack["kinds"].get(kind)
    return Node(
        id=kind,
        title=spot.label() if spot else KindOfUnit(kind, pack.label()).title,
        points=pack["score"].number("base"),
        children=tuple(read_dimension(file, desk, seen) for file in files),
        source=spot.key_source if spot else pack["kinds"].source,
    )


def _assemble(documents: Documents, desk: Desk, standards: tuple[tuple[str, Node], ...], digest: str) -> Pack:
    pack, files = documents.pack, documents.rules
    dimensions = {kind: tuple(node.id.rpartition(".")[2] for node in root.children) for kind, root in standards}
    numbers, score = pack["numbers"], pack["score"]
    profiles, default = read_profiles(files, desk, dimensions)
    grades, rules = _grades(pack, desk, dimensions), read_rules(files, desk)
    return Pack(
        id=pack.text("pack"),
        title=pack.label(),
        edition=pack.text("edition"),
        status=pack.text("status"),  # type: ignore[arg-type]  # one of the schema's enum
        issued_by=pack.text("issued_by"),
        notice=pack.label("notice"),
        kinds=tuple(KindOfUnit(name, spot.label()) for name, spot in pack["kinds"].items()),
        groups=_groups(pack, desk),
        fields=tuple(desk.book.fields.values()),
        standards=standards,
        rules=rules,
        relations=read_relations(files, desk),
        processes=tuple(desk.book.processes.values()),
        waivers=read_waivers(files, desk, waivable(rules, grades, dimensions)),
        bonuses=read_bonuses(files, desk),
        profiles=profiles,
        default_profile=default,
        grades=grades,
        pass_grade=desk.known(says.UNKNOWN_GRADE, "grade", pack["pass_grade"], desk.book.grades),
        item_places=numbers.whole("item_places"),
        display_places=numbers.whole("display_places", numbers.whole("item_places")),
        base=score.number("base"),
        bonus_at_most=score["bonus"].number("at_most") if "bonus" in score else 0,
        when_closed_zero=pack["missing_evidence"].text("when_closed") == "zero",
        burden=_burden(pack),
        digest=digest,
        source=pack["pack"].source,
        dress=read_theme(pack, desk),
        registers=_registers(pack),
    )


def _registers(pack: Spot) -> tuple[Register, ...]:
    if (registers := pack.get("registers")) is None:
        return ()
    return tuple(
        Register(name, spot.label(), spot.label("kept_by"), spot.key_source) for name, spot in registers.items()
    )


def _groups(pack: Spot, desk: Desk) -> tuple[Group, ...]:
    seen: dict[str, Source] = {}
    groups = []
    for name, spot in pack["groups"].items():
        for entry in spot.each("kinds"):
            kind = desk.known(says.UNKNOWN_KIND, "kind", entry, desk.book.kinds)
            if kind in seen:
                desk.say(says.KIND_IN_TWO_GROUPS, entry.source, kind=kind, first=seen[kind])
            seen.setdefault(kind, entry.source)
        groups.append(Group(name, spot.label(), spot.words("kinds")))
    return tuple(groups)


def _grades(pack: Spot, desk: Desk, dimensions: Mapping[str, tuple[str, ...]]) -> tuple[Grade, ...]:
    seen: dict[str, Source] = {}
    desk = desk.about(desk.book.kinds)
    grades = []
    for spot in pack.each("grades"):
        desk.new_id(spot.text("id"), spot["id"].source, seen)
        grades.append(Grade(spot.text("id"), spot.label(), _lines(spot, desk, dimensions)))
    return tuple(grades)


def _lines(grade: Spot, desk: Desk, dimensions: Mapping[str, tuple[str, ...]]) -> tuple[Line, ...]:
    lines: dict[str, Line] = {}
    for spot in grade.each("lines"):
        of, percent = spot.text("of"), "at_least_percent" in spot
        if of in lines:
            desk.say(says.LINE_TWICE, spot["of"].source, grade=grade.text("id"), of=of)
        if of.startswith("dimension."):
            _check_dimension(spot["of"], of.partition(".")[2], desk, dimensions)
        line = Line(of, of, value(spot["at_least_percent" if percent else "at_least"], desk), percent)
        lines.setdefault(of, line)
    return tuple(lines.values())


def _check_dimension(spot: Spot, name: str, desk: Desk, dimensions: Mapping[str, tuple[str, ...]]) -> None:
    for kind in desk.book.kinds:
        if name not in (names := dimensions.get(kind, ())):
            desk.say(says.UNKNOWN_DIMENSION, spot.source, kind=kind, dimension=name, **hints(name, names))


def _burden(pack: Spot) -> Burden | None:
    if (spot := pack.get("burden")) is None:
        return None
    return Burden(spot.whole("fields_at_most"), spot.whole("files_at_most"), spot.whole("minutes_at_most"))
