"""Reduces an assessment to a candidate: the few figures of a unit that a ranking reads."""

from __future__ import annotations

from collections import Counter

from msgspec import Struct

from ..assessment.results import Assessment, NodeScore, State
from ..core.numbers import Number, divide
from ..core.unknown import Why
from ..standard.model import Node, Pack, nodes


class Candidate(Struct, frozen=True):
    """A unit before the list. Figures are points certainly earned; `*_hi` those still possible; `full` the full mark."""

    code: str
    kind: str
    name: str
    region: str
    state: State
    grade: str
    best_grade: str
    total: Number
    total_hi: Number
    base: Number
    base_hi: Number
    bonus: Number
    full: Number
    percents: tuple[tuple[str, Number], ...]
    fired: tuple[tuple[str, int], ...]
    deciding: tuple[tuple[str, str], ...]
    whys: tuple[Why, ...]

    def figure(self, by: str) -> Number:
        """Return the figure that the list is ordered by: `total`, `base`, or `percent` of full marks."""
        return self.base if by == "base" else self.total if by == "total" else divide(100 * self.total, self.full)

    def possible(self, by: str) -> Number:
        """Return the same figure if all that is unknown came true."""
        high = self.base_hi if by == "base" else self.total_hi
        return divide(100 * high, self.full) if by == "percent" else high

    def percent_of(self, dimension: str) -> Number | None:
        """Return a dimension's percent of its full mark, None where nothing in it applies to the unit."""
        known = dict(self.percents)
        return known.get(f"{self.kind}.{dimension}", known.get(dimension))

    def findings(self, severity: str) -> int:
        """Return how many rules of a severity fired; waived and flagged ones do not count."""
        return dict(self.fired).get(severity, 0)


def candidate(assessment: Assessment, pack: Pack) -> Candidate:
    """Return what the ranking needs of an assessment. Raises KeyError for a kind that the pack has not."""
    return Candidate(
        code=assessment.unit,
        kind=assessment.kind,
        name=assessment.name,
        region=assessment.region,
        state=assessment.verdict.state,
        grade=assessment.grade,
        best_grade=assessment.best_grade,
        total=assessment.total_lo,
        total_hi=assessment.total_hi,
        base=assessment.base_lo,
        base_hi=assessment.base_hi,
        bonus=assessment.bonus_lo,
        full=pack.standard(assessment.kind).points,
        percents=tuple((n.id, divide(100 * n.lo, n.points)) for n in assessment.nodes if _counts(n)),
        fired=tuple(sorted(Counter(f.severity for f in assessment.findings if f.state == "fired").items())),
        deciding=assessment.verdict.deciding,
        whys=_whys(assessment),
    )


def has_dimension(root: Node, kind: str, dimension: str) -> bool:
    """Say whether a standard has the dimension that a tie key names."""
    return any(node.id in (dimension, f"{kind}.{dimension}") for node in nodes(root))


def _counts(node: NodeScore) -> bool:
    return node.applicable > 0 and node.points > 0


def _whys(assessment: Assessment) -> tuple[Why, ...]:
    """Return every reason for not knowing, each once."""
    parts = (
        *(item.whys for item in assessment.items),
        *(bonus.whys for bonus in assessment.bonuses),
        *(finding.whys for finding in assessment.findings),
    )
    return tuple(sorted({why for whys in parts for why in whys}))
