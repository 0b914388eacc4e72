"""Writes audits as plain JSON: every check with its state and reason in both languages, every difference, and the counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from ..core.canonical import Json, digest_bytes
from ..core.text import Label
from .model import Audit, Check, Difference, OpenedFile, State

SCHEMA_VERSION = "1"


def to_json(document: OpenedFile, audits: Sequence[Audit]) -> dict[str, Json]:
    """Return what was found. There is no single yes or no: `counts` says how many checks hold, fail, or were not made."""
    counts: dict[str, Json] = {state: sum(audit.count(state) for audit in audits) for state in get_args(State)}
    return {
        "schema_version": SCHEMA_VERSION,
        "kind": "audit",
        "file": document.name,
        "file_digest": digest_bytes(document.data),
        "counts": counts,
        "results": [
            {"subject": _label(audit.subject), "checks": [_check(one) for one in audit.checks]} for audit in audits
        ],
    }


def _check(check: Check) -> Json:
    return {
        "id": check.id,
        "state": check.state,
        "title": _label(check.title),
        "said": _label(check.said),
        "differences": [_difference(one) for one in check.differences],
    }


def _difference(one: Difference) -> Json:
    return {"where": _label(one.where), "was": _label(one.was), "now": _label(one.now)}


def _label(label: Label) -> Json:
    return {"zh": label.zh, "en": label["en"]}
