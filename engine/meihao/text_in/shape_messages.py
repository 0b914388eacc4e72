"""Defines every mistake in the shape of a file, from code S010 on; docs/errors/standard.md explains each."""

from __future__ import annotations

from ..core.message import NEAR, error

WRONG_TYPE = error(
    "S010",
    "应为{wanted_zh}，现为{found_zh}",
    "{wanted_en} is expected here, not {found_en}",
    "{fix_zh}",
    "{fix_en}",
)
MISSING_KEY = error("S011", "缺少“{key}”", "'{key}' is missing", "补上“{key}:”{what_zh}", "add '{key}:'")
UNKNOWN_KEY = error("S012", "未知的键“{key}”", "unknown key '{key}'", *NEAR)
NOT_A_CHOICE = error(
    "S013", "只能是{options_zh}，现为“{value}”", "only {options_en} may be written here, not '{value}'", *NEAR
)
WRONG_FORM = error(
    "S014",
    "“{value}”的写法不对，应为{wanted_zh}",
    "'{value}' has the wrong form; {wanted_en} is expected",
    "照这种写法改",
    "write it in that form",
)
EMPTY = error("S015", "不能为空", "this may not be empty", "至少写一项", "write at least one entry")
OUT_OF_BOUNDS = error(
    "S016",
    "{value}超出范围，应{bound_zh}",
    "{value} is out of bounds: it must be {bound_en}",
    "改成{bound_zh}的数",
    "write a number that is {bound_en}",
)
REPEATED = error("S017", "列表中“{value}”重复", "'{value}' is in the list twice", "删去一个", "delete one of them")
UNKNOWN_MENU = error(
    "S018",
    "不认识这种{menu_zh}：{keys}",
    "no {menu_en} of this kind: {keys}",
    "{near_zh}；{menu_zh}有：{all}",
    "{near_en}; the menu is: {all}",
)
TWO_AT_ONCE = error(
    "S019",
    "“{first}”和“{second}”不能同时写",
    "'{first}' and '{second}' may not be written together",
    "只留一个",
    "keep one",
)
ONE_OF = error("S020", "须写{options_zh}之一", "one of {options_en} is required", "补上其中一个", "add one of them")
NOT_A_DATE = error(
    "S021",
    "“{value}”不是有效日期",
    "'{value}' is not a valid date",
    "写成2026-06-30，年份在1900—2100之间",
    "write 2026-06-30, a year from 1900 to 2100",
)
NOT_A_DURATION = error(
    "S022",
    "“{value}”不是时长",
    "'{value}' is not a length of time",
    "写成30 days、6 months或1 year",
    "write 30 days, 6 months or 1 year",
)
WRONG_COUNT = error(
    "S023",
    "这里应有{wanted}项，现有{found}项",
    "{wanted} entries are expected here, not {found}",
    "改成{wanted}项",
    "write {wanted} entries",
)
TOO_LONG = error(
    "S024", "文字过长：上限{limit}个字符", "the text is too long: at most {limit} characters", "缩短", "shorten it"
)
