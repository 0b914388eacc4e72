"""Calculates the values across units once for a round: cohort means, places and indices (order of effects, step 2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import assert_never

from msgspec.structs import replace

from ..core.canonical import Json, digest
from ..core.numbers import Number, divide, exact
from ..core.unknown import Unknown, Why
from ..expressions.evaluate import compile_expr
from ..standard.model import (
    AgainstMean,
    CohortMeasure,
    Combine,
    Criterion,
    Index,
    Measure,
    Pack,
    RankInRound,
    Score,
    leaves,
)
from .model import Case
from .scope import CaseScope

Values = Mapping[str, Number | Unknown]


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


def _all_cohort_measures(criteria: Iterable[Criterion]) -> Iterator[tuple[str, CohortMeasure]]:
    for criterion in criteria:
        yield from cohort_measures(criterion.measure, criterion.score, criterion.id)


def cohort_measures(measure: Measure | None, score: Score | None, key: str) -> Iterator[tuple[str, CohortMeasure]]:
    """Yield (key, measure) for every cohort measure of a criterion, parts included."""
    if isinstance(measure, RankInRound | AgainstMean | Index):
        yield key, measure
    if isinstance(score, Combine):
        for number, part in enumerate(score.parts):
            yield from cohort_measures(part.measure, part.score, f"{key}#{number}")


def cohort_values(measure: CohortMeasure, key: str, cases: Sequence[Case]) -> Values:
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
        result.update(_within_group(measure, numbers, key))
    return result


def _class_field(within: str) -> str:
    return "unit.region" if within == "region" else within


def _within_group(measure: CohortMeasure, values: Mapping[str, Number], key: str) -> Values:
    if len(values) < measure.small.fewer_than:
        few = measure.small.otherwise
        fallback: Number | Unknown = Unknown((Why("sample_too_small", key),)) if few == "unknown" else few
        return dict.fromkeys(values, fallback)
    match measure:
        case RankInRound():
            return _places(measure, values)
        case AgainstMean():
            return _against_mean(measure, values, key)
        case Index():
            return _indices(measure, values, key)
        case _:  # pragma: no cover
            assert_never(measure)


def _places(measure: RankInRound, values: Mapping[str, Number]) -> Values:
    ordered = sorted(values.values(), reverse=measure.first == "highest")
    place = {
        value: number for number, value in reversed(tuple(enumerate(ordered, 1)))
    }  # of equal ones the first counts
    if measure.unit == "place":
        return {c: place[v] for c, v in values.items()}
    if len(ordered) == 1:
        return dict.fromkeys(values, 100)
    return {c: divide(100 * (len(ordered) - place[v]), len(ordered) - 1) for c, v in values.items()}


def _against_mean(measure: AgainstMean, values: Mapping[str, Number], key: str) -> Values:
    mean = divide(sum(values.values()), len(values))
    if measure.unit == "difference":
        return {c: v - mean for c, v in values.items()}
    if mean == 0:
        return dict.fromkeys(values, Unknown((Why("missing_fact", key),)))
    return {c: divide(100 * v, mean) for c, v in values.items()}


def _indices(measure: Index, values: Mapping[str, Number], key: str) -> Values:
    low, high = min(values.values()), max(values.values())
    if low == high:
        return dict.fromkeys(values, Unknown((Why("sample_too_small", key),)))
    up = {c: divide(100 * (v - low), high - low) for c, v in values.items()}
    return up if measure.better == "high" else {c: 100 - v for c, v in up.items()}
