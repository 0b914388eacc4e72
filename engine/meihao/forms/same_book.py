"""Compares a workbook with its marked copy, and names what the copy lacks or says otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..core.label import Label
from ..evidence.columns import CellValue, Sheet, key, without_answers
from ..evidence.places import letters
from .layout import ERRORS
from .mended import Place, without

_OURS = (key(ERRORS.zh), key(ERRORS["en"]))


def difference(
    before: Sequence[Sheet], after: Sequence[Sheet], mended: Mapping[str, frozenset[Place]] | None = None
) -> Label | None:
    """Return where a copy differs from the original in a sheet or a value; the answers of imports count in neither.

    Cells that were `mended` may differ.

    Of a formula the copy need not hold the computed value: programs compute it when they open the copy.
    """
    old, new = (_theirs(sheets, mended or {}) for sheets in (before, after))
    missing = [name for name in old if name not in new]
    if missing:
        return Label(f"副本缺工作表“{missing[0]}”", f"the copy lacks the sheet “{missing[0]}”")
    if list(old) != list(new):
        return Label("工作表的次序不同", "its sheets stand in another order")
    return next((found for name in old if (found := _differs(old[name], new[name]))), None)


def _theirs(sheets: Sequence[Sheet], mended: Mapping[str, frozenset[Place]]) -> dict[str, Sheet]:
    own = (without_answers(sheet) for sheet in sheets if key(sheet.name) not in _OURS)
    return {sheet.name: without(sheet, mended[sheet.name]) if sheet.name in mended else sheet for sheet in own}


def _differs(old: Sheet, new: Sheet) -> Label | None:
    if old.hidden != new.hidden:
        return Label(f"工作表“{old.name}”隐藏与否不同", f"the sheet “{old.name}” is hidden in one only")
    if set(old.merged) != set(new.merged):
        return Label(f"工作表“{old.name}”合并的格不同", f"other cells of “{old.name}” are merged")
    formulas, again = (one.formulas | one.uncomputed for one in (old, new))
    if lost := min(formulas - again, default=None):
        return _at(old, *lost, "公式没有了", "lost its formula")
    if old.rows == new.rows and _percents(old, formulas) == _percents(new, formulas):
        return None
    for row in range(1, max(len(old.rows), len(new.rows)) + 1):
        if (column := _unlike(old, new, row, formulas)) is not None:
            return _at(old, row, column, "的值不同", "has another value")
    return None


def _unlike(old: Sheet, new: Sheet, row: int, formulas: frozenset[tuple[int, int]]) -> int | None:
    """Return the first column of a row whose value or percentage differs, formulas aside."""
    width = max(len(one.rows[row - 1]) if row <= len(one.rows) else 0 for one in (old, new))
    return next(
        (
            column
            for column in range(1, width + 1)
            if (row, column) not in formulas and _shown(old, row, column) != _shown(new, row, column)
        ),
        None,
    )


def _shown(sheet: Sheet, row: int, column: int) -> tuple[CellValue, str]:
    return sheet.value(row, column), sheet.percents.get((row, column), "")


def _percents(sheet: Sheet, formulas: frozenset[tuple[int, int]]) -> dict[tuple[int, int], str]:
    return {place: text for place, text in sheet.percents.items() if place not in formulas}


def _at(sheet: Sheet, row: int, column: int, zh: str, en: str) -> Label:
    place = f"{sheet.name}!{letters(column)}{row}"
    return Label(f"{place}{zh}", f"{place} {en}")
