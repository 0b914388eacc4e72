"""Which tests run a line: recorded once, while all tests near a package run without a fault.

A test runs what it calls, and what the fixtures that it shares with others have called. What runs while modules are loaded is
kept apart: a fault in there needs a process that loads the module with the fault in it.
"""

from __future__ import annotations

import ast
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import coverage
import hypothesis
import pytest
from faults import Fault
from msgspec import Struct

EXAMPLES_AT_MOST, MORE_AT_MOST = (
    25,
    400,
)  # of a property, the same ones each time; more where no test has seen the fault
PLACE = "_hypothesis_internal_use_settings"  # where hypothesis reads the settings of a test when it runs
SECONDS_AT_MOST = 20.0  # of all tests that look for one fault, as measured without it
SAID = "/test_said"  # what documents say, whole: looks first where a word is turned
LOADED = ""  # what coverage calls the time outside tests and fixtures


class TestMap(Struct, frozen=True):
    """For each line who ran it, tests and fixtures; their seconds; and for each test the fixtures that it shares."""

    ran: Mapping[str, Mapping[int, frozenset[str]]]
    seconds: Mapping[str, float]
    shared: Mapping[str, Sequence[str]]
    failed: str  # what did, without a fault

    def who(self, file: Path, lines: Iterable[int]) -> frozenset[str]:
        """Return the tests and fixtures that ran one of the lines, and LOADED where loading did."""
        of_file = self.ran.get(str(file), {})
        return frozenset().union(*(of_file.get(line, frozenset()) for line in lines))

    def nearest(self, fault: Fault) -> list[str]:
        """Return the tests that a fault can reach: first those named like its file or reading documents, then the quickest."""
        ran = self.who(fault.file, range(fault.line, fault.end + 1))
        own = SAID if fault.kind == "words" else f"/test_{fault.file.stem}.py"
        if LOADED in ran:
            ran |= frozenset().union(*(self.who(file, [line]) for file, line in self._uses(fault)))
            ran |= {test for test in self.shared if own in test}  # what loading makes may be used outside the package
        reached = [test for test, fixtures in self.shared.items() if test in ran or ran & set(fixtures)]
        return list(self._within_time(sorted(reached, key=lambda test: (own not in test, self.cost(test), test))))

    def cost(self, test: str) -> float:
        """Return the seconds of a test that runs first, with the fixtures that it shares."""
        return self.seconds[test] + sum(self.seconds.get(name, 0) for name in self.shared[test])

    def _within_time(self, tests: Sequence[str]) -> Iterator[str]:
        left = SECONDS_AT_MOST
        for test in tests:
            if (left := left - self.seconds[test]) < 0:
                return
            yield test

    def _uses(self, fault: Fault) -> Iterator[tuple[Path, int]]:
        """Yield where the names are used that the fault's statement at the top of a module gives, or a table made of it.

        A default is used wherever its function runs.
        """
        trees = {Path(file): ast.parse(Path(file).read_text("utf-8")) for file in self.ran}
        for node in ast.walk(trees[fault.file]):
            if isinstance(node, ast.FunctionDef) and node.lineno <= fault.line < node.body[0].lineno:
                yield from ((fault.file, line) for line in range(node.lineno, (node.end_lineno or node.lineno) + 1))
        around = [node for node in trees[fault.file].body if node.lineno <= fault.line <= (node.end_lineno or 0)]
        names, more = set[str](), {name for node in around for name in _given(node)}
        tables = [node for tree in trees.values() for node in tree.body if isinstance(node, ast.Assign | ast.AnnAssign)]
        while more:
            names |= more
            made = [table for table in tables if any(called in names for called, _ in _called(table))]
            more = {name for table in made for name in _given(table)} - names
        for file, tree in trees.items():
            yield from ((file, line) for called, line in _called(tree) if called in names)


def _called(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Yield each name that is read or written in a tree, with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.id, node.lineno
        elif isinstance(node, ast.Attribute):
            yield node.attr, node.lineno


def _given(node: ast.stmt) -> Iterator[str]:
    """Yield the names that a statement binds, those of a class with the names in it."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        yield node.name
    for part in node.body if isinstance(node, ast.ClassDef) else [node]:
        if isinstance(part, ast.FunctionDef):
            yield part.name
        targets = (
            part.targets if isinstance(part, ast.Assign) else [part.target] if isinstance(part, ast.AnnAssign) else []
        )
        yield from (one.id for target in targets for one in ast.walk(target) if isinstance(one, ast.Name))


class FewExamples:
    """Makes every property short, and the same each time; `more` makes those longer that found nothing."""

    def __init__(self) -> None:
        self.whole: dict[str, tuple[object, hypothesis.settings]] = {}

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item in items:
            test = getattr(item, "obj", None)
            if (was := getattr(test, PLACE, None)) is not None:
                self.whole[item.nodeid] = (test, was)
                setattr(test, PLACE, _at_most(EXAMPLES_AT_MOST, was))

    def more(self, tests: Sequence[str], seconds: Mapping[str, float]) -> list[str]:
        """Return those of the tests that are properties, and let each try more examples, as time allows."""
        found, left = list[str](), SECONDS_AT_MOST
        for test in (one for one in tests if one in self.whole):
            body, was = self.whole[test]
            left -= seconds[test] * max(min(was.max_examples, MORE_AT_MOST) / EXAMPLES_AT_MOST, 1)
            if left >= 0:
                setattr(body, PLACE, _at_most(MORE_AT_MOST, was))
                found.append(test)
        return found


def _at_most(number: int, was: hypothesis.settings) -> hypothesis.settings:
    few = min(was.max_examples, number)
    return hypothesis.settings(was, max_examples=few, derandomize=True, database=None, deadline=None)


class _Recorder:
    """Tells coverage who runs: a test, or a fixture that several tests share."""

    def __init__(self, cover: coverage.Coverage) -> None:
        self.cover, self.now = cover, LOADED
        self.seconds: dict[str, float] = defaultdict(float)
        self.shared: dict[str, list[str]] = {}
        self.failed = ""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed = f"{report.nodeid}\n{report.longreprtext}"

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        for item in session.items:
            defs = item._fixtureinfo.name2fixturedefs.values() if hasattr(item, "_fixtureinfo") else ()
            self.shared[item.nodeid] = [
                fixture_name(one) for several in defs for one in several if one.scope != "function"
            ]

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        yield from self._as(item.nodeid)

    @pytest.hookimpl(hookwrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[object]) -> Iterator[None]:
        yield from self._as(self.now if fixturedef.scope == "function" else fixture_name(fixturedef))

    def _as(self, who: str) -> Iterator[None]:
        before, start = self.now, time.process_time()
        self._switch(who)
        yield
        took = time.process_time() - start
        self._switch(before)
        if who != before:
            self.seconds[who] += took
            self.seconds[before] -= took if before != LOADED else 0

    def _switch(self, who: str) -> None:
        if who != self.now:
            self.now = who
            self.cover.switch_context(who)


def fixture_name(fixture: pytest.FixtureDef[object]) -> str:
    """Return the name that a shared fixture has in a map."""
    return f"fixture {fixture.baseid}::{fixture.argname}"


def record(packages: Sequence[Path], tests: Sequence[str], run: Callable[..., int]) -> TestMap:
    """Run the tests without a fault and return who ran which line of the packages. In a process that has not loaded them."""
    cover = coverage.Coverage(data_file=None, config_file=False, include=[f"{folder}/*" for folder in packages])
    cover.start()
    recorder = _Recorder(cover)
    code = run(tests, [recorder])
    cover.stop()
    data = cover.get_data()
    ran = {
        file: {n: frozenset(who) for n, who in data.contexts_by_lineno(file).items()} for file in data.measured_files()
    }
    return TestMap(
        ran, dict(recorder.seconds), recorder.shared, recorder.failed or (f"pytest ends with {code}" if code else "")
    )
