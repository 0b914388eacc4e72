"""Holds what the terminal says while pages are served."""

from __future__ import annotations

from collections.abc import Mapping

from ...core.text import Label

COMMAND: Mapping[str, Label] = {
    "serving": Label("{title}：{address}\n按Ctrl-C停止。", "{title}: {address}\nPress Ctrl-C to stop."),
    "serving_demo": Label(
        "{title}：{address}\n演示用的数据，停止后不保留。按Ctrl-C停止。",
        "{title}: {address}\nDemonstration: nothing is kept. Press Ctrl-C to stop.",
    ),
    "first": Label(
        "还没有账号管理员。24小时内打开这个链接设立，只能用一次：\n{link}",
        "There is no administrator of accounts yet. Open this link within 24 hours to set one up; it is good once:\n{link}",
    ),
}
