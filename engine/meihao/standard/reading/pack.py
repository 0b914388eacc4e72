"""Reads the documents of a pack, whose shape was checked, and notes every problem of meaning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from ...core.problems import Problems, Source, errors
from ...core.text import hints
from ...expressions.names import children_table
from ...methods.reader import PackNames, PackReader
from ...text_in.yaml_value import YamlValue
from .. import messages as says
from ..model import Burden, Grade, GradeLine, Group, KindOfUnit, Node, Pack, Register
from .criteria import addresses, dimension_order, read_dimension
from .fields import read_fields
from .links import check_links, mark_passes, waivable
from .rules import read_bonuses, read_processes, read_relations, read_rules, read_waivers, rule_addresses
from .theme import read_theme
from .tiers import read_profiles


class Documents(Struct, frozen=True):
    """The files of a pack, by what they hold."""

    pack: YamlValue
    fields: tuple[YamlValue, ...]
    criteria: tuple[YamlValue, ...]
    rules: tuple[YamlValue, ...]


def read_pack(documents: Documents, digest: str) -> tuple[Pack | None, Problems]:
    """Return the pack, or None where it has errors. Names are gathered first, so that files may use each other's."""
    reader = _desk(documents)
    by_kind = dimension_order(documents.criteria, documents.pack, reader)
    seen: dict[str, Source] = {}
    standards = tuple((kind, _root(kind, files, documents.pack, reader, seen)) for kind, files in by_kind.items())
    pack = _assemble(documents, reader, standards, digest)
    problems = (*reader.found, *check_links(pack))
    if errors(problems):
        return None, problems
    rules, late = mark_passes(pack.rules)
    return (None if late else replace(pack, rules=rules)), (*problems, *late)


def _desk(documents: Documents) -> PackReader:
    """Return a reader that knows every name of the pack."""
    pack = documents.pack
    kinds = {name: written.label() for name, written in pack["kinds"].items()}
    grades = {grade.text("id"): grade.label() for grade in pack.each("grades")}
    groups = {name: written.words("kinds") for name, written in pack["groups"].items()}
    reader = PackReader(
        PackNames(
            kinds=tuple(kinds),
            grades=tuple(grades),
            groups=groups,
            items=tuple(address for file in documents.criteria for address in addresses(file)),
            rules=tuple(rule_addresses(documents.rules)),
            children=children_table(kinds, grades),
            registers=tuple(register.id for register in _registers(pack)),
        )
    )
    reader = reader.with_fields(read_fields(documents.fields, reader))
    return reader.with_processes(read_processes(documents.rules, reader))


def _root(kind: str, files: Sequence[YamlValue], pack: YamlValue, reader: PackReader, seen: dict[str, Source]) -> Node:
    """Return the root of a kind: its dimensions under the base."""
    written = pack["kinds"].get(kind)
    return Node(
        id=kind,
        title=written.label() if written else KindOfUnit(kind, pack.label()).title,
        points=pack["score"].number("base"),
        children=tuple(read_dimension(file, reader, seen) for file in files),
        source=written.key_source if written else pack["kinds"].source,
    )


def _assemble(documents: Documents, reader: PackReader, standards: tuple[tuple[str, Node], ...], digest: str) -> Pack:
    pack, files = documents.pack, documents.rules
    dimensions = {kind: tuple(node.id.rpartition(".")[2] for node in root.children) for kind, root in standards}
    numbers, score = pack["numbers"], pack["score"]
    profiles, default = read_profiles(files, reader, dimensions)
    grades, rules = _grades(pack, reader, dimensions), read_rules(files, reader)
    return Pack(
        id=pack.text("pack"),
        title=pack.label(),
        edition=pack.text("edition"),
        status=pack.text("status"),  # type: ignore[arg-type]  # one of the schema's enum
        issued_by=pack.text("issued_by"),
        notice=pack.label("notice"),
        kinds=tuple(KindOfUnit(name, written.label()) for name, written in pack["kinds"].items()),
        groups=_groups(pack, reader),
        fields=tuple(reader.names.fields.values()),
        standards=standards,
        rules=rules,
        relations=read_relations(files, reader),
        processes=tuple(reader.names.processes.values()),
        waivers=read_waivers(files, reader, waivable(rules, grades, dimensions)),
        bonuses=read_bonuses(files, reader),
        profiles=profiles,
        default_profile=default,
        grades=grades,
        pass_grade=reader.known(says.UNKNOWN_GRADE, "grade", pack["pass_grade"], reader.names.grades),
        item_places=numbers.whole("item_places"),
        display_places=numbers.whole("display_places", numbers.whole("item_places")),
        base=score.number("base"),
        bonus_at_most=score["bonus"].number("at_most") if "bonus" in score else 0,
        when_closed_zero=pack["missing_evidence"].text("when_closed") == "zero",
        burden=_burden(pack),
        digest=digest,
        source=pack["pack"].source,
        dress=read_theme(pack, reader),
        registers=_registers(pack),
    )


def _registers(pack: YamlValue) -> tuple[Register, ...]:
    if (registers := pack.get("registers")) is None:
        return ()
    return tuple(
        Register(name, written.label(), written.label("kept_by"), written.key_source)
        for name, written in registers.items()
    )


def _groups(pack: YamlValue, reader: PackReader) -> tuple[Group, ...]:
    seen: dict[str, Source] = {}
    groups = []
    for name, written in pack["groups"].items():
        for entry in written.each("kinds"):
            kind = reader.known(says.UNKNOWN_KIND, "kind", entry, reader.names.kinds)
            if kind in seen:
                reader.say(says.KIND_IN_TWO_GROUPS, entry.source, kind=kind, first=seen[kind])
            seen.setdefault(kind, entry.source)
        groups.append(Group(name, written.label(), written.words("kinds")))
    return tuple(groups)


def _grades(pack: YamlValue, reader: PackReader, dimensions: Mapping[str, tuple[str, ...]]) -> tuple[Grade, ...]:
    seen: dict[str, Source] = {}
    reader = reader.about(reader.names.kinds)
    grades = []
    for written in pack.each("grades"):
        reader.new_id(written.text("id"), written["id"].source, seen)
        grades.append(Grade(written.text("id"), written.label(), _lines(written, reader, dimensions)))
    return tuple(grades)


def _lines(grade: YamlValue, reader: PackReader, dimensions: Mapping[str, tuple[str, ...]]) -> tuple[GradeLine, ...]:
    lines: dict[str, GradeLine] = {}
    for written in grade.each("lines"):
        of, percent = written.text("of"), "at_least_percent" in written
        if of in lines:
            reader.say(says.LINE_TWICE, written["of"].source, grade=grade.text("id"), of=of)
        if of.startswith("dimension."):
            _check_dimension(written["of"], of.partition(".")[2], reader, dimensions)
        line = GradeLine(of, of, reader.value(written["at_least_percent" if percent else "at_least"]), percent)
        lines.setdefault(of, line)
    return tuple(lines.values())


def _check_dimension(
    written: YamlValue, name: str, reader: PackReader, dimensions: Mapping[str, tuple[str, ...]]
) -> None:
    for kind in reader.names.kinds:
        if name not in (names := dimensions.get(kind, ())):
            reader.say(says.UNKNOWN_DIMENSION, written.source, kind=kind, dimension=name, **hints(name, names))


def _burden(pack: YamlValue) -> Burden | None:
    if (written := pack.get("burden")) is None:
        return None
    return Burden(written.whole("fields_at_most"), written.whole("files_at_most"), written.whole("minutes_at_most"))
