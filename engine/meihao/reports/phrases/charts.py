"""Holds what charts say, in both languages and by key."""

from __future__ import annotations

from collections.abc import Mapping

from ...core.text import Label

CHARTS: Mapping[str, Label] = {
    "here": Label("本单位", "this unit"),
    "one_dot_one_unit": Label("每点一个单位", "each dot one unit"),
    "one_dot_some_units": Label("每点至多{n}个单位", "each dot up to {n} units"),
    "dots_explained": Label(
        "{dots}，共{n}个；横轴为{figure}。● 通过{passed}　◇ 待定{undetermined}　× 未通过{failed}",
        "{n} units, {dots}; axis: {figure}. ● passed {passed}  ◇ undetermined {undetermined}  × failed {failed}",
    ),
    "here_is": Label("本单位{figure}", "this unit {figure}"),
}
