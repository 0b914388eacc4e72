"""Answers unit by unit which place was lost or won between two rankings, why, and from or to whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from msgspec import Struct

from ..core.numbers import Number, parse_exact
from .behind import Cause
from .compare import Change, Line, What, lines_of
from .published import FailedRecord, PassedRecord, PlaceRecord, RankingRecord, TierRecord
from .results import Departure

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


class RankingComparison(Struct, frozen=True):
    """What changed: settings and seats of regions first, then the units, those whose places changed before all others."""

    settings: tuple[Change, ...]
    seats: tuple[Change, ...]
    answers: tuple[Answer, ...]

    def count(self) -> int:
        """Return the number of changes, those that only stand behind others not counted."""
        return len(self.settings) + len(self.seats) + sum(len(a.places) + len(a.changes) for a in self.answers)


Key = tuple[str, str]  # a list and a tier of it


class _Side(Struct, frozen=True):
    """One ranking by unit, and by list and tier."""

    lines: Mapping[str, Line]
    states: Mapping[str, str]
    tiers: Mapping[Key, TierRecord]

    def name(self, unit: str) -> str:
        line = self.lines.get(unit)
        return line.name if line else ""

    def kind(self, unit: str) -> str:
        line = self.lines.get(unit)
        return line.kind if line else ""

    def figure(self, unit: str) -> str:
        line = self.lines.get(unit)
        return line.figure if line else ""

    def grade(self, unit: str) -> str:
        line = self.lines.get(unit)
        return line.grade if line and not isinstance(line, FailedRecord) else ""

    def rank(self, unit: str) -> str:
        line = self.lines.get(unit)
        return str(line.rank) if isinstance(line, PassedRecord) else ""

    def members(self, key: Key) -> Mapping[str, PlaceRecord]:
        tier = self.tiers.get(key)
        return {one.unit: one for one in tier.members} if tier else {}

    def departures(self, key: Key) -> tuple[Departure, ...]:
        tier = self.tiers.get(key)
        return tier.departures if tier else ()


def answers(
    old: RankingRecord, new: RankingRecord, changes: Sequence[Change], causes: Mapping[str, tuple[Cause, ...]]
) -> RankingComparison:
    """Return the changes of two rankings put in the order in which a committee answers for them."""
    was, now = _side(old), _side(new)
    units = dict.fromkeys((*(c.subject for c in changes if c.what not in ("setting", "seats")), *causes))
    found = (_answer(unit, was, now, changes, causes.get(unit, ())) for unit in units)
    return RankingComparison(
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
    name, kind = now.name(unit) or was.name(unit), now.kind(unit) or was.kind(unit)
    figure = now.figure(unit) or was.figure(unit)
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
        place = before or after
        if place is None:
            continue
        lost = after is None
        rivals = () if before and after else tuple(_rivals(key, place, was, now, lost))
        why, by, reason = _why(unit, key, was, now, lost, rivals)
        reserve = _reserve(unit, now.tiers.get(key)) if lost else 0
        seats = (before.seat if before else "", after.seat if after else "")
        yield Moved(key[0], tier, *seats, why, by, reason, rivals, reserve)


def _reserve(unit: str, tier: TierRecord | None) -> int:
    return next((one.order for one in tier.reserve if one.unit == unit), 0) if tier else 0


def _rivals(key: Key, place: PlaceRecord, was: _Side, now: _Side, lost: bool) -> Iterator[Rival]:
    """Yield who took the place, or whose it was: those of the same regional seats where there are any, else all of the tier."""
    there, here = (now.members(key), was.members(key)) if lost else (was.members(key), now.members(key))
    others = {unit: one for unit, one in there.items() if unit not in here}
    near = {u: o for u, o in others.items() if o.seat_region and o.seat_region == place.seat_region}
    for unit, one in (near or others).items():
        yield Rival(unit, one.name, was.figure(unit), now.figure(unit), now.rank(unit))


def _why(unit: str, key: Key, was: _Side, now: _Side, lost: bool, rivals: Sequence[Rival]) -> tuple[Why, str, str]:
    """Return the first reason that holds, and who decided it for which reason where the committee did.

    Whom the committee removes from an outer tier is out of the inner ones too; the tier's own decision comes first.
    """
    # Asked in this order: a decision of the committee explains a move even where figures have changed as well.
    deciding = _outwards(key, now) if lost else [key]
    for one in (departure for tier in deciding for departure in now.departures(tier)):
        if one.unit == unit and one.action == ("remove" if lost else "add"):
            return "committee", one.by, one.reason
    if key not in was.tiers or key not in now.tiers:
        return "no_tier", "", ""
    if was.states.get(unit) != now.states.get(unit):
        return "state", "", ""
    if any(unit in one.units for one in (now if lost else was).tiers[key].open):
        return "tied", "", ""
    if was.grade(unit) != now.grade(unit):
        return "grade", "", ""
    risen = _risen(unit, was, now)
    if risen < 0 if lost else risen > 0:
        return "figure", "", ""
    departed = {one.unit for one in now.departures(key)}
    others = any(one.unit in departed or _other(one, was, now) for one in rivals)
    return "others" if others else "settings", "", ""


def _risen(unit: str, was: _Side, now: _Side) -> Number:
    """Return by how much a unit's figure grew; 0 where it stands on no list (its state would have said so)."""
    before, after = was.figure(unit), now.figure(unit)
    return parse_exact(after) - parse_exact(before) if before and after else 0


def _outwards(key: Key, now: _Side) -> list[Key]:
    """Return the tier and those around it on its list, from the inside out."""
    keys = [known for known in now.tiers if known[0] == key[0]]
    return list(reversed(keys[: keys.index(key) + 1])) if key in keys else []


def _other(rival: Rival, was: _Side, now: _Side) -> bool:
    """Say whether a rival is judged otherwise than before."""
    state = was.states.get(rival.unit) != now.states.get(rival.unit)
    return state or rival.before != rival.after or was.grade(rival.unit) != now.grade(rival.unit)


def _side(ranking: RankingRecord) -> _Side:
    lines = [(line.unit, line, state) for one in ranking.lists for line, state in lines_of(one)]
    tiers = {(one.id, tier.tier): tier for one in ranking.lists for tier in one.tiers}
    return _Side({unit: line for unit, line, _ in lines}, {unit: state for unit, _, state in lines}, tiers)
