"""Defines a round's own data, and the case: one unit, merged and ready to be judged."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from msgspec import Struct

from ..core.numbers import Number
from ..core.problems import Source
from ..core.text import Label
from ..core.unknown import Cause, Unknown, Why
from ..evidence.model import Document, Observation, Row, Value
from ..standard.model import Role
from .decisions import Decision
from .phases import PhaseNow, RoundPhase, phase_on

Stage = Literal["self", "verified"]


class Region(Struct, frozen=True):
    """A region with its numbers; `parent` is the code of the region around it."""

    code: str
    name: str
    level: str
    parent: str = ""
    applicants: int = 0
    households: int = 0
    source: Source = Source()


class Grant(Struct, frozen=True):
    """A waiver granted to a unit: by whom, when, until when (inclusive), on which document."""

    unit: str
    waiver: str
    granted_by: str
    granted_on: date
    until: date
    document: str
    reason: str
    source: Source = Source()


class Correction(Struct, frozen=True):
    """A committee's departure from the computed list, with a name and a reason."""

    unit: str
    tier: str
    action: Literal["remove", "add", "confirm"]
    by: str
    day: date
    reason: str
    source: Source = Source()


class RegisterReceipt(Struct, frozen=True):
    """A register that its keeper handed in: whole or not, as of which day, when, by whom, for which regions (all if none)."""

    register: str
    whole: bool
    as_of: date
    received: date
    by: str
    regions: tuple[str, ...] = ()
    source: Source = Source()


class Due(Struct, frozen=True):
    """Until when a role hands in, that day included: a date, or so many working days counted from the day after `after`."""

    role: Role
    day: date | None = None
    working_days: int = 0
    after: date | None = None
    source: Source = Source()


class Round(Struct, frozen=True):
    """One run of a standard. Without a round file: `Round.lone(...)`."""

    id: str
    title: Label
    reference_date: date | None
    closed: bool
    stage: Stage
    profile: str = ""
    lot_seed: str | None = None
    regions: tuple[Region, ...] = ()
    grants: tuple[Grant, ...] = ()
    corrections: tuple[Correction, ...] = ()
    titles: tuple[tuple[str, str], ...] = ()
    sample_data: bool = False
    due: tuple[Due, ...] = ()
    decisions: tuple[Decision, ...] = ()
    registers: tuple[RegisterReceipt, ...] = ()
    phases: tuple[RoundPhase, ...] = ()
    source: Source = Source()

    def phase_on(self, day: date) -> PhaseNow:
        """Return the phase of a day, for doors that know the day: judging never asks."""
        return phase_on(self.phases, day)


class Fact(Struct, frozen=True):
    """The merged value of one field, or why it is unknown, and the observations behind it.

    `known` are the rows of a register that has not come in whole: more may follow, these stand. `held` says why the value,
    known as it is, is not used for a point: what a relation found, or an inspector who is still wanted.
    """

    value: Value | Unknown
    sources: tuple[Observation, ...] = ()
    known: tuple[Row, ...] = ()
    held: tuple[Why, ...] = ()


class Hit(Struct, frozen=True):
    """A relation that found something: the fields it holds, the values for its sentence, and why it holds."""

    relation: str
    fields: tuple[str, ...]
    values: tuple[tuple[str, str], ...]
    cause: Cause = "numbers_disagree"


class Case(Struct, frozen=True):
    """One unit before the bench: facts by field id, documents, cohort values by measure key, children of an earlier run.

    `registers` are those that came in whole for the unit.
    """

    code: str
    kind: str
    name: str
    region: str
    stage: Stage
    closed: bool
    reference_date: date | None
    facts: Mapping[str, Fact]
    documents: tuple[Document, ...] = ()
    cohort: Mapping[str, Number | Unknown] | None = None
    children: tuple[Mapping[str, str], ...] | None = None
    hits: tuple[Hit, ...] = ()
    waived: tuple[str, ...] = ()
    registers: tuple[str, ...] = ()
