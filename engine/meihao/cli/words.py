"""The commands as data: names, help in Chinese and English, arguments, and where the work is done."""

from __future__ import annotations

from collections.abc import Mapping

Options = Mapping[str, object]
EPILOG = """例 Examples:
  meihao demo                                   跑一遍示例批次 run the sample round
  meihao assess 某小区.evidence.yaml --on 2026-06-30
  meihao explain C-0007 某批次/evidence --round 某批次 --criterion lifts
  meihao check 标准文件夹 && meihao test 标准文件夹"""


class Command:
    """One command: `module.function` below `meihao.cli` does it. (A plain class: any other would slow down `--help`.)"""

    __slots__ = ("arguments", "function", "help", "module", "name")

    def __init__(
        self, name: str, help: str, module: str, function: str, arguments: tuple[tuple[str, Options], ...] = ()
    ) -> None:
        self.name, self.help, self.module, self.function, self.arguments = name, help, module, function, arguments


PACK: tuple[str, Options] = ("--pack", {"type": "path", "metavar": "DIR", "help": "标准所在文件夹 folder of the pack"})
ROUND: tuple[str, Options] = (
    "--round",
    {"type": "path", "metavar": "FILE", "help": "批次文件或文件夹 round file or folder"},
)
ON: tuple[str, Options] = ("--on", {"metavar": "DATE", "help": "评定日，单独评定时用 reference date of a lone unit"})
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
    {"action": "store_true", "help": "没有错误就封存这一版 seal this edition if it is sound"},
)
COMMANDS: tuple[Command, ...] = (
    Command(
        "demo", "示例批次：评定、排名、写出报告 an invented round from files to lists", "demo", "demo_command",
        (("--to", {"type": "path", "default": "build/demo", "metavar": "DIR", "help": "写到哪里 where to"}), PACK, ENGINE),
    ),
    Command(
        "assess", "评定单位：得几分、为什么 judge units and say why", "assess", "assess_command",
        (EVIDENCE, PACK, ROUND, ON, ENGINE, FORMAT),
    ),
    Command(
        "explain", "解释一个单位或一项指标 explain a unit, or one criterion", "assess", "explain_command",
        (("unit", {"metavar": "UNIT", "help": "单位编号或名称 code or name"}), EVIDENCE,
         ("--criterion", {"metavar": "ID", "help": "指标 one criterion"}), PACK, ROUND, ON, ENGINE),
    ),
    Command(
        "rank", "排名：十百千各档、名额、递补 rank a round into tiers", "rank", "rank_command",
        (EVIDENCE, PACK, ROUND, ON, ENGINE, FORMAT,
         ("--profile", {"metavar": "ID", "help": "榜单方案 tier profile"}),
         ("--to", {"type": "path", "metavar": "DIR", "help": "写成文件 write files"})),
    ),
    Command(
        "report", "单位报告：PDF或网页 reports of units", "report", "report_command",
        (EVIDENCE, PACK, ROUND, ON, ENGINE,
         ("--unit", {"nargs": "+", "metavar": "CODE", "help": "单位编号或名称 codes or names"}),
         ("--all", {"action": "store_true", "help": "全部单位 every unit"}),
         ("--format", {"choices": ("pdf", "html"), "help": "PDF或网页，缺省PDF"}),
         ("--to", {"type": "path", "default": "build/reports", "metavar": "DIR", "help": "写到哪里 where to"})),
    ),
    Command(
        "compare", "比较两次排名：变了什么 what changed between two rankings", "rank", "compare_command",
        (("old", {"type": "path", "metavar": "OLD", "help": "以前的排名结果JSON"}),
         ("new", {"type": "path", "metavar": "NEW", "help": "现在的排名结果JSON"})),
    ),
    Command("check", "检查标准：分值、区间、依据、用例 check a pack", "check", "check_command", (FOLDER, SEAL)),
    Command("test", "运行标准自带的用例 run a pack's own cases", "check", "test_command", (FOLDER,)),
    Command(
        "new", "新建：一份标准，或一个批次 start a pack of one's own, or a round", "new", "new_command",
        (("what", {"choices": ("pack", "round"), "metavar": "pack|round", "help": "新建什么 what"}),
         ("folder", {"type": "path", "metavar": "DIR", "help": "新文件夹 a new folder"}), PACK),
    ),
    Command("doctor", "检查本机：引擎、字体、PDF what this machine can do", "doctor", "doctor_command"),
    Command(
        "self-test", "运行测试 run the suite", "self_test", "self_test_command",
        (("rest", {"nargs": "...", "help": "pytest 参数 arguments"}),),
    ),
    Command("version", "版本 version", "check", "version_command"),
)  # fmt: skip
