"""Holds the sentences of a unit's report, in both languages and by key."""

from __future__ import annotations

from collections.abc import Mapping

from ...core.text import Label

UNIT: Mapping[str, Label] = {
    # ---- what it is about
    "unit_report": Label("评定报告", "Assessment report"),
    "digest_of_round": Label("同批数据校验值", "Digest of the round's values"),
    "as_of": Label("评定日 {day}", "as of {day}"),
    # ---- the verdict
    "verdict": Label("评定结论", "Verdict"),
    "other_lines_reached": Label("另外{n}条线全部达到", "all {n} other lines are reached"),
    "total": Label("总分", "Total"),
    "base": Label("基础分", "base"),
    "bonus": Label("加分", "bonus"),
    "could_reach": Label("最高可达{grade}", "could reach {grade}"),
    "by_points_only": Label("按分数；未通过不授等次", "by points; not awarded, as the unit failed"),
    "tier": Label("档次与名次", "Tier and rank"),
    "highest_grade": Label("已在最高等次", "the highest grade is reached"),
    "lines_reached_grade_capped": Label(
        "“{grade}”各条线均已达到，等次另受核查发现限制", "every line of “{grade}” is reached; a finding caps the grade"
    ),
    "next_line_not_known": Label("“{grade}”的分数线未定", "the line of “{grade}” is not known yet"),
    "to_next_grade": Label("距“{grade}”差：{gaps}", "to “{grade}”: {gaps}"),
    # ---- conditions, lines and dimensions
    "checks": Label("基本条件与否决项", "Conditions and vetoes"),
    "dimensions": Label("维度得分", "Scores by dimension"),
    "dimension": Label("维度", "Dimension"),
    "bar_head": Label("得分率", "Share"),
    "peer_mean": Label("同类平均", "Peers"),
    "points": Label("得分", "Points"),
    "pass_line": Label("及格线", "pass line"),
    "possible": Label("待定部分", "still open"),
    "no_peers": Label("单独评定，没有同类可比", "assessed alone: no peers"),
    "peers_counted": Label("同类{n}个单位", "{n} units of the kind"),
    "lines": Label("等次线", "Lines of the grades"),
    "asked": Label("要求", "Asked"),
    "now": Label("现状", "Now"),
    "gap": Label("差距", "Missing"),
    "dimensions_each": Label("{n}个维度各过其线", "{n} dimensions"),
    "position": Label("在本批次中的位置", "Position in the round"),
    # ---- the items
    "items": Label("逐项评分", "Item by item"),
    "item": Label("指标", "Criterion"),
    "judged_from": Label("证据", "Evidence"),
    "source_and_more": Label("{first}等{all}项", "{first} +{more}"),
    "no_evidence": Label("没有收到证据", "no evidence received"),
    "reason": Label("判定理由", "Why"),
    "adds_up": Label(
        "各项得分与其后各行调整相加，正好是维度得分；分数未定的，前后两个数分别相加。",
        "Items and the adjustments below them add up to the dimension; where points are still open, the "
        "lower and the upper figures each add up.",
    ),
    "bonus_items": Label("加分项", "Bonus"),
    "findings": Label("核查发现", "Findings"),
    # ---- the advice
    "advice": Label("改进建议", "What would earn more"),
    "no_advice": Label(
        "各项均已得满分，没有可补齐的项目。", "Every item has full marks; there is nothing left to earn."
    ),
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
    "first": Label("先解决", "First"),
    "what": Label("建议", "Advice"),
    "open_points": Label("可再得", "Open"),
    "gain": Label("总分变化", "Gain"),
    "total_after": Label("补齐后", "Total then"),
    "then": Label("结果变化", "Then"),
    "passes": Label("通过", "passes"),
    "new_rank": Label("第{rank}名", "rank {rank}"),
    "with_first_item": Label("补齐第1项", "With item 1"),
    "with_first_items": Label("补齐前{n}项", "With items 1 to {n}"),
    "with_all_items": Label("全部补齐（共{n}项）", "With all {n} items"),
    "with_only_item": Label("补齐这一项", "With this item"),
    "new_total": Label("总分{total}", "total {total}"),
    "still_failed": Label(
        "仍未通过：还有分数不能抵消的情形", "still not passed: something stands that no points outweigh"
    ),
    "still_undetermined": Label("仍待定：还有须核实的情形", "still undetermined: something is still to be verified"),
    "same_grade_and_rank": Label("等次和名次不变", "same grade and place"),
    "no_points_outweigh": Label(
        "分数再高也不能抵消；对事实有异议的，按下文申诉办理",
        "no points can outweigh it; if the fact is wrong, appeal as below",
    ),
    "hand_in_facts": Label("补齐所缺事实后重新评定", "hand in the missing facts and assess again"),
    # ---- self-assessment and verification
    "comparison": Label("自评与核定", "Self-assessment and verification"),
    "by_self": Label("自评", "Self"),
    "by_others": Label("核定", "Verified"),
    "difference": Label("相差", "Difference"),
    "share_of_full": Label("占满分（○自评　●核定）", "Share of full mark (○ self ● verified)"),
    "far_note": Label(
        "相差超过满分10%的，以橙色粗体标出。", " Differences of more than 10% of the full mark are in bold amber."
    ),
    "items_compared": Label(
        "自评与核定都有定论的{n}项中，{differ}；这些项自评合计{told}，核定合计{seen}。",
        "Of {n} items settled both by self-assessment and by verification {differ}; they sum to {told} and {seen}.",
    ),
    "some_differ": Label("{n}项得分不同", "{n} differ"),
    "all_agree": Label("得分全部相同", "all agree"),
    # ---- procedure, signatures, appeal
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
    # ---- the register
    "register": Label("附录：评分依据与证据出处", "Appendix: basis and evidence of every item"),
    "register_note": Label(
        "方括号里是证据文件的编号，后面是行和列（表格为工作表和单元格）。",
        "The number in brackets is the evidence file; the line and column (or sheet and cell) follow.",
    ),
    "files": Label("证据文件", "Evidence files"),
    "basis": Label("依据", "Basis"),
    "evidence": Label("证据", "Evidence"),
    "photos": Label("附录：照片", "Appendix: photos"),
}

DUE: Mapping[str, Label] = {
    "applicant": Label("申报截止", "Applications due"),
    "township": Label("镇街初审截止", "Township review due"),
    "county": Label("县区复核截止", "County review due"),
    "inspector": Label("实地核查截止", "Inspections due"),
    "registry": Label("登记数据截止", "Registers due"),
}
