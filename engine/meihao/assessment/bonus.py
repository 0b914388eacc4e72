"""Adds up the bonus (order of effects, step 9): the highest level of each matter counts, within inner caps and an outer one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from msgspec.structs import replace

from ..core.calendar import within
from ..core.numbers import Number
from ..core.unknown import Unknown, Why, merge
from ..evidence.model import Row
from ..expressions.evaluate import Compiled, compile_expr
from ..expressions.scope import compared
from ..methods.marks import NO_DATE
from ..round.scope import CaseScope
from ..standard.model import Bonus
from .adjustments import adjust
from .documents import compile_documents
from .results import BonusItem

BonusJudge = Callable[[CaseScope], BonusItem]
Best = dict[str, tuple[Number, str]]
"""The highest points of each matter, and their level."""


def compile_bonus(bonus: Bonus) -> BonusJudge:
    """Return the judge of one bonus entry."""
    documents = compile_documents(bonus.evidence)
    inner = _by_rows(bonus) if bonus.rows else _by_condition(bonus)

    def judge(scope: CaseScope) -> BonusItem:
        item = inner(scope)
        missing = documents(scope)
        # Who can earn nothing is not asked for documents.
        if not missing or item.hi == 0:
            return item
        whys = tuple(sorted({*missing, *item.whys}))
        high = 0 if scope.is_late(whys) else item.hi
        lines = adjust("bonus_documents", bonus.id, (item.lo, item.hi), (0, high)) if item.matters else ()
        return replace(item, lo=0, hi=high, whys=whys, adjustments=(*item.adjustments, *lines))

    return judge


def _by_condition(bonus: Bonus) -> BonusJudge:
    assert bonus.when is not None
    holds = compile_expr(bonus.when)
    most = min(bonus.points, bonus.at_most)

    def judge(scope: CaseScope) -> BonusItem:
        answer = holds(scope)
        if isinstance(answer, Unknown):
            return BonusItem(bonus.id, 0, 0 if scope.is_late(answer.whys) else most, bonus.at_most, (), answer.whys)
        points = most if answer else 0
        return BonusItem(bonus.id, points, points, bonus.at_most, ())

    return judge


def _by_rows(bonus: Bonus) -> BonusJudge:
    test = compile_expr(bonus.where, bonus.rows or "") if bonus.where else None

    def judge(scope: CaseScope) -> BonusItem:
        rows = scope.table(bonus.rows or "")
        if isinstance(rows, Unknown):
            most = 0 if scope.is_late(rows.whys) else bonus.at_most
            return BonusItem(bonus.id, 0, most, bonus.at_most, (), rows.whys)
        counted = [(row, doubt) for row in rows if (doubt := _doubt(bonus, test, scope, row)) is not None]
        sure = _highest(bonus, [row for row, doubt in counted if not doubt])
        open_ = _highest(bonus, [row for row, doubt in counted if doubt])
        whys = tuple(sorted({why for _, doubt in counted for why in doubt}))
        return _sum(bonus, sure, {} if scope.is_late(whys) else open_, whys)

    return judge


def _doubt(bonus: Bonus, test: Compiled | None, scope: CaseScope, row: Row) -> tuple[Why, ...] | None:
    """Return why it is open whether and as what a row counts, () where it counts for certain; None where it does not."""
    answers = (test(scope, row) if test else True, _in_window(bonus, scope, row))
    if any(answer is False for answer in answers):
        return None
    doubts = [answer for answer in answers if isinstance(answer, Unknown)]
    doubts += [_missing(bonus, column) for column in (bonus.matter, bonus.level) if column not in row]
    return merge(*doubts).whys if doubts else ()


def _in_window(bonus: Bonus, scope: CaseScope, row: Row) -> bool | Unknown:
    if not (bonus.dated and bonus.look_back):
        return True
    day = row.get(bonus.dated)
    if not isinstance(day, date):
        return _missing(bonus, bonus.dated)
    return NO_DATE if scope.reference_date is None else within(day, bonus.look_back, scope.reference_date)


def _missing(bonus: Bonus, column: str) -> Unknown:
    return Unknown((Why("missing_fact", f"{bonus.rows}.{column}"),))


def _highest(bonus: Bonus, rows: Sequence[Row]) -> Best:
    """Return the highest points of each matter; a row without its matter is one of its own, one without its level the best."""
    points = dict(bonus.by_level)
    top = (max(points.values(), default=0), "")
    found: Best = {}
    for number, row in enumerate(rows):
        matter = str(compared(row[bonus.matter])) if bonus.matter in row else f"#{number + 1}"
        level = str(row.get(bonus.level, ""))
        found[matter] = max(found.get(matter, (0, "")), (points.get(level, 0), level) if level else top)
    return found


def _sum(bonus: Bonus, sure: Best, open_: Best, whys: tuple[Why, ...]) -> BonusItem:
    best = {m: max(sure.get(m, (0, "")), open_.get(m, (0, ""))) for m in {**sure, **open_}}
    low, high = (sum(points for points, _ in found.values()) for found in (sure, best))
    capped = (min(low, bonus.at_most), min(high, bonus.at_most))
    matters = tuple((matter, level, points) for matter, (points, level) in sorted(sure.items()))
    lines = (
        *adjust("open_matters", bonus.id, (low, low), (low, high)),
        *adjust("matters_cap", bonus.id, (low, high), capped, (("at_most", bonus.at_most),)),
    )
    why = whys if capped[0] < capped[1] else ()
    return BonusItem(bonus.id, *capped, bonus.at_most, matters, why, lines if matters else ())
