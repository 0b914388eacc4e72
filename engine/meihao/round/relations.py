"""Observations and documents before merging -> hits of the shipped relations, which hold the items that ask the field."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from typing import assert_never

from ..core.numbers import Number, plain
from ..core.text import normal, person
from ..evidence.model import Document, Observation, UnitEvidence
from ..standard.model import Field, Pack, Relation
from .model import Hit


def find_hits(pack: Pack, units: Sequence[UnitEvidence]) -> Mapping[str, tuple[Hit, ...]]:
    """Return the hits of every unit. Documents are compared within a unit and across all units given."""
    hits: dict[str, list[Hit]] = defaultdict(list)
    for relation in pack.relations:
        mine = [unit for unit in units if unit.kind in relation.kinds]
        match relation.use:
            case "third_inspector":
                for unit in mine:
                    hits[unit.code] += third_inspector(relation, pack.fields, unit.observations)
            case "same_number":
                _add(hits, _same_documents(relation, mine, by="number", differs="content"))
            case "same_content":
                _add(hits, _same_documents(relation, mine, by="content", differs="unit"))
            case _:  # pragma: no cover
                assert_never(relation.use)
    return {code: tuple(found) for code, found in hits.items()}


def third_inspector(relation: Relation, fields: Iterable[Field], seen: Sequence[Observation]) -> list[Hit]:
    """Return a hit for each field on which exactly two inspectors are further apart than its tolerance."""
    hits = []
    for field in fields:
        last: dict[str, Observation] = {}
        for o in sorted((o for o in seen if o.field == field.id and o.role == "inspector"), key=_dated):
            last[person(o.observer)] = o
        if field.tolerance is None or len(last) != 2:
            continue
        a, b = (last[name] for name in sorted(last))
        x, y = a.value, b.value
        if isinstance(x, int | Fraction) and isinstance(y, int | Fraction) and _apart(x, y) > field.tolerance:
            hits.append(Hit(relation.id, (field.id,), _pair(field, a, b, x, y)))
    return hits


def _apart(x: Number, y: Number) -> Number:
    return x - y if x > y else y - x


def _dated(seen: Observation) -> tuple[str, str]:
    return (seen.day.isoformat() if seen.day else "", repr(seen.source))


def _pair(field: Field, a: Observation, b: Observation, x: Number, y: Number) -> tuple[tuple[str, str], ...]:
    return (
        ("field", field.id),
        ("a.observer", a.observer),
        ("a.value", plain(x)),
        ("b.observer", b.observer),
        ("b.value", plain(y)),
        ("tolerance", plain(field.tolerance or 0)),
    )


def _same_documents(relation: Relation, units: Sequence[UnitEvidence], by: str, differs: str) -> list[tuple[str, Hit]]:
    """Return (unit, hit) for documents equal in one respect and different in the other."""
    groups: dict[str, list[tuple[UnitEvidence, Document]]] = defaultdict(list)
    for unit in units:
        for document in unit.documents:
            key = normal(document.number) if by == "number" else document.sha256
            if key:
                groups[key].append((unit, document))
    hits = []
    for key in sorted(groups):
        for (u, a), (v, b) in combinations(groups[key], 2):
            unlike = u.code != v.code if differs == "unit" else _other_content(a, b)
            if unlike:
                hits += [
                    _document_hit(relation, key, one, other) for one, other in (((u, a), (v, b)), ((v, b), (u, a)))
                ]
    return list(dict.fromkeys(hits))


def _other_content(a: Document, b: Document) -> bool:
    """Say whether two documents differ in title or in digest; one without a digest has no other content."""
    return normal(a.title) != normal(b.title) or (a.sha256 != b.sha256 and bool(a.sha256 and b.sha256))


def _document_hit(
    relation: Relation, key: str, one: tuple[UnitEvidence, Document], other: tuple[UnitEvidence, Document]
) -> tuple[str, Hit]:
    values = (
        ("number", one[1].number or key),
        ("a.title", one[1].title),
        ("a.unit", one[0].name or one[0].code),
        ("b.title", other[1].title),
        ("b.unit", other[0].name or other[0].code),
    )
    return one[0].code, Hit(relation.id, (*one[1].proves, f"document:{normal(one[1].title)}"), values)


def _add(hits: dict[str, list[Hit]], found: Iterable[tuple[str, Hit]]) -> None:
    for code, hit in found:
        hits[code].append(hit)
