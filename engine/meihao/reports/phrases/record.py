"""Holds the sentences of the record of an inspection, in both languages and by key."""

from __future__ import annotations

from collections.abc import Mapping

from ...core.text import Label

RECORD: Mapping[str, Label] = {
    # ---- what it is about
    "protocol": Label("核查记录", "Inspection record"),
    "stage": Label("阶段", "Stage"),
    "reference_day": Label("评定日", "Reference date"),
    # ---- what was recorded
    "differences": Label("记录对照", "Records compared"),
    "fact": Label("事项", "Fact"),
    "told": Label("单位和各级的记录", "Unit and offices"),
    "taken": Label("采用", "Value used"),
    "agreement": Label("对照", "Compared"),
    "compared_note": Label(
        "同一行是同一事项。≠ 表示各人的记录有出入；方框里的数与采用的数不同。检查员的记录优先，两人取平均，三人取中位数。",
        "Each row is one fact. ≠ marks records that differ; a value in a box is not the one used. "
        "Inspectors' records come first: the "
        "mean of two inspectors, the median of three.",
    ),
    "facts_counted": Label("事项", "Facts"),
    "rows": Label("行", " rows"),
    "not_printed": Label("（敏感，不印）", "(sensitive, not printed)"),
    "mean_of_two": Label("两人平均", "mean of two"),
    "median": Label("中位数", "median"),
    # ---- documents, findings, reasons
    "papers_seen": Label("查看的材料", "Documents seen"),
    "document": Label("材料", "Document"),
    "paper_number": Label("文号、出具单位", "Number, issuer"),
    "issued_on": Label("日期", "Dated"),
    "valid_to": Label("有效期至", "Valid to"),
    "proves": Label("证明什么", "What it proves"),
    "sha": Label("校验值前12位", "Digest (12)"),
    "no_papers": Label("没有登记材料。", "No documents are on record."),
    "no_findings": Label("核对没有发现问题。", "The checks found no problems."),
    "reasons": Label("裁量理由", "Reasons for discretionary values"),
    "no_reasons": Label("没有需要写理由的裁量值。", "No value needs a reason."),
    "no_reason_given": Label("（没有写理由）", "(no reason given)"),
    # ---- statement and signatures
    "unit_opinion": Label("被查单位意见", "Statement of the unit"),
    "inspector_sign": Label("检查员（签字）", "Inspector (signature)"),
    "unit_sign": Label("被查单位代表（签字）", "For the unit (signature)"),
    "recorder_sign": Label("记录人（签字）", "Recorder (signature)"),
}

AGREEMENT: Mapping[str, Label] = {
    "agree": Label("一致", "agree"),
    "differ": Label("有出入", "differ"),
    "open": Label("未定", "open"),
    "single": Label("一人", "one only"),
}
