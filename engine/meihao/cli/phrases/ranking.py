"""Holds what the lists of a round say: tiers, places, who waits."""

from __future__ import annotations

from collections.abc import Mapping

from ...core.text import Label

RANKING: Mapping[str, Label] = {
    "silent": Label("未交材料{n}个：{names}", "{n:units} handed in nothing: {names}"),
    "counts": Label(
        "通过{passed}个，待定{undetermined}个，未通过{failed}个",
        "{passed} passed, {undetermined} undetermined, {failed} failed",
    ),
    # ---- a tier
    "places_taken": Label("名额{places}，定{taken}", "{places} places, {taken}"),
    "more_members": Label("…… 另有{more}个", "… and {more} more"),
    "open_places": Label("{n}个名额{waits}：{codes}", "{n:places}, {waits}: {codes}"),
    "reserve": Label("递补：{names}", "reserve: {names}"),
    "places_left": Label("名额未满", "places left"),
    "last_step": Label(" ⚑末位决定", " ⚑ last step"),
    "rank": Label("名次", "rank"),
    "seat": Label("名额", "seat"),
    "chosen_for": Label("入选依据", "why"),
    "percent": Label("得分率", "percent"),
    # ---- who waits
    "has": Label("现有", "has"),
    "at_most": Label("最多", "at most"),
    "best_rank": Label("最好名次", "best rank"),
}
