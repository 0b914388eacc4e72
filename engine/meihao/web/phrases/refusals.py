"""Holds what a page says that cannot be shown."""

from __future__ import annotations

from collections.abc import Mapping

from ...core.text import Label

REFUSALS: Mapping[str, Label] = {
    "missing": Label("没有这一页", "This page does not exist"),
    "missing_said": Label("核对网址，或从首页进入。", "Check the address, or start from the first page."),
    "forged": Label("这次提交没有通过核对", "This form could not be accepted"),
    "forged_said": Label(
        "表单可能已过期，或浏览器没有接受本站的Cookie。返回上一页，刷新后再提交；填写的内容还在上一页。",
        "The form may be too old, or the browser does not accept cookies of this site. Go back, reload and send it again; "
        "what you filled in is still on the page before.",
    ),
    "bad": Label("这次请求看不懂", "This request cannot be read"),
    "bad_said": Label(
        "内容太大或不完整。返回上一页再试；文件不超过{most}。",
        "It is too large or incomplete. Go back and try again; a file may have up to {most}.",
    ),
    "failed": Label("程序出错，这是我们的问题", "Something went wrong on our side"),
    "failed_said": Label(
        "请返回再试一次；仍然这样，请把时间和正在做的事告诉管理员。",
        "Go back and try again; if it stays like this, tell the administrator the time and what you were doing.",
    ),
}
