"""Finds the expressions in a record of the model, and everything that it reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeGuard, get_args

from msgspec import Struct

from ...expressions.tree import Expr
from ...expressions.walk import fields_read, findings_read, items_read
from ...methods.menu import Measure
from . import Bonus, Process, RowTest

_NODES = frozenset(get_args(Expr))


def is_expression(record: object) -> TypeGuard[Expr]:
    """Say whether a record is an expression. (`isinstance` against the whole union takes ten times as long.)"""
    return type(record) in _NODES


def _parts(record: object) -> Iterator[object]:
    """Yield a record and everything inside it in written order, its tuples opened; an expression stays whole."""
    left = [record]
    while left:
        part = left.pop()
        if isinstance(part, tuple):
            left.extend(reversed(part))
        elif isinstance(part, Struct):
            yield part
            if not is_expression(part):
                left.extend([getattr(part, name) for name in reversed(part.__struct_fields__)])


def expressions(record: object) -> Iterator[Expr]:
    """Yield every whole expression in a record, its parts and its lists, in written order."""
    return (part for part in _parts(record) if is_expression(part))


def records(record: object) -> Iterator[object]:
    """Yield a record and every record inside it, expressions left out."""
    return (part for part in _parts(record) if not is_expression(part))


def fields_of(record: object, processes: Mapping[str, Process]) -> tuple[str, ...]:
    """Return the ids of the fields that a record reads, tables, logs and classes included, sorted, each once."""
    read: set[str] = set()
    for part in _parts(record):
        read.update(fields_read(part) if is_expression(part) else _named_fields(part, processes))
    return tuple(sorted(read - {"children"}))


def _named_fields(record: object, processes: Mapping[str, Process]) -> tuple[str, ...]:
    """Return the fields that a record names outside expressions."""
    match record:
        case RowTest(table=table):
            return (table,)
        case Bonus(rows=str(table)):
            return (table,)
        case Process(log=log):
            return (log,)
        case _:
            return record.reads(processes) if isinstance(record, Measure) else ()


def items_of(record: object) -> tuple[str, ...]:
    """Return the ids of the items whose points or outcome a record reads, sorted, each once."""
    return tuple(sorted({name for expr in expressions(record) for name in items_read(expr)}))


def findings_of(record: object) -> tuple[str, ...]:
    """Return the addresses of the rules whose findings a record reads, sorted, each once."""
    return tuple(sorted({name for expr in expressions(record) for name in findings_read(expr)}))
