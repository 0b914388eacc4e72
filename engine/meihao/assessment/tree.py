"""Adds items up to the scores of nodes (order of effects, step 8): shared caps, aggregate, reweighting, and one rounding."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

from msgspec.structs import replace

from ..core.numbers import Number
from ..methods.aggregate import Share
from ..standard.model import Criterion, Node, SharedCap
from .adjustments import of_node
from .results import Adjustment, Item, NodeScore

SCENARIOS = 6
"""Up to so many open items under shared caps are tried in and out; with more, the node's bounds are 0 and full marks."""


class Scores:
    """What is found on the way up: the score of each node, inner ones first, and the lines that lead to it."""

    def __init__(self) -> None:
        self.nodes: list[NodeScore] = []
        self.adjustments: list[Adjustment] = []


def score_tree(root: Node, items: Mapping[str, Item], places: int) -> Scores:
    """Return the score of every node, inner ones first and the root last; children and lines add up to each."""
    scores = Scores()
    _score(root, items, places, scores)
    return scores


def _score(node: Node, items: Mapping[str, Item], places: int, scores: Scores) -> NodeScore:
    shares = [_share(child, items, places, scores) for child in node.children]
    counted = tuple([s for s in shares if s.counts])
    leaving = _may_leave(node, items) if node.shared_caps else ()
    steps = _under_caps(node, counted)
    score = whole = _aggregate(node, steps[-1], _full_marks(node, counted), places)
    if len(leaving) > SCENARIOS:
        score = replace(whole, lo=min(whole.lo, 0), hi=max(whole.hi, node.points))
    elif leaving:
        others = [_scored_without(node, counted, out, places) for out in _choices(leaving)]
        score = _hull(node, (whole, *others))
    scores.nodes.append(score)
    scores.adjustments += of_node(node, steps, whole, score, leaving)
    return score


def _under_caps(node: Node, counted: tuple[Share, ...]) -> list[tuple[Share, ...]]:
    """Return the shares as they are, and after each shared cap."""
    steps = [counted]
    for cap in node.shared_caps:
        steps.append(_capped(steps[-1], cap, node.aggregate.adds_up and _disjoint(node.shared_caps)))
    return steps


def _scored_without(node: Node, counted: tuple[Share, ...], out: tuple[str, ...], places: int) -> NodeScore:
    chosen = tuple(s for s in counted if s.id not in out)
    return _aggregate(node, _under_caps(node, chosen)[-1], _full_marks(node, chosen), places)


def _may_leave(node: Node, items: Mapping[str, Item]) -> tuple[str, ...]:
    """Return the open items that may yet turn out not to apply and leave the node's marks."""
    leaves = (c for c in node.children if isinstance(c, Criterion) and c.not_applicable == "reweight")
    return tuple(sorted(c.id for c in leaves if items[c.id].outcome == "unknown" and _asks_whether(c)))


def _asks_whether(criterion: Criterion) -> bool:
    return criterion.applies_when is not None or getattr(criterion.measure, "when_zero", None) == "not_applicable"


def _choices(leaving: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return each choice of at least one of those that may leave."""
    return [out for size in range(1, len(leaving) + 1) for out in combinations(leaving, size)]


def _hull(node: Node, scores: tuple[NodeScore, ...]) -> NodeScore:
    """Return bounds that hold in every scenario. Without shared caps the first one, with all items in, bounds the others."""
    first = scores[0]
    known = [score for score in scores if score.applicable]
    low, high = min(s.lo for s in known), max(s.hi for s in known)
    if len(known) < len(scores):  # the node itself may turn out not to apply
        low, high = min(low, 0), max(high, node.points)
    return replace(first, lo=low, hi=high, raw_lo=min(s.raw_lo for s in known), raw_hi=max(s.raw_hi for s in known))


def _full_marks(node: Node, counted: tuple[Share, ...]) -> Number:
    """Return the marks that can be earned: those of what applies, less what shared ceilings cut off."""
    whole = sum([s.points for s in counted])
    if not node.shared_caps:
        return whole
    points = {s.id: s.points for s in counted}
    ceilings = [cap for cap in node.shared_caps if cap.gain_at_most is not None and node.aggregate.adds_up]
    cut = sum(max(0, sum(points.get(name, 0) for name in c.of) - (c.gain_at_most or 0)) for c in ceilings)
    return whole - cut


def _disjoint(caps: tuple[SharedCap, ...]) -> bool:
    names = [name for cap in caps for name in cap.of]
    return len(set(names)) == len(names)


def _share(child: Node | Criterion, items: Mapping[str, Item], places: int, scores: Scores) -> Share:
    if isinstance(child, Node):
        inner = _score(child, items, places, scores)
        return Share(child.id, inner.lo, inner.hi, child.points, child.weight, inner.applicable > 0)
    item = items[child.id]
    left_out = item.outcome == "not_applicable" and child.not_applicable == "reweight"
    return Share(child.id, item.lo, item.hi, child.points, child.weight, not left_out)


def _capped(shares: tuple[Share, ...], cap: SharedCap, sums: bool) -> tuple[Share, ...]:
    """Use up a shared ceiling of points gained or lost in listed order.

    The sum of the members rises with each of them, so for a sum each side is used up by itself. A single member does not:
    it gets least where those before it got most, and the other way round.
    """
    by_id = {s.id: s for s in shares}
    members = [by_id[name] for name in cap.of if name in by_id]
    sides = [("lo", "lo"), ("hi", "hi")] if sums else [("lo", "hi"), ("hi", "lo")]
    lows, highs = (
        _use_up(cap, [(getattr(m, own), getattr(m, before), m.points) for m in members]) for own, before in sides
    )
    changed = {m.id: replace(m, lo=low, hi=high) for m, low, high in zip(members, lows, highs, strict=True)}
    return tuple(changed.get(s.id, s) for s in shares)


def _use_up(cap: SharedCap, members: list[tuple[Number, Number, Number]]) -> list[Number]:
    """Return what each member keeps, given (its points, the points by which it uses up the cap, its full mark)."""
    result: list[Number] = []
    if cap.gain_at_most is not None:
        left = cap.gain_at_most
        for points, used, _ in members:
            result.append(min(points, left))
            left -= min(max(used, 0), left)
        return result
    left = cap.lose_at_most or 0
    for points, used, full in members:
        result.append(full - min(full - points, left))
        left -= min(max(full - used, 0), left)
    return result


def _aggregate(node: Node, shares: tuple[Share, ...], applicable: Number, places: int) -> NodeScore:
    if not applicable:
        return NodeScore(node.id, 0, 0, node.points, 0, 0, 0)
    raw, (low, high) = node.aggregate.combine(shares, node.points, applicable, places)
    return NodeScore(node.id, low, high, node.points, applicable, *raw)
