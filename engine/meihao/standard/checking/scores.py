"""Finds scores that are written wrongly or do not fit their measure, and denominators that may be 0 without a word on it."""

from __future__ import annotations

from collections.abc import Iterator

from ...core.problems import Problem, Problems
from ...methods.method import Scored
from ...methods.spans import Fields
from ..model import NUMERIC, Criterion, Pack, leaves
from ..model.parts import scored
from ..model.reads import fields_of
from . import messages as says


def check_scores(pack: Pack) -> Problems:
    fields = {field.id: field for field in pack.fields}
    return tuple(problem for _, root in pack.standards for item in leaves(root) for problem in _check(item, fields))


def _check(item: Criterion, fields: Fields) -> Iterator[Problem]:
    yield from _check_floor(item, fields)
    for measure, score in scored(item):
        own = score is item.score
        yield from score.check(Scored(item.id, item.points, item.source, item.uncapped, own, measure, fields))
        if measure is not None and measure.may_be_zero(item.applies_when, fields):
            yield says.ZERO_UNSAID.at(item.source, item=item.id)


def _check_floor(item: Criterion, fields: Fields) -> Iterator[Problem]:
    """Yield fields without a range behind an item that may sink below 0 without end."""
    if not item.unfloored or all(score.has_floor() for _, score in scored(item)):
        return
    for name in fields_of(item.measure, {}):
        if (field := fields.get(name)) is not None and field.type in NUMERIC and field.range is None:
            yield says.UNFLOORED_WITHOUT_RANGE.at(item.source, item=item.id, field=name)
