"""Finds sums of points that do not agree, points out of reach, and lines above the full mark."""

from __future__ import annotations

from collections.abc import Iterator

from ...core.numbers import Number, plain, round_half_up
from ...core.problems import Problem, Problems
from ...expressions.tree import Constant
from ...methods.spans import Fields
from ..model import Criterion, Grade, GradeLine, Node, Pack, leaves, nodes
from . import messages as says


def check_points(pack: Pack) -> Problems:
    fields = {field.id: field for field in pack.fields}
    return (
        *(problem for kind, root in pack.standards for problem in _check_root(kind, root)),
        *(p for _, root in pack.standards for node in nodes(root) if node is not root for p in _check_sum(node)),
        *(p for _, root in pack.standards for item in leaves(root) for p in _check_item(item, fields)),
        *(problem for _, root in pack.standards for item in leaves(root) for problem in _check_places(item, pack)),
        *(problem for grade in pack.grades for line in grade.lines for problem in _check_line(pack, grade, line)),
        *_check_groups(pack),
    )


def _check_root(kind: str, root: Node) -> Iterator[Problem]:
    total = sum(child.points for child in root.children)
    if not root.children:
        yield says.NO_DIMENSIONS.at(root.source, kind=kind)
    elif total != root.points:
        yield says.SUM_OF_BASE.at(root.source, kind=kind, sum=plain(total), points=plain(root.points))


def _check_sum(node: Node) -> Iterator[Problem]:
    """Yield a node whose points are not those of its children; what a shared cap of gains cuts off does not count."""
    worth = {child.id: child.points for child in node.children}
    cut = sum(
        max(0, sum(worth.get(name, 0) for name in cap.of) - cap.gain_at_most)
        for cap in node.shared_caps
        if cap.gain_at_most is not None
    )
    total = sum(worth.values()) - cut
    if node.aggregate.adds_up and total != node.points:
        yield says.SUM_OF_POINTS.at(node.source, node=node.id, sum=plain(total), points=plain(node.points))


def _check_item(item: Criterion, fields: Fields) -> Iterator[Problem]:
    best = item.score.best(fields)
    if best is not None and best < item.points:
        yield says.NEVER_FULL.at(item.source, item=item.id, best=plain(best), points=plain(item.points))
    if best is not None and best > item.points and not item.uncapped:
        yield says.ABOVE_FULL.at(item.source, item=item.id, best=plain(best), points=plain(item.points))


def _check_places(item: Criterion, pack: Pack) -> Iterator[Problem]:
    if round_half_up(item.points, pack.item_places) != item.points:
        yield says.TOO_FINE.at(item.source, item=item.id, points=plain(item.points), places=pack.item_places)


def _check_line(pack: Pack, grade: Grade, line: GradeLine) -> Iterator[Problem]:
    """Yield a line that no unit can reach."""
    if not isinstance(line.at_least, Constant) or not isinstance(line.at_least.value, Number):
        return
    for full in _full_marks(pack, line):
        if line.at_least.value > full:
            wanted = plain(line.at_least.value)
            yield says.LINE_TOO_HIGH.at(pack.source, grade=grade.id, line=line.of, wanted=wanted, points=plain(full))
            return


def _full_marks(pack: Pack, line: GradeLine) -> Iterator[Number]:
    if line.percent:
        yield 100
    elif line.of in ("base", "total"):
        yield pack.base + (pack.bonus_at_most if line.of == "total" else 0)
    else:
        wanted = line.of.removeprefix("dimension.")
        for _, root in pack.standards:
            for node in root.children:
                if line.of == "every_dimension" or node.id.endswith("." + wanted):
                    yield node.points


def _check_groups(pack: Pack) -> Iterator[Problem]:
    grouped = {kind for group in pack.groups for kind in group.kinds}
    for kind, root in pack.standards:
        if kind not in grouped:
            yield says.GROUPLESS.at(root.source, kind=kind)
