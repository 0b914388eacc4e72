"""Scores `deduct`: full marks lose so many points for each occurrence, down to 0 (扣完为止) unless `unfloored` is written."""

from __future__ import annotations

from ...core.numbers import Number
from ...core.unknown import Unknown
from ...round.scope import CaseScope
from ...standard.model import Deduct
from ..measured import Measured, _number, numbers
from ..results import Marks
from .common import Scorer, certain, open_marks, steps


def compile_deduct(score: Deduct, full: Number) -> Scorer:
    read = numbers((score.lose, score.for_each, *((score.at_most,) if score.at_most else ())))

    def judge(scope: CaseScope, measured: Measured) -> Marks:
        given = read(scope)
        if isinstance(given, Unknown):
            return open_marks(given.whys, 0, full, scope)
        value = _number(measured.value)  # type: ignore[arg-type]  # unknown and not applicable never reach a method
        lost = given[0] * steps(max(value, 0), given[1], score.step)
        lost = min(lost, given[2]) if len(given) > 2 else lost
        return certain(
            full - lost, "deduct", ("value", value), ("lose", given[0]), ("for_each", given[1]), ("lost", lost)
        )

    return judge
