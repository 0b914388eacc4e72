"""Lists what the form of a kind and a role asks, one record a field; texts and validations are both made from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from ..core.by_identity import kept
from ..core.canonical import Json, digest
from ..core.label import Label
from ..core.numbers import Number, exact
from ..evidence.values import TEXT_LIMIT
from ..standard.model import Column, Criterion, DocumentWanted, Field, FieldType, Node, Pack, Role, leaves
from ..standard.model.parts import documents_of, fields_judged
from ..standard.model.reads import fields_of
from .layout import VERSION, FormKind

VERIFYING: tuple[Role, ...] = ("inspector", "county", "township")
OTHER = "other"
OTHER_TITLE = Label("加分和其他事项", "Bonus and other matters")


class Purpose(Struct, frozen=True):
    """What a value is for: the title of what reads it, and the clause."""

    title: Label
    clause: str = ""


class Asked(Struct, frozen=True):
    """One field, or one column of a table, as a form asks for it.

    `options` are labels. `required` says that this role owes it, otherwise it may be left; `reason` that a value of it is
    a judgement and wants a reason beside it; `length_at_most` holds for texts.
    """

    id: str
    title: Label
    type: FieldType
    measured_in: Label = Label("")
    options: tuple[tuple[str, Label], ...] = ()
    range: tuple[Number, Number] | None = None
    help: Label = Label("")
    purposes: tuple[Purpose, ...] = ()
    documents: tuple[DocumentWanted, ...] = ()
    required: bool = True
    reason: bool = False
    minutes: int = 0
    columns: tuple[Asked, ...] = ()
    rows_at_most: int = 0
    length_at_most: int = TEXT_LIMIT
    example: Number | str | None = None


class Page(Struct, frozen=True):
    """What stands on one sheet: a dimension, or what no dimension reads."""

    id: str
    title: Label
    lines: tuple[Asked, ...]


class WantedDocument(Struct, frozen=True):
    """A document that a unit of a kind hands in once, and what it is for; `wants` are the demands of each who wants it."""

    title: Label
    wants: tuple[DocumentWanted, ...]
    purposes: tuple[Purpose, ...]

    @property
    def optional(self) -> bool:
        return all(want.optional for want in self.wants)


def pages(pack: Pack, kind: str, role: Role) -> tuple[Page, ...]:
    """Return the sheets of a role's form. A field that several dimensions read is asked in the first; nothing is asked twice.

    A role is asked for the fields that it provides. Inspectors, counties and townships, whose word goes before the
    applicant's, may also verify the applicant's fields, which follow on each sheet; whole ledgers are not verified, since
    their rows would stand in place of all the applicant's.
    """
    readings = _readings(pack, kind)
    reasons = _discretionary(pack, kind)
    order = [child.id for child in pack.standard(kind).children] + [OTHER]
    found: dict[str, list[Asked]] = {name: [] for name in order}
    mine = [f for f in pack.fields if kind in f.kinds and (f.provided_by == role or _verified(f, role))]
    for field in sorted(mine, key=lambda f: f.provided_by != role):  # own first, each in the pack's order
        reading = readings.get(field.id, Reading())
        found[reading.place].append(_asked(field, role, reading, field.id in reasons))
    titles = {child.id: child.title for child in pack.standard(kind).children} | {OTHER: OTHER_TITLE}
    return tuple(Page(name, titles[name], tuple(lines)) for name, lines in found.items() if lines)


def _verified(field: Field, role: Role) -> bool:
    return role in VERIFYING and field.provided_by == "applicant" and field.type != "table"


def ledgers(asked: tuple[Page, ...]) -> tuple[Asked, ...]:
    """Return the table fields of a form in its order."""
    return tuple(line for page in asked for line in page.lines if line.type == "table")


def wanted_documents(pack: Pack, kind: str) -> tuple[WantedDocument, ...]:
    """Return the documents that criteria and bonuses of a kind want, each once, those that must be there first."""
    found = [one for documents in wanted_by_page(pack, kind).values() for one in documents]
    return tuple(sorted(found, key=lambda one: one.optional))


@kept
def wanted_by_page(pack: Pack, kind: str) -> Mapping[str, tuple[WantedDocument, ...]]:
    """Return the documents that a kind wants by the page of the first that wants them; a document is asked for once."""
    wants: dict[str, list[DocumentWanted]] = {}
    purposes: dict[str, dict[Purpose, None]] = {}
    first: dict[str, str] = {}
    for place, item, documents in _wanting(pack, kind):
        for want in documents:
            first.setdefault(want.title.zh, place)
            wants.setdefault(want.title.zh, []).append(want)
            purposes.setdefault(want.title.zh, {})[item] = None
    pages_: dict[str, tuple[WantedDocument, ...]] = {}
    for title, all_ in wants.items():
        one = WantedDocument(all_[0].title, tuple(all_), tuple(purposes[title]))
        pages_[first[title]] = (*pages_.get(first[title], ()), one)
    return pages_


def template_digest(pack: Pack, kind: str, role: Role, form: FormKind) -> str:
    """Return the digest of what a form asks: fields, allowed values, layout; neither language nor prefilled values."""
    lines = [[page.id, [_plain(line) for line in page.lines]] for page in pages(pack, kind, role)]
    return digest({"form": form, "version": VERSION, "kind": kind, "role": role, "pages": lines})


def _plain(line: Asked) -> Json:
    return {
        "id": line.id,
        "type": line.type,
        "options": [[code, label.zh, label.en] for code, label in line.options],
        "range": [exact(edge) for edge in line.range or ()],
        "required": line.required,
        "reason": line.reason,
        "rows": line.rows_at_most,
        "columns": [_plain(column) for column in line.columns],
    }


def _asked(field: Field, role: Role, reading: Reading, reason: bool) -> Asked:
    return Asked(
        field.id, field.title, field.type, field.measured_in, field.options, field.range, field.help, reading.purposes,
        documents=reading.documents if role == "applicant" else (),
        required=field.provided_by == role,
        reason=reason,
        minutes=field.minutes,
        columns=tuple(_column(column) for column in field.columns),
        rows_at_most=field.rows_at_most,
        example=field.example,
    )  # fmt: skip


def _column(one: Column) -> Asked:
    return Asked(one.id, one.title, one.type, one.measured_in, one.options, one.range)


# ---- who reads a field


class AskedBy(Struct, frozen=True):
    """What reads fields: the sheet where they are asked, the purpose, and the documents that go with them."""

    place: str
    purpose: Purpose
    fields: tuple[str, ...]
    documents: tuple[DocumentWanted, ...] = ()


class Reading(Struct, frozen=True):
    """What is known of one field from all that read it."""

    place: str = OTHER
    purposes: tuple[Purpose, ...] = ()
    documents: tuple[DocumentWanted, ...] = ()


def _readings(pack: Pack, kind: str) -> Mapping[str, Reading]:
    """Return for each field the first dimension that reads it, what for, and its documents.

    The documents of a criterion stand beside that field of the applicant's which the fewest others read.
    """
    readers = tuple(_readers(pack, kind))
    own = {f.id for f in pack.fields if kind in f.kinds and f.provided_by == "applicant"}
    by_field: dict[str, list[AskedBy]] = {}
    for reader in readers:
        for name in reader.fields:
            by_field.setdefault(name, []).append(reader)
    documents: dict[str, dict[str, DocumentWanted]] = {}
    for reader in readers:
        if names := [name for name in reader.fields if name in own]:
            beside = min(names, key=lambda name: len(by_field[name]))
            documents.setdefault(beside, {}).update({want.title.zh: want for want in reader.documents})
    return {name: _reading(all_, documents.get(name, {})) for name, all_ in by_field.items()}


def _reading(readers: list[AskedBy], documents: Mapping[str, DocumentWanted]) -> Reading:
    place = readers[0].place
    purposes = dict.fromkeys(reader.purpose for reader in readers if place == OTHER or reader.place != OTHER)
    return Reading(place, tuple(purposes), tuple(documents.values()))


def _readers(pack: Pack, kind: str) -> Iterator[AskedBy]:
    """Yield every reader of a kind's fields: criteria in order, then bonuses, rules and processes."""
    processes = {process.id: process for process in pack.processes}
    for dimension, item in _items(pack, kind):
        yield AskedBy(dimension, _purpose(item), fields_of(item, processes), documents_of(item))
    for bonus in pack.bonuses:
        if kind in bonus.kinds:
            yield AskedBy(OTHER, Purpose(bonus.title), fields_of(bonus, processes), bonus.evidence)
    for rule in pack.rules:
        if kind in rule.kinds:
            yield AskedBy(OTHER, Purpose(rule.title), fields_of(rule, processes))
    for process in pack.processes:
        yield AskedBy(OTHER, Purpose(process.title), fields_of(process, processes))


def _wanting(pack: Pack, kind: str) -> Iterator[tuple[str, Purpose, tuple[DocumentWanted, ...]]]:
    """Yield who wants documents, page by page."""
    for dimension, item in _items(pack, kind):
        yield dimension, _purpose(item), documents_of(item)
    for bonus in pack.bonuses:
        if kind in bonus.kinds:
            yield OTHER, Purpose(bonus.title), bonus.evidence


def _items(pack: Pack, kind: str) -> Iterator[tuple[str, Criterion]]:
    for child in pack.standard(kind).children:
        for item in leaves(child) if isinstance(child, Node) else (child,):
            yield child.id, item


def _purpose(item: Criterion) -> Purpose:
    return Purpose(item.title, item.clause)


def _discretionary(pack: Pack, kind: str) -> frozenset[str]:
    """Return the fields that carry an inspector's judgement: a form asks for a reason beside them."""
    processes = {process.id: process for process in pack.processes}
    return frozenset(name for _, item in _items(pack, kind) for name in fields_judged(item, processes))
