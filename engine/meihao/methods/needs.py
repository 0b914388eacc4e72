"""Checks that a score has the measure that it needs, and none that it does not take."""

from __future__ import annotations

from collections.abc import Iterator

from ..core.problems import Problem
from ..expressions.fields import NUMERIC
from ..expressions.tree import Constant, Expr
from . import messages as says
from .method import Scored, Written
from .steps import Step


def takes_measure(written: Written) -> None:
    """Note a missing measure."""
    if written.measure is None:
        written.reader.say(says.NEEDS_MEASURE, written.value.key_source, score=written.key)


def takes_no_measure(written: Written) -> None:
    """Note a measure beside a score that has its own conditions."""
    if written.measure is not None:
        written.reader.say(says.NEEDS_NO_MEASURE, written.measure.key_source, score=written.key)


def check_number(item: Scored) -> Iterator[Problem]:
    """Yield a field that is no number where a number is scored."""
    field = item.field()
    if field is not None and field.type not in NUMERIC:
        yield item.at(says.NEEDS_NUMBER, field=field.id)


def check_step(item: Scored, for_each: Expr, step: Step | None) -> Iterator[Problem]:
    """Yield a score that does not say what happens to part of a step, unless whole things are counted one by one."""
    if step is not None or item.measure is None:
        return
    if for_each != Constant(1) or not item.measure.span(item.fields).whole:
        yield item.at(says.STEP_MISSING)
