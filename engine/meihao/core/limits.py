"""Bytes and seconds in; this process kept to them from now on. Nothing happens where the system has no such limits."""

from __future__ import annotations

import time


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
        with open("/proc/self/statm", encoding="ascii") as stream:
            taken = int(stream.read().split()[0]) * resource.getpagesize()
    except (ImportError, OSError):
        return None
    return None if limit == resource.RLIM_INFINITY else limit - taken
