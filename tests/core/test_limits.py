"""Proves that a process keeps to its limits of memory and processor time, and runs on where the system has none."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest

from meihao.core import limits
from meihao.core.limits import TooSlow, held_to, limit_process, memory_left

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


class System:
    """Stands for the module `resource` of a system: the limits that it has, refuses, and is asked for."""

    RLIM_INFINITY = -1
    RLIMIT_AS, RLIMIT_CPU, RLIMIT_CORE = "memory", "processor", "core"

    def __init__(self, limits: Mapping[str, tuple[int, int]], refused: str = "") -> None:
        self.limits, self.refused = dict(limits), refused

    def getrlimit(self, what: str) -> tuple[int, int]:
        return self.limits.get(what, (-1, -1))

    def setrlimit(self, what: str, limit: tuple[int, int]) -> None:
        if what == self.refused:
            raise ValueError("not granted")
        self.limits[what] = limit

    def getpagesize(self) -> int:
        return PAGE


PAGE = 4096
GB, MB = 1 << 30, 1 << 20
statm = pytest.mark.skipif(
    not Path("/proc/self/statm").exists(), reason="the system does not say what a process has taken"
)


def system(patch: pytest.MonkeyPatch, limits: Mapping[str, tuple[int, int]], refused: str = "") -> System:
    found = System(limits, refused)
    patch.setitem(sys.modules, "resource", found)
    return found


def test_a_limit_is_what_is_asked_for_but_never_above_what_may_be_had(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "process_time", lambda: 2.5)
    asked = system(monkeypatch, {"memory": (-1, -1), "processor": (7, 100), "core": (5, 5)})
    limit_process(GB, 10)
    assert asked.limits == {"memory": (GB, -1), "processor": (13, 100), "core": (0, 5)}
    asked = system(monkeypatch, {"memory": (MB, 2 * MB), "processor": (7, 9)})
    limit_process(GB, 10)
    assert asked.limits == {"memory": (2 * MB, 2 * MB), "processor": (9, 9), "core": (0, -1)}


def test_a_limit_that_is_not_granted_hinders_none_of_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = system(monkeypatch, {}, refused="memory")
    limit_process(GB, 10)
    assert sorted(asked.limits) == ["core", "processor"]


@statm
def test_what_is_left_is_the_limit_without_what_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = int(Path("/proc/self/statm").read_text().split()[0]) * PAGE
    system(monkeypatch, {"memory": (taken + GB, -1)})
    left = memory_left()
    assert left is not None
    assert abs(left - GB) < 64 * MB
    system(monkeypatch, {"memory": (-1, -1)})
    assert memory_left() is None


@contextmanager
def held(seconds: int, memory: int) -> Iterator[tuple[float, bool]]:
    """Hold to limits; give the seconds that then remain, and whether a signal of the clock ends the work."""
    with held_to(seconds, memory):
        remain, _ = signal.getitimer(signal.ITIMER_VIRTUAL)
        yield remain, callable(signal.getsignal(signal.SIGVTALRM))


@posix
def test_work_that_takes_too_long_is_ended_and_the_clock_is_stopped_afterwards() -> None:
    before = signal.getsignal(signal.SIGVTALRM)
    with held(100, GB) as (remain, ends):
        assert round(remain) == 100
        assert ends
    with pytest.raises(TooSlow), held(100, GB):
        signal.raise_signal(signal.SIGVTALRM)
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0, 0)
    assert signal.getsignal(signal.SIGVTALRM) == before


@posix
def test_in_another_thread_no_clock_runs_and_the_work_is_done() -> None:
    found: list[tuple[float, bool]] = []

    def work() -> None:
        with held(100, GB) as clock:
            found.append(clock)

    thread = Thread(target=work)
    thread.start()
    thread.join(10)
    assert found == [(0, False)]


@statm
@pytest.mark.parametrize(
    ("soft", "hard", "wanted"),
    [(-1, -1, "asked"), (8 * GB**2, 9 * GB**2, "asked"), (5, -1, 5), (-1, 6, 6), (5, 6, 5)],
)
def test_memory_is_held_to_the_least_of_three_limits_and_let_go_again(
    soft: int, hard: int, wanted: int | str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = system(monkeypatch, {"memory": (soft, hard)})
    taken = int(Path("/proc/self/statm").read_text().split()[0]) * PAGE
    with held_to(100, GB):
        now, still = asked.limits["memory"]
        assert still == hard
        assert now == wanted if isinstance(wanted, int) else abs(now - taken - GB) < 64 * MB
    assert asked.limits["memory"] == (soft, hard)


def test_where_the_system_does_not_say_what_is_taken_only_time_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "exists", lambda path: False)
    asked = system(monkeypatch, {"memory": (5, 6)})
    with held_to(100, GB):
        assert asked.limits["memory"] == (5, 6)
