"""Starts `serve` as a process of its own for tests, on a free port."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ENGINE = Path(__file__).parents[2] / "engine"
Serving = tuple[subprocess.Popen[str], str]


@contextmanager
def serving(temporary: Path, *words: str) -> Iterator[Serving]:
    """Yield a server's process and its address; afterwards it is ended, if it still runs."""
    environment = {**os.environ, "PYTHONPATH": str(ENGINE), "TMPDIR": str(temporary)}
    process = subprocess.Popen(
        [sys.executable, "-m", "meihao", "serve", *words, "--port", "0"], env=environment, text=True, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,  # it can be killed with all its processes
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stderr is not None
    with process.stdout, process.stderr:
        try:
            line = process.stdout.readline()
            found = re.search(r"http://127\.0\.0\.1:\d+/", line)
            assert found, (line, process.stderr.read())
            yield process, found[0]
        finally:
            if process.poll() is None:
                process.terminate()
            process.wait(timeout=30)
