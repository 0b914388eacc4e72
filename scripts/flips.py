"""Makes a report and its result, changes one byte of them at random 10,000 times, and counts how often verify says so.

    python scripts/flips.py --count 10000 --seed 1 [--workers N] [FILE.pdf RESULT.json …]

Prints how the flips were met, and how far it is once a minute. Ends with 1 where one changed text, JSON or verdict and
nothing was said. The flips are the same for a seed, however many processes share them.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "engine")]

from tests.audit.flips import Flip, Seen, drawn, flipper  # noqa: E402

from meihao.audit.checks import Standard  # noqa: E402
from meihao.cli.main import run  # noqa: E402
from meihao.reports.workers import Limits, Lost, cores, work_off  # noqa: E402
from meihao.standard.cache import cached_pack  # noqa: E402

UNIT = ROOT / "tests" / "units" / "worst-compound.evidence.yaml"
SHARE = 50  # flips of one job
LIMITS = Limits(processor=600, waiting=3600, jobs=1000)
A_MINUTE = 60


def main() -> int:
    """Flip, verify, count, and return the exit code."""
    words = argparse.ArgumentParser(description="every changed byte of a published file is noticed")
    words.add_argument(
        "files", type=Path, nargs="*", help="published files; one of each kind is made where none is named"
    )
    words.add_argument("--count", type=int, default=10_000, help="flips of each file")
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--workers", type=int, default=cores(), help="processes; one a core where none are named")
    given = words.parse_args()
    pack = cached_pack(ROOT, None).pack
    assert pack is not None
    with TemporaryDirectory() as folder:
        files = given.files or made(Path(folder))
        missed = [flip(file, Standard(pack), given.count, given.seed, given.workers) for file in files]
    return int(any(missed))


def made(folder: Path) -> list[Path]:
    """Write a report and a result of one unit into a folder."""
    unit = [str(UNIT), "--on", "2026-06-30"]
    with redirect_stdout(StringIO()):
        run(["report", *unit, "--to", str(folder)])
    with redirect_stdout(StringIO()) as result:
        run(["assess", *unit, "--format", "json"])
    (folder / "result.json").write_text(result.getvalue(), encoding="utf-8")
    return sorted((*folder.glob("*.pdf"), *folder.glob("*.json")))


def flip(file: Path, standard: Standard, count: int, seed: int, workers: int) -> int:
    """Print how the flips of one file were met; return how many were missed or had no answer."""
    start = last = time.perf_counter()
    data = file.read_bytes()
    flips = drawn(len(data), count, seed)
    shares = [flips[n : n + SHARE] for n in range(0, count, SHARE)]
    met: Counter[str] = Counter()
    missed: list[int] = []
    for share, answer in work_off(flipper(data, standard), shares, workers, LIMITS):
        how, places = answer if not isinstance(answer, Lost) else lost(shares[share])
        met += how
        missed += places
        if time.perf_counter() - last > A_MINUTE:
            last = time.perf_counter()
            print(
                f"{file.name}: {met.total()} of {count} flips, {len(missed)} missed, {last - start:.0f} s", flush=True
            )
    for line in summary(file, met, sorted(missed), time.perf_counter() - start):
        print(line, flush=True)
    return len(missed)


def lost(share: Sequence[Flip]) -> Seen:
    """Return flips whose process ended: none of them was noticed."""
    return Counter({"no answer": len(share)}), [place for place, _ in share]


def summary(file: Path, met: Counter[str], missed: Sequence[int], seconds: float) -> Iterator[str]:
    counts = ", ".join(f"{how} {number}" for how, number in sorted(met.items()))
    yield f"{file.name}: {met.total()} flips, {len(missed)} missed ({counts}), {seconds:.0f} s"
    yield from (f"  missed at byte {place}" for place in missed)


if __name__ == "__main__":
    sys.exit(main())
