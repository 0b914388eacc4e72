"""A child's answer comes back as it was written; whatever else happens to it comes back as a word."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

import meihao
from meihao.core.child import ask, command_of


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("import sys; sys.stdout.buffer.write(sys.stdin.buffer.read()[::-1])", b"cba"),
        ("raise SystemExit(7)", "exit 7"),
        ("1/0", "exit 1"),
        ("import time; time.sleep(60)", "timeout"),
        ("import os; os.close(0)", b""),
    ],
)
def test_what_a_child_says(code: str, said: bytes | str) -> None:
    assert ask(b"abc", ("-c", code), 3 if said == "timeout" else 30) == said


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_a_child_that_is_killed_tells_by_what() -> None:
    assert ask(b"", ("-c", "import os; os.kill(os.getpid(), 9)"), 30) == "signal 9"


def test_a_child_that_cannot_start_is_no_error_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert ask(b"", command_of("meihao.forms.marking_child"), 30) == "no start"


@pytest.mark.parametrize("given", ["", "elsewhere"])
def test_a_child_finds_this_package_first_wherever_it_was_started(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", given)
    ours = str(Path(meihao.__file__).parents[1])
    said = ask(b"", ("-c", "import os; print(os.environ['PYTHONPATH'], end='')"), 30)
    assert said == (f"{ours}{os.pathsep}{given}" if given else ours).encode()
