"""Writes what stands behind a ranking as JSON: every unit's items, facts and documents, each with its submission.

For the committee only: it holds what units handed in. `behind` compares two of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath

from ..assessment.explain.unit import deciding_text
from ..assessment.explain.vocabulary import words_of
from ..assessment.results import Assessment
from ..assessment.to_json import draft_part
from ..core.canonical import Json, digest
from ..core.numbers import exact
from ..core.text import Label
from ..core.unknown import Unknown
from ..evidence.model import Document, Observation, Received
from ..evidence.shown import rows_shown, shown
from ..round.model import Case, Fact
from ..standard.model import Field, Pack, leaves
from ..standard.model.parts import documents_of, wanted_of

SCHEMA_VERSION = "1"
KIND = "details"
Judgement = tuple[Case, Assessment]


def details(pack: Pack, judged: Sequence[Judgement], ranking: str) -> dict[str, Json]:
    """Return `{schema_version, kind, body, digest}`; `ranking` is the digest of the ranking that this stands behind."""
    fields = {field.id: field for field in pack.fields}
    body: dict[str, Json] = {
        "ranking": ranking,
        "pack_digest": pack.digest,
        **draft_part(pack.errors, "pack_errors"),
        "items": _items(pack),
        "fields": {name: _field(field) for name, field in fields.items()},
        "rules": {rule.id: words(rule.title) for rule in pack.rules}
        | {f"relations.{one.id}": words(one.title) for one in pack.relations},
        "titles": titles(pack),
        "units": {case.code: _unit(case, assessment, fields, pack) for case, assessment in judged},
    }
    return {"schema_version": SCHEMA_VERSION, "kind": KIND, "body": body, "digest": digest(body)}


def words(label: Label) -> Json:
    """Return a label; one text where both languages say the same."""
    return label.zh if label["en"] == label.zh else {"zh": label.zh, "en": label["en"]}


def titles(pack: Pack) -> Json:
    """Return the words for what a ranking names by id: lists, tiers (of each profile), grades, dimensions, documents."""
    papers = (want.title for kind, _ in pack.standards for want in wanted_of(pack, kind))
    return {
        "document": {title.zh: words(title) for title in papers if title.en},
        "list": {group.id: words(group.title) for group in pack.groups},
        "tier": {f"{p.id}.{tier.id}": words(tier.title) for p in pack.profiles for tier in p.tiers},
        "grade": {grade.id: words(grade.title) for grade in pack.grades},
        "dimension": {node.id: words(node.title) for _, root in pack.standards for node in root.children},
    }


def _items(pack: Pack) -> Json:
    return {
        c.id: {"title": words(c.title), "asks": list(c.asks), "documents": [d.title.zh for d in documents_of(c)]}
        for _, root in pack.standards
        for c in leaves(root)
    }


def _field(field: Field) -> Json:
    return {"title": words(field.title), "columns": {c.id: words(c.title) for c in field.columns}}


def _unit(case: Case, a: Assessment, fields: Mapping[str, Field], pack: Pack) -> Json:
    known = ((name, fact) for name, fact in sorted(case.facts.items()) if fact.sources)
    return {
        "name": case.name,
        "deciding": [words(one) for one in _deciding(a, pack)],
        "items": {i.id: {"lo": exact(i.lo), "hi": exact(i.hi), "outcome": i.outcome} for i in a.items},
        "facts": {name: _fact(fact, fields[name]) for name, fact in known},
        "documents": [_document(document) for document in case.documents],
        "findings": {finding.rule: finding.state for finding in a.findings},
        "context": dict(a.context),
    }


def _deciding(a: Assessment, pack: Pack) -> Iterator[Label]:
    """Yield what settled the verdict, in words."""
    chinese, english = words_of(pack, "zh"), words_of(pack, "en")
    for kind, name in a.verdict.deciding:
        yield Label(*(deciding_text(kind, name, a, pack, each) for each in (chinese, english)))


def _fact(fact: Fact, field: Field) -> Json:
    sources: dict[str, Json] = {"from": [_observation(one) for one in fact.sources]}
    if isinstance(fact.value, Unknown):
        return {"value": None, **sources}
    rows = rows_shown(fact.value, field) if isinstance(fact.value, tuple) else ()
    table: dict[str, Json] = (
        {"rows": [{name: words(cell) for name, cell in row.items()} for row in rows]} if rows else {}
    )
    return {"value": words(shown(fact.value, field)), **table, **sources}


def _observation(one: Observation) -> Json:
    day = "" if one.day is None else one.day.isoformat()
    return {
        "by": one.observer,
        "role": one.role,
        "date": day,
        **({"as_of": one.as_of.isoformat()} if one.as_of else {}),
        "file": _file(one.source.file),
        "received": _how(one.received),
    }


def _document(one: Document) -> Json:
    parts = {"issuer": one.issuer, "date": _day(one.day), "valid_to": _day(one.valid_to), "sha256": one.sha256}
    where: dict[str, Json] = {"file": _file(one.source.file), "received": _how(one.received)}
    return {"title": one.title, "number": one.number, "parts": parts, **where}


def _file(path: str) -> str:
    """Return the last two parts of a path: the unit's folder and the file, the same on every machine."""
    return "/".join(PurePath(path).parts[-2:])


def _day(day: object) -> str:
    return "" if day is None else str(day)


def _how(received: Received | None) -> Json:
    if received is None:
        return None
    texts = {"by": received.by, "reason": received.reason, "file": received.file}
    decision = {"decision": received.decision} if received.decision else {}
    return {"number": received.number, "date": received.on.isoformat(), **texts, **decision}
