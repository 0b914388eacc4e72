"""Decides grade and verdict from figures, findings and lines (order of effects, steps 11 and 12)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from ..core.numbers import Number, divide
from ..core.unknown import Unknown
from ..methods.measured import numbers
from ..round.scope import CaseScope
from ..standard.model import Grade, GradeLine, Node
from .results import Finding, Item, LineResult, NodeScore, State, Verdict

BARS = ("ineligible", "veto")


class Figures(Struct, frozen=True):
    """The printed figures of a unit; `dimensions` in order, those not applicable left out."""

    base: tuple[Number, Number]
    bonus: tuple[Number, Number]
    total: tuple[Number, Number]
    base_of: Number
    dimensions: tuple[NodeScore, ...]


def figures(root: Node, nodes: Sequence[NodeScore], bonus: tuple[Number, Number]) -> Figures:
    by_id = {node.id: node for node in nodes}
    base = by_id[root.id]
    dimensions = tuple(by_id[c.id] for c in root.children if isinstance(c, Node) and by_id[c.id].applicable)
    # Where nothing applies the base is not 0 but not known: no line may count it as a failure.
    known = (base.lo, base.hi) if base.applicable else (0, base.points)
    total = (known[0] + bonus[0], known[1] + bonus[1])
    return Figures(known, bonus, total, base.points, dimensions)


def check_lines(
    grades: Sequence[Grade], shown: Figures, scope: CaseScope, waived: frozenset[str]
) -> tuple[LineResult, ...]:
    """Return every line of every grade; `every_dimension` gives one line a dimension."""
    return tuple(
        result for grade in grades for line in grade.lines for result in _line(grade.id, line, shown, scope, waived)
    )


def _line(grade: str, line: GradeLine, shown: Figures, scope: CaseScope, waived: frozenset[str]) -> list[LineResult]:
    read = numbers([line.at_least])(scope)
    needed = None if isinstance(read, Unknown) else read[0]
    results = []
    for name, figure, (low, high), full in _figures_of(line, shown):
        off = f"grades.{grade}.{name}" in waived
        holds = needed is not None and _reaches(low, full, needed, line.percent)
        fails = needed is not None and not _reaches(high, full, needed, line.percent)
        shown_at = None if needed is None else _points(needed, full, line.percent)
        results.append(LineResult(grade, name, figure, low, high, shown_at, holds or off, fails and not off, off))
    return results


def _figures_of(line: GradeLine, shown: Figures) -> list[tuple[str, str, tuple[Number, Number], Number]]:
    if line.of in ("base", "total"):
        return [(line.of, line.of, shown.base if line.of == "base" else shown.total, shown.base_of)]
    every = line.of == "every_dimension"
    return [
        (f"every_dimension.{short}" if every else line.of, node.id, (node.lo, node.hi), node.points)
        for node in shown.dimensions
        if (short := node.id.rpartition(".")[2]) and (every or line.of == f"dimension.{short}")
    ]


def _reaches(points: Number, full: Number, needed: Number, percent: bool) -> bool:
    # Multiplied across, not divided: nothing is rounded before it is compared.
    return points * 100 >= needed * full if percent else points >= needed


def _points(needed: Number, full: Number, percent: bool) -> Number:
    return divide(needed * full, 100) if percent else needed


def grade_of(grades: Sequence[Grade], lines: Sequence[LineResult], cap: str) -> tuple[str, str]:
    """Return the certain grade and the best still possible, after the lowest cap; "" below every grade."""
    order = [grade.id for grade in grades]
    sure = [g for g in order if all(line.holds for line in lines if line.grade == g)]
    possible = [g for g in order if not any(line.fails for line in lines if line.grade == g)]
    ceiling = order.index(cap) if cap else len(order)
    best = [next((g for g in reversed(names) if order.index(g) <= ceiling), "") for names in (sure, possible)]
    return best[0], best[1]


def judge_verdict(
    lines: Sequence[LineResult],
    findings: Sequence[Finding],
    items: Mapping[str, Item],
    order: Sequence[str],
    pass_grade: str,
    applicable: bool,
) -> Verdict:
    """Return passed, failed or undetermined, with everything that decided it. A certain failure wins over any unknown."""
    needed = [line for line in lines if line.grade == pass_grade]
    below = set(order[: order.index(pass_grade)])
    bars = [f for f in findings if f.effect in BARS or (f.effect == "cap_grade" and f.target in below)]
    failed = [(f.effect, f.rule) for f in bars if f.state == "fired"]
    failed += [("line", f"{line.grade}.{line.line}") for line in needed if line.fails]
    if failed:
        return Verdict("failed", tuple(failed))
    open_ = [("flagged", f.rule) for f in bars if f.state == "flagged"]
    open_ += [("line", f"{line.grade}.{line.line}") for line in needed if not line.holds]
    # An item that could not be scored bars a pass, even where every line holds without it.
    open_ += [("error", item.id) for item in items.values() if item.outcome == "error"]
    open_ += [] if applicable else [("nothing_applicable", "")]
    state: State = "undetermined" if open_ else "passed"
    return Verdict(state, tuple(open_) or tuple(("line", f"{line.grade}.{line.line}") for line in needed))
