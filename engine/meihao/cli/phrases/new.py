"""Holds what is said of a new standard, round or case: what comes next."""

from __future__ import annotations

from collections.abc import Mapping

from ...core.text import Label

NEW: Mapping[str, Label] = {
    "folder_ready": Label("已建好{folder}，接下来：", "{folder} is ready; what next:"),
    "complete_cases": Label(
        "把“{open}”换成事实和按条文手算的分数，再运行：",
        "replace each {open} by a fact, or by points worked out from the clause, then run:",
    ),
    # ---- the commands that follow, each with the names of its files
    "roster_file": Label("名册", "roster"),
    "filled_form": Label("填好的表", "FILLED"),
    "make_roster": Label("做一份空名册，填上参评单位", "a roster to fill in"),
    "take_roster": Label("收名册，有了名册才能收表", "take it in: forms need it"),
    "make_forms": Label("发表：做出填报表", "a workbook to fill in"),
    "take_forms": Label("收表", "take it in"),
    "see_status": Label("看还缺什么、该谁交", "what is missing, and by whom"),
    "where_dates_stand": Label(
        "期限、地区写在{folder}/round.yaml，放假和调休写在{folder}/calendar.yaml",
        "deadlines and regions: {folder}/round.yaml; holidays: {folder}/calendar.yaml",
    ),
}
