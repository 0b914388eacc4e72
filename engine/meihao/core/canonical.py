"""Gives every result one byte form: sorted keys, no floats, UTF-8. Digests name their algorithm."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from msgspec import json

Json = None | bool | int | str | Sequence["Json"] | Mapping[str, "Json"]
_LEAVES = frozenset((str, int, bool, type(None)))
_LISTS = (list, tuple)
_ENCODER = json.Encoder(order="sorted")


def canonical(value: Json) -> bytes:
    """Return the canonical JSON of a value. Raises TypeError where a float or a foreign object slipped in."""
    _refuse_foreign((value,))
    return _ENCODER.encode(value)


def pretty(value: Json) -> str:
    """Return JSON for people and diffs: the same content as `canonical`, indented."""
    return json.format(canonical(value), indent=2).decode() + "\n"


def digest(value: Json) -> str:
    """Return `sha256:…` of the canonical form."""
    return digest_bytes(canonical(value))


def digest_bytes(data: bytes) -> str:
    return "sha256:" + hashlib.sha256(data).hexdigest()


def _refuse_foreign(parts: Iterable[object]) -> None:
    """Look at every part: the encoder itself would write floats, and dates, sets and bytes as if they were text or lists."""
    for part in parts:
        if type(part) in _LEAVES:
            continue
        if isinstance(part, dict):
            _refuse_foreign(part.values())
        elif isinstance(part, _LISTS):
            _refuse_foreign(part)
        else:
            raise TypeError(f"a {type(part).__name__} has no place in a result")
