"""Finds what a unit need not hand in again: values of the last round with date and name, and documents still valid."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from ..core.calendar import within
from ..core.label import Label
from ..core.text import normal
from ..evidence.model import Document, Observation, UnitEvidence
from ..standard.model import DocumentWanted, Role
from .asked import VERIFYING, WantedDocument


class Held(Struct, frozen=True):
    """What a unit has handed in before and need not hand in again; `declared` is what those who verify see beside it."""

    values: Mapping[str, Observation] = {}
    documents: tuple[Document, ...] = ()
    declared: Mapping[str, Observation] = {}


def held(unit: UnitEvidence | None, role: Role, wanted: tuple[WantedDocument, ...], on: date | None) -> Held:
    """Return a role's own last values, the latest of each field, and the documents that are still valid on a day.

    An inspector looks afresh and blind: an inspector's form takes over nothing, and shows nothing that was declared.
    """
    if unit is None or role == "inspector":
        return Held()
    values = _latest(unit, role)
    wants = {normal(one.title.zh): one.wants for one in wanted}
    mine = unit.documents if role == "applicant" else ()
    documents = tuple(d for d in mine if _valid(d, wants.get(normal(d.title), ()), on))
    return Held(values, documents, _latest(unit, "applicant") if role in VERIFYING else {})


def all_given(unit: UnitEvidence, role: Role) -> Held:
    """Return all that a role hands in of a unit: what is valid or not is for the judgement to say."""
    return Held(_latest(unit, role), unit.documents if role == "applicant" else ())


def _latest(unit: UnitEvidence, role: Role) -> dict[str, Observation]:
    """Return the last value that a role gave of each field."""
    mine = (o for o in unit.observations if o.role == role)
    return {seen.field: seen for seen in sorted(mine, key=lambda o: o.day or date.min)}


def _valid(document: Document, wants: tuple[DocumentWanted, ...], on: date | None) -> bool:
    if on is None:
        return True
    if document.valid_to is not None and document.valid_to < on:
        return False
    lengths = [want.valid_for for want in wants if want.valid_for]
    return all(document.day is not None and within(document.day, length, on) for length in lengths)


def who_and_when(seen: Observation) -> Label:
    """Return by whom and when a value was given."""
    if seen.day is None:
        return Label(f"{seen.observer}填过，没有变就不用改", f"given by {seen.observer}; leave it unless it changed")
    return Label(
        f"{seen.day}{seen.observer}填，没有变就不用改", f"{seen.day}, {seen.observer}; leave it unless it changed"
    )


def declared(seen: Observation, shown: str) -> Label:
    """Return what the applicant declared, as those who verify it see it; it is not theirs until they write a value."""
    day = f"（{seen.day}）" if seen.day else ""
    return Label(f"申报：{shown}{day}", f"declared: {shown}" + (f" ({seen.day})" if seen.day else ""))


def until(document: Document) -> Label:
    """Return which document is held, and how long it serves."""
    if document.valid_to is None:
        return Label(document.number or "交过", document.number or "handed in before")
    number = document.number and f"{document.number} "
    return Label(f"{number}有效期至{document.valid_to}", f"{number}valid to {document.valid_to}")
