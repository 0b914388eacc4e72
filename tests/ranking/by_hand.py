"""Rankings and details written by hand: a test names what it is about, and the rest of each record is filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from meihao.core.canonical import Json, digest
from meihao.ranking.details_file import DetailsRecord
from meihao.ranking.published import RankingRecord

Parts = Mapping[str, Any]
LINE = {"kind": "village", "region": "", "total": "0", "base": "0", "bonus": "0", "keys": [], "lot": "", "ahead_by": ""}
WAITING = {"region": "", "possible": "0", "best_rank": 1, "best_grade": "", "whys": []}
MEMBER = {
    "region": "", "rank": 1, "figure": "0", "grade": "", "seat_region": "", "decided_by": "", "by_last_step": False,
    "next": [], "distance": None, "confirmed_by": "",
}  # fmt: skip
TIER = {
    "requires": "", "places": 0, "open": [], "unfilled": 0, "reserve": [], "regions": [], "departures": [],
    "settled": True, "confirmed_by": "",
}  # fmt: skip
RESERVE = {"name": "", "region": "", "figure": "0"}


def whole(body: Parts) -> dict[str, Json]:
    """Return the body of a ranking with all parts that a test did not name."""
    lists = [{**one, **_lines(one), "tiers": [_tier(tier) for tier in one["tiers"]]} for one in body["lists"]]
    return {"pending": [], **body, "still_tied": "lot", "lists": lists}


def record(body: Parts) -> RankingRecord:
    """Return a ranking from the parts that a test names."""
    return msgspec.convert(whole(body), RankingRecord)


def published(body: Mapping[str, Json]) -> dict[str, Json]:
    """Return the file around a body, with the digest that belongs to it."""
    return {"schema_version": "1", "kind": "ranking", "body": body, "digest": digest(body)}


def details_of(body: Parts) -> DetailsRecord:
    """Return details from the parts that a test names."""
    return msgspec.convert({"ranking": "", "pack_digest": "", **body}, DetailsRecord)


def _lines(one: Parts) -> dict[str, Json]:
    parts = (("units", LINE), ("waiting", WAITING), ("failed", LINE))
    return {name: _filled(one[name], known) for name, known in parts}


def _tier(tier: Parts) -> dict[str, Json]:
    inner = {"members": _filled(tier["members"], MEMBER), "reserve": _filled(tier.get("reserve", ()), RESERVE)}
    departures = _filled(tier.get("departures", ()), {"day": ""})
    return {**TIER, **tier, **inner, "departures": departures}


def _filled(parts: Sequence[Parts], known: Parts) -> list[Json]:
    return [{**known, **part} for part in parts]
