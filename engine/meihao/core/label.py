"""Languages, and the same words in both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Lang = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Label:
    """The same words in Chinese and English; English falls back to Chinese."""

    zh: str
    en: str = ""

    def __getitem__(self, lang: Lang) -> str:
        return self.en or self.zh if lang == "en" else self.zh
