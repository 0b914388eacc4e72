"""Says what stands between the full marks of criteria and those of their dimension, for whoever scores by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..core.numbers import Number, plain
from ..core.problems import Lang
from ..standard.describe import Scribe
from ..standard.model import Node, SharedCap, nodes
from .model import SumRow
from .words import capital, speaker


def mark_rows(dimension: Node, say: Scribe) -> tuple[SumRow, ...]:
    """Return a line for each shared cap and for each group that is no plain sum; with the criteria they add up."""
    return tuple(row for node in nodes(dimension) for row in _rows(node, dimension, say))


def _rows(node: Node, dimension: Node, say: Scribe) -> Iterator[SumRow]:
    t = speaker(say.lang)
    inside = "" if node is dimension else t("in_brackets", text=node.title[say.lang])
    worth = {child.id: child.points for child in node.children}
    titles = {child.id: child.title[say.lang] for child in node.children}
    for cap in node.shared_caps:
        label = t("shared_cap" if cap.gain_at_most is not None else "shared_cap_of_losses")
        yield SumRow(label + inside, _signed(_cut(cap, worth, node)), _cap_text(cap, titles, say.lang))
    if way := node.aggregate.describe(node.points, [(titles[c.id], c.weight) for c in node.children], say):
        label = capital(node.aggregate.title[say.lang])
        yield SumRow(label + inside, _signed(node.points - sum(worth.values())), way)


def _cut(cap: SharedCap, worth: Mapping[str, Number], node: Node) -> Number:
    """Return by how much a cap lowers the full mark of a plain sum; a cap of losses lowers none."""
    if cap.gain_at_most is None or not node.aggregate.adds_up:
        return 0
    return min(0, cap.gain_at_most - sum(worth.get(name, 0) for name in cap.of))


def _signed(points: Number) -> str:
    return f"{'+' if points > 0 else ''}{plain(points)}"


def _cap_text(cap: SharedCap, titles: Mapping[str, str], lang: Lang) -> str:
    t = speaker(lang)
    names = t("between_quotes").join(f"“{titles.get(name, name)}”" for name in cap.of)
    if cap.gain_at_most is not None:
        return t("at_most_together", names=names, n=plain(cap.gain_at_most))
    return t("at_most_lost_together", names=names, n=plain(cap.lose_at_most or 0))
