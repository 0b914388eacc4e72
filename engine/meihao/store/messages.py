"""Defines the problems of a round as it is kept, codes W068 to W149 (W060 to W067 stand with calendar and submissions)."""

from __future__ import annotations

from ..core.problems import Message

REASON_WANTED = Message(
    "W068", "error",
    "“{label}”原为{old}（第{number}份，{by}交），现为{new}：更正要写理由",
    "“{label}” was {old} (submission {number}, from {by}) and is now {new}: a correction needs its reason",
    "在“更正理由”里写明为什么改；没有改就填回原值", "say why under “Reason for corrections”, or put the old value back",
)  # fmt: skip
NOTHING_NEW = Message(
    "W069",
    "notice",
    "{unit}的内容与已收的相同，没有再存",
    "what came in for {unit} was already received, so nothing was stored",
)
NOTHING_IN_IT = Message(
    "W081", "warning", "{unit}的表里一项也没有填，没有存", "nothing is filled in for {unit}; nothing was stored",
    "填好再交；只有单位编号和名称的不收", "fill it in and hand it in again; a code and a name alone are not taken",
)  # fmt: skip
OTHER_KIND = Message(
    "W070", "error", "{unit}原来是{old}，现在填成{new}", "{unit} was a {old} and is now given as a {new}",
    "核对单位编号和类别", "check the unit's code and kind",
)  # fmt: skip
SAME_FOLDER = Message(
    "W071", "error", "{unit}和{other}的文件夹是同一个：{folder}", "{unit} and {other} would share the folder {folder}",
    "编号只差大小写或特殊符号时，请改一个编号", "codes must differ in more than case or special characters: change one of them",
)  # fmt: skip
NOBODY = Message(
    "W072", "error", "没有写是谁交的", "nobody is named as handing this in",
    "填写“填报人”", "fill in “Filled in by”",
)  # fmt: skip
WHOSE_DOCUMENT = Message(
    "W073", "error", "材料{name}不属于这里的任何一个单位", "the document {name} belongs to none of these units",
    "一个单位一个压缩包；或在材料清单里写上它的校验值",
    "hand in one archive for each unit, or enter its digest in the list of documents",
)  # fmt: skip
NO_STORE = Message(
    "W074", "error", "{path}不是批次文件夹（没有round.yaml）", "{path} is not a round folder (it has no round.yaml)",
    "用meihao new round建一个", "make one with meihao new round",
)  # fmt: skip
NOT_STORED = Message(
    "W075", "error", "存不进{path}：{why}", "cannot store in {path}: {why}",
    "核对权限和磁盘，再导入一次；这次一份也没有存",
    "check the permissions and the disk, and import again; nothing was partially stored",
)  # fmt: skip
NO_UNIT = Message(
    "W076", "error", "批次里没有收到过单位“{unit}”", "nothing was received from a unit “{unit}” in this round",
    "{near_zh}", "{near_en}",
)  # fmt: skip
BAD_CODE = Message(
    "W077", "error", "单位编号是空的", "the unit's code is empty", "填写单位编号", "fill in the unit's code"
)

# ---- what a closed round takes in
CLOSED = Message(
    "W104", "error", "批次已经截止，{day}交来的不收", "the round is closed: what came in on {day} is not accepted",
    "凭决定才能收：决定写在round.yaml的decisions里，导入时加--decision 决定编号（那天有效的决定：{known_zh}）",
    "only by a named decision: write it under `decisions` in round.yaml and import with --decision ID (in force that day: "
    "{known_en})",
)  # fmt: skip
UNKNOWN_DECISION = Message(
    "W105", "error", "批次里没有决定“{decision}”", "the round has no decision “{decision}”", "{near_zh}", "{near_en}"
)
NOT_IN_FORCE = Message(
    "W106", "error", "决定“{decision}”准许收{on}至{until}交来的，这份是{day}收到的",
    "the decision “{decision}” lets in what comes from {on} to {until}; this came on {day}",
    "核对收到日期（--on）；过了期限，须由原来的人另作决定",
    "check the day of receipt (--on); after that the decision must be made anew",
)  # fmt: skip
NOT_COVERED = Message(
    "W107", "error", "决定“{decision}”不包括单位{unit}", "the decision “{decision}” does not cover the unit {unit}",
    "核对单位编号；确应包括的，由作出决定的人补上", "check the code; if it should be covered, whoever decided adds it",
)  # fmt: skip
GRACE_CHANGES = Message(
    "W108", "error", "决定“{decision}”是{kind}，只准补交：“{label}”已经交过，原为{old}，不能改成{new}",
    "the decision “{decision}” is one of {kind}: it lets in what was missing, and “{label}” was given as {old}, now {new}",
    "填回原值；确要改，须有更正或异议的决定",
    "put the old value back; to change it takes a decision on a correction or an objection",
)  # fmt: skip
CORRECTION_ADDS = Message(
    "W109", "error", "决定“{decision}”是{kind}，只准改交过的：“{label}”原来没有交过",
    "the decision “{decision}” is one of {kind}: it lets in changes alone, and “{label}” was never given before",
    "删去这一项；确要补交，须有宽限或异议的决定", "leave it out; to add it takes a decision on grace or an objection",
)  # fmt: skip

DECISION_GONE = Message(
    "W120", "error", "{unit}的第{number}份收件是凭决定“{decision}”收下的，{what}",
    "submission {number} of {unit} was let in by the decision “{decision}”; {what}",
    "决定作出以后不能删、不能改窄：在round.yaml的decisions里恢复原样",
    "a decision is neither removed nor narrowed afterwards: restore it under `decisions` in round.yaml",
)  # fmt: skip
DECIDED_FOR_NOBODY = Message(
    "W121", "error", "决定“{decision}”写了单位“{unit}”，单位名册里没有这个编号",
    "the decision “{decision}” names the unit “{unit}”, which is not on the roster",
    "核对编号；{near_zh}", "check the code; {near_en}",
)  # fmt: skip

# ---- roster and ledger
NOT_ON_ROSTER = Message(
    "W110", "error", "单位名册里没有编号{unit}", "there is no unit with the code {unit} on the roster",
    "核对编号；{near_zh}", "check the code; {near_en}",
)  # fmt: skip
OTHER_ON_ROSTER = Message(
    "W111", "error", "{unit}的{label}写的是“{given}”，单位名册上是“{listed}”",
    "the {label} of {unit} is given as “{given}”; the roster says “{listed}”",
    "是另一个单位，就改编号；是名册错了，先用meihao roster改名册",
    "if it is another unit, give it its own code; if the roster is wrong, first correct it with meihao roster",
)  # fmt: skip
NO_ROSTER = Message(
    "W112", "error", "{path}没有单位名册", "{path} has no roster",
    "先做名册：meihao roster {path} --blank 名册.xlsx，填好后meihao roster {path} 名册.xlsx",
    "make one first: meihao roster {path} --blank roster.xlsx, fill it in, then meihao roster {path} roster.xlsx",
)  # fmt: skip
ROSTER_COUNTS = Message(
    "W114", "warning", "{unit}的{label}写的是“{given}”，照单位名册用“{listed}”",
    "the {label} of {unit} is given as “{given}”; “{listed}” is used, as the roster says",
    "核对哪一个对；名册错了，用meihao roster改", "check which is right; correct the roster with meihao roster if it is wrong",
)  # fmt: skip
LEDGER_BROKEN = Message(
    "W116", "error", "收件台账已损坏：{what}", "the ledger of receipts is broken: {what}",
    "从备份恢复ledger.jsonl；台账由程序写，不能改动。恢复以前，这个批次什么也不评、不收",
    "restore ledger.jsonl from a backup; it must not be edited. Until then, nothing in this round is judged or accepted",
)  # fmt: skip
RECEIPT_GONE = Message(
    "W117", "error", "{unit}的第{number}份收件{what}", "submission {number} of {unit} {what}",
    "台账里记着它，从备份恢复这个文件", "it is recorded in the ledger: restore the file from a backup",
)  # fmt: skip
MENDED = Message(
    "W118", "notice", "上次收件中途断了：补记{count}份，没有存下的单位：{lost_zh}",
    "the last import broke off: {count} receipts were written now; units that were not stored: {lost_en}",
    "没有存下的再导入一次", "import those units again",
)  # fmt: skip
NOT_IN_LEDGER = Message(
    "W119", "error", "{unit}的第{number}份收件没有记在台账里", "submission {number} of {unit} is not in the ledger",
    "收件要用meihao import；台账被截短了，就从备份恢复",
    "hand in with meihao import; if the ledger was cut short, restore it from a backup",
)  # fmt: skip

# ---- two homes
JOURNAL_BROKEN = Message(
    "W140", "error", "流水已损坏：{what}", "the journal is broken: {what}",
    "从备份恢复；流水由程序写，不能改动", "restore it from a backup; it is written by the program and must not be edited",
)  # fmt: skip
NOT_TOLD = Message(
    "W141", "error", "流水里没有{what}的这个内容", "the journal does not tell of {what} as it is now",
    "从备份恢复；改动要经程序，不能直接改数据库", "restore it from a backup; changes are made by the program alone",
)  # fmt: skip
LOOSE_EVIDENCE = Message(
    "W142", "error", "{name}是证据，又不是收件，搬不走", "{name} is evidence that was never received, so it cannot be moved",
    "先用meihao import收进来，再搬", "hand it in with meihao import first",
)  # fmt: skip
NOT_EMPTY = Message(
    "W143", "error", "{path}不是空的，不能把批次放进去", "{path} is not empty: a round is not put into it",
    "另写一个还没有的文件夹", "name a folder that does not exist yet",
)  # fmt: skip
ALREADY_THERE = Message(
    "W144", "error", "{path}里已经有批次“{round}”", "{path} already holds the round “{round}”",
    "另写一个服务文件夹；要换下原来的，先备份，再用新的文件夹", "name another folder to serve from; back up the old one first",
)  # fmt: skip
NOT_MOVED = Message(
    "W145", "error", "批次没有搬成：{why}", "the round was not moved: {why}",
    "核对权限和磁盘，再搬一次；这次什么也没有放下", "check the permissions and the disk, and move it again; nothing was put",
)  # fmt: skip
DOCUMENT_CHANGED = Message(
    "W146", "error", "{unit}的材料{name}收到以后被改动过", "the document {name} of {unit} was changed after it was received",
    "从备份恢复这个文件", "restore it from a backup",
)  # fmt: skip
STEP_BROKEN = Message(
    "W147", "error", "申报步骤的这一行读不了，或接不上这个单位前面的",
    "this step of an application cannot be read, or does not follow those of its unit before it",
    "从备份恢复steps.jsonl；它由程序写，不能改动",
    "restore steps.jsonl from a backup; it is written by the program and must not be edited",
)  # fmt: skip
