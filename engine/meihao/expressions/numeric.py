"""Compiles exact arithmetic, in which an unknown part makes the whole unknown."""

from __future__ import annotations

import operator
from collections.abc import Callable
from math import ceil, floor
from typing import Literal

from ..core.numbers import Number, divide, simplest
from ..core.unknown import Unknown, merge
from .scope import NO_ROW, Compiled, Dated, Numeric, Row, Scope, missing


def _opposite(value: Number) -> Number:
    return -value


def _absolute(value: Number) -> Number:
    return -value if value < 0 else value


ONE: dict[Literal["-", "abs", "ceil", "floor"], Callable[[Number], Number]] = {
    "-": _opposite,
    "abs": _absolute,
    "ceil": ceil,
    "floor": floor,
}


def arithmetic(sign: Literal["+", "-", "*"], left: Numeric, right: Numeric) -> Compiled:
    """Return left sign right; whole results are ints."""
    apply = {"+": operator.add, "-": operator.sub, "*": operator.mul}[sign]

    def work_out(scope: Scope, row: Row = NO_ROW, /) -> Number | Unknown:
        a, b = left(scope, row), right(scope, row)
        if isinstance(a, Unknown):
            return merge(a, b) if isinstance(b, Unknown) else a
        if isinstance(b, Unknown):
            return b
        value: Number = apply(a, b)
        return value if isinstance(value, int) else simplest(value)

    return work_out


def division(part: Numeric, whole: Numeric, whole_text: str) -> Compiled:
    """Return part / whole; a whole of 0 is unknown, and the reason names it."""
    by_zero = missing(f"division by zero: {whole_text}")

    def work_out(scope: Scope, row: Row = NO_ROW, /) -> Number | Unknown:
        a, b = part(scope, row), whole(scope, row)
        # Asked first: a whole of 0 is the reason even where the part is not known.
        if b == 0:
            return by_zero
        if isinstance(a, Unknown):
            return merge(a, b) if isinstance(b, Unknown) else a
        return b if isinstance(b, Unknown) else divide(a, b)

    return work_out


def of_one(function: Literal["-", "abs", "ceil", "floor"], part: Numeric) -> Compiled:
    """Return -x, abs(x), ceil(x) or floor(x)."""
    apply = ONE[function]

    def work_out(scope: Scope, row: Row = NO_ROW, /) -> Number | Unknown:
        value = part(scope, row)
        return value if isinstance(value, Unknown) else apply(value)

    return work_out


def extreme(function: Literal["min", "max"], parts: tuple[Numeric, ...]) -> Compiled:
    """Return the least or greatest of the parts; one unknown part leaves it unknown."""
    choose: Callable[[list[Number]], Number] = min if function == "min" else max

    def work_out(scope: Scope, row: Row = NO_ROW, /) -> Number | Unknown:
        known: list[Number] = []
        unknown: list[Unknown] = []
        for part in parts:
            value = part(scope, row)
            if isinstance(value, Unknown):
                unknown.append(value)
            else:
                known.append(value)
        return merge(*unknown) if unknown else choose(known)

    return work_out


def days(start: Dated, end: Dated) -> Compiled:
    """Return the whole days from start to end; negative where end comes first."""

    def work_out(scope: Scope, row: Row = NO_ROW, /) -> int | Unknown:
        a, b = start(scope, row), end(scope, row)
        if isinstance(a, Unknown):
            return merge(a, b) if isinstance(b, Unknown) else a
        return b if isinstance(b, Unknown) else (b - a).days

    return work_out
