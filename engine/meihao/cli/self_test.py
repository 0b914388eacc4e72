"""Runs the test suite of this checkout, passing on arguments for pytest, and returns its exit code."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from ..core.problems import Message, Problem, Source
from .printing import say_problems

CHECKOUT = Path(__file__).resolve().parents[3]
WORKERS = ("-n", "auto", "--maxprocesses", "4", "--dist", "worksteal")

NO_SUITE = Message(
    "C001", "error", "测试只随源代码提供，这里没有：{folder}",
    "the test suite comes with the source code only; it is not in {folder}",
    "在源代码文件夹里运行 ./meihao self-test", "run ./meihao self-test in a checkout",
)  # fmt: skip
NO_PYTEST = Message(
    "C002", "error", "没有安装测试工具pytest", "the test tool pytest is not installed",
    "运行 ./meihao self-test（它会先装好），或 pip install '.[test]'", "run ./meihao self-test, or pip install '.[test]'",
)  # fmt: skip


def self_test_command(words: argparse.Namespace) -> int:
    """Run the suite with the arguments after `--`; 2 where it cannot be run."""
    problems = cannot_test()
    say_problems(problems, words.lang)
    return 2 if problems else self_test(words.rest)


def cannot_test() -> tuple[Problem, ...]:
    """Return why the suite cannot be run here; nothing if it can."""
    if not (CHECKOUT / "tests").is_dir():
        return (NO_SUITE.at(Source(), folder=CHECKOUT),)
    return () if find_spec("pytest") else (NO_PYTEST.at(Source()),)


def self_test(arguments: Sequence[str]) -> int:
    """Run the suite from the checkout's root and return pytest's exit code; no tests at all is a failure (5)."""
    workers = WORKERS if find_spec("xdist") and not arguments else ()
    return subprocess.run((sys.executable, "-m", "pytest", *workers, *arguments), cwd=CHECKOUT, check=False).returncode
