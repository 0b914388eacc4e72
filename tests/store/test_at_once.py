"""Proves that a process killed at any moment leaves no torn file and no half unit, and that two who store for one unit at the
same time never lose or overwrite a number."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from meihao.core.problems import errors
from meihao.evidence.submissions import NAME, read_submissions
from meihao.round.model import Round
from meihao.round.read import read_round_file
from meihao.store.folder import FolderHome
from meihao.store.read import read_store
from meihao.store.settle import settle

from .round_folder import MORNING, PACK, accept, round_folder, rows, seen, village

KILLS, EACH = 20, 25
UNITS = """
import sys
from pathlib import Path
from itertools import count
from tests.store.round_folder import MORNING, PACK, accept, rows, seen, village
from msgspec.structs import replace
folder, who, times = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
print("ready", flush=True)
for n in range(times) if times else count():
    grids = rows(*(n % 2000 for _ in range(40)))
    units = [village(seen("households", 1 + n % 20000, who), seen("grids", grids, who), code=code) for code in ("A", "B")]
    for unit in units:
        accept(folder, PACK, [unit], replace(MORNING, by=who, reason=f"{n}"), {"scan.pdf": b"%d" % n * 9999})
"""


def writer(folder: Path, who: str, times: int) -> subprocess.Popen[bytes]:
    root = Path(__file__).parents[2]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(root), str(root / "engine"), *sys.path])}
    one = subprocess.Popen([sys.executable, "-c", UNITS, str(folder), who, str(times)], stdout=subprocess.PIPE, env=env)
    assert one.stdout is not None
    assert one.stdout.readline() == b"ready\n"
    return one


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_twenty_kills_leave_whole_submissions_only(tmp_path: Path) -> None:
    dice = random.Random(20260630)
    round_folder(tmp_path)
    for kill in range(KILLS):
        one = writer(tmp_path, "甲", 0)
        time.sleep(dice.random() * 0.2)
        one.send_signal(signal.SIGKILL)
        one.wait()
        assert one.stdout is not None
        one.stdout.close()
        for scan in tmp_path.rglob("*-scan.pdf"):
            assert scan.name.startswith(hashlib.sha256(scan.read_bytes()).hexdigest()[:16])
        units, problems = read_store(FolderHome(tmp_path), PACK)
        _, more = settle(FolderHome(tmp_path), units, PACK, the_round(tmp_path))
        assert not errors((*problems, *more)), f"after kill {kill}: {(*problems, *more)[0].text()}"
        for unit in units:
            households, grids = (
                next(o.value for o in unit.observations if o.field == f) for f in ("households", "grids")
            )
            assert isinstance(grids, tuple)
            assert {row["households"] for row in grids} == {int(str(households)) - 1}, (
                "values of one submission stay together"
            )
    (done, _), problems = accept(
        tmp_path, PACK, [village(seen("square", True), code="A"), village(seen("square", True), code="B")], MORNING, {}
    )
    assert done.number > 0
    assert {p.code for p in problems} <= {"W118"}, "what the last kill left was finished, and said"
    assert whole(tmp_path)


def the_round(folder: Path) -> Round:
    found, problems = read_round_file(folder / "round.yaml", PACK)
    assert found is not None, problems
    return found


def whole(folder: Path) -> int:
    """Return how many receipts the ledger holds, where every one of them agrees with what is stored."""
    units, problems = read_store(FolderHome(folder), PACK)
    assert not errors((*problems, *settle(FolderHome(folder), units, PACK, the_round(folder))[1]))
    ledger = FolderHome(folder).ledger()
    assert ledger.read() == ()
    return ledger.count


def test_two_at_once_lose_no_number_and_overwrite_nothing(tmp_path: Path) -> None:
    round_folder(tmp_path)
    both = [writer(tmp_path, who, EACH) for who in ("甲", "乙")]
    for one in both:
        assert one.wait() == 0
        assert one.stdout is not None
        one.stdout.close()
    assert whole(tmp_path) == 2 * 2 * EACH
    for code in ("A", "B"):
        folder = tmp_path / "evidence" / code
        submissions, problems = read_submissions(folder, PACK)
        assert not problems
        assert [s.received.number for s in submissions] == list(range(1, 2 * EACH + 1))
        reasons = {(s.received.by, s.unit.observations[0].value) for s in submissions}
        assert reasons == {(who, n + 1) for who in ("甲", "乙") for n in range(EACH)}
        assert all(NAME.fullmatch(p.name) for p in folder.iterdir() if p.is_file()), "no litter"


def test_rows_of_a_register_are_what_the_test_above_compares() -> None:
    assert {row["households"] for row in rows(7, 7)} == {7}
