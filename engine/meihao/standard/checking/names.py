"""Finds aliases that clash with ids, and titles that a table could not tell apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...core.problems import Problem, Problems, Source
from ...core.text import Label, normal
from ..model import Field, Pack, leaves, nodes
from ..model.parts import documents_of
from . import messages as says

NO_ENGLISH = Label("没有写", "none")


def check_names(pack: Pack) -> Problems:
    return (
        *_check_aliases(pack),
        *(problem for kind, _ in pack.standards for problem in _check_field_titles(pack, kind)),
        *(problem for field in pack.fields for problem in _check_inside(field)),
        *_check_documents(pack),
        *(
            problem
            for _, root in pack.standards
            for node in nodes(root)
            for problem in _check_item_titles(node.children)
        ),
    )


def _check_aliases(pack: Pack) -> Iterator[Problem]:
    """Yield earlier ids that another criterion bears, now or as an earlier id of its own."""
    items = [item for _, root in pack.standards for item in leaves(root)]
    owners = {item.id: item.id for item in items}
    for item in items:
        for alias in item.aliases:
            if alias in owners:
                yield says.ALIAS_CLASH.at(item.source, alias=alias, other=owners[alias])
            owners.setdefault(alias, item.id)


def _check_field_titles(pack: Pack, kind: str) -> Iterator[Problem]:
    return _twins((field.title, field.id, field.source) for field in pack.fields if kind in field.kinds)


def _check_inside(field: Field) -> Iterator[Problem]:
    """Yield columns with one title, and options with one label."""
    yield from _twins((column.title, column.id, field.source) for column in field.columns)
    yield from _twins((label, code, field.source) for code, label in field.options)
    for column in field.columns:
        yield from _twins((label, code, field.source) for code, label in column.options)


def _check_item_titles(children: Iterable[object]) -> Iterator[Problem]:
    return _twins((child.title, child.id, child.source) for child in children)  # type: ignore[attr-defined]


def _check_documents(pack: Pack) -> Iterator[Problem]:
    """Yield documents whose English differs from place to place, and different ones that share a title."""
    first: dict[str, tuple[Label, str, Source]] = {}
    for title, source in _documents(pack):
        known, *_ = first.setdefault(normal(title.zh), (title, title.zh, source))
        if known.en != title.en:
            one, other = (Label(f"“{en}”", f"'{en}'") if en else NO_ENGLISH for en in (title.en, known.en))
            yield says.ENGLISH_DIFFERS.at(source, title=title.zh, one=one, other=other)
    yield from _twins(first.values())


def _documents(pack: Pack) -> Iterator[tuple[Label, Source]]:
    for item in (item for _, root in pack.standards for item in leaves(root)):
        yield from ((want.title, item.source) for want in documents_of(item))
    for bonus in pack.bonuses:
        yield from ((want.title, bonus.source) for want in bonus.evidence)
    yield from ((waiver.needs.title, waiver.source) for waiver in pack.waivers if waiver.needs is not None)


def _twins(named: Iterable[tuple[Label, str, Source]]) -> Iterator[Problem]:
    """Yield what shares its words with another: a table knows a thing by its id and by its title in either language."""
    seen: dict[str, str] = {}
    for title, name, source in named:
        words = {word: normal(word).casefold() for word in (title.zh, title.en, name) if word}
        twin = next(((word, seen[key]) for word, key in words.items() if seen.get(key, name) != name), None)
        if twin is not None:
            yield says.SAME_TITLE.at(source, title=twin[0], other=twin[1])
        seen |= {key: name for key in words.values() if key not in seen}
