"""Defines a public notice as it is published: who is proposed for which tier, and the file around them.

What an older file lacks is optional here; everything else a file must have. `read_back` decodes it, `write` writes it.
"""

from __future__ import annotations

from typing import Literal

from msgspec import UNSET, Struct, UnsetType


class ProposedRecord(Struct, frozen=True):
    """One unit that is proposed, as the notice names it."""

    tier: str
    name: str
    region: str


class NoticeFile(Struct, frozen=True):
    """The file of a notice: `digest` is of the ranking behind it, `seal` of the rest; the first files had no seal."""

    schema_version: Literal["1"]
    kind: Literal["notice"]
    digest: str
    notice: tuple[ProposedRecord, ...]
    made_by: dict[str, str] | UnsetType = UNSET
    seal: str | UnsetType = UNSET
