"""Keeps this process within so many bytes and seconds. It does nothing where the system has no such limits."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType


def limit_process(memory: int, processor: int) -> None:
    """Let this process take no more than `memory` bytes, and `processor` seconds from now on; it leaves no core file.

    Beyond them an allocation fails, or the system ends the process. A later call sets them anew.
    """
    try:
        import resource  # late: Windows has none; there the parent's clock alone sets an end
    except ImportError:
        return
    until = int(time.process_time()) + 1 + processor
    for what, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, until), (resource.RLIMIT_CORE, 0)):
        _, hard = resource.getrlimit(what)
        try:
            resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
        except (ValueError, OSError):  # a system that knows a limit and does not grant it
            continue


def memory_left() -> int | None:
    """Return how many bytes this process may still take by its own limit; None where none is set or none can be told."""
    try:
        import resource  # late, as above

        limit, _ = resource.getrlimit(resource.RLIMIT_AS)
        with open("/proc/self/statm", "rb") as stream:
            taken = int(stream.read().split()[0]) * resource.getpagesize()
    except (ImportError, OSError):
        return None
    return None if limit == resource.RLIM_INFINITY else limit - taken


class TooSlow(Exception):
    """Work took more processor time than it was given."""


@contextmanager
def held_to(seconds: int, memory: int) -> Iterator[None]:
    """Let the work inside take so many seconds of this process's own time and bytes on top of what it has.

    Raises TooSlow, MemoryError. The clock runs in the main thread, and each limit where the system knows it.
    """
    with _held_time(seconds), _held_memory(memory):
        yield


@contextmanager
def _held_time(seconds: int) -> Iterator[None]:
    import signal  # late, like threading: a judgement asks for the memory left only
    import threading

    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def late(number: int, frame: FrameType | None) -> None:
        raise TooSlow(seconds)

    before = signal.signal(signal.SIGVTALRM, late)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@contextmanager
def _held_memory(more: int) -> Iterator[None]:
    taken = Path("/proc/self/statm")
    if not taken.exists():
        yield
        return
    import resource  # late: Windows has none

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = int(taken.read_text().split()[0]) * resource.getpagesize() + more
    known = [limit for limit in (most, soft, hard) if limit != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_AS, (min(known), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
