"""Makes every text of a document fit to print: no longer than allowed, and without signs that mislead.

Names and reasons come from outside. Unpunctuated Chinese is laid out in quadratic time, a mark of direction can turn a
name round, and a lone surrogate cannot be written at all: so every text passes here, in one place, before any template.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import TypeVar, cast

from msgspec import Struct
from msgspec.structs import replace

from ..core.problems import Lang

R = TypeVar("R")
TEXT_AT_MOST = 2000
UNPRINTED = "〓"  # 〓 stands, in Chinese typesetting, for a sign that the fount has not
_QUOTES = str.maketrans("“”‘’", "\"\"''")
_HAN = "\u4e00-\u9fff"
_QUOTED = re.compile(rf"“([^“”{_HAN}]*)”")
_DROPPED = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def cleaned(record: R, lang: Lang = "zh") -> R:
    """Return a frozen record with every text in it capped and stripped of controls and marks of direction.

    English texts get straight quotes, but around Chinese: in Chinese typefaces the curly ones are as wide as a 汉字.
    """
    return every_text(record, clean if lang == "zh" else lambda text: _straight(clean(text)))


def _straight(text: str) -> str:
    """Return a text with straight quotes; in one that holds Chinese, around words without any.

    >>> _straight("“a” and “b”"), _straight("“a” of 甲村 and “乙”")
    ('"a" and "b"', '"a" of 甲村 and “乙”')
    """
    return _QUOTED.sub(r'"\1"', text) if re.search(f"[{_HAN}]", text) else text.translate(_QUOTES)


def clean(text: str) -> str:
    """Return printable text of at most 2,000 characters and what was cut; blanks of any kind become one space.

    >>> clean("甲\\u202e村\\n东区\\x00")
    '甲村 东区'
    """
    shown = "".join(map(_shown, text[: TEXT_AT_MOST * 2]))
    left = len(text) - TEXT_AT_MOST
    return shown[:TEXT_AT_MOST] + (f"…（+{left}）" if left > 0 else "")


def _shown(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Zs":
        return "　" if character == "　" else "\u00a0" if character == "\u00a0" else " "
    if category not in _DROPPED:
        return "" if unicodedata.name(character, "").startswith("VARIATION SELECTOR") else character
    return " " if character in "\t\n\r\u2028\u2029" else UNPRINTED if category in ("Co", "Cn", "Cs") else ""


def every_text(record: R, change: Callable[[str], str]) -> R:
    """Return the record with `change` applied to each text in it, however deep."""
    if isinstance(record, str):
        return cast(R, change(record))
    if isinstance(record, tuple):
        return cast(R, tuple(every_text(part, change) for part in record))
    if isinstance(record, Struct):
        changed = {part: every_text(getattr(record, part), change) for part in record.__struct_fields__}
        return cast(R, replace(record, **changed))
    return record


def texts_of(record: object, path: str = "") -> tuple[tuple[str, str], ...]:
    """Return (field path, text) of each text in a record, in order."""
    if isinstance(record, str):
        return ((path, record),)
    if isinstance(record, tuple):
        return tuple(found for n, part in enumerate(record, 1) for found in texts_of(part, f"{path}[{n}]"))
    if isinstance(record, Struct):
        inner = ((part, getattr(record, part)) for part in record.__struct_fields__)
        return tuple(found for name, part in inner for found in texts_of(part, f"{path}.{name}".lstrip(".")))
    return ()
