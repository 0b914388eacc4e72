"""Defines the details behind a ranking as they are kept beside it: what `details` writes and `behind` compares.

What an older file lacks is optional here; everything else a file must have.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import UNSET, Struct, UnsetType, field

from ..core.label import Label
from ..core.read_back import Figure

Words = str | Label  # one text where both languages say the same
Titles = Mapping[str, Mapping[str, Words]]


class ItemTitle(Struct, frozen=True):
    """A criterion in words, with the fields that it asks and the documents that it wants."""

    title: Words
    asks: tuple[str, ...]
    documents: tuple[str, ...]


class FieldTitle(Struct, frozen=True):
    """A field in words, with its columns."""

    title: Words
    columns: Mapping[str, Words]


class ReceivedRecord(Struct, frozen=True):
    """How a submission came in; `decision` is there where one let it into a closed round."""

    number: int
    date: str
    by: str
    reason: str
    file: str
    decision: str | UnsetType = UNSET


class SourceRecord(Struct, frozen=True):
    """Who stated a fact in which role, when, in which file; `received` is None for loose evidence."""

    by: str
    role: str
    date: str
    file: str
    received: ReceivedRecord | None
    as_of: str | UnsetType = UNSET


class FactRecord(Struct, frozen=True):
    """A fact in words; its value is None where it is not settled. Only a register with rows has `rows`."""

    value: Words | None
    sources: tuple[SourceRecord, ...] = field(name="from")
    rows: tuple[Mapping[str, Words], ...] | UnsetType = UNSET


class DocumentParts(Struct, frozen=True):
    """What a document states; "" where it states nothing."""

    issuer: str
    date: str
    valid_to: str
    sha256: str


class DocumentRecord(Struct, frozen=True):
    """A document that a unit handed in."""

    title: str
    number: str
    parts: DocumentParts
    file: str
    received: ReceivedRecord | None


class ItemRecord(Struct, frozen=True):
    """What one criterion gave a unit."""

    lo: Figure
    hi: Figure
    outcome: str


class UnitRecord(Struct, frozen=True):
    """All that stands behind the figure of one unit. The first files did not say what decided."""

    name: str
    items: Mapping[str, ItemRecord]
    facts: Mapping[str, FactRecord]
    documents: tuple[DocumentRecord, ...]
    findings: Mapping[str, str]
    context: Mapping[str, str]
    deciding: tuple[Words, ...] | UnsetType = UNSET


class DetailsRecord(Struct, frozen=True):
    """What stands behind the ranking with the digest `ranking`. Only a draft has `pack_errors`; the first files had no titles."""

    ranking: str
    pack_digest: str
    items: Mapping[str, ItemTitle]
    fields: Mapping[str, FieldTitle]
    rules: Mapping[str, Words]
    units: Mapping[str, UnitRecord]
    titles: Titles | UnsetType = UNSET
    pack_errors: int | UnsetType = UNSET


class DetailsFile(Struct, frozen=True):
    """The file of details; `digest` is of the body."""

    schema_version: Literal["1"]
    kind: Literal["details"]
    digest: str
    body: DetailsRecord


def label(words: Words) -> Label:
    """Return what `details.words` wrote as a label."""
    return words if isinstance(words, Label) else Label(words, words)
