"""`check PACK`, `test PACK`, `version`: what authors of a standard run."""

from __future__ import annotations

import argparse
import sys

from .. import __version__
from ..authoring.messages import CASE_FAILED
from ..core.problems import Problems, errors, sort_by_place
from ..standard.resources import default_pack
from .desk import BAD_INPUT, FAILURES, OK, load
from .printing import say_problems


def version_command(words: argparse.Namespace) -> int:
    print(f"meihao {__version__}")
    return OK


def check_command(words: argparse.Namespace) -> int:
    """Say everything that is wrong with a pack, missing cases included."""
    from ..authoring.cases import run_cases
    from ..authoring.coverage import missing_cases
    from ..standard.check import check_pack

    folder = words.folder or default_pack()
    pack = load(folder, words.lang)
    results, problems = run_cases(pack, folder)
    found = sort_by_place((*check_pack(pack), *problems, *missing_cases(pack, results)))
    say_problems(found, words.lang)
    zh = words.lang == "zh"
    counts = (
        f"{len(errors(found))}个错误，{len(found) - len(errors(found))}个提醒"
        if zh
        else f"{len(errors(found))} errors, {len(found) - len(errors(found))} warnings"
    )
    print(f"{pack.title[words.lang]} {pack.edition}: {counts}")
    return FAILURES if errors(found) else OK


def test_command(words: argparse.Namespace) -> int:
    """Run a pack's cases and say which fail."""
    from ..authoring.cases import run_cases

    folder = words.folder or default_pack()
    pack = load(folder, words.lang)
    results, problems = run_cases(pack, folder)
    failed: Problems = tuple(
        CASE_FAILED.at(r.source, name=r.name, expected=r.expected, got=r.got) for r in results if not r.ok
    )
    say_problems(sort_by_place((*problems, *failed)), words.lang)
    zh = words.lang == "zh"
    passed = sum(r.ok for r in results)
    print(
        f"{passed}个用例通过，{len(failed)}个不符" if zh else f"{passed} cases pass, {len(failed)} do not",
        file=sys.stdout,
    )
    return BAD_INPUT if errors(problems) else FAILURES if failed else OK
