"""Problems of evidence and rounds: codes E001 and up."""

from __future__ import annotations

from ..core.problems import Message

NOT_A_NUMBER = Message(
    "E001", "error", "“{label}”应填数字，现为“{value}”", "“{label}” wants a number, got “{value}”",
    "只写数字，不带单位和说明", "write the number alone, without unit or remark",
)  # fmt: skip
OTHER_UNIT = Message(
    "W130", "error", "“{label}”按“{unit}”填数，现为“{value}”", "“{label}” is counted in {unit}, got “{value}”",
    "核对是不是填错了格；要换算的，换算好只写数字", "check that the cell is the right one; convert it and write the number alone",
)  # fmt: skip
NOT_WHOLE = Message(
    "E002", "error", "“{label}”应为整数，现为{value}", "“{label}” wants a whole number, got {value}",
    "填实际个数", "give the actual count",
)  # fmt: skip
OUT_OF_RANGE = Message(
    "E003", "error", "“{label}”为{value}，超出{low}—{high}", "“{label}” is {value}, outside {low} to {high}",
    "核对数字{unit}", "check the figure{unit}",
)  # fmt: skip
FRACTION_PERCENT = Message(
    "E004", "error", "“{label}”填了{value}：是{percent}%，还是{value}%？",
    "“{label}” says {value}: {percent}% or {value}%?",
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
YEAR_OUT_OF_BOUNDS = Message(
    "E110", "error", "“{label}”为{value}，年份不在{low}—{high}之间", "“{label}” is {value}: the year is not from {low} to {high}",
    "核对年份；长期有效的写{high}-12-31", "check the year; write {high}-12-31 for what never ends",
)  # fmt: skip
NOT_YES_NO = Message(
    "E007", "error", "“{label}”应填是或否，现为“{value}”", "“{label}” wants yes or no, got “{value}”",
    "填“是”或“否”（YAML中写true或false）", "fill in yes or no, in YAML true or false",
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
    "写在“理由”一栏（YAML写在reasons里）", "give it under Reason (in YAML under reasons)",
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
    "E022", "error", "{observer}的记录说的是{day}的情况，晚于评定日{reference}",
    "the record of {observer} is about {day}, after the reference date {reference}",
    "评定日以后的情况不计入本批次；记录写得晚、说的是评定日以前的情况，就写明截至日期",
    "what came later is not part of this round; what was written down later but holds of an earlier day needs that day (as_of)",
)  # fmt: skip
FORETOLD = Message(
    "W101", "error", "{observer}在{day}记录，截至日期却写{as_of}", "{observer} recorded on {day} what holds as of {as_of}",
    "截至日期不会晚于记录的那天，核对两个日期", "nobody can record a day that is still to come: check both dates",
)  # fmt: skip
UNKNOWN_WAIVER = Message(
    "E030", "error", "没有“{waiver}”这种豁免", "there is no waiver “{waiver}”",
    "{near_zh}", "{near_en}",
)  # fmt: skip
GRANT_TOO_LONG = Message(
    "E031", "error", "豁免从{start}到{until}，超过{limit}",
    "the grant runs from {start} to {until}, longer than {limit}",
    "改短期限，或重新批准", "shorten it, or have it granted anew",
)  # fmt: skip
UNKNOWN_PROFILE = Message(
    "E032", "error", "没有“{profile}”这种榜单方案", "there is no tier profile “{profile}”",
    "{near_zh}", "{near_en}",
)  # fmt: skip
UNKNOWN_PARENT = Message(
    "E033", "error", "地区{code}的上级“{parent}”不在批次里",
    "region {code} lies in “{parent}”, which the round has not",
    "{near_zh}", "{near_en}",
)  # fmt: skip
GRANT_FOR_NOBODY = Message(
    "E034", "warning", "豁免给了{unit}，但证据里没有这个单位",
    "a waiver is granted to {unit}, of which there is no evidence",
    "核对单位编号", "check the unit code",
)  # fmt: skip

# ---- registers that a round received
UNKNOWN_REGISTER = Message(
    "E100", "error", "标准里没有“{register}”这个登记", "the standard has no register “{register}”",
    "{near_zh}", "{near_en}",
)  # fmt: skip
RECEIVED_TOO_EARLY = Message(
    "E101", "error", "登记截至{as_of}，收到却在{received}", "a register as of {as_of} cannot have come in on {received}",
    "核对这两个日期", "check the two dates",
)  # fmt: skip
REGISTER_TOO_OLD = Message(
    "E102", "warning", "“{register}”只登记到{as_of}，早于评定日{reference}，不能证明没有记录",
    "“{register}” stands as of {as_of}, before the reference date {reference}: it cannot show that there is nothing",
    "请提供单位补报到评定日", "ask its keeper for the register as of the reference date",
)  # fmt: skip
REGISTER_NOT_WHOLE = Message(
    "E103", "warning", "“{register}”没有收全，不能证明没有记录",
    "“{register}” did not come in whole: it cannot show that there is nothing",
    "收全以后写whole: true", "write whole: true once all of it has come in",
)  # fmt: skip

# ---- tables: text files
CSV_GB18030 = Message(
    "E050", "notice", "文件是GB18030（GBK）编码，已按此读入", "the file is GB18030 (GBK) and was read as such",
    "最好另存为“CSV UTF-8”", "better save it as “CSV UTF-8”",
)  # fmt: skip
CSV_UTF16 = Message(
    "E051", "notice", "文件是UTF-16（“Unicode文本”）编码，已按此读入",
    "the file is UTF-16 (“Unicode text”) and was read as such",
    "最好另存为“CSV UTF-8”", "better save it as “CSV UTF-8”",
)  # fmt: skip
CSV_ENCODING = Message(
    "E052", "error", "第{line}行认不出是什么编码", "line {line} is in no known encoding",
    "在表格软件里另存为“CSV UTF-8”", "save it as “CSV UTF-8” in the spreadsheet program",
)  # fmt: skip
MIXED_ENCODING = Message(
    "E053", "error", "文件混有两种编码，第{line}行起不是UTF-8",
    "the file mixes two encodings: from line {line} on it is not UTF-8",
    "多半是两份文件直接拼接的；分别另存为“CSV UTF-8”再合并",
    "two files were probably joined: save each as “CSV UTF-8”, then join them",
)  # fmt: skip
LOST_CHARACTERS = Message(
    "E054", "error", "第{line}行“{text}”有丢失的字", "characters were lost in line {line}: “{text}”",
    "转码时有字变成了问号：从原表重新导出为“CSV UTF-8”；确是问号请用全角“？”",
    "a conversion turned them into question marks: export again as “CSV UTF-8”; write a real one as “？”",
)  # fmt: skip
NUL_CHARACTER = Message(
    "E055", "error", "第{line}行有空字符：文件损坏，或不是文本",
    "line {line} holds a NUL: the file is damaged or no text",
    "在表格软件里另存为“CSV UTF-8”", "save it as “CSV UTF-8” in the spreadsheet program",
)  # fmt: skip
CSV_BROKEN = Message(
    "E056", "error", "第{line}行引号不配对，或一格过长",
    "the quotes do not match in line {line}, or a cell is too long",
    "格内的双引号要写两遍，整格用双引号括起", "double the quotes inside a cell and put the cell in quotes",
)  # fmt: skip
TABLE_TOO_BIG = Message(
    "E057", "error", "表太大：{what_zh}{size}，上限{limit}", "the table is too big: {size} {what_en}, at most {limit}",
    "拆成几份，或用大批量入口", "split it, or use the bulk entry",
)  # fmt: skip
EMPTY_TABLE = Message(
    "E058", "error", "表里没有内容",
    "the table is empty",
    "第一行写表头，其下每行一个单位",
    "headings first, then one row a unit",
)  # fmt: skip
CUT_SHORT = Message(
    "E123", "warning", "文件到这一行突然断了：只有{cells}格，上一行有{before}格，也没有换行",
    "the file breaks off in this row: {cells} cells without a line end, {before} in the row above",
    "多半没有传完，核对后再交一次；确实写完了，在末尾加一个换行", "it was probably cut off: send it again, or end the last line",
)  # fmt: skip
ONLY_DOCUMENTS = Message(
    "E115", "error", "这份表只列了材料，不知道是哪些单位的", "this table lists documents alone, and their units are not known",
    "同单位的表放在一个文件夹里一起交，或导入到已有这些单位的批次",
    "hand it in beside the table of the units, or import it into their round",
)  # fmt: skip

# ---- tables: workbooks
NOT_XLSX = Message(
    "E060", "error", "这不是XLSX文件{what_zh}", "this is no XLSX file{what_en}",
    "在表格软件里另存为“Excel工作簿（.xlsx）”，不加密码", "save it as “Excel workbook (.xlsx)” without a password",
)  # fmt: skip
XLSX_UNSAFE = Message(
    "E061", "error", "工作簿的压缩内容不正常：{what_zh}", "the workbook is packed in an unsafe way: {what_en}",
    "把数据复制到新建的工作簿再交", "copy the data into a new workbook",
)  # fmt: skip
XLSX_MACROS = Message(
    "E062", "error", "工作簿带有宏",
    "the workbook carries macros",
    "另存为不带宏的.xlsx",
    "save it as .xlsx without macros",
)  # fmt: skip
XLSX_LINKS = Message(
    "E063", "error", "工作簿引用了别的文件", "the workbook links to other files",
    "在“数据－编辑链接”里断开，改为数值", "break the links and keep the values",
)  # fmt: skip
XLSX_ENTITIES = Message(
    "E064", "error", "工作簿的{part}里有DOCTYPE声明，可能是攻击",
    "{part} of the workbook holds a DOCTYPE, possibly an attack",
    "把数据复制到新建的工作簿再交", "copy the data into a new workbook",
)  # fmt: skip
XLSX_BROKEN = Message(
    "E065", "error", "工作簿损坏，读不了（{what}）", "the workbook is damaged and cannot be read ({what})",
    "用表格软件打开后另存一份", "open it in a spreadsheet program and save a copy",
)  # fmt: skip
XLSX_DIED = Message(
    "E066", "error", "读这个工作簿时超出了时间或内存限度，已停止（{how}）",
    "reading this workbook broke the limits of time or memory and was stopped ({how})",
    "把数据复制到新建的工作簿再交", "copy the data into a new workbook",
)  # fmt: skip
NO_CALAMINE = Message(
    "E067", "error", "没有安装python-calamine，读不了XLSX", "python-calamine is not installed, so XLSX cannot be read",
    "安装python-calamine，或另存为CSV", "install python-calamine, or save as CSV",
)  # fmt: skip
FAR_CELL = Message(
    "E068", "error", "离表格很远的{cell}还有内容或格式，最远可到第{rows}行、第{columns}列",
    "there is something as far away as {cell}; {rows} rows and {columns} columns are the most",
    "删去多余的行列，或把数据复制到新建的工作表",
    "delete the stray rows and columns, or copy the data into a new sheet",
)  # fmt: skip

# ---- tables: headings and sheets
NO_HEADING = Message(
    "E070", "error", "找不到表头：没有“{label}”一列", "no headings found: there is no column “{label}”",
    "表头要在前{rows}行内，可写：{words}", "the headings stand in the first {rows} rows; accepted: {words}",
)  # fmt: skip
TWO_COLUMNS = Message(
    "E071", "error", "“{title}”有两列，另一列是{other}", "there are two columns “{title}”, the other is {other}",
    "删去一列", "remove one",
)  # fmt: skip
AMBIGUOUS = Message(
    "E072", "error", "“{title}”有几项同名：{names}", "several fields are called “{title}”: {names}",
    "表头改写标识", "use the id as the heading",
)  # fmt: skip
HEADINGS_DISAGREE = Message(
    "E073", "error", "同一列的两行表头“{title}”和“{code}”不是同一项",
    "the headings “{title}” and “{code}” of one column mean different fields",
    "改正其中一个", "mend one of them",
)  # fmt: skip
NO_TITLE_ABOVE = Message(
    "E074", "error", "这一格有内容，但这一列没有表头", "this cell is filled, but its column has no heading",
    "补上表头；CSV请检查是否多了逗号、少了引号",
    "give the column a heading; in CSV look for a stray comma or a missing quote",
)  # fmt: skip
UNKNOWN_SHEET = Message(
    "E075", "error", "认不出工作表“{sheet}”是什么", "the sheet “{sheet}” is not known", "{near_zh}", "{near_en}",
)  # fmt: skip
HIDDEN_SHEET = Message(
    "E076", "warning", "隐藏的工作表“{sheet}”没有读", "the hidden sheet “{sheet}” was not read",
    "要用请取消隐藏", "unhide it if it counts",
)  # fmt: skip

# ---- tables: cells
NUMBER_NOT_TEXT = Message(
    "E077", "error", "“{label}”的{value}是数字格式，开头的0和后面的位数可能已经丢失",
    "“{label}” holds the number {value}: leading zeros or last digits may be lost",
    "把这一列设为“文本”格式，再重新填写", "format the column as text, then type it again",
)  # fmt: skip
MISSING_CELL = Message(
    "E078", "error", "单位{unit}没有填“{label}”", "unit {unit} has no “{label}”", "补填", "fill it in",
)  # fmt: skip
MERGED_CELL = Message(
    "E079", "error", "“{label}”在合并单元格{area}里，只有左上角一格有值",
    "“{label}” lies in the merged cells {area}, of which only the first has a value",
    "取消合并，逐格填写", "unmerge them and fill in every cell",
)  # fmt: skip
NOT_COMPUTED = Message(
    "E080", "error", "“{label}”是公式，但没有算出的值", "“{label}” is a formula without a computed value",
    "用表格软件打开并保存一次，或直接填数字", "open and save it in a spreadsheet program, or type the figure",
)  # fmt: skip
FORMULA_VALUE = Message(
    "E081", "warning", "“{label}”是公式，按表格存下的值{value}读入",
    "“{label}” is a formula; its stored value {value} was read",
    "核对这个值，最好改为数值", "check the value, better paste it as a figure",
)  # fmt: skip
TOO_FINE = Message(
    "E082", "error", "“{label}”的{value}位数太多：整数最多15位，小数最多9位",
    "“{label}” is {value}: at most 15 digits before the point and 9 behind it",
    "四舍五入到需要的位数，如=ROUND(A1,2)", "round it to what is needed, as in =ROUND(A1,2)",
)  # fmt: skip
UNKNOWN_ROLE = Message(
    "E083", "error", "没有“{role}”这种身份", "there is no role “{role}”", "{near_zh}", "{near_en}",
)  # fmt: skip
NO_OBSERVER = Message(
    "E084", "error", "身份是“{role}”的记录没有写填报人", "a record by role “{role}” does not say who made it",
    "写明是谁；只有申报单位自己填的可以不写", "name the observer; only the applicant's own record may leave it out",
)  # fmt: skip
NO_INSPECTOR = Message(
    "W100", "error", "核查记录没有写明检查员是谁（写的是“{observer}”）",
    "an inspector's record does not name the inspector (it says “{observer}”)",
    "写检查员本人的姓名；两人各看各的，靠姓名分开",
    "give the inspector's own name: two who look independently are told apart by it",
)  # fmt: skip

# ---- tables: rows that belong together
UNIT_DIFFERS = Message(
    "E085", "error", "单位{unit}的“{label}”前后不一：{one}，{two}（{other}）",
    "unit {unit} has two “{label}”: {one}, and {two} at {other}",
    "改成一致", "make them agree",
)  # fmt: skip
SAME_RECORD = Message(
    "E086", "error", "{observer}对单位{unit}有两行记录，另一行是{other}",
    "{observer} has two rows about unit {unit}, the other is {other}",
    "合并成一行；若是两个人，各写填报人", "merge them; if two people filled them in, name each",
)  # fmt: skip
SAME_VALUE = Message(
    "E087", "error", "{observer}对单位{unit}填了两次“{label}”，另一处是{other}",
    "{observer} gave “{label}” of unit {unit} twice, also at {other}",
    "删去一处", "remove one",
)  # fmt: skip
UNLISTED_UNIT = Message(
    "E088", "error", "单位{unit}没有登记类别和名称", "unit {unit} is listed nowhere with its kind and name",
    "{near_zh}", "{near_en}",
)  # fmt: skip
REGISTER_IN_CELL = Message(
    "E089", "error", "“{label}”是台账，不能填在一格里", "“{label}” is a register and does not fit into a cell",
    "另建名为“{label}”的工作表逐行填写；没有记录在这一格写“无”",
    "give it row by row in a sheet called “{label}”; write none here where there is not one",
)  # fmt: skip
NONE_YET_ROWS = Message(
    "E090", "error", "单位{unit}的“{label}”写了“无”，{other}却有记录",
    "unit {unit} says “{label}” is none, yet there are rows at {other}",
    "删去一边", "remove one of them",
)  # fmt: skip
WHOSE_ROWS = Message(
    "E091", "error", "单位{unit}有几个人的记录，这一行没写是谁填的",
    "several people recorded unit {unit}, and this row does not say whose it is",
    "加一列“填报人”", "add a column “observer”",
)  # fmt: skip
NOT_IN_SHEET = Message(
    "E092", "notice", "工作表“{label}”没有{units}的行，按没有提供计",
    "the sheet “{label}” has no row of {units}: taken as not handed in",
    "确实没有记录，就在单位表的“{label}”一列填“无”；没有这一列，加上",
    "if there is none, write 无 into the column “{label}” of the units; add it if it is not there",
)  # fmt: skip
BAD_ROW_NUMBER = Message(
    "E093", "error", "台账“{label}”的“行”应为1、2、3……，现为“{value}”",
    "“row” of the register “{label}” wants 1, 2, 3 …, got “{value}”",
    "同一条记录写同一个行号", "give the cells of one entry the same row number",
)  # fmt: skip
BAD_DIGEST = Message(
    "E094", "error", "摘要“{value}”不是64位十六进制", "the digest “{value}” is not 64 hexadecimal digits",
    "用sha256sum重新计算，或不填", "compute it with sha256sum, or leave it out",
)  # fmt: skip
TIDIED = Message(
    "E095", "notice", "“{label}”已自动更正：“{value}”读作{read}", "“{label}” corrected: “{value}” read as {read}",
)  # fmt: skip
TOO_MANY_PROBLEMS = Message(
    "E099", "error", "问题太多，其余不再列出",
    "too many problems, the rest is not listed",
    "先改正以上各处",
    "mend these first",
)  # fmt: skip
