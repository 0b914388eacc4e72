"""Scores `checklist` by how many conditions hold. A condition that is unknown leaves only its own points open."""

from __future__ import annotations

from ...core.numbers import Number
from ...core.unknown import Unknown
from ...expressions.evaluate import compile_expr
from ...round.scope import CaseScope
from ...standard.model import Checklist
from ..measured import Measured, numbers
from ..results import Marks, Reason
from .common import Scorer, all_whys, certain, open_marks


def compile_checklist(score: Checklist, full: Number) -> Scorer:
    tests = tuple(compile_expr(item.when) for item in score.items)
    keys = tuple(k for k, _ in score.lookup)
    given = [p for _, p in score.lookup] if score.lookup else [p for p in (score.each, score.lose) if p is not None]
    read = numbers(given)

    def points(held: int, values: tuple[Number, ...]) -> Number:
        if keys:
            return max((p for k, p in zip(keys, values, strict=True) if held >= k), default=0)
        return held * values[0] if score.each is not None else full - (len(tests) - held) * values[0]

    def judge(scope: CaseScope, measured: Measured) -> Marks:
        values = read(scope)
        if isinstance(values, Unknown):
            return open_marks(values.whys, 0, full, scope)
        parts = tuple(_part(test(scope), scope) for test in tests)
        least, most = sum(p.lo == 1 for p in parts), sum(p.hi == 1 for p in parts)
        low, high = sorted((points(least, values), points(most, values)))
        reason = Reason("checklist", (("held", least), ("of", len(tests)), ("possible", most)))
        return Marks(low, high, reason, all_whys(parts), parts, low < full and any(p.late for p in parts))

    return judge


def _part(answer: object, scope: CaseScope) -> Marks:
    """Return one item as a mark of 0 or 1."""
    if isinstance(answer, Unknown):
        return open_marks(answer.whys, 0, 1, scope)
    return certain(1, "yes") if answer else certain(0, "no")
