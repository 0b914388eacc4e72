"""Scores `bands`: the first row whose edges all hold gives the points."""

from __future__ import annotations

from collections.abc import Callable

from ...core.numbers import Number
from ...core.unknown import Unknown
from ...expressions.tree import Constant
from ...round.scope import CaseScope
from ...standard.model import Bands, Edge
from ..measured import Measured, _number, numbers
from ..results import Marks
from .common import Scorer, all_inside, certain, open_marks

Rows = tuple[tuple[Number, tuple[tuple[Edge, Number], ...]], ...]


def compile_bands(score: Bands, full: Number) -> Scorer:
    read = _compile_rows(score)

    def judge(scope: CaseScope, measured: Measured) -> Marks:
        rows = read(scope)
        if isinstance(rows, Unknown):
            return open_marks(rows.whys, 0, full, scope)
        value = _number(measured.value)  # type: ignore[arg-type]  # unknown and not applicable never reach a method
        for earned, edges in rows:
            if all_inside(edges, value):
                return certain(earned, "band", ("value", value), ("edges", edges))
        return certain(0, "no_band", ("value", value))

    return judge


def _compile_rows(score: Bands) -> Callable[[CaseScope], Rows | Unknown]:
    """Return a reader of the rows, as (points, edges); constant rows are put together once."""
    limits = numbers([limit for row in score.rows for _, limit in row.edges])
    points = numbers([row.points for row in score.rows])

    def read(scope: CaseScope) -> Rows | Unknown:
        found, earned = limits(scope), points(scope)
        if isinstance(found, Unknown):
            return found
        return earned if isinstance(earned, Unknown) else _rows(score, found, earned)

    constant = all(
        isinstance(part, Constant) for row in score.rows for part in (row.points, *(e[1] for e in row.edges))
    )
    if not constant:
        return read
    fixed = read(None)  # type: ignore[arg-type]  # constants never read the scope
    return lambda scope: fixed


def _rows(score: Bands, limits: tuple[Number, ...], points: tuple[Number, ...]) -> Rows:
    rest = iter(limits)
    return tuple(
        (earned, tuple((edge, next(rest)) for edge, _ in row.edges))
        for row, earned in zip(score.rows, points, strict=True)
    )
