"""Finds between which numbers an expression lies, and whether it is always whole, from the ranges of its fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import ceil, floor

from msgspec import Struct

from ..core.numbers import Number, divide
from ..expressions.fields import Field
from ..expressions.tree import Arithmetic, Constant, Days, Expr, Extreme, FieldValue, Lookup, Negative, Rounding, Rows

Fields = Mapping[str, Field]


class Span(Struct, frozen=True):
    """Inclusive ends; None where there is none. `whole` says that only whole numbers occur."""

    low: Number | None = None
    high: Number | None = None
    whole: bool = False

    def holds(self, value: Number) -> bool:
        """Say whether a number lies within both ends."""
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)

    def excludes_zero(self) -> bool:
        return (self.low is not None and self.low > 0) or (self.high is not None and self.high < 0)


ANY = Span()
PERCENT = Span(0, 100)


def span(expr: Expr, fields: Fields) -> Span:
    """Return the span of a numeric expression; ANY where it cannot be told."""
    match expr:
        case Constant(value) if not isinstance(value, bool | str) and isinstance(value, Number):
            return Span(value, value, isinstance(value, int))
        case FieldValue(name):
            return _of_field(fields.get(name))
        case Arithmetic(op, left, right):
            return arithmetic(op, span(left, fields), span(right, fields))
        case Negative(part):
            return _negative(span(part, fields))
        case Extreme(function, parts):
            return _extreme(function, [span(part, fields) for part in parts])
        case Rounding(function, part):
            return _rounding(function, span(part, fields))
        case Rows():
            return _rows(expr, fields.get(expr.table))
        case Lookup(_, cases, otherwise):
            values = [value for _, value in cases] + ([otherwise] if otherwise else [])
            return _union([span(value, fields) for value in values])
        case Days():
            return Span(whole=True)
        case _:
            return ANY


def _of_field(field: Field | None) -> Span:
    if field is None or field.range is None:
        return Span(whole=field is not None and field.type == "count")
    return Span(*field.range, whole=field.type == "count")


def arithmetic(op: str, left: Span, right: Span) -> Span:
    """Return the span of what an operator makes of two numbers."""
    if op == "+":
        return Span(_plus(left.low, right.low), _plus(left.high, right.high), left.whole and right.whole)
    if op == "-":
        return arithmetic("+", left, _negative(right))
    if op == "*":
        return times(left, right)
    return _quotient(left, right)


def _plus(a: Number | None, b: Number | None) -> Number | None:
    return None if a is None or b is None else a + b


def _negative(part: Span) -> Span:
    low, high = part.low, part.high
    return Span(None if high is None else -high, None if low is None else -low, part.whole)


def times(left: Span, right: Span) -> Span:
    """Return the span of a product."""
    whole = left.whole and right.whole
    if left.low is None or left.high is None or right.low is None or right.high is None:
        positive = all(part.low is not None and part.low >= 0 for part in (left, right))
        return Span(0 if positive else None, None, whole)
    corners = [a * b for a in (left.low, left.high) for b in (right.low, right.high)]
    return Span(min(corners), max(corners), whole)


def _quotient(left: Span, right: Span) -> Span:
    """Return the span of a quotient; the divisor is never 0 where a quotient exists, so whole divisors are at least 1 apart."""
    low = 1 if right.whole and right.low == 0 else right.low
    if low is None or right.high is None or low <= 0:
        return ANY
    if left.low is None or left.high is None:
        return Span(0 if left.low is not None and left.low >= 0 else None)
    corners = [divide(a, b) for a in (left.low, left.high) for b in (low, max(low, right.high))]
    return Span(min(corners), max(corners))


def _extreme(function: str, parts: list[Span]) -> Span:
    lows, highs = [part.low for part in parts], [part.high for part in parts]
    whole = all(part.whole for part in parts)
    if function == "min":
        return Span(_least(lows, every=True), _least(highs, every=False), whole)
    return Span(_most(lows, every=False), _most(highs, every=True), whole)


def _least(values: list[Number | None], every: bool) -> Number | None:
    """Return the least of the known ends; with `every`, None where one is open."""
    known = [value for value in values if value is not None]
    return min(known) if known and (len(known) == len(values) or not every) else None


def _most(values: list[Number | None], every: bool) -> Number | None:
    known = [value for value in values if value is not None]
    return max(known) if known and (len(known) == len(values) or not every) else None


def _union(parts: list[Span]) -> Span:
    lows, highs = [part.low for part in parts], [part.high for part in parts]
    return Span(_least(lows, every=True), _most(highs, every=True), all(part.whole for part in parts))


def _rounding(function: str, part: Span) -> Span:
    if function == "abs":
        flipped = _union([part, _negative(part)])
        return Span(part.low if part.low is not None and part.low > 0 else 0, flipped.high, part.whole)
    turn = ceil if function == "ceil" else floor
    low, high = (None if end is None else turn(end) for end in (part.low, part.high))
    return Span(low, high, whole=True)


def _rows(expr: Rows, table: Field | None) -> Span:
    most = table.rows_at_most if table and table.rows_at_most else None
    if expr.function == "count":
        return Span(0, most, whole=True)
    column = table.column(expr.column) if table and expr.column else None
    if expr.function != "sum" or column is None or column.range is None or most is None:
        return ANY
    low, high = column.range
    return Span(min(0, low * most), max(0, high * most), column.type == "count")


def ends(values: Iterable[Expr], fields: Fields) -> Iterator[Number]:
    """Yield the least and the most of each value, where they are known, each once."""
    for value in values:
        found = span(value, fields)
        yield from dict.fromkeys(end for end in (found.low, found.high) if end is not None)


def most(values: Sequence[Expr], fields: Fields) -> Number | None:
    """Return the most that any of the values may be; None where one has no end."""
    highs = [span(value, fields).high for value in values]
    known = [high for high in highs if high is not None]
    return max(known) if len(known) == len(highs) else None


def constant(expr: Expr | None) -> Number | None:
    """Return the number that an expression is, written out; None where it depends on anything."""
    return expr.value if isinstance(expr, Constant) and isinstance(expr.value, Number) else None


def all_above_zero(values: Sequence[Expr]) -> bool:
    """Say whether every value is written out and above 0."""
    found = [constant(value) for value in values]
    return all(value is not None and value > 0 for value in found)


class ClassCase(Struct, frozen=True):
    """One class of one classifier, for lookups by it."""

    by: Expr | None = None
    name: str = ""


def cases_of(exprs: Sequence[Expr]) -> Iterator[ClassCase]:
    """Yield every class that the expressions look up, `otherwise` as a class of its own; one empty case where none does."""
    found: dict[ClassCase, None] = {}
    for expr in exprs:
        if isinstance(expr, Lookup):
            names = [name for name, _ in expr.cases] + ([""] if expr.otherwise else [])
            found.update((ClassCase(expr.by, name), None) for name in names)
    yield from found or (ClassCase(),)


def in_case(expr: Expr, case: ClassCase) -> Number | None:
    """Return the number that an expression is for a class; None where it depends on anything else."""
    if isinstance(expr, Lookup):
        if expr.by != case.by:
            return None
        inner = dict(expr.cases).get(case.name, expr.otherwise)
        return None if inner is None else in_case(inner, case)
    return constant(expr)
