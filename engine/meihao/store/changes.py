"""Finds what a submission adds to the state of a unit, and what it changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from ..core.problems import Source
from ..core.text import Label, normal
from ..evidence.model import Document, Observation, Received, UnitEvidence
from ..evidence.shown import NOTHING, apart
from ..evidence.submissions import by_key, by_title, completed
from ..round.merge import dated, same
from ..standard.model import Field, Pack

NAME, REGION = Label("单位名称", "Unit name"), Label("地区", "Region")
PARTS: Mapping[str, Label] = {
    "issuer": Label("出具单位", "issuer"),
    "day": Label("日期", "date"),
    "valid_to": Label("有效期至", "valid to"),
    "proves": Label("证明", "proves"),
    "sha256": Label("校验值", "digest"),
}


class ValueChange(Struct, frozen=True):
    """One correction: of a field (or of a document, or of the unit itself: `field` is ""), what was, what is, since when."""

    field: str
    label: Label
    old: Label
    new: Label
    observer: str = ""
    role: str = ""
    was: Received | None = None
    source: Source = Source()


def changes(old: UnitEvidence, new: UnitEvidence, pack: Pack) -> tuple[ValueChange, ...]:
    """Return what a submission changes of what was received before; what it adds is no change."""
    fields = {field.id: field for field in pack.fields}
    return (*_of_the_unit(old, new), *_of_facts(old, new, fields), *_of_documents(old, new))


def brings_something(old: UnitEvidence, new: UnitEvidence) -> bool:
    """Say whether a submission says anything that has not been received, or says it of another day or for another reason."""
    if any(_of_the_unit(old, new)):
        return True
    known = by_key(old.observations)
    if any(_said(mine) != _said(known.get(key, ())) for key, mine in by_key(new.observations).items()):
        return True
    papers = by_title(old.documents)
    return any(
        _papers(completed(mine, papers.get(key, ()))) != _papers(papers.get(key, ()))
        for key, mine in by_title(new.documents).items()
    )


def _said(observations: Sequence[Observation]) -> list[tuple[object, ...]]:
    # True == 1 in Python, but the answer yes is not the number 1.
    return [(o.day, o.as_of, o.reason, type(o.value) is bool, o.value) for o in observations]


def _papers(documents: Sequence[Document]) -> list[tuple[object, ...]]:
    return [tuple(getattr(d, part) for part in PARTS) for d in documents]


def _of_the_unit(old: UnitEvidence, new: UnitEvidence) -> Iterator[ValueChange]:
    for label, was, now in ((NAME, old.name, new.name), (REGION, old.region, new.region)):
        if was and now and normal(was) != normal(now):
            yield ValueChange("", label, Label(was, was), Label(now, now), was=_received(old), source=new.source)


def _received(unit: UnitEvidence) -> Received | None:
    told = (*(one.received for one in unit.observations), *(one.received for one in unit.documents))
    return next(iter(told), None)


def _of_facts(old: UnitEvidence, new: UnitEvidence, fields: Mapping[str, Field]) -> Iterator[ValueChange]:
    known = by_key(old.observations)
    for key, mine in by_key(new.observations).items():
        if key not in known:
            continue
        was, now = _latest(known[key]), _latest(mine)
        if not same(was.value, now.value):
            field = fields[now.field]
            words = apart(was.value, now.value, field)
            yield ValueChange(now.field, field.title, *words, now.observer, now.role, was.received, now.source)


def _latest(observations: Sequence[Observation]) -> Observation:
    return max(enumerate(observations), key=lambda pair: (dated(pair[1]), pair[0]))[1]


def _of_documents(old: UnitEvidence, new: UnitEvidence) -> Iterator[ValueChange]:
    """Yield the parts of a document that differ; filling in what was empty is no change."""
    known = by_title(old.documents)
    for key, mine in by_title(new.documents).items():
        for was, now in zip(known.get(key, ()), mine, strict=False):
            for part, label in PARTS.items():
                before, after = getattr(was, part), getattr(now, part)
                if before and after and before != after:
                    title = Label(f"《{now.title}》{label.zh}", f"“{now.title}” {label.en}")
                    yield ValueChange("", title, _words(before), _words(after), was=was.received, source=now.source)


def _words(part: object) -> Label:
    text = "、".join(part) if isinstance(part, tuple) else str(part) if part else NOTHING.zh
    return Label(text, text)
