"""Names for each region code the codes around it, by level."""

from __future__ import annotations

from collections.abc import Mapping

from ..core.problems import Problems
from ..round.model import Region
from ..round.regions import enclosing
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
        chain = enclosing(region, known)
        found[region.code] = {r.level: r.code for r in reversed(chain)}
        last = chain[-1]
        if last.parent:
            kind = messages.REGION_CIRCLE if last.parent in known else messages.PARENT_UNKNOWN
            problems.append(kind.at(last.source, region=last.code, parent=last.parent))
    return found, tuple(dict.fromkeys(problems))
