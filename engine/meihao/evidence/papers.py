"""Reads a document as it was listed and says what is odd about it: its number, its title, days that disagree."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from ..core.problems import Message, Problem, Problems, Source
from ..core.text import bare, normal
from ..standard.model import Pack
from ..standard.model.parts import wanted_of
from .model import Document

NO_NUMBER = Message(
    "E111", "notice", "文号“{value}”不是文号，按没有文号计", "“{value}” is no document number: taken as none given",
    "没有文号就空着", "leave it empty where there is none",
)  # fmt: skip
NEAR_TITLE = Message(
    "E112", "warning", "没有要求《{title}》；还缺的《{wanted}》是不是它？",
    "no “{title}” is wanted; is it the missing “{wanted}”?",
    "是的话，名称改成《{wanted}》；是另一份材料就不用改", "if it is, name it “{wanted}”; if it is another document, leave it",
)  # fmt: skip
ENDS_BEFORE = Message(
    "E113", "error", "《{title}》{day}出具，有效期却到{until}为止", "“{title}” is of {day}, yet valid only to {until}",
    "核对两个日期", "check both dates",
)  # fmt: skip
ALIKE = 0.75
_NONE_ZH = "无 没有 暂无 尚无 未编 未编号 无编号 无文号 无号 没有文号 没有编号 不详 不明 未知 同上 略 空"
_NONE_EN = "none no nil null na n/a n.a nonumber unnumbered without withoutnumber unknown notapplicable"
_NO_NUMBERS = frozenset(f"{_NONE_ZH} {_NONE_EN}".split())


def is_number(text: str) -> bool:
    """Say whether a text can be a document's number: it holds a letter or digit, and is none of the words for having none.

    >>> is_number("川府〔2026〕1号"), is_number("——"), is_number("（无）"), is_number("N / A")
    (True, False, False, False)
    """
    plain = bare(text).strip("()[]{}<>\"'“”‘’《》〈〉【】〔〕.。")
    return any(map(str.isalnum, plain)) and plain not in _NO_NUMBERS


def number_of(text: str, at: Source) -> tuple[str, Problems]:
    """Return a document's number, "" for what only says that it has none."""
    if not text or is_number(text):
        return text, ()
    return "", (NO_NUMBER.at(at, value=text[:40]),)


def days_disagree(document: Document, at: Source) -> Problems:
    """Return what is wrong where a document ends before it begins."""
    day, until = document.day, document.valid_to
    if day is None or until is None or day <= until:
        return ()
    return (ENDS_BEFORE.at(at, title=document.title[:60], day=day, until=until),)


def near_titles(documents: Sequence[Document], wanted: Collection[str]) -> Iterator[Problem]:
    """Yield a question for each title that nobody wants and that is like a wanted one which is not there."""
    held = {normal(document.title) for document in documents}
    missing = [title for title in dict.fromkeys(wanted) if title not in held]
    for document in documents:
        title = normal(document.title)
        if title not in wanted and (near := nearest(title, missing)):
            yield NEAR_TITLE.at(document.source, title=title[:60], wanted=near)


def nearest(title: str, titles: Iterable[str]) -> str:
    """Return the title that another one most likely means, or "".

    >>> nearest("物业费收缴表", ["物业费收缴报表", "物业服务合同"]), nearest("物业服务合同（2026年）", ["物业服务合同"])
    ('物业费收缴报表', '物业服务合同')
    """
    found = [(_likeness(title, one), one) for one in titles]
    best = max(found, default=(0.0, ""))
    return best[1] if best[0] >= ALIKE else ""


@lru_cache(maxsize=4096)
def _likeness(title: str, wanted: str) -> float:
    if wanted in title:
        return 1.0
    from difflib import SequenceMatcher  # late: most papers have the title that is asked for

    return SequenceMatcher(None, title, wanted, autojunk=False).ratio()


def wanted_titles(pack: Pack, kind: str) -> Mapping[str, None]:
    """Return the titles of the documents that a kind of unit is asked for."""
    return dict.fromkeys(normal(want.title.zh) for want in wanted_of(pack, kind))
