"""Expr in, words out: the formula as an author writes it, and its meaning in Chinese or English for readers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import assert_never

from ...core.numbers import exact
from ...core.problems import Lang
from ..model.fields import Field
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
from .walk import REGION, atoms, fields_read, findings_read, items_read, settings_read

__all__ = ["atoms", "describe", "fields_read", "findings_read", "formula", "items_read", "labels_of", "settings_read"]
Labels = Callable[[str], str]

# How tightly a part binds; a looser part inside a tighter one stands in brackets.
OR, AND, NOT, COMPARE, ADD, TIMES, MINUS, ATOM = range(8)


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of one language. `*_` patterns take parts by place."""

    signs: Mapping[str, str]
    brackets: tuple[str, str]
    comma: str
    list_comma: str
    both: str
    either: str
    negation: str
    member: Mapping[bool, str]
    truth: Mapping[bool, str]
    text: str
    day: str
    calls: Mapping[str, str]
    settings: Mapping[str, str]
    rows: Mapping[str, str]
    where: str
    case: str
    otherwise: str


_FORMULA = _Words(
    signs={sign: f" {sign} " for sign in ("==", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/")} | {"neg": "-"},
    brackets=("(", ")"),
    comma=", ",
    list_comma=", ",
    both=" and ",
    either=" or ",
    negation="not {}",
    member={True: "{} in ({})", False: "{} not in ({})"},
    truth={True: "true", False: "false"},
    text="{}",
    day='date("{}")',
    calls={name: name + "({})" for name in ("min", "max", "abs", "ceil", "floor", "days")}
    | {name: name + '("{}")' for name in ("points", "outcome", "finding")},
    settings={name: name for name in ("reference_date", "stage")},
    rows={"count": "count({table}{where})", "distinct": "count({table}.{column}{where})"}
    | {"sum": "sum({table}.{column}{where})", "any_row": "any_row({table}{where})"},
    where=", where={}",
    case="{}: {}",
    otherwise="otherwise: {}",
)
_SHOWN = {"==": "=", "!=": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥", "+": "+", "-": "−", "*": "×", "/": "÷", "neg": "−"}
_ZH = _Words(
    signs=_SHOWN,
    brackets=("（", "）"),
    comma="，",
    list_comma="、",
    both="且",
    either="或",
    negation="不满足{}",
    member={True: "{}属于（{}）", False: "{}不属于（{}）"},
    truth={True: "是", False: "否"},
    text="“{}”",
    day="{}",
    calls={"min": "最小值（{}）", "max": "最大值（{}）", "abs": "绝对值（{}）", "ceil": "向上取整（{}）"}
    | {"floor": "向下取整（{}）", "days": "相隔天数（{}）", "points": "“{}”的得分", "outcome": "“{}”的结果"}
    | {"finding": "触发“{}”"},
    settings={"reference_date": "基准日", "stage": "阶段"},
    rows={"count": "“{table}”中{where}的行数", "distinct": "“{table}”中{where}的不同{column}数"}
    | {"sum": "“{table}”中{where}的{column}合计", "any_row": "“{table}”中有{where}的记录"},
    where="满足（{}）",
    case="{}时{}",
    otherwise="其他{}",
)
_EN = _Words(
    signs={sign: f" {shown} " for sign, shown in _SHOWN.items()} | {"neg": "−"},
    brackets=("(", ")"),
    comma=", ",
    list_comma=", ",
    both=" and ",
    either=" or ",
    negation="not {}",
    member={True: "{} is one of ({})", False: "{} is none of ({})"},
    truth={True: "yes", False: "no"},
    text="“{}”",
    day="{}",
    calls={"min": "the least of ({})", "max": "the greatest of ({})", "abs": "the size of ({})"}
    | {"ceil": "({}) rounded up", "floor": "({}) rounded down", "days": "the days from ({})"}
    | {"points": "points of “{}”", "outcome": "outcome of “{}”", "finding": "“{}” fired"},
    settings={"reference_date": "the reference date", "stage": "the stage"},
    rows={"count": "the rows of “{table}”{where}", "distinct": "the different {column} in “{table}”{where}"}
    | {"sum": "the sum of {column} in “{table}”{where}", "any_row": "a row of “{table}”{where}"},
    where=" where ({})",
    case="{}: {}",
    otherwise="otherwise: {}",
)
