"""Finds the least and the most points that a criterion may earn, whatever its measure turns out to be.

Clamped items lie in [0, points]. One that may leave them is scored where its method turns: at the ends of its measure's range,
at its targets, and for each class that its numbers may be looked up by.
"""

from __future__ import annotations

from ..core.numbers import Number
from ..methods.spans import ANY, Fields
from ..standard.model import Criterion


def bounds_of(criterion: Criterion, fields: Fields) -> tuple[Number, Number]:
    """Return the least and the most points; no points at all and full points are always among the possible ones."""
    if not (criterion.unfloored or criterion.uncapped):
        return 0, criterion.points
    measure = criterion.measure.span(fields) if criterion.measure else ANY
    found = [*criterion.score.extremes(criterion.points, measure, fields), 0, criterion.points]
    low = min(found) if criterion.unfloored else 0
    return low, max(found) if criterion.uncapped else criterion.points
