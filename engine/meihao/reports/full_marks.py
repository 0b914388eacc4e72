"""Says what stands between the full marks of criteria and those of their dimension, for whoever scores by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..core.numbers import Number, plain
from ..core.text import Label
from ..standard.describe import Scribe
from ..standard.model import Node, SharedCap, nodes
from .model import SumRow

GAINS, LOSSES = Label("共用上限", "Shared cap"), Label("共扣上限", "Shared cap of losses")


def mark_rows(dimension: Node, say: Scribe) -> tuple[SumRow, ...]:
    """Return a line for each shared cap and for each group that is no plain sum; with the criteria they add up."""
    return tuple(row for node in nodes(dimension) for row in _rows(node, dimension, say))


def _rows(node: Node, dimension: Node, say: Scribe) -> Iterator[SumRow]:
    inside = "" if node is dimension else say.pick(f"（{node.title.zh}）", f" ({node.title['en']})")
    worth = {child.id: child.points for child in node.children}
    titles = {child.id: child.title[say.lang] for child in node.children}
    for cap in node.shared_caps:
        label = (GAINS if cap.gain_at_most is not None else LOSSES)[say.lang]
        yield SumRow(label + inside, _signed(_cut(cap, worth, node)), _cap_text(cap, titles, say))
    if way := node.aggregate.describe(node.points, [(titles[c.id], c.weight) for c in node.children], say):
        label = node.aggregate.title[say.lang]
        yield SumRow(label[0].upper() + label[1:] + inside, _signed(node.points - sum(worth.values())), way)


def _cut(cap: SharedCap, worth: Mapping[str, Number], node: Node) -> Number:
    """Return by how much a cap lowers the full mark of a plain sum; a cap of losses lowers none."""
    if cap.gain_at_most is None or not node.aggregate.adds_up:
        return 0
    return min(0, cap.gain_at_most - sum(worth.get(name, 0) for name in cap.of))


def _signed(points: Number) -> str:
    return f"{'+' if points > 0 else ''}{plain(points)}"


def _cap_text(cap: SharedCap, titles: Mapping[str, str], say: Scribe) -> str:
    names = [f"“{titles.get(name, name)}”" for name in cap.of]
    if cap.gain_at_most is not None:
        most = plain(cap.gain_at_most)
        return say.pick(f"{''.join(names)}合计最高{most}分", f"{', '.join(names)}: at most {most} together")
    most = plain(cap.lose_at_most or 0)
    return say.pick(f"{''.join(names)}合计最多扣{most}分", f"{', '.join(names)}: at most {most} lost together")
