"""Says the phrases of the catalogue by their key: with values, with English nouns that agree with their numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from ..core.problems import Lang
from ..core.text import Label, with_unit
from .phrases.common import COMMON


class Say(Protocol):
    """Says a phrase of a page, or one that several pages share; KeyError for a key that neither knows."""

    def __call__(self, key: str, /, **values: object) -> str: ...


class Counted(int):
    """A number that a phrase can ask for with its noun.

    >>> f"{Counted(1):units}", f"{Counted(3):units}", f"{Counted(3)}"
    ('1 unit', '3 units', '3')
    """

    def __format__(self, noun: str) -> str:
        return with_unit(str(int(self)), f" {noun}") if noun else str(int(self))


def speaker(lang: Lang, phrases: Mapping[str, Label]) -> Say:
    """Return what says the phrases of a page in one language: `say("stored", n=3, codes="")`."""

    def say(key: str, /, **values: object) -> str:
        return _filled((phrases.get(key) or COMMON[key])[lang], values)

    return say


def in_both(label: Label, /, **values: object) -> Label:
    """Return a phrase with its values, in both languages; a value that is a label gives each language its own words.

    >>> in_both(Label("{n}个单位：{why}", "{n:units}: {why}"), n=1, why=Label("满", "full"))
    Label(zh='1个单位：满', en='1 unit: full')
    """
    return Label(_filled(label.zh, _words("zh", values)), _filled(label["en"], _words("en", values)))


def _words(lang: Lang, values: Mapping[str, object]) -> dict[str, object]:
    return {name: one[lang] if isinstance(one, Label) else one for name, one in values.items()}


def _filled(text: str, values: Mapping[str, object]) -> str:
    if not values:
        return text
    return text.format(**{name: Counted(one) if isinstance(one, int) else one for name, one in values.items()})
