"""Starts servers as processes of their own and reads what they use: CPU time and memory of all their processes (Linux)."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryFile

from .browser import Browser
from .timing import PYTHON, ROOT, environment


class Serving:
    """A server that runs: its address, and what it has used so far."""

    def __init__(self, process: subprocess.Popen[str], address: str) -> None:
        self.process, self.address = process, address
        self.browsers: list[Browser] = []

    def browser(self) -> Browser:
        """Return a browser that asks this server, until it ends."""
        self.browsers.append(Browser(self.address))
        return self.browsers[-1]

    def seconds(self) -> float:
        """Return the CPU seconds of all its processes."""
        return sum(time.clock_gettime(~pid << 3 | 2) for pid in self.processes())  # clock_getcpuclockid(3)

    def memory(self) -> float:
        """Return how many MB of memory the processes that answer hold (resident set, what they share counted in each)."""
        return sum(_resident(pid) for pid in self.processes()[1:])

    def processes(self) -> list[int]:
        """Return the process that was started, then those that it started."""
        first = self.process.pid
        children = Path(f"/proc/{first}/task/{first}/children").read_text("ascii").split()
        return [first, *map(int, children)]


def _resident(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1000


@contextmanager
def serving(module: str, *words: str) -> Iterator[Serving]:
    """Start a module of this folder, which prints its address, and end it afterwards."""
    command = [PYTHON, "-m", f"bench.{module}", *words]
    with TemporaryFile("w+") as said:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment(),
            text=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=said,
        )
        assert process.stdout is not None
        with process.stdout:
            try:
                address = process.stdout.readline().strip()
                if not address:
                    said.seek(0)
                    raise RuntimeError(f"{module} did not start: {said.read()[-2000:]}")
                server = Serving(process, address)
                with ExitStack() as opened:
                    opened.callback(lambda: [one.connection.close() for one in server.browsers])
                    yield server
            finally:
                process.terminate()
                process.wait(timeout=60)
