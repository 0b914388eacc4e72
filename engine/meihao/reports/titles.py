"""Breaks a title into as few lines as fit, of like length, where its meaning allows and never inside a word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import combinations, pairwise

LINES_AT_MOST, PIECES_AT_MOST = 5, 24  # of a longer title the ways to break it are too many to try
_ROUND_AND_ROUND = r"（[^（）]*）|《[^《》]*》|“[^“”]*”"
_PLACE = r"[\u4e00-\u9fff]{1,5}?(?:自治区|自治州|省|市|州|盟|县|区|旗|镇|乡|街道)(?![村级域场民化镇街内外])"
_BATCH = r"第[^第]{1,4}[批届次期轮]"
_YEAR = rf"[0-9]{{4}}年(?:度|上半年|下半年)?(?:{_BATCH}|批次|批)?"
_PIECES = re.compile(
    rf"{_ROUND_AND_ROUND}|{_YEAR}|{_BATCH}|[0-9A-Za-z.\-—～]+[\u4e00-\u9fff]?|拟命名单位|命名|单位|关于|的(?:公示|决定)"
)
_ALONE = "，、；：。！？）》”"  # never begin a line


def pieces(title: str) -> tuple[str, ...]:
    """Return a Chinese title in pieces between which a line may end; what is not known to be a word's end stays whole.

    >>> pieces("关于示例市2026年批次（示例数据）拟命名单位的公示")
    ('关于', '示例市', '2026年批次', '（示例数据）', '拟命名单位', '的公示')
    """
    found: list[str] = []
    end = 0
    for match in _PIECES.finditer(title):
        found += _places(title[end : match.start()])
        found.append(match.group())
        end = match.end()
    found += _places(title[end:])
    return tuple(_with_marks(found))


def _places(text: str) -> list[str]:
    """Return a text with the places at its start cut off.

    >>> _places("示例市云岫县美丽村庄"), _places("美丽乡村示范"), _places("示范小区")
    (['示例市', '云岫县', '美丽村庄'], ['美丽乡村示范'], ['示范小区'])
    """
    found: list[str] = []
    while (match := re.match(_PLACE, text)) and len(text) - match.end() > 1 and match.end() > 2:
        found.append(match.group())
        text = text[match.end() :]
    return [*found, text] if text else found


def _with_marks(found: Sequence[str]) -> list[str]:
    joined: list[str] = []
    for piece in found:
        if joined and piece[0] in _ALONE:
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined


def wide(text: str) -> int:
    """Return the width of a text in halves of a 汉字."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in text)


def balanced(parts: Sequence[str], most: int, between: str = "") -> tuple[str, ...]:
    """Return parts set into as few lines as they fit, each at most `most` 汉字 wide, the lines as even as can be.

    >>> balanced(("关于", "示例市", "2026年批次", "（示例数据）", "拟命名单位", "的公示"), 18)
    ('关于示例市2026年批次', '（示例数据）拟命名单位的公示')
    """
    counts = range(1, min(len(parts), LINES_AT_MOST) + 1) if len(parts) <= PIECES_AT_MOST else ()
    for count in counts:
        cuts = combinations(range(1, len(parts)), count - 1)
        lines = (_lines(parts, cut, between) for cut in cuts)
        fitting = [one for one in lines if max(map(wide, one)) <= most * 2]
        if fitting:
            return min(fitting, key=_uneven)
    return (between.join(parts),)


def _lines(parts: Sequence[str], cuts: Sequence[int], between: str) -> tuple[str, ...]:
    edges = (0, *cuts, len(parts))
    return tuple(between.join(parts[a:b]) for a, b in pairwise(edges))


def _uneven(lines: tuple[str, ...]) -> int:
    mean = sum(map(wide, lines)) // len(lines)
    return sum((wide(line) - mean) ** 2 for line in lines)
