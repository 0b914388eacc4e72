"""The name of an inference engine in; the engine that judges, and its name, out. All engines give the same conclusions."""

from __future__ import annotations

from functools import cache
from typing import Literal

from .program import Conclude
from .reference import conclude as reference

Wanted = Literal["auto", "durable", "reference"]


def engine(name: Wanted = "auto") -> tuple[str, Conclude]:
    """Return which engine judges, and the engine. Where durable cannot be imported, `reference` serves whatever was asked."""
    found = None if name == "reference" else _durable()
    return ("durable", found) if found else ("reference", reference)


@cache
def _durable() -> Conclude | None:
    try:
        from .durable import Durable  # late: a C extension, which not every machine can build
    except ImportError:
        return None
    return Durable().conclude
