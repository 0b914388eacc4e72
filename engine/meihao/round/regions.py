"""Says which regions lie around a region."""

from __future__ import annotations

from collections.abc import Mapping

from .model import Region


def enclosing(region: Region, known: Mapping[str, Region]) -> tuple[Region, ...]:
    """Return a region and those around it, stopping before a code that is unknown or comes back."""
    chain, seen = [region], {region.code}
    while (parent := chain[-1].parent) and parent in known and parent not in seen:
        chain.append(known[parent])
        seen.add(parent)
    return tuple(chain)
