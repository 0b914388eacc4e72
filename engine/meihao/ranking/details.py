"""Writes what stands behind a ranking as JSON: every unit's items, facts and documents, each with its submission.

For the committee only: it holds what units handed in. `behind` compares two of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import PurePath

import msgspec
from msgspec import UNSET

from ..assessment.explain.unit import deciding_text
from ..assessment.explain.vocabulary import words_of
from ..assessment.results import Assessment
from ..core.canonical import Json, digest
from ..core.numbers import exact
from ..core.text import Label
from ..core.unknown import Unknown
from ..evidence.model import Document, Observation, Received
from ..evidence.shown import rows_shown, shown
from ..round.model import Case, Fact
from ..standard.model import Field, Pack, leaves
from ..standard.model.parts import documents_of, wanted_of
from .details_file import (
    DetailsRecord,
    DocumentParts,
    DocumentRecord,
    FactRecord,
    FieldTitle,
    ItemRecord,
    ItemTitle,
    ReceivedRecord,
    SourceRecord,
    Titles,
    UnitRecord,
    Words,
)

SCHEMA_VERSION = "1"
KIND = "details"
Judgement = tuple[Case, Assessment]


def details(pack: Pack, judged: Sequence[Judgement], ranking: str) -> dict[str, Json]:
    """Return `{schema_version, kind, body, digest}`; `ranking` is the digest of the ranking that this stands behind."""
    fields = {field.id: field for field in pack.fields}
    record = DetailsRecord(
        ranking=ranking,
        pack_digest=pack.digest,
        pack_errors=pack.errors or UNSET,
        items=_items(pack),
        fields={name: _field(field) for name, field in fields.items()},
        rules={one.id: words(one.title) for one in pack.rules}
        | {f"relations.{one.id}": words(one.title) for one in pack.relations},
        titles=titles(pack),
        units={case.code: _unit(case, assessment, fields, pack) for case, assessment in judged},
    )
    body: Json = msgspec.json.decode(msgspec.json.encode(record))  # lists, as in a file: `verify` compares the two
    return {"schema_version": SCHEMA_VERSION, "kind": KIND, "body": body, "digest": digest(body)}


def words(label: Label) -> Words:
    """Return a label; one text where both languages say the same."""
    return label.zh if label["en"] == label.zh else Label(label.zh, label["en"])


def titles(pack: Pack) -> Titles:
    """Return the words for what a ranking names by id: lists, tiers (of each profile), grades, dimensions, documents."""
    papers = (want.title for kind, _ in pack.standards for want in wanted_of(pack, kind))
    return {
        "document": {title.zh: words(title) for title in papers if title.en},
        "list": {group.id: words(group.title) for group in pack.groups},
        "tier": {f"{p.id}.{tier.id}": words(tier.title) for p in pack.profiles for tier in p.tiers},
        "grade": {grade.id: words(grade.title) for grade in pack.grades},
        "dimension": {node.id: words(node.title) for _, root in pack.standards for node in root.children},
    }


def _items(pack: Pack) -> dict[str, ItemTitle]:
    criteria = (criterion for _, root in pack.standards for criterion in leaves(root))
    return {c.id: ItemTitle(words(c.title), c.asks, tuple(d.title.zh for d in documents_of(c))) for c in criteria}


def _field(field: Field) -> FieldTitle:
    return FieldTitle(words(field.title), {c.id: words(c.title) for c in field.columns})


def _unit(case: Case, a: Assessment, fields: Mapping[str, Field], pack: Pack) -> UnitRecord:
    known = ((name, fact) for name, fact in sorted(case.facts.items()) if fact.sources)
    return UnitRecord(
        name=case.name,
        deciding=tuple(words(one) for one in _deciding(a, pack)),
        items={i.id: ItemRecord(exact(i.lo), exact(i.hi), i.outcome) for i in a.items},
        facts={name: _fact(fact, fields[name]) for name, fact in known},
        documents=tuple(map(_document, case.documents)),
        findings={finding.rule: finding.state for finding in a.findings},
        context=dict(a.context),
    )


def _deciding(a: Assessment, pack: Pack) -> Iterator[Label]:
    """Yield what settled the verdict, in words."""
    chinese, english = words_of(pack, "zh"), words_of(pack, "en")
    for kind, name in a.verdict.deciding:
        yield Label(*(deciding_text(kind, name, a, pack, each) for each in (chinese, english)))


def _fact(fact: Fact, field: Field) -> FactRecord:
    sources = tuple(map(_observation, fact.sources))
    if isinstance(fact.value, Unknown):
        return FactRecord(None, sources)
    rows = rows_shown(fact.value, field) if isinstance(fact.value, tuple) else ()
    shown_rows = tuple({name: words(cell) for name, cell in row.items()} for row in rows)
    return FactRecord(words(shown(fact.value, field)), sources, shown_rows or UNSET)


def _observation(observation: Observation) -> SourceRecord:
    as_of = observation.as_of.isoformat() if observation.as_of else UNSET
    return SourceRecord(
        observation.observer,
        observation.role,
        _day(observation.day),
        _file(observation.source.file),
        _how(observation.received),
        as_of,
    )


def _document(document: Document) -> DocumentRecord:
    parts = DocumentParts(document.issuer, _day(document.day), _day(document.valid_to), document.sha256)
    return DocumentRecord(document.title, document.number, parts, _file(document.source.file), _how(document.received))


def _file(path: str) -> str:
    """Return the last two parts of a path: the unit's folder and the file, the same on every machine."""
    return "/".join(PurePath(path).parts[-2:])


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _how(received: Received | None) -> ReceivedRecord | None:
    if received is None:
        return None
    return ReceivedRecord(
        received.number,
        received.on.isoformat(),
        received.by,
        received.reason,
        received.file,
        received.decision or UNSET,
    )
