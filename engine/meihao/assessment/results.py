"""Defines what a judgement says: every point with its reason as data. Sentences are made of it later, by language.

Records that can hold no circle are left out of the garbage collector's rounds (`gc=False`): a unit has some hundreds.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from ..core.numbers import Number
from ..core.unknown import Why
from ..methods.aggregate import AggregateLine
from ..methods.marks import Datum, Marks, Reason

Outcome = Literal["met", "partly_met", "not_met", "unknown", "not_applicable", "exempt", "error"]
State = Literal["passed", "failed", "undetermined"]
AdjustmentKind = Literal[
    "zeroed", "shared_gain", "shared_loss", AggregateLine, "may_not_apply", "nothing_applies",
    "open_matters", "matters_cap", "bonus_documents", "bonus_cap",
]  # fmt: skip


class Item(Struct, frozen=True, gc=False):
    """A criterion's result. `points` is the full mark; `measured` the exact measure, `of` its part and whole where there are;
    `before` what a zeroed item had before."""

    id: str
    outcome: Outcome
    lo: Number
    hi: Number
    points: Number
    reason: Reason
    whys: tuple[Why, ...] = ()
    parts: tuple[Marks, ...] = ()
    measured: Number | str | None = None
    late: bool = False
    of: tuple[Number, Number] | None = None
    before: tuple[Number, Number] | None = None


class NodeScore(Struct, frozen=True, gc=False):
    """A node's figures after reweighting; `raw_*` before it; `applicable` full marks apply (0: the node does not)."""

    id: str
    lo: Number
    hi: Number
    points: Number
    applicable: Number
    raw_lo: Number
    raw_hi: Number


class Adjustment(Struct, frozen=True, gc=False):
    """A line of a sum that is no item: by how much a cap, a reweighting or an aggregate changes its lower and its upper column.

    `node` is the node, the bonus entry or `bonus` (all entries) whose sum it belongs to: what stands under it and its
    adjustments are its points, in each column.
    """

    kind: AdjustmentKind
    node: str
    lo: Number
    hi: Number
    values: tuple[tuple[str, Datum], ...] = ()


class BonusItem(Struct, frozen=True, gc=False):
    """A bonus entry; `adjustments` lead from the points of its matters to its own, where it has matters."""

    id: str
    lo: Number
    hi: Number
    at_most: Number
    matters: tuple[tuple[str, str, Number], ...]
    whys: tuple[Why, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()


class Finding(Struct, frozen=True, gc=False):
    """A rule's result: fired, flagged (unknown, and the rule says flag) or waived; `rows` fill its sentence once each."""

    rule: str
    state: Literal["fired", "flagged", "waived"]
    severity: Literal["minor", "major"]
    effect: str
    target: str
    rows: tuple[tuple[tuple[str, str], ...], ...]
    whys: tuple[Why, ...] = ()


class LineResult(Struct, frozen=True, gc=False):
    """A grade line on the printed figures; `holds` is certain, `fails` is certain, else open."""

    grade: str
    line: str
    figure: str
    lo: Number
    hi: Number
    at_least: Number | None
    holds: bool
    fails: bool
    waived: bool = False


class Verdict(Struct, frozen=True, gc=False):
    """`deciding` names the line, rule or reason that settled it: (kind, id), e.g. ("veto", "vetoes.serious_accident")."""

    state: State
    deciding: tuple[tuple[str, str], ...]


class Assessment(Struct, frozen=True):
    """The whole judgement of one unit. `grade` is certain; `best_grade` still possible; "" below every grade.

    `context` holds the cohort values (exact text, or "unknown") that were used, so that the unit can be re-judged alone.
    `pack_errors` above 0 says that this is a draft, judged by a standard with so many errors.
    """

    unit: str
    kind: str
    name: str
    region: str
    stage: str
    reference_date: str
    closed: bool
    pack: str
    edition: str
    pack_digest: str
    items: tuple[Item, ...]
    nodes: tuple[NodeScore, ...]
    adjustments: tuple[Adjustment, ...]
    bonuses: tuple[BonusItem, ...]
    base_lo: Number
    base_hi: Number
    bonus_lo: Number
    bonus_hi: Number
    total_lo: Number
    total_hi: Number
    findings: tuple[Finding, ...]
    lines: tuple[LineResult, ...]
    grade: str
    best_grade: str
    verdict: Verdict
    verdict_without_waivers: Verdict
    context: tuple[tuple[str, str], ...] = ()
    context_digest: str = ""
    pack_errors: int = 0

    def item(self, criterion: str) -> Item:
        """Return the item of a criterion. Raises StopIteration."""
        return next(i for i in self.items if i.id == criterion)

    def node(self, name: str) -> NodeScore:
        """Return the score of a node. Raises StopIteration."""
        return next(n for n in self.nodes if n.id == name)
