"""Says a value in words, and how two values of one field differ; a register is compared down to the cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from ..core.label import NO, YES
from ..core.numbers import plain
from ..core.text import Label, with_unit
from ..standard.model import Column, Field
from .model import Row, Value

LONGEST = 60
NOTHING = Label("没有填", "nothing")


def shown(value: Value, field: Field | Column) -> Label:
    """Return a value in words: 是, a choice's label, a register's number of rows."""
    match value:
        case bool():
            return YES if value else NO
        case tuple():
            return Label(f"{len(value)}行", with_unit(str(len(value)), " rows"))
        case date():
            return Label(value.isoformat(), value.isoformat())
        case str():
            label = dict(field.options).get(value, Label(value, value))
            return Label(_cut(label.zh), _cut(label["en"]))
        case _:
            unit = field.measured_in
            if field.type == "percent":
                return Label(f"{plain(value)}%", f"{plain(value)}%")
            return Label(f"{plain(value)}{unit.zh}", with_unit(plain(value), f" {unit.en}").rstrip())


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def apart(old: Value, new: Value, field: Field) -> tuple[Label, Label]:
    """Return both values in words; of two registers of one length the first cell that differs, and how many more do."""
    if isinstance(old, tuple) and isinstance(new, tuple):
        titles = {column.id: column.title for column in field.columns}
        if cells := apart_rows(rows_shown(old, field), rows_shown(new, field), titles):
            return cells
    return shown(old, field), shown(new, field)


def rows_shown(rows: tuple[Row, ...], field: Field) -> list[dict[str, Label]]:
    """Return a register with every cell in words."""
    columns = {column.id: column for column in field.columns}
    return [{name: shown(cell, columns[name]) for name, cell in row.items()} for row in rows]


def apart_rows(
    old: Sequence[Mapping[str, Label]], new: Sequence[Mapping[str, Label]], titles: Mapping[str, Label]
) -> tuple[Label, Label] | None:
    """Return the first cell that differs as it was and is; None where whole rows came or went, or nothing differs."""
    if len(old) != len(new):
        return None
    pairs = enumerate(zip(old, new, strict=True))
    cells = [(n, name) for n, (was, now) in pairs for name in titles if was.get(name) != now.get(name)]
    if not cells:
        return None
    n, name = cells[0]
    was, now = (_cell(rows[n].get(name, NOTHING), titles[name], n) for rows in (old, new))
    more = len(cells) - 1
    return was, Label(f"{now.zh}（另有{more}格）", f"{now.en} (and {more} more cells)") if more else now


def _cell(words: Label, title: Label, number: int) -> Label:
    return Label(f"第{number + 1}行“{title.zh}”{words.zh}", f"row {number + 1} “{title['en']}” {words['en']}")
