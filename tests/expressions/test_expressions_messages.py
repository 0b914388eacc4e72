"""Every mistake in an expression is told in these very words, Chinese and English, at this very column."""
# ruff: noqa: E501  (frozen sentences stand whole on their lines)

from __future__ import annotations

import pytest
from tests.expressions.samples import IN_LIFTS, NAMES, PLACE

from meihao.core.problems import Message, Problems
from meihao.expressions import messages
from meihao.expressions.names import Names
from meihao.expressions.parse import parse

# Text, then `column code sentence(fix)` of each problem; the expression starts in column 5.
FROZEN = (
    (
        "",
        "5 X001 表达式是空的（写出条件，如households >= 30）",
        "5 X001 the expression is empty (write it, e.g. households >= 30)",
    ),
    (
        "households > 3 old",
        "20 X005 从这里起读不懂：old（检查此处前后是否少了and、逗号或括号）",
        "20 X005 cannot be read from here: old (look for a missing and, comma or bracket around here)",
    ),
    (
        "households and",
        "18 X005 从这里起读不懂：households and（检查此处前后是否少了and、逗号或括号）",
        "18 X005 cannot be read from here: households and (look for a missing and, comma or bracket around here)",
    ),
    (
        "min(*households, 3)",
        "9 X005 从这里起读不懂：*households（检查此处前后是否少了and、逗号或括号）",
        "9 X005 cannot be read from here: *households (look for a missing and, comma or bracket around here)",
    ),
    (
        "...",
        "5 X005 从这里起读不懂：...（检查此处前后是否少了and、逗号或括号）",
        "5 X005 cannot be read from here: ... (look for a missing and, comma or bracket around here)",
    ),
    (
        "(1).x == 1",
        "5 X005 从这里起读不懂：(1).x（检查此处前后是否少了and、逗号或括号）",
        "5 X005 cannot be read from here: (1).x (look for a missing and, comma or bracket around here)",
    ),
    (
        'name == "abc',
        '13 X006 引号没有收尾："abc（在文字末尾补上同样的引号）',
        '13 X006 the quote is never closed: "abc (close the text with the same quote)',
    ),
    (
        "(households > 3",
        "5 X007 括号(没有配对（补上或删去一个括号）",
        "5 X007 the bracket ( has no partner (add or remove a bracket)",
    ),
    (
        "households > 3)",
        "19 X007 括号)没有配对（补上或删去一个括号）",
        "19 X007 the bracket ) has no partner (add or remove a bracket)",
    ),
    (
        "households ≥ 30",
        "16 X008 不能写≥（改写为>=）",
        "16 X008 ≥ cannot be used here (write >=)",
    ),
    (
        "households > ３０",
        "18 X008 不能写３０（改写为30）",
        "18 X008 ３０ cannot be used here (write 30)",
    ),
    (
        "name == “公司”",
        '13 X008 不能写“公司”（改写为"公司"）',
        '13 X008 “公司” cannot be used here (write "公司")',
    ),
    (
        "rate > 1，old",
        "13 X008 不能写，（改写为,）",
        "13 X008 ， cannot be used here (write ,)",
    ),
    (
        "rate > 1 && old || !old",
        "14 X008 不能写&&（改写为and） | 21 X008 不能写||（改写为or） | 24 X008 不能写!（改写为not）",
        "14 X008 && cannot be used here (write and) | 21 X008 || cannot be used here (write or) | 24 X008 ! cannot be used here (write not)",
    ),
    (
        "rate === 1",
        "10 X008 不能写===（改写为==）",
        "10 X008 === cannot be used here (write ==)",
    ),
    (
        "old == True",
        "12 X008 不能写True（改写为true）",
        "12 X008 True cannot be used here (write true)",
    ),
    (
        "old AND old",
        "9 X008 不能写AND（改写为and）",
        "9 X008 AND cannot be used here (write and)",
    ),
    (
        "old\u3000and old",
        "8 X008 不能写U+3000（改写为' '）",
        "8 X008 U+3000 cannot be used here (write ' ')",
    ),
    (
        "households ** 2 > 3",
        "16 X009 表达式里不能用乘方**（写成连乘，如a * a）",
        "16 X009 a power (**) cannot be used in an expression (multiply, e.g. a * a)",
    ),
    (
        "households // 2 > 3",
        "16 X009 表达式里不能用整除//（写成floor(a / b)）",
        "16 X009 whole division (//) cannot be used in an expression (write floor(a / b))",
    ),
    (
        "households[0] > 1",
        '15 X009 表达式里不能用方括号（用圆括号，如level in ("a", "b")）',
        '15 X009 square brackets cannot be used in an expression (use round brackets, e.g. level in ("a", "b"))',
    ),
    (
        "{1}",
        '5 X009 表达式里不能用花括号（用圆括号，如level in ("a", "b")）',
        '5 X009 braces cannot be used in an expression (use round brackets, e.g. level in ("a", "b"))',
    ),
    (
        "old # x",
        "9 X009 表达式里不能用#注释（注释写在YAML里）",
        "9 X009 a # comment cannot be used in an expression (write the comment in the YAML)",
    ),
    (
        'name is "a"',
        "10 X009 表达式里不能用is（改写为==）",
        "10 X009 is cannot be used in an expression (write ==)",
    ),
    (
        "lambda x",
        "5 X009 表达式里不能用lambda（删去；表达式只判断和计算）",
        "5 X009 lambda cannot be used in an expression (leave it out: an expression only tests and computes)",
    ),
    (
        "rate if old",
        "10 X009 表达式里不能用if（用applies_when、分段（bands）或any_of）",
        "10 X009 if cannot be used in an expression (use applies_when, bands or any_of)",
    ),
    (
        "x for x",
        "7 X009 表达式里不能用for（用count(表, where=条件)或any_row(表, where=条件)）",
        "7 X009 for cannot be used in an expression (use count(TABLE, where=TEST) or any_row(TABLE, where=TEST))",
    ),
    (
        "name == None",
        "13 X009 表达式里不能用None（没有的事实自然是未知，不用判断）",
        "13 X009 None cannot be used in an expression (a fact that is not there is unknown by itself)",
    ),
    (
        "class > 3",
        "5 X009 表达式里不能用保留字class（字段或列换一个代码）",
        "5 X009 the reserved word class cannot be used in an expression (give the field or column another id)",
    ),
    (
        'f"{name}" == name',
        '5 X009 表达式里不能用带前缀的文字f"…"（去掉引号前的字母）',
        '5 X009 a text with a prefix (f"…") cannot be used in an expression (drop the letters before the quote)',
    ),
    (
        "lifts.count(3)",
        "5 X009 表达式里不能用带点的调用（用函数，如count(表)）",
        "5 X009 a call with a dot cannot be used in an expression (use a function, e.g. count(TABLE))",
    ),
    (
        "(y := 3)",
        "8 X008 不能写:=（改写为==）",
        "8 X008 := cannot be used here (write ==)",
    ),
    (
        "households = 30",
        "16 X010 比较是否相等要写两个等号（改写为==）",
        "16 X010 a single = does not compare (write ==)",
    ),
    (
        "(households = 30)",
        "17 X010 比较是否相等要写两个等号（改写为==）",
        "17 X010 a single = does not compare (write ==)",
    ),
    (
        "rate > 70%",
        "12 X011 表达式里不能写百分号：70%（百分数直接写数值，如70；求百分比写100 * a / b）",
        "12 X011 a percent sign cannot be written: 70% (write the number of percent, e.g. 70; a share is 100 * a / b)",
    ),
    (
        "rate ％ 3",
        "10 X011 表达式里不能写百分号：％（百分数直接写数值，如70；求百分比写100 * a / b）",
        "10 X011 a percent sign cannot be written: ％ (write the number of percent, e.g. 70; a share is 100 * a / b)",
    ),
    (
        "户数 > 3",
        "5 X012 名称不能含中文等非英文字符：户数（形近字会被当成同一个名称）（写字段的代码，如households；文字要放在双引号里）",
        "5 X012 a name must be plain English letters: 户数 (look-alike characters would be read as one name) (write the field's id, e.g. households; put texts in double quotes)",
    ),
    (
        "ℌouse > 3",
        "5 X012 名称不能含中文等非英文字符：ℌ（形近字会被当成同一个名称）（写字段的代码，如households；文字要放在双引号里）",
        "5 X012 a name must be plain English letters: ℌ (look-alike characters would be read as one name) (write the field's id, e.g. households; put texts in double quotes)",
    ),
    (
        "old 😀",
        "9 X013 表达式里不能有这个字符：😀（删去它）",
        "9 X013 this character does not belong in an expression: 😀 (delete it)",
    ),
    (
        "old; old",
        "8 X013 表达式里不能有这个字符：;（删去它）",
        "8 X013 this character does not belong in an expression: ; (delete it)",
    ),
    (
        'name == "村\x07"',
        "13 X013 表达式里不能有这个字符：U+0007（删去它）",
        "13 X013 this character does not belong in an expression: U+0007 (delete it)",
    ),
    (
        "rate > 1e3",
        "12 X014 数值写法不对：1e3（用普通小数，如30、0.5；不用科学计数、十六进制、下划线，整数前不加0）",
        "12 X014 this is not a valid number: 1e3 (write a plain decimal, e.g. 30 or 0.5: no exponent, hex, underscore or leading zero)",
    ),
    (
        "rate > 010",
        "12 X014 数值写法不对：010（用普通小数，如30、0.5；不用科学计数、十六进制、下划线，整数前不加0）",
        "12 X014 this is not a valid number: 010 (write a plain decimal, e.g. 30 or 0.5: no exponent, hex, underscore or leading zero)",
    ),
    (
        "rate > .5",
        "12 X014 数值写法不对：.5（用普通小数，如30、0.5；不用科学计数、十六进制、下划线，整数前不加0）",
        "12 X014 this is not a valid number: .5 (write a plain decimal, e.g. 30 or 0.5: no exponent, hex, underscore or leading zero)",
    ),
    (
        "rate > 1234567890123456",
        "12 X015 数值位数过多：1234567890123456（最多15位数字，可换更大的单位）",
        "12 X015 the number has too many digits: 1234567890123456 (at most 15 digits; use a larger unit)",
    ),
    (
        'name == "a\\b"',
        '13 X016 文字里不能有反斜杠："a\\b"（删去反斜杠；文字里要有双引号时，用单引号括起）',
        '13 X016 a text cannot hold a backslash: "a\\b" (delete it; put a text that contains a double quote in single quotes)',
    ),
    (
        '"a" "b" == name',
        "9 X017 两段文字之间少了逗号（在两段文字之间加逗号）",
        "9 X017 a comma is missing between two texts (put a comma between them)",
    ),
    (
        "houshold > 3",
        "5 X020 没有名为“houshold”的字段（是否想写 households？）",
        "5 X020 there is no field 'houshold' (did you mean households?)",
    ),
    (
        "q > 3",
        "5 X020 没有名为“q”的字段（可用：built、households、name、old、property.route、rate、reference_date、region …）",
        "5 X020 there is no field 'q' (known: built, households, name, old, property.route, rate, reference_date, region …)",
    ),
    (
        "any_row(lifts, where=lod > 3)",
        "26 X021 表“lifts”没有名为“lod”的列，也没有这个字段（是否想写 load？）",
        "26 X021 table 'lifts' has no column 'lod', and there is no such field (did you mean load?)",
    ),
    (
        "property.route == company",
        '23 X022 选项“company”没有加引号（改写为"company"）',
        '23 X022 the option company has no quotes (write "company")',
    ),
    (
        'property.route in (company, "residents")',
        '24 X022 选项“company”没有加引号（改写为"company"）',
        '24 X022 the option company has no quotes (write "company")',
    ),
    (
        "lifts > 3",
        "5 X023 “lifts”是一张表，不能直接当作值（用count(lifts)、sum(lifts.列)或any_row(lifts, where=条件)）",
        "5 X023 'lifts' is a table, not a value (use count(lifts), sum(lifts.COLUMN) or any_row(lifts, where=TEST))",
    ),
    (
        "lifts.load > 3",
        "5 X023 “lifts”是一张表，不能直接当作值（用count(lifts)、sum(lifts.列)或any_row(lifts, where=条件)）",
        "5 X023 'lifts' is a table, not a value (use count(lifts), sum(lifts.COLUMN) or any_row(lifts, where=TEST))",
    ),
    (
        "count(households)",
        "11 X024 “households”不是一张表（可用：children、lifts、log.tickets）",
        "11 X024 'households' is not a table (known: children, lifts, log.tickets)",
    ),
    (
        "count(lift)",
        "11 X024 “lift”不是一张表（是否想写 lifts？）",
        "11 X024 'lift' is not a table (did you mean lifts?)",
    ),
    (
        "sum(lifts.lod)",
        "9 X025 表“lifts”没有名为“lod”的列（是否想写 load？）",
        "9 X025 table 'lifts' has no column 'lod' (did you mean load?)",
    ),
    (
        "maximum(1, 2)",
        "5 X026 没有函数maximum(…)（是否想写 max？）",
        "5 X026 there is no function maximum(…) (did you mean max?)",
    ),
    (
        'points("village.safety.fir")',
        "12 X027 没有标识为“village.safety.fir”的指标（是否想写 village.safety.fire？）",
        "12 X027 there is no criterion 'village.safety.fir' (did you mean village.safety.fire?)",
    ),
    (
        'finding("checks.dirt")',
        "13 X028 没有标识为“checks.dirt”的规则（是否想写 checks.dirty？）",
        "13 X028 there is no rule 'checks.dirt' (did you mean checks.dirty?)",
    ),
    (
        'property.route == "compny"',
        "23 X029 “property.route”没有选项“compny”（是否想写 company？）",
        "23 X029 'property.route' has no option 'compny' (did you mean company?)",
    ),
    (
        'outcome("village.safety.fire") == "mett"',
        '39 X029 “outcome("village.safety.fire")”没有选项“mett”（是否想写 met？）',
        "39 X029 'outcome(\"village.safety.fire\")' has no option 'mett' (did you mean met?)",
    ),
    (
        '"compny" == property.route',
        "5 X029 “property.route”没有选项“compny”（是否想写 company？）",
        "5 X029 'property.route' has no option 'compny' (did you mean company?)",
    ),
    (
        'stage != "verify"',
        "14 X029 “stage”没有选项“verify”（是否想写 verified？）",
        "14 X029 'stage' has no option 'verify' (did you mean verified?)",
    ),
    (
        'any_row(lifts, where=level in ("x",))',
        "36 X029 “level”没有选项“x”（可用：major、ordinary、serious）",
        "36 X029 'level' has no option 'x' (known: major, ordinary, serious)",
    ),
    (
        "old and households",
        "13 X030 这里需要条件，而households是数值（写成条件，如households >= 30）",
        "13 X030 a condition is needed here, and households is a number (write a condition, e.g. households >= 30)",
    ),
    (
        "abs(name)",
        "9 X030 这里需要数值，而name是文字（写数值或数值字段）",
        "9 X030 a number is needed here, and name is a text (write a number or a numeric field)",
    ),
    (
        "days(built, 3)",
        '17 X030 这里需要日期，而3是数值（写日期字段或date("2026-01-01")）',
        '17 X030 a date is needed here, and 3 is a number (write a date field or date("2026-01-01"))',
    ),
    (
        "sum(lifts.code)",
        "9 X030 这里需要数值，而lifts.code是文字（写数值或数值字段）",
        "9 X030 a number is needed here, and lifts.code is a text (write a number or a numeric field)",
    ),
    (
        'households > "3"',
        '18 X031 数值households不能与文字"3"比较（两边写成同一类：数值不加引号，文字加双引号，日期写成date("2026-01-01")）',
        '18 X031 the number households cannot be compared with the text "3" (make both sides one kind: numbers without quotes, texts in double quotes, dates as date("2026-01-01"))',
    ),
    (
        "built > old",
        '13 X031 日期built不能与条件old比较（两边写成同一类：数值不加引号，文字加双引号，日期写成date("2026-01-01")）',
        '13 X031 the date built cannot be compared with the condition old (make both sides one kind: numbers without quotes, texts in double quotes, dates as date("2026-01-01"))',
    ),
    (
        'name < "a"',
        "12 X032 文字不能用<比大小（用==、!=或in）",
        "12 X032 a text cannot be ordered with < (use ==, != or in)",
    ),
    (
        "old >= old",
        "12 X032 条件不能用>=比大小（用==、!=或in）",
        "12 X032 a condition cannot be ordered with >= (use ==, != or in)",
    ),
    (
        'built < "2026-02-30"',
        '13 X033 不是存在的日期："2026-02-30"（写成"2026-01-01"的样子，年份在1900—2100之间）',
        '13 X033 not a date that exists: "2026-02-30" (write it like "2026-01-01", a year from 1900 to 2100)',
    ),
    (
        'date("x") < built',
        '10 X033 不是存在的日期："x"（写成"2026-01-01"的样子，年份在1900—2100之间）',
        '10 X033 not a date that exists: "x" (write it like "2026-01-01", a year from 1900 to 2100)',
    ),
    (
        "min(3)",
        "5 X040 min的写法是min(a, b, …)（照此补齐或删去括号里的内容）",
        "5 X040 min is written min(a, b, …) (add or remove arguments to match)",
    ),
    (
        "days(built)",
        "5 X040 days的写法是days(from, to)（照此补齐或删去括号里的内容）",
        "5 X040 days is written days(from, to) (add or remove arguments to match)",
    ),
    (
        "date(built)",
        '5 X040 date的写法是date("2026-01-01")（照此补齐或删去括号里的内容）',
        '5 X040 date is written date("2026-01-01") (add or remove arguments to match)',
    ),
    (
        "points(name)",
        '5 X040 points的写法是points("ITEM")（照此补齐或删去括号里的内容）',
        '5 X040 points is written points("ITEM") (add or remove arguments to match)',
    ),
    (
        "count(3)",
        "5 X040 count的写法是count(TABLE, where=TEST)（照此补齐或删去括号里的内容）",
        "5 X040 count is written count(TABLE, where=TEST) (add or remove arguments to match)",
    ),
    (
        "any_row(lifts.code)",
        "5 X040 any_row的写法是any_row(TABLE, where=TEST)（照此补齐或删去括号里的内容）",
        "5 X040 any_row is written any_row(TABLE, where=TEST) (add or remove arguments to match)",
    ),
    (
        "any_row(lifts, when=ok)",
        "20 X041 any_row没有名为when的参数（行的条件写where=…；比较是否相等写==）",
        "20 X041 any_row has no argument when (the test of rows is where=…; to compare, write ==)",
    ),
    (
        "max(1, where=2)",
        "12 X041 max没有名为where的参数（行的条件写where=…；比较是否相等写==）",
        "12 X041 max has no argument where (the test of rows is where=…; to compare, write ==)",
    ),
    (
        'rate in (1, "a")',
        '17 X031 数值rate不能与文字"a"比较（两边写成同一类：数值不加引号，文字加双引号，日期写成date("2026-01-01")）',
        '17 X031 the number rate cannot be compared with the text "a" (make both sides one kind: numbers without quotes, texts in double quotes, dates as date("2026-01-01"))',
    ),
    (
        "finding(name)",
        '5 X040 finding的写法是finding("family.rule")（照此补齐或删去括号里的内容）',
        '5 X040 finding is written finding("family.rule") (add or remove arguments to match)',
    ),
    (
        "rate in 3",
        '13 X042 in的后面要有括号括起的几个值（如level in ("serious", "major")）',
        '13 X042 in must be followed by values in brackets (e.g. level in ("serious", "major"))',
    ),
    (
        "rate in ()",
        '13 X042 in的后面要有括号括起的几个值（如level in ("serious", "major")）',
        '13 X042 in must be followed by values in brackets (e.g. level in ("serious", "major"))',
    ),
    (
        "rate in (1, residents)",
        "17 X043 in的括号里只能写固定的值，不能写residents（与字段比较请用==和or）",
        "17 X043 only fixed values may be in the brackets after in, not residents (to compare with a field, use == and or)",
    ),
    (
        "(1, 2) == rate",
        "5 X044 几个值的括号只能跟在in后面：(1, 2)（写成x in (…)，或去掉逗号）",
        "5 X044 values in brackets may only follow in: (1, 2) (write x in (…), or remove the comma)",
    ),
    (
        "0 < rate in (1, 2)",
        "5 X045 in不能与其他比较连写（分开写，用and连接）",
        "5 X045 in cannot be chained with other comparisons (write them apart, joined by and)",
    ),
    (
        "any_row(lifts, where=any_row(lifts))",
        "26 X046 where里不能再数一张表：any_row(lifts)（把对表的条件移到where外面，用and连接）",
        "26 X046 rows cannot be counted inside where: any_row(lifts) (move the test of the table out of where, joined by and)",
    ),
    (
        "rate / 0",
        "12 X047 除数是0（改正除数）",
        "12 X047 division by 0 (correct the divisor)",
    ),
)


def told(problems: Problems, lang: str) -> str:
    return " | ".join(p.text("zh" if lang == "zh" else "en").removeprefix("a.yaml:3:") for p in problems)


@pytest.mark.parametrize(("text", "zh", "en"), FROZEN)
def test_the_words_of_a_mistake(text: str, zh: str, en: str) -> None:
    expr, problems = parse(text, PLACE, NAMES)
    assert expr is None
    assert told(problems, "zh") == zh
    assert told(problems, "en") == en


def test_the_words_of_the_limits() -> None:
    long = parse("1" * 2001, PLACE, NAMES)[1]
    assert told(long, "zh") == "5 X002 表达式过长：2001个字符，上限2000个（拆成几项指标或几条规则）"
    assert told(long, "en").startswith("5 X002 the expression is too long: 2001 characters, at most 2000 (")
    deep = parse("-" * 100 + "1", PLACE, NAMES)[1]
    assert told(deep, "zh") == "5 X003 表达式嵌套过深：超过60层（去掉多余的括号，或拆成几条）"
    assert (
        told(deep, "en")
        == "5 X003 the expression is nested too deeply: more than 60 levels (remove unneeded brackets, or split it)"
    )
    large = parse("1 in (" + "1," * 600 + ")", PLACE, NAMES)[1]
    assert told(large, "zh") == "5 X004 表达式过于复杂：超过500个部分（拆成几项指标或几条规则）"
    assert (
        told(large, "en")
        == "5 X004 the expression is too complex: more than 500 parts (split it into several criteria or rules)"
    )


def test_more_brackets_than_python_reads_are_told_as_nesting() -> None:
    assert [p.code for p in parse("(" * 300 + "1" + ")" * 300, PLACE, NAMES)[1]] == ["X003"]


@pytest.mark.parametrize("error", [RecursionError, MemoryError, ValueError])
def test_a_text_that_python_gives_up_on_is_told_as_nesting(
    error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    def give_up(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("ast.parse", give_up)
    assert [p.code for p in parse("1", PLACE, NAMES)[1]] == ["X003"]


def test_where_nothing_is_known_by_name_the_hint_says_so() -> None:
    found = parse('points("a") > 1', PLACE, Names({}))[1]
    assert told(found, "zh") == "12 X027 没有标识为“a”的指标（这里还没有可用的名称）"
    assert told(found, "en") == "12 X027 there is no criterion 'a' (nothing is known by name here)"


def test_a_where_given_by_itself_is_told_the_same() -> None:
    assert told(parse("lod > 3", PLACE, IN_LIFTS)[1], "en").startswith("5 X021 table 'lifts' has no column 'lod'")
    assert [p.code for p in parse("count(lifts) > 3", PLACE, IN_LIFTS)[1]] == ["X046"]


def test_every_code_is_frozen_here() -> None:
    codes = {m.code for m in vars(messages).values() if isinstance(m, Message)}
    assert {word for _, zh, _ in FROZEN for word in zh.split() if word.startswith("X0")} == codes - {
        "X002",
        "X003",
        "X004",
    }


def test_codes_are_given_once_and_every_sentence_has_both_languages() -> None:
    known = [m for m in vars(messages).values() if isinstance(m, Message)]
    assert len({m.code for m in known}) == len(known)
    assert all(m.zh and m.en and m.fix_zh and m.fix_en for m in known)
