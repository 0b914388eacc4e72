"""Writing the compound's template, against xlsxwriter putting the same cells into sheets without any format or rule."""

from __future__ import annotations

import io
from typing import Any

from meihao.forms.template import write_template

from . import sample
from .timing import Line, Table, interleaved

PLAIN = "xlsxwriter: the same cells, no formats, rules or formulas"
KIND = "compound"
MOST_SECONDS = 0.5


def run(rounds: int = 7) -> Table:
    """Time an empty template and one with a unit's last values; the target is half a second, as a ratio of this run."""
    pack = sample.default()
    unit = next(u for u in (sample.read(text, pack) for text in sample.texts()) if u.kind == KIND)
    grid = _grid(write_template(pack, KIND))
    empty, full = "Meihao: template of a compound", "Meihao: the same with last year's values"
    works = {
        PLAIN: lambda: _plain(grid),
        empty: lambda: write_template(pack, KIND),
        full: lambda: write_template(pack, KIND, unit=unit.code, prefill=(unit,)),
    }
    seconds = interleaved(works, rounds)
    base = seconds[PLAIN]
    lines = tuple(
        Line(name, least * 1e3, "ms", least / base, None if name == PLAIN else MOST_SECONDS / base)
        for name, least in seconds.items()
    )
    cells = sum(len(row) for rows in grid.values() for row in rows)
    return Table("Writing a template", PLAIN, lines, (f"{len(grid)} sheets, {cells} cells; the target is 0.5 s",))


def _grid(data: bytes) -> dict[str, list[list[str]]]:
    """Return the texts of a workbook's cells by sheet, the empty ones among them."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), data_only=True)
    return {
        page.title: [["" if cell is None else str(cell) for cell in row] for row in page.iter_rows(values_only=True)]
        for page in book
    }


def _plain(grid: dict[str, list[list[str]]]) -> bytes:
    from xlsxwriter import Workbook

    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True})
    for name, rows in grid.items():
        page: Any = book.add_worksheet(name)
        for row, cells in enumerate(rows):
            for column, text in enumerate(cells):
                page.write_string(row, column, text)
    book.close()
    return out.getvalue()
