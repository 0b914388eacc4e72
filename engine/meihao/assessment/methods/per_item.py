"""Scores `per_item`: points for each so many things. Rows that cannot be judged leave the points open between two bounds."""

from __future__ import annotations

from ...core.numbers import Number
from ...core.unknown import Unknown
from ...round.scope import CaseScope
from ...standard.model import PerItem
from ..measured import Measured, _number, numbers
from ..results import Marks, Reason
from .common import Scorer, certain, open_marks, steps


def compile_per_item(score: PerItem, full: Number) -> Scorer:
    read = numbers((score.points, score.for_each, *((score.at_most,) if score.at_most else ())))

    def judge(scope: CaseScope, measured: Measured) -> Marks:
        given = read(scope)
        if isinstance(given, Unknown):
            return open_marks(given.whys, 0, full, scope)

        def earn(count: Number) -> Number:
            earned = given[0] * steps(count, given[1], score.step)
            return min(earned, given[2]) if len(given) > 2 else earned

        values = (("each", given[0]), ("for_each", given[1]))
        if isinstance(measured.value, Unknown) and measured.low is not None and measured.high is not None:
            low, high = sorted((earn(measured.low), earn(measured.high)))
            reason, whys = Reason("per_item_open", (("value", measured.low), *values)), measured.value.whys
            late = scope.is_late(whys)
            return Marks(low, low if late else high, reason, whys, late=late)
        value = _number(measured.value)  # type: ignore[arg-type]  # unknown without bounds never reaches a method
        return certain(earn(value), "per_item", ("value", value), *values)

    return judge
