"""Reads `default:` and `profiles:` of `rules/*.yaml` into the profiles of ranking and tiers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ...core.problems import Source
from ...core.text import hints
from ...text_in.spot import Spot
from .. import messages as says
from ..model import Ceiling, Profile, Seats, TieKey, Tier
from .desk import Desk
from .values import basis

_HIGHER = re.compile(r"(total|base|bonus)|percent_of\(\s*dimension\.([a-z][a-z0-9_]*)\s*\)")
_FEWER = re.compile(r"findings\(\s*(major|minor)\s*\)")
Dimensions = Mapping[str, tuple[str, ...]]


def read_profiles(files: Sequence[Spot], desk: Desk, dimensions: Dimensions) -> tuple[tuple[Profile, ...], str]:
    """Return the profiles and the id of the default one. `dimensions` are the names of each kind's dimensions."""
    seen: dict[str, Source] = {}
    profiles: list[Profile] = []
    for file in files:
        for name, spot in file["profiles"].items() if "profiles" in file else ():
            desk.new_id(name, spot.key_source, seen)
            profiles.append(_profile(name, spot, desk, dimensions))
    return tuple(profiles), _default(files, [profile.id for profile in profiles], seen, desk)


def _default(files: Sequence[Spot], names: Sequence[str], places: Mapping[str, Source], desk: Desk) -> str:
    found = [file["default"] for file in files if "default" in file]
    for spot in found:
        desk.known(says.UNKNOWN_PROFILE, "profile", spot, names)
    for spot in found[1:]:
        desk.say(says.WRONG_FILE, spot.key_source, key="default", first=found[0].key_source)
    if names and not found:
        desk.say(says.NO_PROFILES, places[names[0]])
    return found[0].as_text() if found else ""


def _profile(name: str, spot: Spot, desk: Desk, dimensions: Dimensions) -> Profile:
    lists = tuple(desk.known(says.UNKNOWN_GROUP, "group", entry, desk.book.groups) for entry in spot.each("lists"))
    kinds = [kind for group in lists for kind in desk.book.groups.get(group, ()) if kind in desk.book.kinds]
    order, seen = spot["order"], dict[str, Source]()
    return Profile(
        id=name,
        title=spot.label(),
        lists=lists,
        by=order.text("by"),  # type: ignore[arg-type]  # one of the schema's enum
        ties=tuple(
            _tie(entry, desk, {kind: dimensions.get(kind, ()) for kind in kinds}) for entry in order.each("ties")
        ),
        still_tied=order.text("still_tied"),  # type: ignore[arg-type]  # one of the schema's enum
        tiers=tuple(_tier(entry, lists, desk, seen) for entry in spot.each("tiers")),
        reserve=spot.whole("reserve"),
        basis=basis(spot),
        nested=spot.flag("nested", True),
        source=spot.key_source,
    )


def _tie(spot: Spot, desk: Desk, dimensions: Dimensions) -> TieKey:
    """Read `{higher: percent_of(dimension.satisfaction)}`; the dimension must exist in every kind of the profile's lists."""
    direction, figure = next(iter(spot.items()))
    text = figure.as_text()
    if direction == "fewer" and (found := _FEWER.fullmatch(text)):
        return TieKey("fewer", "findings", found[1])
    if direction == "higher" and (found := _HIGHER.fullmatch(text)):
        if found[1]:
            return TieKey("higher", found[1])  # type: ignore[arg-type]  # one of the pattern's words
        for kind, names in dimensions.items():
            if found[2] not in names:
                desk.say(says.UNKNOWN_DIMENSION, figure.source, kind=kind, dimension=found[2], **hints(found[2], names))
        return TieKey("higher", "percent_of", f"dimension.{found[2]}")
    desk.say(says.BAD_TIE, figure.source, text=text)
    return TieKey("higher", "total")


def _tier(spot: Spot, lists: Sequence[str], desk: Desk, seen: dict[str, Source]) -> Tier:
    desk.new_id(spot.text("id"), spot["id"].source, seen)
    pending = spot.label("pending")
    requires = desk.known(says.UNKNOWN_GRADE, "grade", spot["requires"], desk.book.grades) if "requires" in spot else ""
    return Tier(
        id=spot.text("id"),
        title=spot.label(),
        requires=requires,
        places=spot.whole("places"),
        seats=_seats(spot.get("regions")),
        ceilings=tuple(Ceiling(entry.text("level"), entry.whole("at_most")) for entry in spot.each("ceilings")),
        confirmed_by=spot.text("confirmed_by"),
        lists=tuple(desk.known(says.UNKNOWN_GROUP, "group", entry, lists) for entry in spot.each("lists")),
        pending=pending,
    )


def _seats(spot: Spot | None) -> tuple[Seats, ...]:
    if spot is None:
        return ()
    entries = spot.entries() if isinstance(spot.data, list) else (spot,)
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
