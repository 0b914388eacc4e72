"""Finds what no case shows: every criterion should be met, not met and unknown, and every rule fired and quiet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..core.problems import Problem, Problems
from ..standard.model import Criterion, Pack, Rule, leaves
from . import messages as m
from .cases import CaseResult


def missing_cases(pack: Pack, results: Iterable[CaseResult]) -> Problems:
    """Return a problem for each outcome that a criterion or rule must show and no case does."""
    shown: dict[str, set[str]] = {}
    for result in results:
        shown.setdefault(result.subject, set()).add(result.outcome)
    gaps: list[Problem] = []
    for _, root in pack.standards:
        for criterion in leaves(root):
            gaps += _gaps(criterion, criterion.id, outcomes_wanted(criterion), shown)
    for rule in pack.rules:
        gaps += _gaps(rule, rule.id, ("fired", "quiet", *(("flagged",) if rule.unknown == "flag" else ())), shown)
    return tuple(gaps)


def outcomes_wanted(criterion: Criterion) -> tuple[str, ...]:
    """Return the outcomes that the cases of a criterion must show."""
    return ("met", "not_met", "unknown") if criterion.score.may_earn_nothing() else ("met", "unknown")


def _gaps(of: Criterion | Rule, name: str, wanted: tuple[str, ...], shown: dict[str, set[str]]) -> Iterator[Problem]:
    for outcome in wanted:
        if outcome not in shown.get(name, ()):
            yield m.NO_CASE.at(of.source, subject=name, outcome=outcome)
