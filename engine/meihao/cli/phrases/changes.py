"""Holds what the comparison of two rankings says."""

from __future__ import annotations

from collections.abc import Mapping

from ...core.text import Label

CHANGES: Mapping[str, Label] = {
    "counted": Label("共{n}处变化", "{n:changes}"),
    "counted_by_unit": Label(
        "共{n}处变化，{units}个单位：{lost}个失去名额，{took}个取得名额",
        "{n:changes}, {units:units}: {lost} lost a place, {took} took one",
    ),
    "neither_changed": Label("  名次和分数没有变", "  rank and figure did not change"),
    "rank_only": Label("别的单位变了，名次跟着变的：", "rank only, because others changed: "),
    "named": Label("{name}（{code}）", "{name} ({code})"),
    # ---- the facts behind a change
    "cause_context": Label("全批的比较值 {title}", "value across the round {title}"),
    "cause_rule": Label("规则 {title}", "rule {title}"),
    "cause_item": Label("{title}（{id}）", "{title} ({id})"),
    "handed_in": Label("{day} {by}交", "handed in by {by} on {day}"),
    "from_file": Label("原文件{file}", "from {file}"),
    "decision": Label("凭决定{decision}", "by decision {decision}"),
    "reason": Label("理由：{reason}", "reason: {reason}"),
}
