"""Offers the bundled typefaces as CSS font faces, and finds characters that none of them prints.

A character that no bundled font has is taken from some font of the machine, or printed as an empty box: the page then
differs between machines and PDF/A is broken. So every report is checked before it is made. Style sheets name families
by `SANS_STACK` and `SERIF_STACK` only: a stack without the rare face would send what it holds to the machine's fonts.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from msgspec import Struct

from ..core.problems import Message, Problem, Problems, Source

SANS = "Meihao Sans"
SERIF = "Meihao Serif"
RARE = "Meihao Rare"  # 汉字 of GBK that the text faces have not; a family of its own, see the README of the fonts
SANS_STACK = f'"{SANS}", "{RARE}"'
SERIF_STACK = f'"{SERIF}", "{RARE}"'


class Font(Struct, frozen=True):
    """One bundled face: file name in the font folder, and the CSS family, weight and style it answers to."""

    file: str
    family: str
    weight: int
    style: str = "normal"


FONTS = (
    Font("NotoSansSC-Regular.ttf", SANS, 400),
    Font("NotoSansSC-Bold.ttf", SANS, 700),
    Font("NotoSerifSC-Regular.ttf", SERIF, 400),
    Font("NotoSerifSC-Bold.ttf", SERIF, 700),
    Font("NotoSansSC-Rare.ttf", RARE, 400),
)

UNPRINTABLE = Message(
    "P001",
    "warning",
    "{field} 中有{count}个字符随附字体印不出：{zh}",
    "{field} has {count} character(s) that the bundled fonts cannot print: {en}",
    "改用规范汉字或字体所有的符号（如 ✓ × ●），否则由本机字体代替或印成空框",
    "use standard characters or signs the fonts have (such as ✓ × ●); else a font of the machine or an empty box is used",
)
BROKEN = Message(
    "P002",
    "error",
    "随附字体缺失或损坏：{file}",
    "bundled font missing or damaged: {file}",
    "重新安装 meihao",
    "install meihao again",
)

SHOWN = 8
_RANGES = ((0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x2064), (0xFE00, 0xFE0F), (0xE0100, 0xE01EF))
# Line ends, and signs that have no shape: joiners, marks of direction, selectors of variants.
SHAPELESS = frozenset("\t\n\r\xad\ufeff") | {chr(code) for first, last in _RANGES for code in range(first, last + 1)}


def font_faces_css(folder: Path) -> str:
    """Return one `@font-face` rule for each bundled font, with absolute file addresses."""
    return "\n".join(_face(font, folder.resolve() / font.file) for font in FONTS) + "\n"


def _face(font: Font, file: Path) -> str:
    name = f'font-family: "{font.family}"; font-weight: {font.weight}; font-style: {font.style}'
    return f'@font-face {{ {name}; src: url("{file.as_uri()}"); }}'


def broken_fonts(folder: Path) -> Problems:
    """Return an error for each bundled font that is missing in the folder or cannot be read."""
    broken = (font for font in FONTS if not _characters(folder / font.file))
    return tuple(BROKEN.at(Source(str(folder / font.file)), file=font.file) for font in broken)


@cache
def _characters(file: Path) -> frozenset[str]:
    """Return the characters a font file prints, none where it is missing, cut short or damaged. Read once in a process."""
    from fontTools.ttLib import TTFont, TTLibError  # type: ignore[import-untyped]  # ships no types; heavy, so late

    try:
        with file.open("rb") as stream, TTFont(stream, lazy=True) as font:
            end = max(table.offset + table.length for table in font.reader.tables.values())
            whole = end <= file.stat().st_size
            return frozenset(map(chr, font.getBestCmap() or ())) if whole else frozenset()
    except (OSError, TTLibError):
        return frozenset()


def missing_characters(texts: Iterable[tuple[str, str]], folder: Path) -> Problems:
    """Return a warning for each (field path, text) with characters that no bundled font prints, in the order given.

    A font that is itself missing or damaged is an error, and the texts are then not judged.
    """
    if broken := broken_fonts(folder):
        return broken
    found = ((field, unprintable(text, folder)) for field, text in texts)
    return tuple(dict.fromkeys(_warning(field, characters) for field, characters in found if characters))


def unprintable(text: str, folder: Path) -> tuple[str, ...]:
    """Return the characters that no bundled font prints; a font is read where those before it leave something open."""
    left = frozenset(text) - SHAPELESS
    for font in FONTS:
        if left:
            left -= _characters(folder / font.file)
    return tuple(sorted(left))


def _warning(field: str, characters: tuple[str, ...]) -> Problem:
    named = [_named(character) for character in characters[:SHOWN]]
    more = " …" if len(characters) > SHOWN else ""
    return UNPRINTABLE.at(
        Source(), field=field, count=len(characters), zh="、".join(named) + more, en=", ".join(named) + more
    )


def _named(character: str) -> str:
    """Return the character with its code; the code alone where the character itself is no text (controls, surrogates).

    >>> _named("✔"), _named("\\x07")
    ('✔ U+2714', 'U+0007')
    """
    code = f"U+{ord(character):04X}"
    return f"{character} {code}" if character.isprintable() else code
