"""What is said where a set of files takes the place of one in which somebody went on writing."""

from __future__ import annotations

from pathlib import Path

from ..core.output_set import Kept
from ..core.problems import Lang, Message, Source
from .printing import say_problems

EDITED = Message(
    "C051", "warning", "{path}写出以后有人改过，改动的一份另存为{copy}，{path}现在是这一次的",
    "{path} had been edited since it was written: that version is kept as {copy}, and {path} is now this run's",
    "对照两份，把还要的改动写进新的一份", "compare the two and carry over what is still wanted",
)  # fmt: skip
WORD = {"zh": "改动稿", "en": "edited"}


def kept(lang: Lang) -> Kept:
    """Return how edited files of a set are kept: under a word of the user's language, each told on stderr."""

    def tell(path: Path, copy: Path) -> None:
        say_problems((EDITED.at(Source(str(path)), path=path, copy=copy.name),), lang)

    return Kept(WORD[lang], tell)
