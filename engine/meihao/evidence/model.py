"""Defines what was handed in about units: observations and documents, each knowing its file, sheet and cell."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from ..core.numbers import Number
from ..core.problems import Source
from ..standard.model import Role
from .places import RowPlace

Scalar = Number | str | bool | date
Row = Mapping[str, Scalar]
Value = Scalar | tuple[Row, ...]


class Received(Struct, frozen=True):
    """How a submission came in: on which day, from whom, why it corrects earlier ones, from which file of which digest.

    `number` counts the submissions of a unit from 1; 0 before it is stored. `decision` lets it into a closed round.
    """

    on: date
    by: str
    reason: str = ""
    file: str = ""
    sha256: str = ""
    number: int = 0
    decision: str = ""


class Observation(Struct, frozen=True, gc=False):
    """Who saw what, when: one value of one field. `reason` is an inspector's reason for a discretionary value.

    `day` is when it was seen or written down, `as_of` the day that it holds of where that is another one.

    `place` is where the value stands, or where all values of its row do; `source` is what to ask for.
    """

    field: str
    value: Value
    observer: str
    role: Role
    day: date | None
    place: Source | RowPlace
    reason: str = ""
    received: Received | None = None
    as_of: date | None = None

    @property
    def holds_of(self) -> date | None:
        """Return the day that the value holds of: only this one is compared with the reference date."""
        return self.as_of or self.day

    @property
    def source(self) -> Source:
        return self.place.of(self.field) if isinstance(self.place, RowPlace) else self.place

    def __eq__(self, other: object) -> bool:
        return self._said() == other._said() if isinstance(other, Observation) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._said())

    def _said(self) -> tuple[object, ...]:
        told = (self.observer, self.role, self.day, self.as_of, self.reason, self.received)
        return (self.field, self.value, *told, self.source)


class Document(Struct, frozen=True):
    """A document that was handed in; `proves` names the fields that it backs; validity dates are inclusive."""

    title: str
    number: str = ""
    issuer: str = ""
    day: date | None = None
    valid_to: date | None = None
    proves: tuple[str, ...] = ()
    sha256: str = ""
    source: Source = Source()
    received: Received | None = None


class UnitEvidence(Struct, frozen=True):
    """Everything handed in about one unit. `region` is a region code of the round, "" if not given.

    `receipts` are the number and digest of each submission it came in by, `let_in` how those came that a decision let into a
    closed round; loose evidence has neither.
    """

    code: str
    kind: str
    name: str
    region: str
    observations: tuple[Observation, ...]
    documents: tuple[Document, ...] = ()
    source: Source = Source()
    receipts: tuple[tuple[int, str], ...] = ()
    let_in: tuple[Received, ...] = ()

    def silent(self) -> bool:
        """Say whether nothing was handed in about the unit."""
        return not (self.observations or self.documents or self.receipts)
