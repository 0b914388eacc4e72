"""Holds the sentences of receipts and return slips, in both languages and by key."""

from __future__ import annotations

from collections.abc import Mapping

from ...core.text import Label

SLIPS: Mapping[str, Label] = {
    "receipt": Label("收件回执", "Receipt"),
    "return_slip": Label("退回补正通知", "Return slip"),
    "slip_unit": Label("单位编号", "Code of the unit"),
    "slip_number": Label("第几份", "Submission"),
    "slip_day": Label("收件日期", "Taken in on"),
    "slip_by": Label("提交人", "Handed in by"),
    "slip_values": Label("填报项", "Values"),
    "slip_seal": Label("内容校验值", "Digest of the content"),
    "slip_ledger": Label("收件台账", "Ledger of receipts"),
    "slip_state": Label("办到哪一步", "State"),
    "slip_returned_by": Label("退回人", "Returned by"),
    "slip_document": Label("材料", "Document"),
    "slip_file": Label("文件", "File"),
    "slip_digest": Label("校验值", "Digest"),
    "slip_item": Label("退回的项", "Item"),
    "slip_why": Label("理由", "Reason"),
    "slip_clause": Label("条款", "Clause"),
    "slip_until": Label("补正截止", "Complete by"),
    "receipt_closing": Label(
        "凭内容校验值可以核对收到的内容没有改动。收下不等于符合标准，结果以批次公布的为准。",
        "The digest shows that what was taken in was not altered. A receipt is no verdict: the round publishes the results.",
    ),
    "return_slip_closing": Label(
        "只改上面列出的项，其余已交的都有效；截止当天算在内。不用改的，在“更正理由”里说明。",
        "Only the items above are open; all else stands. The last day counts. Say under “Reason” why an item stands.",
    ),
}
