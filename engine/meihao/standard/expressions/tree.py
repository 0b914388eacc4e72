"""The tree of an expression: frozen nodes, every name resolved, every kind known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from ...core.numbers import Number

Kind = Literal["number", "truth", "text", "date"]
Scalar = Number | str | bool | date


@dataclass(frozen=True, slots=True)
class Constant:
    value: Scalar


@dataclass(frozen=True, slots=True)
class FieldValue:
    """The merged fact of a field."""

    field: str


@dataclass(frozen=True, slots=True)
class ColumnValue:
    """A column of the row being tested; only inside `where`."""

    column: str


@dataclass(frozen=True, slots=True)
class Setting:
    """What the round says: `reference_date` (a date) or `stage` (self, verified)."""

    name: Literal["reference_date", "stage"]


@dataclass(frozen=True, slots=True)
class Arithmetic:
    op: Literal["+", "-", "*", "/"]
    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class Negative:
    part: Expr


@dataclass(frozen=True, slots=True)
class Comparison:
    """A chain: `30 <= households <= 50` is first=30, rest=(("<=", households), ("<=", 50))."""

    first: Expr
    rest: tuple[tuple[Literal["<", "<=", ">", ">=", "==", "!="], Expr], ...]


@dataclass(frozen=True, slots=True)
class Membership:
    part: Expr
    options: tuple[Scalar, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class And:
    parts: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Or:
    parts: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: Expr


@dataclass(frozen=True, slots=True)
class Extreme:
    function: Literal["min", "max"]
    parts: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Rounding:
    function: Literal["abs", "ceil", "floor"]
    part: Expr


@dataclass(frozen=True, slots=True)
class Days:
    """`days(a, b)`: whole days from date a to date b."""

    start: Expr
    end: Expr


@dataclass(frozen=True, slots=True)
class Rows:
    """`count(table)`, `sum(table.column)`, `any_row(table)`, each with `where=`; `count(table.column)` counts distinct values."""

    function: Literal["count", "sum", "any_row"]
    table: str
    column: str | None = None
    where: Expr | None = None


@dataclass(frozen=True, slots=True)
class ItemValue:
    """`points("village.environment.sewage")` or `outcome(…)` of another item."""

    function: Literal["points", "outcome"]
    item: str


@dataclass(frozen=True, slots=True)
class FindingValue:
    """`finding("checks.sewage_parts")`: whether a rule of an earlier step fired."""

    rule: str


@dataclass(frozen=True, slots=True)
class Lookup:
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
