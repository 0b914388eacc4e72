"""Defines what sheets to fill in by hand and inspection records say, as plain data for their templates."""

from __future__ import annotations

from typing import ClassVar

from msgspec import Struct

from .model import Mark, Pair, Report, SumRow


class ScoreRow(Struct, frozen=True):
    """A criterion to be scored by hand: how it is scored in words, line by line, and the documents wanted."""

    number: str
    title: str
    full: str
    measure: str
    score: tuple[str, ...]
    conditions: tuple[str, ...]
    documents: tuple[str, ...]


class ScoreBlock(Struct, frozen=True):
    """A dimension: its criteria and its `lines` (shared caps, means) add up to its full mark."""

    number: str
    title: str
    full: str
    rows: tuple[ScoreRow, ...]
    lines: tuple[SumRow, ...]


class Gate(Struct, frozen=True):
    """A condition or veto with its two boxes to tick."""

    title: str
    boxes: tuple[str, str]


class ScoreSheet(Report, frozen=True):
    """The blank score sheet of a kind: every criterion of the pack, with columns to fill in by hand."""

    template: ClassVar[str] = "blank_score.html"
    heading: str
    blocks: tuple[ScoreBlock, ...]
    full: str
    bonus: tuple[ScoreRow, ...]
    bonus_most: str
    gates: tuple[Gate, ...]
    grades: tuple[str, ...]


class LookRow(Struct, frozen=True):
    """One thing to look at: `boxes` to tick, or a space with its `unit`; `own` is the inspector's to find out."""

    title: str
    hint: str
    unit: str
    boxes: tuple[str, ...]
    own: bool
    reason: bool = False


class LookBlock(Struct, frozen=True):
    """The inspection of one dimension: criteria it serves, rows, sample rules, documents to be seen."""

    number: str
    title: str
    serves: tuple[Pair, ...]
    rows: tuple[LookRow, ...]
    samples: tuple[str, ...]
    documents: tuple[str, ...]


class InspectionSheet(Report, frozen=True):
    """The blank inspection sheets of a kind, one for each dimension, for one inspector.

    `unit` is a code and a name where the sheet is of one unit, as that of disputed facts is.
    """

    template: ClassVar[str] = "blank_inspection.html"
    heading: str
    blocks: tuple[LookBlock, ...]
    unit: Pair = Pair("", "")


class Seen(Struct, frozen=True):
    """What one observer recorded: the value in words, with who and when; `differs` from what was taken."""

    value: str
    who: str
    day: str
    differs: bool


class FactRow(Struct, frozen=True):
    """One fact: what the unit and others said, what each inspector saw, in the record's order; what was taken."""

    title: str
    told: tuple[Seen, ...]
    seen: tuple[tuple[Seen, ...], ...]
    taken: str
    mark: Mark


class FactBlock(Struct, frozen=True):
    title: str
    rows: tuple[FactRow, ...]


class Said(Struct, frozen=True):
    """A reason that an inspector gave for a value of judgement."""

    title: str
    value: str
    who: str
    reason: str


class Paper(Struct, frozen=True):
    """A document that was seen."""

    title: str
    number: str
    day: str
    until: str
    proves: str
    digest: str


class Protocol(Report, frozen=True):
    """The record of one unit's inspection: who saw what and when, side by side, documents, findings, reasons.

    `width` is how many columns the table of facts has: a column for each of `inspectors`, and four.
    """

    template: ClassVar[str] = "protocol.html"
    heading: str
    name: str
    facts: tuple[Pair, ...]
    inspectors: tuple[str, ...]
    width: str
    counts: tuple[Pair, ...]
    blocks: tuple[FactBlock, ...]
    papers: tuple[Paper, ...]
    more_papers: int
    findings: tuple[Pair, ...]
    reasons: tuple[Said, ...]
