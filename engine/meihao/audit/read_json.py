"""Reads the bytes of a result once, into records, or says why they are not understood. It is stricter than JSON."""

from __future__ import annotations

from collections.abc import Mapping

from ..assessment.published import AssessmentFile
from ..assessment.to_json import SCHEMA_VERSION
from ..core.canonical import Json, pretty
from ..core.read_back import Misread, read_json, shaped
from ..core.text import Label
from ..ranking.details import KIND as DETAILS
from ..ranking.details_file import DetailsFile
from ..ranking.published import RankingFile
from ..reports.notice_file import NoticeFile
from ..store.state import KIND as STATE
from ..store.state import KeptState
from .model import Kind, PublishedFile, Record

NONE_OF_OURS = Label("不是评定结果、排名、公示名单或评定明细", "it is not a result, a ranking, a notice or details")
_KINDS: Mapping[str, Kind] = {"ranking": "ranking", DETAILS: "details", STATE: "state"}
_SHAPES: Mapping[Kind, type[PublishedFile]] = {
    "unit": AssessmentFile, "ranking": RankingFile, "notice": NoticeFile, "details": DetailsFile, "state": KeptState,
}  # fmt: skip


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
    records = [_record(part) for part in parts]
    wrong = next((one for one in records if isinstance(one, Label)), None if records else NONE_OF_OURS)
    return ((), even, wrong) if wrong else (tuple(one for one in records if isinstance(one, Record)), even, None)


def _record(found: Json) -> Record | Label:
    """Return a result as the record that it is; a label says what it lacks."""
    kind = _kind(found) if isinstance(found, Mapping) and isinstance(found.get("digest"), str) else None
    if kind is None or not isinstance(found, Mapping):
        return NONE_OF_OURS
    if kind not in _SHAPES:
        return Record(kind, found)
    file = shaped(found, _SHAPES[kind])
    return file.why if isinstance(file, Misread) else Record(kind, found, file)


def _later(found: Mapping[str, Json]) -> bool:
    return found.get("schema_version", SCHEMA_VERSION) != SCHEMA_VERSION


def _kind(found: Mapping[str, Json]) -> Kind | None:
    """Return of which kind a result says that it is; None where it has no content."""
    named = found.get("kind", "unit")
    if named == "notice":
        return "notice"
    if not isinstance(found.get("body"), Mapping):
        return None
    return "unit" if named == "unit" else _KINDS.get(str(named), "other")
