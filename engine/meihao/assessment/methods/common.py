"""Holds what scoring methods share: open marks, edges, steps and sums of marks."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping
from math import ceil, floor
from typing import assert_never

from ...core.numbers import Number, divide
from ...core.unknown import Unknown, Why
from ...round.scope import CaseScope
from ...standard.model import Edge, Step
from ..measured import Measured
from ..results import Marks, Reason

Scorer = Callable[[CaseScope, Measured], Marks]
LATE = Reason("late")
OPEN = Reason("open")
INSIDE: Mapping[Edge, Callable[[Number, Number], bool]] = {
    "at_least": operator.ge,
    "at_most": operator.le,
    "more_than": operator.gt,
    "less_than": operator.lt,
}
"""How a value lies to an edge: 以上/以下 include the number, 超过/不足 exclude it."""


def open_marks(whys: tuple[Why, ...], low: Number, high: Number, scope: CaseScope) -> Marks:
    """Return what is left open; after the deadline what the applicant owes and did not hand in earns the least (截止未提供)."""
    if low >= 0 and scope.is_late(whys):
        return Marks(0, 0, LATE, whys, late=True)
    return Marks(low, high, OPEN, whys)


def certain(points: Number, code: str, *values: tuple[str, object]) -> Marks:
    return Marks(points, points, Reason(code, values))  # type: ignore[arg-type]  # callers pass Datum values


def all_inside(edges: Iterable[tuple[Edge, Number]], value: Number) -> bool:
    """Say whether a number is inside every edge. (A loop: `all` of a generator takes twice as long.)

    >>> all_inside([("at_least", 30)], 30), all_inside([("at_least", 30), ("less_than", 30)], 30)
    (True, False)
    """
    for edge, limit in edges:  # noqa: SIM110
        if not INSIDE[edge](value, limit):
            return False
    return True


def steps(amount: Number, for_each: Number, step: Step | None) -> Number:
    """Return how many times `for_each` fits: whole steps down, whole steps up, or in proportion.

    >>> [steps(divide(7, 2), 1, way) for way in ("floor", "ceil", "prorata")]
    [3, 4, Fraction(7, 2)]
    """
    times = divide(amount, for_each)
    match step:
        case None | "prorata":
            return times
        case "floor":
            return floor(times)
        case "ceil":
            return ceil(times)
        case _:  # pragma: no cover
            assert_never(step)


def all_whys(parts: Iterable[Marks]) -> tuple[Why, ...]:
    return tuple(sorted({why for part in parts for why in part.whys}))


def unknown_of(*values: object) -> tuple[Why, ...]:
    """Return the reasons of those values that are unknown."""
    return tuple(sorted({why for value in values if isinstance(value, Unknown) for why in value.whys}))
