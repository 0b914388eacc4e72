"""Holds the sentences on places, tiers and ranks, in both languages and by key."""

from __future__ import annotations

from collections.abc import Mapping

from ...core.text import Label

RANKING: Mapping[str, Label] = {
    # ---- why a unit has its place
    "percent_of": Label("“{dimension}”得分率", "percent of “{dimension}”"),
    "names_more": Label("等{all}个", " and {more} more"),
    "names_with_rank": Label("第{rank}名{names}", "{names} (rank {rank})"),
    "seat_of": Label("{region}名额", "seat of {region}"),
    "seat_floor": Label("{region}保底名额", "guaranteed seat of {region}"),
    "seat_passed_on": Label("{region}调剂名额", "unused seat passed on in {region}"),
    "seat_by_rank": Label("按名次", "by rank"),
    "seat_by_committee": Label("委员会列入", "put in by the committee"),
    "heirs_without_seat": Label(
        "{heirs}名次在前，但所在地区无名额", "{heirs} stands higher but has no seat in its region"
    ),
    "leads_by": Label("{figure}领先{heirs}{lead}", "{figure} {lead} ahead of {heirs}"),
    "level_decided": Label("与{heirs}同分，由{step}决定", "level with {heirs}; decided by {step}"),
    "level_ahead": Label("与{heirs}同分，{step}在前", "level with {heirs}; ahead by {step}"),
    "confirmed": Label("{by}确认", "confirmed by {by}"),
    "one_unit": Label("{n}个", "{n} unit"),
    "many_units": Label("{n}个", "{n} units"),
    "units_with_inner": Label("{n}个，含上一档{inside}个", "{n} units, {inside} of them in the tier above"),
    "places_wait": Label("{n}个名额{waits}：{names}", "{n} places {waits}: {names}"),
    "level_with_others": Label("与同名次单位并列", "level"),
    # ---- the ranked list
    "ranked_list": Label("排名名单", "Ranked list"),
    "order_rule": Label("排名办法", "How units are ordered"),
    "tier_name": Label("档次", "Tier"),
    "list_name": Label("名单", "List"),
    "why": Label("入选依据", "Why"),
    "deciding": Label("依据", "Decided by"),
    "reserve": Label("递补名单", "Reserve list"),
    "seats": Label("名额分配", "Seats by region"),
    "departures": Label("委员会的改动", "Changed by the committee"),
    "standings": Label("全部通过单位的名次", "All passed units in order"),
    "waiting": Label("待定单位", "Undetermined units"),
    "failed": Label("未通过单位", "Units that did not pass"),
    "ahead": Label("先后由什么决定", "What decided the order"),
    "has": Label("现有", "Has"),
    "most": Label("最多", "At most"),
    "best_rank": Label("最好名次", "Best rank"),
    "lacks": Label("缺什么", "What is missing"),
    "nobody": Label("本档没有单位", "no unit in this tier"),
    "flag_note": Label("※ 由最后一步（抽签或委员会）决定", "※ decided by the last step (lot or committee)"),
    "higher_first": Label("{name}高者在前", "higher {name}"),
    "fewer_first": Label("{name}少者在前", "fewer {name}"),
    "last_lot": Label("抽签", "by lot"),
    "last_committee": Label("委员会确定", "by the committee"),
    "last_shared": Label("并列", "shared"),
    "lot_seed": Label("（种子 {seed}）", " (seed {seed})"),
    "how_ordered": Label(
        "按{by}由高到低；同分依次看：{steps}；仍同分的{last}{seed}。同分同名次。",
        "By {by}, highest first; level units by {steps}; still level: {last}{seed}. Equal figures share a rank.",
    ),
    "list_counts": Label(
        "通过{passed}　待定{waiting}　未通过{failed}", "{passed} passed, {waiting} undetermined, {failed} failed"
    ),
    "tier_places": Label("名额{n}", "{n} places"),
    "tier_taken": Label("定{units}", "{units}"),
    "tier_waiting": Label("待定{n}", "{n} waiting"),
    "tier_empty": Label("空{n}", "{n} empty"),
    "tier_between": Label("　", "; "),
    "tier_to_confirm": Label("本档由委员会确认后生效。", "The committee confirms this tier."),
    "tier_may_change": Label(
        "外一档尚有名额待定，本档可能变动。", "Places of the tier around it are open; this tier may still change."
    ),
    "seat_heads": Label("地区 基数 应得 保底 上限 名额 实占", "Region Weight Share Floor Ceiling Seats Taken"),
    "departure_heads": Label("单位 改动 由谁 日期 理由 影响", "Unit Change By Date Reason Instead"),
    "below_lines": Label("未达“{grade}”线：{lines}", "below the lines of “{grade}”: {lines}"),
    # ---- where one unit stands
    "not_ranked": Label("未排名", "not ranked"),
    "best_rank_open": Label("待定，最好可到第{rank}名", "undetermined; rank {rank} at best"),
    "undetermined": Label("待定", "undetermined"),
    "not_passed_not_ranked": Label("未通过，不参加排名", "did not pass, not ranked"),
    "rank_of": Label("第{rank}名，共{n}个通过", "rank {rank} of {n} passed"),
    "no_tier": Label("未入档", "no tier"),
    "below_last_place": Label(
        "距“{tier}”现末位（{last}）差{missing}", "{missing} below the last place of “{tier}” ({last})"
    ),
    "last_of_tier": Label("{tier}末位 {figure}", "{tier}: last {figure}"),
}

FIGURE: Mapping[str, Label] = {
    "total": Label("总分", "total"),
    "base": Label("基础分", "base"),
    "bonus": Label("加分", "bonus"),
    "percent": Label("得分率", "percent of full marks"),
}
STEP: Mapping[str, Label] = {"lot": Label("抽签", "the lot"), "committee": Label("委员会", "the committee")}
WAITS: Mapping[str, Label] = {
    "lot": Label("待抽签", "wait for the lot"),
    "committee": Label("待委员会确定", "wait for the committee"),
    "shared": Label("并列待定", "are tied"),
}
SEVERITY: Mapping[str, Label] = {
    "major": Label("重大问题数", "major findings"),
    "minor": Label("一般问题数", "minor findings"),
}
ACTION: Mapping[str, Label] = {
    "remove": Label("移出", "removed"),
    "add": Label("列入", "added"),
    "confirm": Label("确认", "confirmed"),
}
