"""Compiles an expression: `compile_expr(expr)(scope)` gives a value, or an unknown with its reasons.

Everything that the tree fixes is looked up once, when compiling. The function takes `(scope, row)`, so that testing the
rows of a table makes no object per row; outside `where` the row is left out.
"""

from __future__ import annotations

from datetime import date
from typing import assert_never, cast

from ..core.unknown import Unknown, Why
from . import logic, numeric, rows
from .describe import formula
from .scope import (
    NO_ROW,
    Compiled,
    CompiledBounds,
    Dated,
    Numeric,
    Row,
    Scope,
    Textual,
    Truth,
    Value,
    compared,
    missing,
)
from .tree import (
    And,
    Arithmetic,
    ColumnValue,
    Comparison,
    Constant,
    Days,
    Expr,
    Extreme,
    FieldValue,
    FindingValue,
    ItemValue,
    Lookup,
    Membership,
    Negative,
    Not,
    Or,
    Rounding,
    Rows,
    Scalar,
    Setting,
)

__all__ = ["NO_ROW", "Compiled", "CompiledBounds", "Row", "Scope", "Value", "compile_expr", "count_bounds"]
NO_DATE = Unknown((Why("needs_round", "reference_date"),))


def compile_expr(expr: Expr, table: str = "") -> Compiled:
    """Return the function of an expression; `table` names the table where the expression is the `where` of one."""
    return _compile(expr, table)


def count_bounds(expr: Rows) -> CompiledBounds:
    """Return the function that gives (least, greatest, whys) of a `count`: rows that may or may not pass widen it."""
    return _bounds(expr)


def _compile(expr: Expr, table: str) -> Compiled:
    match expr:
        case Constant() | FieldValue() | ColumnValue() | Setting() | ItemValue() | FindingValue():
            return _leaf(expr, table)
        case Arithmetic() | Negative() | Rounding() | Extreme() | Days():
            return _number(expr, table)
        case Comparison():
            return _comparison(expr, table)
        case Membership() | And() | Or() | Not():
            return _truth(expr, table)
        case Rows():
            return _rows(expr)
        case Lookup():
            return _lookup(expr, table)
        case _:  # pragma: no cover
            assert_never(expr)


# what is read


def _leaf(expr: Constant | FieldValue | ColumnValue | Setting | ItemValue | FindingValue, table: str) -> Compiled:
    match expr:
        case Constant(value):
            return lambda scope, row=NO_ROW, /: value
        case FieldValue(name):
            return _field(name)
        case ColumnValue(name):
            return _column(name, table)
        case Setting("stage"):
            return lambda scope, row=NO_ROW, /: scope.stage
        case Setting():
            return _reference_date
        case ItemValue(function, item):
            return lambda scope, row=NO_ROW, /: scope.item(function, item)
        case FindingValue(rule):
            return lambda scope, row=NO_ROW, /: scope.finding(rule)
        case _:  # pragma: no cover
            assert_never(expr)


def _field(name: str) -> Compiled:
    def read(scope: Scope, row: Row = NO_ROW, /) -> Value | Unknown:
        return scope.fact(name)

    return cast(Compiled, read)  # never a table: the parser refuses a table as a value


def _column(name: str, table: str) -> Compiled:
    empty = missing(f"{table}.{name}" if table else name)

    def read(scope: Scope, row: Row = NO_ROW, /) -> Scalar | Unknown:
        return row.get(name, empty)

    return read


def _reference_date(scope: Scope, row: Row = NO_ROW, /) -> date | Unknown:
    day = scope.reference_date
    return NO_DATE if day is None else day


# what is made of it


def _number(expr: Arithmetic | Negative | Rounding | Extreme | Days, table: str) -> Compiled:
    match expr:
        case Arithmetic("/", part, whole):
            return numeric.division(_numeric(part, table), _numeric(whole, table), formula(whole))
        case Arithmetic("+" | "-" | "*" as sign, left, right):
            return numeric.arithmetic(sign, _numeric(left, table), _numeric(right, table))
        case Negative(part):
            return numeric.of_one("-", _numeric(part, table))
        case Rounding(function, part):
            return numeric.of_one(function, _numeric(part, table))
        case Extreme(which, parts):
            return numeric.extreme(which, tuple(_numeric(part, table) for part in parts))
        case Days(start, end):
            return numeric.days(cast(Dated, _compile(start, table)), cast(Dated, _compile(end, table)))
        case _:  # pragma: no cover
            raise AssertionError(expr)


def _numeric(expr: Expr, table: str) -> Numeric:
    return cast(Numeric, _compile(expr, table))


def _comparison(expr: Comparison, table: str) -> Compiled:
    first = _compile(expr.first, table)
    match expr.rest:
        case ((sign, Constant(value)),):
            return logic.compare_constant(first, sign, value)
        case ((sign, second),):
            return logic.compare_two(first, sign, _compile(second, table))
        case links:
            return logic.compare_chain(first, tuple((sign, _compile(part, table)) for sign, part in links))


def _truth(expr: Membership | And | Or | Not, table: str) -> Compiled:
    match expr:
        case Membership(part, options, negated):
            return logic.member(_compile(part, table), options, negated)
        case And(parts):
            return logic.connect(_truths(parts, table), decisive=False)
        case Or(parts):
            return logic.connect(_truths(parts, table), decisive=True)
        case Not(part):
            return logic.negation(*_truths((part,), table))
        case _:  # pragma: no cover
            assert_never(expr)


def _truths(parts: tuple[Expr, ...], table: str) -> tuple[Truth, ...]:
    return tuple(cast(Truth, _compile(part, table)) for part in parts)


def _rows(expr: Rows) -> Compiled:
    match expr:
        case Rows("any_row"):
            return rows.any_row(expr.table, _test(expr))
        case Rows("sum", column=str(column)):
            return rows.total(expr.table, _test(expr), _numeric(ColumnValue(column), expr.table))
        case Rows("count", column=None, where=None):
            return rows.length(expr.table)
        case _:
            return rows.exact_count(_bounds(expr))


def _bounds(expr: Rows) -> CompiledBounds:
    if expr.column is None:
        return rows.row_bounds(expr.table, _test(expr))
    return rows.distinct_bounds(expr.table, _test(expr), _column(expr.column, expr.table))


def _test(expr: Rows) -> Truth:
    return _truths((expr.where or Constant(True),), expr.table)[0]


def _lookup(expr: Lookup, table: str) -> Compiled:
    by = cast(Textual, _compile(expr.by, table))
    cases = {compared(code): _compile(value, table) for code, value in expr.cases}
    otherwise = _compile(expr.otherwise, table) if expr.otherwise else _always(missing(f"no case: {formula(expr.by)}"))

    def choose(scope: Scope, row: Row = NO_ROW, /) -> Scalar | Unknown:
        code = by(scope, row)
        return code if isinstance(code, Unknown) else cases.get(compared(code), otherwise)(scope, row)

    return choose


def _always(unknown: Unknown) -> Compiled:
    return lambda scope, row=NO_ROW, /: unknown
