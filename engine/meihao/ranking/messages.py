"""Defines what can be wrong with a ranking's input, from code K001 on, each with what to do about it."""

from __future__ import annotations

from ..core.problems import Message

PROFILE_UNKNOWN = Message(
    "K001", "error", "没有名为“{profile}”的档次方案", "there is no tier profile '{profile}'", "{near_zh}", "{near_en}"
)
UNIT_TWICE = Message(
    "K002",
    "error",
    "单位{unit}有两份评定结果",
    "unit {unit} has two assessments",
    "每个单位只保留一份评定结果",
    "keep one assessment for each unit",
)
OTHER_PACK = Message(
    "K003",
    "error",
    "单位{unit}按另一版标准评定（{edition}）",
    "unit {unit} was assessed by another standard ({edition})",
    "用同一标准重新评定后再排名",
    "assess it again by the standard of this ranking",
)
OTHER_ROUND = Message(
    "K004",
    "error",
    "单位{unit}的评定为{there}，本批次为{here}",
    "unit {unit} was assessed as {there}, the round is {here}",
    "按本批次重新评定（阶段、评定日、是否截止须与round.yaml一致）",
    "assess it again with this round.yaml (the stage, the reference date and whether the round is closed must agree)",
)
KIND_UNKNOWN = Message(
    "K005",
    "error",
    "单位{unit}的类别“{kind}”不在标准中",
    "unit {unit} is of kind '{kind}', which the standard does not have",
    "更正单位类别，或换用包含该类别的标准",
    "correct the kind, or use a standard that has it",
)
OUTSIDE = Message(
    "K006",
    "notice",
    "单位{unit}（{kind}）不属于方案{profile}的任何榜单，未排名",
    "unit {unit} ({kind}) is on no list of profile {profile} and is not ranked",
    "如需排名，把该类别所在的组写入方案的lists",
    "to rank it, put its group under the profile's lists",
)
GROUP_UNKNOWN = Message(
    "K007",
    "error",
    "方案{profile}的榜单“{group}”不是标准中的排名组",
    "list '{group}' of profile {profile} is not a group of the standard",
    "{near_zh}",
    "{near_en}",
)
FULL_MARKS_DIFFER = Message(
    "K008",
    "error",
    "榜单{group}内各类别满分不同，不能按分数（{by}）比较",
    "the kinds on list {group} have different full marks and cannot be compared by {by}",
    "在order中写by: percent，按满分的百分比比较",
    "write by: percent under order, to compare percentages of the full marks",
)
KEY_MISSING = Message(
    "K009",
    "error",
    "同分比较项{key}在类别“{kind}”的标准中不存在",
    "tie key {key} does not exist in the standard of kind '{kind}'",
    "换用榜单内每个类别都有的维度",
    "use a dimension that every kind on the list has",
)
GRADE_UNKNOWN = Message(
    "K010",
    "error",
    "档次{tier}要求的等次“{grade}”不在标准中",
    "tier {tier} requires grade '{grade}', which the standard does not have",
    "{near_zh}",
    "{near_en}",
)
PLACES_SHRINK = Message(
    "K011",
    "error",
    "里层档次{tier}有{inner}个名额，多于外层{outer_tier}的{outer}个",
    "tier {tier} has {inner} places, more than the {outer} of tier {outer_tier} around it",
    "档次由外到内书写，名额只能相同或减少",
    "list the tiers from the outermost inwards; an inner tier may not have more places",
)
CAP_SHRINKS = Message(
    "K012",
    "error",
    "外层{outer_tier}的{level}上限{outer}小于里层{tier}的上限{inner}",
    "the ceiling of {level} in tier {outer_tier} ({outer}) is below that of tier {tier} inside it ({inner})",
    "外层上限不得小于里层上限",
    "an outer ceiling may not be smaller than an inner one",
)
LEVEL_CAP_SHRINKS = Message(
    "K013",
    "error",
    "档次{tier}中{wide}的上限{outer}小于其下{narrow}的上限{inner}",
    "in tier {tier} the ceiling of {wide} ({outer}) is below that of {narrow} within it ({inner})",
    "上一级的上限不得小于下一级的上限",
    "a wider region's ceiling may not be smaller than a narrower one's",
)
BOUNDS_CROSS = Message(
    "K014",
    "error",
    "档次{tier}的{level}：保底{low}席多于上限{high}席",
    "tier {tier}, {level}: the floor of {low} seats is above the ceiling of {high}",
    "调低at_least或each，或调高at_most",
    "lower at_least or each, or raise at_most",
)
REGION_TWICE = Message(
    "K020",
    "error",
    "地区代码{region}出现两次",
    "region code {region} appears twice",
    "每个地区只写一次",
    "list each region once",
)
PARENT_UNKNOWN = Message(
    "K021",
    "error",
    "地区{region}的上级{parent}不在批次的地区中",
    "region {region} is in {parent}, which is not a region of the round",
    "补上该上级地区，或更正parent",
    "add that region, or correct parent",
)
LEVEL_IN_ITSELF = Message(
    "K015",
    "error",
    "地区{region}的上级{around}也是{level}，档次{tier}按{level}算名额，不知道归谁",
    "tier {tier} counts by {level}, and region {region} lies in {around}, which is one as well",
    "两个地区里改一个的级别，或更正parent",
    "give one of the two regions another level, or correct the parent",
)
REGION_CIRCLE = Message(
    "K022",
    "error",
    "地区{region}的上级又归它自己管（经{parent}）",
    "region {region} is within itself (by way of {parent})",
    "更正 parent",
    "correct parent",
)
HOME_UNKNOWN = Message(
    "K023",
    "error",
    "单位{unit}的地区“{region}”没有所属的{level}，无法分配名额",
    "unit {unit} of region '{region}' is in no {level}, so no seat can be allotted to it",
    "在批次中写明该地区及其上级，或更正单位的地区代码",
    "give the region and those around it in the round, or correct the unit's region code",
)
NO_REGIONS = Message(
    "K024",
    "error",
    "档次{tier}按{level}分配名额，批次中没有这一级地区",
    "tier {tier} shares its places by {level}, but the round has no region of that level",
    "在round.yaml的regions中写明各{level}",
    "list them under regions in round.yaml",
)
NO_NUMBERS = Message(
    "K025",
    "error",
    "档次{tier}按{number}分配名额，各{level}的这个数都是0",
    "tier {tier} shares its places by {number}, which is 0 for every {level}",
    "在round.yaml的regions中写明这个数",
    "give the number under regions in round.yaml",
)
NOT_NESTED = Message(
    "K026",
    "error",
    "地区{region}没有所属的{level}",
    "region {region} is in no {level}",
    "写明parent；档次的regions由低一级写到高一级",
    "give its parent; a tier's regions run from the narrowest level to the widest",
)
FLOORS_TOO_MANY = Message(
    "K027",
    "error",
    "档次{tier}的保底共{floors}席，多于名额{places}个",
    "tier {tier} guarantees {floors} seats but has {places} places",
    "调低at_least或each，或增加名额",
    "lower at_least or each, or add places",
)
FLOORS_MAY_BE_TOO_MANY = Message(
    "C040", "warning",
    "档次{tier}有{places}个名额，已来的单位若都够格，各地保底合计{floors}席，到时排不出来（K027）",
    "tier {tier} has {places} places; if all the units received so far qualify, its floors alone take {floors}, and it cannot be "
    "ranked (K027)",
    "现在就调低at_least或each，或增加名额", "lower at_least or each now, or add places",
)  # fmt: skip
FLOOR_OVER_CEILING = Message(
    "K028",
    "error",
    "档次{tier}：{level}{region}的保底席数多于其上限",
    "tier {tier}: the floors of {level} {region} do not fit under its ceiling",
    "调低下一级的保底，或调高上限",
    "lower the floors within it, or raise the ceiling",
)
FLOOR_BLOCKED = Message(
    "K029",
    "error",
    "档次{tier}：地区{region}的保底{floor}席受上一级上限所限，只能得{got}席",
    "tier {tier}: region {region} is guaranteed {floor} seats, but a ceiling around it leaves {got}",
    "调低保底，或调高上一级的上限",
    "lower the floor, or raise the ceiling around it",
)
UNIT_UNKNOWN = Message(
    "K030",
    "error",
    "更正所指的单位{unit}不在本次排名中",
    "the correction names unit {unit}, which is not in this ranking",
    "{near_zh}",
    "{near_en}",
)
TIER_UNKNOWN = Message(
    "K031",
    "error",
    "更正所指的档次{tier}不适用于单位{unit}所在的榜单",
    "the correction names tier {tier}, which is not on the list of unit {unit}",
    "{near_zh}",
    "{near_en}",
)
NO_REASON = Message(
    "K032",
    "error",
    "对单位{unit}的更正没有署名或理由",
    "the correction of unit {unit} lacks a name or a reason",
    "补上署名（by）和理由（reason）",
    "add by and reason",
)
CONTRADICTION = Message(
    "K033",
    "error",
    "对单位{unit}在档次{tier}的更正互相矛盾：{actions}",
    "the corrections of unit {unit} in tier {tier} contradict each other: {actions}",
    "同一单位同一档次只保留一种更正",
    "keep one kind of correction for a unit in a tier",
)
CANNOT_ADD = Message(
    "K034",
    "error",
    "单位{unit}不能增补进档次{tier}：未通过、等次不够或不在外一层中",
    "unit {unit} cannot be added to tier {tier}: it did not pass, lacks the grade, or is not in the tier around it",
    "先依标准豁免或更正证据；里层增补须先进入外层",
    "grant a waiver or correct the evidence first; for an inner tier add it to the outer one as well",
)
ADD_OVER_CAP = Message(
    "K035",
    "error",
    "档次{tier}的增补超出名额或上限（{region}）",
    "the additions to tier {tier} exceed its places or a ceiling ({region})",
    "减少增补，或依规定先修改名额",
    "add fewer units, or first change the places as the rules provide",
)
NOTHING_TO_REMOVE = Message(
    "K036",
    "warning",
    "单位{unit}本来不在档次{tier}中，更正（{action}）没有作用",
    "unit {unit} has no place in tier {tier}, so the correction ({action}) changes nothing",
    "核对单位编号和档次",
    "check the unit's code and the tier",
)
OTHER_SCHEMA = Message(
    "K040",
    "error",
    "不是可比较的排名结果：{what}",
    "this is not a ranking that can be compared: {what}",
    "用meihao rank --format json重新生成",
    "generate it again with meihao rank --format json",
)
NOT_A_RANKING = Message(
    "C016",
    "error",
    "这份文件不是排名结果",
    "the file is not a ranking result",
    "用meihao rank --format json的输出，或meihao rank --to写出的文件夹",
    "use the output of meihao rank --format json, or a folder that meihao rank --to wrote",
)
BROKEN = Message(
    "K041",
    "error",
    "这份文件读不懂：{why}",
    "the file cannot be understood: {why}",
    "文件可能没有传完或被改过：重新取一份，或用meihao rank重新写出",
    "the file may be cut short or altered: fetch it again, or write it again with meihao rank",
)
OTHER_VERSION = Message(
    "K042",
    "error",
    "这份文件的写法版本是{version}，本程序只懂{known}",
    "the file has schema_version {version}, but this program knows only {known}",
    "用写出它的那一版meihao，或用本版meihao rank重新写出",
    "use the version of meihao that wrote it, or write it again with meihao rank of this version",
)
OTHER_SHAPE = Message(
    "K043",
    "error",
    "这份文件不合{what}的写法：{why}",
    "the file does not have the form of {what}: {why}",
    "不要手改结果文件；用meihao rank重新写出",
    "do not edit result files: write it again with meihao rank",
)
NOT_BEHIND = Message(
    "W078",
    "error",
    "这份文件不是这份排名的评定明细：{what}",
    "the file does not hold the details behind this ranking: {what}",
    "用meihao rank --to重新写出名单和明细",
    "write lists and details again with meihao rank --to",
)
NO_DETAILS = Message(
    "W079",
    "notice",
    "{path}旁边没有评定明细，说不出是哪个事实变了",
    "no details stand beside {path}: the fact behind a change cannot be named",
    "用meihao rank --to写出名单，明细就在旁边",
    "write the lists with meihao rank --to: the details are beside them",
)
