"""What stands behind a ranking -> plain JSON beside it: every unit's items, facts and documents, each with its submission.

For the committee only: it holds what units handed in. `behind` compares two of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePath

from ..assessment.results import Assessment
from ..core.canonical import Json, digest
from ..core.numbers import exact
from ..core.text import Label
from ..core.unknown import Unknown
from ..evidence.model import Document, Observation, Received
from ..evidence.shown import rows_shown, shown
from ..round.model import Case, Fact
from ..standard.model import Field, Pack, leaves
from ..standard.parts import documents_of

SCHEMA_VERSION = "1"
KIND = "details"
Judgement = tuple[Case, Assessment]


def details(pack: Pack, judged: Sequence[Judgement], ranking: str) -> dict[str, Json]:
    """Return `{schema_version, kind, body, digest}`; `ranking` is the digest of the ranking that this stands behind."""
    fields = {field.id: field for field in pack.fields}
    body: dict[str, Json] = {
        "ranking": ranking,
        "pack_digest": pack.digest,
        "items": _items(pack),
        "fields": {name: _field(field) for name, field in fields.items()},
        "rules": {rule.id: words(rule.title) for rule in pack.rules},
        "units": {case.code: _unit(case, assessment, fields) for case, assessment in judged},
    }
    return {"schema_version": SCHEMA_VERSION, "kind": KIND, "body": body, "digest": digest(body)}


def words(label: Label) -> Json:
    """Return a label; one text where both languages say the same."""
    return label.zh if label["en"] == label.zh else {"zh": label.zh, "en": label["en"]}


def _items(pack: Pack) -> Json:
    return {
        c.id: {"title": words(c.title), "asks": list(c.asks), "documents": [d.title for d in documents_of(c)]}
        for _, root in pack.standards
        for c in leaves(root)
    }


def _field(field: Field) -> Json:
    return {"title": words(field.title), "columns": {c.id: words(c.title) for c in field.columns}}


def _unit(case: Case, a: Assessment, fields: Mapping[str, Field]) -> Json:
    known = ((name, fact) for name, fact in sorted(case.facts.items()) if fact.sources)
    return {
        "name": case.name,
        "items": {i.id: {"lo": exact(i.lo), "hi": exact(i.hi), "outcome": i.outcome} for i in a.items},
        "facts": {name: _fact(fact, fields[name]) for name, fact in known},
        "documents": [_document(document) for document in case.documents],
        "findings": {finding.rule: finding.state for finding in a.findings},
        "context": dict(a.context),
    }


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
    return {"number": received.number, "date": received.on.isoformat(), **texts}
