"""Finds the least and the most points that a criterion may earn, whatever its measure turns out to be.

Clamped items lie in [0, points]. One that may leave them is scored where its method turns: at the ends of its measure's range,
at its targets, and for each class that its numbers may be looked up by.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import assert_never

from msgspec.structs import replace

from ..core.numbers import Number
from ..expressions.tree import Constant, Expr
from ..standard.model import (
    Bands,
    Checklist,
    Choice,
    Combine,
    Criterion,
    Deduct,
    DeductFromTarget,
    Discretion,
    Linear,
    PerItem,
    Score,
    YesNo,
)
from ..standard.model.bounds import ANY, Fields, Span, measure_span, span
from .measured import Measured
from .methods.menu import compile_score

Stepped = PerItem | Deduct | DeductFromTarget
_FAR = 10**15  # no value that is handed in lies further out


def bounds_of(criterion: Criterion, fields: Fields) -> tuple[Number, Number]:
    """Return the least and the most points; no points at all and full points are always among the possible ones."""
    if not (criterion.unfloored or criterion.uncapped):
        return 0, criterion.points
    measure = measure_span(criterion.measure, fields) if criterion.measure else ANY
    found = [*_extremes(criterion.score, criterion.points, measure, fields), 0, criterion.points]
    low = min(found) if criterion.unfloored else 0
    return low, max(found) if criterion.uncapped else criterion.points


def _extremes(score: Score, full: Number, measure: Span, fields: Fields) -> Iterator[Number]:
    match score:
        case YesNo():
            return
        case Choice(pairs) | Linear(pairs):
            yield from _ends([points for _, points in pairs], fields)
        case Bands(rows):
            yield from _ends([row.points for row in rows], fields)
        case Discretion(low, high):
            yield from _ends([low, high], fields)
        case Checklist():
            yield from _of_checklist(score, full, fields)
        case Combine():
            marks = list(_ends([part.points for part in score.parts if part.points is not None], fields))
            yield from [sum(marks)] if score.how == "sum" else marks
        case PerItem() | Deduct() | DeductFromTarget():
            for fixed in _corners(score, fields):
                yield from _turns(fixed, full, measure)
        case _:  # pragma: no cover
            assert_never(score)


def _ends(values: list[Expr], fields: Fields) -> Iterator[Number]:
    for value in values:
        found = span(value, fields)
        yield from dict.fromkeys(end for end in (found.low, found.high) if end is not None)


def _of_checklist(score: Checklist, full: Number, fields: Fields) -> Iterator[Number]:
    count = len(score.items)
    yield from _ends([points for _, points in score.lookup], fields)
    yield from (count * each for each in _ends([score.each] if score.each else [], fields))
    yield from (full - count * lost for lost in _ends([score.lose] if score.lose else [], fields))


def _corners(score: Stepped, fields: Fields) -> Iterator[Stepped]:
    """Yield the score with every number fixed at an end of its span; none where a span has no end."""
    numbers = {part: value for part in score.__struct_fields__ if isinstance(value := getattr(score, part), Expr)}
    ends = [[Constant(end) for end in _ends([value], fields)] for value in numbers.values()]
    for chosen in product(*ends):
        if dict(zip(numbers, chosen, strict=True))["for_each"].value == 0:
            continue  # no points follow from it: the item becomes an error
        yield replace(score, **dict(zip(numbers, chosen, strict=True)))


def _turns(score: Stepped, full: Number, measure: Span) -> Iterator[Number]:
    """Yield the points at the ends of the measure and where the score turns between them."""
    scorer = compile_score(score, full)
    low, high = measure.low, measure.high
    if not isinstance(score, DeductFromTarget) and score.at_most:
        low, high = -_FAR if low is None else low, _FAR if high is None else high
    turns = [score.target, score.not_beyond] if isinstance(score, DeductFromTarget) else []
    values = [low, high, *(turn.value for turn in turns if isinstance(turn, Constant))]
    for value in values:
        if isinstance(value, Number):
            yield scorer(None, Measured(value)).lo  # type: ignore[arg-type]  # constants never read the scope
