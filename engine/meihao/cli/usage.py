"""Says the complaints of argparse in Chinese and English, with a near match and exit code 2."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Sequence
from typing import NoReturn

MOST = 256
vars(argparse)["_"] = str  # no translation: to look for one takes a thirtieth of a cold start


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
        from .phrases.usage import WRONG_USE  # late: `--help` has no complaints

        for line in WRONG_USE:
            print(line.format(zh=chinese(message), en=message, prog=self.prog), file=sys.stderr)
        raise SystemExit(2)


def chinese(message: str) -> str:
    """Return argparse's message in Chinese; one that is not known is passed on.

    >>> chinese("the following arguments are required: EVIDENCE")
    '缺少参数：EVIDENCE'
    """
    from .phrases.usage import ANY_OTHER, CHOICE, COMPLAINTS

    for english, said in COMPLAINTS:
        if found := re.fullmatch(english, message):
            return said.format(**found.groupdict())
    if found := re.fullmatch(CHOICE, message):
        return _no_such(found["got"].strip("'"), re.findall(r"[a-z][a-z-]*", found["known"]))
    return ANY_OTHER.format(message=message)


def _no_such(got: str, known: Sequence[str]) -> str:
    from ..core.text import near
    from .phrases.usage import BETWEEN, KNOWN, NEAR, NO_SUCH

    close = near(got, known)
    return NO_SUCH.format(got=got) + (NEAR.format(near=close) if close else KNOWN.format(known=BETWEEN.join(known)))


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
