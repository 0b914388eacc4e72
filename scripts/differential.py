"""Judges random packs and random rule programs by durable_rules and by the reference, and counts how often they agree.

    python scripts/differential.py --packs 1000 --units 100 --seed 1
    python scripts/differential.py --packs 0 --programs 20000 --conclusions 6

Whole packs first: every unit is judged by both readings, and items, findings, figures, grade and verdict must be the same.
Then rule programs alone, which go where no pack leads. Prints counts, times and the digest of all results. Ends with 1 at the
first difference: a differing unit stands, made small, in build/differential/; 2 where durable is absent.
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
from tests.generated.compare import run, smaller, write  # noqa: E402

from meihao.assessment.infer.engines import engine  # noqa: E402
from meihao.assessment.infer.program import Conclude, Conclusion  # noqa: E402
from meihao.assessment.infer.reference import conclude as reference  # noqa: E402

FOLDER = ROOT / "build" / "differential"


def main() -> int:
    """Compare, print, and return the exit code."""
    words = argparse.ArgumentParser(description="durable_rules = reference, on random packs and rule programs")
    words.add_argument("--packs", type=int, default=50)
    words.add_argument("--units", type=int, default=100, help="units of each pack")
    words.add_argument("--programs", type=int, default=0)
    words.add_argument("--conclusions", type=int, default=6, help="conclusions of each program")
    words.add_argument("--seed", type=int, default=1)
    asked = words.parse_args()
    name, durable = engine("durable")
    if name != "durable":
        print("durable_rules cannot be imported here", file=sys.stderr)
        return 2
    alike = compare_packs(durable, asked.packs, asked.units, asked.seed)
    alike = alike and compare_programs(durable, asked.programs, asked.conclusions, asked.seed)
    return 0 if alike else 1


def compare_packs(durable: Conclude, packs: int, units: int, first: int) -> bool:
    """Judge the units of some packs by both readings; tell whether all were alike."""
    if not packs:
        return True
    begun = time.perf_counter()
    tally = run(packs, units, first, durable)
    if tally.difference:
        print(f"different: pack {tally.difference.pack}, unit {tally.difference.at}", file=sys.stderr)
        write(smaller(tally.difference, durable), FOLDER, durable)
        print(f"see {FOLDER.relative_to(ROOT)}", file=sys.stderr)
        return False
    for name, number in sorted(tally.counts.items()):
        print(f"{name:32}{number:>12,}")
    print(f"{'seconds':32}{time.perf_counter() - begun:>12,.0f}")
    print(f"digest of all results           sha256:{tally.results.hexdigest()}")
    print("differences of packs                       0")
    return True


def compare_programs(durable: Conclude, programs: int, conclusions: int, first: int) -> bool:
    """Compare the conclusions of some programs, each grown from its own seed; tell whether all were alike."""
    counts: Counter[str] = Counter()
    spent: Counter[str] = Counter()
    for seed in range(first, first + programs):
        if not compare(durable, seed, conclusions, counts, spent):
            print(f"different: program of seed {seed}", file=sys.stderr)
            return False
    if programs:
        report(counts, spent)
    return True


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
        print(f"{name:32}{number:>12,}")
    for name, nanoseconds in spent.items():
        print(f"{name + ', us each':32}{nanoseconds / 1000 / counts['conclusions']:>12.1f}")
    print("differences of programs                    0")


if __name__ == "__main__":
    sys.exit(main())
