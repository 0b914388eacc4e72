"""Holds what stands between the parts of a sentence, in both languages and by key."""

from __future__ import annotations

from collections.abc import Mapping

from ...core.text import Label

JOINTS: Mapping[str, Label] = {
    "listing": Label("、", ", "),
    "clauses": Label("；", "; "),
    "in_brackets": Label("（{text}）", " ({text})"),
}
