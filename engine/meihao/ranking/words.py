"""Holds what the seats of a ranking and its open places are called."""

from __future__ import annotations

from ..core.text import Label

SEAT = {
    "proportional": Label("地区名额", "regional seat"),
    "floor": Label("地区保底", "regional floor"),
    "list": Label("榜上", "list"),
    "committee": Label("委员会列入", "committee"),
}
WAITS = {
    "lot": Label("待抽签", "waits for the lot"),
    "committee": Label("待委员会确定", "waits for the committee"),
    "shared": Label("并列待定", "tied"),
}
