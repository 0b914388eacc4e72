"""Small faults are put into a package, one at a time; the tests nearest to it must see each of them; those unseen out.

    python scripts/mutants.py [--package ranking] [--count 150] [--seed 1] [--at-least 90] [--workers N] [--only FILE:LINE]

A fault is a comparison turned at its edge or round, `and` for `or`, a sign, a number one higher, a truth turned, `min` for
`max`, `any` for `all`, a condition negated. Each is compiled in memory and tried in a process of its own; no file changes.
The faults are the same for a seed. Ends with 1 where fewer than `--at-least` percent were seen.
"""

from __future__ import annotations

import argparse
import ast
import multiprocessing
import os
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "engine")]

import hypothesis  # noqa: E402
import pytest  # noqa: E402
from msgspec import Struct  # noqa: E402

import meihao.assessment.assess  # noqa: E402  # loaded once, before processes part
import meihao.standard.load  # noqa: E402, F401

NEAR: Mapping[str, Sequence[str]] = {"ranking": ("tests/ranking", "tests/store/test_behind.py")}
MORE: Mapping[str, Sequence[str]] = {"details.py": ("tests/store/test_answers.py",)}
"""Slower tests, of the files that need them."""
WORDS_ONLY = ("__init__.py", "messages.py")
SECONDS_AT_MOST = 20  # of the processor, for one test; a loop without end is seen, too
SWAPS: Mapping[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
REWRITE = "ignore::pytest.PytestAssertRewriteWarning"  # what is loaded before processes part is not rewritten
A_FEW = 10
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any"}


class Fault(Struct, frozen=True):
    """The n-th place of a file where something can be wrong, and what it then is."""

    file: Path
    n: int
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file.relative_to(ROOT)}:{self.line} {self.what}"


class _Spoil(ast.NodeTransformer):
    """Counts the places where a tree can be spoiled, and spoils the one that is asked for."""

    def __init__(self, wanted: int = -1) -> None:
        self.wanted, self.found = wanted, list[tuple[int, str]]()

    def _here(self, node: ast.AST, what: str) -> bool:
        self.found.append((getattr(node, "lineno", 0), what))
        return len(self.found) - 1 == self.wanted

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        self.generic_visit(node)
        for at, op in enumerate(node.ops):
            other = SWAPS[type(op)]
            if self._here(node, f"{type(op).__name__} -> {other.__name__} in {ast.unparse(node)}"):
                node.ops[at] = other()
        return node

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        self.generic_visit(node)
        other = ast.Or if isinstance(node.op, ast.And) else ast.And
        if self._here(node, f"{other.__name__} in {ast.unparse(node)}"):
            node.op = other()
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        turned = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add}.get(type(node.op))
        text = any(isinstance(part, ast.Constant) and isinstance(part.value, str) for part in (node.left, node.right))
        if turned and not text and self._here(node, f"{turned.__name__} in {ast.unparse(node)}"):
            node.op = turned()
        return node

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.op, ast.Not | ast.USub) and self._here(node, f"{ast.unparse(node)} without its sign"):
            return node.operand
        return node

    def visit_IfExp(self, node: ast.IfExp) -> ast.AST:
        self.generic_visit(node)
        if self._here(node, f"branches turned in {ast.unparse(node)}"):
            node.body, node.orelse = node.orelse, node.body
        return node

    def visit_If(self, node: ast.If) -> ast.AST:
        self.generic_visit(node)
        if self._here(node, f"if not {ast.unparse(node.test)}"):
            node.test = ast.UnaryOp(ast.Not(), node.test)
        return node

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        if isinstance(node.value, bool) and self._here(node, f"{not node.value} for {node.value}"):
            return ast.Constant(not node.value)
        if type(node.value) is int and self._here(node, f"{node.value + 1} for {node.value}"):
            return ast.Constant(node.value + 1)
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        other = NAMES.get(node.func.id, "") if isinstance(node.func, ast.Name) else ""
        if other and self._here(node, f"{other} in {ast.unparse(node)}"):
            node.func = ast.Name(other, ast.Load())
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        if node.value is not None:
            node.value = self.visit(node.value)
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.body = [self.visit(part) for part in node.body]
        node.args.defaults = [self.visit(part) for part in node.args.defaults]
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        node.body = [self.visit(part) for part in node.body]  # not `frozen=True`
        return node


def faults_of(file: Path) -> list[Fault]:
    """Return every fault that can be put into a file."""
    spoil = _Spoil()
    spoil.visit(ast.parse(file.read_text("utf-8")))
    return [Fault(file, n, line, what) for n, (line, what) in enumerate(spoil.found)]


def spoiled(fault: Fault) -> CodeType:
    """Return the compiled module with the fault in it."""
    tree = _Spoil(fault.n).visit(ast.parse(fault.file.read_text("utf-8")))
    return compile(ast.fix_missing_locations(tree), str(fault.file), "exec")


class _TooLong(BaseException):
    """Ends a test whose time is up."""


class _Clock:
    """Begins to count anew with every test."""

    def pytest_runtest_logstart(self) -> None:
        signal.setitimer(signal.ITIMER_PROF, SECONDS_AT_MOST)


def seen(given: tuple[Fault | None, Sequence[str]]) -> bool:
    """Run the tests on a package with the fault, in this process; say whether one of them failed."""
    fault, tests = given
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    hypothesis.settings.register_profile("mutants", database=None, derandomize=True)
    hypothesis.settings.load_profile("mutants")
    if fault:
        SourceFileLoader.get_code = _instead(str(fault.file), spoiled(fault))  # type: ignore[assignment, method-assign]  # here only
    signal.signal(signal.SIGPROF, _ring)
    signal.setitimer(signal.ITIMER_PROF, SECONDS_AT_MOST)
    words = ["-x", "-q", "-p", "no:cacheprovider", "-W", REWRITE, *tests]
    try:
        return pytest.main(words, plugins=[_Clock()]) != pytest.ExitCode.OK
    except _TooLong:
        return True
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _ring(number: int, frame: object) -> None:
    raise _TooLong


def _instead(path: str, code: CodeType) -> Callable[[SourceFileLoader, str], CodeType | None]:
    usual = SourceFileLoader.get_code

    def get_code(loader: SourceFileLoader, name: str) -> CodeType | None:
        return code if loader.path == path else usual(loader, name)

    return get_code


def nearest(fault: Fault, tests: Sequence[str]) -> list[str]:
    """Return the tests of a package, those of the file itself first."""
    own = [f"{tests[0]}/test_{fault.file.name}"]
    return [*(one for one in own if (ROOT / one).is_file()), *tests, *MORE.get(fault.file.name, ())]


def chosen(package: str, count: int, seed: int, only: str) -> Iterator[Fault]:
    """Yield the faults to try: a sample of all, or all of one line."""
    files = sorted(f for f in (ROOT / "engine" / "meihao" / package).rglob("*.py") if f.name not in WORDS_ONLY)
    every = [fault for file in files for fault in faults_of(file)]
    if only:
        name, _, line = only.partition(":")
        yield from (f for f in every if f.file.name == name and line in ("", str(f.line)))
        return
    yield from sorted(random.Random(seed).sample(every, k=min(count, len(every))), key=lambda f: (f.file, f.n))


def main() -> int:
    """Try the faults, print the unseen ones and the rate, and return the exit code."""
    words = argparse.ArgumentParser(description="the tests see small faults")
    words.add_argument("--package", choices=sorted(NEAR), default="ranking")
    words.add_argument("--count", type=int, default=150, help="faults to try")
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--at-least", type=int, default=90, help="percent that must be seen")
    words.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    words.add_argument("--only", default="", metavar="FILE:LINE", help="every fault of a file or a line")
    given = words.parse_args()
    assert f"meihao.{given.package}" not in sys.modules, "loaded before the faults are in it"
    os.chdir(ROOT)
    tests, start = NEAR[given.package], time.perf_counter()
    faults = list(chosen(given.package, given.count, given.seed, given.only))
    with multiprocessing.get_context("fork").Pool(given.workers, maxtasksperchild=1) as pool:
        if pool.apply(seen, ((None, tests),)):
            print("the tests fail without any fault")
            return 1
        tries = [(fault, nearest(fault, tests)) for fault in faults]
        caught = 0
        for done, (fault, was) in enumerate(zip(faults, pool.imap(seen, tries, chunksize=1), strict=True), 1):
            caught += was
            if not was:
                print(f"unseen: {fault}", flush=True)
            if done % A_FEW == 0:
                print(f"{done} of {len(faults)} tried, {caught} seen, {time.perf_counter() - start:.0f} s", flush=True)
    rate = 100 * caught // max(len(faults), 1)
    print(f"{caught} of {len(faults)} faults seen ({rate}%), {time.perf_counter() - start:.0f} s")
    return int(rate < given.at_least)


if __name__ == "__main__":
    sys.exit(main())
