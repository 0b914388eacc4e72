"""Holds the sentences of public notices and of decisions, in both languages and by key."""

from __future__ import annotations

from collections.abc import Mapping

from ...core.text import Label

OFFICIAL: Mapping[str, Label] = {
    # ---- the decision
    "decision": Label("命名决定", "Naming decision"),
    "decision_title": Label("关于{round}单位命名的决定", "Decision naming the units of {round}"),
    "units_named": Label("命名单位名单", "units named"),
    "approved_by": Label("，并经{who}审定", " and approval by {who}"),
    "under_standard": Label("根据《{title}》（{edition}），", "Under “{title}” ({edition}), "),
    "are_named": Label("，决定命名{counts}，名单见附件。", ", the units in the annexes are named: {counts}."),
    "none_named": Label("，没有单位达到命名条件，本次不予命名。", ", no unit meets the conditions for naming."),
    "valid_until": Label("命名有效期至{until}。", "The naming is valid until {until}."),
    # ---- the notice
    "notice": Label("公示名单", "Public notice"),
    "notice_title": Label("关于{round}拟命名单位的公示", "Public notice of the units proposed in {round}"),
    "units_proposed": Label("拟命名单位名单", "units proposed for naming"),
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
    "issuer_blank": Label("（发文机关名称）", "(issuing office)"),
    "number_blank": Label("________〔____〕____号", "No. ________"),
    "signed_blank": Label("（发文机关署名）", "(issuing office)"),
    "seal_place": Label("（盖章处）", "(seal)"),
    "draft_paper": Label("草稿", "DRAFT"),
    "long_day": Label("{year}年{month}月{day}日", "{day} {month} {year}"),
    "no_day": Label("____年__月__日", "________"),
    "annex": Label("附件", "Annex"),
    "annexes": Label("附件", "Annexes"),
    "notice_order": Label(
        "（同一档内按地区和编号排列，不分先后）", "(Within a tier, units are listed by region and code, not by merit.)"
    ),
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

OBJECTIONS: Mapping[str, Label] = {
    "": Label("经评定、公示", "following assessment and public notice"),
    "none": Label(
        "经评定、公示，公示期内没有异议", "following assessment and a public notice to which no one objected"
    ),
    "settled": Label(
        "经评定、公示，公示期内的异议均已办结",
        "following assessment and a public notice, all objections to which have been settled",
    ),
}
CONTACT: Mapping[str, Label] = {
    "office": Label("受理部门", "Office"),
    "person": Label("联系人", "Contact"),
    "telephone": Label("联系电话", "Telephone"),
    "email": Label("电子邮箱", "E-mail"),
    "address": Label("通信地址", "Address"),
}
MONTHS = (
    Label("1", "January"), Label("2", "February"), Label("3", "March"), Label("4", "April"), Label("5", "May"),
    Label("6", "June"), Label("7", "July"), Label("8", "August"), Label("9", "September"), Label("10", "October"),
    Label("11", "November"), Label("12", "December"),
)  # fmt: skip
NUMERALS = "〇一二三四五六七八九十"
