"""Holds the sentences of public notices and of decisions, in both languages and by key."""

from __future__ import annotations

from collections.abc import Mapping

from ...core.text import Label

OFFICIAL: Mapping[str, Label] = {
    # ---- the decision
    "approved_by": Label("，并经{who}审定", " and approval by {who}"),
    "under_standard": Label("根据《{title}》（{edition}），", "Under “{title}” ({edition}), "),
    "are_named": Label("，决定命名{counts}，名单见附件。", ", the units in the annexes are named: {counts}."),
    "none_named": Label("，没有单位达到命名条件，本次不予命名。", ", no unit meets the conditions for naming."),
    "valid_until": Label("命名有效期至{until}。", "The naming is valid until {until}."),
    # ---- the notice
    "notice_period": Label("一、公示时间", "1. Period of notice"),
    "objections": Label("二、异议的提出和受理", "2. Objections"),
    "how_to_object": Label("（一）提出方式", "(1) How to object"),
    "objection_rules": Label(
        "对名单有异议的，请在公示期内书面反映，写明事实，署真实姓名并留联系方式。",
        "Objections must be made in writing within this period. State the facts and give your name and how to reach you.",
    ),
    "where_to_object": Label("（二）受理部门和联系方式", "(2) Where to send them"),
    "none_proposed": Label(
        "经评定，没有单位达到拟命名的条件。现予公示，接受社会监督。", "no unit meets the conditions for naming."
    ),
    "are_proposed": Label(
        "经评定，拟命名{counts}，名单见附件。现予公示，接受社会监督。",
        "the units in the annexes are proposed for naming: {counts}. They are published here for public scrutiny.",
    ),
    "working_days": Label("，共{n}个工作日（含首日）", ", {n} working days including the first"),
    "from_to": Label("公示期为{first}至{last}{counted}。", "From {first} to {last}{counted}."),
    # ---- what both have
    "note_in_brackets": Label("（{text}）", "({text})"),
    "annex_stop": Label(".", ". "),
    "named_of_group": Label("{group}{n}个", "{n} {group}"),
    "annex_number": Label("附件{n}", "Annex {n}"),
    "list_of_group": Label("{group}{what}", "{group}: {what}"),
    "tier_number": Label("{n}、", "{n}. "),
    "places_open": Label(
        "另有{n}个名额尚未确定，确定后另行公布。", "{n} more places are open; they will be published later."
    ),
}
