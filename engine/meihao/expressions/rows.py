"""Compiles counts, sums and `any_row` over the rows of a table."""

from __future__ import annotations

from ..core.numbers import Number, simplest
from ..core.unknown import Unknown, Why, merge
from .scope import NO_ROW, Compiled, CompiledBounds, Numeric, Row, Scope, Truth, compared
from .tree import Scalar

Bounds = tuple[int, int, tuple[Why, ...]]


def any_row(table: str, test: Truth) -> Compiled:
    """Return whether a row passes: true if one does, else unknown if one may, else false."""

    def look(scope: Scope, row: Row = NO_ROW, /) -> bool | Unknown:
        rows = scope.table(table)
        unknown: list[Unknown] = []
        if isinstance(rows, Unknown):
            # Not all rows are known yet: one that passes settles it, none that fails does.
            unknown.append(rows)
            rows = scope.known_rows(table)
        for each in rows:
            passes = test(scope, each)
            if isinstance(passes, Unknown):
                unknown.append(passes)
            elif passes:
                return True
        return merge(*unknown) if unknown else False

    return look


def total(table: str, test: Truth, cell: Numeric) -> Compiled:
    """Return the sum over rows that pass; one that may pass, or passes with an empty cell, leaves it unknown."""

    def add_up(scope: Scope, row: Row = NO_ROW, /) -> Number | Unknown:
        rows = scope.table(table)
        if isinstance(rows, Unknown):
            return rows
        found: Number = 0
        unknown: list[Unknown] = []
        for each in rows:
            passes = test(scope, each)
            value = cell(scope, each) if passes is True else passes
            if isinstance(value, Unknown):
                unknown.append(value)
            else:
                found += value
        if unknown:
            return merge(*unknown)
        return found if isinstance(found, int) else simplest(found)

    return add_up


def length(table: str) -> Compiled:
    """Return the number of rows."""

    def count(scope: Scope, row: Row = NO_ROW, /) -> int | Unknown:
        rows = scope.table(table)
        return rows if isinstance(rows, Unknown) else len(rows)

    return count


def exact_count(bounds: CompiledBounds) -> Compiled:
    """Return the count where its bounds meet, else why they do not."""

    def count(scope: Scope, row: Row = NO_ROW, /) -> int | Unknown:
        found = bounds(scope, row)
        if isinstance(found, Unknown):
            return found
        low, high, whys = found
        return low if low == high else Unknown(whys)

    return count


def row_bounds(table: str, test: Truth) -> CompiledBounds:
    """Return the bounds of the rows that pass: each that may pass widens them by one."""

    def count(scope: Scope, row: Row = NO_ROW, /) -> Bounds | Unknown:
        rows = scope.table(table)
        if isinstance(rows, Unknown):
            return rows
        passed = 0
        unknown: list[Unknown] = []
        for each in rows:
            passes = test(scope, each)
            if isinstance(passes, Unknown):
                unknown.append(passes)
            elif passes:
                passed += 1
        return passed, passed + len(unknown), _whys(unknown)

    return count


def distinct_bounds(table: str, test: Truth, cell: Compiled) -> CompiledBounds:
    """Return the bounds of the different values. An empty cell stands for some value, perhaps new, perhaps counted."""

    def count(scope: Scope, row: Row = NO_ROW, /) -> Bounds | Unknown:
        rows = scope.table(table)
        if isinstance(rows, Unknown):
            return rows
        certain: set[Scalar] = set()
        possible: list[tuple[Scalar, Unknown]] = []
        empty: list[Unknown] = []
        least = 0
        for each in rows:
            passes = test(scope, each)
            if passes is False:
                continue
            value = cell(scope, each)
            if isinstance(value, Unknown):
                # A row that counts has some value even where the cell is empty: there is at least one.
                empty.append(merge(value, passes) if isinstance(passes, Unknown) else value)
                least = 1 if passes is True else least
            elif isinstance(passes, Unknown):
                possible.append((compared(value), passes))
            else:
                certain.add(compared(value))
        return _distinct(certain, [(v, why) for v, why in possible if v not in certain], empty, least)

    return count


def _distinct(certain: set[Scalar], new: list[tuple[Scalar, Unknown]], empty: list[Unknown], least: int) -> Bounds:
    low = max(len(certain), least)
    high = len(certain) + len({value for value, _ in new}) + len(empty)
    return low, high, _whys([*empty, *(why for _, why in new)]) if low < high else ()


def _whys(unknown: list[Unknown]) -> tuple[Why, ...]:
    return merge(*unknown).whys if unknown else ()
