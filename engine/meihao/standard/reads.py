"""A record of the model in; the expressions in it and everything that it reads out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeGuard, get_args

from msgspec import Struct

from .expressions.tree import Expr
from .expressions.walk import fields_read, findings_read, items_read
from .model import (
    AgainstMean,
    Bonus,
    CountRows,
    Index,
    PercentOfLog,
    PercentOfRows,
    Process,
    RankInRound,
    RowTest,
)

_NODES = frozenset(get_args(Expr))


def _is_expression(record: object) -> TypeGuard[Expr]:
    """Say whether a record is an expression. (`isinstance` against the whole union takes ten times as long.)"""
    return type(record) in _NODES


def expressions(record: object) -> Iterator[Expr]:
    """Yield every whole expression in a record, its parts and its lists, in written order."""
    if _is_expression(record):
        yield record
    elif isinstance(record, tuple):
        for entry in record:
            yield from expressions(entry)
    elif isinstance(record, Struct):
        for part in record.__struct_fields__:
            yield from expressions(getattr(record, part))


def records(record: object) -> Iterator[object]:
    """Yield a record and every record inside it, expressions left out."""
    if _is_expression(record):
        return
    if isinstance(record, tuple):
        for entry in record:
            yield from records(entry)
    elif isinstance(record, Struct):
        yield record
        for part in record.__struct_fields__:
            yield from records(getattr(record, part))


def fields_of(record: object, processes: Mapping[str, Process]) -> tuple[str, ...]:
    """Return the ids of the fields that a record reads, tables, logs and classes included, sorted, each once."""
    read = {name for expr in expressions(record) for name in fields_read(expr)}
    for inner in records(record):
        read.update(_named_fields(inner, processes))
    return tuple(sorted(read - {"children"}))


def _named_fields(record: object, processes: Mapping[str, Process]) -> tuple[str, ...]:
    """Return the fields that a record names outside expressions."""
    match record:
        case PercentOfRows(table=table) | CountRows(table=table) | RowTest(table=table):
            return (table,)
        case Bonus(rows=str(table)):
            return (table,)
        case Process(log=log):
            return (log,)
        case PercentOfLog(process=process):
            return (processes[process].log,) if process in processes else ()
        case RankInRound(within=str(name)) | AgainstMean(within=str(name)) | Index(within=str(name)):
            return () if name == "region" else (name,)
        case _:
            return ()


def items_of(record: object) -> tuple[str, ...]:
    """Return the ids of the items whose points or outcome a record reads, sorted, each once."""
    return tuple(sorted({name for expr in expressions(record) for name in items_read(expr)}))


def findings_of(record: object) -> tuple[str, ...]:
    """Return the addresses of the rules whose findings a record reads, sorted, each once."""
    return tuple(sorted({name for expr in expressions(record) for name in findings_read(expr)}))
