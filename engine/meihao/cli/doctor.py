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


def _python(machine: Machine) -> Probe:
    version = ".".join(map(str, machine.python))
    state: State = "good" if machine.python >= (3, 11) else "broken"
    meaning = Label(f"版本{version}，需要3.11或更新。", f"version {version}; 3.11 or newer is needed.")
    return Probe(
        "python", state, Label("Python", "Python"), meaning, "" if state == "good" else "rm -rf .venv && ./meihao setup"
    )


def _pack(machine: Machine) -> Probe:
    title = Label("内置的标准", "built-in standard")
    if machine.pack_found:
        return Probe("pack", "good", title, Label(f"在 {machine.pack}", f"at {machine.pack}"))
    meaning = Label(
        f"{machine.pack} 里没有 pack.yaml，只能用 --pack 指定的标准。",
        f"there is no pack.yaml in {machine.pack}; only standards named with --pack can be used.",
    )
    return Probe("pack", "broken", title, meaning, "pip install --force-reinstall .")


def _engine(machine: Machine) -> Probe:
    title = Label("评定引擎", "judging engine")
    if not machine.durable_error:
        return Probe("engine", "good", title, Label("由durable_rules评定。", "durable_rules judges."))
    meaning = Label(
        f"没有durable_rules（{machine.durable_error}），由参考引擎评定，结果完全相同。",
        f"no durable_rules ({machine.durable_error}); the reference engine judges, with identical results.",
    )
    return Probe("engine", "limited", title, meaning, DURABLE_LINE)


def _pdf(machine: Machine) -> Probe:
    title, missing = Label("PDF", "PDF"), machine.missing_libraries
    if not missing:
        return Probe("pdf", "good", title, Label("Pango和HarfBuzz齐全。", "Pango and HarfBuzz are there."))
    if missing == ("harfbuzz-subset",):
        slow = Label(
            "缺少harfbuzz-subset，PDF能做，但每份慢数倍。",
            "no harfbuzz-subset: each PDF takes several times longer.",
        )
        return Probe("pdf", "limited", title, slow, PANGO_LINE)
    names = ", ".join(missing)
    meaning = Label(
        f"缺少{names}，报告用HTML和XLSX代替PDF，其余照常。",
        f"without {names}, reports come as HTML and XLSX, not PDF; all else works.",
    )
    return Probe("pdf", "limited", title, meaning, PANGO_LINE)


def _fonts(machine: Machine) -> Probe:
    title, missing = Label("随附字体", "bundled fonts"), machine.missing_fonts
    if not missing:
        return Probe("fonts", "good", title, _all_fonts(machine.fangsong))
    names = ", ".join(missing)
    meaning = Label(
        f"缺少或损坏：{names}。改用本机字体，各机器印出的页面会不同。",
        f"missing or damaged: {names}. The machine's own fonts are used, so pages will look different.",
    )
    return Probe("fonts", "limited", title, meaning, "git checkout -- reports/fonts")


def _all_fonts(fangsong: str) -> Label:
    """Return that the bundled fonts are there, and what sets the body of an official paper: we ship no FangSong."""
    zh = f"本机有{fangsong}，notice.yaml写typeface: fangsong才用" if fangsong else "本机没有仿宋"
    en = (
        f"this machine has {fangsong}; to use it, write typeface: fangsong in notice.yaml"
        if fangsong
        else "this machine has no FangSong"
    )
    return Label(
        f"{len(FONTS)}个字体齐全；仿宋和楷体没有随附，公文正文用随附宋体（{zh}）。",
        f"all {len(FONTS)} are there; no FangSong or KaiTi, so official papers use the bundled serif font ({en}).",
    )


def _cache(machine: Machine) -> Probe:
    title = Label("缓存文件夹", "cache folder")
    if machine.cache_writable:
        return Probe("cache", "good", title, Label(f"可以写入 {machine.cache}", f"{machine.cache} is writable"))
    meaning = Label(
        f"不能写入 {machine.cache}，每次都要重新检查标准，会慢一些。",
        f"{machine.cache} is not writable; each start checks the standard again, which takes a little longer.",
    )
    if not machine.cache:
        meaning = Label(
            "没有缓存文件夹（这个用户没有主目录），每次都要重新检查标准，会慢一些。",
            "there is none (this user has no home); each start checks the standard again, which takes a little longer.",
        )
    return Probe("cache", "limited", title, meaning, "export MEIHAO_CACHE=$(mktemp -d)")


def render(checks: Iterable[Probe], lang: Lang) -> str:
    """Return one line for each check, and below it the line that mends it; ends with a newline."""
    return "".join(f"{line}\n" for check in checks for line in _lines(check, lang))


def _lines(check: Probe, lang: Lang) -> tuple[str, ...]:
    colon, mend = ("：", "解决办法：") if lang == "zh" else (": ", "To fix: ")
    first = f"{MARKS[check.state]} {check.title[lang]}{colon}{check.meaning[lang]}"
    return (first, f"    {mend}{check.mend}") if check.mend else (first,)


def exit_code(checks: Iterable[Probe]) -> int:
    """Return 1 where something is broken; what merely limits (HTML instead of PDF) is no failure."""
    return int(any(check.state == "broken" for check in checks))
