"""Finds the facts behind a change between two rankings: item, field, old and new value, and the submission that brought it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from msgspec import Struct

from ..core.canonical import Json, digest
from ..core.problems import Message, Problem, Problems, Source
from ..core.text import Label
from ..evidence.shown import NOTHING, apart_rows
from .details import KIND, SCHEMA_VERSION

NOT_BEHIND = Message(
    "W078", "error", "{path}不是这份排名的评定明细：{what}", "{path} is not what stands behind this ranking: {what}",
    "用meihao rank --to重新写出名单和明细", "write lists and details again with meihao rank --to",
)  # fmt: skip
NO_DETAILS = Message(
    "W079", "notice", "{path}旁边没有评定明细，说不出是哪个事实变了",
    "no details stand beside {path}: the fact behind a change cannot be named",
    "用meihao rank --to写出名单，明细就在旁边", "write the lists with meihao rank --to: the details are beside them",
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
Body = Mapping[str, Json]


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


def check_details(found: Mapping[str, Json], ranking: Json, path: str) -> Problems:
    """Return a problem where a file is no details, was altered, or stands behind another ranking."""
    problem: Problem | None = None
    body = found.get("body")
    if found.get("kind") != KIND or found.get("schema_version") != SCHEMA_VERSION or not isinstance(body, Mapping):
        problem = NOT_BEHIND.at(Source(path), path=path, what="kind, schema_version")
    elif found.get("digest") != digest(body) or body.get("ranking") != ranking:
        problem = NOT_BEHIND.at(Source(path), path=path, what="digest")
    return (problem,) if problem else ()


def behind(old: Body, new: Body) -> dict[str, tuple[Cause, ...]]:
    """Return what changed behind the figures of every unit that stands in both: items with their facts, then what is left."""
    before, after = _map(old["units"]), _map(new["units"])
    both = ((code, _map(before[code]), _map(after[code])) for code in sorted(before.keys() & after.keys()))
    found = {code: _causes(was, now, new) for code, was, now in both}
    return {code: causes for code, causes in found.items() if causes}


def _causes(old: Body, new: Body, book: Body) -> tuple[Cause, ...]:
    facts = {cause.id: cause for cause in _facts(old, new, _map(book["fields"]))}
    papers = tuple(_documents(old, new, _map(_map(book.get("titles")).get("document"))))
    items = tuple(_items(old, new, _map(book["items"]), facts, papers))
    named = {cause.id for item in items for cause in item.causes}
    rest = tuple(cause for cause in (*facts.values(), *papers) if cause.id not in named)
    return (*items, *rest, *_rules(old, new, _map(book["rules"])), *_context(old, new))


def _items(old: Body, new: Body, book: Body, facts: Mapping[str, Cause], papers: Sequence[Cause]) -> Iterator[Cause]:
    before, after = _map(old["items"]), _map(new["items"])
    for name in sorted(before.keys() & after.keys()):
        was, now = _map(before[name]), _map(after[name])
        if was == now:
            continue
        about = _map(book.get(name, {}))
        asked = [facts[field] for field in _texts(about.get("asks")) if field in facts]
        asked += [paper for paper in papers if paper.id.partition("\n")[0] in _texts(about.get("documents"))]
        yield Cause("item", name, label(about.get("title", name)), _points(was), _points(now), causes=tuple(asked))


def _points(item: Body) -> Label:
    low, high = str(item["lo"]), str(item["hi"])
    return Label(low, low) if low == high else Label(f"{low}—{high}{OPEN.zh}", f"{low}—{high}{OPEN.en}")


def _facts(old: Body, new: Body, book: Body) -> Iterator[Cause]:
    before, after = _map(old["facts"]), _map(new["facts"])
    for name in sorted(before.keys() | after.keys()):
        was, now = _map(before.get(name, {})), _map(after.get(name, {}))
        if was.get("value") == now.get("value") and was.get("rows") == now.get("rows"):
            continue
        about = _map(book.get(name, {}))
        texts = _rows_apart(was, now, _map(about.get("columns", {}))) or (_value(was), _value(now))
        known, given = (_seq(fact.get("from")) for fact in (was, now))
        brought = tuple(_brought(_map(one)) for one in given if one not in known)
        yield Cause("fact", name, label(about.get("title", name)), *texts, brought)


def _value(fact: Body) -> Label:
    if not fact:
        return NOTHING
    return UNSETTLED if fact.get("value") is None else label(fact["value"])


def _rows_apart(was: Body, now: Body, columns: Body) -> tuple[Label, Label] | None:
    if "rows" not in was or "rows" not in now:
        return None
    old, new = ([{k: label(v) for k, v in _map(row).items()} for row in _seq(one["rows"])] for one in (was, now))
    return apart_rows(old, new, {name: label(title) for name, title in columns.items()})


def _documents(old: Body, new: Body, book: Body) -> Iterator[Cause]:
    before, after = _papers(old), _papers(new)
    for key in sorted(before.keys() | after.keys()):
        was, now = before.get(key, {}), after.get(key, {})
        title = Label(f"《{key[0]}》{key[1]}", f"“{label(book.get(key[0], key[0]))['en']}” {key[1]}".rstrip())
        brought = (_brought(now),) if now else ()
        if not was or not now:
            there = (THERE if was else ABSENT, THERE if now else ABSENT)
            yield Cause("document", "\n".join(key), title, *there, brought)
            continue
        for part, name in PARTS.items():
            one, other = (str(_map(paper["parts"]).get(part, "")) for paper in (was, now))
            if one != other:
                of = Label(f"{title.zh}{name.zh}", f"{title.en} {name.en}")
                was_, now_ = (_part(part, text) for text in (one, other))
                yield Cause("document", "\n".join(key), of, was_, now_, brought)


def _part(part: str, text: str) -> Label:
    """Return a part of a document; of a digest its first signs, by which people tell two apart."""
    return Label(text[:12] if part == "sha256" else text) if text else ABSENT


def _papers(unit: Body) -> dict[tuple[str, str], Body]:
    return {(str(one["title"]), str(one["number"])): one for one in map(_map, _seq(unit["documents"]))}


def _rules(old: Body, new: Body, book: Body) -> Iterator[Cause]:
    before, after = _map(old["findings"]), _map(new["findings"])
    for name in sorted(before.keys() | after.keys()):
        was, now = (STATE.get(str(found.get(name)), ABSENT) for found in (before, after))
        if was != now:
            yield Cause("rule", name, label(book.get(name, name)), was, now)


def _context(old: Body, new: Body) -> Iterator[Cause]:
    """Yield the values across units that moved: the mean, the place, although nothing of this unit changed."""
    before, after = _map(old["context"]), _map(new["context"])
    for name in sorted(before.keys() | after.keys()):
        was, now = (str(values.get(name, "")) for values in (before, after))
        if was != now:
            yield Cause("context", name, Label(name, name), Label(was, was), Label(now, now))


def _brought(one: Body) -> Brought:
    how = _map(one.get("received"))
    texts = (str(one.get("file", "")), str(one.get("by", "")), str(one.get("role", "")))
    number = how.get("number", 0)
    rest = (str(how.get(key, "")) for key in ("date", "by", "reason", "file", "decision"))
    return Brought(*texts, number if isinstance(number, int) else 0, *rest)


def label(value: Json) -> Label:
    """Return what `details.words` wrote."""
    if isinstance(value, Mapping):
        return Label(str(value.get("zh", "")), str(value.get("en", "")))
    return Label(str(value), str(value))


def _map(value: Json) -> Mapping[str, Json]:
    return value if isinstance(value, Mapping) else {}


def _seq(value: Json) -> Sequence[Json]:
    return value if isinstance(value, Sequence) and not isinstance(value, str) else ()


def _texts(value: Json) -> list[str]:
    return [str(one) for one in _seq(value)]
