"""仿宋 in official papers: what families a page asks for, and whether this machine has one. We ship none.

GB/T 9704 sets the body in 仿宋. No free 仿宋 is shipped; the bundled serif stands in for it, so that a notice looks the same on
every machine. Only where notice.yaml says `typeface: fangsong` is the machine's own tried first.
"""

from __future__ import annotations

import shutil
import subprocess

from .fonts import SERIF_STACK

FAMILIES = ("FangSong", "仿宋", "FangSong_GB2312", "仿宋_GB2312", "STFangsong", "FandolFang R")


def body_stack(wanted: bool) -> str:
    """Return the families of the body text, best first.

    >>> body_stack(False)
    '"Meihao Serif", "Meihao Rare"'
    """
    own = ", ".join(f'"{family}"' for family in FAMILIES)
    return f"{own}, {SERIF_STACK}" if wanted else SERIF_STACK


def fangsong_here() -> str:
    """Return a family of 仿宋 that fontconfig finds on this machine, "" where it finds none or is not there."""
    lister = shutil.which("fc-list")
    if lister is None:
        return ""
    try:
        done = subprocess.run((lister, ":", "family"), capture_output=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    found = {name.strip() for line in done.stdout.decode("utf-8", "replace").splitlines() for name in line.split(",")}
    return next((family for family in FAMILIES if family in found), "")
