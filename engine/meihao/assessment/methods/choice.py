"""Scores `choice`: each option of a choice field has its points."""

from __future__ import annotations

from ...core.numbers import Number
from ...core.unknown import Unknown
from ...round.scope import CaseScope
from ...standard.model import Choice
from ..measured import Measured, numbers
from ..results import Marks
from .common import Scorer, certain, open_marks


def compile_choice(score: Choice, full: Number) -> Scorer:
    classes = tuple(name for name, _ in score.points)
    read = numbers([points for _, points in score.points])

    def judge(scope: CaseScope, measured: Measured) -> Marks:
        points = read(scope)
        if isinstance(points, Unknown):
            return open_marks(points.whys, 0, full, scope)
        if measured.value not in classes:
            raise LookupError(f"no points for the class {measured.value}")
        return certain(points[classes.index(str(measured.value))], "class", ("class", str(measured.value)))

    return judge
