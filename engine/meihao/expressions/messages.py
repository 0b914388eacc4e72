"""Defines every refusal of an expression, from code X001 on; docs/errors/expressions.md explains each."""

from __future__ import annotations

from ..core.problems import Message


def _error(code: str, zh: str, en: str, fix_zh: str, fix_en: str) -> Message:
    return Message(code, "error", zh, en, fix_zh, fix_en)


# The text as a whole.
EMPTY = _error(
    "X001", "表达式是空的", "the expression is empty", "写出条件，如households >= 30", "write it, e.g. households >= 30"
)
TOO_LONG = _error(
    "X002",
    "表达式过长：{size}个字符，上限{limit}个",
    "the expression is too long: {size} characters, at most {limit}",
    "拆成几项指标或几条规则",
    "split it into several criteria or rules",
)
TOO_DEEP = _error(
    "X003",
    "表达式嵌套过深：超过{limit}层",
    "the expression is nested too deeply: more than {limit} levels",
    "去掉多余的括号，或拆成几条",
    "remove unneeded brackets, or split it",
)
TOO_MANY_PARTS = _error(
    "X004",
    "表达式过于复杂：超过{limit}个部分",
    "the expression is too complex: more than {limit} parts",
    "拆成几项指标或几条规则",
    "split it into several criteria or rules",
)
UNREADABLE = _error(
    "X005",
    "从这里起读不懂：{text}",
    "cannot be read from here: {text}",
    "检查此处前后是否少了and、逗号或括号",
    "look for a missing and, comma or bracket around here",
)
QUOTE_NOT_CLOSED = _error(
    "X006",
    "引号没有收尾：{text}",
    "the quote is never closed: {text}",
    "在文字末尾补上同样的引号",
    "close the text with the same quote",
)
BRACKET = _error(
    "X007",
    "括号{sign}没有配对",
    "the bracket {sign} has no partner",
    "补上或删去一个括号",
    "add or remove a bracket",
)

# Signs, numbers and texts.
OTHER_SIGN = _error("X008", "不能写{sign}", "{sign} cannot be used here", "改写为{instead}", "write {instead}")
REFUSED = _error("X009", "表达式里不能用{zh}", "{en} cannot be used in an expression", "{fix_zh}", "{fix_en}")
SINGLE_EQUALS = _error(
    "X010",
    "比较是否相等要写两个等号",
    "a single = does not compare",
    "改写为==",
    "write ==",
)
PERCENT_SIGN = _error(
    "X011",
    "表达式里不能写百分号：{text}",
    "a percent sign cannot be written: {text}",
    "百分数直接写数值，如70；求百分比写100 * a / b",
    "write the number of percent, e.g. 70; a share is 100 * a / b",
)
FOREIGN_NAME = _error(
    "X012",
    "名称不能含中文等非英文字符：{text}（形近字会被当成同一个名称）",
    "a name must be plain English letters: {text} (look-alike characters would be read as one name)",
    "写字段的代码，如households；文字要放在双引号里",
    "write the field's id, e.g. households; put texts in double quotes",
)
STRAY_CHARACTER = _error(
    "X013",
    "表达式里不能有这个字符：{text}",
    "this character does not belong in an expression: {text}",
    "删去它",
    "delete it",
)
NUMBER_FORM = _error(
    "X014",
    "数值写法不对：{text}",
    "this is not a valid number: {text}",
    "用普通小数，如30、0.5；不用科学计数、十六进制、下划线，整数前不加0",
    "write a plain decimal, e.g. 30 or 0.5: no exponent, hex, underscore or leading zero",
)
NUMBER_TOO_LONG = _error(
    "X015",
    "数值位数过多：{text}",
    "the number has too many digits: {text}",
    "最多{limit}位数字，可换更大的单位",
    "at most {limit} digits; use a larger unit",
)
BACKSLASH = _error(
    "X016",
    "文字里不能有反斜杠：{text}",
    "a text cannot hold a backslash: {text}",
    "删去反斜杠；文字里要有双引号时，用单引号括起",
    "delete it; put a text that contains a double quote in single quotes",
)
TWO_TEXTS = _error(
    "X017",
    "两段文字之间少了逗号",
    "a comma is missing between two texts",
    "在两段文字之间加逗号",
    "put a comma between them",
)

# Names.
UNKNOWN_NAME = _error("X020", "没有名为“{name}”的字段", "there is no field '{name}'", "{near_zh}", "{near_en}")
UNKNOWN_IN_ROW = _error(
    "X021",
    "表“{table}”没有名为“{name}”的列，也没有这个字段",
    "table '{table}' has no column '{name}', and there is no such field",
    "{near_zh}",
    "{near_en}",
)
UNQUOTED_OPTION = _error(
    "X022",
    "选项“{name}”没有加引号",
    "the option {name} has no quotes",
    '改写为"{name}"',
    'write "{name}"',
)
TABLE_AS_VALUE = _error(
    "X023",
    "“{name}”是一张表，不能直接当作值",
    "'{name}' is a table, not a value",
    "用count({name})、sum({name}.列)或any_row({name}, where=条件)",
    "use count({name}), sum({name}.COLUMN) or any_row({name}, where=TEST)",
)
NOT_A_TABLE = _error(
    "X024",
    "“{name}”不是一张表",
    "'{name}' is not a table",
    "{near_zh}",
    "{near_en}",
)
UNKNOWN_COLUMN = _error(
    "X025",
    "表“{table}”没有名为“{name}”的列",
    "table '{table}' has no column '{name}'",
    "{near_zh}",
    "{near_en}",
)
UNKNOWN_FUNCTION = _error("X026", "没有函数{name}(…)", "there is no function {name}(…)", "{near_zh}", "{near_en}")
UNKNOWN_ITEM = _error("X027", "没有标识为“{name}”的指标", "there is no criterion '{name}'", "{near_zh}", "{near_en}")
UNKNOWN_FINDING = _error("X028", "没有标识为“{name}”的规则", "there is no rule '{name}'", "{near_zh}", "{near_en}")
UNKNOWN_OPTION = _error(
    "X029",
    "“{field}”没有选项“{name}”",
    "'{field}' has no option '{name}'",
    "{near_zh}",
    "{near_en}",
)

# Kinds.
WRONG_KIND = _error(
    "X030",
    "这里需要{wanted_zh}，而{text}是{got_zh}",
    "a {wanted_en} is needed here, and {text} is a {got_en}",
    "{fix_zh}",
    "{fix_en}",
)
KINDS_DIFFER = _error(
    "X031",
    "{left_zh}{left}不能与{right_zh}{right}比较",
    "the {left_en} {left} cannot be compared with the {right_en} {right}",
    '两边写成同一类：数值不加引号，文字加双引号，日期写成date("2026-01-01")',
    'make both sides one kind: numbers without quotes, texts in double quotes, dates as date("2026-01-01")',
)
NO_ORDER = _error(
    "X032",
    "{kind_zh}不能用{sign}比大小",
    "a {kind_en} cannot be ordered with {sign}",
    "用==、!=或in",
    "use ==, != or in",
)
NOT_A_DATE = _error(
    "X033",
    "不是存在的日期：{text}",
    "not a date that exists: {text}",
    '写成"2026-01-01"的样子，年份在1900—2100之间',
    'write it like "2026-01-01", a year from 1900 to 2100',
)

# How the parts are put together.
WRONG_ARGUMENTS = _error(
    "X040",
    "{name}的写法是{usage}",
    "{name} is written {usage}",
    "照此补齐或删去括号里的内容",
    "add or remove arguments to match",
)
UNKNOWN_ARGUMENT = _error(
    "X041",
    "{function}没有名为{name}的参数",
    "{function} has no argument {name}",
    "行的条件写where=…；比较是否相等写==",
    "the test of rows is where=…; to compare, write ==",
)
OPTIONS_WANTED = _error(
    "X042",
    "in的后面要有括号括起的几个值",
    "in must be followed by values in brackets",
    '如level in ("serious", "major")',
    'e.g. level in ("serious", "major")',
)
OPTION_NOT_FIXED = _error(
    "X043",
    "in的括号里只能写固定的值，不能写{text}",
    "only fixed values may be in the brackets after in, not {text}",
    "与字段比较请用==和or",
    "to compare with a field, use == and or",
)
LIST_WITHOUT_IN = _error(
    "X044",
    "几个值的括号只能跟在in后面：{text}",
    "values in brackets may only follow in: {text}",
    "写成x in (…)，或去掉逗号",
    "write x in (…), or remove the comma",
)
IN_A_CHAIN = _error(
    "X045",
    "in不能与其他比较连写",
    "in cannot be chained with other comparisons",
    "分开写，用and连接",
    "write them apart, joined by and",
)
ROWS_IN_ROWS = _error(
    "X046",
    "where里不能再数一张表：{text}",
    "rows cannot be counted inside where: {text}",
    "把对表的条件移到where外面，用and连接",
    "move the test of the table out of where, joined by and",
)
DIVISION_BY_ZERO = _error("X047", "除数是0", "division by 0", "改正除数", "correct the divisor")
