"""Holds what the first page says."""

from __future__ import annotations

from collections.abc import Mapping

from ...core.text import Label

HOME: Mapping[str, Label] = {
    "title": Label("您想做什么？", "What would you like to do?"),
    "lead": Label(
        "本页各项不用登录，填写和上传的内容不会保存。",
        "Nothing here needs an account, and nothing that you type or upload is kept.",
    ),
    "check_said": Label(
        "上传填好的表格，逐格列出错误和改法。",
        "Upload a filled-in form and see every error at its cell, with what to do about it.",
    ),
    "try_out_said": Label(
        "边填边看得分，知道每一条为什么得分、还差什么。",
        "Fill in and watch the score: what each item earned, why, and what is missing.",
    ),
    "standard_said": Label(
        "每条指标怎么计分、要什么材料，各举达标和不达标的例子。",
        "How each criterion is scored, which documents it asks for, with an example that meets it and one that does not.",
    ),
    "round_said": Label("本批次的单位、进度和结果。", "The units of this round, their progress and results."),
    "verify_said": Label(
        "上传评定报告或公示名单，核对它是不是原件、能不能重算出来。",
        "Upload a report or a notice and see whether it is unaltered and can be made again.",
    ),
}
