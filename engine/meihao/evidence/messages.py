"""Defines the problems of evidence and rounds, from code E001 on."""

from __future__ import annotations

from ..core.problems import Message

NOT_A_NUMBER = Message(
    "E001", "error", "“{label}”应填数字，现为“{value}”", "“{label}” must be a number, but is “{value}”",
    "只写数字，不带单位和说明", "enter the number only, without a unit or a remark",
)  # fmt: skip
OTHER_UNIT = Message(
    "W130", "error", "“{label}”按“{unit}”填数，现为“{value}”", "“{label}” is counted in {unit}, got “{value}”",
    "核对是不是填错了格；要换算的，换算好只写数字", "check that the cell is the right one; convert it and write the number alone",
)  # fmt: skip
NOT_WHOLE = Message(
    "E002", "error", "“{label}”应为整数，现为{value}", "“{label}” must be a whole number, but is {value}",
    "填实际个数", "enter the actual count",
)  # fmt: skip
OUT_OF_RANGE = Message(
    "E003", "error", "“{label}”为{value}，超出{low}—{high}", "“{label}” is {value}, outside {low} to {high}",
    "核对数字{unit}", "check the figure{unit}",
)  # fmt: skip
FRACTION_PERCENT = Message(
    "E004", "error", "“{label}”填了{value}：是{percent}%，还是{value}%？",
    "“{label}” is {value}: does it mean {percent}% or {value}%?",
    "写成“{percent}%”或“{value}%”", "write “{percent}%” or “{value}%”",
)  # fmt: skip
NOT_AN_OPTION = Message(
    "E005", "error", "“{label}”没有选项“{value}”", "“{label}” has no option “{value}”",
    "{near_zh}", "{near_en}",
)  # fmt: skip
NOT_A_DATE = Message(
    "E006", "error", "“{label}”应为日期，现为“{value}”", "“{label}” must be a date, but is “{value}”",
    "按2026-06-30的样式填写，并核对这一天是否存在", "write it like 2026-06-30, and check that the day exists",
)  # fmt: skip
YEAR_OUT_OF_BOUNDS = Message(
    "E110", "error", "“{label}”为{value}，年份不在{low}—{high}之间",
    "“{label}” is {value}: the year must be from {low} to {high}",
    "核对年份；长期有效的写{high}-12-31", "check the year; write {high}-12-31 for what never ends",
)  # fmt: skip
NOT_YES_NO = Message(
    "E007", "error", "“{label}”应填是或否，现为“{value}”", "“{label}” must be yes or no, but is “{value}”",
    "填“是”或“否”", "enter yes or no",
)  # fmt: skip
NOT_TEXT = Message(
    "E008", "error", "“{label}”应为文字，现为{value}", "“{label}” must be text, but is {value}",
    "编号请加引号，如\"{value}\"", "put the code in quotation marks, as in \"{value}\"",
)  # fmt: skip
TOO_LONG = Message(
    "E009", "error", "“{label}”有{length}字，最多{limit}字", "“{label}” has {length} characters, at most {limit}",
    "缩短，详细内容放在材料里", "shorten it, and put the details in a supporting document",
)  # fmt: skip
NOT_A_TABLE = Message(
    "E010", "error", "“{label}”是台账，应逐行填写", "“{label}” is a register, to be filled in row by row",
    "每行写成“- {{列: 值}}”；没有记录写[]", "write each row as “- {{column: value}}”, or [] if there are none",
)  # fmt: skip
TOO_MANY_ROWS = Message(
    "E011", "error", "“{label}”有{rows}行，最多{limit}行", "“{label}” has {rows} rows, at most {limit}",
    "核对是否重复；确有这么多请联系标准编写人",
    "check for duplicate rows; if there really are so many, ask the author of the standard",
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
    "E014", "error", "{kind}不填“{label}”", "“{label}” is not asked for in a {kind}",
    "删去，或核对单位类别", "remove it, or check the kind of unit",
)  # fmt: skip
UNKNOWN_KIND = Message(
    "E015", "error", "没有“{kind}”这一类单位", "there is no kind “{kind}”",
    "{near_zh}", "{near_en}",
)  # fmt: skip
TWO_UNITS = Message(
    "E016", "error", "单位编号{code}出现两次，另一处在{other}", "unit code {code} appears twice, also at {other}",
    "改正编号，或合并成一份", "correct the code, or merge the two into one",
)  # fmt: skip
UNKNOWN_REGION = Message(
    "E017", "error", "批次里没有地区“{region}”", "the round has no region “{region}”",
    "{near_zh}", "{near_en}",
)  # fmt: skip
CORRECTED = Message(
    "E018", "notice", "“{label}”已自动更正：“{value}”读作{read}", "“{label}” was corrected: “{value}” was read as {read}",
)  # fmt: skip
NO_REASON = Message(
    "E019", "error", "“{label}”是裁量评分，须写理由", "“{label}” is scored at the inspector's discretion and needs a reason",
    "写在“理由”一栏", "enter it under “Reason”",
)  # fmt: skip
EMPTY_TEXT = Message(
    "E020", "error", "“{label}”是空的", "“{label}” is empty",
    "补填；确实没有，就删去这一项（不填的算待补）", "fill it in, or remove it (an item left out counts as missing)",
)  # fmt: skip
EXCEL_ERROR = Message(
    "E021", "error", "“{label}”是表格错误值{value}", "“{label}” is the spreadsheet error {value}",
    "改正公式，或直接填数字", "correct the formula, or enter the figure",
)  # fmt: skip
DATE_AFTER_REFERENCE = Message(
    "E022", "error", "{observer}的记录说的是{day}的情况，晚于评定日{reference}",
    "the record of {observer} is about {day}, after the reference date {reference}",
    "评定日以后的情况不计入本批次；记录写得晚、反映的是评定日以前情况的，写明截至日期",
    "what happened later is not part of this round; if a later record is about an earlier day, give that day under “as of”",
)  # fmt: skip
FORETOLD = Message(
    "W101", "error", "{observer}在{day}记录，截至日期却写{as_of}", "{observer} recorded on {day} what holds as of {as_of}",
    "截至日期不会晚于记录的那天，核对两个日期", "a record cannot be about a later day: check both dates",
)  # fmt: skip
UNKNOWN_WAIVER = Message(
    "E030", "error", "没有“{waiver}”这种豁免", "there is no waiver “{waiver}”",
    "{near_zh}", "{near_en}",
)  # fmt: skip
GRANT_TOO_LONG = Message(
    "E031", "error", "豁免从{start}到{until}，超过{limit}",
    "the grant runs from {start} to {until}, longer than {limit}",
    "改短期限，或重新批准", "shorten it, or have it granted again",
)  # fmt: skip
UNKNOWN_PROFILE = Message(
    "E032", "error", "没有“{profile}”这种榜单方案", "there is no tier profile “{profile}”",
    "{near_zh}", "{near_en}",
)  # fmt: skip
UNKNOWN_PARENT = Message(
    "E033", "error", "地区{code}的上级“{parent}”不在批次里",
    "region {code} is in “{parent}”, which is not in this round",
    "{near_zh}", "{near_en}",
)  # fmt: skip
GRANT_FOR_NOBODY = Message(
    "E034", "warning", "批准了{unit}的豁免，但没有收到这个单位的填报",
    "a waiver is granted to {unit}, but nothing was handed in for that unit",
    "核对单位编号", "check the unit code",
)  # fmt: skip

# ---- registers that a round received
UNKNOWN_REGISTER = Message(
    "E100", "error", "标准里没有“{register}”这个登记", "the standard has no register called “{register}”",
    "{near_zh}", "{near_en}",
)  # fmt: skip
RECEIVED_TOO_EARLY = Message(
    "E101", "error", "登记截至{as_of}，收到却在{received}", "a register as of {as_of} cannot have come in on {received}",
    "核对这两个日期", "check the two dates",
)  # fmt: skip
REGISTER_TOO_OLD = Message(
    "E102", "warning", "“{register}”只登记到{as_of}，早于评定日{reference}，不能证明没有记录",
    "“{register}” only runs to {as_of}, before the reference date {reference}, so it cannot show that there are no records",
    "请登记部门补报到评定日", "ask the register keeper for the register as of the reference date",
)  # fmt: skip
REGISTER_NOT_WHOLE = Message(
    "E103", "warning", "“{register}”没有收全，不能证明没有记录",
    "“{register}” has not been received in full, so it cannot show that there are no records",
    "收全以后写whole: true", "write whole: true once all of it has been received",
)  # fmt: skip

# ---- tables: text files
CSV_GB18030 = Message(
    "E050", "notice", "文件是GB18030（GBK）编码，已按此读入", "the file is encoded in GB18030 (GBK) and was read as such",
    "最好另存为“CSV UTF-8”", "preferably save it as “CSV UTF-8”",
)  # fmt: skip
CSV_UTF16 = Message(
    "E051", "notice", "文件是UTF-16（“Unicode文本”）编码，已按此读入",
    "the file is encoded in UTF-16 (“Unicode text”) and was read as such",
    "最好另存为“CSV UTF-8”", "preferably save it as “CSV UTF-8”",
)  # fmt: skip
CSV_ENCODING = Message(
    "E052", "error", "第{line}行认不出是什么编码", "the encoding of line {line} is not known",
    "在表格软件里另存为“CSV UTF-8”", "save it as “CSV UTF-8” in the spreadsheet program",
)  # fmt: skip
MIXED_ENCODING = Message(
    "E053", "error", "文件混有两种编码，第{line}行起不是UTF-8",
    "the file mixes two encodings: from line {line} on it is not UTF-8",
    "多半是两份文件直接拼接的；分别另存为“CSV UTF-8”再合并",
    "two files were probably joined: save each as “CSV UTF-8” and then join them",
)  # fmt: skip
LOST_CHARACTERS = Message(
    "E054", "error", "第{line}行“{text}”有丢失的字", "characters were lost in line {line}: “{text}”",
    "转码时有字变成了问号：从原表重新导出为“CSV UTF-8”；确是问号请用全角“？”",
    "a conversion turned them into question marks: export again as “CSV UTF-8”; write a real one as “？”",
)  # fmt: skip
NUL_CHARACTER = Message(
    "E055", "error", "第{line}行有空字符：文件损坏，或不是文本",
    "line {line} contains a NUL character: the file is damaged or is not a text file",
    "在表格软件里另存为“CSV UTF-8”", "save it as “CSV UTF-8” in the spreadsheet program",
)  # fmt: skip
CSV_BROKEN = Message(
    "E056", "error", "第{line}行引号不配对，或一格过长",
    "the quotes do not match in line {line}, or a cell is too long",
    "格内的双引号要写两遍，整格用双引号括起",
    "double the quotation marks inside the cell, and put the whole cell in quotation marks",
)  # fmt: skip
TABLE_TOO_BIG = Message(
    "E057", "error", "表太大：{what_zh}{size}，上限{limit}", "the table is too big: {size} {what_en}, at most {limit}",
    "拆成几份，或用大批量入口", "split it, or use the bulk entry",
)  # fmt: skip
EMPTY_TABLE = Message(
    "E058", "error", "表里没有内容",
    "the table is empty",
    "第一行写表头，其下每行一个单位",
    "put the headings in the first row, then one unit on each row",
)  # fmt: skip
CUT_SHORT = Message(
    "E123", "warning", "文件到这一行突然断了：只有{cells}格，上一行有{before}格，也没有换行",
    "the file breaks off in this row: it has {cells} cells and no line end, while the row above has {before}",
    "多半没有传完，核对后再交一次；确实写完了，在末尾加一个换行",
    "it was probably cut off: send it again; if it is complete, add a line end",
)  # fmt: skip
ONLY_DOCUMENTS = Message(
    "E115", "error", "这份表只列了材料，不知道是哪些单位的",
    "this table lists only documents, and it is not known which units they belong to",
    "同单位的表放在一个文件夹里一起交，或导入到已有这些单位的批次",
    "hand it in together with the table of the units, or import it into the round that has them",
)  # fmt: skip

# ---- tables: workbooks
NOT_XLSX = Message(
    "E060", "error", "这不是XLSX文件{what_zh}", "this is not an XLSX file{what_en}",
    "在表格软件里另存为“Excel工作簿（.xlsx）”，不加密码",
    "save it in a spreadsheet program as “Excel workbook (.xlsx)”, without a password",
)  # fmt: skip
XLSX_UNSAFE = Message(
    "E061", "error", "工作簿的压缩内容不正常：{what_zh}", "the workbook is packed in an unsafe way: {what_en}",
    "把数据复制到新建的工作簿再交", "copy the data into a new workbook",
)  # fmt: skip
XLSX_MACROS = Message(
    "E062", "error", "工作簿带有宏",
    "the workbook contains macros",
    "另存为不带宏的.xlsx",
    "save it as .xlsx without macros",
)  # fmt: skip
XLSX_LINKS = Message(
    "E063", "error", "工作簿引用了别的文件", "the workbook links to other files",
    "在“数据－编辑链接”里断开，改为数值", "break the links under “Data – Edit Links” and keep the values",
)  # fmt: skip
XLSX_ENTITIES = Message(
    "E064", "error", "工作簿的{part}里有DOCTYPE声明，可能是攻击",
    "{part} of the workbook contains a DOCTYPE declaration, which may be an attack",
    "把数据复制到新建的工作簿再交", "copy the data into a new workbook",
)  # fmt: skip
XLSX_BROKEN = Message(
    "E065", "error", "工作簿损坏，读不了（{what}）", "the workbook is damaged and cannot be read ({what})",
    "用表格软件打开后另存一份", "open it in a spreadsheet program and save a copy",
)  # fmt: skip
XLSX_DIED = Message(
    "E066", "error", "读这个工作簿时超出了时间或内存限度，已停止（{how}）",
    "reading this workbook took too much time or memory and was stopped ({how})",
    "把数据复制到新建的工作簿再交", "copy the data into a new workbook",
)  # fmt: skip
NO_CALAMINE = Message(
    "E067", "error", "没有安装python-calamine，读不了XLSX", "python-calamine is not installed, so XLSX cannot be read",
    "安装python-calamine，或另存为CSV", "install python-calamine, or save as CSV",
)  # fmt: skip
FAR_CELL = Message(
    "E068", "error", "离表格很远的{cell}还有内容或格式，最远可到第{rows}行、第{columns}列",
    "there is content or formatting as far away as {cell}; at most {rows} rows and {columns} columns are read",
    "删去多余的行列，或把数据复制到新建的工作表",
    "delete the stray rows and columns, or copy the data into a new sheet",
)  # fmt: skip

# ---- tables: headings and sheets
NO_HEADING = Message(
    "E070", "error", "找不到表头：没有“{label}”一列", "no headings were found: there is no column “{label}”",
    "表头要在前{rows}行内，可写：{words}", "the headings must be in the first {rows} rows; accepted words: {words}",
)  # fmt: skip
TWO_COLUMNS = Message(
    "E071", "error", "“{title}”有两列，另一列是{other}", "there are two columns “{title}”; the other is {other}",
    "删去一列", "remove one",
)  # fmt: skip
AMBIGUOUS = Message(
    "E072", "error", "“{title}”有几项同名：{names}", "several fields are called “{title}”: {names}",
    "表头改写这一项的代码", "use the field's code as the heading",
)  # fmt: skip
HEADINGS_DISAGREE = Message(
    "E073", "error", "同一列的两行表头“{title}”和“{code}”不是同一项",
    "the headings “{title}” and “{code}” of one column mean different fields",
    "改正其中一个", "correct one of them",
)  # fmt: skip
NO_TITLE_ABOVE = Message(
    "E074", "error", "这一格有内容，但这一列没有表头", "this cell is filled, but its column has no heading",
    "补上表头；CSV请检查是否多了逗号、少了引号",
    "give the column a heading; in a CSV file, look for a stray comma or a missing quotation mark",
)  # fmt: skip
UNKNOWN_SHEET = Message(
    "E075", "error", "认不出工作表“{sheet}”是什么", "the sheet “{sheet}” is not recognised", "{near_zh}", "{near_en}",
)  # fmt: skip
HIDDEN_SHEET = Message(
    "E076", "warning", "隐藏的工作表“{sheet}”没有读", "the hidden sheet “{sheet}” was not read",
    "要用请取消隐藏", "unhide it if it is needed",
)  # fmt: skip

# ---- tables: cells
NUMBER_NOT_TEXT = Message(
    "E077", "error", "“{label}”的{value}是数字格式，开头的0和后面的位数可能已经丢失",
    "“{label}” is stored as the number {value}: leading zeros or final digits may have been lost",
    "把这一列设为“文本”格式，再重新填写", "format the column as text, then enter the value again",
)  # fmt: skip
MISSING_CELL = Message(
    "E078", "error", "单位{unit}没有填“{label}”", "unit {unit} has no “{label}”", "补填", "fill it in",
)  # fmt: skip
MERGED_CELL = Message(
    "E079", "error", "“{label}”在合并单元格{area}里，只有左上角一格有值",
    "“{label}” is in the merged cells {area}, of which only the top left one has a value",
    "取消合并，逐格填写", "unmerge them and fill in every cell",
)  # fmt: skip
NOT_COMPUTED = Message(
    "E080", "error", "“{label}”是公式，但没有算出的值", "“{label}” is a formula that has not been calculated",
    "用表格软件打开并保存一次，或直接填数字", "open and save it in a spreadsheet program, or enter the figure",
)  # fmt: skip
FORMULA_VALUE = Message(
    "E081", "warning", "“{label}”是公式，按表格存下的值{value}读入",
    "“{label}” is a formula; its stored value {value} was read",
    "核对这个值，最好改为数值", "check the value, and preferably replace the formula with it",
)  # fmt: skip
TOO_FINE = Message(
    "E082", "error", "“{label}”的{value}位数太多：整数最多15位，小数最多9位",
    "“{label}” is {value}, which has too many digits: at most 15 before the decimal point and 9 after it",
    "四舍五入到需要的位数，如=ROUND(A1,2)", "round it to the digits that are needed, as in =ROUND(A1,2)",
)  # fmt: skip
UNKNOWN_ROLE = Message(
    "E083", "error", "没有“{role}”这种身份", "there is no role “{role}”", "{near_zh}", "{near_en}",
)  # fmt: skip
NO_OBSERVER = Message(
    "E084", "error", "身份是“{role}”的记录没有写填报人", "a record in the role “{role}” does not say who made it",
    "写明是谁；只有申报单位自己填的可以不写", "enter who made it; only the applicant's own record may leave it out",
)  # fmt: skip
NO_INSPECTOR = Message(
    "W100", "error", "核查记录没有写明检查员是谁（写的是“{observer}”）",
    "an inspector's record does not name the inspector (it says “{observer}”)",
    "写检查员本人的姓名；两人各看各的，靠姓名分开",
    "enter the inspector's own name: it tells two independent inspections apart",
)  # fmt: skip

# ---- tables: rows that belong together
UNIT_DIFFERS = Message(
    "E085", "error", "单位{unit}的“{label}”前后不一：{one}，{two}（{other}）",
    "unit {unit} has two different values of “{label}”: {one}, and {two} at {other}",
    "改成一致", "make them the same",
)  # fmt: skip
SAME_RECORD = Message(
    "E086", "error", "{observer}对单位{unit}有两行记录，另一行是{other}",
    "{observer} has two rows about unit {unit}; the other is {other}",
    "合并成一行；若是两个人，各写填报人", "merge them; if two people filled them in, name each",
)  # fmt: skip
SAME_VALUE = Message(
    "E087", "error", "{observer}对单位{unit}填了两次“{label}”，另一处是{other}",
    "{observer} entered “{label}” of unit {unit} twice, also at {other}",
    "删去一处", "remove one",
)  # fmt: skip
UNLISTED_UNIT = Message(
    "E088", "error", "没有写明单位{unit}的类别和名称", "the kind and the name of unit {unit} are not given anywhere",
    "{near_zh}", "{near_en}",
)  # fmt: skip
REGISTER_IN_CELL = Message(
    "E089", "error", "“{label}”是台账，不能填在一格里", "“{label}” is a register and cannot be entered in one cell",
    "另建名为“{label}”的工作表逐行填写；没有记录在这一格写“无”",
    "enter it row by row in a sheet called “{label}”; if there are no records, write 无 in this cell",
)  # fmt: skip
NONE_YET_ROWS = Message(
    "E090", "error", "单位{unit}的“{label}”写了“无”，{other}却有记录",
    "unit {unit} says that “{label}” has no records, but there are rows at {other}",
    "删去一边", "remove one of them",
)  # fmt: skip
WHOSE_ROWS = Message(
    "E091", "error", "单位{unit}有几个人的记录，这一行没写是谁填的",
    "several people made records of unit {unit}, and this row does not say whose it is",
    "加一列“填报人”", "add a column “observer”",
)  # fmt: skip
NOT_IN_SHEET = Message(
    "E092", "notice", "工作表“{label}”没有{units}的行，按没有提供计",
    "the sheet “{label}” has no row for {units}: it counts as not handed in",
    "确实没有记录，就在单位表的“{label}”一列填“无”；没有这一列，加上",
    "if there are no records, write 无 in the column “{label}” of the sheet of units; add the column if it is not there",
)  # fmt: skip
BAD_ROW_NUMBER = Message(
    "E093", "error", "台账“{label}”的“行”应为1、2、3……，现为“{value}”",
    "“row” of the register “{label}” must be 1, 2, 3 …, but is “{value}”",
    "同一条记录写同一个行号", "give all cells of one record the same row number",
)  # fmt: skip
BAD_DIGEST = Message(
    "E094", "error", "校验值“{value}”不是64位的0—9、a—f", "the digest “{value}” does not have 64 hexadecimal digits",
    "不填也可以；要填，用sha256sum重新计算", "compute it again with sha256sum, or leave it empty",
)  # fmt: skip
TIDIED = Message(
    "E095", "notice", "“{label}”已自动更正：“{value}”读作{read}", "“{label}” was corrected: “{value}” was read as {read}",
)  # fmt: skip
TOO_MANY_PROBLEMS = Message(
    "E099", "error", "问题太多，其余不再列出",
    "too many problems: the rest are not listed",
    "先改正以上各处",
    "correct these first",
)  # fmt: skip
