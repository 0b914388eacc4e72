"""Whole packs, rounds, tiers, evidence, workbooks and archives are damaged at random; how the command line takes each.

    python scripts/damaged.py --count 10000 --seed 1 [--keep DIR]

Each input has a seed of its own, the first is --seed; `--seed N --count 1 --keep DIR` makes one again and keeps it with what
was printed. A run ends well with exit code 0, 1 or 2 within 20 s of the processor and 500 MB, every message with its place and
a way to mend it, and a change of points listed as a correction. Ends with 1 where one does not.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "engine")]
os.environ["PYTHONPATH"] = os.pathsep.join(sys.path[:2])

from tests.damaged.trial import Trial, attempt  # noqa: E402
from tests.damaged.whole import families  # noqa: E402

A_MINUTE = 60


def main() -> int:
    """Damage, run, count, and return the exit code."""
    words = argparse.ArgumentParser(description="no damaged input ends in a bug, a hang or a crash")
    words.add_argument("--count", type=int, default=10_000)
    words.add_argument("--seed", type=int, default=1, help="seed of the first input; the others follow")
    words.add_argument("--keep", type=Path, help="keep the last input and what was printed in this folder")
    given = words.parse_args()
    with TemporaryDirectory() as made:
        os.environ["MEIHAO_CACHE"] = str(Path(made) / "cache")
        whole = families(Path(made))
        last = begun = time.perf_counter()
        trials: list[Trial] = []
        for seed in range(given.seed, given.seed + given.count):
            trials.append(attempt(seed, whole, given.keep or Path(made) / "trial"))
            show(trials[-1], given.count == 1)
            if time.perf_counter() - last > A_MINUTE:
                last = time.perf_counter()
                print(f"{len(trials)} of {given.count}, {last - begun:.0f} s", flush=True)
    summary(trials, time.perf_counter() - begun)
    return int(any(trial.faults for trial in trials))


def show(trial: Trial, always: bool) -> None:
    if trial.faults or always:
        taken = f"exit {trial.code}, {trial.seconds:.1f} s, {trial.megabytes} MB"
        print(f"seed {trial.seed}: {trial.family}; {trial.damage}; {taken}", flush=True)
        for fault in dict.fromkeys(trial.faults):
            print(f"    {fault}", flush=True)


def summary(trials: list[Trial], seconds: float) -> None:
    """Print how many inputs of each kind ended how, and the slowest and the largest."""
    for family in sorted({trial.family for trial in trials}):
        ends = Counter(trial.code for trial in trials if trial.family == family)
        print(f"{family:36}", "  ".join(f"exit {code}: {ends[code]}" for code in sorted(ends)))
    slow, large = max(trials, key=lambda one: one.seconds), max(trials, key=lambda one: one.megabytes)
    print(f"slowest: {slow.seconds:.1f} s (seed {slow.seed}); largest: {large.megabytes} MB (seed {large.seed})")
    wrong = [trial.seed for trial in trials if trial.faults]
    stored = sum(trial.stored for trial in trials)
    print(f"{len(trials)} damaged inputs, {stored} stored over the whole one, {seconds:.0f} s")
    print(f"wrong: {len(wrong)} {wrong[:50]}")


if __name__ == "__main__":
    sys.exit(main())
