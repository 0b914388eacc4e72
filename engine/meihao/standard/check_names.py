"""A Pack in; aliases that clash with ids, and titles that a table could not tell apart, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..core.problems import Problem, Problems, Source
from ..core.text import normal
from . import check_messages as says
from .model import Field, Pack, leaves, nodes


def check_names(pack: Pack) -> Problems:
    return (
        *_check_aliases(pack),
        *(problem for kind, _ in pack.standards for problem in _check_field_titles(pack, kind)),
        *(problem for field in pack.fields for problem in _check_inside(field)),
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
    return _twins((field.title.zh, field.id, field.source) for field in pack.fields if kind in field.kinds)


def _check_inside(field: Field) -> Iterator[Problem]:
    """Yield columns with one title, and options with one label."""
    yield from _twins((column.title.zh, column.id, field.source) for column in field.columns)
    yield from _twins((label, code, field.source) for code, label in field.options)
    for column in field.columns:
        yield from _twins((label, code, field.source) for code, label in column.options)


def _check_item_titles(children: Iterable[object]) -> Iterator[Problem]:
    return _twins((child.title.zh, child.id, child.source) for child in children)  # type: ignore[attr-defined]


def _twins(named: Iterable[tuple[str, str, Source]]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for title, name, source in named:
        if (key := normal(title)) in seen:
            yield says.SAME_TITLE.at(source, title=title, other=seen[key])
        seen.setdefault(key, name)
