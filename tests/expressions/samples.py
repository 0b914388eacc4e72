"""A small pack's names for the tests of expressions: an invented village, its fields and one table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal

from msgspec import Struct, field

from meihao.core.numbers import Number
from meihao.core.problems import Source
from meihao.core.text import Label
from meihao.core.unknown import Unknown, Why
from meihao.expressions.evaluate import Row, Value
from meihao.expressions.names import Names
from meihao.expressions.parse import parse
from meihao.expressions.tree import Expr
from meihao.standard.model import Column, Field, FieldType


def a_field(
    name: str,
    title: str,
    kind: FieldType,
    options: tuple[tuple[str, Label], ...] = (),
    columns: tuple[Column, ...] = (),
) -> Field:
    english = name.replace(".", " ")
    return Field(name, Label(title, english), kind, ("village",), "applicant", options=options, columns=columns)


LEVELS = (("ordinary", Label("一般")), ("serious", Label("较大")), ("major", Label("重大")))
FIELDS = (
    a_field("households", "总户数", "count"),
    a_field("residents", "人口", "count"),
    a_field("rate", "收费率", "percent"),
    a_field("old", "老旧小区", "yes_no"),
    a_field("name", "名称", "text"),
    a_field("built", "建成日期", "date"),
    a_field("property.route", "物业方式", "choice", (("company", Label("专业物业")), ("residents", Label("居民自管")))),
    a_field(
        "lifts",
        "电梯台账",
        "table",
        columns=(
            Column("code", Label("设备代码", "lift code"), "text"),
            Column("valid_to", Label("有效期至", "valid to"), "date"),
            Column("load", Label("载重", "load"), "number"),
            Column("level", Label("等级", "level"), "choice", options=LEVELS),
            Column("ok", Label("合格", "passed"), "yes_no"),
            Column("households", Label("用户数", "users"), "count"),
        ),
    ),
    a_field("log.tickets", "工单", "table", columns=(Column("code", Label("工单号", "ticket"), "text"),)),
)


def names_of(fields: Iterable[Field], kind: str = "", items: Iterable[str] = (), findings: Iterable[str] = ()) -> Names:
    """Return the names for a kind of unit: the fields asked of it ("" takes every field)."""
    asked = {field.id: field for field in fields if not kind or kind in field.kinds}
    return Names(asked, items=frozenset(items), findings=frozenset(findings))


NAMES = names_of(FIELDS, "village", items=["village.safety.fire"], findings=["checks.dirty"])
IN_LIFTS = NAMES.within(NAMES.fields["lifts"])
PLACE = Source("a.yaml", line=3, column=5)


def tree(text: str) -> Expr:
    """Return the tree of a text that has no problems."""
    expr, problems = parse(text, PLACE, NAMES)
    assert problems == ()
    assert expr is not None
    return expr


def missing(*subjects: str) -> Unknown:
    return Unknown(tuple(Why("missing_fact", subject) for subject in subjects))


class Village(Struct, frozen=True):
    """A scope held in plain dictionaries; what is not in them is unknown."""

    facts: Mapping[str, Value | Unknown] = field(default_factory=dict)
    tables: Mapping[str, tuple[Row, ...] | Unknown] = field(default_factory=dict)
    items: Mapping[tuple[str, str], Number | str | Unknown] = field(default_factory=dict)
    findings: Mapping[str, bool | Unknown] = field(default_factory=dict)
    reference_date: date | None = None
    stage: str = "self"

    def fact(self, name: str) -> Value | Unknown:
        return self.facts.get(name, missing(name))

    def known_rows(self, name: str) -> tuple[Row, ...]:
        return ()

    def table(self, name: str) -> tuple[Row, ...] | Unknown:
        return self.tables.get(name, missing(name))

    def item(self, function: Literal["points", "outcome"], item: str) -> Number | str | Unknown:
        return self.items.get((function, item), missing(item))

    def finding(self, rule: str) -> bool | Unknown:
        return self.findings.get(rule, missing(rule))
