"""Defines every refusal and doubt about YAML, from code Y001 on; docs/errors/yaml.md explains each."""

from __future__ import annotations

from ..core.problems import Message


def _error(code: str, zh: str, en: str, fix_zh: str, fix_en: str) -> Message:
    return Message(code, "error", zh, en, fix_zh, fix_en)


def _warning(code: str, zh: str, en: str, fix_zh: str, fix_en: str) -> Message:
    return Message(code, "warning", zh, en, fix_zh, fix_en)


# The file as a whole.
NOT_UTF8 = _error(
    "Y001",
    "文件不是UTF-8编码",
    "the file is not UTF-8",
    "另存为UTF-8",
    "save it as UTF-8",
)
GB18030 = _error(
    "Y002",
    "文件不是UTF-8编码，像是GB18030（GBK）",
    "the file is not UTF-8; it looks like GB18030 (GBK)",
    "在编辑器中另存为UTF-8",
    "save it as UTF-8 in your editor",
)
UTF16 = _error(
    "Y003",
    "文件是UTF-16编码，应为UTF-8",
    "the file is UTF-16; UTF-8 is expected",
    "在编辑器中另存为UTF-8",
    "save it as UTF-8 in your editor",
)
TOO_LARGE = _error(
    "Y004",
    "文件过大：{size}字节，上限{limit}字节",
    "the file is too large: {size} bytes, at most {limit}",
    "拆成几个文件，大批数据改用CSV或Excel",
    "split it, or keep bulk data in CSV or Excel",
)
CONTROL = _error(
    "Y005",
    "含有不允许的控制字符{code}",
    "control character {code} is not allowed",
    "删去这个字符",
    "delete the character",
)
INVISIBLE = _error(
    "Y006",
    "含有看不见的字符{code}",
    "invisible character {code}",
    "删去这个字符；确需保留时，在双引号内写成转义{escape}",
    'delete it; where it is meant, write the escape {escape} inside "…"',
)
TOO_MANY_VALUES = _error(
    "Y007",
    "内容过多：超过{limit}个值",
    "too much content: more than {limit} values",
    "拆成几个文件，大批数据改用CSV或Excel",
    "split it, or keep bulk data in CSV or Excel",
)
TOO_DEEP = _error(
    "Y008",
    "嵌套过深：超过{limit}层",
    "nested too deeply: more than {limit} levels",
    "检查是否多写了括号或缩进",
    "look for stray brackets or indentation",
)
TOO_LONG = _error(
    "Y009",
    "一段文字过长：{size}个字符，上限{limit}个",
    "a text is too long: {size} characters, at most {limit}",
    "缩短文字，或检查引号是否忘了收尾",
    "shorten it, or look for a quote that was never closed",
)
TOO_MANY_PROBLEMS = _error(
    "Y010",
    "问题超过{limit}个，以下不再检查",
    "more than {limit} problems; the rest is not checked",
    "先改好以上各处",
    "correct those above first",
)
SEVERAL_DOCUMENTS = _error(
    "Y011",
    "一个文件里有几份文档（“---”或“...”之后又有内容）",
    "more than one document in the file (content after '---' or '...')",
    "每份文档单独存为一个文件",
    "keep each document in its own file",
)
EMPTY_FILE = _error(
    "Y012",
    "文件没有内容",
    "the file is empty",
    "至少写一行“键: 值”",
    "write at least one line 'key: value'",
)
DIRECTIVE = _error(
    "Y013",
    "不允许以%开头的指令行",
    "directives (lines that start with %) are not allowed",
    "删去这一行",
    "delete the line",
)
ANCHOR = _error(
    "Y014",
    "不允许锚点：{text}",
    "anchors are not allowed: {text}",
    "删去锚点；文字以&开头时加引号",
    "delete the anchor; quote a text that starts with &",
)
ALIAS = _error(
    "Y015",
    "不允许别名：{text}",
    "aliases are not allowed: {text}",
    "把内容再写一遍；文字以*开头时加引号",
    "write the content out; quote a text that starts with *",
)
TAG = _error(
    "Y016",
    "不允许标签：{text}",
    "tags are not allowed: {text}",
    "删去标签；文字以!开头时加引号",
    "delete the tag; quote a text that starts with !",
)
MERGE = _error(
    "Y017",
    "不允许合并键<<",
    "merge keys (<<) are not allowed",
    "把要并入的各键逐一写出",
    "write out the keys that should be merged",
)
# Keys.
DUPLICATE = _error(
    "Y020",
    "键“{key}”在第{line}行重复，首次出现在第{first}行",
    "key '{key}' on line {line} is a duplicate of line {first}",
    "删去或把其中一个改名",
    "delete or rename one of the two",
)
KEY_NOT_TEXT = _error(
    "Y021",
    "键必须是文字，不能是列表或映射",
    "a key must be text, not a list or a mapping",
    "键写成一个词；文字以括号开头时加引号",
    "use one word as the key; quote a text that starts with a bracket",
)
KEY_AMBIGUOUS = _error(
    "Y022",
    "键“{text}”不加引号会被读成数、日期、真假或空",
    "key '{text}' without quotes reads as a number, date, boolean or null",
    "写成{quoted}:",
    "write {quoted}:",
)
KEY_EMPTY = _error(
    "Y023",
    "键为空",
    "a key is empty",
    "在冒号前写上键",
    "write the key before the colon",
)
KEY_BLANKS = _error(
    "Y024",
    "键“{key}”的首尾有全角空格等空白",
    "key '{key}' begins or ends with a full-width or other odd space",
    "改用半角空格缩进",
    "indent with ordinary spaces",
)
# Values that are read differently by different readers.
WORD = _error(
    "Y030",
    "“{text}”含义不明：有的软件读成真或假，有的读成文字",
    "'{text}' is ambiguous: a boolean to some readers, text to others",
    "文字写成{quoted}，真假写成true或false",
    "write {quoted} for the text, or true or false",
)
NULL_WORD = _error(
    "Y031",
    "“{text}”含义不明：有的软件读成空值",
    "'{text}' is ambiguous: no value to some readers",
    "文字写成{quoted}，空值写成null",
    "write {quoted} for the text, or null",
)
COLON_NUMBER = _error(
    "Y032",
    "“{text}”含义不明：有的软件读成六十进制数",
    "'{text}' is ambiguous: a base-60 number to some readers",
    "时刻、比例写成{quoted}",
    "write {quoted} for a time or a ratio",
)
LEADING_ZERO = _error(
    "Y033",
    "“{text}”以0开头：有的软件读成八进制数",
    "'{text}' has a leading zero: an octal number to some readers",
    "代码写成{quoted}，数去掉开头的0",
    "write {quoted} for a code, or drop the zero of a number",
)
NOTATION = _error(
    "Y034",
    "“{text}”的写法各软件读法不一：有的当数，有的当文字",
    "'{text}' is a number to some readers and text to others",
    "文字写成{quoted}，数写成普通十进制（如1000或0.5）",
    "write {quoted} for the text, or a plain decimal such as 1000 or 0.5",
)
DATE = _error(
    "Y035",
    "“{text}”不是“年-月-日”（如2026-05-20）的有效日期",
    "'{text}' is not a valid date of the form 2026-05-20",
    "日期写成四位年-两位月-两位日，文字写成{quoted}",
    "write the date as YYYY-MM-DD, or {quoted} for the text",
)
SIGN = _error(
    "Y036",
    "“{text}”在YAML中有特殊含义",
    "'{text}' has a special meaning in YAML",
    "写成{quoted}",
    "write {quoted}",
)
TOO_MANY_DIGITS = _error(
    "Y037",
    "“{text}”位数过多：{size}位，上限{limit}位",
    "'{text}' has too many digits: {size}, at most {limit}",
    "编号、证号写成{quoted}",
    "write {quoted} for a number that names something",
)
EMPTY = _error(
    "Y040",
    "值为空",
    "the value is empty",
    '填写内容；没有时写null，空文字写""',
    'write a value, null for none, or "" for an empty text',
)
COMMA = _error(
    "Y041",
    "逗号之后另起了一个键“{key}”，它没有值",
    "the comma starts a new key '{key}', which has no value",
    "文字中有逗号时，整段加引号",
    "quote the whole text if the comma belongs to it",
)
NO_SPACE = _error(
    "Y042",
    "冒号后缺少空格：{text}",
    "no space after the colon: {text}",
    "在冒号后加一个空格",
    "put a space after the colon",
)
FULL_COLON = _error(
    "Y043",
    "用了全角冒号“：”：{text}",
    "full-width colon '：' where YAML needs ': ' in {text}",
    "改用半角冒号加空格“: ”",
    "use a plain colon and a space",
)
SWALLOWED = _warning(
    "Y044",
    "“ #”之后的“{text}”被当作注释，没有读入",
    "'{text}' after ' #' was read as a comment and left out",
    "属于正文时整段加引号，是注释时在#后加空格",
    "quote the whole text if it belongs to it, or put a space after # of a comment",
)
FULL_DIGITS = _warning(
    "Y045",
    "“{text}”是全角数字，按文字读入",
    "'{text}' has full-width digits and is read as text",
    "是数时改写为{half}",
    "write {half} if it is a number",
)
GLUED_COMMENT = _error(
    "Y046",
    "注释符#紧接在前面的内容之后",
    "a comment sign # directly follows the text before it",
    "在#前加一个空格",
    "put a space before #",
)
FOLDED_DASH = _warning(
    "Y047",
    "这一行以“-”开头，却接在上一行的文字之后",
    "this line starts with '-' but continues the text of the line above",
    "是列表的一项时与上文的“- ”对齐，属于文字时整段加引号",
    "align it with the '- ' above if it is an item, or quote the whole text",
)
# Text that is not YAML.
TAB = _error(
    "Y050",
    "含有制表符（Tab）",
    "a tab character",
    "改用空格缩进和分隔",
    "use spaces to indent and to separate",
)
RESERVED = _error(
    "Y051",
    "值不能以“{sign}”开头",
    "a value cannot start with '{sign}'",
    "写成{quoted}",
    "write {quoted}",
)
SECOND_COLON = _error(
    "Y052",
    "同一行里又出现冒号",
    "a second colon on the line",
    "文字中有冒号时写成{quoted}",
    "write {quoted} if the colon belongs to the text",
)
BLOCK_SIGN = _error(
    "Y053",
    "“{sign}”在开头表示下面是多行文字，后面不能接内容，下面也不能没有文字",
    "'{sign}' at the start announces text on the lines below; nothing may follow it, and text must",
    "写成{quoted}",
    "write {quoted}",
)
PLACEHOLDER = _error(
    "Y054",
    "占位符{{{{ }}}}没有加引号",
    "a placeholder {{{{ }}}} without quotes",
    "写成{quoted}",
    "write {quoted}",
)
OPEN_QUOTE = _error(
    "Y055",
    "引号没有收尾",
    "a quote is never closed",
    "在文字末尾补上{sign}",
    "close the text with {sign}",
)
OPEN_BRACKET = _error(
    "Y056",
    "括号“{sign}”之内，到第{line}行第{column}列应有“,”或“{closing}”",
    "inside '{sign}', ',' or '{closing}' is expected at line {line} column {column}",
    "补上“,”或“{closing}”；文字中有冒号或括号时加引号",
    "add ',' or '{closing}'; quote a text with colons or brackets",
)
INDENT = _error(
    "Y057",
    "缩进与上文对不齐",
    "the indentation does not match the lines above",
    "同一层的键或“-”从同一列开始",
    "start the keys or dashes of one level in the same column",
)
AFTER_VALUE = _error(
    "Y058",
    "值已结束，后面又有内容：{text}",
    "more text after the end of the value: {text}",
    "整段放进引号或括号，或删去多余部分",
    "put all of it inside the quotes or brackets, or delete the rest",
)
NO_COLON = _error(
    "Y059",
    "这一行没有冒号：{text}",
    "no colon on this line: {text}",
    "写成“键: 值”；是上一行的续文时多缩进一格",
    "write 'key: value', or indent it further if it continues the line above",
)
STRAY_SIGN = _error(
    "Y060",
    "此处多了“{sign}”",
    "a stray '{sign}'",
    "删去，或把文字加引号",
    "delete it, or quote the text",
)
DASH = _error(
    "Y061",
    "列表的“- ”不能与键写在同一行",
    "a list's '- ' cannot be on the same line as its key",
    "把“- ”移到下一行，文字则写成{quoted}",
    "move '- ' to the next line, or write {quoted} for a text",
)
BACKSLASH = _error(
    "Y062",
    "双引号内的转义不正确，或得到不允许的字符",
    "a wrong escape inside double quotes, or one for a character that is not allowed",
    "反斜杠写成\\\\，或改用单引号",
    "write \\\\ for a backslash, or use single quotes",
)
SYNTAX = _error(
    "Y069",
    "不是正确的YAML：{detail}",
    "not valid YAML: {detail}",
    "检查此处的缩进、引号和括号",
    "look at the indentation, quotes and brackets here",
)

MESSAGES = tuple(value for value in tuple(globals().values()) if isinstance(value, Message))
