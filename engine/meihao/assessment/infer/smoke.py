"""Tries whether durable_rules can stand the rule programs of a foreign pack, in a process that may hang or die.

The outcome is kept in a cache folder under the pack's digest. Run as a module, this file is that process: programs
on standard input, the outcome as exit code.
"""

from __future__ import annotations

import os
import pickle
import random
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal, get_args

from ...core.canonical import digest as digest_of
from ...core.files import write_whole
from ...core.problems import Message, Problems, Source
from ...core.text import Label
from ...core.version import __version__
from .engines import Wanted, engine
from .network import build
from .program import Conclude, Program, Truth
from .reference import conclude as reference

Outcome = Literal["passed", "differs", "crashed", "too_slow"]

SECONDS = 20.0
TRIALS = 20
DIFFERS = 3  # exit code; 0 is passed, anything else is a crash
TRUTHS: tuple[Truth, ...] = ("true", "false", "unknown")
ENGINE = Path(__file__).resolve().parents[3]

UNFIT = Message(
    "I001", "warning",
    "durable_rules没有通过这套标准的试运行（{why_zh}），由参考引擎评定，结果相同",
    "durable_rules did not pass the trial of this pack's rules ({why_en}); the reference engine judges, with the same results",
    "照常使用即可；请把这套标准的规则报告给Meihao的维护者",
    "go on as usual; please report the rules of this pack to Meihao's maintainers",
)  # fmt: skip
WHYS: Mapping[Outcome, Label] = {
    "differs": Label("结论与参考引擎不同", "its conclusions differ from the reference"),
    "crashed": Label("进程中途退出", "the process ended midway"),
    "too_slow": Label("超过时限", "it took too long"),
}


def tried_engine(
    programs: Sequence[Program], digest: str, cache_folder: Path | None, name: Wanted = "auto", seconds: float = SECONDS
) -> tuple[str, Conclude, Problems]:
    """Return the engine for a foreign pack's programs: durable only once they passed a trial in a process of its own."""
    chosen, conclude = engine(name)
    if chosen == "reference":
        return chosen, conclude, ()
    outcome = smoke_test(programs, digest, cache_folder, seconds)
    if outcome == "passed":
        return chosen, conclude, ()
    why = WHYS[outcome]
    return "reference", reference, (UNFIT.at(Source(), why_zh=why["zh"], why_en=why["en"]),)


def smoke_test(
    programs: Sequence[Program], digest: str, cache_folder: Path | None, seconds: float = SECONDS
) -> Outcome:
    """Return how durable_rules stands the programs of the pack with this digest; from the cache where it is known.

    A cache that cannot be read or written is not an error: the trial runs again.
    """
    place = cache_folder and cache_folder / "smoke" / _key(digest)
    if place and (known := _recorded(place)):
        return known
    outcome = _try(programs, seconds)
    if place:
        _record(place, outcome)
    return outcome


def _key(digest: str) -> str:
    """What was tried: this pack, with this Meihao, on this Python."""
    return digest_of([digest, __version__, sys.implementation.cache_tag, sys.platform]).removeprefix("sha256:")


def _recorded(place: Path) -> Outcome | None:
    try:
        text = place.read_text("ascii")
    except (OSError, UnicodeDecodeError):
        return None
    return next((outcome for outcome in get_args(Outcome) if outcome == text), None)


def _record(place: Path, outcome: Outcome) -> None:
    try:
        write_whole(place, outcome.encode())
    except OSError:
        return


def _try(programs: Sequence[Program], seconds: float) -> Outcome:
    """Run this module on the programs. -P: the folder it is started in, perhaps the pack's own, is no place for modules."""
    command = [sys.executable, "-P", "-m", __name__]
    environment = {**os.environ, "PYTHONPATH": str(ENGINE)}
    try:
        done = subprocess.run(
            command,
            input=pickle.dumps(tuple(programs)),
            env=environment,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "too_slow"
    return "passed" if done.returncode == 0 else "differs" if done.returncode == DIFFERS else "crashed"


def agrees(programs: Iterable[Program]) -> bool:
    """Tell whether durable concludes as the reference does, on the extremes and on some atoms in between."""
    from .durable import Durable  # late: for the process of the trial only

    durable = Durable()
    cases = ((program, atoms, waived) for program in programs for atoms, waived in _cases(program))
    return all(durable.conclude(*case) == reference(*case) for case in cases)


def _cases(program: Program) -> Iterable[tuple[Mapping[str, Truth], frozenset[str]]]:
    names = [name for name, _, _ in build(program).atoms]
    rules = frozenset(clause.rule for stratum in program.strata for clause in stratum)
    for waived in (frozenset[str](), rules):
        yield from ((dict.fromkeys(names, truth), waived) for truth in TRUTHS)
    seed = random.Random(0)
    for _ in range(TRIALS):
        some = frozenset(rule for rule in sorted(rules) if seed.random() < 0.1)
        yield {name: seed.choice(TRUTHS) for name in names}, some


if __name__ == "__main__":
    # The pickle comes from the parent process through a pipe, never from a file that somebody could change.
    sys.exit(0 if agrees(pickle.load(sys.stdin.buffer)) else DIFFERS)
