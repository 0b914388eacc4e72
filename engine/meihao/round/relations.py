"""Compares observations and documents before they are merged; what disagrees holds the items that ask the field."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import islice
from typing import assert_never

from msgspec import Struct

from ..core.numbers import Number, plain
from ..core.text import normal, person
from ..evidence.model import Document, Observation, UnitEvidence
from ..standard.model import Field, Pack, Relation
from .merge import dated
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
                _add(hits, _same_numbers(relation, mine))
            case "same_content":
                _add(hits, _same_contents(relation, mine))
            case _:  # pragma: no cover
                assert_never(relation.use)
    return {code: tuple(found) for code, found in hits.items()}


def third_inspector(relation: Relation, fields: Iterable[Field], seen: Sequence[Observation]) -> list[Hit]:
    """Return a hit for each field on which exactly two inspectors are further apart than its tolerance."""
    hits = []
    inspected: dict[str, list[Observation]] = defaultdict(list)
    for one in seen:
        if one.role == "inspector":
            inspected[one.field].append(one)
    for field in fields:
        if field.tolerance is None or field.id not in inspected:
            continue
        # In the order of days: of each inspector the last record counts.
        last = {person(one.observer): one for one in sorted(inspected[field.id], key=_dated)}
        # One inspector has nobody to differ from, and of three the median is taken.
        if len(last) != 2:
            continue
        a, b = (last[name] for name in sorted(last))
        x, y = a.value, b.value
        if isinstance(x, int | Fraction) and isinstance(y, int | Fraction) and _apart(x, y) > field.tolerance:
            hits.append(Hit(relation.id, (field.id,), _pair(field, a, b, x, y), "inspectors_disagree"))
    return hits


def _apart(x: Number, y: Number) -> Number:
    return x - y if x > y else y - x


def _dated(seen: Observation) -> tuple[date, date, str]:
    return (*dated(seen), repr(seen.source))


def _pair(field: Field, a: Observation, b: Observation, x: Number, y: Number) -> tuple[tuple[str, str], ...]:
    return (
        ("field", field.id),
        ("a.observer", a.observer),
        ("a.value", plain(x)),
        ("b.observer", b.observer),
        ("b.value", plain(y)),
        ("tolerance", plain(field.tolerance or 0)),
    )


class _Paper(Struct, frozen=True):
    """A document in the hands of a unit, as it is compared with others of its number or its digest."""

    unit: UnitEvidence
    document: Document
    title: str


def _papers(units: Sequence[UnitEvidence], by: str) -> Mapping[str, list[_Paper]]:
    """Return the documents by number or by digest, each of a unit once."""
    groups: dict[str, dict[object, _Paper]] = defaultdict(dict)
    for unit in units:
        for document in unit.documents:
            key = normal(document.number) if by == "number" else document.sha256
            if key:
                paper = _Paper(unit, document, normal(document.title))
                once = (unit.code, paper.title, document.sha256, document.proves)
                groups[key].setdefault(once, paper)
    return {key: list(papers.values()) for key, papers in groups.items() if len(papers) > 1}


class _Contents:
    """The different contents under one number: how often each occurs, and the first two of a kind, one of which is another's.

    Documents differ in title or in digest; one without a digest has no other content.
    """

    def __init__(self, papers: Sequence[_Paper]) -> None:
        # Counted once for each number: comparing all pairs took 17 s where 2,000 units shared one.
        self.count = len(papers)
        self.titles = Counter(paper.title for paper in papers)
        digested = [paper for paper in papers if paper.document.sha256]
        self.digested = Counter(paper.title for paper in digested)
        self.digests = Counter((paper.title, paper.document.sha256) for paper in digested)
        firsts: dict[str, _Paper] = {}
        by_title: dict[str, dict[str, _Paper]] = defaultdict(dict)
        for paper in papers:
            firsts.setdefault(paper.title, paper)
            by_title[paper.title].setdefault(paper.document.sha256, paper)
        self.firsts = tuple(islice(firsts.values(), 2))
        self.by_title = {title: tuple(islice(found.values(), 3)) for title, found in by_title.items()}

    def others(self, paper: _Paper) -> tuple[_Paper | None, int]:
        """Return the first document of other content, and how many there are."""
        title, sha256 = paper.title, paper.document.sha256
        other = next((p for p in self.firsts if p.title != title), None)
        count = self.count - self.titles[title]
        if sha256:
            count += self.digested[title] - self.digests[title, sha256]
            unlike = (p for p in self.by_title[title] if p.document.sha256 not in ("", sha256))
            other = other or next(unlike, None)
        return other, count


def _same_numbers(relation: Relation, units: Sequence[UnitEvidence]) -> Iterator[tuple[str, Hit]]:
    """Yield (unit, hit) for each document whose number stands on one of other content."""
    for key, papers in sorted(_papers(units, "number").items()):
        contents = _Contents(papers)
        for paper in papers:
            other, count = contents.others(paper)
            if other is not None:
                yield _document_hit(relation, key, paper, other, count)


def _same_contents(relation: Relation, units: Sequence[UnitEvidence]) -> Iterator[tuple[str, Hit]]:
    """Yield (unit, hit) for each document that another unit has handed in as well."""
    for key, papers in sorted(_papers(units, "content").items()):
        owners = list({paper.unit.code: paper for paper in reversed(papers)}.values())[::-1]
        for paper in papers:
            other = next((p for p in owners[:2] if p.unit.code != paper.unit.code), None)
            if other is not None:
                yield _document_hit(relation, key, paper, other, len(owners) - 1)


def _document_hit(relation: Relation, key: str, paper: _Paper, other: _Paper, others: int) -> tuple[str, Hit]:
    """Return the hit of one document: it names the first of the others, and how many there are where they are several."""
    more = f"…（{others}）" if others > 1 else ""
    values = (
        ("number", paper.document.number or key),
        ("a.title", paper.document.title),
        ("a.unit", paper.unit.name or paper.unit.code),
        ("b.title", other.document.title),
        ("b.unit", (other.unit.name or other.unit.code) + more),
    )
    return paper.unit.code, Hit(relation.id, (*paper.document.proves, f"document:{paper.title}"), values)


def _add(hits: dict[str, list[Hit]], found: Iterable[tuple[str, Hit]]) -> None:
    for code, hit in dict.fromkeys(found):
        hits[code].append(hit)
