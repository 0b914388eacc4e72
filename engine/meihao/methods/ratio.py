"""Computes the quotients that several measures are: a part of a whole, so many for each so many."""

from __future__ import annotations

from ..core.numbers import divide
from ..core.unknown import Unknown, merge
from ..expressions.evaluate import compile_expr
from ..expressions.tree import Expr
from .marks import JudgingScope
from .measured import Measured, Measurer, number
from .zero import WhenZero, measured_at_zero


def compile_ratio(part: Expr, whole: Expr, times: Expr, when_zero: WhenZero) -> Measurer:
    """Return the reader of part x times / whole."""
    read_part, read_whole, read_times = compile_expr(part), compile_expr(whole), compile_expr(times)

    def measure(scope: JudgingScope) -> Measured:
        a, b, n = read_part(scope), read_whole(scope), read_times(scope)
        if isinstance(a, Unknown) or isinstance(b, Unknown) or isinstance(n, Unknown):
            return Measured(merge(*(v for v in (a, b, n) if isinstance(v, Unknown))))
        above, below = number(a), number(b)
        if below == 0:
            return measured_at_zero(when_zero)
        return Measured(divide(above * number(n), below), of=(above, below))

    return measure
