"""Names the languages and holds the same words in both of them."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Lang = Literal["zh", "en"]


class Label(Struct, frozen=True):
    """The same words in Chinese and English; English falls back to Chinese."""

    zh: str
    en: str = ""

    def __getitem__(self, lang: Lang) -> str:
        return self.en or self.zh if lang == "en" else self.zh


YES, NO = YES_NO = (Label("是", "yes"), Label("否", "no"))
