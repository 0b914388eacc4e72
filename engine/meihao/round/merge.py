"""Merges the observations of one unit into one fact a field, for a stage (order of effects, step 1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import groupby

from msgspec.structs import replace

from ..core.numbers import Number, simplest
from ..core.text import normal, person
from ..core.unknown import Cause, Unknown, Why
from ..evidence.model import Observation, Value
from ..standard.model import NUMERIC, Field, Role
from .model import Fact, Hit, Stage

ORDER: tuple[Role, ...] = ("registry", "inspector", "county", "township", "applicant")
"""Who is believed first in the verified stage; a self-assessment reads the register and the applicant only."""
LOOK_AGAIN: frozenset[Cause] = frozenset({"inspectors_disagree", "numbers_disagree", "awaiting_inspector"})
SELF: tuple[Role, ...] = ("registry", "applicant")


def merge_facts(
    fields: Iterable[Field], observations: Iterable[Observation], stage: Stage, registers: Sequence[str] = ()
) -> Mapping[str, Fact]:
    """Return a fact for every field: its merged value, or why it is unknown; `registers` are those that came in whole."""
    by_field: dict[str, list[Observation]] = {}
    for seen in observations:
        by_field.setdefault(seen.field, []).append(seen)
    return {field.id: merge_field(field, by_field.get(field.id, ()), stage, registers) for field in fields}


def merge_field(field: Field, seen: Iterable[Observation], stage: Stage, registers: Sequence[str] = ()) -> Fact:
    """Return the fact of one field.

    Of a register that has not come in whole some rows may be known, but never that there are no others.
    """
    if not field.when_absent_empty:
        return _merged(field, seen, stage, absent(field))
    fact = _merged(field, seen, stage, ())
    if field.register in registers or not isinstance(fact.value, tuple):
        return fact
    return Fact(absent(field), fact.sources, fact.value)


def _merged(field: Field, seen: Iterable[Observation], stage: Stage, otherwise: Value | Unknown) -> Fact:
    """Return the fact of one field: the highest role that saw it; inspectors are averaged or must agree.

    Records of one day that contradict each other leave the field unknown, in one role as with one inspector.
    """
    roles = SELF if stage == "self" else ORDER
    # What only an inspector can see an applicant cannot declare.
    allowed = [o for o in seen if o.role in roles and not (field.provided_by == "inspector" and o.role == "applicant")]
    if not allowed:
        return Fact(otherwise)
    best = min((o.role for o in allowed), key=roles.index)
    chosen = tuple(sorted((o for o in allowed if o.role == best), key=_observed))
    if best != "inspector":
        return _latest(field, chosen)
    each = [_latest(field, mine) for mine in _by_observer(chosen)]
    if any(isinstance(fact.value, Unknown) for fact in each):
        return Fact(Unknown((Why("numbers_disagree", field.id),)), chosen)
    return _inspectors(field, tuple(fact.sources[-1] for fact in each))


def absent(field: Field) -> Unknown:
    """Return why a field that nobody observed is unknown, and whether the applicant owes it."""
    if field.provided_by == "inspector":
        return Unknown((Why("awaiting_inspector", field.id),))
    return Unknown((Why("missing_fact", field.id, owed=field.provided_by == "applicant"),))


def dated(seen: Observation) -> tuple[date, date]:
    """Return by what a later record is told: the day that it holds of, then the day on which it was made; none comes first."""
    return seen.holds_of or date.min, seen.day or date.min


def _observed(seen: Observation) -> tuple[date, date, str, str]:
    # The place comes last, so that the order in which files are read decides nothing.
    return (*dated(seen), seen.observer, repr(seen.source))


def _latest(field: Field, chosen: tuple[Observation, ...]) -> Fact:
    latest = dated(chosen[-1])
    last = tuple(o for o in chosen if dated(o) == latest)
    if all(same(o.value, last[0].value) for o in last):
        return Fact(last[-1].value, chosen)
    return Fact(Unknown((Why("numbers_disagree", field.id),)), last)


def _by_observer(chosen: tuple[Observation, ...]) -> Iterable[tuple[Observation, ...]]:
    """Yield what each inspector saw, in the order of days."""
    by_observer = sorted(chosen, key=lambda o: (person(o.observer), _observed(o)))
    for _, mine in groupby(by_observer, key=lambda o: person(o.observer)):
        yield tuple(mine)


def _inspectors(field: Field, chosen: tuple[Observation, ...]) -> Fact:
    values = [o.value for o in chosen]
    if field.type in NUMERIC:
        return Fact(middle([v for v in values if isinstance(v, int | Fraction)]), chosen)
    # Two must agree; of three or more a majority is enough.
    needed = len(values) if len(values) < 3 else len(values) // 2 + 1
    for value in values:
        if sum(same(value, other) for other in values) >= needed:
            return Fact(value, chosen)
    return Fact(Unknown((Why("inspectors_disagree", field.id),)), chosen)


def inspectors(fact: Fact | None) -> tuple[str, ...]:
    """Return the inspectors whose records are behind a fact, each once."""
    seen = fact.sources if fact is not None else ()
    return tuple({person(one.observer): one.observer for one in seen if one.role == "inspector"}.values())


def to_look_again(facts: Mapping[str, Fact]) -> tuple[str, ...]:
    """Return the fields that another inspector must look at: those that inspectors dispute, and those that too few have seen.

    A field that no inspector has looked at is not among them: it wants a first look.
    """
    return tuple(
        name for name, fact in facts.items() if inspectors(fact) and LOOK_AGAIN & {w.cause for w in _whys(fact)}
    )


def _whys(fact: Fact) -> Iterator[Why]:
    """Yield why a fact is unknown, or is known and not used."""
    if isinstance(fact.value, Unknown):
        yield from fact.value.whys
    yield from fact.held


def held(facts: Mapping[str, Fact], hits: Iterable[Hit], looks: Mapping[str, int]) -> Mapping[str, Fact]:
    """Return the facts with why a value that is known is not used: what relations found, and looks that are still wanted.

    This is the one place that says so; items are held by it, and every document prints it.
    """
    whys = {(subject, Why(hit.cause, subject)) for hit in hits for subject in hit.fields if subject in facts}
    seen = {name: len(inspectors(facts[name])) for name in looks if name in facts}
    whys |= {(n, Why("awaiting_inspector", n, looks=(k, looks[n]))) for n, k in seen.items() if k < looks[n]}
    by_field: dict[str, list[Why]] = {}
    for subject, why in sorted(whys):
        if not isinstance(facts[subject].value, Unknown):
            by_field.setdefault(subject, []).append(why)
    return {**facts, **{name: replace(facts[name], held=tuple(found)) for name, found in by_field.items()}}


def middle(values: list[Number]) -> Number:
    """Return the mean of two, the median of three or more (of an even number: the mean of the middle two).

    >>> middle([47, 44]), middle([47, 40, 44])
    (Fraction(91, 2), 44)
    """
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else simplest(Fraction(ordered[half - 1] + ordered[half], 2))


def same(one: Value, other: Value) -> bool:
    """Say whether two observed values agree: texts after NFC, tables row by row in order."""
    if isinstance(one, str) and isinstance(other, str):
        return normal(one) == normal(other)
    # Of one type, since True == 1 in Python; whole numbers and fractions are compared as numbers.
    return (type(one) is type(other) and one == other) or _numbers(one, other)


def _numbers(one: Value, other: Value) -> bool:
    numeric = (int, Fraction)
    both = isinstance(one, numeric) and isinstance(other, numeric)
    return both and not isinstance(one, bool) and not isinstance(other, bool) and one == other
