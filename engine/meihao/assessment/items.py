"""Judges one criterion of one case (order of effects, steps 3 to 7). It is compiled once and run for every unit."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from ..core.numbers import Number, exact, round_half_up
from ..core.unknown import Unknown, Why
from ..expressions.evaluate import compile_expr
from ..methods.marks import LATE, OPEN, Marks, Reason, open_marks
from ..methods.measured import UNMEASURED, Measured, NotApplicable
from ..round.scope import CaseScope
from ..standard.model import Criterion
from .extremes import bounds_of
from .looks import ENOUGH, compile_looks, with_looks, without
from .marks import Books, compile_marks
from .results import Item, Outcome

NO_VALUE = (Unknown, NotApplicable)
FAILURES = (ArithmeticError, LookupError, TypeError, ValueError)
"""What a faulty method can raise on a case; the item becomes `error`, which blocks a pass, and never vanishes."""


class Holds(Struct, frozen=True):
    """What relations and rules of the first pass say about an item: held (why), or zeroed (by which rule)."""

    held: tuple[Why, ...] = ()
    zeroed_by: str = ""
    maybe_zero: tuple[Why, ...] = ()


FREE = Holds()


def compile_item(criterion: Criterion, books: Books, places: int) -> Callable[[CaseScope, Holds], Item]:
    """Return the judge of a criterion."""
    zero = compile_expr(criterion.zero_when) if criterion.zero_when else None
    bounds = bounds_of(criterion, books.fields)
    scored = _compile_scored(criterion, books, places, bounds)
    looks = compile_looks(criterion, books.fields, books.processes)

    def judge(scope: CaseScope, holds: Holds = FREE) -> Item:
        try:
            short = looks(scope)
            if short is not ENOUGH:
                scope = without(scope, short, criterion.id)
            item = with_looks(scored(scope), short, criterion.looks)
            if zero is None and holds is FREE:
                return item
            if holds.held and item.outcome == "not_applicable":
                item = scored(scope.settled())  # a value in dispute leaves no item out
            answer = zero(scope.settled()) if zero else False
            return _zero(criterion, scope, _hold(item, holds, bounds), answer, holds)
        except FAILURES as failure:
            reason = Reason("error", (("what", f"{type(failure).__name__}: {failure}"),))
            return Item(criterion.id, "error", 0, criterion.points, criterion.points, reason)

    return judge


def _compile_scored(
    criterion: Criterion, books: Books, places: int, bounds: tuple[Number, Number]
) -> Callable[[CaseScope], Item]:
    """Return the judge of steps 3 to 6: applies, exempt, measure, score, clamp, round once."""
    applies = compile_expr(criterion.applies_when) if criterion.applies_when else None
    exempt = compile_expr(criterion.exempt_when) if criterion.exempt_when else None
    score = compile_marks(criterion, books)

    def judge(scope: CaseScope) -> Item:
        if applies is not None:
            answer = applies(scope)
            if answer is False:
                return _not_applicable(criterion)
            if isinstance(answer, Unknown):
                return _item(criterion, open_marks(answer.whys, *bounds, scope), UNMEASURED, places)
        free = exempt(scope) if exempt else False
        if free is True:
            return Item(criterion.id, "exempt", criterion.points, criterion.points, criterion.points, Reason("exempt"))
        marks, measured = score(scope)
        item = _not_applicable(criterion) if marks is None else _item(criterion, marks, measured, places)
        return _maybe_exempt(scope, item, free) if isinstance(free, Unknown) else item

    return judge


def _maybe_exempt(scope: CaseScope, item: Item, free: Unknown) -> Item:
    """Return the item with full points among what is possible; after the deadline an exemption not shown is none."""
    if item.lo == item.hi == item.points:
        return item
    whys = tuple(sorted({*item.whys, *free.whys}))
    if scope.is_late(free.whys):
        return replace(item, whys=whys, late=True)
    return _opened(item, min(item.lo, item.points), max(item.hi, item.points), whys)


def _opened(item: Item, low: Number, high: Number, whys: tuple[Why, ...]) -> Item:
    reason = OPEN if item.outcome == "not_applicable" else item.reason
    return replace(item, outcome="unknown", lo=low, hi=high, reason=reason, whys=whys, late=False)


def _not_applicable(criterion: Criterion) -> Item:
    points = criterion.points if criterion.not_applicable == "full" else 0
    reason = Reason("not_applicable", (("policy", criterion.not_applicable),))
    return Item(criterion.id, "not_applicable", points, points, criterion.points, reason)


def _item(criterion: Criterion, marks: Marks, measured: Measured, places: int) -> Item:
    """Clamp and round both bounds once, and name the outcome."""
    full, late = criterion.points, marks.late
    low = _printed(criterion, marks.lo, places)
    # Certain marks hold one number twice, and most are certain: it is rounded once.
    high = low if marks.hi is marks.lo else _printed(criterion, marks.hi, places)
    whys = marks.whys if late or low < high else ()
    shown = None if measured is UNMEASURED else _shown(measured.value)
    outcome = outcome_of(low, high, full)
    return Item(criterion.id, outcome, low, high, full, marks.reason, whys, marks.parts, shown, late, measured.of)


def _shown(value: object) -> Number | str | None:
    """Return a measured value for the record; None where there is none."""
    if isinstance(value, NO_VALUE):
        return None
    return int(value) if isinstance(value, bool) else value  # type: ignore[return-value]  # dates and tables are refused at load


def _printed(criterion: Criterion, points: Number, places: int) -> Number:
    """Clamp to [0, full marks] unless the criterion lets them pass, then round once."""
    if points < 0 and not criterion.unfloored:
        return 0
    if points > criterion.points and not criterion.uncapped:
        points = criterion.points
    return round_half_up(points, places)


def outcome_of(low: Number, high: Number, full: Number) -> Outcome:
    """Return the outcome of a pair of points.

    >>> outcome_of(0, 5, 5), outcome_of(5, 5, 5), outcome_of(2, 2, 5), outcome_of(0, 0, 5)
    ('unknown', 'met', 'partly_met', 'not_met')
    """
    if low < high:
        return "unknown"
    if low >= full:
        return "met"
    return "partly_met" if low > 0 else "not_met"


def _hold(item: Item, holds: Holds, bounds: tuple[Number, Number]) -> Item:
    """Step 7, first half: a held item is open, whatever it earned."""
    if not holds.held or item.outcome == "not_applicable":
        return item
    reason = Reason("held", (("before", exact(item.lo)),))
    return replace(item, outcome="unknown", lo=bounds[0], hi=bounds[1], reason=reason, whys=holds.held, late=False)


def _zero(criterion: Criterion, scope: CaseScope, item: Item, answer: object, holds: Holds) -> Item:
    """Step 7, second half: the criterion's own zero, then the rules' zero. A zero that may come leaves the item open."""
    if answer is True:
        return _zeroed(item, Reason("zero_when"))
    if holds.zeroed_by:
        return _zeroed(item, Reason("zeroed", (("rule", holds.zeroed_by),)))
    left_out = item.outcome == "not_applicable"
    own = answer.whys if isinstance(answer, Unknown) else ()
    if own and scope.is_late(own):
        return item if left_out else replace(_zeroed(item, LATE), whys=own, late=True)
    low, high = min(item.lo, 0), max(item.hi, 0)
    if left_out and criterion.not_applicable == "reweight":
        high = item.points
    doubts = (*own, *holds.maybe_zero)
    return _opened(item, low, high, tuple(sorted({*item.whys, *doubts}))) if doubts and low < high else item


def _zeroed(item: Item, reason: Reason) -> Item:
    before = (item.lo, item.hi)
    return replace(item, outcome="not_met", lo=0, hi=0, reason=reason, whys=(), late=False, before=before)
