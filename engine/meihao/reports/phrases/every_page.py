"""Holds what documents of several kinds say: frame and colophon, heads of tables, what is left out, states."""

from __future__ import annotations

from collections.abc import Mapping

from ...core.text import Label

EVERY_PAGE: Mapping[str, Label] = {
    # ---- the frame
    "sample": Label("示例数据", "SAMPLE DATA"),
    "draft": Label("草案", "draft"),
    "with_errors": Label("{status}，有{errors}", "{status}, {errors}"),
    # ---- the colophon
    "colophon": Label("核验信息", "Colophon"),
    "colophon_text": Label(
        "本文件由同名评定结果生成，文字和图表不另行计分。PDF内附机读数据result.json，用同一版标准和程序可重新算出相同的分数。",
        "This document is made from the result of the same name; its text and charts add no scoring of "
        "their own. The PDF contains result.json, from "
        "which the same edition of the standard and the same program compute the same points again.",
    ),
    "qr_text": Label(
        "二维码里是单位编号和结果校验值，扫码后与下列校验值比对，不跳转任何网址。",
        "The QR code contains the unit's code and the digest of the result, to be compared with the "
        "digest below; it does not open any website.",
    ),
    "digest_of_result": Label("结果校验值", "Digest of the result"),
    "digest_of_standard": Label("标准校验值", "Digest of the standard"),
    "standard": Label("标准", "Standard"),
    "issued_by": Label("发布单位", "Issued by"),
    "round_and_day": Label("批次与评定日", "Round, reference date"),
    "judged_by": Label("评定程序", "Judged by"),
    "set_by": Label("排版程序", "Set by"),
    "program_and_engine": Label("{program}，推理引擎 {engine}", "{program}, engine {engine}"),
    "round_closed": Label("已截止", "closed"),
    "round_open": Label("未截止", "open"),
    # ---- heads of tables
    "no": Label("序", "No."),
    "name": Label("单位", "Unit"),
    "code": Label("编号", "Code"),
    "kind": Label("类别", "Kind"),
    "region": Label("地区", "Region"),
    "figure": Label("得分", "Figure"),
    "grade": Label("等次", "Grade"),
    "rank": Label("名次", "Rank"),
    "note": Label("说明", "Notes"),
    "day": Label("日期", "Date"),
    # ---- what is left out
    "continued": Label("另有{n}条未列出", "{n} more not listed"),
    "more_evidence": Label("另有{n}条", "{n} more"),
    # ---- what several kinds of pages say
    "region_in": Label("{outer}{inner}", "{inner}, {outer}"),
    "other_matters": Label("其他事项", "Other matters"),
}

STAGE: Mapping[str, Label] = {"self": Label("自评", "self-assessment"), "verified": Label("核定", "verified")}
STATUS: Mapping[str, Label] = {
    "draft": Label("草案", "draft"),
    "trial": Label("试行", "on trial"),
    "in_force": Label("施行", "in force"),
}
STATE: Mapping[str, Label] = {  # of a check or of a line
    "clear": Label("未发现", "none found"),
    "fits": Label("符合", "fulfilled"),
    "fired": Label("发现", "found"),
    "unfit": Label("不符合", "not fulfilled"),
    "flagged": Label("待核实", "to be verified"),
    "waived": Label("已豁免", "waived"),
    "holds": Label("达到", "reached"),
    "fails": Label("未达到", "missed"),
    "open": Label("未定", "open"),
    "note": Label("提示", "note"),
}
FILE_NAMES: Mapping[str, Label] = {
    "list": Label("排名名单", "ranked-list"),
    "notice": Label("公示名单", "public-notice"),
    "decision": Label("命名决定", "decision"),
}
