"""Names what a sum consists of beside its items: each cap, reweighting, aggregate and zeroing is a line with its own points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..core.numbers import Number
from ..methods.aggregate import Bounds, LineValues, Share
from ..standard.model import Node, leaves, nodes
from .results import Adjustment, AdjustmentKind, BonusItem, Item, NodeScore

ALL_BONUSES = "bonus"
"""The name of the sum of all bonus entries."""


def adjust(
    kind: AdjustmentKind, node: str, before: Bounds, after: Bounds, values: LineValues = ()
) -> tuple[Adjustment, ...]:
    """Return the line that leads from one pair to the next; () where neither column changes.

    >>> adjust("bonus_cap", "bonus", (5, 7), (5, 6))[0].hi
    -1
    """
    if before == after:
        return ()
    return (Adjustment(kind, node, after[0] - before[0], after[1] - before[1], values),)


def add_up(parts: Sequence[Bounds]) -> Bounds:
    """Return the sum of both columns."""
    return sum([low for low, _ in parts]), sum([high for _, high in parts])


def of_node(
    node: Node,
    steps: Sequence[Sequence[Share]],
    whole: NodeScore,
    score: NodeScore,
    leaving: tuple[str, ...],
) -> Iterator[Adjustment]:
    """Yield the lines of a node.

    `steps` are the shares of its children as they are and after each shared cap; `whole` is what they come to if all that
    is open applies; in `score` those `leaving` may not apply.
    """
    sums = [add_up([(s.lo, s.hi) for s in step]) for step in steps]
    for cap, before, after in zip(node.shared_caps, sums, sums[1:], strict=False):
        gain = cap.gain_at_most is not None
        limit = cap.gain_at_most if gain else cap.lose_at_most
        shared = (("of", cap.of), ("at_most", limit))
        yield from adjust("shared_gain" if gain else "shared_loss", node.id, before, after, shared)
    met: Bounds = (whole.lo, whole.hi)
    if met != sums[-1]:
        kind, values = _aggregate(node, whole, steps[-1])
        yield from adjust(kind, node.id, sums[-1], met, values)
    yield from adjust("may_not_apply", node.id, met, (score.lo, score.hi), (("of", leaving),))


def _aggregate(node: Node, whole: NodeScore, shares: Sequence[Share]) -> tuple[AdjustmentKind, LineValues]:
    """Return the kind of line that leads from a node's sum to its points, and what its sentence needs."""
    if not whole.applicable:
        return "nothing_applies", ()
    return node.aggregate.line, node.aggregate.values(shares, node.points, whole.applicable)


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


def of_bonus(bonuses: Sequence[BonusItem], at_most: Number) -> tuple[Bounds, tuple[Adjustment, ...]]:
    """Return the points of all bonus entries under their common cap, and its line."""
    before = add_up([(b.lo, b.hi) for b in bonuses])
    after = (min(before[0], at_most), min(before[1], at_most))
    return after, adjust("bonus_cap", ALL_BONUSES, before, after, (("at_most", at_most),))
