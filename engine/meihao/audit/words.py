"""Holds the words in which an audit is told, whatever the page: the states of checks, headings, and the closing sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import get_args

from ..core.text import Label
from .model import Audit, State

STATES: Mapping[State, Label] = {
    "holds": Label("相符", "holds"),
    "fails": Label("不符", "does not hold"),
    "not_checked": Label("未核对", "not checked"),
}
SIGNS: Mapping[State, str] = {"holds": "✓", "fails": "×", "not_checked": "–"}
CHECK_HEADS = (Label("核对", "check"), Label("结果", "result"), Label("说明", "why"))
DIFFERENCE_HEADS = (Label("何处", "where"), Label("文件上", "in the file"), Label("现在", "now"))
NOTE = Label(
    "校验值只能发现误改；有人存心改写，要靠证据重新评定，或您信得过的签名。",
    "A digest reveals accidental changes only. Against forgery you need the evidence, or a signature that you trust.",
)


def more(number: int) -> Label:
    """Return that there are so many more differences than are shown."""
    return Label(f"…… 另有{number}处", f"… and {number} more")


def conclusion(audits: Sequence[Audit]) -> Label:
    """Return how many checks of all results hold, fail or were not made, and what digests can show."""
    holds, fails, left = (sum(audit.count(state) for audit in audits) for state in get_args(State))
    several = len(audits) > 1
    zh = f"{len(audits)}份结果：" if several else ""
    en = f"{len(audits)} results: " if several else ""
    return Label(
        f"{zh}{holds}项相符，{fails}项不符，{left}项未核对。{NOTE.zh}",
        f"{en}holds: {holds}, does not hold: {fails}, not checked: {left}. {NOTE['en']}",
    )
