"""Scores `yes_no`: full marks if the condition holds, otherwise none."""

from __future__ import annotations

from ...core.numbers import Number
from ...core.unknown import Unknown
from ...expressions.evaluate import compile_expr
from ...round.scope import CaseScope
from ...standard.model import YesNo
from ..measured import Measured, _number, numbers
from ..results import Marks
from .common import Scorer, all_inside, certain, open_marks


def compile_yes_no(score: YesNo, full: Number) -> Scorer:
    return _by_condition(score, full) if score.when is not None else _by_edges(score, full)


def _by_condition(score: YesNo, full: Number) -> Scorer:
    assert score.when is not None
    holds = compile_expr(score.when)
    yes, no = certain(full, "yes"), certain(0, "no")

    def judge(scope: CaseScope, measured: Measured) -> Marks:
        answer = holds(scope)
        if isinstance(answer, Unknown):
            return open_marks(answer.whys, 0, full, scope)
        return yes if answer else no

    return judge


def _by_edges(score: YesNo, full: Number) -> Scorer:
    names = tuple(edge for edge, _ in score.edges)
    read = numbers([limit for _, limit in score.edges])

    def judge(scope: CaseScope, measured: Measured) -> Marks:
        limits = read(scope)
        if isinstance(limits, Unknown):
            return open_marks(limits.whys, 0, full, scope)
        value = _number(measured.value)  # type: ignore[arg-type]  # unknown and not applicable never reach a method
        edges = tuple(zip(names, limits, strict=True))
        met = all_inside(edges, value)
        return certain(full if met else 0, "edges_met" if met else "edges_missed", ("value", value), ("edges", edges))

    return judge
