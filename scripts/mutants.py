"""Small faults are put into a package, one at a time; the tests that run its lines must see each of them; those unseen out.

    python scripts/mutants.py [--package ranking …] [--count 150] [--seed 1] [--at-least 90] [--whole] [--only FILE:LINE]

The tests near a package run once without a fault, and it is written down who runs which line (nearest.py). Each fault
(faults.py) is then tried in a process of its own, by the tests that run its statement, quickest first, until one fails. That
process is parted from one that has loaded package and tests, and only the function with the fault is exchanged; where loading
itself runs the fault, the package is loaded anew. No file changes. The faults are the same for a seed; `--whole` tries each
of them with all tests near, to compare. Ends with 1 where fewer than `--at-least` percent were seen.
"""

from __future__ import annotations

import argparse
import gc
import multiprocessing
import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from importlib.machinery import SourceFileLoader
from pathlib import Path
from tempfile import TemporaryDirectory
from types import CodeType, FunctionType

ROOT = Path(__file__).resolve().parents[1]
ENGINE = ROOT / "engine" / "meihao"
sys.path[:0] = [str(ROOT), str(ROOT / "engine")]

import pytest  # noqa: E402
from _pytest.main import pytest_runtestloop  # noqa: E402
from faults import Fault, Kind, changed_functions, faults_of, spoiled  # noqa: E402
from msgspec import Struct  # noqa: E402
from nearest import LOADED, FewExamples, TestMap, record  # noqa: E402


class Target(Struct, frozen=True):
    """What faults are put into, of which kind, and the tests that should see them."""

    folders: Sequence[str]
    tests: Sequence[str]
    kind: Kind = "logic"


JUDGED = ("tests/assessment", "tests/one_result/test_units.py")
TARGETS: Mapping[str, Target] = {
    "core": Target(
        ("core",),
        ("engine/meihao/core", "tests/core", "tests/expressions", "tests/store/test_workdays.py"),
    ),
    "expressions": Target(("expressions",), ("tests/expressions", "tests/standard/test_load_bad_packs.py")),
    "assessment": Target(
        ("assessment", "methods"),
        (*JUDGED, "tests/methods/test_menu.py", "tests/standard/test_describe.py", "tests/standard/test_load_check.py",
         "tests/standard/test_load_bounds.py", "tests/standard/test_load_bad_packs.py"),
    ),
    "round": Target(("round",), ("tests/round", *JUDGED, "tests/store/test_roster.py", "tests/store/test_workdays.py")),
    "ranking": Target(("ranking",), ("tests/ranking", "tests/store/test_behind.py")),
    "words": Target(
        ("reports", "assessment/explain", "ranking"),
        ("tests/reports/test_said.py", "tests/reports/test_said_rarely.py", "tests/assessment/test_explain.py",
         "tests/assessment/test_adjustments.py", "tests/assessment/test_looks.py", "tests/ranking"), "words",
    ),
}  # fmt: skip
LEFT_OUT = ("messages.py", "__init__.py")
NOT_NEAR = "not kills and not durable and not infer_differential"  # slow, or in processes of their own
CPU_AT_MOST = 20  # seconds of the processor, for one test; a loop without end is seen, too
TEST_AT_MOST = 120  # seconds by the clock, for one test: who waits for ever is seen as well
WALL_AT_MOST = 600
PLAIN = "--assert=plain"  # pytest would load a module whose examples it runs in its own way, without the fault
READY = ("default_pack", "sample")
A_FEW = 25
RINGS = (signal.SIGPROF, signal.SIGALRM)
BROKEN = 77  # the exit code of a trial that did not come to an answer


class Trial(Struct, frozen=True):
    """A fault and the tests that look for it; `shared` are the fixtures that it can change."""

    fault: Fault
    tests: Sequence[str]
    ran_by: frozenset[str]
    is_hot: bool  # the functions can be exchanged in a process that has loaded everything


class _Clock:
    """Gives every test so much time and no more."""

    def pytest_runtest_logstart(self) -> None:
        signal.setitimer(signal.ITIMER_PROF, CPU_AT_MOST)
        signal.setitimer(signal.ITIMER_REAL, TEST_AT_MOST)

    def pytest_runtest_logfinish(self) -> None:
        _stop_clocks()


def _stop_clocks() -> None:
    for clock in (signal.ITIMER_PROF, signal.ITIMER_REAL):
        signal.setitimer(clock, 0)


class _Telltale:
    """Says which test failed."""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            say(f"fails without any fault: {report.nodeid}\n{report.longreprtext}")


class _Only:
    """Keeps the tests that are asked for, in their order."""

    def __init__(self, tests: Sequence[str]) -> None:
        self.tests = tests

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        by_id = {item.nodeid: item for item in items}
        items[:] = [by_id[test] for test in self.tests if test in by_id]


def run_pytest(tests: Sequence[str], plugins: Sequence[object], few: FewExamples | None = None) -> int:
    """Run tests in this process without a word and return pytest's exit code."""
    for stream in (1, 2):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
    for ring in RINGS:
        signal.signal(ring, _ring)
    words = ["-x", "-q", "-p", "no:cacheprovider", "-k", NOT_NEAR, PLAIN, *tests]
    try:
        return pytest.main(words, plugins=[few or FewExamples(), *plugins])
    finally:
        _stop_clocks()


class _TooLong(BaseException):
    """Ends a test whose time is up."""


def _ring(number: int, frame: object) -> None:
    raise _TooLong


def loaded_anew(trial: Trial) -> bool:
    """Load everything with the fault in it, in this process, and say whether a test failed."""
    path, code, usual = str(trial.fault.file), spoiled(trial.fault), SourceFileLoader.get_code

    def get_code(loader: SourceFileLoader, name: str) -> CodeType | None:
        return code if loader.path == path else usual(loader, name)

    SourceFileLoader.get_code = get_code  # type: ignore[assignment, method-assign]  # in this process only
    files = sorted({test.partition("::")[0] for test in trial.tests})
    ended = run_pytest(files, [_Clock(), _Only(trial.tests)])
    return ended not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)


class _Loop:
    """In the place of pytest's loop: tries faults, each in a process that parts from this one."""

    def __init__(
        self, trials: Sequence[Trial], known: TestMap, few: FewExamples, tell: Callable[[Trial, bool], None]
    ) -> None:
        self.trials, self.known, self.few, self.tell = trials, known, few, tell

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Make the costly fixtures ready one after the other; before each, try the faults that it would hide."""
        items, left = {item.nodeid: item for item in session.items}, list(self.trials)
        usual = sorted(session.items, key=lambda item: self.known.cost(item.nodeid))
        if in_child(partial(self._fails_soundly, session, usual)):
            return True
        for fixture in (*READY, ""):
            ready = self._quickest(fixture)
            hides = frozenset((ready, *self.known.shared.get(ready, ()))) if fixture else frozenset()
            now = [trial for trial in left if not fixture or trial.ran_by & hides]
            left = [trial for trial in left if trial not in now]
            for trial in now:
                self.tell(trial, in_child(partial(self._sees, session, trial, items)))
            if ready in items and left:
                items[ready].config.hook.pytest_runtest_protocol(item=items[ready], nextitem=items[ready])
        return True

    def _fails_soundly(self, session: pytest.Session, items: list[pytest.Item]) -> bool:
        """Say which test fails without any fault, in the order of their times."""
        session.config.pluginmanager.register(_Telltale())
        return _fails(session, items)

    def _quickest(self, fixture: str) -> str:
        names = [
            test for test, shared in self.known.shared.items() if any(name.endswith(f"::{fixture}") for name in shared)
        ]
        return min(names, key=lambda test: self.known.seconds[test], default="")

    def _sees(self, session: pytest.Session, trial: Trial, items: Mapping[str, pytest.Item]) -> bool:
        """Exchange what the fault changes and run the tests, in a process of its own."""
        exchange(trial.fault)
        if _fails(session, [items[test] for test in trial.tests if test in items]):
            return True
        for ring in RINGS:
            signal.signal(ring, signal.SIG_IGN)  # no loop without end: it would have been seen
        return _fails(session, [items[test] for test in self.few.more(trial.tests, self.known.seconds)])


def _fails(session: pytest.Session, items: list[pytest.Item]) -> bool:
    """Run tests of a session that others may have run in, and say whether one failed."""
    session.items = items
    if items:
        session._setupstate.teardown_exact(items[0])
    try:
        pytest_runtestloop(session)
    except (session.Failed, session.Interrupted):
        return True
    return session.testsfailed > 0


def exchange(fault: Fault) -> None:
    """Give the functions of a loaded module the code with the fault in it."""
    if is_phrase(fault):
        exchange_values(fault)
        return
    wanted, done = changed_functions(fault), 0
    for function in gc.get_objects():
        if isinstance(function, FunctionType) and function.__code__.co_filename == str(fault.file):
            code = function.__code__
            if new := wanted.get((code.co_qualname, code.co_firstlineno)):
                function.__code__, done = new, done + 1
    assert done, f"no function to exchange: {fault}"


def is_phrase(fault: Fault) -> bool:
    """Say whether a fault is in a table of phrases, whose values can be exchanged in a process that has loaded them."""
    return fault.file.parent.name == "phrases"


def exchange_values(fault: Fault) -> None:
    """Put the values with the fault in them into every table that holds them; none where the fault is in their key."""
    module = next(one for one in list(sys.modules.values()) if getattr(one, "__file__", "") == str(fault.file))
    names: dict[str, object] = {"__name__": module.__name__, "__package__": module.__package__}
    exec(spoiled(fault), names)
    pairs = [(vars(module)[name], new) for name, new in names.items() if isinstance(new, dict) and name[0] != "_"]
    changed = {id(old[key]): (old[key], new.get(key)) for old, new in pairs for key in old if old[key] != new.get(key)}
    assert changed, f"no phrase to exchange: {fault}"
    for table in [one for one in gc.get_objects() if type(one) is dict]:
        for key, value in list(table.items()):
            if (pair := changed.get(id(value))) and pair[0] is value:
                table[key] = pair[1]


def in_child(look: Callable[[], bool | int], wall: float | None = WALL_AT_MOST) -> bool:
    """Return what a look finds in a process of its own; one that ends otherwise or takes too long has seen something."""
    with TemporaryDirectory() as temp:
        if (child := os.fork()) == 0:
            os.environ.update(PYTEST_DEBUG_TEMPROOT=temp, MEIHAO_CACHE=f"{temp}/cache")
            os.setpgid(0, 0)
            try:
                os._exit(int(bool(look())))
            except BaseException:
                say(traceback.format_exc())
            finally:
                os._exit(BROKEN)
        end = time.monotonic() + (wall or float("inf"))
        while (done := os.waitpid(child, os.WNOHANG)) == (0, 0):
            if time.monotonic() > end:
                os.killpg(child, signal.SIGKILL)
            time.sleep(0.01)
    assert os.waitstatus_to_exitcode(done[1]) != BROKEN, "a trial broke"
    return done[1] != 0


def trials_of(faults: Sequence[Fault], known: TestMap, whole: bool) -> Iterator[Trial]:
    """Yield each fault with the tests that look for it."""
    for fault in faults:
        ran_by = known.who(fault.file, range(fault.line, fault.end + 1))
        hot = is_phrase(fault) or (bool(changed_functions(fault)) and LOADED not in ran_by)
        yield Trial(fault, list(known.shared) if whole else known.nearest(fault), ran_by, hot)


def chosen(target: Target, count: int, seed: int, only: str) -> list[Fault]:
    """Return the faults to try: a sample of all, or all of one line."""
    files = sorted(
        file for name in target.folders for file in (ENGINE / name).rglob("*.py") if file.name not in LEFT_OUT
    )
    every = [fault for file in files for fault in faults_of(file, target.kind)]
    if only:
        name, _, line = only.partition(":")
        return [fault for fault in every if fault.file.name == name and line in ("", str(fault.line))]
    return sorted(random.Random(seed).sample(every, k=min(count, len(every))), key=lambda f: (f.file, f.n))


class Score:
    """Counts what was tried and seen, and prints what was not."""

    def __init__(self, name: str, count: int) -> None:
        self.name, self.count, self.start = name, count, time.perf_counter()
        self.tried, self.unseen = 0, list[str]()

    def tell(self, trial: Trial, was_seen: bool) -> None:
        self.tried += 1
        if not was_seen:
            self.unseen.append(str(trial.fault))
            say(f"unseen{'' if trial.tests else ', run by no test'}: {trial.fault}")
        if self.tried % A_FEW == 0:
            say(f"{self.name}: {self}")

    @property
    def rate(self) -> int:
        return 100 * (self.tried - len(self.unseen)) // max(self.tried, 1)

    def __str__(self) -> str:
        seconds = time.perf_counter() - self.start
        return (
            f"{self.tried - len(self.unseen)} of {self.tried} seen ({self.rate}%), {self.count} chosen, {seconds:.0f} s"
        )


SPEAK = os.dup(1)


def say(line: str) -> None:
    os.write(SPEAK, f"{line}\n".encode())


def try_all(name: str, given: argparse.Namespace) -> int:
    """Try the faults of a target, in this process and its children; return 1 where too few were seen."""
    target = TARGETS[name]
    faults = chosen(target, given.count, given.seed, given.only)
    score = Score(name, len(faults))
    with multiprocessing.get_context("fork").Pool(1) as pool:
        known = pool.apply(record, ([ENGINE / folder for folder in target.folders], target.tests, run_pytest))
    if known.failed:
        say(f"{name}: the tests fail without any fault: {known.failed}")
        return 1
    trials = list(trials_of(faults, known, given.whole))
    say(
        f"{name}: {len(known.shared)} tests, {sum(t.is_hot for t in trials)} of {len(trials)} faults can be exchanged, {score}"
    )
    for trial in (one for one in trials if not one.is_hot or not one.tests):
        score.tell(trial, bool(trial.tests) and in_child(partial(loaded_anew, trial)))
    hot = [trial for trial in trials if trial.is_hot and trial.tests]
    few = FewExamples()
    run_pytest(target.tests, [_Clock(), _Loop(hot, known, few, score.tell)], few)
    say(f"{name}: {score}" if score.tried == len(faults) else f"{name}: broken off, {score}")
    return int(score.rate < given.at_least or score.tried < len(faults))


def main() -> int:
    """Try the faults of each package in a process of its own, print the unseen ones and the rates, return the exit code."""
    words = argparse.ArgumentParser(description="the tests see small faults")
    words.add_argument("--package", choices=sorted(TARGETS), nargs="+", default=["ranking"])
    words.add_argument("--count", type=int, default=150, help="faults to try in each")
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--at-least", type=int, default=90, help="percent that must be seen")
    words.add_argument(
        "--whole", action="store_true", help="all tests near look for each fault, not only those that run it"
    )
    words.add_argument("--only", default="", metavar="FILE:LINE", help="every fault of a file or a line")
    given = words.parse_args()
    os.chdir(ROOT)
    bad = [name for name in given.package if in_child(partial(try_all, name, given), wall=None)]
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())
