"""Writes an Assessment as canonical JSON `{body, made_by}`: exact numbers as text, no floats, one digest over the body."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from ..core.canonical import Json, digest
from ..core.numbers import Number, exact
from ..core.seal import sealed
from ..core.unknown import Why
from ..methods.marks import Datum, Marks, Reason
from .results import (
    Adjustment,
    Assessment,
    BonusItem,
    Finding,
    Item,
    LineResult,
    NodeScore,
    Verdict,
)

SCHEMA_VERSION = "1"
NUMBERS = (int, Fraction)


def to_json(assessment: Assessment, made_by: Mapping[str, Json]) -> dict[str, Json]:
    """Return the published form; `digest` and equality are of `body`, `made_by` says which engine and version judged, `seal`
    covers that too."""
    body = to_data(assessment)
    head: dict[str, Json] = {"schema_version": SCHEMA_VERSION, "digest": digest(body), "body": body}
    return sealed({**head, "made_by": dict(made_by)})


def body_digest(assessment: Assessment) -> str:
    return digest(to_data(assessment))


def to_data(a: Assessment) -> dict[str, Json]:
    """Return the judgement with every reason as plain data: the body of the published form."""
    return {
        "unit": {"code": a.unit, "kind": a.kind, "name": a.name, "region": a.region},
        "round": {"stage": a.stage, "reference_date": a.reference_date, "closed": a.closed},
        "pack": {"id": a.pack, "edition": a.edition, "digest": a.pack_digest, **draft_part(a.pack_errors, "errors")},
        "context": dict(a.context),
        "context_digest": a.context_digest,
        "verdict": _verdict(a.verdict),
        "verdict_without_waivers": _verdict(a.verdict_without_waivers),
        "grade": a.grade,
        "best_grade": a.best_grade,
        "base": _pair(a.base_lo, a.base_hi),
        "bonus": _pair(a.bonus_lo, a.bonus_hi),
        "total": _pair(a.total_lo, a.total_hi),
        "nodes": [_node(node) for node in a.nodes],
        "items": [_item(item) for item in a.items],
        "adjustments": [_adjustment(line) for line in a.adjustments],
        "bonuses": [_bonus(bonus) for bonus in a.bonuses],
        "findings": [_finding(finding) for finding in a.findings],
        "lines": [_line(line) for line in a.lines],
    }


def draft_part(errors: int, key: str) -> dict[str, Json]:
    """Return what a result says of a standard with errors; nothing where it has none, as it should."""
    return {key: errors} if errors else {}


def _pair(low: Number, high: Number) -> Json:
    return {"lo": exact(low), "hi": exact(high)}


def _verdict(verdict: Verdict) -> Json:
    return {"state": verdict.state, "deciding": [{"kind": kind, "id": name} for kind, name in verdict.deciding]}


def _node(node: NodeScore) -> Json:
    return {
        "id": node.id,
        "points": exact(node.points),
        "applicable": exact(node.applicable),
        "lo": exact(node.lo),
        "hi": exact(node.hi),
        "raw": _pair(node.raw_lo, node.raw_hi),
    }


def _adjustment(line: Adjustment) -> Json:
    return {
        "kind": line.kind,
        "node": line.node,
        "lo": exact(line.lo),
        "hi": exact(line.hi),
        "values": {name: datum(value) for name, value in line.values},
    }


def _item(item: Item) -> Json:
    return {
        "id": item.id,
        "outcome": item.outcome,
        "lo": exact(item.lo),
        "hi": exact(item.hi),
        "points": exact(item.points),
        "measured": datum(item.measured),
        "of": None if item.of is None else [exact(part) for part in item.of],
        "reason": _reason(item.reason),
        "why": [_why(why) for why in item.whys] if item.whys else [],
        "parts": [_marks(part) for part in item.parts] if item.parts else [],
        "late": item.late,
    }


def _marks(marks: Marks) -> Json:
    return {
        "lo": exact(marks.lo),
        "hi": exact(marks.hi),
        "reason": _reason(marks.reason),
        "why": [_why(why) for why in marks.whys],
        "parts": [_marks(part) for part in marks.parts],
        "late": marks.late,
    }


def _reason(reason: Reason) -> Json:
    return {"code": reason.code, "values": {name: datum(value) for name, value in reason.values}}


def _why(why: Why) -> Json:
    looks: dict[str, Json] = {"looks": list(why.looks)} if why.looks else {}
    return {"cause": why.cause, "subject": why.subject, "owed": why.owed, **looks}


def datum(value: Datum) -> Json:
    """Return a reason's value: numbers as exact text, tuples as lists."""
    if isinstance(value, str):
        return value
    if type(value) is int:  # the commonest number
        return str(value)
    if isinstance(value, tuple):
        return [datum(part) for part in value]
    if value is None or isinstance(value, bool):
        return value
    return exact(value) if isinstance(value, NUMBERS) else str(value)


def _bonus(bonus: BonusItem) -> Json:
    return {
        "id": bonus.id,
        "lo": exact(bonus.lo),
        "hi": exact(bonus.hi),
        "at_most": exact(bonus.at_most),
        "matters": [
            {"matter": matter, "level": level, "points": exact(points)} for matter, level, points in bonus.matters
        ],
        "why": [_why(why) for why in bonus.whys],
        "adjustments": [_adjustment(line) for line in bonus.adjustments],
    }


def _finding(finding: Finding) -> Json:
    return {
        "rule": finding.rule,
        "state": finding.state,
        "severity": finding.severity,
        "effect": finding.effect,
        "target": finding.target,
        "rows": [dict(row) for row in finding.rows],
        "why": [_why(why) for why in finding.whys],
    }


def _line(line: LineResult) -> Json:
    return {
        "grade": line.grade,
        "line": line.line,
        "figure": line.figure,
        "lo": exact(line.lo),
        "hi": exact(line.hi),
        "at_least": None if line.at_least is None else exact(line.at_least),
        "holds": line.holds,
        "fails": line.fails,
        "waived": line.waived,
    }
