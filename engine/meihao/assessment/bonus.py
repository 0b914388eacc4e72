"""Bonus (design: order of effects, step 9): per matter the highest level, inner caps, outer cap; never in a node."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ..core.calendar import within
from ..core.numbers import Number
from ..core.unknown import Unknown, Why
from ..evidence.model import Row
from ..round.scope import NO_DATE, CaseScope
from ..standard.expressions.evaluate import Compiled, compile_expr
from ..standard.model import Bonus
from .documents import compile_documents
from .results import BonusItem

BonusJudge = Callable[[CaseScope], BonusItem]


def compile_bonus(bonus: Bonus) -> BonusJudge:
    """Return the judge of one bonus entry."""
    documents = compile_documents(bonus.evidence)
    inner = _by_rows(bonus) if bonus.rows else _by_condition(bonus)

    def judge(scope: CaseScope) -> BonusItem:
        item = inner(scope)
        missing = documents(scope)
        if missing and item.hi > 0:
            return BonusItem(bonus.id, 0, 0 if _late(scope, missing) else item.hi, bonus.at_most, item.matters, missing)
        return item

    return judge


def _late(scope: CaseScope, whys: Iterable[Why]) -> bool:
    return scope.late_is_zero and all(scope.owes(why) for why in whys)


def _by_condition(bonus: Bonus) -> BonusJudge:
    assert bonus.when is not None
    holds = compile_expr(bonus.when)
    most = min(bonus.points, bonus.at_most)

    def judge(scope: CaseScope) -> BonusItem:
        answer = holds(scope)
        if isinstance(answer, Unknown):
            return BonusItem(bonus.id, 0, 0 if _late(scope, answer.whys) else most, bonus.at_most, (), answer.whys)
        points = most if answer else 0
        return BonusItem(bonus.id, points, points, bonus.at_most, ())

    return judge


def _by_rows(bonus: Bonus) -> BonusJudge:
    test = compile_expr(bonus.where, bonus.rows or "") if bonus.where else None

    def judge(scope: CaseScope) -> BonusItem:
        rows = scope.table(bonus.rows or "")
        if isinstance(rows, Unknown):
            most = 0 if _late(scope, rows.whys) else bonus.at_most
            return BonusItem(bonus.id, 0, most, bonus.at_most, (), rows.whys)
        sure: dict[str, tuple[Number, str]] = {}
        open_: dict[str, tuple[Number, str]] = {}
        whys: list[Why] = []
        for number, row in enumerate(rows):
            counted = _counts(bonus, test, scope, row)
            if counted is False:
                continue
            matter = str(row.get(bonus.matter) or f"#{number + 1}")
            level = str(row.get(bonus.level, ""))
            points = dict(bonus.by_level).get(level, 0)
            if isinstance(counted, Unknown):
                whys.extend(counted.whys)
                open_[matter] = max(open_.get(matter, (0, "")), (points, level))
            else:
                sure[matter] = max(sure.get(matter, (0, "")), (points, level))
        return _sum(bonus, sure, open_, tuple(sorted(set(whys))))

    return judge


def _counts(bonus: Bonus, test: Compiled | None, scope: CaseScope, row: Row) -> bool | Unknown:
    """Say whether a row is in the window and passes the test."""
    if bonus.level and bonus.level not in row:
        return Unknown((Why("missing_fact", f"{bonus.rows}.{bonus.level}"),))
    if bonus.dated and bonus.look_back:
        day = row.get(bonus.dated)
        if day is None:
            return Unknown((Why("missing_fact", f"{bonus.rows}.{bonus.dated}"),))
        if scope.reference_date is None:
            return NO_DATE
        if not within(day, bonus.look_back, scope.reference_date):  # type: ignore[arg-type]  # the column is a date
            return False
    answer = test(scope, row) if test else True
    return answer if isinstance(answer, Unknown) else bool(answer)


def _sum(
    bonus: Bonus, sure: dict[str, tuple[Number, str]], open_: dict[str, tuple[Number, str]], whys: tuple[Why, ...]
) -> BonusItem:
    low = min(sum(points for points, _ in sure.values()), bonus.at_most)
    best = {m: max(sure.get(m, (0, "")), open_.get(m, (0, ""))) for m in {**sure, **open_}}
    high = min(sum(points for points, _ in best.values()), bonus.at_most)
    matters = tuple((matter, level, points) for matter, (points, level) in sorted(sure.items()))
    return BonusItem(bonus.id, low, high, bonus.at_most, matters, whys if low < high else ())
