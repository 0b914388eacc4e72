"""Writes a ranking as plain JSON: exact figures as text, counts as numbers, with schema version and digest."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from ..core.canonical import Json, digest
from ..core.numbers import exact
from ..core.seal import sealed
from ..core.text import Label
from .results import Ranking

SCHEMA_VERSION = "1"
_EXACT = ("Number", "Number | None")  # the annotations under which a figure is written as exact text


def to_json(ranking: Ranking, made_by: Mapping[str, str] | None = None) -> dict[str, Json]:
    """Return `{schema_version, kind, body, digest, made_by, seal}`; the digest is of the body, the seal of the rest."""
    body = _record(ranking)
    if not ranking.pack_errors:
        del body["pack_errors"]  # only a draft says so
    head: dict[str, Json] = {"schema_version": SCHEMA_VERSION, "kind": "ranking", "body": body, "digest": digest(body)}
    return sealed({**head, "made_by": dict(made_by)} if made_by else head)


def _record(record: Struct) -> dict[str, Json]:
    declared = type(record).__annotations__
    return {part: _field(declared[part], getattr(record, part)) for part in record.__struct_fields__}


def _field(declared: str, value: object) -> Json:
    if declared in _EXACT and value is not None:
        return exact(value)  # type: ignore[arg-type]  # declared as Number
    return _plain(value)


def _plain(value: object) -> Json:
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Label):
        return {"zh": value.zh, "en": value.en}
    if isinstance(value, tuple):
        return [_plain(inner) for inner in value]
    return _record(value)  # type: ignore[arg-type]  # results hold nothing else
