"""Holds what the pages of a round say."""

from __future__ import annotations

from collections.abc import Mapping

from ...core.text import Label
from ...store.standing_words import COLUMN

ROUND: Mapping[str, Label] = {
    **{key: Label(label.zh, label["en"].capitalize()) for key, label in COLUMN.items()},
    "title": Label("{round}", "{round}"),
    "as_of": Label("{day}　{counts}。", "{day}: {counts}."),
    "reference": Label("评定日{day}。", "Reference date: {day}."),
    "closed": Label("已截止收件。", "It takes nothing more in."),
    "results": Label("评定结果", "Results"),
    "kind": Label("类别", "Kind"),
    "units": Label("单位", "Units"),
    "passed": Label("通过", "Passed"),
    "failed": Label("未通过", "Failed"),
    "undetermined": Label("待定", "Undetermined"),
    "owes": Label("谁还欠什么", "Who still owes what"),
    "lacks": Label("还缺什么", "Missing"),
    "units_owe": Label("哪些单位还欠", "Units that still owe something"),
    "remind": Label("催办的话", "Reminders"),
    "remind_said": Label(
        "点一个地区，出来一段话，全选、复制，贴到工作群里。只写单位和哪一方欠，不写人名。",
        "Choose a region for a text to select, copy and paste into a chat group. It names units and roles, no persons.",
    ),
    "remind_of": Label("{name}（{n}个）", "{name} ({n})"),
    "remind_text": Label("贴到“{name}”工作群的话", "Text for the group of {name}"),
    "regions": Label("各地区", "By region"),
    "region": Label("地区", "Region"),
    "expected": Label("{units}／{expected}", "{units} of {expected}"),
    "percent": Label("{percent}%", "{percent}%"),
    "list": Label("单位名单", "List of units"),
    "find": Label("查找单位", "Find a unit"),
    "find_hint": Label("写编号或名称的一部分。", "A part of the code or the name."),
    "state": Label("结论", "Verdict"),
    "any": Label("不限", "any"),
    "show": Label("查看", "Show"),
    "found": Label("共{count}个，第{page}页，共{pages}页。", "{count} found, page {page} of {pages}."),
    "none": Label("没有这样的单位。", "There is no such unit."),
    "earlier": Label("上一页", "Previous page"),
    "later": Label("下一页", "Next page"),
    "code": Label("编号", "Code"),
    "name": Label("名称", "Name"),
    "total": Label("总分", "Total"),
    "no_round": Label("没有打开批次", "No round is open"),
    "no_round_said": Label(
        "这里只打开了标准。要看批次，启动时写明批次文件夹。",
        "Only the standard is open here. To see a round, name its folder when the server is started.",
    ),
    "faulty": Label("有些文件读不了，结果没有算出来", "Some files cannot be read, so there are no results"),
}
