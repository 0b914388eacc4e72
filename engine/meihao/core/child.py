"""Runs a function of ours in a process of its own, and returns its answer or one word for how it ended without one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

_LEAN = "import sys; sys.modules['typing_extensions'] = None"  # msgspec asks for it: a fifth of the start, for nothing


def command_of(module: str) -> tuple[str, ...]:
    """Return the words that run `main()` of a module in a new interpreter."""
    return ("-P", "-c", f"{_LEAN}\nfrom {module} import main; main()")


def ask(data: bytes, command: Sequence[str], seconds: float) -> bytes | str:
    """Return what a child wrote to its standard output; a text says how it ended without an answer. Never raises."""
    root = str(Path(__file__).parents[2])
    paths = os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])
    surroundings = {**os.environ, "PYTHONPATH": paths}
    try:
        done = subprocess.run(
            [sys.executable, *command],
            input=data, capture_output=True, timeout=seconds, env=surroundings, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return "timeout"
    except (OSError, MemoryError):
        return "no start"
    if done.returncode:
        return f"signal {-done.returncode}" if done.returncode < 0 else f"exit {done.returncode}"
    return done.stdout
