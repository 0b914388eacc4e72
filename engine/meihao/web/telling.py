"""Tells on the terminal what a command of the server has to say, and with which exit code it ends."""

from __future__ import annotations

import sys

from ..core.problems import Lang, Problems, errors

OK, BAD_INPUT = 0, 2


def tell(problems: Problems, lang: Lang) -> None:
    """Say problems on stderr."""
    for problem in problems:
        print(problem.text(lang), file=sys.stderr)


def refuse(problems: Problems, lang: Lang) -> int:
    """Say why nothing was done, and return the exit code."""
    tell(problems, lang)
    return BAD_INPUT if errors(problems) else OK
