"""Problems of evidence and rounds: codes E001 and up."""

from __future__ import annotations

from ..core.problems import Message

NOT_A_NUMBER = Message(
    "E001", "error", "“{label}”应填数字，现为“{value}”", "“{label}” wants a number, got “{value}”",
    "只写数字，不带单位和说明", "write the number alone, without unit or remark",
)  # fmt: skip
NOT_WHOLE = Message(
    "E002", "error", "“{label}”应为整数，现为{value}", "“{label}” wants a whole number, got {value}",
    "填实际个数", "give the actual count",
)  # fmt: skip
OUT_OF_RANGE = Message(
    "E003", "error", "“{label}”为{value}，超出{low}—{high}", "“{label}” is {value}, outside {low} to {high}",
    "核对数字和单位（{unit}）", "check the figure and its unit ({unit})",
)  # fmt: skip
FRACTION_PERCENT = Message(
    "E004", "error", "“{label}”填了{value}：是{percent}%，还是{value}%？", "“{label}” says {value}: {percent}% or {value}%?",
    "写成“{percent}%”或“{value}%”", "write “{percent}%” or “{value}%”",
)  # fmt: skip
NOT_AN_OPTION = Message(
    "E005", "error", "“{label}”没有选项“{value}”", "“{label}” has no option “{value}”",
    "{near_zh}", "{near_en}",
)  # fmt: skip
NOT_A_DATE = Message(
    "E006", "error", "“{label}”应为日期，现为“{value}”", "“{label}” wants a date, got “{value}”",
    "写成2026-06-30的样子，且确有这一天", "write it like 2026-06-30, a day that exists",
)  # fmt: skip
NOT_YES_NO = Message(
    "E007", "error", "“{label}”应填是或否，现为“{value}”", "“{label}” wants true or false, got “{value}”",
    "填“是”或“否”（YAML中写true或false）", "fill in true or false",
)  # fmt: skip
NOT_TEXT = Message(
    "E008", "error", "“{label}”应为文字，现为{value}", "“{label}” wants text, got {value}",
    "编号请加引号，如\"{value}\"", "put codes in quotes, as in \"{value}\"",
)  # fmt: skip
TOO_LONG = Message(
    "E009", "error", "“{label}”有{length}字，最多{limit}字", "“{label}” has {length} characters, at most {limit}",
    "缩短，详细内容放在材料里", "shorten it; put the details into a document",
)  # fmt: skip
NOT_A_TABLE = Message(
    "E010", "error", "“{label}”是台账，应逐行填写", "“{label}” is a register: give it row by row",
    "每行写成“- {{列: 值}}”；没有记录写[]", "one “- {{column: value}}” a row; [] where there is none",
)  # fmt: skip
TOO_MANY_ROWS = Message(
    "E011", "error", "“{label}”有{rows}行，最多{limit}行", "“{label}” has {rows} rows, at most {limit}",
    "核对是否重复；确有这么多请联系标准编写人", "check for doubles, or ask the author of the standard",
)  # fmt: skip
UNKNOWN_COLUMN = Message(
    "E012", "error", "“{label}”没有“{column}”这一列", "“{label}” has no column “{column}”",
    "{near_zh}", "{near_en}",
)  # fmt: skip
UNKNOWN_FIELD = Message(
    "E013", "error", "没有“{field}”这一项", "there is no field “{field}”",
    "{near_zh}", "{near_en}",
)  # fmt: skip
NOT_ASKED = Message(
    "E014", "error", "{kind}不填“{label}”", "“{label}” is not asked of a {kind}",
    "删去，或核对单位类别", "remove it, or check the kind of the unit",
)  # fmt: skip
UNKNOWN_KIND = Message(
    "E015", "error", "没有“{kind}”这一类单位", "there is no kind “{kind}”",
    "{near_zh}", "{near_en}",
)  # fmt: skip
TWO_UNITS = Message(
    "E016", "error", "单位编号{code}出现两次，另一处在{other}", "unit code {code} appears twice, also at {other}",
    "改正编号，或合并成一份", "correct the code, or merge the two",
)  # fmt: skip
UNKNOWN_REGION = Message(
    "E017", "error", "批次里没有地区“{region}”", "the round has no region “{region}”",
    "{near_zh}", "{near_en}",
)  # fmt: skip
CORRECTED = Message(
    "E018", "notice", "“{label}”已自动更正：“{value}”读作{read}", "“{label}” corrected: “{value}” read as {read}",
)  # fmt: skip
NO_REASON = Message(
    "E019", "error", "“{label}”是裁量评分，须写理由", "“{label}” is a judgement and needs its reason",
    "在reasons里写明理由", "give it under reasons",
)  # fmt: skip
EMPTY_TEXT = Message(
    "E020", "error", "“{label}”是空的", "“{label}” is empty",
    "填写，或删去这一项（没填=待补）", "fill it in, or remove it (what is not there counts as missing)",
)  # fmt: skip
EXCEL_ERROR = Message(
    "E021", "error", "“{label}”是表格错误值{value}", "“{label}” is the spreadsheet error {value}",
    "改正公式，或直接填数字", "mend the formula, or type the figure",
)  # fmt: skip
DATE_AFTER_REFERENCE = Message(
    "E022", "error", "{observer}的记录日期{day}晚于评定日{reference}",
    "{observer} recorded on {day}, after the reference date {reference}",
    "核对日期；评定日以后的情况不计入本轮", "check the date; what came later is not part of this round",
)  # fmt: skip
UNKNOWN_WAIVER = Message(
    "E030", "error", "没有“{waiver}”这种豁免", "there is no waiver “{waiver}”",
    "{near_zh}", "{near_en}",
)  # fmt: skip
GRANT_TOO_LONG = Message(
    "E031", "error", "豁免从{start}到{until}，超过{limit}", "the grant runs from {start} to {until}, longer than {limit}",
    "改短期限，或重新批准", "shorten it, or have it granted anew",
)  # fmt: skip
UNKNOWN_PROFILE = Message(
    "E032", "error", "没有“{profile}”这种榜单方案", "there is no tier profile “{profile}”",
    "{near_zh}", "{near_en}",
)  # fmt: skip
UNKNOWN_PARENT = Message(
    "E033", "error", "地区{code}的上级“{parent}”不在批次里", "region {code} lies in “{parent}”, which the round has not",
    "{near_zh}", "{near_en}",
)  # fmt: skip
GRANT_FOR_NOBODY = Message(
    "E034", "warning", "豁免给了{unit}，但证据里没有这个单位", "a waiver is granted to {unit}, of which there is no evidence",
    "核对单位编号", "check the unit code",
)  # fmt: skip
