"""Says what works on this machine, what does not, what that means, and the one line that mends it.

`examine` looks, `judge` decides (and is pure), `render` prints.
"""

from __future__ import annotations

import argparse
import ctypes
import ctypes.util
import importlib
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from msgspec import Struct

from ..core.problems import Lang
from ..core.text import Label
from ..reports.fangsong import fangsong_here
from ..reports.fonts import FONTS, broken_fonts
from ..standard.resources import default_pack
from .desk import our_cache
from .phrases.doctor import DOCTOR
from .speaker import in_both, speaker

State = Literal["good", "limited", "broken"]

LIBRARIES = (  # what WeasyPrint loads: name, and file on Linux
    ("pango-1.0", "libpango-1.0.so.0"),
    ("pangoft2-1.0", "libpangoft2-1.0.so.0"),
    ("harfbuzz-subset", "libharfbuzz-subset.so.0"),
)
PANGO_LINE = "apt-get install -y libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
DURABLE_LINE = "apt-get install -y gcc libc6-dev python3-dev && ./meihao setup"
MARKS: dict[State, str] = {"good": "✓", "limited": "!", "broken": "✗"}


class Machine(Struct, frozen=True):
    """What was seen: versions, import errors ("" is none), libraries and files that are missing, the cache folder, a 仿宋."""

    python: tuple[int, int, int]
    durable_error: str
    missing_libraries: tuple[str, ...]
    pack: str
    pack_found: bool
    missing_fonts: tuple[str, ...]
    cache: str
    cache_writable: bool
    fangsong: str = ""


class Probe(Struct, frozen=True):
    """One thing looked at: its stable name, how it stands, what that means, and the line that mends it ("" if none)."""

    name: str
    state: State
    title: Label
    meaning: Label
    mend: str = ""


def doctor_command(words: argparse.Namespace) -> int:
    """Print how this machine stands; 1 where something is broken, 0 where at most something is limited."""
    checks = doctor()
    print(render(checks, words.lang), end="")
    return exit_code(checks)


def doctor() -> tuple[Probe, ...]:
    """Look at this machine and judge what was seen."""
    return judge(examine())


def examine() -> Machine:
    """Look at this machine: imports, libraries, files. Changes nothing but one temporary file in the cache folder."""
    pack, cache = default_pack(), our_cache()
    fonts = pack / "reports" / "fonts"
    return Machine(
        python=sys.version_info[:3],
        durable_error=_import_error("durable_rules_engine"),
        missing_libraries=tuple(name for name, file in LIBRARIES if not _loads(name, file)),
        pack=str(pack),
        pack_found=(pack / "pack.yaml").is_file(),
        missing_fonts=tuple(Path(problem.source.file).name for problem in broken_fonts(fonts)),
        cache=str(cache or ""),
        cache_writable=cache is not None and _writable(cache),
        fangsong=fangsong_here(),
    )


def _import_error(module: str) -> str:
    try:
        importlib.import_module(module)
    except ImportError as error:  # absent, or built for another Python
        return str(error) or module
    return ""


def _loads(name: str, file: str) -> bool:
    for candidate in (file, ctypes.util.find_library(name)):
        try:
            if candidate and ctypes.CDLL(candidate):
                return True
        except OSError:
            continue
    return False


def _writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def judge(machine: Machine) -> tuple[Probe, ...]:
    """Return the checks in the order in which a reader would mend them. Pure."""
    return (_python(machine), _pack(machine), _engine(machine), _pdf(machine), _fonts(machine), _cache(machine))


def _probe(name: str, state: State, meaning: str, mend: str = "", **values: object) -> Probe:
    return Probe(name, state, DOCTOR[name], in_both(DOCTOR[meaning], **values), mend)


def _python(machine: Machine) -> Probe:
    version, new = ".".join(map(str, machine.python)), machine.python >= (3, 11)
    mend = "" if new else "rm -rf .venv && ./meihao setup"
    return _probe("python", "good" if new else "broken", "python_version", mend, version=version)


def _pack(machine: Machine) -> Probe:
    if machine.pack_found:
        return _probe("pack", "good", "pack_there", pack=machine.pack)
    return _probe("pack", "broken", "pack_lost", "pip install --force-reinstall .", pack=machine.pack)


def _engine(machine: Machine) -> Probe:
    if not machine.durable_error:
        return _probe("engine", "good", "engine_durable")
    return _probe("engine", "limited", "engine_reference", DURABLE_LINE, error=machine.durable_error)


def _pdf(machine: Machine) -> Probe:
    missing = machine.missing_libraries
    if not missing:
        return _probe("pdf", "good", "pdf_whole")
    if missing == ("harfbuzz-subset",):
        return _probe("pdf", "limited", "pdf_slow", PANGO_LINE)
    return _probe("pdf", "limited", "pdf_none", PANGO_LINE, names=", ".join(missing))


def _fonts(machine: Machine) -> Probe:
    """Say whether the bundled fonts are there, and what sets the body of an official paper: we ship no FangSong."""
    if machine.missing_fonts:
        mend, names = "git checkout -- reports/fonts", ", ".join(machine.missing_fonts)
        return _probe("fonts", "limited", "fonts_lost", mend, names=names)
    if machine.fangsong:
        return _probe("fonts", "good", "fonts_and_fangsong", count=len(FONTS), fangsong=machine.fangsong)
    return _probe("fonts", "good", "fonts_no_fangsong", count=len(FONTS))


def _cache(machine: Machine) -> Probe:
    if machine.cache_writable:
        return _probe("cache", "good", "cache_writable", cache=machine.cache)
    mend = "export MEIHAO_CACHE=$(mktemp -d)"
    if not machine.cache:
        return _probe("cache", "limited", "cache_none", mend)
    return _probe("cache", "limited", "cache_not_writable", mend, cache=machine.cache)


def render(checks: Iterable[Probe], lang: Lang) -> str:
    """Return one line for each check, and below it the line that mends it; ends with a newline."""
    return "".join(f"{line}\n" for check in checks for line in _lines(check, lang))


def _lines(check: Probe, lang: Lang) -> tuple[str, ...]:
    say = speaker(lang, DOCTOR)
    first = say("line", mark=MARKS[check.state], title=check.title[lang], meaning=check.meaning[lang])
    return (first, say("mend", mend=check.mend)) if check.mend else (first,)


def exit_code(checks: Iterable[Probe]) -> int:
    """Return 1 where something is broken; what merely limits (HTML instead of PDF) is no failure."""
    return int(any(check.state == "broken" for check in checks))
