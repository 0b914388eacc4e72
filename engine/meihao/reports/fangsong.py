"""仿宋 in official papers: what families a page asks for, whether this machine has one, and what is said where it has none.

GB/T 9704 sets the body in 仿宋. No free 仿宋 is shipped; the bundled serif stands in for it, so that a notice looks the same on
every machine. Only where notice.yaml says `typeface: fangsong`, and this machine has it, is its own used. Only notices are
set in it; every other document, be it by WeasyPrint or Typst, takes the bundled typefaces alone.
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
WINDOWS = "Fonts/simfang.ttf"  # where Windows, which has no fc-list, keeps its own
NO_FANGSONG = Message(
    "P027", "warning",
    "notice.yaml要用仿宋，本机没有：公示名单的正文改用随附宋体，纸面下方已写明",
    "notice.yaml asks for 仿宋 (FangSong), which this machine has not: the bundled serif stands in, and the notice says so",
    "安装仿宋后再写一次；meihao doctor可检查", "install a 仿宋 typeface and write the lists again; meihao doctor checks it",
)  # fmt: skip


def body_stack(wanted: bool) -> str:
    """Return the families of the body text, best first.

    >>> body_stack(False)
    '"Meihao Serif", "Meihao Rare"'
    """
    own = ", ".join(f'"{family}"' for family in FAMILIES)
    return f"{own}, {SERIF_STACK}" if wanted else SERIF_STACK


def in_type_here(facts: Publication, before: Problems = ()) -> tuple[Publication, Problems]:
    """Return facts whose typeface this machine has; where 仿宋 is asked for in vain the bundled one, and a warning."""
    if facts.typeface == "bundled" or fangsong_here():
        return facts, before
    return replace(facts, typeface="bundled"), (*before, NO_FANGSONG.at(Source()))


def fangsong_here() -> str:
    """Return a family of 仿宋 that is found on this machine, "" where there is none."""
    lister = shutil.which("fc-list")
    if lister is None:
        return FAMILIES[0] if (Path(os.environ.get("WINDIR", "")) / WINDOWS).is_file() else ""
    try:
        done = subprocess.run((lister, ":", "family"), capture_output=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    found = {name.strip() for line in done.stdout.decode("utf-8", "replace").splitlines() for name in line.split(",")}
    return next((family for family in FAMILIES if family in found), "")
