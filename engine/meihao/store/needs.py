"""Lists every value and document that a unit's judgement found missing, who has to bring it, and what was given.

What is missing is what the judgement says is missing: an item that does not apply, is exempt or is settled by another route
wants nothing. What is given are the known facts and documents that the applicable items ask for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from msgspec import Struct

from ..core.text import Label, normal
from ..core.unknown import Unknown, Why
from ..round.merge import ORDER, SELF
from ..round.model import Case
from ..standard.model import Field, Pack, Role, leaves
from ..standard.model.parts import documents_of, wanted_of

State = Literal["given", "missing", "second_look", "expired", "disputed"]
STATES: Mapping[str, State] = {
    "missing_fact": "missing",
    "awaiting_inspector": "missing",
    "missing_document": "missing",
    "expired_document": "expired",
    "inspectors_disagree": "disputed",
    "numbers_disagree": "disputed",
}
WORST: tuple[State, ...] = ("given", "missing", "second_look", "disputed", "expired")


class Need(Struct, frozen=True):
    """One thing that is wanted: a field's value or a document, from a role, and how it stands.

    `second_look`: an inspector has looked, and the standard wants another one to.
    """

    what: Literal["field", "document"]
    id: str
    label: Label
    role: Role
    state: State


def needs_of(
    pack: Pack, case: Case, open_items: Mapping[str, Iterable[Why]], flagged: Iterable[Why]
) -> tuple[Need, ...]:
    """Return what is wanted of a unit, in the order of the fields, documents last.

    `open_items` are the criteria that apply to the unit, each with why it is open; `flagged` is what rules could not tell.
    A role that the round's stage does not read owes nothing.
    """
    fields = {field.id: field for field in pack.fields}
    roles = SELF if case.stage == "self" else ORDER
    found: dict[tuple[str, str], Need] = {}
    titles = {want.title.zh: want.title for want in wanted_of(pack, case.kind)}
    whys = (*(why for several in open_items.values() for why in several), *flagged)
    for need in (*_given(pack, case, open_items, fields), *_open(whys, fields, titles)):
        known = found.get((need.what, need.id))
        if need.role in roles and (known is None or WORST.index(known.state) < WORST.index(need.state)):
            found[need.what, need.id] = need
    place = {name: number for number, name in enumerate(fields)}
    return tuple(sorted(found.values(), key=lambda n: (n.what != "field", place.get(_field(n.id, fields), 0), n.id)))


def _given(pack: Pack, case: Case, items: Mapping[str, Iterable[Why]], fields: Mapping[str, Field]) -> Iterator[Need]:
    titles = {normal(document.title) for document in case.documents}
    for criterion in leaves(pack.standard(case.kind)):
        if criterion.id not in items:
            continue
        for name in criterion.asks:
            fact = case.facts.get(name)
            if name in fields and fact is not None and fact.sources and not isinstance(fact.value, Unknown):
                yield Need("field", name, fields[name].title, fields[name].provided_by, "given")
        for wanted in documents_of(criterion):
            if not wanted.optional and normal(wanted.title.zh) in titles:
                yield Need("document", wanted.title.zh, wanted.title, "applicant", "given")


def _open(whys: Iterable[Why], fields: Mapping[str, Field], titles: Mapping[str, Label]) -> Iterator[Need]:
    for why in whys:
        if why.cause not in STATES:
            continue
        if why.cause in ("missing_document", "expired_document"):
            yield Need(
                "document", why.subject, titles.get(why.subject, Label(why.subject)), "applicant", STATES[why.cause]
            )
        elif field := fields.get(_field(why.subject, fields)):
            role: Role = (
                "inspector" if why.cause in ("inspectors_disagree", "awaiting_inspector") else field.provided_by
            )
            state: State = "second_look" if any(why.looks[:1]) else STATES[why.cause]
            yield Need("field", why.subject, _label(why.subject, field), role, state)


def _field(subject: str, fields: Mapping[str, Field]) -> str:
    """Return the field of a subject: itself, or the register of a register's column."""
    return subject if subject in fields else subject.rpartition(".")[0]


def _label(subject: str, field: Field) -> Label:
    column = None if subject == field.id else field.column(subject.rpartition(".")[2])
    if column is None:
        return field.title
    return Label(f"{field.title.zh}·{column.title.zh}", f"{field.title['en']}: {column.title['en']}")
