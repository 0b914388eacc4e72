"""Defines the problems of cases, from code T001 on."""

from __future__ import annotations

from ..core.problems import Message

NO_SUCH_CRITERION = Message(
    "T001", "error", "没有指标“{name}”", "there is no criterion “{name}”", "{near_zh}", "{near_en}"
)
NO_SUCH_RULE = Message("T002", "error", "没有规则“{name}”", "there is no rule “{name}”", "{near_zh}", "{near_en}")
WRONG_KIND = Message(
    "T003", "error", "规则“{rule}”不适用于{kind}", "rule “{rule}” does not apply to a {kind}",
    "改用规则kinds里的类别", "use a kind that the rule names",
)  # fmt: skip
CASE_FAILED = Message(
    "T004", "error", "用例“{name}”应为{expected}，实为{got}", "case “{name}” expects {expected}, got {got}",
    "核对条文手算的分数，改用例或改标准", "work out the points from the clause again, then correct the case or the standard",
)  # fmt: skip
NO_CASE = Message(
    "T005", "error", "“{subject}”没有结果为{outcome}的用例", "“{subject}” has no case that gives {outcome}",
    "在旁边的.cases.yaml里补一个", "add one to the .cases.yaml beside it",
)  # fmt: skip
