"""A line of a form in; the live formula that says how it stands, and what the formula gives now, out."""

from __future__ import annotations

from ..core.label import Label, Lang
from ..core.numbers import Number
from ..evidence.model import Scalar, Value
from .asked import Asked
from .layout import NONE, column
from .style import cell
from .validation import limits

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


def formula(line: Asked, row: int, lang: Lang, count: str = "") -> str:
    """Return the formula of a line's state; `count` is the cell that counts the rows of a table's ledger."""
    value, held, reason = (f"${cell(row, column(word))}" for word in ("value", "held", "reason"))
    if line.type == "table":
        return _table(value, held, count, lang)
    full = _if(f'{held}<>""', _text(HELD[lang]), _text(FILLED[lang])) if line.required else _text(SEEN[lang])
    if line.reason:
        full = _if(f'TRIM({reason})=""', _text(NO_REASON[lang]), full)
    if fault := _fault(line, value):
        full = _if(fault, _text(CHECK[lang]), full)
    return "=" + _if(f'TRIM({value})=""', _text((OPEN if line.required else MAY)[lang]), full)


def now(line: Asked, value: Value | None, held: bool, reason: str, lang: Lang) -> str:
    """Return what the formula gives for a prefilled value.

    >>> now(Asked("a", Label("户数"), "count", range=(1, 9)), 12, True, "", "zh")
    '！ 请核对'
    """
    if value is None:
        return (OPEN if line.required else MAY)[lang]
    if isinstance(value, tuple):
        shape = (HELD if held else FILLED)[lang]
        return f"{shape}{len(value)}{ROWS[lang]}" if value else f"√ {NONE[lang]}"
    if not fits(line, value):
        return CHECK[lang]
    if line.reason and not reason:
        return NO_REASON[lang]
    return (SEEN if not line.required else HELD if held else FILLED)[lang]


def fits(line: Asked, value: Scalar) -> bool:
    """Say whether a value that was handed in before still lies in the field's range."""
    if line.range is None or isinstance(value, bool | str) or not isinstance(value, Number):
        return True
    low, high = line.range
    return low <= value <= high and (line.type != "count" or isinstance(value, int))


def _table(value: str, held: str, count: str, lang: Lang) -> str:
    rows = f"{count}&{_text(ROWS[lang])}"
    some = _if(f'{held}<>""', _text(HELD[lang]), _text(FILLED[lang])) + f"&{rows}"
    none = _if(f'TRIM({value})=""', _text(OPEN[lang]), _text(f"√ {NONE[lang]}"))
    return "=" + _if(f"{count}>0", _if(f'TRIM({value})=""', some, _text(BOTH[lang])), none)


def _fault(line: Asked, value: str) -> str:
    """Return the condition under which a pasted value is wrong: validations watch the keyboard only."""
    edges = limits(line)
    if edges is None:
        return f"NOT(ISNUMBER({value}))" if line.type == "date" else ""
    low, high = (edge if isinstance(edge, int) else float(edge) for edge in edges)
    whole = f",{value}<>INT({value})" if line.type == "count" else ""
    return f"IF(ISNUMBER({value}),OR({value}<{low},{value}>{high}{whole}),TRUE)"


def _if(test: str, yes: str, no: str) -> str:
    return f"IF({test},{yes},{no})"


def _text(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
