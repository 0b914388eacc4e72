"""Finds scores that do not fit their measure, and steps, lookups and ranges that were left unsaid."""

from __future__ import annotations

from collections.abc import Iterator

from ...core.numbers import Number, plain
from ...core.problems import Problem, Problems
from ...expressions.tree import Constant, Expr, FieldValue
from ..model import (
    NUMERIC,
    Checklist,
    Choice,
    Combine,
    Criterion,
    Deduct,
    Discretion,
    Field,
    FieldMeasure,
    Measure,
    Pack,
    PerItem,
    Score,
    leaves,
)
from ..model.bounds import Fields, measure_span
from ..model.parts import scored
from ..model.reads import fields_of
from . import messages as says


def check_scores(pack: Pack) -> Problems:
    fields = {field.id: field for field in pack.fields}
    return tuple(problem for _, root in pack.standards for item in leaves(root) for problem in _check(item, fields))


def _check(item: Criterion, fields: Fields) -> Iterator[Problem]:
    yield from _check_floor(item, fields)
    for measure, score in scored(item):
        match score:
            case Choice():
                yield from _check_choice(item, measure, score, fields)
            case Discretion():
                yield from _check_discretion(item, measure, score, fields)
            case Checklist():
                yield from _check_checklist(item, score)
            case _:
                yield from _check_number(item, measure, score, fields)


def _check_choice(item: Criterion, measure: Measure | None, score: Choice, fields: Fields) -> Iterator[Problem]:
    field = _named(measure, fields)
    if field is None or field.type != "choice":
        yield says.CHOICE_NEEDS_CHOICE.at(item.source, item=item.id)
        return
    given = [code for code, _ in score.points]
    for code, _ in field.options:
        if code not in given:
            yield says.OPTION_WITHOUT_POINTS.at(item.source, item=item.id, option=code)


def _named(measure: Measure | None, fields: Fields) -> Field | None:
    if isinstance(measure, FieldMeasure) and isinstance(measure.value, FieldValue):
        return fields.get(measure.value.field)
    return None


def _check_discretion(item: Criterion, measure: Measure | None, score: Discretion, fields: Fields) -> Iterator[Problem]:
    field = _named(measure, fields)
    if field is None or field.provided_by != "inspector" or field.type not in NUMERIC:
        yield says.DISCRETION_NEEDS_INSPECTOR.at(item.source, item=item.id)
    low, high = _constant(score.low), _constant(score.high)
    if low is not None and high is not None and not 0 <= low < high <= item.points:
        values = {"low": plain(low), "high": plain(high), "points": plain(item.points)}
        yield says.BAD_DISCRETION.at(item.source, item=item.id, **values)


def _constant(expr: Expr) -> Number | None:
    return expr.value if isinstance(expr, Constant) and isinstance(expr.value, Number) else None


def _check_checklist(item: Criterion, score: Checklist) -> Iterator[Problem]:
    for key, _ in score.lookup:
        if key > len(score.items):
            yield says.LOOKUP_BEYOND.at(item.source, items=len(score.items), key=key)


def _check_number(item: Criterion, measure: Measure | None, score: Score, fields: Fields) -> Iterator[Problem]:
    field = _named(measure, fields)
    if field is not None and field.type not in NUMERIC and not isinstance(score, Combine):
        yield says.NEEDS_NUMBER.at(item.source, item=item.id, field=field.id)
    if isinstance(score, PerItem | Deduct) and score.step is None and measure is not None:
        in_ones = score.for_each == Constant(1) and measure_span(measure, fields).whole
        if not in_ones:
            yield says.STEP_MISSING.at(item.source, item=item.id)


def _check_floor(item: Criterion, fields: Fields) -> Iterator[Problem]:
    """Yield fields without a range behind an item that may sink below 0 without end."""
    if not item.unfloored or all(isinstance(s, Deduct) and s.at_most is not None for _, s in scored(item)):
        return
    for name in fields_of(item.measure, {}):
        if (field := fields.get(name)) is not None and field.type in NUMERIC and field.range is None:
            yield says.UNFLOORED_WITHOUT_RANGE.at(item.source, item=item.id, field=name)
