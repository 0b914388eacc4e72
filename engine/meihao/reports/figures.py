"""Turns exact numbers into the text that is printed, and into the whole percents that bars need."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from ..assessment.explain.sums import span
from ..core.numbers import Number, divide, fixed, round_half_up

__all__ = ["gap", "mean", "percent", "span", "texts"]


def percent(part: Number, whole: Number) -> int:
    """Return part of whole in whole percent between 0 and 100; 0 where there is no whole.

    >>> percent(Fraction(59, 4), 15), percent(7, 0), percent(-1, 4)
    (98, 0, 0)
    """
    return 0 if not whole else min(100, max(0, int(round_half_up(divide(part * 100, whole), 0))))


def mean(values: Sequence[Number]) -> Number:
    """Return the exact mean of at least one number."""
    return divide(sum(values), len(values))


def gap(has: Number, needed: Number, places: int) -> str:
    """Return what a figure lacks of a line, as printed; "" where nothing is lacking."""
    return fixed(round_half_up(Fraction(needed) - has, places), places) if has < needed else ""


def texts(values: Sequence[Number], places: int) -> tuple[str, ...]:
    """Return rounded figures as text."""
    return tuple(fixed(round_half_up(value, places), places) for value in values)
