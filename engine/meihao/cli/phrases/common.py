"""Holds what several pages say: joints of sentences, heads of tables, and that there is more."""

from __future__ import annotations

from collections.abc import Mapping

from ...core.text import Label

COMMON: Mapping[str, Label] = {
    # ---- joints
    "listing": Label("、", ", "),
    "clauses": Label("；", "; "),
    "comma": Label("，", ", "),
    "colon": Label("：", ": "),
    "in_brackets": Label("（{text}）", " ({text})"),
    # ---- heads
    "unit": Label("单位", "unit"),
    "code": Label("编号", "code"),
    "name": Label("名称", "name"),
    "kind": Label("类别", "kind"),
    "region": Label("地区", "region"),
    "base": Label("基础分", "base"),
    "bonus": Label("加分", "bonus"),
    "total": Label("总分", "total"),
    "verdict": Label("结论", "verdict"),
    "why": Label("为什么", "why"),
    "missing": Label("缺什么", "missing"),
    # ---- lines
    "more_lines": Label("  · 另有{more}条", "  · and {more} more"),
    "draft": Label("草案", "draft"),
}
