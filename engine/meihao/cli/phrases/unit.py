"""Holds what is said of a judged unit and of one of its items."""

from __future__ import annotations

from collections.abc import Mapping

from ...core.text import Label

UNIT: Mapping[str, Label] = {
    "decided_by": Label("依据", "why"),
    "findings": Label("核查发现", "findings"),
    "adjustment": Label("合计中不属于任何指标的调整", "a line of a sum that is not a criterion"),
    # ---- the sum
    "criterion": Label("指标", "criterion"),
    "points": Label("得分", "points"),
    "full": Label("满分", "of"),
    # ---- one item
    "outcome": Label("结果", "outcome"),
    "remedy": Label("怎样补齐", "to earn the rest"),
    "clause": Label("条款", "clause"),
    "basis": Label("依据", "basis"),
    "evidence": Label("证据", "evidence"),
    "value": Label("内容", "value"),
    "observer": Label("来自", "from"),
    "date": Label("日期", "date"),
    "place": Label("位置", "place"),
}
