"""Names for each region code the codes around it, by level."""

from __future__ import annotations

from collections.abc import Mapping

from ..core.problems import Problems
from ..round.model import Region
from . import messages

Around = Mapping[str, Mapping[str, str]]


def around(regions: tuple[Region, ...]) -> tuple[Around, Problems]:
    """Return {code: {level: code of the region of that level}}, each region itself included.

    A code given twice, an unknown parent or a circle of parents is a problem.
    """
    known = {region.code: region for region in regions}
    first = {region.code: i for i, region in reversed(tuple(enumerate(regions)))}
    twice = (r for i, r in enumerate(regions) if first[r.code] < i)
    problems = [messages.REGION_TWICE.at(r.source, region=r.code) for r in twice]
    found: dict[str, dict[str, str]] = {}
    for region in known.values():
        chain = _chain(region, known)
        found[region.code] = {r.level: r.code for r in reversed(chain)}
        last = chain[-1]
        if last.parent:
            kind = messages.REGION_CIRCLE if last.parent in known else messages.PARENT_UNKNOWN
            problems.append(kind.at(last.source, region=last.code, parent=last.parent))
    return found, tuple(dict.fromkeys(problems))


def _chain(region: Region, known: Mapping[str, Region]) -> tuple[Region, ...]:
    """Return a region and those around it, stopping before a code that is unknown or comes back."""
    chain, seen = [region], {region.code}
    while (parent := chain[-1].parent) and parent in known and parent not in seen:
        chain.append(known[parent])
        seen.add(parent)
    return tuple(chain)
