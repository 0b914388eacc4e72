"""Says what changed between two rankings: settings, states, figures, ranks and places. It answers an objection."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from msgspec import Struct

from ..core.canonical import Json, digest
from ..core.problems import Problem, Problems, Source
from . import messages
from .to_json import SCHEMA_VERSION

What = Literal["setting", "list", "state", "figure", "key", "rank", "grade", "reason", "tier", "open", "seats"]
_SETTINGS = (
    *("round", "profile", "pack", "edition", "pack_digest", "stage", "reference_date"),
    *("by", "still_tied", "lot_seed", "figure_places"),
)
_STATES = (("units", "passed"), ("waiting", "undetermined"), ("failed", "failed"))


class Change(Struct, frozen=True):
    """One difference. `subject` is a unit, a setting or a region; `where` narrows it (list, tier, key); "" is absent."""

    what: What
    subject: str
    where: str
    before: str
    after: str


Facts = dict[tuple[What, str, str], str]


def compare(old: Mapping[str, Json], new: Mapping[str, Json]) -> tuple[tuple[Change, ...], Problems]:
    """Return every difference, settings first, then by unit. What is no ranking, or was altered by hand, is a problem."""
    problems = (*_readable(old, "old"), *_readable(new, "new"))
    if problems:
        return (), problems
    before, after = _facts(_map(old["body"])), _facts(_map(new["body"]))
    keys = sorted(before.keys() | after.keys(), key=lambda k: (k[0] != "setting", k[1], k[0], k[2]))
    pairs = ((key, before.get(key, ""), after.get(key, "")) for key in keys)
    return tuple(Change(*key, was, now) for key, was, now in pairs if was != now), ()


def _readable(one: Mapping[str, Json], name: str) -> Iterator[Problem]:
    if one.get("kind") != "ranking" or not isinstance(one.get("body"), Mapping):
        yield messages.OTHER_SCHEMA.at(Source(name), what="kind")
    elif one.get("schema_version") != SCHEMA_VERSION:
        yield messages.OTHER_SCHEMA.at(Source(name), what=f"schema_version {one.get('schema_version')}")
    elif one.get("digest") != digest(one["body"]):
        yield messages.OTHER_SCHEMA.at(Source(name), what="digest")


def _facts(body: Mapping[str, Json]) -> Facts:
    """Flatten a ranking into single statements that can be compared."""
    facts: Facts = {("setting", name, ""): _text(body[name]) for name in _SETTINGS}
    for one in _maps(body["lists"]):
        facts |= _units(one)
        for tier in _maps(one["tiers"]):
            facts |= _tier(tier, _text(one["id"]))
    facts |= {("state", _text(unit), ""): "outside" for unit in _seq(body["outside"])}
    return facts


def _units(one: Mapping[str, Json]) -> Facts:
    facts: Facts = {}
    for part, state in _STATES:
        for line in _maps(one[part]):
            unit = _text(line["unit"])
            facts["list", unit, ""], facts["state", unit, ""] = _text(one["id"]), state
            facts["figure", unit, ""] = _text(line["figure"])
            facts |= {("rank", unit, ""): _text(line["rank"])} if "rank" in line else {}
            facts |= {("grade", unit, ""): _text(line["grade"])} if "grade" in line else {}
            facts |= {("key", unit, _text(k["name"])): _text(k["value"]) for k in _maps(line.get("keys", ()))}
            if "deciding" in line:
                facts["reason", unit, ""] = ", ".join(": ".join(map(_text, _seq(d))) for d in _seq(line["deciding"]))
    return facts


def _tier(tier: Mapping[str, Json], group: str) -> Facts:
    name = _text(tier["tier"])
    facts: Facts = {("tier", _text(p["unit"]), name): _text(p["seat"]) for p in _maps(tier["members"])}
    for one in _maps(tier["open"]):
        facts |= {("open", _text(unit), name): _text(one["waits_for"]) for unit in _seq(one["units"])}
    facts |= {("seats", _text(r["region"]), f"{group} {name}"): _text(r["seats"]) for r in _maps(tier["regions"])}
    return facts


def _text(value: Json) -> str:
    return "" if value is None else value if isinstance(value, str) else str(value)


def _seq(value: Json) -> Sequence[Json]:
    return value if isinstance(value, Sequence) and not isinstance(value, str) else ()


def _map(value: Json) -> Mapping[str, Json]:
    return value if isinstance(value, Mapping) else {}


def _maps(value: Json) -> Iterator[Mapping[str, Json]]:
    return (_map(one) for one in _seq(value))
