"""Lists the commands as data: names, help in Chinese and English, arguments, and where the work is done.

What stands here is loaded at every start; all other sentences are in `phrases/`.
"""

from __future__ import annotations

from collections.abc import Mapping

Options = Mapping[str, object]
DESCRIPTION = "美好：评什么、得几分、为什么。 What was asked, what it earned, and why."
LANGUAGE, MENU = "语言 language", "命令 COMMAND"
EPILOG = """例 Examples:
  meihao demo                                   跑一遍示例批次 run the sample round
  meihao assess 某小区.evidence.yaml --on 2026-06-30
  meihao explain C-0007 某批次/evidence --round 某批次 --criterion lifts
  meihao check 标准文件夹 && meihao test 标准文件夹"""
OUT_OF_MEMORY = "X053 内存不够，没有做完 / there is not enough memory: the work was not finished"
"""Said where no module can be loaded any more."""


class Command:
    """One command: `function` of `module`, named as seen from here, does it; that of the web is named and never imported.

    (A plain class: any other would slow down `--help`.)
    """

    __slots__ = ("arguments", "function", "help", "module", "name")

    def __init__(
        self, name: str, help: str, module: str, function: str, arguments: tuple[tuple[str, Options], ...] = ()
    ) -> None:
        self.name, self.help, self.module, self.function, self.arguments = name, help, module, function, arguments


PACK: tuple[str, Options] = ("--pack", {"type": "path", "metavar": "DIR", "help": "标准所在文件夹 folder of the pack"})
DRAFT: tuple[str, Options] = (
    "--draft",
    {"action": "store_true", "help": "标准有错误时按草案试评 try a standard that has errors, marked as a draft"},
)
ROUND: tuple[str, Options] = (
    "--round",
    {"type": "path", "metavar": "FILE", "help": "批次文件或文件夹 round file or folder"},
)
ON: tuple[str, Options] = (
    "--on",
    {"metavar": "DATE", "help": "评定日，单独评定时用 reference date of a unit judged alone"},
)
ENGINE: tuple[str, Options] = (
    "--engine",
    {"choices": ("auto", "durable", "reference"), "default": "auto", "help": "推理引擎，结果相同 same results"},
)
FORMAT: tuple[str, Options] = (
    "--format",
    {"choices": ("table", "json", "csv"), "default": "table", "help": "输出形式 output"},
)
EVIDENCE: tuple[str, Options] = (
    "evidence",
    {"type": "path", "nargs": "+", "metavar": "EVIDENCE", "help": "证据文件或文件夹 evidence files or folders"},
)
STAGE: tuple[str, Options] = (
    "--stage",
    {
        "choices": ("apply", "review", "inspect", "judge", "notice", "objection", "named"),
        "help": "示例批次进行到哪个阶段 the sample round as of a stage",
    },
)
EVIDENCE_IF_ANY: tuple[str, Options] = ("evidence", {**EVIDENCE[1], "nargs": "*"})
FOLDER: tuple[str, Options] = (
    "folder",
    {
        "type": "path",
        "nargs": "?",
        "metavar": "PACK",
        "help": "标准所在文件夹，缺省为内置 the built-in pack by default",
    },
)
SEAL: tuple[str, Options] = (
    "--seal",
    {"action": "store_true", "help": "没有错误就封存这一版 seal this edition if it has no errors"},
)
COMMANDS: tuple[Command, ...] = (
    Command(
        "demo", "示例批次：评定、排名、写出报告 an invented round, from files to lists", ".demo", "demo_command",
        (("--to", {"type": "path", "default": "build/demo", "metavar": "DIR", "help": "写到哪里 where to"}), STAGE, PACK, DRAFT,
         ENGINE),
    ),
    Command(
        "assess", "评定单位：得几分、为什么 judge units and say why", ".assess", "assess_command",
        (EVIDENCE, PACK, DRAFT, ROUND, ON, ENGINE, FORMAT),
    ),
    Command(
        "explain", "解释一个单位或一项指标 explain a unit, or one criterion", ".assess", "explain_command",
        (("unit", {"metavar": "UNIT", "help": "单位编号或名称 code or name"}), EVIDENCE,
         ("--criterion", {"metavar": "ID", "help": "指标 one criterion"}), PACK, DRAFT, ROUND, ON, ENGINE),
    ),
    Command(
        "rank", "排名：十百千各档、名额、递补 rank a round into tiers", ".rank", "rank_command",
        (EVIDENCE, PACK, DRAFT, ROUND, ON, ENGINE, FORMAT,
         ("--profile", {"metavar": "ID", "help": "榜单方案 tier profile"}),
         ("--to", {"type": "path", "metavar": "DIR", "help": "写成文件 write files"})),
    ),
    Command(
        "report", "单位报告：PDF或网页 reports of units", ".report", "report_command",
        (EVIDENCE_IF_ANY, PACK, DRAFT, ROUND, ON, ENGINE,
         ("--unit", {"nargs": "+", "metavar": "CODE", "help": "单位编号或名称 codes or names"}),
         ("--all", {"action": "store_true", "help": "全部单位 every unit"}),
         ("--jobs", {"type": "count", "default": 0, "metavar": "N", "help": "--all用几个进程，缺省每核一个 number of processes"}),
         ("--backend", {"choices": ("weasyprint", "typst"), "help": "PDF用什么排版 which program typesets the PDF"}),
         ("--blank", {"choices": ("score", "inspection"), "help": "空白自评表、核查表 blank sheets, from the pack alone"}),
         ("--disputed", {"action": "store_true", "help": "核查表只列要另一人再看的事项 only what another inspector must see"}),
         ("--kind", {"nargs": "+", "metavar": "KIND", "help": "空白表给哪些类别，缺省全部 kinds of the blank sheets"}),
         ("--protocol", {"action": "store_true", "help": "核查记录 inspection records instead of reports"}),
         ("--format", {"choices": ("pdf", "html"), "help": "PDF或网页，缺省PDF"}),
         ("--photos", {"type": "path", "metavar": "DIR", "help": "照片所在文件夹，按校验值找 photos, found by their sha256"}),
         ("--to", {"type": "path", "default": "build/reports", "metavar": "DIR", "help": "写到哪里 where to"})),
    ),
    Command(
        "template", "填报表：Excel表样，可带上次已报的 workbooks to fill in, with what was given before", ".template",
        "template_command",
        (("--kind", {"metavar": "KIND", "help": "单位类别 kind of unit"}),
         ("--unit", {"nargs": "+", "metavar": "CODE", "help": "单位编号（或名称），一个单位一份 codes, one file each"}),
         ("--role", {"choices": ("applicant", "inspector", "township", "county", "registry"), "default": "applicant",
                     "help": "谁来填 who fills it in"}),
         ("--form", {"choices": ("unit", "clerk"), "default": "unit",
                     "help": "一个单位一份，或一行一个单位 one file or one row for each unit"}),
         ("--prefill", {"type": "path", "metavar": "LAST", "help": "上次的证据，已有的不用再填 evidence of the last round"}),
         ("--disputed", {"action": "store_true", "help": "检查员的表只列要另一人再看的项 only what another must see"}),
         PACK, DRAFT, ROUND, ON,
         ("--to", {"type": "path", "default": "build/templates", "metavar": "DIR", "help": "写到哪里 where to"})),
    ),
    Command(
        "verify", "核验报告或结果：哪些相符、哪些不符 verify a report or result", ".verify", "verify_command",
        (("file", {"type": "path", "metavar": "FILE", "help": "PDF报告或结果JSON a PDF report or a result JSON"}),
         PACK, DRAFT, ROUND,
         ("--evidence", {"type": "path", "nargs": "+", "metavar": "EVIDENCE", "help": "证据，给了才能重评 to judge it anew"}),
         ("--state", {"type": "path", "metavar": "FILE", "help": "名单所据的数据状态，缺省为文件旁边的 state it was made from"}),
         ("--photos", {"type": "path", "metavar": "DIR", "help": "报告所附照片的文件夹 folder of the report's photos"}),
         ENGINE,
         ("--format", {"choices": ("table", "json"), "default": "table", "help": "输出形式 output"})),
    ),
    Command(
        "sign", "给PDF报告签名（要装pyHanko） sign a PDF report", ".verify", "sign_command",
        (("file", {"type": "path", "metavar": "FILE", "help": "PDF报告 a PDF report"}),
         ("--key", {"type": "path", "required": True, "metavar": "KEY.p12", "help": "密钥文件 key file, PKCS#12"}),
         ("--to", {"type": "path", "metavar": "FILE", "help": "写到哪里 where to"})),
    ),
    Command(
        "compare", "比较两次排名：变了什么、因为哪个事实 what changed and why", ".compare", "compare_command",
        (("old", {"type": "path", "metavar": "OLD", "help": "以前的排名结果JSON，或rank --to的文件夹 earlier result"}),
         ("new", {"type": "path", "metavar": "NEW", "help": "现在的排名结果JSON，或rank --to的文件夹 new result"}),
         ("--format", {"choices": ("table", "json"), "default": "table", "help": "输出形式 output"})),
    ),
    Command(
        "import", "收表：每格错误写回原表，完整的单位才收下 import workbooks, errors at their cells",
        ".import_", "import_command",
        (("files", {"type": "path", "nargs": "+", "metavar": "FILES", "help": "填好的.xlsx、.csv，或带材料的.zip filled in"}),
         PACK, DRAFT,
         ("--round", {"type": "path", "metavar": "DIR", "help": "批次文件夹，不写就只检查 without it nothing is stored"}),
         ("--to", {"type": "path", "metavar": "FILE", "help": "带错误的副本写到哪里 where the copy with errors goes"}),
         ("--in-place", {"action": "store_true", "help": "错误直接写进原文件 write errors into the file itself"}),
         ("--reason", {"metavar": "TEXT", "help": "更正理由 why earlier values are corrected"}),
         ("--decision", {"metavar": "ID", "help": "截止后凭哪个决定收下 the decision that lets it into a closed round"}),
         ("--on", {"metavar": "DATE", "help": "收到日期，缺省今天 the day of receipt, today by default"}),
         ("--format", {"choices": ("table", "json"), "default": "table", "help": "输出形式 output"})),
    ),
    Command(
        "status", "批次进度：缺什么、该谁交、还有几天 what a round has received and still lacks", ".status", "status_command",
        (("folder", {"type": "path", "metavar": "DIR", "help": "批次文件夹 folder of the round"}),
         ("--on", {"metavar": "DATE", "help": "哪一天的状态，缺省今天 as of which day, today by default"}),
         ("--unit", {"metavar": "CODE", "help": "一个单位，连同收件记录 one unit with its submissions"}), PACK, DRAFT, FORMAT),
    ),
    Command(
        "roster", "单位名册：从表格写成，或做一份空表 the units of a round, from a workbook", ".roster", "roster_command",
        (("folder", {"type": "path", "metavar": "DIR", "help": "批次文件夹 folder of the round"}),
         ("file", {"type": "path", "nargs": "?", "metavar": "FILE", "help": "填好的名册.xlsx、.csv a filled-in roster"}),
         ("--blank", {"type": "path", "metavar": "FILE", "help": "空名册写到哪里 where a workbook to fill in goes"}),
         PACK),
    ),
    Command("check", "检查标准：分值、区间、依据、用例 check a pack", ".check", "check_command", (FOLDER, SEAL)),
    Command("test", "运行标准自带的用例 run the cases of a standard", ".check", "test_command", (FOLDER,)),
    Command(
        "new", "新建：标准、批次，或标准里缺的用例 start a standard, a round, or the cases it lacks", ".new", "new_command",
        (("what", {"choices": ("pack", "round", "cases"), "metavar": "pack|round|cases", "help": "新建什么 what"}),
         ("folder", {"type": "path", "metavar": "DIR", "help": "新文件夹；cases：标准的 a new folder; cases: the standard's"}),
         ("--criterion", {"metavar": "ID", "help": "cases：只补这一项指标 cases: for one criterion"}),
         ("--on", {"metavar": "DATE", "help": "批次的评定日，如2026-06-30 the round's reference date"}), PACK),
    ),
    Command(
        "serve", "在浏览器里使用：打开一个批次的网页 serve a round to browsers", "..web.command", "serve_command",
        (("round", {"type": "path", "nargs": "?", "metavar": "ROUND",
                     "help": "服务文件夹，或批次文件夹 a served folder, or the folder of a round"}),
         ("--id", {"metavar": "ID", "help": "服务文件夹里的哪个批次 which round of a served folder"}),
         ("--https", {"action": "store_true", "help": "前面有处理https的服务器 a server in front speaks https"}),
         ("--demo", {"action": "store_true", "help": "打开编造的示例批次 the sample round"}), STAGE,
         ("--port", {"type": "port", "default": 8080, "help": "端口，0由系统挑选 port, 0: any that is free"}),
         ("--host", {"default": "127.0.0.1", "help": "地址，缺省只供本机 address, this machine alone by default"}), PACK),
    ),
    Command(
        "round", "在批次文件夹和服务文件夹之间搬批次，并核对 move a round into a served folder or out of it, and check it",
        "..web.moving", "round_command",
        (("act", {"choices": ("load", "export", "check"), "help": "放进去、取出来、核对 put in, take out, check"}),
         ("served", {"type": "path", "metavar": "SERVED", "help": "服务文件夹：数据库和材料 database and documents"}),
         ("folder", {"type": "path", "nargs": "?", "metavar": "FOLDER", "help": "批次文件夹 folder of plain files"}),
         ("--id", {"metavar": "ID", "help": "哪个批次，只有一个时不用写 which round, where there are several"}),
         ("--database", {"metavar": "URL", "help": "load：数据库放在PostgreSQL load: keep it in PostgreSQL (postgresql://…)"}),
         ("--by", {"metavar": "NAME", "help": "谁搬的，记入流水，缺省为登录名 who does it, for the journal"})),
    ),
    Command(
        "backup", "备份服务文件夹，边用边备 back up a served folder, also while it is served", "..web.moving", "backup_command",
        (("served", {"type": "path", "metavar": "SERVED", "help": "服务文件夹 a served folder"}),
         ("file", {"type": "path", "metavar": "FILE", "help": "备份写成哪个文件 the file to write"})),
    ),
    Command(
        "restore", "由备份恢复服务文件夹 lay a backup out as a served folder", "..web.moving", "restore_command",
        (("file", {"type": "path", "metavar": "FILE", "help": "备份文件 a backup"}),
         ("served", {"type": "path", "metavar": "SERVED", "help": "恢复到哪里，还没有的文件夹 a folder of a new name"})),
    ),
    Command("doctor", "检查本机：引擎、字体、PDF check what this machine can do", ".doctor", "doctor_command"),
    Command(
        "self-test", "运行测试 run the test suite", ".self_test", "self_test_command",
        (("rest", {"nargs": "...", "help": "pytest 参数 arguments"}),),
    ),
    Command("version", "版本 version", ".check", "version_command"),
)  # fmt: skip
