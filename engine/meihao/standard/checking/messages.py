"""Defines what `meihao check` refuses or doubts in a pack that can be read, from code S101 on."""

from __future__ import annotations

from ...core.message import error, warning

# Points.
SUM_OF_POINTS = error(
    "S101",
    "“{node}”的分值是{points}，其下各项相加却是{sum}",
    "'{node}' is worth {points} points, but its parts add up to {sum}",
    "改成一致",
    "make them agree",
)
SUM_OF_BASE = error(
    "S102",
    "{kind}各维度相加是{sum}，基础分满分却是{points}",
    "the dimensions of {kind} add up to {sum}, but the base is {points}",
    "改维度分值，或改pack.yaml的score.base",
    "change the dimensions' points, or score.base in pack.yaml",
)
NO_DIMENSIONS = error(
    "S103",
    "类别“{kind}”还没有任何指标",
    "the kind '{kind}' has no criteria yet",
    "在criteria/{kind}/下写维度文件，或删去这个类别",
    "write a dimension file in criteria/{kind}/, or delete the kind",
)
NEVER_FULL = warning(
    "S105",
    "“{item}”最多只能得{best}，到不了分值{points}",
    "'{item}' earns at most {best}, never its full marks of {points}",
    "让最好的一档等于分值",
    "let the best result earn full marks",
)
ABOVE_FULL = warning(
    "S106",
    "“{item}”里写了{best}分，超过分值{points}，超出的不算",
    "'{item}' gives {best} points, more than its full marks of {points}; what is above does not count",
    "改小，或写uncapped: true",
    "lower it, or write uncapped: true",
)
TOO_FINE = error(
    "S119",
    "“{item}”的分值{points}比item_places（{places}位）更细，四舍五入后对不上",
    "the points {points} of '{item}' are finer than item_places ({places}): rounding would change them",
    "改成{places}位小数以内，或在pack.yaml里加大item_places",
    "use at most {places} decimals, or raise item_places in pack.yaml",
)
LINE_TOO_HIGH = error(
    "S107",
    "等次“{grade}”的线{line}要求{wanted}，满分只有{points}",
    "the line {line} of grade '{grade}' asks for {wanted}, above the full {points}",
    "把线降到满分以内",
    "lower the line",
)
GROUPLESS = warning(
    "S109",
    "类别“{kind}”不在任何排名组里，不会上榜",
    "the kind '{kind}' is in no group and will be on no list",
    "在groups里加上它",
    "add it to a group",
)
# Names.
ALIAS_CLASH = error(
    "S110",
    "曾用标识“{alias}”已用于“{other}”",
    "the alias '{alias}' already names '{other}'",
    "删去这个曾用标识",
    "delete the alias",
)
SAME_TITLE = error(
    "S111",
    "“{title}”与“{other}”同名，表格里分不清",
    "'{title}' is also the title of '{other}': a table cannot tell them apart",
    "把其中一个改名",
    "rename one of them",
)
ENGLISH_DIFFERS = error(
    "S112",
    "材料“{title}”的英文名称前后不一：这里{one}，别处{other}",
    "the document '{title}' has two English titles: {one} here, {other} elsewhere",
    "各处的document_en写成一样",
    "write the same document_en everywhere",
)
# Bands and other scores.
UNFLOORED_WITHOUT_RANGE = error(
    "S126",
    "“{item}”可低于0分，字段“{field}”却没有取值范围，能扣多少没有底",
    "'{item}' may go below 0, but field '{field}' has no range, so the loss has no limit",
    "给字段写range，或写at_most",
    "give the field a range, or write at_most",
)
ZERO_UNSAID = error(
    "S133",
    "“{item}”的分母可能为0，没有写怎么办",
    "the denominator of '{item}' may be 0, and nothing says what happens then",
    "写when_zero: unknown、not_applicable或一个数",
    "write when_zero: unknown, not_applicable or a number",
)
# Fields and burden.
RANGE_MISSING = error(
    "S140",
    "“{field}”是数，没有写取值范围",
    "'{field}' is a number without a range",
    "写range: [最小, 最大]",
    "write range: [lowest, highest]",
)
FIELD_UNUSED = warning(
    "S141",
    "字段“{field}”没有任何指标或规则用到",
    "no criterion or rule reads the field '{field}'",
    "删去，少让人填一项",
    "delete it, so that people have one question less to answer",
)
ABSENT_NOT_REGISTRY = error(
    "S142",
    "“{field}”写了when_absent: empty，却不是登记部门提供的",
    "'{field}' says when_absent: empty, but does not come from a registry",
    "改成provided_by: registry，或删去when_absent",
    "write provided_by: registry, or delete when_absent",
)
NECESSITY_MISSING = error(
    "S143",
    "“{item}”要“{document}”，所问字段却没有写necessity",
    "'{item}' asks for '{document}', but none of its fields states a necessity",
    "在字段里写明为什么非要照片或位置不可，或不要这份材料",
    "say in the field why a photo or position is needed, or ask for no such document",
)
BURDEN = error(
    "S144",
    "{kind}要填{found}{what_zh}，超过上限{limit}",
    "{kind} is asked for {found} {what_en}, above the budget of {limit}",
    "删减，或在pack.yaml的burden里说明并提高上限",
    "ask for less, or raise the budget in pack.yaml",
)
# Bonus and tiers.
BONUS_CAP = error(
    "S150",
    "加分“{bonus}”上限{inner}，高于总上限{outer}",
    "the bonus '{bonus}' may reach {inner}, above the cap of {outer} for all",
    "内层上限不得高于外层",
    "lower the inner cap, or raise the outer",
)
LEVEL_WITHOUT_POINTS = warning(
    "S151",
    "加分“{bonus}”没有写级别“{level}”加几分，按0分算",
    "the bonus '{bonus}' gives no points for level '{level}', so it earns 0",
    "补上这个级别",
    "add the level",
)
TIER_SHRINKS = error(
    "S160",
    "“{inner}”有{inside}个名额，比外一层“{outer}”的{outside}个还多",
    "'{inner}' has {inside} places, more than the {outside} of '{outer}' around it",
    "由外到内，名额逐层减少",
    "let places shrink from the outermost tier inwards",
)
CAP_SHRINKS = error(
    "S161",
    "“{inner}”允许每个{level}{inside}个，外一层“{outer}”却最多{outside}个",
    "'{inner}' lets a {level} have {inside}, but '{outer}' around it at most {outside}",
    "外一层的上限不得小于里一层",
    "the outer cap may not be below the inner one",
)
FLOOR_ABOVE_CAP = error(
    "S162",
    "“{tier}”每个{level}至少{floor}个，至多却是{cap}个",
    "'{tier}' gives a {level} at least {floor}, but at most {cap}",
    "至少不得大于至多",
    "the floor may not be above the cap",
)
FLOOR_ABOVE_PLACES = error(
    "S163",
    "“{tier}”每个{level}至少{floor}个，一共却只有{places}个名额",
    "'{tier}' gives each {level} at least {floor}, but has only {places} places",
    "降低至少数",
    "lower the floor",
)
TIER_ASKS_LESS = error(
    "S164",
    "里层“{inner}”要求“{inside}”，低于外层“{outer}”的“{outside}”",
    "the inner tier '{inner}' asks for '{inside}', less than '{outside}' of '{outer}' around it",
    "里层的等次不得低于外层",
    "an inner tier may not ask for a lower grade",
)
LEVEL_CAP_SHRINKS = error(
    "S165",
    "“{tier}”里一个{narrow}可有{inside}个，外面的{wide}却最多{outside}个",
    "in '{tier}' a {narrow} may have {inside}, but the {wide} around it at most {outside}",
    "大地区的上限不得小于其中的小地区",
    "a wider region's cap may not be below that of one within it",
)
# Texts.
HALF_WIDTH = warning(
    "S170",
    "中文里用了半角标点“{sign}”：{text}",
    "half-width punctuation '{sign}' in Chinese text: {text}",
    "改成“{full}”",
    "write '{full}'",
)
SPACE_AT_DIGITS = warning(
    "S171",
    "数字与汉字之间有空格：{text}",
    "a space between a digit and a Chinese character: {text}",
    "删去空格",
    "delete the space",
)
# Editions.
SEALED_CHANGED = error(
    "S180",
    "版次{edition}已封存，内容却变了",
    "edition {edition} is sealed, but its content has changed",
    "恢复原样，或立一个新版次",
    "restore it, or make a new edition",
)
SEALED_TWICE = error(
    "S181",
    "版次{edition}封存了两次，校验值不同",
    "edition {edition} is sealed twice with different digests",
    "只留封存时的那一个",
    "keep the one it was sealed with",
)
# Registers.
ABSENT_WITHOUT_REGISTER = error(
    "S182",
    "“{field}”写了when_absent: empty，没有写登记在哪里",
    "'{field}' says when_absent: empty, but not which register it is kept in",
    "写register: 登记，在pack.yaml的registers里写明由谁提供",
    "write register: NAME, and say in registers of pack.yaml who keeps it",
)
REGISTER_WITHOUT_ABSENT = error(
    "S184",
    "“{field}”写了register，却没有写when_absent: empty",
    "'{field}' names a register, but does not say when_absent: empty",
    "写when_absent: empty，或删去register",
    "write when_absent: empty, or delete register",
)
REGISTER_UNUSED = warning(
    "S185",
    "没有字段登记在“{register}”里",
    "no field is kept in the register '{register}'",
    "在字段里写register: {register}，或删去这个登记",
    "write register: {register} in a field, or delete the register",
)
LOOKS_WITHOUT_INSPECTOR = error(
    "S186",
    "“{item}”要几名检查员各看一遍，所问的却都不由检查员提供",
    "'{item}' requires several inspectors to look, but asks for nothing that an inspector provides",
    "删去looks，或问一个provided_by: inspector的字段",
    "delete looks, or ask for a field that is provided_by: inspector",
)
