"""The words of a command line in; one command run, and its exit code out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import get_args

from .. import __version__
from ..core.problems import Lang
from .doctor import doctor, exit_code, render
from .self_test import cannot_test, self_test


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command that the arguments name (those of the process, if none are given) and return its exit code."""
    parser = argparse.ArgumentParser(
        prog="meihao", description="美好：评什么、得几分、为什么。Rules engine for model units."
    )
    parser.add_argument("--lang", choices=get_args(Lang), default="zh", help="语言 language")
    parser.add_argument("command", help="version | doctor | self-test")
    words, rest = parser.parse_known_args(arguments)
    if words.command == "version":
        print(f"meihao {__version__}")
        return 0
    if words.command == "doctor":
        checks = doctor()
        print(render(checks, words.lang), end="")
        return exit_code(checks)
    if words.command == "self-test":
        return _self_test(words.lang, rest)
    print(f"不认识的命令：{words.command} / unknown command: {words.command}", file=sys.stderr)
    return 2


def _self_test(lang: Lang, rest: Sequence[str]) -> int:
    problems = cannot_test()
    for problem in problems:
        print(problem.text(lang), file=sys.stderr)
    return 2 if problems else self_test(rest)
