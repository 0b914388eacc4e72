"""Defines what a score gives: points certain and still possible, with a reason as data; and what a method asks of a case."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

from msgspec import Struct

from ..core.numbers import Number
from ..core.unknown import Unknown, Why
from ..expressions.scope import Scope

Datum = Number | str | bool | None | tuple["Datum", ...]
NO_DATE = Unknown((Why("needs_round", "reference_date"),))


class JudgingScope(Scope, Protocol):
    """What a method may ask of the unit before it: what expressions ask, its place among other units, and what is owed."""

    def cohort_value(self, key: str, /) -> Number | Unknown: ...
    def is_late(self, whys: Iterable[Why], /) -> bool: ...


class Reason(Struct, frozen=True, gc=False):
    """Why these points: a code of the scoring method and the values that its sentence needs."""

    code: str
    values: tuple[tuple[str, Datum], ...] = ()

    def get(self, name: str) -> Datum:
        return dict(self.values).get(name)


class Marks(Struct, frozen=True, gc=False):
    """Points certainly earned and still possible, before or after rounding, with reasons and what is not known.

    `late` says that something owed was not handed in before the deadline and counts as 0.
    """

    lo: Number
    hi: Number
    reason: Reason
    whys: tuple[Why, ...] = ()
    parts: tuple[Marks, ...] = ()
    late: bool = False


PartJudge = Callable[[JudgingScope], Marks]
LATE = Reason("late")
OPEN = Reason("open")


def open_marks(whys: tuple[Why, ...], low: Number, high: Number, scope: JudgingScope) -> Marks:
    """Return what is left open; after the deadline what the applicant owes and did not hand in earns the least (截止未提供)."""
    if low >= 0 and scope.is_late(whys):
        return Marks(0, 0, LATE, whys, late=True)
    return Marks(low, high, OPEN, whys)


def certain(points: Number, code: str, *values: tuple[str, object]) -> Marks:
    """Return points that nothing can change any more."""
    return Marks(points, points, Reason(code, values))  # type: ignore[arg-type]  # callers pass Datum values


def all_whys(parts: Iterable[Marks]) -> tuple[Why, ...]:
    """Return everything that is missing in any part, sorted, each once."""
    return tuple(sorted({why for part in parts for why in part.whys}))


def unknown_of(*values: object) -> tuple[Why, ...]:
    """Return the reasons of those values that are unknown."""
    return tuple(sorted({why for value in values if isinstance(value, Unknown) for why in value.whys}))
