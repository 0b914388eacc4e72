"""Writes what changed between two rankings as plain JSON, with the words in both languages."""

from __future__ import annotations

from ..core.canonical import Json
from ..core.text import Label
from .answers import Answer, Moved, RankingComparison
from .behind import Brought, Cause
from .compare import Change
from .compare_words import Book, change_said, place_said

SCHEMA_VERSION = "1"


def to_json(comparison: RankingComparison, book: Book, digests: tuple[str, str]) -> dict[str, Json]:
    """Return `{schema_version, kind, old, new, changes, settings, seats, units}`; words in both languages."""
    return {
        "schema_version": SCHEMA_VERSION,
        "kind": "comparison",
        "old": digests[0],
        "new": digests[1],
        "changes": comparison.count(),
        "settings": [_change_json(change, book) for change in comparison.settings],
        "seats": [_change_json(change, book) for change in comparison.seats],
        "units": [_answer_json(answer, book) for answer in comparison.answers],
    }


def _answer_json(answer: Answer, book: Book) -> Json:
    return {
        "unit": answer.unit,
        "name": answer.name,
        "places": [_moved_json(moved, answer, book) for moved in answer.places],
        "changes": [_change_json(change, book, answer.kind) for change in answer.changes],
        "causes": [_cause_json(cause) for cause in answer.causes],
    }


def _moved_json(moved: Moved, answer: Answer, book: Book) -> Json:
    rivals: list[Json] = [
        {"unit": r.unit, "name": r.name, "before": r.before, "after": r.after, "rank": r.rank} for r in moved.rivals
    ]
    return {
        "list": moved.list, "tier": moved.tier, "title": _both(book.tier(moved.tier, bool(moved.after))), "before": moved.before,
        "after": moved.after, "why": moved.why, "by": moved.by, "reason": moved.reason, "instead": rivals,
        "reserve": moved.reserve, "text": _both(place_said(moved, answer, book)),
    }  # fmt: skip


def _change_json(change: Change, book: Book, kind: str = "") -> Json:
    name, was, now = change_said(change, book, kind)
    raw: dict[str, Json] = {"what": change.what, "subject": change.subject, "where": change.where}
    return {**raw, "title": _both(name), "before": _both(was), "after": _both(now)}


def _cause_json(cause: Cause) -> Json:
    return {
        "what": cause.what, "id": cause.id, "title": _both(cause.title), "before": _both(cause.before),
        "after": _both(cause.after), "brought": [_brought_json(one) for one in cause.brought],
        "causes": [_cause_json(one) for one in cause.causes],
    }  # fmt: skip


def _brought_json(brought: Brought) -> Json:
    return {
        "file": brought.file, "observer": brought.observer, "role": brought.role, "number": brought.number, "date": brought.date,
        "by": brought.by, "reason": brought.reason, "original": brought.original, "decision": brought.decision,
    }  # fmt: skip


def _both(label_: Label) -> Json:
    return {"zh": label_.zh, "en": label_["en"]}
