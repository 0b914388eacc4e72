"""Answers unit by unit which place was lost or won between two rankings, why, and from or to whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from msgspec import Struct

from ..core.canonical import Json
from ..core.numbers import parse_exact
from .behind import Cause
from .compare import Change, What

_ORDER: tuple[What, ...] = ("list", "state", "reason", "figure", "grade", "rank", "open", "key")
Why = Literal["committee", "no_tier", "state", "tied", "grade", "figure", "others", "settings"]


class Rival(Struct, frozen=True):
    """A unit at the other end of a place: who has it now, or had it before; its figures in both rankings, "" where none."""

    unit: str
    name: str
    before: str
    after: str
    rank: str = ""


class Moved(Struct, frozen=True):
    """A place that a unit lost (`after` is "") or took (`before` is ""), or holds by another seat than before.

    `why` is the first reason that holds: the committee, a tier that only one ranking has, the unit's state, a tie for the
    seat, its grade, its own figure, the figures of others, and where nothing of that moved the settings.
    """

    list: str
    tier: str
    before: str
    after: str
    why: Why
    by: str = ""
    reason: str = ""
    rivals: tuple[Rival, ...] = ()
    reserve: int = 0


class Answer(Struct, frozen=True):
    """What a unit is told: its places, innermost tier first, everything else that changed, and the facts behind it."""

    unit: str
    name: str
    kind: str
    figure: str
    places: tuple[Moved, ...] = ()
    changes: tuple[Change, ...] = ()
    causes: tuple[Cause, ...] = ()


class Comparison(Struct, frozen=True):
    """What changed: settings and seats of regions first, then the units, those whose places changed before all others."""

    settings: tuple[Change, ...]
    seats: tuple[Change, ...]
    answers: tuple[Answer, ...]

    def count(self) -> int:
        """Return the number of changes, those that only stand behind others not counted."""
        return len(self.settings) + len(self.seats) + sum(len(a.places) + len(a.changes) for a in self.answers)


Body = Mapping[str, Json]


class _Side(Struct, frozen=True):
    """One ranking by unit, and by list and tier."""

    lines: Mapping[str, Body]
    states: Mapping[str, str]
    tiers: Mapping[tuple[str, str], Body]

    def text(self, unit: str, name: str) -> str:
        value = self.lines.get(unit, {}).get(name)
        return "" if value is None else str(value)

    def members(self, key: tuple[str, str]) -> Mapping[str, Body]:
        return {str(one["unit"]): one for one in _maps(self.tiers.get(key, {}).get("members"))}


def answers(old: Body, new: Body, changes: Sequence[Change], causes: Mapping[str, tuple[Cause, ...]]) -> Comparison:
    """Return the changes of two rankings' bodies put in the order in which a committee answers for them."""
    was, now = _side(old), _side(new)
    units = dict.fromkeys((*(c.subject for c in changes if c.what not in ("setting", "seats")), *causes))
    found = (_answer(unit, was, now, changes, causes.get(unit, ())) for unit in units)
    return Comparison(
        tuple(c for c in changes if c.what == "setting"),
        tuple(c for c in changes if c.what == "seats"),
        tuple(sorted(found, key=_first)),
    )


def _first(answer: Answer) -> tuple[object, ...]:
    """Lost places first, then places taken, other states, other figures, other ranks; then the code."""
    kinds = [change.what for change in answer.changes]
    steps = (
        any(not one.after for one in answer.places), bool(answer.places), "state" in kinds, "figure" in kinds, bool(kinds),
    )  # fmt: skip
    return (*(not step for step in steps), answer.unit)


def _answer(unit: str, was: _Side, now: _Side, changes: Sequence[Change], causes: tuple[Cause, ...]) -> Answer:
    name = now.text(unit, "name") or was.text(unit, "name")
    kind, figure = (now.text(unit, part) or was.text(unit, part) for part in ("kind", "figure"))
    mine = [change for change in changes if change.subject == unit and change.what not in ("setting", "seats")]
    inwards = {tier: n for n, (_, tier) in enumerate((*now.tiers, *was.tiers))}
    tiers = sorted((change.where for change in mine if change.what == "tier"), key=lambda tier: -inwards[tier])
    places = tuple(moved for tier in tiers for moved in _moved(unit, tier, was, now))
    others = sorted((c for c in mine if c.what != "tier"), key=lambda c: (_ORDER.index(c.what), c.where))
    return Answer(unit, name, kind, figure, places, tuple(others), causes)


def _moved(unit: str, tier: str, was: _Side, now: _Side) -> Iterator[Moved]:
    """Yield how a unit's place in a tier changed, for each list in which it has or had one."""
    for key in sorted({key for key in (*was.tiers, *now.tiers) if key[1] == tier}):
        before, after = was.members(key).get(unit), now.members(key).get(unit)
        if before is None and after is None:
            continue
        seats = ["" if place is None else str(place["seat"]) for place in (before, after)]
        lost = after is None
        rivals = () if before and after else tuple(_rivals(key, before or after or {}, was, now, lost))
        why, by, reason = _why(unit, key, was, now, lost, rivals)
        reserve = _reserve(unit, now.tiers.get(key, {})) if lost else 0
        yield Moved(key[0], tier, seats[0], seats[1], why, by, reason, rivals, reserve)


def _reserve(unit: str, tier: Body) -> int:
    order = {str(one["unit"]): one["order"] for one in _maps(tier.get("reserve"))}.get(unit)
    return order if isinstance(order, int) else 0


def _rivals(key: tuple[str, str], place: Body, was: _Side, now: _Side, lost: bool) -> Iterator[Rival]:
    """Yield who took the place, or whose it was: those of the same regional seats where there are any, else all of the tier."""
    there, here = (now.members(key), was.members(key)) if lost else (was.members(key), now.members(key))
    others = {unit: one for unit, one in there.items() if unit not in here}
    near = {u: o for u, o in others.items() if o.get("seat_region") and o["seat_region"] == place.get("seat_region")}
    for unit, one in (near or others).items():
        figures = (was.text(unit, "figure"), now.text(unit, "figure"), now.text(unit, "rank"))
        yield Rival(unit, str(one["name"]), *figures)


def _why(
    unit: str, key: tuple[str, str], was: _Side, now: _Side, lost: bool, rivals: Sequence[Rival]
) -> tuple[Why, str, str]:
    """Return the first reason that holds, and who decided it for which reason where the committee did.

    Whom the committee removes from an outer tier is out of the inner ones too; the tier's own decision comes first.
    """
    deciding = _outwards(key, now) if lost else [now.tiers.get(key, {})]
    for one in (departure for tier in deciding for departure in _maps(tier.get("departures"))):
        if one.get("unit") == unit and one.get("action") == ("remove" if lost else "add"):
            return "committee", str(one.get("by", "")), str(one.get("reason", ""))
    if key not in was.tiers or key not in now.tiers:
        return "no_tier", "", ""
    if was.states.get(unit) != now.states.get(unit):
        return "state", "", ""
    if any(unit in _seq(one.get("units")) for one in _maps((now if lost else was).tiers[key].get("open"))):
        return "tied", "", ""
    if was.text(unit, "grade") != now.text(unit, "grade"):
        return "grade", "", ""
    risen = parse_exact(now.text(unit, "figure")) - parse_exact(was.text(unit, "figure"))
    if risen < 0 if lost else risen > 0:
        return "figure", "", ""
    departed = {one.get("unit") for one in _maps(now.tiers[key].get("departures"))}
    others = any(one.unit in departed or _other(one, was, now) for one in rivals)
    return "others" if others else "settings", "", ""


def _outwards(key: tuple[str, str], now: _Side) -> list[Body]:
    """Return the tier and those around it on its list, from the inside out."""
    keys = [known for known in now.tiers if known[0] == key[0]]
    return [now.tiers[known] for known in reversed(keys[: keys.index(key) + 1])] if key in keys else []


def _other(one: Rival, was: _Side, now: _Side) -> bool:
    """Say whether a rival is judged otherwise than before."""
    state = was.states.get(one.unit) != now.states.get(one.unit)
    return state or one.before != one.after or was.text(one.unit, "grade") != now.text(one.unit, "grade")


def _side(body: Body) -> _Side:
    lists = tuple(_maps(body.get("lists")))
    parts = (("units", "passed"), ("waiting", "undetermined"), ("failed", "failed"))
    lines = [(str(line["unit"]), state, line) for one in lists for part, state in parts for line in _maps(one[part])]
    tiers = {(str(one["id"]), str(tier["tier"])): tier for one in lists for tier in _maps(one["tiers"])}
    return _Side({unit: line for unit, _, line in lines}, {unit: state for unit, state, _ in lines}, tiers)


def _seq(value: Json) -> Sequence[Json]:
    return value if isinstance(value, Sequence) and not isinstance(value, str) else ()


def _maps(value: Json) -> Iterator[Body]:
    return (one for one in _seq(value) if isinstance(one, Mapping))
