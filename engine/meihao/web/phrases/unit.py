"""Holds what the page of a unit says around its explanation."""

from __future__ import annotations

from collections.abc import Mapping

from ...core.text import Label

UNIT: Mapping[str, Label] = {
    "title": Label("{name}", "{name}"),
    "base": Label("基础分", "Base"),
    "bonus": Label("加分", "Bonus"),
    "total": Label("总分", "Total"),
    "of": Label("{points}／{full}", "{points} of {full}"),
    "dimensions": Label("各维度得分", "Points by dimension"),
    "dimension": Label("维度", "Dimension"),
    "points": Label("得分", "Points"),
    "full": Label("满分", "Of"),
    "items": Label("每条指标", "Every criterion"),
    "findings": Label("核查发现", "Findings"),
    "evidence": Label("依据的记录", "Records"),
    "missing": Label("还缺", "Missing"),
    "remedy": Label("怎样补齐", "To earn the rest"),
    "basis": Label("来源", "Basis"),
    "clause": Label("条款", "Clause"),
    "why": Label("证据和做法", "Evidence and advice"),
    "record": Label("{label}：{value}（{who}，{day}）", "{label}: {value} ({who}, {day})"),
    "record_undated": Label("{label}：{value}（{who}）", "{label}: {value} ({who})"),
    "report": Label("完整报告（可打印）", "Full report, to print"),
    "all_units": Label("全部单位", "All units"),
}
