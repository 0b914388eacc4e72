"""One criterion of one case -> its item (design: order of effects, steps 3 to 7). Compiled once, run for every unit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..core.numbers import Number, exact, round_half_up
from ..core.unknown import Unknown, Why
from ..round.scope import CaseScope
from ..standard.expressions.evaluate import Compiled, compile_expr
from ..standard.model import Criterion
from .marks import Books, MarksJudge, compile_marks
from .measured import UNMEASURED, Measured, NotApplicable
from .methods.common import open_marks
from .results import Item, Marks, Outcome, Reason

FAILURES = (ArithmeticError, LookupError, TypeError, ValueError)
"""What a faulty method can raise on a case; the item becomes `error`, which blocks a pass, and never vanishes."""


@dataclass(frozen=True, slots=True)
class Holds:
    """What relations and rules of the first pass say about an item: held (why), or zeroed (by which rule)."""

    held: tuple[Why, ...] = ()
    zeroed_by: str = ""
    maybe_zero: tuple[Why, ...] = ()


FREE = Holds()


def compile_item(criterion: Criterion, books: Books, places: int) -> Callable[[CaseScope, Holds], Item]:
    """Return the judge of a criterion."""
    applies = compile_expr(criterion.applies_when) if criterion.applies_when else None
    exempt = compile_expr(criterion.exempt_when) if criterion.exempt_when else None
    zero = compile_expr(criterion.zero_when) if criterion.zero_when else None
    score = compile_marks(criterion, books)

    def judge(scope: CaseScope, holds: Holds = FREE) -> Item:
        try:
            item = _scored(criterion, scope, applies, exempt, score, places)
            return _after(criterion, scope, item, zero, holds)
        except FAILURES as failure:
            reason = Reason("error", (("what", f"{type(failure).__name__}: {failure}"),))
            return Item(criterion.id, "error", 0, criterion.points, criterion.points, reason)

    return judge


def _scored(
    criterion: Criterion,
    scope: CaseScope,
    applies: Compiled | None,
    exempt: Compiled | None,
    score: MarksJudge,
    places: int,
) -> Item:
    """Steps 3 to 6: applies, exempt, measure, score, clamp, round once."""
    answer = applies(scope) if applies else True
    if answer is False:
        return _not_applicable(criterion)
    if isinstance(answer, Unknown):
        return _item(criterion, open_marks(answer.whys, 0, criterion.points, scope), None, places)
    free = exempt(scope) if exempt else False
    if free is True:
        return Item(criterion.id, "exempt", criterion.points, criterion.points, criterion.points, Reason("exempt"))
    marks, measured = score(scope)
    if marks is None:
        return _not_applicable(criterion)
    item = _item(criterion, marks, measured, places)
    if isinstance(free, Unknown) and item.hi < criterion.points:
        return _item(
            criterion,
            Marks(item.lo, criterion.points, item.reason, (*item.whys, *free.whys), item.parts),
            measured,
            places,
        )
    return item


def _not_applicable(criterion: Criterion) -> Item:
    points = criterion.points if criterion.not_applicable == "full" else 0
    reason = Reason("not_applicable", (("policy", criterion.not_applicable),))
    return Item(criterion.id, "not_applicable", points, points, criterion.points, reason)


def _item(criterion: Criterion, marks: Marks, measured: Measured | None, places: int) -> Item:
    """Clamp and round both bounds once, and name the outcome."""
    low, high = (round_half_up(_clamp(criterion, side), places) for side in (marks.lo, marks.hi))
    whys = marks.whys if low < high or marks.late else ()
    value = measured.value if measured and not isinstance(measured.value, Unknown | NotApplicable) else None
    shown = None if measured is UNMEASURED or value is None else _shown(value)
    outcome = outcome_of(low, high, criterion.points)
    return Item(criterion.id, outcome, low, high, criterion.points, marks.reason, whys, marks.parts, shown, marks.late)


def _shown(value: object) -> Number | str:
    return value if isinstance(value, str) else exact_number(value)


def exact_number(value: object) -> Number:
    if isinstance(value, bool):
        return int(value)
    return value  # type: ignore[return-value]  # a measure is a number here; dates and tables are refused at load


def _clamp(criterion: Criterion, points: Number) -> Number:
    floored = points if criterion.unfloored else max(points, 0)
    return floored if criterion.uncapped else min(floored, criterion.points)


def outcome_of(low: Number, high: Number, full: Number) -> Outcome:
    """Name the outcome of a pair of points.

    >>> outcome_of(0, 5, 5), outcome_of(5, 5, 5), outcome_of(2, 2, 5), outcome_of(0, 0, 5)
    ('unknown', 'met', 'partly_met', 'not_met')
    """
    if low < high:
        return "unknown"
    if low >= full:
        return "met"
    return "partly_met" if low > 0 else "not_met"


def _after(criterion: Criterion, scope: CaseScope, item: Item, zero: Compiled | None, holds: Holds) -> Item:
    """Step 7: hold, then the criterion's own zero, then the rules' zero."""
    if holds.held and item.outcome not in ("not_applicable", "error"):
        reason = Reason("held", (("before", exact(item.lo)),))
        item = Item(
            criterion.id,
            "unknown",
            0,
            criterion.points,
            criterion.points,
            reason,
            holds.held,
            item.parts,
            item.measured,
        )
    zeroed = zero(scope) if zero else False
    if zeroed is True:
        return _zeroed(item, Reason("zero_when"))
    if holds.zeroed_by:
        return _zeroed(item, Reason("zeroed", (("rule", holds.zeroed_by),)))
    doubts = (*(zeroed.whys if isinstance(zeroed, Unknown) else ()), *holds.maybe_zero)
    if doubts and item.hi > 0:
        whys = tuple(sorted({*item.whys, *doubts}))
        return Item(
            item.id, "unknown", min(item.lo, 0), item.hi, item.points, item.reason, whys, item.parts, item.measured
        )
    return item


def _zeroed(item: Item, reason: Reason) -> Item:
    return Item(item.id, "not_met", 0, 0, item.points, reason, (), item.parts, item.measured)
