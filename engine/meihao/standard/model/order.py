"""Orders rules and items so that each is judged after everything that it reads."""

from __future__ import annotations

from collections.abc import Sequence
from graphlib import CycleError, TopologicalSorter
from typing import TypeVar

from . import Criterion, Node, Rule, leaves

T = TypeVar("T", bound=Criterion | Rule)


def strata(rules: Sequence[Rule]) -> tuple[tuple[Rule, ...], ...]:
    """Return rules in layers: a rule reads findings of earlier layers only; within a layer the written order is kept.

    Findings of rules that are not among `rules` count as known. Raises ValueError where rules read each other in a circle,
    which a loaded pack excludes.
    """
    return _layers(rules)


def item_order(root: Node) -> tuple[Criterion, ...]:
    """Return the criteria below a node so that each comes after those whose points or outcome it reads."""
    return tuple(item for layer in _layers(tuple(leaves(root))) for item in layer)


def circle(members: Sequence[T]) -> tuple[T, ...]:
    """Return members that read each other in a circle, in the order of reading, or () where there is none."""
    named = {member.id: member for member in members}
    try:
        _sorter(members).prepare()
    except CycleError as wrong:
        return tuple(named[name] for name in wrong.args[1][:-1])
    return ()


def _layers(members: Sequence[T]) -> tuple[tuple[T, ...], ...]:
    depth: dict[str, int] = {}
    known = {member.id: member.reads for member in members}
    for name in _sorter(members).static_order():
        depth[name] = 1 + max((depth[other] for other in known[name] if other in known), default=-1)
    return tuple(
        tuple(member for member in members if depth[member.id] == level) for level in sorted(set(depth.values()))
    )


def _sorter(members: Sequence[T]) -> TopologicalSorter[str]:
    names = {member.id for member in members}
    return TopologicalSorter({member.id: [name for name in member.reads if name in names] for member in members})
