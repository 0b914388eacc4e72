"""Lets those who store in the folder of a round take turns; a turn ends with its process at the latest."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def wait_for_turn(folder: Path) -> Iterator[None]:
    """Wait for one's turn to store in a round; the turn ends with the process at the latest. Raises OSError."""
    if os.name == "nt":  # pragma: no cover
        with _windows_turn(folder):
            yield
        return
    import fcntl  # late: not on Windows

    # The folder itself is locked: there is no lock file that a copy of the round would carry along.
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@contextmanager
def _windows_turn(folder: Path) -> Iterator[None]:  # pragma: no cover
    import msvcrt  # late: only on Windows

    with (folder / ".ledger.lock").open("a+b") as stream:
        stream.seek(0)
        msvcrt.locking(stream.fileno(), msvcrt.LK_LOCK, 1)  # type: ignore[attr-defined,unused-ignore]
        try:
            yield
        finally:
            stream.seek(0)
            msvcrt.locking(stream.fileno(), msvcrt.LK_UNLCK, 1)  # type: ignore[attr-defined,unused-ignore]
