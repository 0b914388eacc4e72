"""Defines every mistake found while a pack is loaded, from code S001 on; docs/errors/standard.md explains each.

S00x: files of the folder. S03x-S07x: what the files say to each other. `shape_messages` holds S01x and S02x, `check_messages`
the rest.
"""

from __future__ import annotations

from ..core.message import NEAR, error, warning

# The files of the folder.
NO_PACK = error(
    "S001",
    "{folder}不是标准文件夹：没有pack.yaml",
    "{folder} is not a pack: it has no pack.yaml",
    "指向含有pack.yaml的文件夹，或用meihao new pack新建",
    "name the folder that holds pack.yaml, or make one with meihao new pack",
)
UNREADABLE = error(
    "S002",
    "文件无法读取：{reason}",
    "the file cannot be read: {reason}",
    "检查权限；链接须指向标准文件夹之内",
    "check its permissions; a link must stay inside the pack",
)
LINKED_TEMPLATE = error(
    "S190",
    "模板是链接，不能用：模板须是标准里的文件",
    "the template is a link: templates are regular files of the pack",
    "把链接换成文件本身",
    "replace the link with the file itself",
)
UNREADABLE_FOLDER = error(
    "S191",
    "文件夹无法列出：没有权限",
    "the folder cannot be listed: permission denied",
    "检查权限",
    "check its permissions",
)
CHANGED_MEANWHILE = error(
    "S192",
    "标准在运行期间改动了，模板与评定所用的不是同一版",
    "the pack was changed during the run: its templates are not those of the edition that judged",
    "改好以后再运行一次",
    "run the command again",
)
STRAY_FILE = error(
    "S003",
    "文件放错了地方，不会被读取",
    "the file is in the wrong place and will not be read",
    "指标放在criteria/类别/维度.yaml，规则放在rules/名称.yaml，扩展名为.yaml",
    "criteria belong in criteria/KIND/DIMENSION.yaml, rules in rules/NAME.yaml, ending in .yaml",
)
TOO_MANY_FILES = error(
    "S004",
    "文件过多：超过{limit}个",
    "too many files: more than {limit}",
    "检查是否指错了文件夹",
    "check that this is the right folder",
)
NO_FIELDS = error(
    "S005",
    "没有{path}",
    "there is no {path}",
    "把要问的事实写在criteria/fields.yaml",
    "list the facts to ask in criteria/fields.yaml",
)
# Names and places.
KIND_NOT_FOLDER = error(
    "S030",
    "kind写的是“{kind}”，文件却在criteria/{folder}/下",
    "kind says '{kind}', but the file is in criteria/{folder}/",
    "改成一致",
    "make them agree",
)
DIMENSION_NOT_FILE = error(
    "S031",
    "dimension写的是“{dimension}”，文件名却是{file}.yaml",
    "dimension says '{dimension}', but the file is called {file}.yaml",
    "改成一致",
    "make them agree",
)
UNKNOWN_KIND = error("S032", "没有“{kind}”这一单位类别", "there is no kind of unit '{kind}'", *NEAR)
READ_NOT_ASKED = error(
    "S037",
    "用到了字段“{field}”，但asks里没有它",
    "the field '{field}' is read but is not in asks",
    "在asks里加上{field}",
    "add {field} to asks",
)
ASKED_NOT_READ = warning(
    "S038",
    "asks里的“{field}”没有用到",
    "'{field}' is in asks but is not read",
    "删去，少让人填一项",
    "delete it, so that people have one question less to answer",
)
UNKNOWN_REGISTER = error(
    "S183", "pack.yaml里没有“{register}”这个登记", "pack.yaml names no register '{register}'", *NEAR
)
UNKNOWN_GRADE = error("S048", "没有“{grade}”这个等次", "there is no grade '{grade}'", *NEAR)
UNKNOWN_ITEM = error("S049", "没有“{item}”这个指标", "there is no criterion '{item}'", *NEAR)
ITEM_OF_OTHER_KIND = error(
    "S050",
    "“{item}”不是{kind}的指标",
    "'{item}' is not a criterion of {kind}",
    "kinds里只留有这个指标的类别",
    "keep only the kinds that have this criterion",
)
UNKNOWN_WAIVER_TARGET = error(
    "S052", "没有“{target}”这条规则或等次线", "there is no rule or grade line '{target}'", *NEAR
)
NOT_WAIVABLE = error(
    "S053",
    "规则“{rule}”写明不能豁免",
    "the rule '{rule}' says that it cannot be waived",
    "删去这条豁免，或把规则改成waivable: true",
    "remove the waiver, or write waivable: true in the rule",
)
UNKNOWN_GROUP = error("S055", "没有“{group}”这个排名类别", "there is no group '{group}'", *NEAR)
BAD_TIE = error(
    "S056",
    "看不懂的同分规则“{text}”",
    "this key for ties is not understood: '{text}'",
    "higher写total、base、bonus或percent_of(dimension.维度)，fewer写findings(major)",
    "higher takes total, base, bonus or percent_of(dimension.ID); fewer takes findings(major)",
)
UNKNOWN_DIMENSION = error("S057", "{kind}没有“{dimension}”这个维度", "{kind} has no dimension '{dimension}'", *NEAR)
UNKNOWN_PROFILE = error("S058", "没有“{profile}”这个方案", "there is no profile '{profile}'", *NEAR)
EARLY_RULE_READS_LATE = error(
    "S059",
    "规则“{rule}”在计分之前起作用，不能读取{what}",
    "the rule '{rule}' acts before points, so it cannot read {what}",
    "改用字段写条件，或换一种effect",
    "state the condition on fields, or choose another effect",
)
CIRCLE = error(
    "S060",
    "互相依赖，没有先后：{path}（另一处在{other}）",
    "these read each other in a circle: {path} (the other is at {other})",
    "去掉其中一处引用",
    "remove one of the references",
)
NO_SUCH_FILE = error(
    "S063",
    "dimensions里写了“{dimension}”，却没有criteria/{kind}/{dimension}.yaml",
    "dimensions names '{dimension}', but there is no criteria/{kind}/{dimension}.yaml",
    "补上文件，或从dimensions里删去",
    "add the file, or delete it from dimensions",
)
NOT_LISTED = error(
    "S064",
    "pack.yaml的dimensions里没有列出“{dimension}”（类别{kind}）",
    "pack.yaml lists dimensions of {kind}, but not '{dimension}'",
    "在dimensions里加上它",
    "add it to dimensions",
)
BAD_SAY = error(
    "S065",
    "句中“{text}”无法填入",
    "'{text}' in the sentence cannot be filled in",
    "这里可以写：{known}",
    "here you may write: {known}",
)
NO_PROFILES = error(
    "S066",
    "有profiles而没有default",
    "there are profiles but no default",
    "写明default: 方案的标识",
    "write default: and the id of a profile",
)
LINE_TWICE = error(
    "S068",
    "等次“{grade}”里“{of}”写了两次",
    "grade '{grade}' has two lines for '{of}'",
    "删去一条",
    "delete one of them",
)
RANGE_REVERSED = error(
    "S069",
    "范围写反了：{low}大于{high}",
    "the range is reversed: {low} is above {high}",
    "小的在前",
    "put the lower number first",
)
ORPHAN_CASES = error(
    "S070",
    "用例文件旁边没有{wanted}",
    "there is no {wanted} beside this file of cases",
    "改成与指标文件同名",
    "name it after the file it tests",
)
WRONG_FILE = error(
    "S071",
    "“{key}”已在{first}写过",
    "'{key}' was already given in {first}",
    "合到一处",
    "keep it in one place",
)
PARTS_UNLIKE = error(
    "S193",
    "“{part}”和“{whole}”的类型或单位不同，不能比大小",
    "'{part}' and '{whole}' differ in type or unit of measurement",
    "at_most只写同类型、同单位的字段",
    "at_most must name a field of the same type and unit",
)
ONLY_FOR_TYPE = error(
    "S072",
    "type为{type}的字段不能写“{key}”",
    "a field of type {type} takes no '{key}'",
    "删去“{key}”，或改type",
    "delete '{key}', or change the type",
)
UNKNOWN_MEMBER = error(
    "S073",
    "“{item}”不在“{node}”之下",
    "'{item}' is not under '{node}'",
    *NEAR,
)
FINDING_IN_ITEM = error(
    "S074",
    "指标不能读取规则的结果{rule}：规则在指标之后",
    "a criterion cannot read the finding {rule}: rules come after criteria",
    "改用字段写条件",
    "state the condition on fields",
)
KIND_IN_TWO_GROUPS = error(
    "S075",
    "类别“{kind}”已在{first}归入另一组",
    "kind '{kind}' is already in a group at {first}",
    "一个类别只归入一组",
    "put each kind into one group",
)
ENGLISH_ALONE = error(
    "S076",
    "写了“{key}_en”，却没有“{key}”",
    "there is a '{key}_en', but no '{key}'",
    "补上“{key}”",
    "add '{key}'",
)
EXAMPLE_UNFIT = error(
    "S077",
    "示例“{value}”不是这个字段能填的值",
    "the example '{value}' is not a value that the field accepts",
    "写range以内的数（count写整数），文字的字段写文字",
    "write a number within the range (a whole one for a count), or a text for a field of text",
)
