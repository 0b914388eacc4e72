"""Names what a sum consists of beside its items: each cap, reweighting, aggregate and zeroing is a line with its own points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import assert_never

from ..core.numbers import Number
from ..methods.marks import Datum
from ..standard.model import Node, leaves, nodes
from .results import Adjustment, AdjustmentKind, BonusItem, Item, NodeScore

ALL_BONUSES = "bonus"
"""The name of the sum of all bonus entries."""
Pair = tuple[Number, Number]
Values = tuple[tuple[str, Datum], ...]


def adjust(kind: AdjustmentKind, node: str, before: Pair, after: Pair, values: Values = ()) -> tuple[Adjustment, ...]:
    """Return the line that leads from one pair to the next; () where neither column changes.

    >>> adjust("bonus_cap", "bonus", (5, 7), (5, 6))[0].hi
    -1
    """
    if before == after:
        return ()
    return (Adjustment(kind, node, after[0] - before[0], after[1] - before[1], values),)


def add_up(parts: Sequence[Pair]) -> Pair:
    """Return the sum of both columns."""
    return sum([low for low, _ in parts]), sum([high for _, high in parts])


def of_node(
    node: Node,
    sums: Sequence[Pair],
    whole: NodeScore,
    lowest: tuple[str, str],
    score: NodeScore,
    leaving: tuple[str, ...],
) -> Iterator[Adjustment]:
    """Yield the lines of a node.

    `sums` are those of its children as they are and after each shared cap; `whole` is what they come to if all that is
    open applies, `lowest` the child that counts under a minimum in each column; in `score` those `leaving` may not apply.
    """
    for cap, before, after in zip(node.shared_caps, sums, sums[1:], strict=False):
        gain = cap.gain_at_most is not None
        limit = cap.gain_at_most if gain else cap.lose_at_most
        shared = (("of", cap.of), ("at_most", limit))
        yield from adjust("shared_gain" if gain else "shared_loss", node.id, before, after, shared)
    met: Pair = (whole.lo, whole.hi)
    if met != sums[-1]:
        kind, values = _aggregate(node, whole, lowest)
        yield from adjust(kind, node.id, sums[-1], met, values)
    yield from adjust("may_not_apply", node.id, met, (score.lo, score.hi), (("of", leaving),))


def _aggregate(node: Node, whole: NodeScore, lowest: tuple[str, str]) -> tuple[AdjustmentKind, Values]:
    """Return the kind of line that leads from a node's sum to its points, and what its sentence needs."""
    if not whole.applicable:
        return "nothing_applies", ()
    full = ("full", node.points)
    match node.aggregate:
        case "sum":
            raw = (("raw_lo", whole.raw_lo), ("raw_hi", whole.raw_hi))
            return "reweighted", (*raw, full, ("applicable", whole.applicable))
        case "weighted_mean":
            return "weighted_mean", (full,)
        case "min":
            return "minimum", (("lowest_lo", lowest[0]), ("lowest_hi", lowest[1]), full)
        case _:  # pragma: no cover
            assert_never(node.aggregate)


def of_zeroed(root: Node, items: Mapping[str, Item]) -> Iterator[Adjustment]:
    """Yield a line of 0 points for each zeroed item: what it had, and by which rule it has not."""
    if all(item.before is None for item in items.values()):
        return
    parents = {child.id: node.id for node in nodes(root) for child in node.children}
    for criterion in leaves(root):
        item = items[criterion.id]
        if item.before is not None:
            rule = item.reason.get("rule") or ""
            had = (("before_lo", item.before[0]), ("before_hi", item.before[1]))
            yield Adjustment(
                "zeroed", parents[item.id], 0, 0, (("item", item.id), ("rule", rule), ("late", item.late), *had)
            )


def of_bonus(bonuses: Sequence[BonusItem], at_most: Number) -> tuple[Pair, tuple[Adjustment, ...]]:
    """Return the points of all bonus entries under their common cap, and its line."""
    before = add_up([(b.lo, b.hi) for b in bonuses])
    after = (min(before[0], at_most), min(before[1], at_most))
    return after, adjust("bonus_cap", ALL_BONUSES, before, after, (("at_most", at_most),))
