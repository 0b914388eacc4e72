"""Tries a score that counts steps where it turns: with every number at the ends of its span."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from ..core.numbers import Number
from ..expressions.tree import Constant, Expr
from .measured import Measured, Scorer
from .spans import Fields, Span, ends

_FAR = 10**15  # no value that is handed in lies further out
Stepped = TypeVar("Stepped", bound=Struct)


def corners(score: Stepped, fields: Fields) -> Iterator[Stepped]:
    """Yield the score with every number fixed at an end of its span; none where a span has no end."""
    numbers = {part: value for part in score.__struct_fields__ if isinstance(value := getattr(score, part), Expr)}
    fixed = [[Constant(end) for end in ends([value], fields)] for value in numbers.values()]
    for chosen in product(*fixed):
        if dict(zip(numbers, chosen, strict=True))["for_each"].value == 0:
            continue  # no points follow from it: the item becomes an error
        yield replace(score, **dict(zip(numbers, chosen, strict=True)))


def far_out(measure: Span) -> tuple[Number, Number]:
    """Return the ends of a measure, very far out where it has none: a score with a ceiling is flat there."""
    return -_FAR if measure.low is None else measure.low, _FAR if measure.high is None else measure.high


def points_at(scorer: Scorer, values: Iterable[Number | None]) -> Iterator[Number]:
    """Yield the points at each value that there is."""
    for value in values:
        if value is not None:
            yield scorer(None, Measured(value)).lo  # type: ignore[arg-type]  # constants never read the scope
