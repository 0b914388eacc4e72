"""Proves that a process keeps to its limits of memory and processor time, and runs on where the system has none."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from meihao.core import limits
from meihao.core.limits import limit_process

posix = pytest.mark.skipif(os.name != "posix", reason="this system sets no such limits")
START = "from meihao.core.limits import limit_process\n"


def ended(code: str) -> tuple[int, str]:
    """Return the exit code and the words of a process that runs some code."""
    surroundings = {**os.environ, "PYTHONPATH": str(Path(limits.__file__).parents[2])}
    done = subprocess.run(
        (sys.executable, "-c", START + code), capture_output=True, timeout=60, env=surroundings, check=False
    )
    return done.returncode, done.stdout.decode()


@posix
def test_more_memory_than_the_limit_is_not_given() -> None:
    take = "try:\n    bytes({size} << 20)\n    print('given')\nexcept MemoryError:\n    print('refused')"
    assert ended(f"limit_process(512 << 20, 60)\n{take.format(size=800)}") == (0, "refused\n")
    assert ended(f"limit_process(512 << 20, 60)\n{take.format(size=100)}") == (0, "given\n")


@posix
def test_a_process_that_computes_too_long_is_ended() -> None:
    start = time.monotonic()
    code, _ = ended("limit_process(1 << 30, 1)\nwhile True:\n    pass")
    assert code == -signal.SIGXCPU
    assert time.monotonic() - start < 30


@posix
def test_seconds_count_from_the_call_and_a_later_call_sets_them_anew() -> None:
    spin = "import time\nwhile time.process_time() < {until}:\n    pass\n"
    code, said = ended(
        f"limit_process(1 << 30, 1)\n{spin.format(until=1)}limit_process(2 << 30, 3)\n{spin.format(until=2.5)}"
        "print(len(bytes(1200 << 20)))"
    )
    assert (code, said) == (0, f"{1200 << 20}\n")


@posix
def test_no_core_file_is_left_behind() -> None:
    code, said = ended(
        "limit_process(1 << 30, 60)\nimport resource\nprint(resource.getrlimit(resource.RLIMIT_CORE)[0])"
    )
    assert (code, said) == (0, "0\n")


def test_where_the_system_has_no_limits_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resource", None)
    limit_process(1, 1)
    assert len(bytes(1 << 20)) == 1 << 20
