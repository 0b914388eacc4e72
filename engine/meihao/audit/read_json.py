"""Reads the bytes of a result, or says why they are not understood. It is stricter than JSON, so nothing is ambiguous."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import NoReturn

from ..assessment.to_json import SCHEMA_VERSION
from ..core.canonical import Json, pretty
from ..core.text import Label
from ..ranking.details import KIND as DETAILS
from ..store.state import KIND as STATE
from .model import Kind, Record

MOST = 64 << 20
DEEPEST = 60
Pairs = list[tuple[str, Json]]


class _Odd(ValueError):
    """A thing that JSON allows and our results never hold."""


def read_records(data: bytes) -> tuple[tuple[Record, ...], bool, Label | None]:
    """Return the records, whether they are written as we write them, and what is wrong where they are not understood.

    A list of results, as `assess` writes it, is as many records.
    """
    try:
        found = json.loads(data.decode("utf-8"), object_pairs_hook=_object, parse_float=_refuse, parse_constant=_refuse)
        _refuse_deep(found)
        even = pretty(found).encode() == data
    except UnicodeError:
        return (), False, Label("不是UTF-8文字", "it is not UTF-8 text")
    except _Odd as odd:
        return (
            (),
            False,
            Label(f"有重复的键或不允许的数：{odd}", f"a key stands twice, or a number is not allowed: {odd}"),
        )
    except json.JSONDecodeError as bad:
        return (), False, Label(f"第{bad.lineno}行第{bad.colno}列不合JSON写法", f"no JSON at {bad.lineno}:{bad.colno}")
    except (ValueError, RecursionError):
        return (), False, Label("数太长，或嵌套太深", "a number is too long, or it nests too deeply")
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


def _object(pairs: Pairs) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        raise _Odd(next(name for name in names if names.count(name) > 1)[:40])
    return found


def _refuse(text: str) -> NoReturn:
    raise _Odd(text[:40])


def _refuse_deep(found: object) -> None:
    """Raise ValueError where values nest deeper than any result does."""
    level: list[object] = [found]
    for _ in range(DEEPEST):
        inner = (part.values() if isinstance(part, dict) else part for part in level if isinstance(part, dict | list))
        level = [value for values in inner for value in values]
        if not level:
            return
    raise ValueError("too deep")


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
