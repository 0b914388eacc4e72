"""Finds gaps, overlaps and dead rows of bands, and lines that turn back.

Bands are tried at every edge, between edges and beyond them, once for each class that the edges look up; edges that depend
on other facts are not tried.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

from msgspec import Struct

from ...core.numbers import Number, plain, simplest
from ...core.problems import Problem, Problems, Source
from ...expressions.tree import Constant, Expr, Lookup
from ..model import Band, Bands, Edge, Linear, Pack, Score, leaves
from ..model.bounds import ANY, Span, measure_span
from ..model.parts import scored
from . import messages as says

Edges = tuple[tuple[Edge, Number], ...]


def check_bands(pack: Pack) -> Problems:
    fields = {field.id: field for field in pack.fields}
    problems: list[Problem] = []
    for _, root in pack.standards:
        for item in leaves(root):
            for measure, score in scored(item):
                domain = ANY if measure is None else measure_span(measure, fields)
                problems += _check(score, domain, item.source)
    return tuple(dict.fromkeys(problems))


def _check(score: Score, domain: Span, source: Source) -> Iterator[Problem]:
    if isinstance(score, Bands):
        edges = [edge for row in score.rows for _, edge in row.edges]
        for case in _cases(edges):
            rows = [_fixed(row, case) for row in score.rows]
            known = [row for row in rows if row is not None]
            if len(known) == len(rows):
                yield from _check_rows(known, domain, source)
    elif isinstance(score, Linear):
        values = [value for value, _ in score.anchors]
        for case in _cases(values):
            yield from _check_rising([_number(value, case) for value in values], source)


class _Case(Struct, frozen=True):
    """One class of one classifier, for lookups by it."""

    by: Expr | None = None
    name: str = ""


def _cases(exprs: Sequence[Expr]) -> Iterator[_Case]:
    """Yield every class that the expressions look up, `otherwise` as a class of its own; one empty case where none does."""
    found: dict[_Case, None] = {}
    for expr in exprs:
        if isinstance(expr, Lookup):
            names = [name for name, _ in expr.cases] + ([""] if expr.otherwise else [])
            found.update((_Case(expr.by, name), None) for name in names)
    yield from found or (_Case(),)


def _number(expr: Expr, case: _Case) -> Number | None:
    if isinstance(expr, Lookup):
        if expr.by != case.by:
            return None
        inner = dict(expr.cases).get(case.name, expr.otherwise)
        return None if inner is None else _number(inner, case)
    return expr.value if isinstance(expr, Constant) and isinstance(expr.value, Number) else None


def _fixed(row: Band, case: _Case) -> Edges | None:
    numbers = [(edge, _number(value, case)) for edge, value in row.edges]
    known = tuple((edge, value) for edge, value in numbers if value is not None)
    return known if len(known) == len(numbers) else None


def _check_rows(rows: Sequence[Edges], domain: Span, source: Source) -> Iterator[Problem]:
    points = _trial_points([value for row in rows for _, value in row], domain)
    used: set[int] = set()
    for point in points:
        holding = [index for index, row in enumerate(rows) if _holds(row, point)]
        used.update(holding[:1])
    for index in range(len(rows)):
        if index not in used:
            yield says.BAND_DEAD.at(source, row=index + 1)
    yield from _check_gap(rows, points, source)
    yield from _check_overlap(rows, points, source)


def _check_gap(rows: Sequence[Edges], points: Sequence[Number], source: Source) -> Iterator[Problem]:
    for point in points:
        if not any(_holds(row, point) for row in rows):
            yield says.BAND_GAP.at(source, where=plain(point))
            return


def _check_overlap(rows: Sequence[Edges], points: Sequence[Number], source: Source) -> Iterator[Problem]:
    """Yield the first point within two rows that are bounded on both sides; open rows overlap on purpose, first one first."""
    closed = [(index, row) for index, row in enumerate(rows) if _two_sided(row)]
    for point in points:
        both = [index for index, row in closed if _holds(row, point)]
        if len(both) > 1:
            yield says.BAND_OVERLAP.at(source, first=both[0] + 1, second=both[1] + 1, where=plain(point))
            return


def _two_sided(row: Edges) -> bool:
    edges = {edge for edge, _ in row}
    return bool(edges & {"at_least", "more_than"}) and bool(edges & {"at_most", "less_than"})


def _holds(row: Edges, point: Number) -> bool:
    tests: Mapping[Edge, bool]
    for edge, value in row:
        tests = {
            "at_least": point >= value,
            "at_most": point <= value,
            "more_than": point > value,
            "less_than": point < value,
        }
        if not tests[edge]:
            return False
    return True


def _trial_points(edges: Sequence[Number], domain: Span) -> tuple[Number, ...]:
    """Return the edges, the middles between them and a point beyond each end, as far as the measure can be there."""
    ends = [end for end in (domain.low, domain.high) if end is not None]
    marks = sorted({*edges, *ends})
    if not marks:
        return (0,)
    middles = [simplest(Fraction(a + b) / 2) for a, b in pairwise(marks)]
    trials = {*marks, *middles, marks[0] - 1, marks[-1] + 1}
    if domain.whole:
        trials = {turned for trial in trials for turned in (floor(trial), ceil(trial))}
        trials |= {mark + step for mark in marks for step in (-1, 1) if isinstance(mark, int)}
    return tuple(sorted(trial for trial in trials if _inside(trial, domain)))


def _inside(point: Number, domain: Span) -> bool:
    return (domain.low is None or point >= domain.low) and (domain.high is None or point <= domain.high)


def _check_rising(values: Sequence[Number | None], source: Source) -> Iterator[Problem]:
    known = [value for value in values if value is not None]
    for before, after in pairwise(known):
        if len(known) == len(values) and before >= after:
            yield says.NOT_INCREASING.at(source, before=plain(before), after=plain(after))
