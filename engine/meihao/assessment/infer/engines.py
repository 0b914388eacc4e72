"""Chooses the inference engine by its name. All engines reach the same conclusions."""

from __future__ import annotations

from functools import cache
from typing import Literal

from ...core.limits import memory_left
from .program import Conclude
from .reference import conclude as reference

ROOM = 128 << 20  # with less, durable's C code may end the process where Python would raise
Wanted = Literal["auto", "durable", "reference"]


def engine(name: Wanted = "auto") -> tuple[str, Conclude]:
    """Return which engine judges, and the engine. Where durable cannot be imported, or memory is short, it is `reference`."""
    found = None if name == "reference" else _durable()
    return ("durable", found) if found else ("reference", reference)


@cache
def _durable() -> Conclude | None:
    left = memory_left()
    if left is not None and left < ROOM:
        return None
    try:
        from .durable import Durable  # late: a C extension, which not every machine can build
    except ImportError:
        return None
    return Durable().conclude
