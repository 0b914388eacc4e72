"""Writes texts into cells as texts: whatever a value begins with, it never becomes a formula."""

from __future__ import annotations

from typing import Any

LEADING = ("=", "+", "-", "@", "\t", "\r")
MOST = 32_767  # signs that a cell holds


def put(cell: Any, text: str) -> None:
    """Write a text into a cell of openpyxl; signs that no workbook may hold are left out."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    clean = ILLEGAL_CHARACTERS_RE.sub("", text)[:MOST]
    cell.value = clean
    cell.data_type = "s"
    if clean.startswith(LEADING):
        cell.quotePrefix = True
