"""Holds what the state of a round and of a unit says beside the sentences that a browser shows too."""

from __future__ import annotations

from collections.abc import Mapping

from ...core.text import Label
from ...store.standing_words import COLUMN, LEDGER

STANDING: Mapping[str, Label] = {
    "more_waiting": Label("…… 另有{more}个未齐，--format csv列出全部", "… and {more} more; --format csv lists all"),
    "nothing_yet": Label(
        "还没有收到任何单位。发表用meihao template，收表用meihao import 文件 --round 批次文件夹",
        "nothing has come in yet: send forms out with meihao template, take them in with meihao import FILES --round FOLDER",
    ),
    "ledger": LEDGER,
    # ---- heads of the page
    **COLUMN,
    "urgent": Label("最急", "urgent"),
    "whose_deadline": Label("谁的期限", "whose deadline"),
    # ---- heads of the rows for a program
    "given_of_role": Label("已有", "given"),
    "wanted_of_role": Label("应有", "wanted"),
    "state": Label("状态", "state"),
    "last_received": Label("最后收件", "last received"),
    "altered": Label("被改动", "altered"),
    # ---- one unit
    "changed_after_receipt": Label("！{name}收到以后被改动过", "! {name} was changed after receipt"),
    "submissions": Label("收件记录", "submissions"),
    "handed_in_nothing": Label("  未交材料", "  nothing handed in"),
    "loose_file": Label("  散放的文件，没有收件记录", "  a loose file, no record of receipt"),
    "submission": Label("  第{number}份  {on}  {by}  {values}个值", "  no. {number}  {on}  {by}  {values:values}"),
    "with_documents": Label("，{n}份材料", ", {n:documents}"),
    "for_reason": Label("  理由：{reason}", "  reason: {reason}"),
    "by_decision": Label("  凭决定{decision}", "  by decision {decision}"),
}
