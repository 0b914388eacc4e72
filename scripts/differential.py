"""Random rule programs and judged atoms in; how often durable_rules and the reference conclude alike out.

    python scripts/differential.py --programs 20000 --units 6 --seed 1

Prints counts and times. Ends with 1 at the first difference, naming the seed of its program; 2 where durable is absent.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "engine")]

from tests.assessment.infer_programs import SIZES, judge_atoms, make_program, waive  # noqa: E402

from meihao.assessment.infer.engines import engine  # noqa: E402
from meihao.assessment.infer.program import Conclude, Conclusion  # noqa: E402
from meihao.assessment.infer.reference import conclude as reference  # noqa: E402


def main() -> int:
    """Compare, print, and return the exit code."""
    words = argparse.ArgumentParser(description="durable_rules = reference, on random rule programs")
    words.add_argument("--programs", type=int, default=2000)
    words.add_argument("--units", type=int, default=5)
    words.add_argument("--seed", type=int, default=1)
    asked = words.parse_args()
    name, durable = engine("durable")
    if name != "durable":
        print("durable_rules cannot be imported here", file=sys.stderr)
        return 2
    counts: Counter[str] = Counter()
    spent: Counter[str] = Counter()
    for seed in range(asked.seed, asked.seed + asked.programs):
        if not compare(durable, seed, asked.units, counts, spent):
            print(f"different: program of seed {seed}", file=sys.stderr)
            return 1
    report(counts, spent)
    return 0


def compare(durable: Conclude, number: int, units: int, counts: Counter[str], spent: Counter[str]) -> bool:
    """Compare some conclusions of the program that grows from one seed; tell whether all were alike."""
    seed = random.Random(number)
    size = seed.choice(SIZES)
    program = make_program(seed, size)
    counts["programs"] += 1
    for _ in range(units):
        atoms, waived = judge_atoms(seed, size), waive(seed, program)
        begun = time.perf_counter_ns()
        expected = reference(program, atoms, waived)
        between = time.perf_counter_ns()
        found = durable(program, atoms, waived)
        spent.update(reference=between - begun, durable=time.perf_counter_ns() - between)
        if found != expected:
            return False
        count(expected, counts)
    return True


def count(conclusion: Conclusion, counts: Counter[str]) -> None:
    """Add what a conclusion holds: equal results prove little where nothing is found."""
    counts["conclusions"] += 1
    counts["  with nothing found"] += not conclusion.states
    counts["  with a grade cap"] += bool(conclusion.cap)
    counts["effects"] += len(conclusion.effects)
    counts.update(f"findings {state}" for _, state in conclusion.states)


def report(counts: Counter[str], spent: Counter[str]) -> None:
    """Print the counts and the time of each reading (durable's with making its rulesets)."""
    for name, number in counts.items():
        print(f"{name:22}{number:>12,}")
    for name, nanoseconds in spent.items():
        print(f"{name + ', us each':22}{nanoseconds / 1000 / counts['conclusions']:>12.1f}")
    print("differences                      0")


if __name__ == "__main__":
    sys.exit(main())
