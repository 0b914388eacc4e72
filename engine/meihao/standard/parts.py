"""A criterion in; every pair of measure and score in it, at any depth of its parts, out."""

from __future__ import annotations

from collections.abc import Iterator

from .model import Combine, Criterion, DocumentWanted, Measure, Part, Score


def scored(item: Criterion | Part) -> Iterator[tuple[Measure | None, Score]]:
    """Yield the criterion's own measure and score first, then those of its parts."""
    if item.score is None:
        return
    yield item.measure, item.score
    if isinstance(item.score, Combine):
        for part in item.score.parts:
            yield from scored(part)


def documents_of(item: Criterion | Part) -> tuple[DocumentWanted, ...]:
    """Return every document that a criterion or one of its parts wants, each once."""
    found = dict.fromkeys(item.evidence)
    if isinstance(item.score, Combine):
        for part in item.score.parts:
            found.update(dict.fromkeys(documents_of(part)))
    return tuple(found)
