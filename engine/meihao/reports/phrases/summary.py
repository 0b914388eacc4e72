"""Holds the sentences of the summary of a round, in both languages and by key."""

from __future__ import annotations

from collections.abc import Mapping

from ...core.text import Label

SUMMARY: Mapping[str, Label] = {
    # ---- counts
    "summary": Label("本轮概览", "Summary of the round"),
    "count_units": Label("参评单位", "Units"),
    "pass_rates": Label("各地通过率", "Pass rate by county"),
    "pass_key": Label(
        "自左：通过、待定、未通过；右：通过数／参评数。",
        "From the left: passed, undetermined, failed; right: passed of all.",
    ),
    # ---- places
    "tier_seats": Label("各档名额", "Places by tier"),
    "seats_key": Label(
        "已有／名额；浅色为待抽签或待委员会确定。",
        "Taken out of all places; the lighter part waits for the lot or the committee.",
    ),
    "all_units": Label("全部单位", "All units"),
    "contested": Label("还可能变动的名额", "Places that may still change"),
    "uncontested": Label("没有并列、待定或差距很小的名额。", "No place is tied, open or held by a narrow margin."),
    "regions_more": Label("另有{n}个地区。", "{n} regions more."),
    "tiers_nest": Label("每档的数含上一档。", "Each tier counts those of the tier above."),
    "decided_by_last_step": Label("由抽签或委员会决定：{names}", "decided by lot or committee: {names}"),
    "narrowest_lead": Label("最小差距{lead}：{name}与{heirs}", "narrowest lead {lead}: {name} over {heirs}"),
    "may_enter": Label("待定单位可能进入：{names}", "undetermined units that may enter: {names}"),
    "may_put_out": Label(
        "待定单位可能进入，末位{last}等可能退出：{names}",
        "undetermined units that may enter and put out {last}: {names}",
    ),
    "awaited_more": Label("等{all}项", " and {more} more"),
    # ---- criteria and burden
    "weakest": Label("得分率最低的指标", "Weakest criteria"),
    "weakest_key": Label(
        "已确定得分占满分，右为适用的单位数；不适用和免检的不计。",
        "Certain points out of full marks; right: units it applies to.",
    ),
    "burden": Label("填报负担（每个单位自己要填的）", "Burden (what a unit fills in itself)"),
    "burden_key": Label("标准要求／标准自定上限。", "Asked for, out of the standard's own limit."),
    "minutes": Label("分钟", "minutes"),
    "fields": Label("字段", "fields"),
    "file_count": Label("材料", "documents"),
}

COUNTED: Mapping[str, Label] = {
    "passed": Label("通过", "Passed"),
    "undetermined": Label("待定", "Undetermined"),
    "failed": Label("未通过", "Failed"),
}
