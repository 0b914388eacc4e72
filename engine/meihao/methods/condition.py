"""Gives full marks where a condition holds: the judge that `yes_no` and the routes of a combinator share."""

from __future__ import annotations

from ..core.numbers import Number
from ..core.unknown import Unknown
from ..expressions.evaluate import compile_expr
from ..expressions.tree import Expr
from .marks import JudgingScope, Marks, PartJudge, certain, open_marks


def compile_condition(when: Expr, full: Number) -> PartJudge:
    """Return the judge of a condition that is worth full marks or nothing."""
    holds = compile_expr(when)
    yes, no = certain(full, "yes"), certain(0, "no")

    def judge(scope: JudgingScope) -> Marks:
        answer = holds(scope)
        if isinstance(answer, Unknown):
            return open_marks(answer.whys, 0, full, scope)
        return yes if answer else no

    return judge
