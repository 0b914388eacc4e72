"""`check PACK`, `test PACK`, `version`: what authors of a standard run."""

from __future__ import annotations

import argparse
from pathlib import Path

from .. import __version__
from ..authoring.cases import run_cases
from ..authoring.coverage import missing_cases
from ..authoring.messages import CASE_FAILED
from ..core.files import write_whole
from ..core.problems import Problems, errors, sort_by_place
from ..standard.check import check_pack
from ..standard.check_edition import Seal, check_edition, read_seals
from ..standard.model import Pack
from ..standard.resources import default_pack
from .desk import BAD_INPUT, FAILURES, OK, load
from .printing import chooser, say_problems


def version_command(words: argparse.Namespace) -> int:
    print(f"meihao {__version__}")
    return OK


def check_command(words: argparse.Namespace) -> int:
    """Say everything that is wrong with a pack, missing cases and broken seals included; `--seal` seals a sound edition."""
    folder = words.folder or default_pack()
    pack = load(folder, words.lang)
    seals, said = read_seals(folder)
    results, problems = run_cases(pack, folder)
    found = sort_by_place(
        (*check_pack(pack), *said, *check_edition(pack, seals), *problems, *missing_cases(pack, results))
    )
    say_problems(found, words.lang)
    say, wrong = chooser(words.lang), len(errors(found))
    counts = say(f"{wrong}个错误，{len(found) - wrong}个提醒", f"{wrong} errors, {len(found) - wrong} warnings")
    print(f"{pack.title[words.lang]} {pack.edition}: {counts}")
    if wrong:
        return FAILURES
    if words.seal:
        print(say("已封存", "sealed"), _seal(pack, seals, folder))
    return OK


def _seal(pack: Pack, seals: tuple[Seal, ...], folder: Path) -> Path:
    """Add the edition's digest to `sealed.yaml`; an edition that is sealed already stays as it is."""
    pairs = {seal.edition: seal.digest for seal in seals}
    pairs.setdefault(pack.edition, pack.digest)
    lines = ["# 已封存的版本：施行后任何改动都会被检查出来 sealed editions", "editions:"]
    lines += [f'  - {{edition: "{edition}", digest: "{digest}"}}' for edition, digest in pairs.items()]
    write_whole(folder / "sealed.yaml", ("\n".join(lines) + "\n").encode())
    return folder / "sealed.yaml"


def test_command(words: argparse.Namespace) -> int:
    """Run a pack's cases and say which fail."""
    folder = words.folder or default_pack()
    pack = load(folder, words.lang)
    results, problems = run_cases(pack, folder)
    failed: Problems = tuple(
        CASE_FAILED.at(r.source, name=r.name, expected=r.expected, got=r.got) for r in results if not r.ok
    )
    say_problems(sort_by_place((*problems, *failed)), words.lang)
    say, passed = chooser(words.lang), sum(r.ok for r in results)
    print(say(f"{passed}个用例通过，{len(failed)}个不符", f"{passed} cases pass, {len(failed)} do not"))
    return BAD_INPUT if errors(problems) else FAILURES if failed else OK
