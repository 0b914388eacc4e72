"""One byte form for every result: sorted keys, no floats, UTF-8; digests name their algorithm."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence

Json = None | bool | int | str | Sequence["Json"] | Mapping[str, "Json"]
_LEAVES = frozenset((str, int, bool, type(None)))


def canonical(value: Json) -> bytes:
    """Return the canonical JSON of a value. Raises TypeError where a float or a foreign object slipped in."""
    _refuse_floats(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def pretty(value: Json) -> str:
    """Return JSON for people and diffs: the same content as `canonical`, indented."""
    _refuse_floats(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=2, allow_nan=False) + "\n"


def digest(value: Json) -> str:
    """Return `sha256:…` of the canonical form."""
    return digest_bytes(canonical(value))


def digest_bytes(data: bytes) -> str:
    return "sha256:" + hashlib.sha256(data).hexdigest()


def _refuse_floats(value: Json) -> None:
    if isinstance(value, float):
        raise TypeError("a float has no place in a result")
    kind = type(value)  # asked first: it is quicker to tell a dict than a Mapping
    if kind is dict or isinstance(value, Mapping):
        parts: Iterable[Json] = value.values()  # type: ignore[union-attr]  # told by its type
    elif kind is list or (isinstance(value, Sequence) and kind is not str):
        parts = value  # type: ignore[assignment]  # told by its type
    else:
        return
    for part in parts:
        if type(part) not in _LEAVES:
            _refuse_floats(part)
