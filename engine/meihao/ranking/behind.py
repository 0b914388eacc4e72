"""Finds the facts behind a change between two rankings: item, field, old and new value, and the submission that brought it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from msgspec import Struct, UnsetType

from ..core.text import Label
from ..evidence.shown import NOTHING, apart_rows
from .details_file import (
    DetailsRecord,
    DocumentRecord,
    FactRecord,
    FieldTitle,
    ItemRecord,
    ItemTitle,
    SourceRecord,
    UnitRecord,
    Words,
    label,
)  # fmt: skip

OPEN, UNSETTLED = Label("（未定）", " (open)"), Label("待核", "unsettled")
THERE, ABSENT = Label("有", "there"), Label("没有", "none")
STATE = {
    "fired": Label("发现", "found"),
    "flagged": Label("待核实", "to verify"),
    "waived": Label("已豁免", "waived"),
}
PARTS = {
    "issuer": Label("出具单位", "issuer"),
    "date": Label("日期", "date"),
    "valid_to": Label("有效期至", "valid to"),
    "sha256": Label("内容", "content"),
}
Papers = Mapping[tuple[str, str], DocumentRecord]


class Brought(Struct, frozen=True):
    """Where a value comes from: the file, who saw it in which role, and how the submission came in ("" where it is loose).

    `decision` is the one that let it into a closed round.
    """

    file: str
    observer: str = ""
    role: str = ""
    number: int = 0
    date: str = ""
    by: str = ""
    reason: str = ""
    original: str = ""
    decision: str = ""


class Cause(Struct, frozen=True):
    """One change behind a figure; `causes` are the facts and documents behind an item. `brought` is empty where nothing came."""

    what: Literal["item", "fact", "document", "rule", "context"]
    id: str
    title: Label
    before: Label
    after: Label
    brought: tuple[Brought, ...] = ()
    causes: tuple[Cause, ...] = ()


def explain_changes(old: DetailsRecord, new: DetailsRecord) -> dict[str, tuple[Cause, ...]]:
    """Return what changed behind the figures of every unit that stands in both: items with their facts, then what is left."""
    both = ((code, old.units[code], new.units[code]) for code in sorted(old.units.keys() & new.units.keys()))
    found = {code: _causes(was, now, new) for code, was, now in both}
    return {code: causes for code, causes in found.items() if causes}


def _causes(old: UnitRecord, new: UnitRecord, book: DetailsRecord) -> tuple[Cause, ...]:
    facts = {cause.id: cause for cause in _facts(old, new, book.fields)}
    papers = tuple(_documents(old, new, (book.titles or {}).get("document", {})))
    items = tuple(_items(old, new, book.items, facts, papers))
    named = {cause.id for item in items for cause in item.causes}
    rest = tuple(cause for cause in (*facts.values(), *papers) if cause.id not in named)
    return (*items, *rest, *_rules(old, new, book.rules), *_context(old, new))


def _items(
    old: UnitRecord, new: UnitRecord, book: Mapping[str, ItemTitle], facts: Mapping[str, Cause], papers: Sequence[Cause]
) -> Iterator[Cause]:
    for name in sorted(old.items.keys() & new.items.keys()):
        was, now = old.items[name], new.items[name]
        if was == now:
            continue
        about = book.get(name, ItemTitle(name, (), ()))
        asked = [facts[field] for field in about.asks if field in facts]
        # The id is title, line feed, number, as `_documents` writes it.
        asked += [paper for paper in papers if paper.id.partition("\n")[0] in about.documents]
        yield Cause("item", name, label(about.title), _points(was), _points(now), causes=tuple(asked))


def _points(item: ItemRecord) -> Label:
    low, high = item.lo, item.hi
    return Label(low, low) if low == high else Label(f"{low}—{high}{OPEN.zh}", f"{low}—{high}{OPEN.en}")


def _facts(old: UnitRecord, new: UnitRecord, book: Mapping[str, FieldTitle]) -> Iterator[Cause]:
    for name in sorted(old.facts.keys() | new.facts.keys()):
        was, now = old.facts.get(name), new.facts.get(name)
        if was and now and (was.value, was.rows) == (now.value, now.rows):
            continue
        about = book.get(name, FieldTitle(name, {}))
        texts = _rows_apart(was, now, about.columns) or (_value(was), _value(now))
        known, given = (fact.sources if fact else () for fact in (was, now))
        yield Cause("fact", name, label(about.title), *texts, tuple(_brought(one) for one in given if one not in known))


def _value(fact: FactRecord | None) -> Label:
    if fact is None:
        return NOTHING
    return UNSETTLED if fact.value is None else label(fact.value)


def _rows_apart(
    was: FactRecord | None, now: FactRecord | None, columns: Mapping[str, Words]
) -> tuple[Label, Label] | None:
    if not was or not now or isinstance(was.rows, UnsetType) or isinstance(now.rows, UnsetType):
        return None
    old, new = ([{name: label(cell) for name, cell in row.items()} for row in rows] for rows in (was.rows, now.rows))
    return apart_rows(old, new, {name: label(title) for name, title in columns.items()})


def _documents(old: UnitRecord, new: UnitRecord, book: Mapping[str, Words]) -> Iterator[Cause]:
    before, after = _papers(old), _papers(new)
    for key in sorted(before.keys() | after.keys()):
        was, now = before.get(key), after.get(key)
        title = Label(f"《{key[0]}》{key[1]}", f"“{label(book.get(key[0], key[0]))['en']}” {key[1]}".rstrip())
        brought = (_brought(now),) if now else ()
        if not was or not now:
            there = (THERE if was else ABSENT, THERE if now else ABSENT)
            yield Cause("document", "\n".join(key), title, *there, brought)
            continue
        for part, name in PARTS.items():
            one, other = (str(getattr(paper.parts, part)) for paper in (was, now))
            if one != other:
                of = Label(f"{title.zh}{name.zh}", f"{title.en} {name.en}")
                was_, now_ = (_part(part, text) for text in (one, other))
                yield Cause("document", "\n".join(key), of, was_, now_, brought)


def _part(part: str, text: str) -> Label:
    """Return a part of a document; of a digest its first signs, by which people tell two apart."""
    return Label(text[:12] if part == "sha256" else text) if text else ABSENT


def _papers(unit: UnitRecord) -> Papers:
    return {(one.title, one.number): one for one in unit.documents}


def _rules(old: UnitRecord, new: UnitRecord, book: Mapping[str, Words]) -> Iterator[Cause]:
    for name in sorted(old.findings.keys() | new.findings.keys()):
        was, now = (STATE.get(unit.findings.get(name, ""), ABSENT) for unit in (old, new))
        if was != now:
            yield Cause("rule", name, label(book.get(name, name)), was, now)


def _context(old: UnitRecord, new: UnitRecord) -> Iterator[Cause]:
    """Yield the values across units that moved: the mean, the place, although nothing of this unit changed."""
    for name in sorted(old.context.keys() | new.context.keys()):
        was, now = (unit.context.get(name, "") for unit in (old, new))
        if was != now:
            yield Cause("context", name, Label(name, name), Label(was, was), Label(now, now))


def _brought(record: SourceRecord | DocumentRecord) -> Brought:
    observer, role = (record.by, record.role) if isinstance(record, SourceRecord) else ("", "")
    how = record.received
    if how is None:
        return Brought(record.file, observer, role)
    return Brought(
        record.file, observer, role, how.number, how.date, how.by, how.reason, how.file, how.decision or ""
    )  # fmt: skip
