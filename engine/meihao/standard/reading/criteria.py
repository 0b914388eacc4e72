"""Reads `criteria/<kind>/<dimension>.yaml` into the dimension's tree of criteria."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from ...core.problems import Source
from ...core.text import hints
from ...text_in.spot import Spot
from .. import messages as says
from ..model import Criterion, Node, SharedCap
from ..model.reads import fields_of, items_of
from .desk import Desk
from .measures import read_sample
from .scores import read_part_measure, read_score
from .values import basis, documents, maybe


def addresses(file: Spot) -> Iterator[str]:
    """Yield the address of every criterion of a file, before anything of it is read."""
    yield from _addresses(file, ".".join(_identity(file)))


def _identity(file: Spot) -> tuple[str, str]:
    """Return the kind and the dimension of a file: its folder and its name, which what it says must repeat."""
    _, folder, name = file.document.file.split("/")
    return folder, name.removesuffix(".yaml")


def _addresses(spot: Spot, above: str) -> Iterator[str]:
    for entry in spot.each("criteria"):
        address = f"{above}.{entry.text('id')}"
        if "criteria" in entry:
            yield from _addresses(entry, address)
        else:
            yield address


def read_dimension(file: Spot, desk: Desk, seen: dict[str, Source]) -> Node:
    """Read one dimension; its kind and name must be those of the folder and the file."""
    kind, dimension = _identity(file)
    _check_identity(file, kind, dimension, desk)
    address = f"{kind}.{dimension}"
    desk.new_id(address, file["dimension"].source, seen)
    return _node(file, address, desk.about((kind,)), seen)


def _check_identity(file: Spot, kind: str, dimension: str, desk: Desk) -> None:
    if (said := file.text("kind")) != kind:
        desk.say(says.KIND_NOT_FOLDER, file["kind"].source, kind=said, folder=kind)
    desk.known(says.UNKNOWN_KIND, "kind", file["kind"], desk.book.kinds)
    if (said := file.text("dimension")) != dimension:
        desk.say(says.DIMENSION_NOT_FILE, file["dimension"].source, dimension=said, file=dimension)


def _node(spot: Spot, address: str, desk: Desk, seen: dict[str, Source]) -> Node:
    children = tuple(_child(entry, address, desk, seen) for entry in spot.each("criteria"))
    return Node(
        id=address,
        title=spot.label(),
        points=spot.number("points"),
        children=children,
        aggregate=spot.text("aggregate", "sum"),  # type: ignore[arg-type]  # one of the schema's enum
        weight=spot.number("weight", 1),
        shared_caps=_caps(spot, address, tuple(child.id for child in children), desk),
        source=spot.get("id").source if "id" in spot else spot["dimension"].source,  # type: ignore[union-attr]
    )


def _child(spot: Spot, above: str, desk: Desk, seen: dict[str, Source]) -> Node | Criterion:
    address = f"{above}.{spot.text('id')}"
    desk.new_id(address, spot["id"].source, seen)
    if "criteria" in spot:
        return _node(spot, address, desk, seen)
    return _criterion(spot, address, desk)


def _caps(spot: Spot, address: str, children: Sequence[str], desk: Desk) -> tuple[SharedCap, ...]:
    """Read shared caps; items are named by their own id or by the whole address."""
    return tuple(
        SharedCap(
            tuple(_member(entry, address, children, desk) for entry in cap.each("of")),
            cap.number("gain_at_most") if "gain_at_most" in cap else None,
            cap.number("lose_at_most") if "lose_at_most" in cap else None,
        )
        for cap in spot.each("shared_caps")
    )


def _member(spot: Spot, address: str, children: Sequence[str], desk: Desk) -> str:
    name = spot.as_text()
    whole = name if name in children else f"{address}.{name}"
    if whole not in children:
        short = [child.removeprefix(address + ".") for child in children]
        desk.say(says.UNKNOWN_MEMBER, spot.source, item=name, node=address, **hints(name, short))
    return whole


def _criterion(spot: Spot, address: str, desk: Desk) -> Criterion:
    measure = spot.get("measure")
    item = Criterion(
        id=address,
        title=spot.label(),
        points=spot.number("points"),
        score=read_score(spot["score"], measure, desk),
        asks=_asks(spot, desk),
        basis=basis(spot),
        measure=read_part_measure(measure, desk),
        sample=read_sample(measure, desk),
        applies_when=maybe(spot, "applies_when", desk, "truth"),
        not_applicable=spot.text("not_applicable", "reweight"),  # type: ignore[arg-type]  # one of the schema's enum
        exempt_when=maybe(spot, "exempt_when", desk, "truth"),
        zero_when=maybe(spot, "zero_when", desk, "truth"),
        uncapped=spot.flag("uncapped"),
        unfloored=spot.flag("unfloored"),
        weight=spot.number("weight", 1),
        evidence=documents(spot),
        checked_by=spot.words("checked_by"),
        clause=spot.text("clause"),
        remedy=spot.label("remedy"),
        aliases=spot.words("aliases"),
        looks=spot.whole("looks"),
        source=spot["id"].source,
    )
    _check_asks(item, spot, desk)
    return replace(item, reads=items_of(item))


def _check_asks(item: Criterion, spot: Spot, desk: Desk) -> None:
    """Note fields that are read but not asked, and the other way round."""
    read = fields_of(item, desk.book.processes)
    for name in read:
        if name in desk.book.fields and name not in item.asks:
            desk.say(says.READ_NOT_ASKED, spot["asks"].key_source, field=name)
    for entry in spot.each("asks"):
        if entry.as_text() in desk.book.fields and entry.as_text() not in read:
            desk.say(says.ASKED_NOT_READ, entry.source, field=entry.as_text())


def _asks(spot: Spot, desk: Desk) -> tuple[str, ...]:
    for entry in spot.each("asks"):
        desk.field(entry)
    return spot.words("asks")


def dimension_order(files: Sequence[Spot], pack: Spot, desk: Desk) -> Mapping[str, tuple[Spot, ...]]:
    """Return the dimension files of each kind: as `dimensions:` of pack.yaml lists them, else by file name."""
    by_kind: dict[str, dict[str, Spot]] = {kind: {} for kind in desk.book.kinds}
    for file in files:
        kind, dimension = _identity(file)
        by_kind.setdefault(kind, {})[dimension] = file
    listed = pack.get("dimensions")
    for kind, spot in listed.items() if listed else ():
        by_kind[kind] = _listed(kind, spot, by_kind.get(kind, {}), desk)
    return {kind: tuple(found.values()) for kind, found in by_kind.items()}


def _listed(kind: str, spot: Spot, found: Mapping[str, Spot], desk: Desk) -> dict[str, Spot]:
    if kind not in desk.book.kinds:
        desk.say(says.UNKNOWN_KIND, spot.key_source, kind=kind, **hints(kind, desk.book.kinds))
        return dict(found)
    for entry in spot.entries():
        if entry.as_text() not in found:
            desk.say(says.NO_SUCH_FILE, entry.source, kind=kind, dimension=entry.as_text())
    names = [entry.as_text() for entry in spot.entries()]
    for name in found:
        if name not in names:
            desk.say(says.NOT_LISTED, spot.key_source, kind=kind, dimension=name)
    return {name: found[name] for name in (*names, *found) if name in found}
