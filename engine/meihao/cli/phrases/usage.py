"""Holds what is said of words that the command line cannot take: argparse's English, and the same in Chinese.

Plain texts, not labels: these are said before anything else is loaded.
"""

from __future__ import annotations

WRONG_USE = ("C019 {zh}（{prog} --help 看用法）", "usage error: {en} ({prog} --help)")
"""Both lines of a complaint, zh and en."""
COMPLAINTS = (
    (r"the following arguments are required: (?P<names>.*)", "缺少参数：{names}"),
    (r"unrecognized arguments: (?P<names>.*)", "不认识的参数：{names}"),
    (r"argument (?P<name>.+?): expected (?:one|at least one) argument", "{name}后面要写内容"),
    (
        r"argument (?P<name>.+?): wants a whole number up to (?P<most>\d+), got '(?P<got>(?s:.*))'",
        "{name}应为0到{most}的整数，现为“{got}”",
    ),
    (
        r"argument (?P<name>.+?): wants a port, 0 to (?P<most>\d+), got '(?P<got>(?s:.*))'",
        "{name}应为端口，0到{most}，现为“{got}”",
    ),
)
CHOICE = r"(?:argument (?P<name>.+?): )?invalid choice: (?P<got>'.*?'|\S+) \(choose from (?P<known>.*)\)"
NO_SUCH, NEAR, KNOWN, BETWEEN = "没有“{got}”", "，是否想写 {near}？", "，可用：{known}", "、"
ANY_OTHER = "参数不对：{message}"
