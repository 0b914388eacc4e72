"""Scores `discretion`: an inspector gives points within a range, together with a reason."""

from __future__ import annotations

from ...core.numbers import Number
from ...core.unknown import Unknown
from ...round.scope import CaseScope
from ...standard.model import Discretion
from ..measured import Measured, _number, numbers
from ..results import Marks
from .common import Scorer, certain, open_marks


def compile_discretion(score: Discretion, full: Number) -> Scorer:
    read = numbers((score.low, score.high))

    def judge(scope: CaseScope, measured: Measured) -> Marks:
        limits = read(scope)
        if isinstance(limits, Unknown):
            return open_marks(limits.whys, 0, full, scope)
        value = _number(measured.value)  # type: ignore[arg-type]  # unknown and not applicable never reach a method
        within = max(limits[0], min(limits[1], value))
        return certain(within, "discretion", ("value", value), ("from", limits[0]), ("to", limits[1]))

    return judge
