"""Holds the fixed words of explanations, in Chinese and English: outcomes, causes and verdicts."""

from __future__ import annotations

from collections.abc import Mapping

from ...core.text import Label
from ...core.unknown import Cause

OUTCOME: Mapping[str, Label] = {
    "met": Label("达到", "met"),
    "partly_met": Label("部分达到", "partly met"),
    "not_met": Label("未达到", "not met"),
    "unknown": Label("待定", "open"),
    "not_applicable": Label("不适用", "not applicable"),
    "exempt": Label("免检", "exempt"),
    "error": Label("出错", "error"),
}
VERDICT: Mapping[str, Label] = {
    "passed": Label("通过", "passed"),
    "failed": Label("未通过", "failed"),
    "undetermined": Label("待定", "undetermined"),
}
CAUSE: Mapping[Cause, Label] = {
    "missing_fact": Label("缺“{subject}”", "“{subject}” is missing"),
    "missing_document": Label("缺材料《{subject}》", "the document “{subject}” is missing"),
    "expired_document": Label("材料《{subject}》已过期", "the document “{subject}” has expired"),
    "sample_too_small": Label("样本份数不足，不能判定", "the sample is too small"),
    "awaiting_inspector": Label("待检查员填写“{subject}”", "the inspector has yet to fill in “{subject}”"),
    "inspectors_disagree": Label("检查员对“{subject}”意见不一致", "the inspectors disagree on “{subject}”"),
    "numbers_disagree": Label("“{subject}”的几份记录互相矛盾", "the records of “{subject}” contradict one another"),
    "needs_round": Label("“{subject}”须与本批次其他单位比较才能判定", "“{subject}” can be judged only within a round"),
}
EFFECT: Mapping[str, Label] = {
    "ineligible": Label("不符合基本条件", "not eligible"),
    "veto": Label("一票否决", "vetoed"),
    "cap_grade": Label("限制等次", "grade capped"),
    "zero_item": Label("该项计0分", "item scores 0"),
    "hold_item": Label("该项待核", "item held for checking"),
    "none": Label("提示", "note"),
}
NOT_YET: Mapping[str, Label] = {
    "ineligible": Label("基本条件尚待核实", "a basic condition is still to be verified"),
    "veto": Label("否决项尚待核实", "a veto is still to be ruled out"),
    "cap_grade": Label("是否限制等次尚待核实", "a cap on the grade is still to be ruled out"),
}
"""What an open rule may still do, said so that nobody takes it for a finding."""
ORIGIN: Mapping[str, Label] = {
    "article": Label("报道", "article"),
    "public_sheet": Label("公开评分表", "public sheet"),
    "law": Label("法规标准", "law or standard"),
    "ours": Label("本项目所拟", "proposed by this project"),
    "committee": Label("委员会", "committee"),
}
BUILT_IN: Mapping[str, Label] = {
    "reference_date": Label("评定日", "reference date"),
    "unit.region": Label("所在地区", "region"),
    "children": Label("下级单位的评定结果", "results of the units below"),
}
