"""Holds the fixed words of documents, in Chinese and English and by key; templates say `t("key")`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..assessment.explain.words import OUTCOME, VERDICT
from ..assessment.results import Outcome, State
from ..core.problems import Lang
from ..core.text import Label
from .model import Mark, Tone
from .paper_words import PAPER_WORDS
from .phrases.joints import JOINTS
from .phrases.official import OFFICIAL
from .phrases.ranking import RANKING

SIGNS: Mapping[Outcome, tuple[str, Tone]] = {
    "met": ("●", "good"),
    "partly_met": ("◐", "part"),
    "not_met": ("○", "bad"),
    "unknown": ("?", "open"),
    "not_applicable": ("–", "off"),
    "exempt": ("★", "good"),
    "error": ("!", "bad"),
}
VERDICTS: Mapping[State, tuple[str, Tone]] = {
    "passed": ("✓", "good"),
    "failed": ("×", "bad"),
    "undetermined": ("?", "open"),
}
STATES: Mapping[str, tuple[str, Label, Tone]] = {
    "clear": ("✓", Label("未发现", "none found"), "good"),
    "fits": ("✓", Label("符合", "fulfilled"), "good"),
    "fired": ("×", Label("发现", "found"), "bad"),
    "unfit": ("×", Label("不符合", "not fulfilled"), "bad"),
    "flagged": ("?", Label("待核实", "to be verified"), "open"),
    "waived": ("★", Label("已豁免", "waived"), "off"),
    "holds": ("✓", Label("达到", "reached"), "good"),
    "fails": ("×", Label("未达到", "missed"), "bad"),
    "open": ("?", Label("未定", "open"), "open"),
    "note": ("◇", Label("提示", "note"), "part"),
}

WORDS: Mapping[str, Label] = {
    "unit_report": Label("评定报告", "Assessment report"),
    "ranked_list": Label("排名名单", "Ranked list"),
    "notice": Label("公示名单", "Public notice"),
    "decision": Label("命名决定", "Naming decision"),
    "sample": Label("示例数据", "SAMPLE DATA"),
    "draft": Label("草案", "draft"),
    "verdict": Label("评定结论", "Verdict"),
    "deciding": Label("依据", "Decided by"),
    "also": Label("其他", "also"),
    "total": Label("总分", "Total"),
    "base": Label("基础分", "base"),
    "bonus": Label("加分", "bonus"),
    "grade": Label("等次", "Grade"),
    "below_all": Label("未达等次", "below every grade"),
    "tier": Label("档次与名次", "Tier and rank"),
    "tier_name": Label("档次", "Tier"),
    "list_name": Label("名单", "List"),
    "rank": Label("名次", "Rank"),
    "next_line": Label("距下一条线", "To the next line"),
    "checks": Label("基本条件与否决项", "Conditions and vetoes"),
    "dimensions": Label("维度得分", "Scores by dimension"),
    "dimension": Label("维度", "Dimension"),
    "bar_head": Label("得分率", "Share"),
    "peer_mean": Label("同类平均", "Peers"),
    "points": Label("得分", "Points"),
    "here": Label("本单位", "this unit"),
    "pass_line": Label("及格线", "pass line"),
    "possible": Label("待定部分", "still open"),
    "lines": Label("等次线", "Lines of the grades"),
    "asked": Label("要求", "Asked"),
    "now": Label("现状", "Now"),
    "gap": Label("差距", "Missing"),
    "position": Label("在本批次中的位置", "Position in the round"),
    "items": Label("逐项评分", "Item by item"),
    "adds_up": Label(
        "各项得分与其后各行调整相加，正好是维度得分；分数未定的，前后两个数分别相加。",
        "Items and the adjustments below them add up to the dimension; where points are still open, the "
        "lower and the upper figures each add up.",
    ),
    "item": Label("指标", "Criterion"),
    "judged_from": Label("证据", "Evidence"),
    "reason": Label("判定理由", "Why"),
    "clause": Label("条款", "Clause"),
    "basis": Label("依据", "Basis"),
    "evidence": Label("证据", "Evidence"),
    "rest": Label("补齐", "To earn the rest"),
    "files": Label("证据文件", "Evidence files"),
    "no_evidence": Label("没有收到证据", "no evidence received"),
    "findings": Label("核查发现", "Findings"),
    "bonus_items": Label("加分项", "Bonus"),
    "advice": Label("改进建议", "What would earn more"),
    "advice_note": Label(
        "“总分变化”：该项得满分、其余不变，按同一标准重新评定得出，封顶、折算和等次线都已计入；事实未改，否决情形仍在。",
        "Gain: the result of judging the unit again with this item at its full mark and everything else "
        "unchanged; caps, reweighting and grade lines "
        "are included. The facts stay the same, so a veto still applies.",
    ),
    "open_note": Label(
        "“可再得”是该项满分与现得分之差，按大小排列；折算和封顶的影响未计入，补齐后须重新评定。",
        "Open: the item's full mark less its points, largest first. Reweighting and caps are not "
        "included; the unit has to be assessed again.",
    ),
    "gain": Label("总分变化", "Gain"),
    "total_after": Label("补齐后", "Total then"),
    "then": Label("结果变化", "Then"),
    "comparison": Label("自评与核定", "Self-assessment and verification"),
    "by_self": Label("自评", "Self"),
    "by_others": Label("核定", "Verified"),
    "difference": Label("相差", "Difference"),
    "share_of_full": Label("占满分（○自评　●核定）", "Share of full mark (○ self ● verified)"),
    "far_note": Label(
        "相差超过满分10%的，以橙色粗体标出。", " Differences of more than 10% of the full mark are in bold amber."
    ),
    "register": Label("附录：评分依据与证据出处", "Appendix: basis and evidence of every item"),
    "register_note": Label(
        "方括号里是证据文件的编号，后面是行和列（表格为工作表和单元格）。",
        "The number in brackets is the evidence file; the line and column (or sheet and cell) follow.",
    ),
    "summary": Label("本轮概览", "Summary of the round"),
    "count_units": Label("参评单位", "Units"),
    "count_passed": Label("通过", "Passed"),
    "count_undetermined": Label("待定", "Undetermined"),
    "count_failed": Label("未通过", "Failed"),
    "pass_rates": Label("各地通过率", "Pass rate by county"),
    "pass_key": Label(
        "自左：通过、待定、未通过；右：通过数／参评数。",
        "From the left: passed, undetermined, failed; right: passed of all.",
    ),
    "tier_seats": Label("各档名额", "Places by tier"),
    "seats_key": Label(
        "已有／名额；浅色为待抽签或待委员会确定。",
        "Taken out of all places; the lighter part waits for the lot or the committee.",
    ),
    "all_units": Label("全部单位", "All units"),
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
    "contested": Label("还可能变动的名额", "Places that may still change"),
    "uncontested": Label("没有并列、待定或差距很小的名额。", "No place is tied, open or held by a narrow margin."),
    "photos": Label("附录：照片", "Appendix: photos"),
    "qr_text": Label(
        "二维码里是单位编号和结果校验值，扫码后与下列校验值比对，不跳转任何网址。",
        "The QR code contains the unit's code and the digest of the result, to be compared with the "
        "digest below; it does not open any website.",
    ),
    "no_advice": Label(
        "各项均已得满分，没有可补齐的项目。", "Every item has full marks; there is nothing left to earn."
    ),
    "first": Label("先解决", "First"),
    "open_points": Label("可再得", "Open"),
    "what": Label("建议", "Advice"),
    "no": Label("序", "No."),
    "procedure": Label("办理过程", "Procedure"),
    "blank_day": Label("　　年　月　日", "date: ________"),
    "sign": Label("评定确认", "Signatures"),
    "assessor": Label("评定人（签字）", "Assessor"),
    "reviewer": Label("复核人（签字）", "Reviewer"),
    "unit_seal": Label("被评单位（盖章）", "Unit assessed (seal)"),
    "office_seal": Label("评定单位（盖章）", "Assessing office (seal)"),
    "appeal": Label("申诉", "Right of appeal"),
    "appeal_text": Label(
        "被评单位对本报告有异议的，可向评定单位书面申请复核，写明单位编号、指标编号和理由，并附证据。受理部门："
        "________________　期限：________________（由委员会填写）。",
        "A unit that disagrees may ask the assessing office in writing for a review, naming its code, the criterion, the "
        "reason and evidence. Office: ________________ Time limit: ________________ (to be filled in by the committee).",
    ),
    "colophon": Label("核验信息", "Colophon"),
    "colophon_text": Label(
        "本文件由同名评定结果生成，文字和图表不另行计分。PDF内附机读数据result.json，用同一版标准和程序可重新算出相同的分数。",
        "This document is made from the result of the same name; its text and charts add no scoring of "
        "their own. The PDF contains result.json, from "
        "which the same edition of the standard and the same program compute the same points again.",
    ),
    "of_full": Label("满分", "of"),
    "continued": Label("另有{n}条未列出", "{n} more not listed"),
    "more_evidence": Label("另有{n}条", "{n} more"),
    "all_met": Label("全部达到", "all reached"),
    "code": Label("编号", "Code"),
    "name": Label("单位", "Unit"),
    "kind": Label("类别", "Kind"),
    "region": Label("地区", "Region"),
    "figure": Label("得分", "Figure"),
    "why": Label("入选依据", "Why"),
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
    "order_rule": Label("排名办法", "How units are ordered"),
    "nobody": Label("本档没有单位", "no unit in this tier"),
    "notice_order": Label(
        "（同一档内按地区和编号排列，不分先后）", "(Within a tier, units are listed by region and code, not by merit.)"
    ),
    "legend": Label("图例", "Legend"),
    "seal_day": Label("（盖章）　　　　年　　月　　日", "(seal) ________ (date)"),
    "flag_note": Label("※ 由最后一步（抽签或委员会）决定", "※ decided by the last step (lot or committee)"),
    **PAPER_WORDS,
    **JOINTS,
    **RANKING,
    **OFFICIAL,
}


def capital(text: str) -> str:
    """Return a text as a title or a sentence begins.

    >>> capital("below every grade"), capital("未达等次")
    ('Below every grade', '未达等次')
    """
    return text[:1].upper() + text[1:]


def mark_of_outcome(code: Outcome, lang: Lang) -> Mark:
    sign, tone = SIGNS[code]
    return Mark(code, sign, OUTCOME[code][lang], tone)


def mark_of_verdict(state: State, lang: Lang) -> Mark:
    sign, tone = VERDICTS[state]
    return Mark(state, sign, capital(VERDICT[state][lang]), tone)


def mark_of_state(state: str, lang: Lang) -> Mark:
    """Return the mark of a check or a line. Raises KeyError for a state that is none of ours."""
    sign, label, tone = STATES[state]
    return Mark(state, sign, label[lang], tone)


def speaker(lang: Lang) -> Callable[..., str]:
    """Return `t(key, **values)`: the words of a key. Raises KeyError for an unknown key."""

    def t(key: str, **values: object) -> str:
        return WORDS[key][lang].format(**values) if values else WORDS[key][lang]

    return t
