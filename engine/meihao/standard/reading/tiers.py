"""Reads `default:` and `profiles:` of `rules/*.yaml` into the profiles of ranking and tiers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ...core.problems import Source
from ...core.text import hints
from ...methods.reader import PackReader
from ...text_in.yaml_value import YamlValue
from .. import messages as says
from ..model import Ceiling, Profile, Seats, TieKey, Tier
from .values import basis

_HIGHER = re.compile(r"(total|base|bonus)|percent_of\(\s*dimension\.([a-z][a-z0-9_]*)\s*\)")
_FEWER = re.compile(r"findings\(\s*(major|minor)\s*\)")
Dimensions = Mapping[str, tuple[str, ...]]


def read_profiles(
    files: Sequence[YamlValue], reader: PackReader, dimensions: Dimensions
) -> tuple[tuple[Profile, ...], str]:
    """Return the profiles and the id of the default one. `dimensions` are the names of each kind's dimensions."""
    seen: dict[str, Source] = {}
    profiles: list[Profile] = []
    for file in files:
        for name, written in file["profiles"].items() if "profiles" in file else ():
            reader.new_id(name, written.key_source, seen)
            profiles.append(_profile(name, written, reader, dimensions))
    return tuple(profiles), _default(files, [profile.id for profile in profiles], seen, reader)


def _default(files: Sequence[YamlValue], names: Sequence[str], places: Mapping[str, Source], reader: PackReader) -> str:
    found = [file["default"] for file in files if "default" in file]
    for written in found:
        reader.known(says.UNKNOWN_PROFILE, "profile", written, names)
    for written in found[1:]:
        reader.say(says.WRONG_FILE, written.key_source, key="default", first=found[0].key_source)
    if names and not found:
        reader.say(says.NO_PROFILES, places[names[0]])
    return found[0].as_text() if found else ""


def _profile(name: str, written: YamlValue, reader: PackReader, dimensions: Dimensions) -> Profile:
    lists = tuple(
        reader.known(says.UNKNOWN_GROUP, "group", entry, reader.names.groups) for entry in written.each("lists")
    )
    kinds = [kind for group in lists for kind in reader.names.groups.get(group, ()) if kind in reader.names.kinds]
    order, seen = written["order"], dict[str, Source]()
    return Profile(
        id=name,
        title=written.label(),
        lists=lists,
        by=order.text("by"),  # type: ignore[arg-type]  # one of the schema's enum
        ties=tuple(
            _tie(entry, reader, {kind: dimensions.get(kind, ()) for kind in kinds}) for entry in order.each("ties")
        ),
        still_tied=order.text("still_tied"),  # type: ignore[arg-type]  # one of the schema's enum
        tiers=tuple(_tier(entry, lists, reader, seen) for entry in written.each("tiers")),
        reserve=written.whole("reserve"),
        basis=basis(written),
        nested=written.flag("nested", True),
        source=written.key_source,
    )


def _tie(written: YamlValue, reader: PackReader, dimensions: Dimensions) -> TieKey:
    """Read `{higher: percent_of(dimension.satisfaction)}`; the dimension must exist in every kind of the profile's lists."""
    direction, figure = next(iter(written.items()))
    text = figure.as_text()
    if direction == "fewer" and (found := _FEWER.fullmatch(text)):
        return TieKey("fewer", "findings", found[1])
    if direction == "higher" and (found := _HIGHER.fullmatch(text)):
        if found[1]:
            return TieKey("higher", found[1])  # type: ignore[arg-type]  # one of the pattern's words
        for kind, names in dimensions.items():
            if found[2] not in names:
                reader.say(
                    says.UNKNOWN_DIMENSION, figure.source, kind=kind, dimension=found[2], **hints(found[2], names)
                )
        return TieKey("higher", "percent_of", f"dimension.{found[2]}")
    reader.say(says.BAD_TIE, figure.source, text=text)
    return TieKey("higher", "total")


def _tier(written: YamlValue, lists: Sequence[str], reader: PackReader, seen: dict[str, Source]) -> Tier:
    reader.new_id(written.text("id"), written["id"].source, seen)
    pending = written.label("pending")
    requires = (
        reader.known(says.UNKNOWN_GRADE, "grade", written["requires"], reader.names.grades)
        if "requires" in written
        else ""
    )
    return Tier(
        id=written.text("id"),
        title=written.label(),
        requires=requires,
        places=written.whole("places"),
        seats=_seats(written.get("regions")),
        ceilings=tuple(Ceiling(entry.text("level"), entry.whole("at_most")) for entry in written.each("ceilings")),
        confirmed_by=written.text("confirmed_by"),
        lists=tuple(reader.known(says.UNKNOWN_GROUP, "group", entry, lists) for entry in written.each("lists")),
        pending=pending,
    )


def _seats(written: YamlValue | None) -> tuple[Seats, ...]:
    if written is None:
        return ()
    entries = written.entries() if isinstance(written.data, list) else (written,)
    return tuple(
        Seats(
            level=entry.text("level"),
            allot=entry.text("allot"),  # type: ignore[arg-type]  # one of the schema's enum
            in_proportion_to=entry.text("in_proportion_to"),  # type: ignore[arg-type]  # one of the schema's enum
            at_least=entry.whole("at_least"),
            at_most=entry.whole("at_most") if "at_most" in entry else None,
            unused=entry.text("unused", "empty"),  # type: ignore[arg-type]  # one of the schema's enum
            each=entry.whole("each"),
        )
        for entry in entries
    )
