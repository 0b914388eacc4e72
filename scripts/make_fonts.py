"""Full Noto fonts in, the small fonts of `reports/fonts` out; needs `hb-subset`, downloads nothing.

    python scripts/make_fonts.py SOURCE [--to reports/fonts]

SOURCE is the folder `@expo-google-fonts` (or the one that holds it) with the packages `noto-sans-sc` and
`noto-serif-sc`. The same sources and the same HarfBuzz give the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import subprocess
import sys
import tempfile
import unicodedata
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TABLE = "standard-characters.txt"

# Blocks of which everything the font has is kept: what a report in Chinese or English may need besides 汉字.
BLOCKS = (
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x00FF),  # Latin-1: · ± × ÷ § °
    (0x0100, 0x017F),  # Latin Extended-A, with pinyin's ā ē ī ō ū
    (0x2010, 0x2027),  # dashes, quotation marks, …
    (0x2030, 0x205E),  # ‰ ′ ″ ※ ⁉
    (0x2070, 0x209F),  # superscripts and subscripts
    (0x20A0, 0x20BF),  # currencies
    (0x2100, 0x218F),  # № ℃ ™, fractions, Roman numerals
    (0x2190, 0x2199),  # arrows
    (0x2200, 0x22FF),  # − ≈ ≠ ≤ ≥
    (0x2460, 0x24FF),  # ① ⑴ ⒈
    (0x2500, 0x25FF),  # rules, ■ □ ▲ △ ● ○ ◐ ◑
    (0x2600, 0x26FF),  # ★ ☆ ☎
    (0x2700, 0x27BF),  # ✓ ❶
    (0x3000, 0x303F),  # 、。〇〔〕【】
    (0x3220, 0x3257),  # ㈠ ㉑
    (0x3280, 0x32BF),  # ㊀ ㊣ ㊿
    (0x3380, 0x33DF),  # ㎡ ㎞ ㎏
    (0xFF01, 0xFF5E),  # full-width forms
    (0xFFE0, 0xFFE6),  # ￥
)
# Signs that reports ask for by name; one that a font lacks is said in the output.
SIGNS = "—…‘’“”·≤≥≈×÷−±％‰№〔〕①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳●○◐◑■□▲△✓✔✗✘→←↑↓㎡㎞〇"

# Kept: composition, ligatures, local forms, kerning, marks. Gone: vertical setting, alternates, hints.
FEATURES = "ccmp,kern,liga,locl,mark"
TABLES_DROPPED = "gasp,prep,vhea,vmtx"
NAMES = "0,1,2,3,4,5,6,13,14"  # with copyright (0), licence (13) and its address (14)


@dataclass(frozen=True, slots=True)
class Cut:
    """One font to make: where it lies in the source, its name here, which repertoire it keeps, its family where renamed."""

    source: str
    target: str
    keeps: str
    family: str = ""


# The four faces of text keep exactly the same characters, and the rest of GBK has a face and a family of its own.
# Were one weight of a family wider than the other, a bold character could be taken from the regular file under the
# name of the bold one, and WeasyPrint, which tells fonts apart by that name, would print the wrong glyphs.
# The rare face carries its family's name in the file as well: Typst goes by that.
CUTS = (
    Cut("noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf", "NotoSansSC-Regular.ttf", "common"),
    Cut("noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf", "NotoSansSC-Bold.ttf", "common"),
    Cut("noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf", "NotoSerifSC-Regular.ttf", "common"),
    Cut("noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf", "NotoSerifSC-Bold.ttf", "common"),
    Cut("noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf", "NotoSansSC-Rare.ttf", "rare", "Noto Sans SC Rare"),
)
LICENCES = (
    ("noto-sans-sc/LICENSE_FONT", "OFL-NotoSansSC.txt"),
    ("noto-serif-sc/LICENSE_FONT", "OFL-NotoSerifSC.txt"),
)


def two_byte_characters(codec: str) -> frozenset[str]:
    """Return every character that the codec writes in two bytes."""
    pairs = (bytes((lead, trail)) for lead in range(0x81, 0xFF) for trail in range(0x40, 0xFF))
    decoded = (pair.decode(codec, errors="ignore") for pair in pairs)
    return frozenset(text for text in decoded if len(text) == 1 and not text.isascii())


def is_han(character: str) -> bool:
    """Return whether this is a 汉字 (and not a sign, a kana or a letter)."""
    return unicodedata.name(character, "").startswith(("CJK UNIFIED IDEOGRAPH", "CJK COMPATIBILITY IDEOGRAPH"))


def standard_characters(folder: Path) -> frozenset[str]:
    """Return the 8,105 characters of 通用规范汉字表 (国发〔2013〕23号) from the table beside the fonts."""
    lines = (folder / TABLE).read_text(encoding="utf-8").splitlines()
    return frozenset("".join(line for line in lines if not line.startswith("#")))


def repertoires(standard: frozenset[str]) -> dict[str, frozenset[str]]:
    """Return "common": 汉字 of GB2312 and of the standard table, signs of GBK, the blocks above; "rare": the rest of GBK."""
    gbk = two_byte_characters("gbk")
    signs = {c for c in gbk if not is_han(c)}
    blocks = {chr(code) for first, last in BLOCKS for code in range(first, last + 1)}
    common = two_byte_characters("gb2312") | standard | signs | blocks
    return {"common": common, "rare": gbk - common}


def subset(source: Path, target: Path, characters: Iterable[str]) -> None:
    """Write the part of `source` that prints `characters` to `target`. Raises CalledProcessError, FileNotFoundError."""
    with tempfile.TemporaryDirectory() as folder:
        wanted = Path(folder, "wanted.txt")
        wanted.write_text("\n".join(f"{ord(c):X}" for c in sorted(characters)), encoding="ascii")
        command = ["hb-subset", str(source), f"--unicodes-file={wanted}", f"--output-file={target}"]
        kept = [f"--layout-features={FEATURES}", f"--name-IDs={NAMES}", "--notdef-outline"]
        subprocess.run([*command, *kept, f"--drop-tables={TABLES_DROPPED}", "--no-hinting"], check=True)


def rename(font: Path, family: str) -> None:
    """Write a family's name into a font file; every other table keeps its bytes."""
    from fontTools.ttLib import TTFont  # late, see below

    with TTFont(font, lazy=True, recalcBBoxes=False, recalcTimestamp=False) as opened:
        old = opened["name"].getDebugName(1)
        for record in opened["name"].names:
            for before, after in ((old, family), (old.replace(" ", ""), family.replace(" ", ""))):
                if record.nameID in (1, 3, 4, 6):
                    record.string = str(record).replace(before, after)
        opened.save(font.with_suffix(".new"))
    font.with_suffix(".new").replace(font)


def characters_of(font: Path) -> frozenset[str]:
    """Return the characters that a font file prints."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # ships no types; heavy, so late

    with TTFont(font, lazy=True) as opened:
        return frozenset(map(chr, opened.getBestCmap()))


def row(file: Path) -> str:
    """Return a Markdown row for the README: file, characters, bytes, bytes once packed, digest."""
    data = file.read_bytes()
    numbers = f"{len(characters_of(file)):,} | {len(data):,} | {len(zlib.compress(data, 9)):,}"
    return f"| {file.name} | {numbers} | `{hashlib.sha256(data).hexdigest()}` |"


def lack(font: Path, wanted: frozenset[str]) -> str:
    """Return the line that says which of the wanted characters a font has not."""
    return f"{font.name} lacks: {''.join(sorted(wanted - characters_of(font))) or 'nothing'}"


def make(source: Path, folder: Path) -> list[str]:
    """Make every font and copy the licences; return the lines to print."""
    standard = standard_characters(folder)
    kept = repertoires(standard)
    wanted = {"common": standard | frozenset(SIGNS), "rare": kept["rare"]}
    for cut in CUTS:
        subset(source / cut.source, folder / cut.target, kept[cut.keeps])
        if cut.family:
            rename(folder / cut.target, cut.family)
    for name, copy in LICENCES:
        shutil.copyfile(source / name, folder / copy)
    rows = [row(folder / cut.target) for cut in CUTS]
    return rows + [lack(folder / cut.target, wanted[cut.keeps]) for cut in CUTS]


def complaint(source: Path, folder: Path) -> str:
    """Return what stops the work, or ""."""
    needed = [*(source / cut.source for cut in CUTS), *(source / name for name, _ in LICENCES), folder / TABLE]
    absent = [str(path) for path in needed if not path.is_file()]
    if absent:
        return "not found: " + ", ".join(absent)
    return "" if shutil.which("hb-subset") else "hb-subset is not installed (Debian package libharfbuzz-bin)"


def main(arguments: list[str] | None = None) -> int:
    """Run from the command line; 2 where something needed is absent."""
    parser = argparse.ArgumentParser(description="Make the fonts of reports/fonts from the full Noto fonts.")
    parser.add_argument("source", type=Path, help="folder @expo-google-fonts, or the folder that holds it")
    parser.add_argument("--to", type=Path, default=ROOT / "reports" / "fonts", help="folder for the fonts")
    options = parser.parse_args(arguments)
    inner = options.source / "@expo-google-fonts"
    source = inner if inner.is_dir() else options.source
    if problem := complaint(source, options.to):
        print(problem, file=sys.stderr)
        return 2
    print("\n".join(make(source, options.to)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
