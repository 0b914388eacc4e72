"""Holds the sentences of sheets to fill in by hand, in both languages and by key."""

from __future__ import annotations

from collections.abc import Mapping

from ...core.text import Label

SHEETS: Mapping[str, Label] = {
    # ---- what every sheet has
    "score_sheet": Label("自评表", "Self-assessment sheet"),
    "inspection_sheet": Label("现场核查表", "Inspection sheet"),
    "another_look_sheet": Label("现场复查表", "Sheet for another look"),
    "sheet_of_kind": Label("{kind}{sheet}", "{sheet}: {kind}"),
    "unit_name": Label("单位名称", "Unit"),
    "unit_code": Label("编号", "Code"),
    "unit_region": Label("所在地区", "Region"),
    "blank_note": Label(
        "本表由标准直接生成，供填写用，不含任何评定结果。标准校验值：",
        "This sheet is made from the standard alone, to be filled in; it contains no result. Digest of the standard: ",
    ),
    # ---- the score sheet
    "fill_day": Label("填表日期", "Date"),
    "score_how_to": Label(
        "逐项对照“怎样计分”填写自评得分，备齐材料；审核栏由审核人填写。每项得分写到小数点后两位，不超过满分。",
        "Score each criterion as described beside it and have the documents ready; the last columns are for the reviewer. "
        "Give points to two decimal places, and no more than the full mark.",
    ),
    "criterion": Label("指标", "Criterion"),
    "full": Label("满分", "Full"),
    "how": Label("怎样计分", "How it is scored"),
    "wanted": Label("需要的材料", "Documents wanted"),
    "own_score": Label("自评得分", "Own score"),
    "review_score": Label("审核得分", "Reviewed"),
    "subtotal": Label("小计", "Subtotal"),
    "base_sum": Label("基础分合计", "Base"),
    "bonus_sum": Label("加分（合计最多{n}分）", "Bonus (at most {n} points in all)"),
    "grand_total": Label("总分", "Total"),
    "gates": Label("基本条件和否决项", "Conditions and vetoes"),
    "grade_lines": Label("等次线", "Lines of the grades"),
    "shared_cap": Label("共用上限", "Shared cap"),
    "shared_cap_of_losses": Label("共扣上限", "Shared cap of losses"),
    "at_most_together": Label("{names}合计最高{n}分", "{names}: at most {n} together"),
    "at_most_lost_together": Label("{names}合计最多扣{n}分", "{names}: at most {n} lost together"),
    "filled_by": Label("填表人（签字）", "Filled in by"),
    "head_of_unit": Label("单位负责人（签字）", "Head of the unit"),
    "telephone": Label("联系电话", "Telephone"),
    "applicant_seal": Label("申报单位（盖章）", "Applicant (seal)"),
    "reviewed_by": Label("审核人（签字）", "Reviewed by"),
    # ---- the inspection sheet
    "look_day": Label("核查日期", "Date"),
    "look_way": Label("核查方式", "Visit"),
    "announced": Label("事先通知", "announced"),
    "unannounced": Label("暗访", "unannounced"),
    "inspector_name": Label("检查员姓名", "Inspector"),
    "look_how_to": Label(
        "一名检查员一份，不互相商量，不看申报数和别人的记录。● 由检查员查明；○ 申报单位也报了的，按看到的填。注明地点和照片号。",
        "One sheet for each inspector, filled in alone, without seeing what others recorded or what the unit declared. "
        "● is for the inspector to find out; ○ was declared as well: write what you see, with place and photo.",
    ),
    "serves": Label("对应指标", "Criteria"),
    "what_to_look_at": Label("看什么", "What to look at"),
    "what_you_see": Label("看到的情况", "What you see"),
    "where_and_photo": Label("地点、照片号、说明", "Place, photo, notes"),
    "third_inspector": Label(
        "两人相差超过{apart}的，请第三人复查", "further apart than {apart}: a third inspector is wanted"
    ),
    "rows_checked": Label("抽查____行", "rows checked ____"),
    "rows_wrong": Label("不符____行", "wrong ____"),
    "sample_rules": Label("样本要求", "Samples"),
    "see_documents": Label("查看材料", "Documents to see"),
    "reason_wanted": Label("理由（必填）", "Reason (required)"),
    "other_findings": Label("其他发现", "Other findings"),
    "nothing_to_look_at": Label("本维度只看材料和台账。", "Only documents and registers are examined here."),
    "accompanied": Label("陪同人（签字）", "Accompanied by"),
}

TICKED: Mapping[str, tuple[Label, Label]] = {  # of a rule: in the unit's favour, against it
    "eligibility": (Label("符合", "fulfilled"), Label("不符合", "not fulfilled")),
    "vetoes": (Label("没有", "none"), Label("有", "found")),
}
_WAYS = (
    Label("材料审核", "documents"),
    Label("实地考察", "site visit"),
    Label("访谈", "interviews"),
    Label("数据比对", "comparison of data"),
    Label("问卷", "survey"),
    Label("暗访", "unannounced visit"),
)
CHECKED_BY: Mapping[str, Label] = {way.zh: way for way in _WAYS}  # as packs write it
