"""Runs `check PACK`, `test PACK` and `version`, which authors of a standard use."""

from __future__ import annotations

import argparse

from ..core.version import __version__
from ..uses.check import NOT_SEALED, check_standard, run_standard_cases
from .desk import BAD_INPUT, FAILURES, OK, our_cache, result_of
from .phrases.check import CHECK
from .printing import say_problems
from .speaker import speaker


def version_command(words: argparse.Namespace) -> int:
    print(f"meihao {__version__}")
    return OK


def check_command(words: argparse.Namespace) -> int:
    """Say everything that is wrong with a pack; `--seal` seals a sound edition."""
    checked = result_of(check_standard(words.folder, words.seal, our_cache()), words.lang)
    pack, found = checked.pack, [one for one in checked.problems if one.code != NOT_SEALED.code]
    say_problems(checked.problems, words.lang)
    say, wrong = speaker(words.lang, CHECK), sum(one.severity == "error" for one in found)
    print(
        f"{pack.title[words.lang]} {pack.edition}: {say('faults_counted', errors=wrong, warnings=len(found) - wrong)}"
    )
    if checked.sealed:
        print(say("sealed"), checked.sealed)
    return FAILURES if wrong else OK


def test_command(words: argparse.Namespace) -> int:
    """Run a pack's cases and say which fail."""
    tested = result_of(run_standard_cases(words.folder, our_cache()), words.lang)
    say_problems(tested.problems, words.lang)
    passed = sum(r.ok for r in tested.results)
    failed = len(tested.results) - passed
    print(speaker(words.lang, CHECK)("cases_counted", passed=passed, failed=failed))
    return BAD_INPUT if tested.unread else FAILURES if failed else OK
