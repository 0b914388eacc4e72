"""Marks a workbook from standard input with its errors. It runs under limits, as a process of its own."""

from __future__ import annotations

import os
import sys

import msgspec

from ..core.limits import limit_process
from .marked_book import MarkingJob, mark

MEMORY = 640 << 20
SECONDS = 20


def main() -> None:
    """Answer with a `Marked`; whatever else happens, the parent says that it could not be written."""
    limit_process(MEMORY, SECONDS)
    order = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=MarkingJob)
    sys.stdout.buffer.write(msgspec.msgpack.encode(mark(order)))
    sys.stdout.buffer.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
