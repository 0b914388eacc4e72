"""Finds what each name of an expression means, by the fields of a kind and by the place of the expression."""

from __future__ import annotations

import keyword
from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from ..core.text import Label
from .fields import Column, Field, FieldType
from .tree import ColumnValue, Expr, FieldValue, Kind, Setting
from .walk import REGION

RESERVED = frozenset(keyword.kwlist) | {"true", "false", "unit", "region", "reference_date", "stage", "row"}
"""What no field, part of a dotted field or column may be called: an expression could not name it."""

OUTCOMES = ("met", "partly_met", "not_met", "unknown", "not_applicable", "exempt", "error")
STAGES = ("self", "verified")
_VERDICTS = (
    ("passed", Label("通过", "passed")),
    ("failed", Label("未通过", "failed")),
    ("undetermined", Label("待定", "undetermined")),
)
VERDICTS = tuple(code for code, _ in _VERDICTS)
KINDS: Mapping[FieldType, Kind] = {
    "count": "number",
    "number": "number",
    "percent": "number",
    "money": "number",
    "yes_no": "truth",
    "choice": "text",
    "text": "text",
    "date": "date",
}


def children_table(kinds: Mapping[str, Label] | None = None, grades: Mapping[str, Label] | None = None) -> Field:
    """Return the table `children`. With the pack's kinds and grades (code -> label) a mistyped code is found."""
    columns = (
        Column("code", Label("编号", "code"), "text"),
        Column("kind", Label("类别", "kind"), "choice" if kinds else "text", options=tuple((kinds or {}).items())),
        Column("grade", Label("等级", "grade"), "choice" if grades else "text", options=tuple((grades or {}).items())),
        Column("verdict", Label("结论", "verdict"), "choice", options=_VERDICTS),
    )
    return Field("children", Label("下级单位", "units below"), "table", (), "registry", columns=columns)


CHILDREN = children_table()


class Meaning(Struct, frozen=True):
    """What a name stands for: its node, its kind, and the option codes of a choice (empty: any text)."""

    expr: Expr
    kind: Kind
    options: tuple[str, ...] = ()


class Names(Struct, frozen=True):
    """What an expression may name: the fields of a kind, items, rules, and inside `where` the columns of a table."""

    fields: Mapping[str, Field]
    row_table: Field | None = None
    items: frozenset[str] = frozenset()
    findings: frozenset[str] = frozenset()
    children: Field = CHILDREN

    def within(self, table: Field | None) -> Names:
        """Return the names inside the `where` of a table (None: of a table that is itself a mistake)."""
        return replace(self, row_table=table)

    def value(self, name: str) -> Meaning | None:
        """Return what a value's name means: a column first, then a setting, then a field; `unit.` skips the columns."""
        if self.row_table and (column := self.row_table.column(name)):
            return _meaning(ColumnValue(name), column)
        field_name = name.removeprefix("unit.")
        if field := self.fields.get(field_name):
            return _meaning(FieldValue(field_name), field) if field.type != "table" else None
        return _SETTINGS.get(field_name)

    def table(self, name: str) -> Field | None:
        """Return the table of that name."""
        field = self.fields.get(name.removeprefix("unit."))
        if field is None:
            return self.children if name.removeprefix("unit.") == "children" else None
        return field if field.type == "table" else None

    def known_values(self) -> tuple[str, ...]:
        """Return every name that `value` answers, for near matches."""
        columns = self.row_table.columns if self.row_table else ()
        fields = (name for name, field in self.fields.items() if field.type != "table")
        return (*(column.id for column in columns), *fields, *_SETTINGS)

    def known_tables(self) -> tuple[str, ...]:
        """Return the names of all tables, for near matches."""
        return (*(name for name, field in self.fields.items() if field.type == "table"), "children")


_SETTINGS: Mapping[str, Meaning] = {
    "reference_date": Meaning(Setting("reference_date"), "date"),
    "stage": Meaning(Setting("stage"), "text", STAGES),
    "region": Meaning(FieldValue(REGION), "text"),
}


def _meaning(expr: Expr, of: Field | Column) -> Meaning:
    return Meaning(expr, KINDS[of.type], tuple(code for code, _ in of.options))
