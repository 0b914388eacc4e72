"""Finds every pair of measure and score, and every document, at any depth of a criterion."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...core.text import normal
from ...methods.method import MeasuringMethod, Part, ScoringMethod
from . import Criterion, DocumentWanted, Field, Pack, Process, leaves
from .reads import fields_of


def scored(item: Criterion | Part) -> Iterator[tuple[MeasuringMethod | None, ScoringMethod]]:
    """Yield the criterion's own measure and score first, then those of its parts."""
    if item.score is None:
        return
    yield item.measure, item.score
    for part in item.score.parts:
        yield from scored(part)


def with_parts(item: Criterion | Part) -> Iterator[Criterion | Part]:
    """Yield a criterion and every part of it, however deep."""
    yield item
    for part in item.score.parts if item.score else ():
        yield from with_parts(part)


def documents_of(item: Criterion | Part) -> tuple[DocumentWanted, ...]:
    """Return every document that a criterion or one of its parts wants, each once."""
    return tuple(dict.fromkeys(document for part in with_parts(item) for document in part.evidence))


def fields_judged(item: Criterion, processes: Mapping[str, Process]) -> tuple[str, ...]:
    """Return the fields that carry an inspector's judgement, which wants a reason."""
    judged = (measure for measure, score in scored(item) if score.wants_reason())
    names = (name for measure in judged for name in (fields_of(measure, processes) if measure else item.asks))
    return tuple(dict.fromkeys(names))


def fields_looked_at(item: Criterion, fields: Mapping[str, Field], processes: Mapping[str, Process]) -> tuple[str, ...]:
    """Return the fields that inspectors bring to a criterion: those they provide, and those that carry their judgement."""
    judged = fields_judged(item, processes)
    return tuple(n for n in item.asks if n in judged or (n in fields and fields[n].provided_by == "inspector"))


def looks_of(pack: Pack, kind: str) -> Mapping[str, int]:
    """Return how many inspectors must look at each field of a kind, where a criterion says so; the most that any asks."""
    fields, processes = {f.id: f for f in pack.fields}, {process.id: process for process in pack.processes}
    found: dict[str, int] = {}
    for item in (item for name, root in pack.standards if name == kind for item in leaves(root) if item.looks):
        for name in fields_looked_at(item, fields, processes):
            found[name] = max(item.looks, found.get(name, 0))
    return found


def wanted_of(pack: Pack, kind: str) -> Iterator[DocumentWanted]:
    """Yield every document that the criteria, bonuses and waivers of a kind want, in their order, with repetitions."""
    for criterion in (item for name, root in pack.standards if name == kind for item in leaves(root)):
        yield from documents_of(criterion)
    for bonus in pack.bonuses:
        if kind in bonus.kinds:
            yield from bonus.evidence
    yield from (waiver.needs for waiver in pack.waivers if waiver.needs is not None)


def titles_of_documents(pack: Pack, kind: str) -> Mapping[str, str]:
    """Return the Chinese title, by which a document is known, for each English one that may stand in its place."""
    return {normal(want.title.en): want.title.zh for want in wanted_of(pack, kind) if want.title.en}
