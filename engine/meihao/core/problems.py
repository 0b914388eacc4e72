"""Treats a user's mistake as a value: a code, a place, what is wrong and how to mend it, in Chinese and English."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from .label import Label
from .label import Lang as Lang

LANGS: tuple[Lang, Lang] = ("zh", "en")
Severity = Literal["error", "warning", "notice"]


class Source(Struct, frozen=True, order=True, gc=False):
    """A place in a user's file: `file:line:col`, `file sheet!cell` or `file` row; unset parts are empty or 0."""

    file: str = ""
    sheet: str = ""
    row: int = 0
    line: int = 0
    column: int = 0
    cell: str = ""

    @property
    def place(self) -> str:
        """Return the place inside the file; "" where only the file is known.

        >>> Source("a.xlsx", "封面", row=4, column=2, cell="B4").place, Source("a.csv", row=7).place, Source("a.yaml").place
        ('封面!B4', '7', '')
        """
        if self.cell:
            return f"{self.sheet}!{self.cell}"
        if self.row:
            return str(self.row)
        return f"{self.line}:{self.column}" if self.line else ""

    def __str__(self) -> str:
        between = " " if self.cell and self.file else ":" if self.place and not self.cell else ""
        return f"{self.file}{between}{self.place}"


class Problem(Struct, frozen=True):
    """One mistake, ready to print in either language; `hint` says what to do, `named` that the message has the file's name."""

    code: str
    severity: Severity
    source: Source
    message_zh: str
    message_en: str
    hint_zh: str = ""
    hint_en: str = ""
    named: bool = False

    def text(self, lang: Lang = "zh") -> str:
        """Return `place code message(hint)` in one line; a file that the message names itself is not named before it.

        >>> M = Message("S012", "error", "未知的键 '{key}'", "unknown key '{key}'", "改用 '{near}'", "use '{near}'")
        >>> M.at(Source("a.yaml", line=3, column=5), key="minn", near="min").text()
        "a.yaml:3:5 S012 未知的键 'minn'（改用 'min'）"
        >>> Message("E043", "error", "找不到{path}", "there is no {path}").at(Source("a.yaml"), path="a.yaml").text()
        'E043 找不到a.yaml'
        >>> Message("E043", "error", "{what}不是排名", "{what} is not a ranking").at(Source("a"), what="data").text("en")
        'a E043 data is not a ranking'
        """
        message, hint = (self.message_zh, self.hint_zh) if lang == "zh" else (self.message_en, self.hint_en)
        closing = (f"（{hint}）" if lang == "zh" else f" ({hint})") if hint else ""
        place = "" if self.named and not self.source.place else self.source
        return f"{place} {self.code} {message}{closing}".lstrip()

    def to_json(self) -> dict[str, object]:
        place = {"file": self.source.file, "sheet": self.source.sheet, "cell": self.source.cell}
        numbers = {"row": self.source.row, "line": self.source.line, "column": self.source.column}
        return {
            "code": self.code,
            "severity": self.severity,
            "place": {k: v for k, v in {**place, **numbers}.items() if v},
            "message": {"zh": self.message_zh, "en": self.message_en},
            "hint": {"zh": self.hint_zh, "en": self.hint_en},
        }


class Message(Struct, frozen=True):
    """A kind of problem: a stable code and its sentences, with `{name}` for the values of one case."""

    code: str
    severity: Severity
    zh: str
    en: str
    fix_zh: str = ""
    fix_en: str = ""

    def at(self, source: Source, /, **values: object) -> Problem:
        """Return the problem of this kind at `source`; a Label is put in by language, braces in values stay as they are."""
        zh, en = ({k: v[lang] if isinstance(v, Label) else v for k, v in values.items()} for lang in LANGS)
        sentences = (self.zh.format(**zh), self.en.format(**en), self.fix_zh.format(**zh), self.fix_en.format(**en))
        named = any(str(value) == source.file and f"{{{name}}}" in self.zh for name, value in values.items())
        return Problem(self.code, self.severity, source, *sentences, named=named)


Problems = tuple[Problem, ...]


def errors(problems: Problems) -> Problems:
    """Return the problems that stop the work."""
    return tuple(p for p in problems if p.severity == "error")


def sort_by_place(problems: Problems) -> Problems:
    """Return the problems in the order of their places, each once."""
    return tuple(sorted(dict.fromkeys(problems), key=lambda p: (p.source, p.code, p.message_en)))
