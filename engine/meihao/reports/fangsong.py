"""Finds the typefaces 仿宋 and 楷体 for official papers on this machine, and says what takes the place of others.

GB/T 9704 sets the body in 仿宋 and the headings （一） in 楷体. Neither is shipped; the bundled serif stands in for both, so
that a paper looks the same on every machine. Only where notice.yaml says `typeface: fangsong`, and this machine has them, are its
own used. Only official papers are set in them; every other document, by WeasyPrint or Typst, takes the bundled typefaces.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from msgspec.structs import replace

from ..core.problems import Message, Problems, Source
from .fonts import SERIF_STACK
from .publication import Publication

FAMILIES = ("FangSong", "仿宋", "FangSong_GB2312", "仿宋_GB2312", "STFangsong", "FandolFang R")
KAI_FAMILIES = ("KaiTi", "楷体", "KaiTi_GB2312", "楷体_GB2312", "STKaiti", "FandolKai")
WINDOWS = {
    "FangSong": "Fonts/simfang.ttf",
    "KaiTi": "Fonts/simkai.ttf",
}  # where Windows, without fc-list, keeps its own
NO_FANGSONG = Message(
    "P027", "warning",
    "notice.yaml要用仿宋，本机没有：公文正文改用随附宋体",
    "notice.yaml asks for 仿宋 (FangSong), which this machine does not have: the bundled serif is used instead",
    "安装仿宋后再写一次；meihao doctor可检查", "install a 仿宋 typeface and write the lists again; meihao doctor checks it",
)  # fmt: skip
NO_KAITI = Message(
    "P070", "notice",
    "本机有仿宋，没有楷体：公文里（一）一级的标题改用随附宋体",
    "this machine has 仿宋 but no 楷体 (KaiTi): headings of the second level are set in the bundled serif instead",
    "安装楷体后再写一次", "install a 楷体 typeface and write the lists again",
)  # fmt: skip


def body_stack(wanted: bool) -> str:
    """Return the families of the body text, best first.

    >>> body_stack(False)
    '"Meihao Serif", "Meihao Rare"'
    """
    return _stack(FAMILIES) if wanted else SERIF_STACK


def kai_stack(wanted: bool) -> str:
    """Return the families of the headings （一）, best first."""
    return _stack(KAI_FAMILIES) if wanted else SERIF_STACK


def _stack(families: tuple[str, ...]) -> str:
    return ", ".join((*(f'"{family}"' for family in families), SERIF_STACK))


def in_type_here(facts: Publication, before: Problems = ()) -> tuple[Publication, Problems]:
    """Return facts whose typeface this machine has; where 仿宋 is asked for in vain the bundled one, and a warning."""
    if facts.typeface == "bundled":
        return facts, before
    if not fangsong_here():
        return replace(facts, typeface="bundled"), (*before, NO_FANGSONG.at(Source()))
    return facts, before if kaiti_here() else (*before, NO_KAITI.at(Source()))


def fangsong_here() -> str:
    """Return a family of 仿宋 that is found on this machine, "" where there is none."""
    return _first_here(FAMILIES)


def kaiti_here() -> str:
    """Return a family of 楷体 that is found on this machine, "" where there is none."""
    return _first_here(KAI_FAMILIES)


def _first_here(families: tuple[str, ...]) -> str:
    lister = shutil.which("fc-list")
    if lister is None:
        return families[0] if (Path(os.environ.get("WINDIR", "")) / WINDOWS[families[0]]).is_file() else ""
    try:
        done = subprocess.run((lister, ":", "family"), capture_output=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    found = {name.strip() for line in done.stdout.decode("utf-8", "replace").splitlines() for name in line.split(",")}
    return next((family for family in families if family in found), "")
