"""Makes the formulas that find what the import will refuse: wrong type, out of range, no such choice, too long.

Validations watch the keyboard only; what is pasted gets past them. A formula says of one cell whether it is wrong, or counts
the wrong cells of an area. Cells must not be empty for the former; the latter passes over empty ones.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ..core.calendar import LATEST
from ..core.label import Lang
from ..core.numbers import Number
from ..evidence.model import Scalar
from ..evidence.values import FALSE_WORDS, TRUE_WORDS
from .asked import Asked
from .layout import NONE
from .validation import limits

DAY_ZERO = date(1899, 12, 30)  # of a workbook's count of days
DAYS = (1, (LATEST - DAY_ZERO).days)


def wrong(asked: Asked, cell: str, lang: Lang) -> str:
    """Return the condition under which a filled cell will be refused; "" where nothing can be wrong."""
    match asked.type:
        case "yes_no" | "choice" | "table":
            return f"NOT(OR(TRIM({cell})={{{','.join(map(text, words(asked, lang)))}}}))"
        case "text":
            return f"OR(NOT(ISTEXT({cell})),LEN({cell})>{asked.length_at_most})"
    low, high = edges(asked)
    whole = f",{cell}<>INT({cell})" if asked.type == "count" else ""
    return f"IF(ISNUMBER({cell}),OR({cell}<{low},{cell}>{high}{whole}),TRUE)"


def wrong_in(asked: Asked, area: str, lang: Lang) -> str:
    """Return the formula that counts the filled cells of an area of one column which will be refused."""
    match asked.type:
        case "yes_no" | "choice" | "table":
            good = "+".join(f"(TRIM({area})={text(word)})" for word in words(asked, lang))
        case "text":
            good = f"ISTEXT({area})*(LEN({area})<={asked.length_at_most})"
        case _:
            low, high = edges(asked)
            whole = f'*(1-ISNUMBER(FIND(".",{area}&"")))' if asked.type == "count" else ""
            good = f"ISNUMBER({area})*({area}>={low})*({area}<={high}){whole}"
    return f'SUMPRODUCT(({area}<>"")*(1-({good})))'


def edges(asked: Asked) -> tuple[int | float, int | float]:
    """Return the least and the largest stored number of a cell: of a date its day, of a percentage the hundredth part."""
    if asked.type == "date":
        return DAYS
    low, high = limits(asked) or (-(10**15), 10**15)
    return _stored(low), _stored(high)


def _stored(edge: Number) -> int | float:
    return edge if isinstance(edge, int) else float(edge)


def words(asked: Asked, lang: Lang) -> tuple[str, ...]:
    """Return what a cell of a choice may hold, each once whatever its case; of an English form the English words alone."""
    match asked.type:
        case "yes_no":
            return tuple(word for word in (*TRUE_WORDS, *FALSE_WORDS) if lang == "zh" or word < "一")
        case "table":
            return _once((NONE[lang], NONE["en"]))
        case _:
            return _once(word for code, label in asked.options for word in (code, label[lang], label["en"]))


def _once(found: Iterable[str]) -> tuple[str, ...]:
    return tuple({word.casefold(): word for word in found}.values())


def fits(asked: Asked, value: Scalar) -> bool:
    """Say whether a value that was handed in before is one that a form of today takes."""
    if asked.type == "choice":
        return not asked.options or value in dict(asked.options)
    if asked.range is None or isinstance(value, bool | str) or not isinstance(value, Number):
        return True
    low, high = asked.range
    return low <= value <= high and (asked.type != "count" or isinstance(value, int))


def text(said: str) -> str:
    """Return a text as formulas write it."""
    return '"' + said.replace('"', '""') + '"'
