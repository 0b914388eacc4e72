"""Reads `criteria/<kind>/<dimension>.yaml` into the dimension's tree of criteria."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from ...core.problems import Source
from ...core.text import hints
from ...methods.documents import documents
from ...methods.menu import read_aggregate, read_measure, read_score
from ...methods.reader import PackReader
from ...methods.sample import read_sample
from ...text_in.yaml_value import YamlValue
from .. import messages as says
from ..model import Criterion, Node, SharedCap
from ..model.reads import fields_of, items_of
from .values import basis


def addresses(file: YamlValue) -> Iterator[str]:
    """Yield the address of every criterion of a file, before anything of it is read."""
    yield from _addresses(file, ".".join(_identity(file)))


def _identity(file: YamlValue) -> tuple[str, str]:
    """Return the kind and the dimension of a file: its folder and its name, which what it says must repeat."""
    _, folder, name = file.document.file.split("/")
    return folder, name.removesuffix(".yaml")


def _addresses(written: YamlValue, above: str) -> Iterator[str]:
    for entry in written.each("criteria"):
        address = f"{above}.{entry.text('id')}"
        if "criteria" in entry:
            yield from _addresses(entry, address)
        else:
            yield address


def read_dimension(file: YamlValue, reader: PackReader, seen: dict[str, Source]) -> Node:
    """Read one dimension; its kind and name must be those of the folder and the file."""
    kind, dimension = _identity(file)
    _check_identity(file, kind, dimension, reader)
    address = f"{kind}.{dimension}"
    reader.new_id(address, file["dimension"].source, seen)
    return _node(file, address, reader.about((kind,)), seen)


def _check_identity(file: YamlValue, kind: str, dimension: str, reader: PackReader) -> None:
    if (said := file.text("kind")) != kind:
        reader.say(says.KIND_NOT_FOLDER, file["kind"].source, kind=said, folder=kind)
    reader.known(says.UNKNOWN_KIND, "kind", file["kind"], reader.names.kinds)
    if (said := file.text("dimension")) != dimension:
        reader.say(says.DIMENSION_NOT_FILE, file["dimension"].source, dimension=said, file=dimension)


def _node(written: YamlValue, address: str, reader: PackReader, seen: dict[str, Source]) -> Node:
    children = tuple(_child(entry, address, reader, seen) for entry in written.each("criteria"))
    return Node(
        id=address,
        title=written.label(),
        points=written.number("points"),
        children=children,
        aggregate=read_aggregate(written),
        weight=written.number("weight", 1),
        shared_caps=_caps(written, address, tuple(child.id for child in children), reader),
        source=written.get("id").source if "id" in written else written["dimension"].source,  # type: ignore[union-attr]
    )


def _child(written: YamlValue, above: str, reader: PackReader, seen: dict[str, Source]) -> Node | Criterion:
    address = f"{above}.{written.text('id')}"
    reader.new_id(address, written["id"].source, seen)
    if "criteria" in written:
        return _node(written, address, reader, seen)
    return _criterion(written, address, reader)


def _caps(written: YamlValue, address: str, children: Sequence[str], reader: PackReader) -> tuple[SharedCap, ...]:
    """Read shared caps; items are named by their own id or by the whole address."""
    return tuple(
        SharedCap(
            tuple(_member(entry, address, children, reader) for entry in cap.each("of")),
            cap.number("gain_at_most") if "gain_at_most" in cap else None,
            cap.number("lose_at_most") if "lose_at_most" in cap else None,
        )
        for cap in written.each("shared_caps")
    )


def _member(written: YamlValue, address: str, children: Sequence[str], reader: PackReader) -> str:
    name = written.as_text()
    whole = name if name in children else f"{address}.{name}"
    if whole not in children:
        short = [child.removeprefix(address + ".") for child in children]
        reader.say(says.UNKNOWN_MEMBER, written.source, item=name, node=address, **hints(name, short))
    return whole


def _criterion(written: YamlValue, address: str, reader: PackReader) -> Criterion:
    measure = written.get("measure")
    item = Criterion(
        id=address,
        title=written.label(),
        points=written.number("points"),
        score=read_score(written["score"], measure, reader),
        asks=_asks(written, reader),
        basis=basis(written),
        measure=read_measure(measure, reader) if measure else None,
        sample=read_sample(measure, reader),
        applies_when=reader.maybe(written, "applies_when", "truth"),
        not_applicable=written.text("not_applicable", "reweight"),  # type: ignore[arg-type]  # one of the schema's enum
        exempt_when=reader.maybe(written, "exempt_when", "truth"),
        zero_when=reader.maybe(written, "zero_when", "truth"),
        uncapped=written.flag("uncapped"),
        unfloored=written.flag("unfloored"),
        weight=written.number("weight", 1),
        evidence=documents(written),
        checked_by=written.words("checked_by"),
        clause=written.text("clause"),
        remedy=written.label("remedy"),
        aliases=written.words("aliases"),
        looks=written.whole("looks"),
        source=written["id"].source,
    )
    _check_asks(item, written, reader)
    return replace(item, reads=items_of(item))


def _check_asks(item: Criterion, written: YamlValue, reader: PackReader) -> None:
    """Note fields that are read but not asked, and the other way round."""
    read = fields_of(item, reader.names.processes)
    for name in read:
        if name in reader.names.fields and name not in item.asks:
            reader.say(says.READ_NOT_ASKED, written["asks"].key_source, field=name)
    for entry in written.each("asks"):
        if entry.as_text() in reader.names.fields and entry.as_text() not in read:
            reader.say(says.ASKED_NOT_READ, entry.source, field=entry.as_text())


def _asks(written: YamlValue, reader: PackReader) -> tuple[str, ...]:
    for entry in written.each("asks"):
        reader.field(entry)
    return written.words("asks")


def dimension_order(
    files: Sequence[YamlValue], pack: YamlValue, reader: PackReader
) -> Mapping[str, tuple[YamlValue, ...]]:
    """Return the dimension files of each kind: as `dimensions:` of pack.yaml lists them, else by file name."""
    by_kind: dict[str, dict[str, YamlValue]] = {kind: {} for kind in reader.names.kinds}
    for file in files:
        kind, dimension = _identity(file)
        by_kind.setdefault(kind, {})[dimension] = file
    listed = pack.get("dimensions")
    for kind, written in listed.items() if listed else ():
        by_kind[kind] = _listed(kind, written, by_kind.get(kind, {}), reader)
    return {kind: tuple(found.values()) for kind, found in by_kind.items()}


def _listed(kind: str, written: YamlValue, found: Mapping[str, YamlValue], reader: PackReader) -> dict[str, YamlValue]:
    if kind not in reader.names.kinds:
        reader.say(says.UNKNOWN_KIND, written.key_source, kind=kind, **hints(kind, reader.names.kinds))
        return dict(found)
    for entry in written.entries():
        if entry.as_text() not in found:
            reader.say(says.NO_SUCH_FILE, entry.source, kind=kind, dimension=entry.as_text())
    names = [entry.as_text() for entry in written.entries()]
    for name in found:
        if name not in names:
            reader.say(says.NOT_LISTED, written.key_source, kind=kind, dimension=name)
    return {name: found[name] for name in (*names, *found) if name in found}
