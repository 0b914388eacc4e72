"""Reads a plain (unquoted) YAML scalar, or says why it has no single meaning."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from ..core.problems import Message
from . import yaml_messages as says

Scalar = str | int | Decimal | bool | None

CONSTANTS: dict[str, bool | None] = {"true": True, "false": False, "null": None}
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# Any other first character means text to every reader.
SUSPECT = frozenset("0123456789+-.~=<yYnNoOtTfF０１２３４５６７８９．％－＋")
# Patterns as texts: `re` compiles them when the first doubtful scalar comes.
_FULL_DIGITS = r"(?=[^０-９]*[０-９])[0-9.,:%/+０-９．，：％／－＋-]+"
_WORDS: Mapping[str, Message] = {
    **dict.fromkeys(("y", "yes", "n", "no", "on", "off", "true", "false"), says.WORD),
    **dict.fromkeys(("~", "null"), says.NULL_WORD),
    **dict.fromkeys(("=", "<<"), says.SIGN),
}
# With the words, every plain scalar that some reader of YAML 1.1 or 1.2 does not read as this text.
_NUMERIC = r"""(?aix)
    (?P<colon>[-+]?[0-9][0-9_]*(?::[0-9]+)+(?:\.[0-9_]*)?)
    |(?P<notation>[-+]?0[xob][0-9a-f_]+|[-+]?\.(?:inf|nan))
    |(?P<zero>[-+]?0[0-9_]+(?:\.[0-9_]*)?(?:e[-+]?[0-9]+)?)
    |(?P<number>[-+]?(?:[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9][0-9_]*)(?:e[-+]?[0-9]+)?)
    |(?P<date>[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:(?:t|[ \t]+)[0-9].*)?)"""
_MESSAGES = {
    "colon": says.COLON_NUMBER,
    "notation": says.NOTATION,
    "zero": says.LEADING_ZERO,
    "number": says.NOTATION,
    "date": says.DATE,
}


def resolve(text: str, most_digits: int) -> tuple[Scalar, Message | None]:
    """Return the value of a plain scalar and what is wrong with it; what is refused stays text.

    >>> resolve("1.10", 18), resolve("85%", 18)
    ((Decimal('1.10'), None), ('85%', None))
    >>> resolve("no", 18)[1].code
    'Y030'
    """
    if text in CONSTANTS:
        return CONSTANTS[text], None
    if number := _NUMBER.fullmatch(text):
        if digits(text) > most_digits:
            return text, says.TOO_MANY_DIGITS
        return (Decimal(text) if number[1] else int(text)), None
    return text, _doubt(text)


def digits(text: str) -> int:
    """Return how many digits a number is written with."""
    return sum(character.isdigit() for character in text)


def _doubt(text: str) -> Message | None:
    if _DAY.fullmatch(text) and _in_calendar(text):
        return None
    return _ambiguous(text) or (says.FULL_DIGITS if re.fullmatch(_FULL_DIGITS, text) else None)


def _ambiguous(text: str) -> Message | None:
    """Return what is wrong with a text that some reader takes for something else."""
    if text[0].isalpha() or text in _WORDS:
        return _WORDS.get(text.lower()) if text.isascii() else None
    found = re.fullmatch(_NUMERIC, text)
    return _MESSAGES[found.lastgroup or ""] if found else None


def _in_calendar(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def key_is_text(text: str) -> bool:
    """Return whether every reader takes the plain scalar for text where it stands as a key."""
    if text in CONSTANTS or _DAY.fullmatch(text):
        return False
    return text[:1] not in SUSPECT or _ambiguous(text) is None


def quoted(text: str) -> str:
    """Return the text as it should be written: in double quotes, or in single ones where it holds a quote or backslash.

    >>> quoted("no"), quoted('12" pipe')
    ('"no"', '\\'12" pipe\\'')
    """
    return "'" + text.replace("'", "''") + "'" if '"' in text or "\\" in text else f'"{text}"'


def short(text: str) -> str:
    """Return the text in one line of at most 40 characters, for use inside a message."""
    line = " ".join(text.split())
    return line if len(line) <= 40 else line[:39] + "…"
