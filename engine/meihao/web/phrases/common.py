"""Holds what every page says around its own content."""

from __future__ import annotations

from collections.abc import Mapping

from ...core.text import Label

COMMON: Mapping[str, Label] = {
    "skip": Label("跳到正文", "Skip to content"),
    "other_language": Label("English", "中文"),
    "menu": Label("主要页面", "Main pages"),
    "home": Label("首页", "Home"),
    "check": Label("检查填报表", "Check a form"),
    "try_out": Label("自评试算", "Try it out"),
    "standard": Label("标准全文", "The standard"),
    "round": Label("本批次", "This round"),
    "verify": Label("核验报告", "Verify a report"),
    "demo": Label("演示：所有单位和数据都是编造的", "Demonstration: every unit and figure is invented"),
    "edition": Label("{title} {edition}版", "{title}, edition {edition}"),
    "program": Label("美好 {version}", "Meihao {version}"),
    "problem": Label("有问题需要处理", "There is a problem"),
    "error_title": Label("错误：", "Error: "),
    "to_people": Label("账号", "Accounts"),
    "to_may": Label("谁可以做什么", "Who may do what"),
    "to_security": Label("登录安全", "Security"),
    "to_journal": Label("流水", "Journal"),
    "to_inbox": Label("待办", "Inbox"),
    "log_in": Label("登录", "Log in"),
    "log_out": Label("退出登录", "Log out"),
    "next": Label("继续", "Continue"),
}
