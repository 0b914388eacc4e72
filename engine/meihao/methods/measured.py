"""Defines what a measure gives: an exact number, a class, not applicable, or unknown with its reasons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from msgspec import Struct

from ..core.numbers import Number
from ..core.unknown import Unknown, merge
from ..expressions.evaluate import compile_expr
from ..expressions.tree import Constant, Expr, Scalar
from .marks import JudgingScope, Marks


class NotApplicable:
    """The measure says that the criterion does not apply (when_zero: not_applicable)."""


NOT_APPLICABLE = NotApplicable()


class Measured(Struct, frozen=True, gc=False):
    """A measure's result. `low` and `high` bound a count of rows some of which could not be judged; `of` shows part and whole."""

    value: Scalar | Unknown | NotApplicable
    low: Number | None = None
    high: Number | None = None
    of: tuple[Number, Number] | None = None


Measurer = Callable[[JudgingScope], Measured]
Scorer = Callable[[JudgingScope, Measured], Marks]
UNMEASURED = Measured(1)


def numbers(parts: Sequence[Expr]) -> Callable[[JudgingScope], tuple[Number, ...] | Unknown]:
    """Compile numbers of a score: constants cost nothing at judging time; lookups and formulas are read from the case."""
    if all(isinstance(part, Constant) for part in parts):
        fixed = tuple(number(part.value) for part in parts if isinstance(part, Constant))
        return lambda scope: fixed
    readers = [compile_expr(part) for part in parts]

    def read(scope: JudgingScope) -> tuple[Number, ...] | Unknown:
        values = [reader(scope) for reader in readers]
        if unknown := [v for v in values if isinstance(v, Unknown)]:
            return merge(*unknown)
        return tuple(number(v) for v in values if not isinstance(v, Unknown))

    return read


def number(value: object) -> Number:
    """Return a value as an exact number, yes as 1 and no as 0. Raises TypeError for what is neither.

    What is unknown or not applicable never reaches a score; a pack without errors measures numbers.
    """
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int | Fraction):
        return value
    raise TypeError(f"not a number: {value!r}")
