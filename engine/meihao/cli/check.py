"""`check PACK`, `test PACK`, `version`: what authors of a standard run."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from .. import __version__
from ..authoring.cases import CaseResult, run_cases
from ..authoring.coverage import missing_cases
from ..authoring.messages import CASE_FAILED
from ..core.files import reason, write_whole
from ..core.problems import Lang, Message, Problems, Source, errors, sort_by_place
from ..standard.check import check_pack
from ..standard.check_edition import Seal, check_edition, read_seals
from ..standard.draft import errors_of
from ..standard.folder import SEALED
from ..standard.model import Pack
from ..standard.resources import default_pack
from .desk import BAD_INPUT, FAILURES, OK, Stop, read_pack, stop_on_errors
from .new import NOT_WRITABLE
from .printing import chooser, say_problems

NOT_SEALED = Message(
    "C033", "error", "{edition}版没有封存：有{errors}", "edition {edition} was not sealed because of {errors}",
    "改好上面列出的各处，再封存", "correct what is listed above, then seal it",
)  # fmt: skip


def version_command(words: argparse.Namespace) -> int:
    print(f"meihao {__version__}")
    return OK


def check_command(words: argparse.Namespace) -> int:
    """Say everything that is wrong with a pack, missing cases and broken seals included; `--seal` seals a sound edition.

    Whether cases hold is for `test` to say; only what all cases agree with is sealed.
    """
    folder = words.folder or default_pack()
    pack, _ = read_pack(folder, words.lang)
    seals, said = read_seals(folder)
    results, problems = run_cases(pack, folder)
    failed = _failed(results) if words.seal else ()
    found = sort_by_place(
        (*check_pack(pack), *said, *check_edition(pack, seals), *problems, *failed, *missing_cases(pack, results))
    )
    say_problems(found, words.lang)
    say, wrong = chooser(words.lang), len(errors(found))
    counts = say(f"{wrong}个错误，{len(found) - wrong}个提醒", f"{wrong} errors, {len(found) - wrong} warnings")
    print(f"{pack.title[words.lang]} {pack.edition}: {counts}")
    if wrong and words.seal:
        say_problems((NOT_SEALED.at(pack.source, edition=pack.edition, errors=errors_of(wrong)),), words.lang)
    if wrong:
        return FAILURES
    if words.seal:
        print(say("已封存", "sealed"), _seal(pack, seals, folder, words.lang))
    return OK


def _failed(results: Sequence[CaseResult]) -> Problems:
    """Return a problem for each case that expects something else than the pack gives."""
    return tuple(CASE_FAILED.at(r.source, name=r.name, expected=r.expected, got=r.got) for r in results if not r.ok)


def _seal(pack: Pack, seals: tuple[Seal, ...], folder: Path, lang: Lang) -> Path:
    """Add the edition's digest to `sealed.yaml`; one that is sealed already stays as it is. Stops where it cannot."""
    pairs = {seal.edition: seal.digest for seal in seals}
    pairs.setdefault(pack.edition, pack.digest)
    lines = ["# 已封存的版本：施行后任何改动都会被检查出来 sealed editions", "editions:"]
    lines += [f'  - {{edition: "{edition}", digest: "{digest}"}}' for edition, digest in pairs.items()]
    path = folder / SEALED
    try:
        write_whole(path, ("\n".join(lines) + "\n").encode())
    except OSError as refused:
        stop_on_errors((NOT_WRITABLE.at(Source(str(path)), path=path, why=reason(refused)),), lang)
        raise Stop(BAD_INPUT) from None
    return path


def test_command(words: argparse.Namespace) -> int:
    """Run a pack's cases and say which fail."""
    folder = words.folder or default_pack()
    pack, _ = read_pack(folder, words.lang)
    results, problems = run_cases(pack, folder)
    failed = _failed(results)
    say_problems(sort_by_place((*problems, *failed)), words.lang)
    say, passed = chooser(words.lang), sum(r.ok for r in results)
    print(say(f"{passed}个用例通过，{len(failed)}个不符", f"{passed} cases pass, {len(failed)} do not"))
    return BAD_INPUT if errors(problems) else FAILURES if failed else OK
