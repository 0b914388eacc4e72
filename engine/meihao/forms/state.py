"""Makes the live formula that says how a line of a form stands, and works out what the formula gives now."""

from __future__ import annotations

from ..core.label import Label, Lang
from ..evidence.model import Value
from .asked import Asked
from .faults import fits, text, wrong
from .layout import NONE, column
from .style import cell

FILLED = Label("√ 已填", "√ filled")
HELD = Label("◆ 已有", "◆ held")
OPEN = Label("○ 待填", "○ open")
CHECK = Label("！ 请核对", "！ check")
NO_REASON = Label("！ 缺理由", "！ no reason")
MAY = Label("－ 选填", "－ optional")
SEEN = Label("＋ 已核", "＋ seen")
BOTH = Label("！ 有行又选无", "！ rows, yet none")
ROWS = Label("行", " rows")
DONE = ("√", "◆")  # the shapes that count as handed in


def formula(line: Asked, row: int, lang: Lang, count: str = "", bad: str = "") -> str:
    """Return the formula of a line's state.

    Of a table, `count` is the cell that counts the rows of its ledger, `bad` the formula that counts their wrong cells.
    """
    value, held, reason = (f"${cell(row, column(word))}" for word in ("value", "held", "reason"))
    if line.type == "table":
        return _table(line, value, held, count, bad, lang)
    full = _if(f'{held}<>""', text(HELD[lang]), text(FILLED[lang])) if line.required else text(SEEN[lang])
    if line.reason:
        full = _if(f'TRIM({reason})=""', text(NO_REASON[lang]), full)
    full = _if(wrong(line, value, lang), text(CHECK[lang]), full)
    said = _if(f'TRIM({value})=""', text((OPEN if line.required else MAY)[lang]), full)
    return "=" + _if(f"ISERROR({value})", text(CHECK[lang]), said)


def now(line: Asked, value: Value | None, held: bool, reason: str, lang: Lang) -> str:
    """Return what the formula gives for a prefilled value.

    >>> now(Asked("a", Label("户数"), "count", range=(1, 9)), 12, True, "", "zh")
    '！ 请核对'
    """
    if value is None:
        return (OPEN if line.required else MAY)[lang]
    if isinstance(value, tuple):
        columns = {column.id: column for column in line.columns}
        if not all(fits(columns[name], one) for row in value for name, one in row.items() if name in columns):
            return CHECK[lang]
        shape = (HELD if held else FILLED)[lang]
        return f"{shape}{len(value)}{ROWS[lang]}" if value else f"√ {NONE[lang]}"
    if not fits(line, value):
        return CHECK[lang]
    if line.reason and not reason:
        return NO_REASON[lang]
    return (SEEN if not line.required else HELD if held else FILLED)[lang]


def _table(line: Asked, value: str, held: str, count: str, bad: str, lang: Lang) -> str:
    check, empty = text(CHECK[lang]), f'TRIM({value})=""'
    some = _if(f'{held}<>""', text(HELD[lang]), text(FILLED[lang])) + f"&{count}&{text(ROWS[lang])}"
    some = _if(f"{bad}>0", check, some) if bad else some
    none = _if(empty, text(OPEN[lang]), _if(wrong(line, value, lang), check, text(f"√ {NONE[lang]}")))
    said = _if(f"{count}>0", _if(empty, some, text(BOTH[lang])), none)
    return "=" + _if(f"ISERROR({value})", check, f"IFERROR({said},{check})")


def _if(test: str, yes: str, no: str) -> str:
    return f"IF({test},{yes},{no})"
