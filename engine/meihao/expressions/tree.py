"""Defines the tree of an expression: frozen nodes, with every name resolved and every kind known."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from ..core.numbers import Number

Kind = Literal["number", "truth", "text", "date"]
Scalar = Number | str | bool | date


class Constant(Struct, frozen=True):
    value: Scalar


class FieldValue(Struct, frozen=True):
    """The merged fact of a field."""

    field: str


class ColumnValue(Struct, frozen=True):
    """A column of the row being tested; only inside `where`."""

    column: str


class Setting(Struct, frozen=True):
    """What the round says: `reference_date` (a date) or `stage` (self, verified)."""

    name: Literal["reference_date", "stage"]


class Arithmetic(Struct, frozen=True):
    op: Literal["+", "-", "*", "/"]
    left: Expr
    right: Expr


class Negative(Struct, frozen=True):
    part: Expr


class Comparison(Struct, frozen=True):
    """A chain: `30 <= households <= 50` is first=30, rest=(("<=", households), ("<=", 50))."""

    first: Expr
    rest: tuple[tuple[Literal["<", "<=", ">", ">=", "==", "!="], Expr], ...]


class Membership(Struct, frozen=True):
    part: Expr
    options: tuple[Scalar, ...]
    negated: bool = False


class And(Struct, frozen=True):
    parts: tuple[Expr, ...]


class Or(Struct, frozen=True):
    parts: tuple[Expr, ...]


class Not(Struct, frozen=True):
    part: Expr


class Extreme(Struct, frozen=True):
    function: Literal["min", "max"]
    parts: tuple[Expr, ...]


class Rounding(Struct, frozen=True):
    function: Literal["abs", "ceil", "floor"]
    part: Expr


class Days(Struct, frozen=True):
    """`days(a, b)`: whole days from date a to date b."""

    start: Expr
    end: Expr


class Rows(Struct, frozen=True):
    """`count(table)`, `sum(table.column)`, `any_row(table)`, each with `where=`; `count(table.column)` counts distinct values."""

    function: Literal["count", "sum", "any_row"]
    table: str
    column: str | None = None
    where: Expr | None = None


class ItemValue(Struct, frozen=True):
    """`points("village.environment.sewage")` or `outcome(…)` of another item."""

    function: Literal["points", "outcome"]
    item: str


class FindingValue(Struct, frozen=True):
    """`finding("checks.sewage_parts")`: whether a rule of an earlier step fired."""

    rule: str


class Lookup(Struct, frozen=True):
    """A value by class: `{by: terrain, plain: 95, hill: 90, otherwise: 90}` (written in YAML, not in expression text)."""

    by: Expr
    cases: tuple[tuple[str, Expr], ...]
    otherwise: Expr | None


Expr = (
    Constant
    | FieldValue
    | ColumnValue
    | Setting
    | Arithmetic
    | Negative
    | Comparison
    | Membership
    | And
    | Or
    | Not
    | Extreme
    | Rounding
    | Days
    | Rows
    | ItemValue
    | FindingValue
    | Lookup
)
