"""Says what changed between two rankings: settings, states, figures, ranks and places. It answers an objection."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from .published import FailedRecord, ListRecord, PassedRecord, RankingRecord, TierRecord, WaitingRecord

What = Literal["setting", "list", "state", "figure", "key", "rank", "grade", "reason", "tier", "open", "seats"]
_SETTINGS = (
    *("round", "profile", "pack", "edition", "pack_digest", "stage", "reference_date"),
    *("by", "still_tied", "lot_seed", "figure_places"),
)


class Change(Struct, frozen=True):
    """One difference. `subject` is a unit, a setting or a region; `where` narrows it (list, tier, key); "" is absent."""

    what: What
    subject: str
    where: str
    before: str
    after: str


Facts = dict[tuple[What, str, str], str]
Line = PassedRecord | WaitingRecord | FailedRecord


def compare(old: RankingRecord, new: RankingRecord) -> tuple[Change, ...]:
    """Return every difference between two rankings, settings first, then by unit."""
    before, after = _facts(old), _facts(new)
    keys = sorted(before.keys() | after.keys(), key=lambda k: (k[0] != "setting", k[1], k[0], k[2]))
    pairs = ((key, before.get(key, ""), after.get(key, "")) for key in keys)
    return tuple(Change(*key, was, now) for key, was, now in pairs if was != now)


def lines_of(ranked: ListRecord) -> tuple[tuple[Line, str], ...]:
    """Return every unit of a list with its state."""
    return (
        *((line, "passed") for line in ranked.units),
        *((line, "undetermined") for line in ranked.waiting),
        *((line, "failed") for line in ranked.failed),
    )


def _facts(ranking: RankingRecord) -> Facts:
    """Flatten a ranking into single statements that can be compared."""
    facts: Facts = {("setting", name, ""): str(getattr(ranking, name)) for name in _SETTINGS}
    for one in ranking.lists:
        for line, state in lines_of(one):
            facts |= _line(line, one.id, state)
        for tier in one.tiers:
            facts |= _tier(tier, one.id)
    facts |= {("state", unit, ""): "outside" for unit in ranking.outside}
    return facts


def _line(line: Line, group: str, state: str) -> Facts:
    unit = line.unit
    facts: Facts = {("list", unit, ""): group, ("state", unit, ""): state, ("figure", unit, ""): line.figure}
    if isinstance(line, PassedRecord):
        facts["rank", unit, ""] = str(line.rank)
        facts |= {("key", unit, key.name): key.value or "" for key in line.keys}
    else:
        facts["reason", unit, ""] = ", ".join(": ".join(pair) for pair in line.deciding)
    if not isinstance(line, FailedRecord):
        facts["grade", unit, ""] = line.grade
    return facts


def _tier(tier: TierRecord, group: str) -> Facts:
    facts: Facts = {("tier", place.unit, tier.tier): place.seat for place in tier.members}
    facts |= {("open", unit, tier.tier): seats.waits_for for seats in tier.open for unit in seats.units}
    facts |= {("seats", row.region, f"{group} {tier.tier}"): str(row.seats) for row in tier.regions}
    return facts
