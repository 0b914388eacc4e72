"""Says the complaints of argparse in Chinese and English, with a near match and exit code 2."""

from __future__ import annotations

import argparse
import os
import re
import sys
from typing import NoReturn

_CHOICE = r"(?:argument (?P<name>.+?): )?invalid choice: (?P<got>'.*?'|\S+) \(choose from (?P<known>.*)\)"
_REQUIRED = r"the following arguments are required: (?P<names>.*)"
_UNKNOWN = r"unrecognized arguments: (?P<names>.*)"
_VALUE = r"argument (?P<name>.+?): expected (?:one|at least one) argument"
_COUNT = r"argument (?P<name>.+?): wants a whole number up to (?P<most>\d+), got '(?P<got>.*)'"
MOST = 256
vars(argparse)["_"] = (
    str  # no translation: what is said is matched below, and looking for one takes a thirtieth of a cold start
)


class Formatter(argparse.RawDescriptionHelpFormatter):
    """Help as wide as the terminal, 80 columns where there is none. (argparse would import `shutil` at every start to know.)"""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_columns() - 2)


def _columns() -> int:
    given = os.environ.get("COLUMNS", "")
    if given.isascii() and given.isdigit() and int(given) > 0:
        return int(given)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or 80 if sys.__stdout__ else 80
    except (OSError, ValueError):  # not a terminal; closed
        return 80


class Parser(argparse.ArgumentParser):
    """A parser whose errors can be read by people who do not program."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong in both languages, then how to ask for help; exit with 2."""
        print(f"C019 {chinese(message)}（{self.prog} --help 看用法）", file=sys.stderr)
        print(f"usage error: {message} ({self.prog} --help)", file=sys.stderr)
        raise SystemExit(2)


def chinese(message: str) -> str:
    """Return argparse's message in Chinese; one that is not known is passed on.

    >>> chinese("the following arguments are required: EVIDENCE")
    '缺少参数：EVIDENCE'
    """
    if found := re.fullmatch(_REQUIRED, message):
        return f"缺少参数：{found['names']}"
    if found := re.fullmatch(_UNKNOWN, message):
        return f"不认识的参数：{found['names']}"
    if found := re.fullmatch(_VALUE, message):
        return f"{found['name']}后面要写内容"
    if found := re.fullmatch(_COUNT, message, re.DOTALL):
        return f"{found['name']}应为0到{found['most']}的整数，现为“{found['got']}”"
    if found := re.fullmatch(_CHOICE, message):
        got = found["got"].strip("'")
        known = re.findall(r"[a-z][a-z-]*", found["known"])
        from ..core.text import near  # late: `--help` needs no near match

        close = near(got, known)
        return f"没有“{got}”" + (f"，是否想写 {close}？" if close else f"，可用：{'、'.join(known)}")
    return f"参数不对：{message}"


def count(text: str) -> int:
    """Return a whole number that an option may have; argparse says what is wrong with any other."""
    if text.isascii() and text.isdigit() and len(text) < 9 and int(text) <= MOST:
        return int(text)
    raise argparse.ArgumentTypeError(f"wants a whole number up to {MOST}, got '{text[:40]}'")


def port(text: str) -> int:
    """Return the number of a port, 0 for any that is free; argparse says what is wrong with any other."""
    if text.isascii() and text.isdigit() and int(text[:9]) < 65536:
        return int(text)
    raise argparse.ArgumentTypeError(f"wants a port, 0 to 65535, got '{text[:40]}'")
