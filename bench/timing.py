"""Times functions or commands in turn: the least CPU time of several rounds, and ratios to a baseline.

A machine that does other work as well slows everything down alike: so candidates take turns, the least of several rounds
counts, and what is reported is the ratio to the baseline. The times beside it are of this machine and this run only.
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from time import process_time

from msgspec import Struct

ROOT = Path(__file__).resolve().parents[1]


class Line(Struct, frozen=True):
    """One figure: what was measured, in which unit, its ratio to the baseline, and the target ratio where there is one."""

    name: str
    value: float
    unit: str
    ratio: float
    target: float | None = None

    def text(self) -> str:
        aim = (
            ""
            if self.target is None
            else f"   target {self.target:g}x {'ok' if self.ratio <= self.target else 'MISSED'}"
        )
        return f"  {self.name:<58}{self.value:>11.2f} {self.unit:<9}{self.ratio:>8.2f}x{aim}"


class Table(Struct, frozen=True):
    """The figures of one benchmark; every ratio is to `baseline`."""

    title: str
    baseline: str
    lines: tuple[Line, ...]
    notes: tuple[str, ...] = ()

    def text(self) -> str:
        head = f"{self.title}\n  (ratios to: {self.baseline})"
        return "\n".join([head, *(line.text() for line in self.lines), *(f"  {note}" for note in self.notes)])

    def ratio(self, name: str) -> float:
        return next(line.ratio for line in self.lines if line.name == name)


Work = Callable[[], object]


def interleaved(works: Mapping[str, Work], rounds: int) -> dict[str, float]:
    """Return the least CPU seconds of each work; in every round all take their turn, in changing order."""
    least = dict.fromkeys(works, float("inf"))
    names = list(works)
    for turn in range(rounds):
        for name in names if turn % 2 == 0 else reversed(names):
            least[name] = min(least[name], _seconds(works[name]))
    return least


def _seconds(work: Work) -> float:
    gc.collect()
    start = process_time()
    work()
    return process_time() - start


def against(
    baseline: str, seconds: Mapping[str, float], per: int, unit: str, scale: float, targets: Mapping[str, float]
) -> tuple[Line, ...]:
    """Return the lines of a table; `per` is how many units each time covers, `scale` turns seconds into `unit`."""
    base = seconds[baseline]
    return tuple(Line(n, s / per * scale, unit, s / base, targets.get(n)) for n, s in seconds.items())


def command_seconds(arguments: Sequence[str], environment: Mapping[str, str], expect: tuple[int, ...] = (0,)) -> float:
    """Run a command from the checkout's root and return its CPU seconds, its children's among them."""
    with open(os.devnull, "wb") as nowhere:
        child = subprocess.Popen(arguments, cwd=ROOT, env=dict(environment), stdout=nowhere, stderr=nowhere)
        _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in expect:
        raise RuntimeError(f"{' '.join(arguments)} ended with {child.returncode}")
    return used.ru_utime + used.ru_stime


def interleaved_commands(commands: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, float]:
    """Return the least CPU seconds of each command; the commands take turns."""
    least = dict.fromkeys(commands, float("inf"))
    for _ in range(rounds):
        for name, run in commands.items():
            least[name] = min(least[name], run())
    return least


def environment(**more: str) -> dict[str, str]:
    """Return an environment in which this checkout's engine is found and compiled modules are kept, as when installed."""
    own = {k: v for k, v in os.environ.items() if k not in ("PYTHONDONTWRITEBYTECODE", "PYTHONWARNINGS")}
    return {**own, "PYTHONPATH": str(ROOT / "engine"), **more}


PYTHON = sys.executable
