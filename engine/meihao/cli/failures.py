"""Turns what the machine refused (a file, memory, a stream) into a sentence in the user's language and an exit code."""

from __future__ import annotations

import os
import sys

from ..core.files import KNOWN, reason
from ..core.problems import Lang, Message, Source
from .phrases.failures import FAILURES

BAD_INPUT = 2
REFUSED = Message(
    "X052", "error", "系统不让读写{path}：{why}", "the system refuses to read or write {path}: {why}",
    "核对路径和权限，或换一个文件夹", "check the path and its permissions, or use another folder",
)  # fmt: skip
NO_MEMORY = Message(
    "X053", "error", "内存不够，没有做完", "there is not enough memory: the work was not finished",
    "关掉别的程序，或放宽内存限额（ulimit -v、容器限额），再做；也可分成几批",
    "close other programs, raise the memory limit (ulimit -v, the container's), or do the work in several parts",
)  # fmt: skip
NO_OUTPUT = Message(
    "X054", "error", "标准输出是关着的，结果没有地方写", "standard output is closed: there is nowhere to write the result",
    "不要关闭标准输出，可以转到文件：meihao … > 结果.txt", "leave it open, or send it to a file: meihao ... > result.txt",
)  # fmt: skip


def is_refusal(refused: OSError) -> bool:
    """Say whether an error of the system is about something outside the program; any other is a bug of ours."""
    return refused.filename is not None or refused.errno in KNOWN


def refused_by_system(refused: OSError, lang: Lang) -> int:
    """Say which file the system refused, and why."""
    path = os.fsdecode(refused.filename) if isinstance(refused.filename, str | bytes | os.PathLike) else ""
    print(REFUSED.at(Source(path), path=path or FAILURES["a_file"], why=reason(refused)).text(lang), file=sys.stderr)
    return BAD_INPUT


def out_of_memory(lang: Lang) -> int:
    print(NO_MEMORY.at(Source()).text(lang), file=sys.stderr)
    return BAD_INPUT


def open_streams() -> bool:
    """Take the place of streams that were closed at the start, lest a file be opened under their numbers. False: no output."""
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  # stays open as long as we run
    if sys.stdout is None:
        for lang in ("zh", "en"):
            print(NO_OUTPUT.at(Source()).text(lang), file=sys.stderr)
        return False
    return True
