"""Locks a file or folder until the process ends, and says whether what an unfinished writer left may be removed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LONG_AGO = 86_400  # seconds: where a disk knows no locks, whoever was writing a day ago writes no more


@contextmanager
def held(path: Path, wait: bool = True) -> Iterator[bool | None]:
    """Hold a lock on a file or folder: True. False where another process has it, None where the system knows no locks."""
    if os.name == "nt":  # pragma: no cover
        yield None
        return
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        yield lock(handle, wait)
    finally:
        os.close(handle)


def lock(handle: int, wait: bool = True) -> bool | None:
    """Lock an open file until it is closed, and say whether it could be done, as `held` does."""
    if os.name == "nt":  # pragma: no cover
        return None
    import fcntl  # late: not on Windows

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    except OSError:  # such as some network drives
        return None
    return True


def abandoned(path: Path, now: float) -> bool:
    """Say whether the writer of a file or folder is gone. It has a lock on it: on a file before the first byte, on a folder
    that is looked at under the lock of the one above from the beginning.

    `now` is the time by the disk that holds both. What cannot be looked at is not ours to remove.
    """
    try:
        long_ago = path.stat().st_mtime < now - LONG_AGO
        with held(path, wait=False) as free:
            return long_ago if free is None else free and (long_ago or path.is_dir() or path.stat().st_size > 0)
    except OSError:
        return False
