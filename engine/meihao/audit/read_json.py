"""Reads the bytes of a result, or says why they are not understood. It is stricter than JSON, so nothing is ambiguous."""

from __future__ import annotations

from collections.abc import Mapping

from ..assessment.to_json import SCHEMA_VERSION
from ..core.canonical import Json, pretty
from ..core.read_back import Misread, read_json
from ..core.text import Label
from ..ranking.details import KIND as DETAILS
from ..store.state import KIND as STATE
from .model import Kind, Record


def read_records(data: bytes) -> tuple[tuple[Record, ...], bool, Label | None]:
    """Return the records, whether they are written as we write them, and what is wrong where they are not understood.

    A list of results, as `assess` writes it, is as many records.
    """
    found = read_json(data)
    if isinstance(found, Misread):
        return (), False, found.why
    even = pretty(found).encode() == data
    parts = found if isinstance(found, list) else [found]
    if other := next((str(p["schema_version"]) for p in parts if isinstance(p, dict) and _later(p)), ""):
        return (), even, Label(f"写法版本{other[:20]}，本程序不懂", f"schema_version {other[:20]} is not known here")
    records = tuple(record for part in parts if (record := _record(part)) is not None)
    if not records or len(records) != len(parts):
        return (
            (),
            even,
            Label("不是评定结果、排名、公示名单或评定明细", "it is not a result, a ranking, a notice or details"),
        )
    return records, even, None


def _record(found: object) -> Record | None:
    if not isinstance(found, Mapping) or not isinstance(found.get("digest"), str):
        return None
    kind = _kind(found)
    return Record(kind, found) if kind else None


def _later(found: Mapping[str, Json]) -> bool:
    return found.get("schema_version", SCHEMA_VERSION) != SCHEMA_VERSION


def _kind(found: Mapping[str, Json]) -> Kind | None:
    body = found.get("body")
    if found.get("kind") == "notice":
        return "notice" if isinstance(found.get("notice"), list) else None
    if not isinstance(body, Mapping):
        return None
    if found.get("kind") == "ranking":
        return "ranking" if isinstance(body.get("profile"), str) else None
    if found.get("kind") == DETAILS:
        return "details"
    if found.get("kind") == STATE:
        return "state"
    if "kind" in found:
        return "other"
    unit, others = body.get("unit"), (body.get("round"), body.get("pack"))
    known = isinstance(unit, Mapping) and isinstance(unit.get("code"), str)
    return "unit" if known and all(isinstance(part, Mapping) for part in others) else None
