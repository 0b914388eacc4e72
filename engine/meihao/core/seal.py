"""Adds a seal to a published record. It covers all of the record, including what the record's digest leaves out.

`digest` is of the body: equal results have equal digests whoever made them. `seal` is of everything else in the record, the
digest included, so that no letter of the file can change unnoticed. Both are plain digests: they show accidents, not forgers.
"""

from __future__ import annotations

from collections.abc import Mapping

from .canonical import Json, digest

_NOT_SEALED = ("body", "seal")


def sealed(record: Mapping[str, Json]) -> dict[str, Json]:
    """Return the record with its seal."""
    return {**record, "seal": seal_of(record)}


def seal_of(record: Mapping[str, Json]) -> str:
    """Return the seal that belongs to a record, whatever it carries. Raises TypeError where a float slipped in.

    >>> seal_of({"digest": "sha256:1", "body": 1}) == seal_of({"digest": "sha256:1", "body": 2, "seal": "old"})
    True
    """
    return digest({name: value for name, value in record.items() if name not in _NOT_SEALED})
