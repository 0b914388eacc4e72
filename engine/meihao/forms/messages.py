"""Defines the problems of workbooks that come back, from code W020 to W059."""

from __future__ import annotations

from ..core.problems import Message

# ---- which template
OTHER_EDITION = Message(
    "W020", "warning",
    "这份表是按{old}版（表样{old_digest}）做的，现行{new}版（表样{new_digest}）：对得上的项照收，其余列在下面",
    "this workbook was made for edition {old} (form {old_digest}); now it is {new} (form {new_digest}): "
    "what matches is carried over, the rest is listed",
    "下次用meihao template取新表", "next time, get a new workbook with meihao template",
)  # fmt: skip
OTHER_PACK = Message(
    "W021", "warning", "这份表属于别的标准“{old}”，现在用的是“{new}”：对得上的项照收，其余列在下面",
    "this workbook belongs to another standard, “{old}”; the one in use is “{new}”: what matches is carried over",
    "核对是不是交错了表；没有交错，可用--pack指明标准",
    "check that this is the right workbook; if it is, name the standard with --pack",
)  # fmt: skip
NOT_CARRIED = Message(
    "W022", "warning", "“{title}”现行标准里没有，它的内容没有收", "“{title}” is not in this standard: it was not carried over",
    "核对有没有新的项要填", "check whether a new item asks for it",
)  # fmt: skip
BY_TITLE = Message(
    "W023", "notice", "这一行没有表样自带的项目代码，按标题“{title}”收入",
    "this line has no known item code and was read by its title “{title}”",
)  # fmt: skip
NO_MARK = Message(
    "W024", "warning", "这份表不是发下的填报表，按样子认作{kind}的填报表",
    "the workbook is not one that was handed out; it was read as a {kind}'s workbook",
    "下次用发下的填报表，不要另建；没有的，用meihao template取",
    "next time, use the workbook handed out, or get one with meihao template",
)  # fmt: skip
NO_KIND = Message(
    "W025", "error", "认不出这份表是哪一类单位的", "it is not clear which kind of unit this workbook is for",
    "换用该类单位的填报表，把内容粘贴过去；没有表的，用meihao template取",
    "use the workbook for that kind of unit and paste the values into it; get one with meihao template",
)  # fmt: skip

# ---- a unit's workbook
OTHER_UNIT = Message(
    "W026", "error", "这份表是发给{made}的，封面写的是{given}", "this workbook was made for {made}, but the cover says {given}",
    "改回单位编号；是另一个单位就换它自己的表", "put the unit's code back; for another unit, use that unit's own workbook",
)  # fmt: skip
NO_ITEM = Message(
    "W027", "error", "这一行填了内容，但不知道是哪一项", "this line is filled in, but does not say which item it is",
    "从填报表复制整行，不要只粘贴填写的格", "copy whole lines from the workbook handed out, not only the cells",
)  # fmt: skip
OWN_SHEET = Message(
    "W028", "warning", "工作表“{sheet}”不是填报表里原有的，没有读",
    "the sheet “{sheet}” is not part of the workbook handed out and was not read",
    "要交的内容填到原有的工作表里", "enter what you hand in on the sheets that were there",
)  # fmt: skip

# ---- writing back
WOULD_LOSE = Message(
    "W030", "warning", "批注副本里不会有原文件的{what_zh}；原文件没有动",
    "the copy with comments will not have the {what_en} of the original; the original was not changed",
    "在原文件上照着改", "correct the original, using the copy as a guide",
)  # fmt: skip
NOT_IN_PLACE = Message(
    "W031", "error", "文件里有{what_zh}，写回去会丢，所以没有动它", "the file contains {what_en}, which writing back would lose, "
    "so it was not changed", "不用--in-place，另存带批注的副本", "import without --in-place to get a copy with comments",
)  # fmt: skip
NOT_WRITTEN = Message(
    "W033", "error", "写不了{path}：{why}", "cannot write {path}: {why}", "核对权限、磁盘，文件是不是正打开着",
    "check permissions, the disk, and whether the file is open",
)  # fmt: skip

TOO_BIG_TO_WRITE = Message(
    "W034", "warning", "表有{cells}格，太大，没有写回；错误只列在这里",
    "the workbook has {cells} cells, too many to be written back; the errors are listed only here",
    "按乡镇或按类拆成几份再导入", "split it by township or by kind, and import the parts",
)  # fmt: skip
NOT_WRITABLE_BOOK = Message(
    "W035", "warning", "这份工作簿写不回去（{why}）；错误只列在这里",
    "this workbook cannot be written back ({why}); the errors are listed only here",
    "用表格软件打开后另存一份再导入", "open it in a spreadsheet program, save a copy and import that",
)  # fmt: skip

COPY_DIFFERS = Message(
    "X050", "warning", "写回的副本与原表不一样（{why}），没有用它；原文件没有动，错误只列在这里",
    "the copy with the errors differs from the original ({why}) and was not kept; the original was not changed, "
    "and the errors are listed only here",
    "用表格软件另存为“Excel工作簿（.xlsx）”，不要选“严格的Open XML”，再导入",
    "save it as “Excel workbook (.xlsx)”, not as “Strict Open XML”, and import that",
)  # fmt: skip
TOO_BIG_TO_MEND = Message(
    "W052", "error", "表有{cells}格，太大，不能在这里改", "the workbook has {cells} cells, too many to be corrected here",
    "在表格软件里照着改；按乡镇或按类拆成几份也可以",
    "correct it in a spreadsheet program; or split it by township or by kind",
)  # fmt: skip
MENDING_LOSES = Message(
    "W053", "error", "表里有{what_zh}，在这里改会丢，所以不改",
    "the workbook contains {what_en}, which correcting it here would lose",
    "在原文件上照着改", "correct the original in a spreadsheet program",
)  # fmt: skip
NO_SUCH_CELL = Message(
    "W054", "error", "{place}不是表里可以填的格", "{place} is no cell of the workbook that can be filled in",
    "合并的格改它左上角的那一格；表换过的，重新上传",
    "of merged cells correct the first; if the workbook has changed, upload it again",
)  # fmt: skip
ONLY_BOOKS = Message(
    "W055", "error", "{name}不是.xlsx工作簿，不能在这里改", "{name} is no .xlsx workbook and cannot be corrected here",
    "在自己的文件里照着改，再检查一次", "correct your own file and check it again",
)  # fmt: skip
NOT_FINISHED = Message(
    "X051", "warning", "{path}没有处理完，中途停了", "{path} was not finished, because the import was stopped",
    "再导入一次；已经存入的不会存两遍", "import it again; what is already stored is not stored twice",
)  # fmt: skip
ONE_FILE = Message(
    "W036", "error", "--to写的是一个文件，一次只能导入一份",
    "--to names a single file, so only one file can be imported at a time",
    "不写--to，副本放在原文件旁边", "import without --to, and the copies are saved beside the originals",
)  # fmt: skip

# ---- archives
ZIP_UNSAFE = Message(
    "W040", "error", "压缩包不正常：{what_zh}", "the archive is not safe to open: {what_en}",
    "重新打包：一份.xlsx和一个材料文件夹，不加密",
    "pack it again with one .xlsx file and a folder of documents, without a password",
)  # fmt: skip
NO_WORKBOOK = Message(
    "W041", "error", "压缩包里没有.xlsx工作簿", "the archive contains no .xlsx workbook",
    "把填好的表放在压缩包最外层", "put the workbook at the top of the archive",
)  # fmt: skip
TWO_WORKBOOKS = Message(
    "W042", "error", "压缩包最外层有几份工作簿：{names}", "there are several workbooks at the top of the archive: {names}",
    "只留一份；作为材料的表放进文件夹", "keep only one; put tables that are supporting documents in the folder",
)  # fmt: skip
NESTED_ZIP = Message(
    "W043", "error", "压缩包里又有压缩包：{name}", "the archive contains another archive: {name}",
    "先解开，把里面的文件直接放进来", "unpack it and put the files in directly",
)  # fmt: skip
FILE_UNMATCHED = Message(
    "W044", "warning", "材料文件{name}对不上材料清单的任何一行", "the file {name} matches no line of the list of documents",
    "文件名开头写文号，或与材料名称完全相同", "begin the file name with the document number, or make it the same as the title",
)  # fmt: skip
ROW_UNMATCHED = Message(
    "W045", "warning", "“{title}”没有对应的文件", "“{title}” has no file", "补交文件，文件名开头写文号{number}",
    "add the file, with a name that begins with the document number {number}",
)  # fmt: skip
FILE_TWICE = Message(
    "W046", "warning", "“{title}”有两个文件，用了{used}，没有用{name}",
    "“{title}” has two files: {used} was used, {name} was not",
    "删去一个", "remove one",
)  # fmt: skip
OTHER_DIGEST = Message(
    "W047", "error", "“{title}”的文件{name}与清单里的校验值不符",
    "the file {name} of “{title}” does not match the digest in the list",
    "核对文件，或清空“校验值”一格", "check the file, or clear the digest cell",
)  # fmt: skip
