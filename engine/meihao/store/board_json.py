"""Writes the state of a round as plain JSON with its schema version."""

from __future__ import annotations

from collections.abc import Sequence

from ..core.canonical import Json
from ..core.text import Label
from ..evidence.model import Received
from ..standard.model import ROLES
from .changes import ValueChange
from .needs import Need
from .read import Entry
from .status import Board, DeadlineState, RegionState, Tally, UnitState, tally

SCHEMA_VERSION = "1"


def to_json(
    board: Board, round_id: str, only: UnitState | None = None, entries: Sequence[Entry] = ()
) -> dict[str, Json]:
    """Return `{schema_version, kind, …}`; with a unit that one alone, and its submissions."""
    head: dict[str, Json] = {
        "schema_version": SCHEMA_VERSION, "kind": "status", "round": round_id, "on": board.on.isoformat(),
        "ledger": board.ledger,
        "deadlines": {role: day.isoformat() for role, day in sorted(board.deadlines.items())},
    }  # fmt: skip
    if only is not None:
        return {**head, "unit": _unit(board, only), "submissions": [_entry(entry) for entry in entries]}
    return {
        **head,
        "counts": {
            "units": board.heard(),
            "complete": sum(unit.complete() for unit in board.units),
            "silent": board.silent,
        },
        "roles": {
            role: {"tally": _tally(counted), "deadline": _deadline(board.role_deadline(role))}
            for role, counted in board.roles
        },
        "regions": [_region(region) for region in board.regions],
        "units": [_unit(board, unit) for unit in board.units],
    }


def _tally(counted: Tally) -> Json:
    return {"given": counted.given, "wanted": counted.wanted, "percent": counted.percent()}


def _label(label: Label) -> Json:
    return {"zh": label.zh, "en": label["en"]}


def _region(region: RegionState) -> Json:
    counts: dict[str, Json] = {"units": region.units, "expected": region.expected, "complete": region.complete}
    return {
        "code": region.code,
        "name": region.name,
        **counts,
        "overdue": region.overdue,
        "tally": _tally(region.tally),
    }


def _unit(board: Board, unit: UnitState) -> Json:
    roles: dict[str, Json] = {
        role: {"tally": _tally(tally(unit.of(role))), "deadline": _deadline(board.deadline(unit, role))}
        for role in ROLES
        if unit.of(role)
    }
    return {
        "code": unit.code, "name": unit.name, "kind": unit.kind, "region": unit.region, "complete": unit.complete(),
        "tally": _tally(tally(unit.needs)), "roles": roles, "missing": [_need(need) for need in unit.missing()],
        "last": None if unit.last is None else _received(unit.last),
        "silent": unit.silent, "altered": list(unit.altered), "unreadable": unit.unreadable,
    }  # fmt: skip


def _deadline(deadline: DeadlineState) -> Json:
    due = None if deadline.due is None else deadline.due.isoformat()
    return {"state": deadline.pressure, "due": due, "working_days": deadline.days}


def _need(need: Need) -> Json:
    return {"what": need.what, "id": need.id, "title": _label(need.label), "role": need.role, "state": need.state}


def _received(received: Received) -> dict[str, Json]:
    texts = {"by": received.by, "reason": received.reason, "file": received.file, "sha256": received.sha256}
    if received.decision:
        texts["decision"] = received.decision
    return {"number": received.number, "on": received.on.isoformat(), **texts}


def _entry(entry: Entry) -> Json:
    counts: dict[str, Json] = {"values": entry.values, "documents": entry.documents}
    return {**_received(entry.received), **counts, "corrections": [_change(one) for one in entry.corrections]}


def _change(change: ValueChange) -> Json:
    whose = {"observer": change.observer, "role": change.role}
    return {
        "field": change.field,
        "title": _label(change.label),
        "old": _label(change.old),
        "new": _label(change.new),
        **whose,
    }
