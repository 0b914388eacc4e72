"""Compiles comparisons and Kleene's three-valued and, or, not."""

from __future__ import annotations

import operator
from collections.abc import Callable

from ..core.unknown import Unknown, merge
from .scope import NO_ROW, Compiled, Row, Scope, Truth, compared
from .tree import Scalar

Holds = Callable[[Scalar, Scalar], bool]


def same(a: Scalar, b: Scalar) -> bool:
    """Say whether two values of one kind are equal; texts are compared in NFC without surrounding blanks."""
    return a == b or (isinstance(a, str) and compared(a) == compared(b))


def differ(a: Scalar, b: Scalar) -> bool:
    return not same(a, b)


HOLDS: dict[str, Holds] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": same,
    "!=": differ,
}


def compare_constant(first: Compiled, sign: str, constant: Scalar) -> Compiled:
    """Return the test `first sign constant`: the commonest atom, without asking for the constant each time."""
    # `a == "x"` is `a in ("x",)`: the constant is brought into the form of comparison once, when compiling.
    if sign in ("==", "!="):
        return member(first, (constant,), negated=sign == "!=")
    holds = HOLDS[sign]

    def test(scope: Scope, row: Row = NO_ROW, /) -> bool | Unknown:
        value = first(scope, row)
        return value if isinstance(value, Unknown) else holds(value, constant)

    return test


def compare_two(first: Compiled, sign: str, second: Compiled) -> Compiled:
    holds = HOLDS[sign]

    def test(scope: Scope, row: Row = NO_ROW, /) -> bool | Unknown:
        a, b = first(scope, row), second(scope, row)
        if isinstance(a, Unknown):
            return merge(a, b) if isinstance(b, Unknown) else a
        return b if isinstance(b, Unknown) else holds(a, b)

    return test


def compare_chain(first: Compiled, links: tuple[tuple[str, Compiled], ...]) -> Compiled:
    """Return the test of a chain: false as soon as one link between known values fails, whatever the others are."""
    steps = tuple((HOLDS[sign], part) for sign, part in links)

    def test(scope: Scope, row: Row = NO_ROW, /) -> bool | Unknown:
        left = first(scope, row)
        unknown = [left] if isinstance(left, Unknown) else []
        for holds, part in steps:
            right = part(scope, row)
            if isinstance(right, Unknown):
                unknown.append(right)
            elif not isinstance(left, Unknown) and not holds(left, right):
                return False
            left = right
        return merge(*unknown) if unknown else True

    return test


def member(part: Compiled, options: tuple[Scalar, ...], negated: bool) -> Compiled:
    """Return the test `part in options`, or `not in`."""
    known, found = frozenset(compared(option) for option in options), not negated

    def test(scope: Scope, row: Row = NO_ROW, /) -> bool | Unknown:
        value = part(scope, row)
        return value if isinstance(value, Unknown) else (compared(value) in known) is found

    return test


def connect(parts: tuple[Truth, ...], decisive: bool) -> Compiled:
    """Return `and` (decided by one false part) or `or` (by one true part); else an unknown part leaves it unknown."""
    otherwise = not decisive

    def test(scope: Scope, row: Row = NO_ROW, /) -> bool | Unknown:
        unknown: list[Unknown] = []
        for part in parts:
            value = part(scope, row)
            if isinstance(value, Unknown):
                unknown.append(value)
            elif value is decisive:
                return decisive
        return merge(*unknown) if unknown else otherwise

    return test


def negation(part: Truth) -> Compiled:
    def test(scope: Scope, row: Row = NO_ROW, /) -> bool | Unknown:
        value = part(scope, row)
        return value if isinstance(value, Unknown) else not value

    return test
