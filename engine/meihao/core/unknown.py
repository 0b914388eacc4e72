"""Treats unknown as a value: it says which fact, document or decision is missing, from a closed list of reasons."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Cause = Literal[
    "missing_fact",
    "missing_document",
    "expired_document",
    "sample_too_small",
    "awaiting_inspector",
    "inspectors_disagree",
    "numbers_disagree",
    "needs_round",
]
OWED: tuple[Cause, ...] = ("missing_fact", "missing_document", "expired_document")


class Why(Struct, frozen=True, order=True):
    """One reason for not knowing; `subject` is the field, document title, rule or measure; `owed` says the applicant owes it.

    `looks` of an inspector who is awaited: how many have looked, and how many the standard wants; () where it names no number.
    """

    cause: Cause
    subject: str
    owed: bool = False
    looks: tuple[int, ...] = ()


class Unknown(Struct, frozen=True):
    """No value, and why: reasons sorted, each once."""

    whys: tuple[Why, ...]

    def __bool__(self) -> bool:
        raise TypeError("an unknown is neither true nor false")


def merge(*unknowns: Unknown) -> Unknown:
    """Return one unknown with every reason."""
    if len(unknowns) == 1:
        return unknowns[0]
    return Unknown(tuple(sorted({why for unknown in unknowns for why in unknown.whys})))
