"""Holds what the demonstration says around its results."""

from __future__ import annotations

from collections.abc import Mapping

from ...core.text import Label

DEMO: Mapping[str, Label] = {
    "units_head": Label("单位", "units"),
    "written_to": Label("已写入{folder}：", "written to {folder}:"),
    "what_next": Label("接下来可以：", "what next:"),
    "as_of_stage": Label("{stage}阶段，截至{day}", "{stage}, as of {day}"),
    "came_in": Label("{units}个单位交来{submissions}份", "submissions: {submissions}, from {units} units"),
    "put_into": Label("收进服务文件夹", "into a folder to serve with accounts"),
    "in_a_browser": Label("在浏览器里看", "the same in a browser"),
}
