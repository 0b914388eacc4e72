"""Holds what the page of the standard says around the sentences of the standard itself."""

from __future__ import annotations

from collections.abc import Mapping

from ...core.text import Label

STANDARD: Mapping[str, Label] = {
    "title": Label("{kind}评定标准", "The standard for a {kind}"),
    "kinds": Label("哪一类单位", "Kind of unit"),
    "asks": Label(
        "满分{full}分。一个单位要填{fields}项、交{files}份材料，大约{minutes}分钟。",
        "Full marks are {full}. A unit fills in {fields} items and hands in {files} documents: about {minutes} minutes.",
    ),
    "grades": Label("等次", "Grades"),
    "contents": Label("目录", "Contents"),
    "dimension": Label("{number}　{title}（{points}分）", "{number}  {title} ({points} points)"),
    "points": Label("{points}分", "{points} points"),
    "clause": Label("依据条款：{clause}", "Clause: {clause}"),
    "measured": Label("看什么", "What is measured"),
    "scored": Label("怎么计分", "How it is scored"),
    "conditions": Label("另有规定", "Also"),
    "documents": Label("要交的材料", "Documents"),
    "filled_in": Label("要填的内容", "What is filled in"),
    "field": Label("{title}（{role}填）", "{title} (by the {role})"),
    "field_minutes": Label("{title}（{role}填，约{minutes}分钟）", "{title} (by the {role}, minutes: {minutes})"),
    "good": Label("得满分的例子", "Earns full marks"),
    "bad": Label("得不满的例子", "Does not earn full marks"),
    "remedy": Label("怎样做到", "How to get there"),
    "basis": Label("来源", "Basis"),
    "more": Label("来源、例子和做法", "Basis, examples and advice"),
    "eligibility": Label("基本条件", "Basic conditions"),
    "vetoes": Label("一票否决和限制等次", "Vetoes and caps on the grade"),
    "checks": Label("数据核对", "Checks of the data"),
    "bonuses": Label("加分", "Bonus points"),
    "filter": Label("哪里用到这一项", "Where is this item used?"),
    "filter_hint": Label(
        "选一项要填的内容，只看用到它的条款。", "Choose an item that is filled in to see only what reads it."
    ),
    "all": Label("全部", "all"),
    "show": Label("查看", "Show"),
    "only": Label("只显示用到“{field}”的条款：", "Only what reads “{field}”:"),
    "nothing": Label("没有条款用到它。", "Nothing reads it."),
    "show_all": Label("显示全部", "Show everything"),
    "no_kind": Label(
        "标准里没有这一类单位，下面是{kind}的标准。",
        "The standard has no such kind of unit; this is the one for a {kind}.",
    ),
}
