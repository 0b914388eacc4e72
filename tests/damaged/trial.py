"""Damages an input by its seed, runs the command line on it under limits, and says what is wrong with the outcome."""

from __future__ import annotations

import io
import json
import os
import re
import resource
import shutil
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from pathlib import Path
from random import Random

from msgspec import Struct

from meihao.cli.main import run
from meihao.forms.summary import CORRECTIONS

from .damage import in_archive, in_text
from .whole import CODE, Family

SECONDS, MEGABYTES = 20, 500  # of the processor: a machine that is busy with something else is no fault
_PATIENCE = 300  # by the clock; who waits so long for something that does not come is ended
_ADDRESSES = 3 << 30  # of the child and each of its own: the machine's safety; what counts is what it uses
_MESSAGE = re.compile(r"(?P<place>.*?) ?\b(?P<code>[A-Z][0-9]{3}) (?P<said>.*)", re.DOTALL)
_OURS = ("Traceback", "程序出错", "our bug")


class Trial(Struct, frozen=True):
    """One damaged input: how the process ended, what it took, and what is wrong with that."""

    seed: int
    family: str
    damage: str
    code: int
    seconds: float
    megabytes: int
    faults: tuple[str, ...]
    stored: bool = False


def attempt(seed: int, families: Sequence[Family], folder: Path) -> Trial:
    """Damage the input that a seed draws, run the command on it in a forked process, and judge how it went."""
    dice = Random(seed)
    family = families[dice.randrange(len(families))]
    place = folder / "input"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(family.folder, place)
    target = place / family.file
    damaged, said = (in_archive if family.archive else in_text)(target.read_bytes(), dice)
    target.write_bytes(damaged)
    words = [word.format(place) for word in family.words]
    code, seconds, megabytes = _forked(words, folder)
    trial = Trial(seed, family.name, said, code, seconds, megabytes, ())
    faults = tuple(_faults(trial, family, folder))
    stored = len(list(place.rglob("evidence/*/0002*"))) > 0
    return Trial(seed, family.name, said, code, seconds, megabytes, faults, stored)


def _forked(words: Sequence[str], folder: Path) -> tuple[int, float, int]:
    """Run words in a child of this process; return its exit code (minus a signal), the seconds and megabytes that it used."""
    child = os.fork()
    if child == 0:
        _run(words, folder)
    signal.signal(signal.SIGALRM, lambda *_: os.killpg(child, signal.SIGKILL))
    signal.alarm(_PATIENCE)
    _, status, used = os.wait4(child, 0)
    signal.alarm(0)
    return os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss >> 10


def _run(words: Sequence[str], folder: Path) -> None:
    """Be the process: streams into files, limits, the command. Never returns."""
    os.setpgid(0, 0)
    for number, name in ((1, "out"), (2, "err")):
        os.dup2(os.open(folder / name, os.O_WRONLY | os.O_CREAT, 0o600), number)
    sys.stdout, sys.stderr = (os.fdopen(number, "w", encoding="utf-8", closefd=False) for number in (1, 2))
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESSES, _ADDRESSES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    code = 70
    try:
        code = run(words)
    except SystemExit as ended:
        code = int(ended.code or 0)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


# ---- what is wrong


def _faults(trial: Trial, family: Family, folder: Path) -> Iterator[str]:
    out, err = ((folder / name).read_text("utf-8", "replace") for name in ("out", "err"))
    if trial.code not in (0, 1, 2):
        yield f"ended with {trial.code}: {err[-300:]}"
    if trial.seconds > SECONDS:
        yield f"took {trial.seconds:.0f} s"
    if trial.megabytes > MEGABYTES:
        yield f"used {trial.megabytes} MB"
    if any(sign in out + err for sign in _OURS):
        yield f"speaks of a bug: {err[-300:]}"
    yield from faults_of_messages(err)
    if family.stores and trial.code in (0, 1):
        yield from faults_of_stored(json.loads(out), folder / "input" / family.stores, family)
    elif trial.code == 2 and not err.strip() and not (family.stores and json.loads(out)["files"][0]["errors"]):
        yield "was refused without a word"


def faults_of_messages(err: str) -> Iterator[str]:
    """Yield the messages on standard error that lack a place or a way to mend."""
    for line in filter(None, err.splitlines()):
        found = _MESSAGE.match(line)
        if found is None:
            yield f"no message: {line[:200]}"
        elif not found["place"].strip():
            yield f"no place: {line[:200]}"
        elif found["code"] not in CORRECTIONS and not line.rstrip().endswith("）"):
            yield f"no fix: {line[:200]}"


def faults_of_stored(told: object, place: Path, family: Family) -> Iterator[str]:
    """Yield where an error says no place or fix, and where points changed though no correction is listed."""
    assert isinstance(told, dict)
    for file in told["files"]:
        for error in file["errors"]:
            if error["severity"] != "notice" and not (error["fix"]["zh"] and (error["file"] or error["sheet"])):
                yield f"no place or fix: {error['rule']} {error['message']['zh'][:100]}"
        corrected = [unit["code"] for unit in file["units"] if unit["stored"] and unit["corrections"]]
        changed = [unit["code"] for unit in file["units"] if unit["stored"] and unit["code"] == CODE]
        if changed and CODE not in corrected and points(place) != points(family.folder / family.stores):
            yield "points changed, and no correction is listed"


def points(place: Path) -> str:
    """Return the result of the one unit of a round, what it says of sources left out."""
    told = io.StringIO()
    with redirect_stdout(told):
        run(
            [
                "assess",
                str(place / "evidence" / CODE),
                "--round",
                str(place),
                "--engine",
                "reference",
                "--format",
                "json",
            ]
        )
    return re.sub(r'"(?:digest|source|file)":[^\n]*', "", told.getvalue())
