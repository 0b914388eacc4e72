"""Defines the tree of a standard: criteria at the leaves, nodes above them, and one root for each kind of unit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from ...core.numbers import Number
from ...core.problems import Source
from ...core.text import Label
from ...expressions.fields import Basis, DocumentWanted
from ...expressions.tree import Expr
from ...methods.menu import AGGREGATES, Aggregate, Measure, Score
from ...methods.sample import Sample

NotApplicable = Literal["full", "reweight", "zero"]


class Criterion(Struct, frozen=True):
    """What one unit is asked and how the answer earns points. `id` is the address, e.g. `village.environment.sewage`.

    `reads` are the items whose points or outcome it builds on; `looks` is how many inspectors must have looked, each alone
    (0: as many as there are).
    """

    id: str
    title: Label
    points: Number
    score: Score
    asks: tuple[str, ...]
    basis: Basis
    measure: Measure | None = None
    sample: Sample | None = None
    applies_when: Expr | None = None
    not_applicable: NotApplicable = "reweight"
    exempt_when: Expr | None = None
    zero_when: Expr | None = None
    uncapped: bool = False
    unfloored: bool = False
    weight: Number = 1
    evidence: tuple[DocumentWanted, ...] = ()
    checked_by: tuple[str, ...] = ()
    clause: str = ""
    remedy: Label = Label("")
    aliases: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    looks: int = 0
    source: Source = Source()


class SharedCap(Struct, frozen=True):
    """Items that share one ceiling of points gained or lost, used up in listed order."""

    of: tuple[str, ...]
    gain_at_most: Number | None = None
    lose_at_most: Number | None = None


class Node(Struct, frozen=True):
    """A group of items: dimension, sub-group or root; `points` is its full mark."""

    id: str
    title: Label
    points: Number
    children: tuple[Node | Criterion, ...]
    aggregate: Aggregate = AGGREGATES["sum"]
    weight: Number = 1
    shared_caps: tuple[SharedCap, ...] = ()
    source: Source = Source()


def leaves(node: Node) -> Iterator[Criterion]:
    """Yield the criteria below a node in written order."""
    for child in node.children:
        if isinstance(child, Node):
            yield from leaves(child)
        else:
            yield child


def nodes(node: Node) -> Iterator[Node]:
    """Yield a node and every node below it, outer first."""
    yield node
    for child in node.children:
        if isinstance(child, Node):
            yield from nodes(child)
