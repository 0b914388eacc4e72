"""Holds the words of expressions as data: as an author writes them (FORMULA), in Chinese (ZH) and in English (EN)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

Table = Mapping[str, str]


class Wording(Struct, frozen=True):
    """Signs and patterns of one wording. `rows` has a pattern without and with `where` (`…?`) for each function."""

    style: Literal["formula", "prose"]
    signs: Table
    brackets: str
    comma: str
    both: str
    either: str
    negation: str
    member: Mapping[bool, str]
    truth: Mapping[bool, str]
    text: str
    day: str
    calls: Table
    settings: Table
    rows: Table
    lookup: str
    case: str
    otherwise: str
    span: str = ""
    spans: Table = {}


_SHOWN = {"==": "=", "!=": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥", "+": "+", "-": "−", "*": "×", "/": "÷"}

FORMULA = Wording(
    style="formula",
    signs={sign: f" {sign} " for sign in _SHOWN} | {"neg": "-"},
    brackets="({})",
    comma=", ",
    both=" and ",
    either=" or ",
    negation="not {}",
    member={True: "{} in ({})", False: "{} not in ({})"},
    truth={True: "true", False: "false"},
    text='"{}"',
    day='date("{}")',
    calls={
        "min": "min({})",
        "max": "max({})",
        "abs": "abs({})",
        "ceil": "ceil({})",
        "floor": "floor({})",
        "days": "days({}, {})",
        "points": 'points("{}")',
        "outcome": 'outcome("{}")',
        "finding": 'finding("{}")',
    },
    settings={"reference_date": "reference_date", "stage": "stage", "region": "region"},
    rows={
        "count": "count({table})",
        "count?": "count({table}, where={where})",
        "distinct": "count({table}.{column})",
        "distinct?": "count({table}.{column}, where={where})",
        "sum": "sum({table}.{column})",
        "sum?": "sum({table}.{column}, where={where})",
        "any_row": "any_row({table})",
        "any_row?": "any_row({table}, where={where})",
    },
    lookup="{{by: {by}, {cases}}}",
    case="{code}: {value}",
    otherwise="otherwise: {}",
)

ZH = Wording(
    style="prose",
    signs=_SHOWN | {"neg": "−"},
    brackets="（{}）",
    comma="、",
    both="且",
    either="或",
    negation="不满足（{}）",
    member={True: "{}属于（{}）", False: "{}不属于（{}）"},
    truth={True: "是", False: "否"},
    text="“{}”",
    day="{}",
    calls={
        "min": "（{}）中最小者",
        "max": "（{}）中最大者",
        "abs": "绝对值（{}）",
        "ceil": "向上取整（{}）",
        "floor": "向下取整（{}）",
        "days": "从{}到{}的天数",
        "points": "“{}”的得分",
        "outcome": "“{}”的结果",
        "finding": "触发“{}”",
        "no finding": "未触发“{}”",
    },
    settings={"reference_date": "评定日", "stage": "阶段", "region": "所在地区"},
    rows={
        "count": "“{table}”的行数",
        "count?": "“{table}”中满足（{where}）的行数",
        "distinct": "“{table}”中不同的{column}数",
        "distinct?": "“{table}”中满足（{where}）的不同的{column}数",
        "sum": "“{table}”的{column}合计",
        "sum?": "“{table}”中满足（{where}）的{column}合计",
        "any_row": "“{table}”有记录",
        "any_row?": "“{table}”有满足（{where}）的记录",
        "no any_row": "“{table}”没有记录",
        "no any_row?": "“{table}”没有满足（{where}）的记录",
    },
    lookup="按{by}：{cases}",
    case="{code}{value}",
    otherwise="其他{}",
    span="从{}到{}{}",
    spans={
        "<": "不满{}天",
        "<=": "不超过{}天",
        ">": "超过{}天",
        ">=": "满{}天",
        "==": "正好{}天",
        "!=": "不是{}天",
    },
)

EN = Wording(
    style="prose",
    signs={sign: f" {shown} " for sign, shown in _SHOWN.items()} | {"neg": "−"},
    brackets="({})",
    comma=", ",
    both=" and ",
    either=" or ",
    negation="not ({})",
    member={True: "{} is one of ({})", False: "{} is none of ({})"},
    truth={True: "yes", False: "no"},
    text="“{}”",
    day="{}",
    calls={
        "min": "the least of ({})",
        "max": "the greatest of ({})",
        "abs": "the absolute value of ({})",
        "ceil": "({}) rounded up",
        "floor": "({}) rounded down",
        "days": "the days from {} to {}",
        "points": "the points of “{}”",
        "outcome": "the outcome of “{}”",
        "finding": "“{}” fired",
        "no finding": "“{}” did not fire",
    },
    settings={"reference_date": "the reference date", "stage": "the stage", "region": "the region"},
    rows={
        "count": "the rows of “{table}”",
        "count?": "the rows of “{table}” where ({where})",
        "distinct": "the different values of {column} in “{table}”",
        "distinct?": "the different values of {column} in “{table}” where ({where})",
        "sum": "the sum of {column} in “{table}”",
        "sum?": "the sum of {column} in “{table}” where ({where})",
        "any_row": "“{table}” has a row",
        "any_row?": "“{table}” has a row where ({where})",
        "no any_row": "“{table}” has no row",
        "no any_row?": "“{table}” has no row where ({where})",
    },
    lookup="by {by}: {cases}",
    case="{code} {value}",
    otherwise="otherwise {}",
    span="from {} to {} it is {}",
    spans={
        "<": "less than {} {day}",
        "<=": "at most {} {day}",
        ">": "more than {} {day}",
        ">=": "at least {} {day}",
        "==": "exactly {} {day}",
        "!=": "not exactly {} {day}",
    },
)
