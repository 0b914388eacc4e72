"""A report and its result are made; one byte of them is changed at random, 10,000 times; whether verify says so each time out.

    python scripts/flips.py --count 10000 --seed 1 [FILE.pdf RESULT.json …]

Prints how the flips were met. Ends with 1 where one changed text, JSON or verdict and nothing was said.
"""

from __future__ import annotations

import argparse
import sys
import time
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "engine")]

from tests.audit.flips import unseen  # noqa: E402

from meihao.audit.checks import Standard  # noqa: E402
from meihao.cli.main import run  # noqa: E402
from meihao.standard.load import load_pack  # noqa: E402

UNIT = ROOT / "tests" / "units" / "worst-compound.evidence.yaml"


def main() -> int:
    """Flip, verify, count, and return the exit code."""
    words = argparse.ArgumentParser(description="every changed byte of a published file is noticed")
    words.add_argument(
        "files", type=Path, nargs="*", help="published files; one of each kind is made where none is named"
    )
    words.add_argument("--count", type=int, default=10_000, help="flips of each file")
    words.add_argument("--seed", type=int, default=1)
    given = words.parse_args()
    pack, _ = load_pack(ROOT)
    assert pack is not None
    with TemporaryDirectory() as folder:
        files = given.files or made(Path(folder))
        missed = [flip(file, Standard(pack), given.count, given.seed) for file in files]
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


def flip(file: Path, standard: Standard, count: int, seed: int) -> int:
    """Print how the flips of one file were met; return how many were missed."""
    start = time.perf_counter()
    met, missed = unseen(file.read_bytes(), standard, count, seed)
    seconds = time.perf_counter() - start
    counts = ", ".join(f"{how} {number}" for how, number in sorted(met.items()))
    print(f"{file.name}: {count} flips, {len(missed)} missed ({counts}), {seconds:.0f} s")
    for place in missed:
        print(f"  missed at byte {place}")
    return len(missed)


if __name__ == "__main__":
    sys.exit(main())
