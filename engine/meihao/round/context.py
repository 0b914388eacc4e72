"""Calculates the values across units once for a round: cohort means, places and indices (order of effects, step 2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from msgspec.structs import replace

from ..core.canonical import Json, digest
from ..core.numbers import Number, exact
from ..core.unknown import Unknown, Why
from ..expressions.evaluate import compile_expr
from ..methods.cohort import AcrossUnits, Values, within_group
from ..methods.method import MeasuringMethod, ScoringMethod
from ..standard.model import Criterion, Pack, leaves
from .model import Case
from .scope import CaseScope


def with_context(pack: Pack, cases: Sequence[Case]) -> tuple[Case, ...]:
    """Return the cases with their cohort values; every submitted unit of the kind counts, whatever its verdict."""
    by_unit: dict[str, dict[str, Number | Unknown]] = {case.code: {} for case in cases}
    for kind, root in pack.standards:
        mine = [case for case in cases if case.kind == kind]
        for key, measure in _all_cohort_measures(leaves(root)):
            for code, value in cohort_values(measure, key, mine).items():
                by_unit[code][key] = value
    return tuple(replace(case, cohort=by_unit[case.code]) for case in cases)


def context_values(case: Case) -> tuple[tuple[str, str], ...]:
    """Return a case's cohort values as exact text, sorted by measure: stored with the Assessment to re-judge it alone."""
    known = sorted((case.cohort or {}).items())
    return tuple((key, "unknown" if isinstance(value, Unknown) else exact(value)) for key, value in known)


def context_digest(case: Case) -> str:
    """Return the digest of a case's context, "" where it has none."""
    body: dict[str, Json] = dict(context_values(case))
    return "" if case.cohort is None else digest(body)


def _all_cohort_measures(criteria: Iterable[Criterion]) -> Iterator[tuple[str, AcrossUnits]]:
    for criterion in criteria:
        yield from cohort_measures(criterion.measure, criterion.score, criterion.id)


def cohort_measures(
    measure: MeasuringMethod | None, score: ScoringMethod | None, key: str
) -> Iterator[tuple[str, AcrossUnits]]:
    """Yield (key, measure) for every cohort measure of a criterion, parts included."""
    if measure is not None and (across := measure.across_units()) is not None:
        yield key, across
    for number, part in enumerate(score.parts if score else ()):
        yield from cohort_measures(part.measure, part.score, f"{key}#{number}")


def cohort_values(measure: AcrossUnits, key: str, cases: Sequence[Case]) -> Values:
    """Return the measure of every case among its group."""
    read = compile_expr(measure.value)
    known: dict[str, Number | Unknown] = {}
    groups: dict[str, list[str]] = {}
    for case in cases:
        scope = CaseScope(case)
        value = read(scope)
        known[case.code] = (
            value if isinstance(value, int | Fraction | Unknown) else Unknown((Why("missing_fact", key),))
        )
        group = "" if measure.within is None else scope.fact(_class_field(measure.within))
        if isinstance(group, Unknown):
            known[case.code] = group
        else:
            groups.setdefault(str(group), []).append(case.code)
    result: dict[str, Number | Unknown] = {c: v for c, v in known.items() if isinstance(v, Unknown)}
    for codes in groups.values():
        numbers = {c: v for c in codes if not isinstance(v := known[c], Unknown)}
        result.update(within_group(measure, numbers, key))
    return result


def _class_field(within: str) -> str:
    return "unit.region" if within == "region" else within
