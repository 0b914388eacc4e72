"""Finds measures whose denominator may be 0 although nothing is said about that case."""

from __future__ import annotations

from collections.abc import Iterator

from ...core.problems import Problem, Problems
from ...expressions.tree import And, Comparison, Constant, Expr, Rows
from ..model import ChangeFrom, Criterion, Measure, Pack, Per, Percent, PercentOfLog, PercentOfRows, leaves
from ..model.bounds import Fields, span
from ..model.parts import scored
from . import messages as says


def check_zero(pack: Pack) -> Problems:
    """Return the problems; `when_zero` is needed unless the fields' ranges or `applies_when` exclude 0."""
    fields = {field.id: field for field in pack.fields}
    return tuple(problem for _, root in pack.standards for item in leaves(root) for problem in _check(item, fields))


def _check(item: Criterion, fields: Fields) -> Iterator[Problem]:
    for measure, _ in scored(item):
        if measure is not None and _may_be_zero(measure, item.applies_when, fields):
            yield says.ZERO_UNSAID.at(item.source, item=item.id)


def _may_be_zero(measure: Measure, applies_when: Expr | None, fields: Fields) -> bool:
    match measure:
        case Percent() | PercentOfRows() | PercentOfLog() | Per() | ChangeFrom():
            if measure.when_zero is not None:
                return False
        case _:
            return False
    match measure:
        case Percent(_, whole) | Per(_, _, whole):
            return not _excluded(whole, applies_when, fields)
        case PercentOfRows(table, _, among):
            return not _guarded(Rows("count", table, None, among), applies_when)
        case ChangeFrom(before, _, unit):
            return unit == "percent" and not _excluded(before, applies_when, fields)
        case _:
            return True


def _excluded(denominator: Expr, applies_when: Expr | None, fields: Fields) -> bool:
    return span(denominator, fields).excludes_zero() or _guarded(denominator, applies_when)


def _guarded(denominator: Expr, applies_when: Expr | None) -> bool:
    """Say whether `applies_when` holds only where the denominator is above 0."""
    if applies_when is None:
        return False
    if isinstance(applies_when, And):
        return any(_guarded(denominator, part) for part in applies_when.parts)
    if isinstance(denominator, Rows) and applies_when == Rows("any_row", denominator.table, None, denominator.where):
        return True
    return isinstance(applies_when, Comparison) and _above_zero(applies_when, denominator)


def _above_zero(test: Comparison, denominator: Expr) -> bool:
    """Say whether a comparison (`households >= 30`, `0 < households`) excludes 0."""
    sides = (test.first, *(side for _, side in test.rest))
    for left, (sign, right) in zip(sides, test.rest, strict=False):
        if left == denominator and _lower_bound(sign, right):
            return True
        flipped = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "!=": "!="}.get(sign, sign)
        if right == denominator and _lower_bound(flipped, left):
            return True
    return False


def _lower_bound(sign: str, bound: Expr) -> bool:
    if not isinstance(bound, Constant) or isinstance(bound.value, bool) or not isinstance(bound.value, int):
        return False
    return {">": bound.value >= 0, ">=": bound.value > 0, "==": bound.value != 0, "!=": bound.value == 0}.get(
        sign, False
    )
