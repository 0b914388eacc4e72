"""Defines the mistakes of measures and scores, and of the names that a pack's files use; docs/errors explains each."""

from __future__ import annotations

from ..core.message import NEAR, error

# Names.
DUPLICATE_ID = error(
    "S033",
    "标识“{id}”重复，首次出现在{first}",
    "'{id}' is used twice, first at {first}",
    "把其中一个改名",
    "rename one of them",
)
RESERVED_ID = error(
    "S034",
    "“{id}”是保留字，不能用作标识",
    "'{id}' is a reserved word and cannot be an id",
    "换一个名称",
    "choose another name",
)
UNKNOWN_FIELD = error("S035", "没有“{field}”这个字段", "there is no field '{field}'", *NEAR)
FIELD_NOT_ASKED_OF_KIND = error(
    "S036",
    "字段“{field}”不向{kind}收集",
    "field '{field}' is not asked of {kind}",
    "在字段的kinds里加上{kind}",
    "add {kind} to the field's kinds",
)
NOT_A_TABLE = error(
    "S039",
    "字段“{field}”不是表",
    "field '{field}' is not a table",
    "换成type: table的字段",
    "use a field of type table",
)
UNKNOWN_COLUMN = error("S040", "表“{table}”没有“{column}”这一列", "table '{table}' has no column '{column}'", *NEAR)
WRONG_COLUMN_TYPE = error(
    "S041",
    "“{column}”列的类型是{found}，应为{wanted}",
    "column '{column}' is of type {found}, but must be {wanted}",
    "换一列，或改列的类型",
    "use another column, or change its type",
)
DATED_AND_WINDOW = error(
    "S042",
    "dated和look_back须一起写",
    "dated and look_back belong together",
    "补上另一个",
    "add the other one",
)
UNKNOWN_PROCESS = error("S043", "没有“{process}”这个流程", "there is no process '{process}'", *NEAR)
UNKNOWN_STEP = error("S044", "流程“{process}”没有“{step}”这一步", "process '{process}' has no step '{step}'", *NEAR)
NOT_A_CLASS = error(
    "S045",
    "不能按“{field}”分类：它不是选择题",
    "'{field}' cannot sort into classes: it is not a choice field",
    "写选择题字段、region或stage",
    "name a choice field, region or stage",
)
UNKNOWN_CLASS = error("S046", "“{by}”没有“{value}”这一类", "'{by}' has no class '{value}'", *NEAR)
CLASS_MISSING = error(
    "S047",
    "按“{by}”取值，缺少{missing}，又没有otherwise",
    "the lookup by '{by}' lacks {missing} and has no otherwise",
    "补上缺的类别，或写otherwise",
    "add them, or add an otherwise",
)
UNKNOWN_OPTION = error("S054", "“{field}”没有“{value}”这个选项", "'{field}' has no option '{value}'", *NEAR)
NEEDS_MEASURE = error(
    "S061",
    "“{score}”按量计分，缺少measure",
    "'{score}' scores a number, but there is no measure",
    "补上measure",
    "add a measure",
)
NEEDS_NO_MEASURE = error(
    "S062",
    "“{score}”自己有条件，不用measure",
    "'{score}' has its own conditions and takes no measure",
    "删去measure",
    "delete the measure",
)
PART_POINTS = error(
    "S067",
    "相加的各部分都要写明points",
    "every part of a sum needs its points",
    "补上points",
    "add points",
)
# Bands and other scores.
SUM_OF_PARTS = error(
    "S104",
    "“{item}”分值{points}，各部分相加却是{sum}",
    "'{item}' is worth {points} points, but its parts add up to {sum}",
    "改成一致",
    "make them agree",
)
PART_ABOVE_ITEM = error(
    "S108",
    "“{item}”的一部分得{part}分，超过本项分值{points}",
    "a part of '{item}' earns {part} points, more than the item's {points}",
    "改小这一部分",
    "lower the part",
)
BAND_GAP = error(
    "S120",
    "各档有空隙：{where}不在任何一档",
    "the bands leave a gap: {where} is in none of them",
    "补一档，或写{{otherwise: 0}}",
    "add a band, or {{otherwise: 0}}",
)
BAND_OVERLAP = error(
    "S121",
    "第{first}档与第{second}档重叠：{where}两档都算",
    "bands {first} and {second} overlap: {where} is in both",
    "以上/以下用at_least、at_most，超过/不足用more_than、less_than",
    "use at_least or at_most for one, more_than or less_than for the other",
)
BAND_DEAD = error(
    "S122",
    "第{row}档永远用不上",
    "band {row} can never apply",
    "从高到低排，或删去这一档",
    "order the bands from best to worst, or delete it",
)
NOT_INCREASING = error(
    "S123",
    "折线的value须由小到大：{before}之后是{after}",
    "the values of a line must increase: {after} follows {before}",
    "从小到大排，每个只写一次",
    "put them in increasing order, each once",
)
LOOKUP_BEYOND = error(
    "S124",
    "清单只有{items}条，却写了做到{key}条",
    "the checklist has {items} items, but the lookup names {key}",
    "改成不超过{items}",
    "name at most {items}",
)
STEP_MISSING = error(
    "S125",
    "“{item}”没有写不足一档怎么办",
    "'{item}' does not say what happens to part of a step",
    "写step: floor（舍去）、ceil（进一）或prorata（按比例）",
    "write step: floor, ceil or prorata",
)
CHOICE_NEEDS_CHOICE = error(
    "S127",
    "“{item}”按选项计分，量却不是选择题字段",
    "'{item}' scores by option, but its measure is not a choice field",
    "measure写成field: 选择题字段",
    "make the measure field: followed by a choice field",
)
OPTION_WITHOUT_POINTS = error(
    "S128",
    "“{item}”没有写选项“{option}”得几分",
    "'{item}' gives no points for the option '{option}'",
    "补上这个选项",
    "add the option",
)
NEEDS_NUMBER = error(
    "S129",
    "“{item}”按数计分，字段“{field}”却不是数",
    "'{item}' scores a number, but field '{field}' is not a number",
    "换一个数的字段，或用choice、yes_no",
    "use a numeric field, or choice or yes_no",
)
DISCRETION_NEEDS_INSPECTOR = error(
    "S130",
    "“{item}”由检查员裁量，量须是由检查员提供的字段",
    "'{item}' is an inspector's judgement: its measure must be a field provided by the inspector",
    "字段写provided_by: inspector",
    "write provided_by: inspector in the field",
)
BAD_DISCRETION = error(
    "S131",
    "“{item}”的裁量范围{low}到{high}不对，应在0到{points}之内",
    "the range {low} to {high} of '{item}' must lie within 0 to {points}",
    "改范围",
    "change the range",
)
NO_DISCRETION = error(
    "S132",
    "“{item}”的裁量范围{low}到{high}没有余地，起点应小于终点",
    "the range {low} to {high} of '{item}' leaves nothing to decide: it must begin below its end",
    "改范围；分数固定的，改用别的计分方法",
    "change the range; if the points are fixed, score the item another way",
)
