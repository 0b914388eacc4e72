"""Scores the combinators: any_of and best_of take the best part, all_of needs every part, and sum adds the parts up."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from ...core.numbers import Number
from ...round.scope import CaseScope
from ...standard.model import Combine
from ..measured import Measured
from ..results import Marks, Reason
from .common import Scorer, all_whys

PartJudge = Callable[[CaseScope], Marks]


def compile_combine(score: Combine, full: Number, parts: tuple[tuple[Number, PartJudge], ...]) -> Scorer:
    """`parts` are (full mark, judge) in written order; the caller compiles them, so that this module knows no other method."""

    def judge(scope: CaseScope, measured: Measured) -> Marks:
        marks = tuple(part(scope) for _, part in parts)
        low, high = (together(score, full, marks, [m for m, _ in parts], side) for side in (_low, _high))
        best = max(range(len(marks)), key=lambda i: (marks[i].lo, marks[i].hi, -i))
        held = sum(mark.lo >= mark_of for mark, (mark_of, _) in zip(marks, parts, strict=True))
        reason = Reason(score.how, (("best", best), ("held", held), ("of", len(parts))))
        late = low < full and any(m.late for m in marks)
        whys = all_whys(marks) if low < high or late else ()
        return Marks(low, high, reason, whys, marks, late)

    return judge


def _low(marks: Marks) -> Number:
    return marks.lo


def _high(marks: Marks) -> Number:
    return marks.hi


def together(
    score: Combine, full: Number, marks: tuple[Marks, ...], fulls: list[Number], side: Callable[[Marks], Number]
) -> Number:
    """Return the points of one side, certain or possible: each combinator is monotone, so bounds of parts bound the whole."""
    points = [side(m) for m in marks]
    match score.how:
        case "any_of" | "best_of":
            return max(points)
        case "sum":
            return sum(points)
        case "all_of":
            if all(p >= f for p, f in zip(points, fulls, strict=True)):
                return full
            return min(points) if score.otherwise == "lowest" else 0
        case _:  # pragma: no cover
            assert_never(score.how)
