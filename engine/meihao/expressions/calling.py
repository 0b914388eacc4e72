"""Reads calls (`min max abs ceil floor days date count sum any_row points outcome finding`), each with its own arguments."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import Literal

from msgspec.structs import replace

from ..core.text import normal
from . import messages
from .fields import NUMERIC, Field
from .names import KINDS, OUTCOMES, Meaning
from .reader import Reader, all_of, as_date, dotted_name, near_words, note, source_of, want, wrong_kind
from .tree import Constant, Days, Extreme, FindingValue, ItemValue, Rounding, Rows


def call(node: ast.Call, at: Reader) -> Meaning | None:
    if not isinstance(node.func, ast.Name):
        fix = {"fix_zh": "用函数，如count(表)", "fix_en": "use a function, e.g. count(TABLE)"}
        note(messages.REFUSED, node, at, zh="带点的调用", en="a call with a dot", **fix)
        return None
    name = node.func.id
    if (found := _CALLS.get(name)) is None:
        note(messages.UNKNOWN_FUNCTION, node, at, name=name, **near_words(name, _CALLS))
        return None
    function, usage, least, most = found
    for keyword in node.keywords:
        if keyword.arg != "where" or name not in _ROWS:
            note(messages.UNKNOWN_ARGUMENT, keyword, at, function=name, name=keyword.arg)
            return None
    if not least <= len(node.args) <= most or len(node.keywords) > 1:
        note(messages.WRONG_ARGUMENTS, node, at, name=name, usage=usage)
        return None
    return function(node, name, usage, at)


def _extreme(node: ast.Call, name: str, usage: str, at: Reader) -> Meaning | None:
    parts = all_of(want(part, "number", at) for part in node.args)
    return Meaning(Extreme("min" if name == "min" else "max", parts), "number") if parts else None


def _rounding(node: ast.Call, name: str, usage: str, at: Reader) -> Meaning | None:
    part = want(node.args[0], "number", at)
    functions: dict[str, Literal["abs", "ceil", "floor"]] = {"abs": "abs", "ceil": "ceil", "floor": "floor"}
    return Meaning(Rounding(functions[name], part), "number") if part else None


def _days(node: ast.Call, name: str, usage: str, at: Reader) -> Meaning | None:
    dates = all_of(want(part, "date", at) for part in node.args)
    return Meaning(Days(*dates), "number") if dates else None


def _quoted(node: ast.Call, name: str, usage: str, at: Reader) -> str | None:
    match node.args[0]:
        case ast.Constant(str(text)):
            return normal(text)
        case _:
            note(messages.WRONG_ARGUMENTS, node, at, name=name, usage=usage)
            return None


def _date(node: ast.Call, name: str, usage: str, at: Reader) -> Meaning | None:
    text = _quoted(node, name, usage, at)
    return None if text is None else as_date(Meaning(Constant(text), "text"), node.args[0], at)


def _item(node: ast.Call, name: str, usage: str, at: Reader) -> Meaning | None:
    item = _quoted(node, name, usage, at)
    if item is None:
        return None
    if item not in at.names.items:
        note(messages.UNKNOWN_ITEM, node.args[0], at, name=item, **near_words(item, at.names.items))
        return None
    if name == "points":
        return Meaning(ItemValue("points", item), "number")
    return Meaning(ItemValue("outcome", item), "text", OUTCOMES)


def _finding(node: ast.Call, name: str, usage: str, at: Reader) -> Meaning | None:
    rule = _quoted(node, name, usage, at)
    if rule is None:
        return None
    if rule not in at.names.findings:
        note(messages.UNKNOWN_FINDING, node.args[0], at, name=rule, **near_words(rule, at.names.findings))
        return None
    return Meaning(FindingValue(rule), "truth")


def _rows(node: ast.Call, name: str, usage: str, at: Reader) -> Meaning | None:
    if at.names.row_table:
        note(messages.ROWS_IN_ROWS, node, at, text=source_of(node, at))
        return None
    dotted = dotted_name(node.args[0])
    if dotted is None:
        note(messages.WRONG_ARGUMENTS, node, at, name=name, usage=usage)
        return None
    if (table := _table(dotted, node.args[0], at)) is None:
        return None
    column = None if at.names.table(dotted) else dotted.rpartition(".")[2]
    if column and _column_is_wrong(table, column, node, name, at):
        return None
    if (column is None and name == "sum") or (column and name == "any_row"):
        note(messages.WRONG_ARGUMENTS, node, at, name=name, usage=usage)
        return None
    inside = replace(at, names=at.names.within(table), options=frozenset())
    where = want(node.keywords[0].value, "truth", inside) if node.keywords else None
    return Meaning(Rows(_ROWS[name], table.id, column, where), "truth" if name == "any_row" else "number")


def _table(dotted: str, node: ast.expr, at: Reader) -> Field | None:
    """Return the table of `TABLE` or `TABLE.COLUMN`; a table's own name may have dots too."""
    if table := at.names.table(dotted) or at.names.table(dotted.rpartition(".")[0]):
        return table
    note(messages.NOT_A_TABLE, node, at, name=dotted, **near_words(dotted, at.names.known_tables()))
    return None


def _column_is_wrong(table: Field, name: str, node: ast.Call, function: str, at: Reader) -> bool:
    column = table.column(name)
    if column is None:
        near = near_words(name, (known.id for known in table.columns))
        note(messages.UNKNOWN_COLUMN, node.args[0], at, table=table.id, name=name, **near)
    elif function == "sum" and column.type not in NUMERIC:
        wrong_kind(node.args[0], "number", KINDS[column.type], at)
    return column is None or (function == "sum" and column.type not in NUMERIC)


_ROWS: Mapping[str, Literal["count", "sum", "any_row"]] = {"count": "count", "sum": "sum", "any_row": "any_row"}
# name -> how it is read, how it is written, least and most arguments
_CALLS: Mapping[str, tuple[Callable[[ast.Call, str, str, Reader], Meaning | None], str, int, int]] = {
    "min": (_extreme, "min(a, b, …)", 2, 50),
    "max": (_extreme, "max(a, b, …)", 2, 50),
    "abs": (_rounding, "abs(a)", 1, 1),
    "ceil": (_rounding, "ceil(a)", 1, 1),
    "floor": (_rounding, "floor(a)", 1, 1),
    "days": (_days, "days(from, to)", 2, 2),
    "date": (_date, 'date("2026-01-01")', 1, 1),
    "count": (_rows, "count(TABLE, where=TEST)", 1, 1),
    "sum": (_rows, "sum(TABLE.COLUMN, where=TEST)", 1, 1),
    "any_row": (_rows, "any_row(TABLE, where=TEST)", 1, 1),
    "points": (_item, 'points("ITEM")', 1, 1),
    "outcome": (_item, 'outcome("ITEM")', 1, 1),
    "finding": (_finding, 'finding("family.rule")', 1, 1),
}
