"""Holds what stands between the parts of a sentence, in both languages and by key."""

from __future__ import annotations

from collections.abc import Mapping

from ...core.text import Label

JOINTS: Mapping[str, Label] = {
    "listing": Label("、", ", "),
    "clauses": Label("；", "; "),
    "comma": Label("，", ", "),
    "colon": Label("：", ": "),
    "stop": Label("。", "."),
    "between_sentences": Label("。", ". "),
    "between_quotes": Label("", ", "),
    "in_brackets": Label("（{text}）", " ({text})"),
    "side_by_side": Label("{left}{right}", "{left} {right}"),
}
