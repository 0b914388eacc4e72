"""Walks through an expression: what it reads, and the atoms that are judged one by one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

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
    Setting,
)

REGION = "unit.region"  # the unit's region code: known for every unit, no field of the pack


def parts(expr: Expr) -> tuple[Expr, ...]:
    """Return the direct parts of an expression in written order."""
    match expr:
        case Constant() | FieldValue() | ColumnValue() | Setting() | ItemValue() | FindingValue():
            return ()
        case Arithmetic(_, left, right):
            return left, right
        case Negative(part) | Not(part) | Rounding(_, part) | Membership(part):
            return (part,)
        case Comparison(first, rest):
            return first, *(part for _, part in rest)
        case And(several) | Or(several) | Extreme(_, several):
            return several
        case Days(start, end):
            return start, end
        case Rows(where=where):
            return (where,) if where else ()
        case Lookup(by, cases, otherwise):
            return by, *(value for _, value in cases), *((otherwise,) if otherwise else ())
        case _:  # pragma: no cover
            assert_never(expr)


def walk(expr: Expr) -> Iterator[Expr]:
    """Yield an expression and everything inside it, outer first."""
    yield expr
    for part in parts(expr):
        yield from walk(part)


def fields_read(expr: Expr) -> tuple[str, ...]:
    """Return the field ids that an expression reads, tables (also `children`) and lookups included, sorted, each once.

    >>> fields_read(Comparison(FieldValue("households"), ((">=", Constant(30)),)))
    ('households',)
    """
    read = {e.field for e in walk(expr) if isinstance(e, FieldValue)} | {
        e.table for e in walk(expr) if isinstance(e, Rows)
    }
    return tuple(sorted(read - {REGION}))


def items_read(expr: Expr) -> tuple[str, ...]:
    """Return the ids of the items whose points or outcome an expression reads."""
    return tuple(sorted({e.item for e in walk(expr) if isinstance(e, ItemValue)}))


def findings_read(expr: Expr) -> tuple[str, ...]:
    """Return the addresses of the rules whose findings an expression reads."""
    return tuple(sorted({e.rule for e in walk(expr) if isinstance(e, FindingValue)}))


def settings_read(expr: Expr) -> tuple[str, ...]:
    """Return which of reference_date, region and stage an expression reads."""
    names = {e.name for e in walk(expr) if isinstance(e, Setting)}
    return tuple(sorted(names | {"region" for e in walk(expr) if e == FieldValue(REGION)}))


def atoms(expr: Expr) -> tuple[Expr, ...]:
    """Return the atomic truths below `and`, `or`, `not`, each once, in written order: a tree of them is the expression."""
    if isinstance(expr, And | Or | Not):
        return tuple(dict.fromkeys(atom for part in parts(expr) for atom in atoms(part)))
    return (expr,)
