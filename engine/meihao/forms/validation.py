"""Says beside a cell what a spreadsheet refuses there, in the words of `say.allowed`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, time

from ..core.label import YES_NO, Label, Lang
from ..core.numbers import Number, divide
from ..standard.model import FieldType
from .asked import Asked
from .layout import NONE
from .say import FIRST_DAY, LAST_DAY, allowed, told

TITLE_AT_MOST, MESSAGE_AT_MOST, LIST_AT_MOST = 32, 255, 255  # what the file format holds
NUMBER_FORMATS: Mapping[FieldType, str] = {
    "count": "0",
    "number": "General",
    "percent": "0.00%",  # what is shown with its sign is what is read, whatever a program makes of "85"
    "money": "#,##0.00",
    "date": "yyyy-mm-dd",
}
TEXT_FORMAT = "@"  # for all else: leading zeros stay, "=1+1" stays a text

ListSource = Callable[[tuple[str, ...]], list[str] | str]
"""Takes the entries of a dropdown; gives them back, or the range where they stand if they are too long for a cell."""


def number_format(asked: Asked) -> str:
    return NUMBER_FORMATS.get(asked.type, TEXT_FORMAT)


def choices(asked: Asked, lang: Lang) -> tuple[str, ...]:
    """Return the entries of a field's dropdown, none where it has none."""
    match asked.type:
        case "yes_no":
            return tuple(word[lang] for word in YES_NO)
        case "choice":
            return tuple(label[lang] for _, label in asked.options)
        case "table":
            return (NONE[lang],)
        case _:
            return ()


def too_long(entries: tuple[str, ...]) -> bool:
    """Say whether a dropdown does not fit into the rule itself: too long, or with a comma in an entry."""
    return len(",".join(entries)) > LIST_AT_MOST or any("," in entry for entry in entries)


def limits(asked: Asked) -> tuple[Number, Number] | None:
    """Return the range of a cell's stored value: of a percent cell the hundredth part."""
    if asked.range is None or asked.type != "percent":
        return asked.range
    low, high = asked.range
    return divide(low, 100), divide(high, 100)


def rule(asked: Asked, lang: Lang, lists: ListSource, prompt: bool = False) -> dict[str, object]:
    """Return the validation of a field's cell; with `prompt` it also says what may be filled in when the cell is chosen."""
    words = {
        "error_title": Label("填写有误", "Please check")[lang],
        "error_message": cut(f"{asked.title[lang]}{Label('：', ': ')[lang]}{allowed(asked)[lang]}", MESSAGE_AT_MOST),
        "error_type": "stop",
    }
    if prompt:
        words |= {
            "input_title": cut(asked.title[lang], TITLE_AT_MOST),
            "input_message": cut(told(asked, lang), MESSAGE_AT_MOST),
        }
    return {**_test(asked, lang, lists), **words}


def _test(asked: Asked, lang: Lang, lists: ListSource) -> dict[str, object]:
    if entries := choices(asked, lang):
        return {"validate": "list", "source": lists(entries)}
    if edges := limits(asked):
        what = "integer" if asked.type == "count" else "decimal"
        low, high = (edge if isinstance(edge, int) else float(edge) for edge in edges)
        return {"validate": what, "criteria": "between", "minimum": low, "maximum": high}
    if asked.type == "date":
        first, last = (datetime.combine(day, time()) for day in (FIRST_DAY, LAST_DAY))
        return {"validate": "date", "criteria": "between", "minimum": first, "maximum": last}
    if asked.type == "text":
        return {"validate": "length", "criteria": "<=", "value": asked.length_at_most}
    return {"validate": "any"}


def cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
