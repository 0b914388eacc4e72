"""Holds what the bar of each stage of a command's work is called."""

from __future__ import annotations

from collections.abc import Mapping

from ...core.text import Label
from ...core.watch import Stage

STAGES: Mapping[Stage, Label] = {
    "inventing": Label("编写示例", "inventing"),
    "reading": Label("读取", "reading"),
    "counting": Label("清点", "counting"),
    "judging": Label("评定", "judging"),
    "ordering": Label("排名", "ranking"),
    "placing": Label("分名额", "sharing places"),
    "filling": Label("写表", "writing"),
    "recording": Label("写核查记录", "writing"),
    "writing": Label("写报告", "writing"),
}
