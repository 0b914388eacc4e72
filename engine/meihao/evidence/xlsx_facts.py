"""Records what the XML of a sheet says beside its values; both ways of looking at a sheet fill this record."""

from __future__ import annotations

from msgspec import Struct, field

Where = tuple[int, int]


class SheetFacts(Struct):
    """Rows and columns from 1; `rows` and `columns` are the last that hold a cell, or at least that far."""

    errors: dict[Where, str] = field(default_factory=dict)
    formulas: list[Where] = field(default_factory=list)
    uncomputed: list[Where] = field(default_factory=list)
    percents: list[Where] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    cells: int = 0
    rows: int = 0
    columns: int = 0
