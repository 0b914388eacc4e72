"""Holds what is said where the machine or the program fails; mostly in both languages, since neither may be known."""

from __future__ import annotations

from collections.abc import Mapping

from ...core.text import Label

FAILURES: Mapping[str, Label] = {
    "a_file": Label("文件", "a file"),
    "interrupted": Label("已中断", "interrupted"),
    "output_lost": Label(
        "结果没有写完：{why}（腾出空间再来）", "the output is not whole: {why} (make room and try again)"
    ),
    "our_bug": Label(
        "程序出错（这是我们的问题，不是您的）：{bug}", "our bug, not yours: {bug}  (--debug 显示详情 shows more)"
    ),
}
