"""Defines the result of a unit as it is published: the records of `results` with exact figures as text, and the file around them.

What an older file lacks is optional here; everything else a file must have. `read_back` decodes it, `to_json` writes it.
"""

from __future__ import annotations

from typing import Literal

from msgspec import UNSET, Struct, UnsetType

from ..core.read_back import Figure
from ..core.unknown import Cause
from .results import AdjustmentKind, Outcome, State

Written = str | bool | None | tuple[object, ...]  # a value of a reason: see `to_json.datum`


class UnitPart(Struct, frozen=True):
    """Which unit was judged."""

    code: str
    kind: str
    name: str
    region: str


class RoundPart(Struct, frozen=True):
    """In which circumstances a unit was judged."""

    stage: str
    reference_date: str
    closed: bool


class PackPart(Struct, frozen=True):
    """By which standard a unit was judged. Only a draft has `errors`."""

    id: str
    edition: str
    digest: str
    errors: int | UnsetType = UNSET


class BoundsRecord(Struct, frozen=True):
    """Points certain and still possible."""

    lo: Figure
    hi: Figure


class DecidingRecord(Struct, frozen=True):
    """A line, rule or reason that settled a verdict."""

    kind: str
    id: str


class VerdictRecord(Struct, frozen=True):
    """A verdict as published; see `Verdict`."""

    state: State
    deciding: tuple[DecidingRecord, ...]


class WhyRecord(Struct, frozen=True):
    """A reason for not knowing as published; see `Why`. Only an inspector who is awaited has `looks`."""

    cause: Cause
    subject: str
    owed: bool
    looks: tuple[int, ...] | UnsetType = UNSET


class ReasonRecord(Struct, frozen=True):
    """A reason for points as published; see `Reason`."""

    code: str
    values: dict[str, Written]


class MarksRecord(Struct, frozen=True):
    """A part of an item as published; see `Marks`."""

    lo: Figure
    hi: Figure
    reason: ReasonRecord
    why: tuple[WhyRecord, ...]
    parts: tuple[MarksRecord, ...]
    late: bool


class ItemResult(Struct, frozen=True):
    """A criterion's result as published; see `Item`. The first files had no `of`."""

    id: str
    outcome: Outcome
    lo: Figure
    hi: Figure
    points: Figure
    measured: str | None
    reason: ReasonRecord
    why: tuple[WhyRecord, ...]
    parts: tuple[MarksRecord, ...]
    late: bool
    of: tuple[Figure, Figure] | UnsetType | None = UNSET


class NodeRecord(Struct, frozen=True):
    """A node's figures as published; see `NodeScore`."""

    id: str
    points: Figure
    applicable: Figure
    lo: Figure
    hi: Figure
    raw: BoundsRecord


class AdjustmentRecord(Struct, frozen=True):
    """A line of a sum as published; see `Adjustment`."""

    kind: AdjustmentKind
    node: str
    lo: Figure
    hi: Figure
    values: dict[str, Written]


class MatterRecord(Struct, frozen=True):
    """A matter of a bonus entry, at its level."""

    matter: str
    level: str
    points: Figure


class BonusRecord(Struct, frozen=True):
    """A bonus entry as published; see `BonusItem`. The first files had no adjustments."""

    id: str
    lo: Figure
    hi: Figure
    at_most: Figure
    matters: tuple[MatterRecord, ...]
    why: tuple[WhyRecord, ...]
    adjustments: tuple[AdjustmentRecord, ...] | UnsetType = UNSET


class FindingRecord(Struct, frozen=True):
    """A rule's result as published; see `Finding`."""

    rule: str
    state: Literal["fired", "flagged", "waived"]
    severity: Literal["minor", "major"]
    effect: str
    target: str
    rows: tuple[dict[str, str], ...]
    why: tuple[WhyRecord, ...]


class LineRecord(Struct, frozen=True):
    """A grade line as published; see `LineResult`."""

    grade: str
    line: str
    figure: str
    lo: Figure
    hi: Figure
    at_least: Figure | None
    holds: bool
    fails: bool
    waived: bool


class AssessmentRecord(Struct, frozen=True):
    """The whole judgement of a unit as published; see `Assessment`. The first files had neither context nor adjustments."""

    unit: UnitPart
    round: RoundPart
    pack: PackPart
    context_digest: str
    verdict: VerdictRecord
    verdict_without_waivers: VerdictRecord
    grade: str
    best_grade: str
    base: BoundsRecord
    bonus: BoundsRecord
    total: BoundsRecord
    nodes: tuple[NodeRecord, ...]
    items: tuple[ItemResult, ...]
    bonuses: tuple[BonusRecord, ...]
    findings: tuple[FindingRecord, ...]
    lines: tuple[LineRecord, ...]
    context: dict[str, str] | UnsetType = UNSET
    adjustments: tuple[AdjustmentRecord, ...] | UnsetType = UNSET


class AssessmentFile(Struct, frozen=True):
    """The file of a unit's result: `digest` is of the body, `seal` of the rest; the first files had no seal."""

    schema_version: Literal["1"]
    digest: str
    body: AssessmentRecord
    made_by: dict[str, str] | UnsetType = UNSET
    seal: str | UnsetType = UNSET
