"""Measures a case: an exact number, a class, not applicable, or unknown with its reasons. It is compiled once for a pack."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import assert_never

from msgspec import Struct

from ..core.numbers import Number, divide
from ..core.unknown import Unknown, Why, merge
from ..evidence.model import Row, Scalar
from ..expressions.evaluate import Compiled, compile_expr
from ..expressions.tree import Constant, Expr
from ..round.scope import CaseScope
from ..standard.model import (
    AgainstMean,
    ChangeFrom,
    CountRows,
    FieldMeasure,
    Index,
    Measure,
    Per,
    Percent,
    PercentOfLog,
    PercentOfRows,
    Process,
    RankInRound,
    Sample,
)
from .counted import compile_count
from .logs import compile_log


class NotApplicable:
    """The measure says that the criterion does not apply (when_zero: not_applicable)."""


NOT_APPLICABLE = NotApplicable()


class Measured(Struct, frozen=True, gc=False):
    """A measure's result. `low` and `high` bound a count of rows some of which could not be judged; `of` shows part and whole."""

    value: Scalar | Unknown | NotApplicable
    low: Number | None = None
    high: Number | None = None
    of: tuple[Number, Number] | None = None


Measurer = Callable[[CaseScope], Measured]
UNMEASURED = Measured(1)


def numbers(parts: Sequence[Expr]) -> Callable[[CaseScope], tuple[Number, ...] | Unknown]:
    """Compile numbers of a score: constants cost nothing at judging time; lookups and formulas are read from the case."""
    if all(isinstance(part, Constant) for part in parts):
        fixed = tuple(_number(part.value) for part in parts if isinstance(part, Constant))
        return lambda scope: fixed
    readers = [compile_expr(part) for part in parts]

    def read(scope: CaseScope) -> tuple[Number, ...] | Unknown:
        values = [reader(scope) for reader in readers]
        if unknown := [v for v in values if isinstance(v, Unknown)]:
            return merge(*unknown)
        return tuple(_number(v) for v in values if not isinstance(v, Unknown))

    return read


def _number(value: Scalar) -> Number:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int | Fraction):
        return value
    raise TypeError(f"not a number: {value!r}")


def compile_measure(measure: Measure, key: str, processes: Sequence[Process]) -> Measurer:
    """Return the reader of a measure; `key` is where cohort values are looked up."""
    match measure:
        case FieldMeasure():
            return _field(measure)
        case Percent():
            return _ratio(measure.part, measure.whole, Constant(100), measure.when_zero)
        case Per():
            return _ratio(measure.count, measure.of, measure.per, measure.when_zero)
        case PercentOfRows():
            return _percent_of_rows(measure)
        case PercentOfLog():
            return _percent_of_log(measure, processes)
        case CountRows():
            return _count_rows(measure)
        case ChangeFrom():
            return _change(measure)
        case RankInRound() | AgainstMean() | Index():
            return _cohort(key)
        case _:  # pragma: no cover
            assert_never(measure)


def _field(measure: FieldMeasure) -> Measurer:
    read = compile_expr(measure.value)
    return lambda scope: Measured(read(scope))


def _zero(when_zero: object) -> Measured:
    """Return what a denominator of 0 means; nobody owes a fact there."""
    if when_zero == "not_applicable":
        return Measured(NOT_APPLICABLE)
    if isinstance(when_zero, int | Fraction):
        return Measured(when_zero)
    return Measured(Unknown((Why("missing_fact", "when_zero"),)))


def _ratio(part: Expr, whole: Expr, times: Expr, when_zero: object) -> Measurer:
    read_part, read_whole, read_times = compile_expr(part), compile_expr(whole), compile_expr(times)

    def measure(scope: CaseScope) -> Measured:
        a, b, n = read_part(scope), read_whole(scope), read_times(scope)
        if isinstance(a, Unknown) or isinstance(b, Unknown) or isinstance(n, Unknown):
            return Measured(merge(*(v for v in (a, b, n) if isinstance(v, Unknown))))
        above, below = _number(a), _number(b)
        if below == 0:
            return _zero(when_zero)
        return Measured(divide(above * _number(n), below), of=(above, below))

    return measure


def _percent_of_rows(measure: PercentOfRows) -> Measurer:
    passes = compile_expr(measure.where, measure.table)
    counts = compile_expr(measure.among, measure.table) if measure.among else None

    def read(scope: CaseScope) -> Measured:
        rows = scope.table(measure.table)
        if isinstance(rows, Unknown):
            return Measured(rows)
        chosen = _split(scope, rows, counts) if counts else (rows, (), ())
        if chosen[2]:
            return Measured(merge(*chosen[2]))
        good, _, open_ = _split(scope, chosen[0], passes)
        if open_:
            return Measured(merge(*open_))
        if not chosen[0]:
            return _zero(measure.when_zero)
        return Measured(divide(100 * len(good), len(chosen[0])), of=(len(good), len(chosen[0])))

    return read


def _split(
    scope: CaseScope, rows: Sequence[Row], test: Compiled
) -> tuple[tuple[Row, ...], tuple[Row, ...], tuple[Unknown, ...]]:
    good: list[Row] = []
    bad: list[Row] = []
    open_: list[Unknown] = []
    for row in rows:
        answer = test(scope, row)
        if isinstance(answer, Unknown):
            open_.append(answer)
        else:
            (good if answer else bad).append(row)
    return tuple(good), tuple(bad), tuple(open_)


def _percent_of_log(measure: PercentOfLog, processes: Sequence[Process]) -> Measurer:
    process = next(p for p in processes if p.id == measure.process)
    count = compile_log(measure, process)

    def read(scope: CaseScope) -> Measured:
        counted = count(scope)
        if isinstance(counted, Unknown):
            return Measured(counted)
        done, of = counted
        return Measured(divide(100 * done, of), of=(done, of)) if of else _zero(measure.when_zero)

    return read


def _count_rows(measure: CountRows) -> Measurer:
    count = compile_count(measure)

    def read(scope: CaseScope) -> Measured:
        found = count(scope)
        if isinstance(found, Unknown):
            return Measured(found)
        low, high, doubt = found
        return Measured(low) if doubt is None else Measured(doubt, low, high)

    return read


def _change(measure: ChangeFrom) -> Measurer:
    before, now = compile_expr(measure.before), compile_expr(measure.now)

    def read(scope: CaseScope) -> Measured:
        a, b = before(scope), now(scope)
        if isinstance(a, Unknown) or isinstance(b, Unknown):
            return Measured(merge(*(v for v in (a, b) if isinstance(v, Unknown))))
        last, this = _number(a), _number(b)
        if measure.unit == "number":
            return Measured(this - last, of=(this, last))
        if last == 0:
            return _zero(measure.when_zero)
        return Measured(divide(100 * (this - last), last), of=(this, last))

    return read


def _cohort(key: str) -> Measurer:
    alone = Unknown((Why("needs_round", key),))

    def read(scope: CaseScope) -> Measured:
        return Measured(alone if scope.case.cohort is None else scope.case.cohort.get(key, alone))

    return read


def compile_sample(sample: Sample) -> Callable[[CaseScope], tuple[Number, Number] | Unknown]:
    """Return a reader of (size, least size)."""
    read = numbers((sample.size, sample.at_least))

    def sizes(scope: CaseScope) -> tuple[Number, Number] | Unknown:
        both = read(scope)
        return both if isinstance(both, Unknown) else (both[0], both[1])

    return sizes
