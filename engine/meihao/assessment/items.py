"""One criterion of one case -> its item (design: order of effects, steps 3 to 7). Compiled once, run for every unit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..core.numbers import Number, exact, round_half_up
from ..core.unknown import Unknown, Why
from ..round.scope import CaseScope
from ..standard.expressions.evaluate import Compiled, compile_expr
from ..standard.model import Combine, Criterion, Measure, Part, PerItem, Process, Sample, Score, YesNo
from .documents import compile_documents
from .measured import UNMEASURED, Measured, Measurer, NotApplicable, compile_measure, compile_sample, numbers
from .methods.combine import PartJudge
from .methods.common import certain, open_marks
from .methods.menu import compile_score
from .results import Item, Marks, Outcome, Reason

FAILURES = (ArithmeticError, LookupError, TypeError, ValueError)
"""What a faulty method can raise on a case; the item becomes `error`, which blocks a pass, and never vanishes."""
MarksJudge = Callable[[CaseScope], tuple[Marks | None, Measured]]


@dataclass(frozen=True, slots=True)
class Holds:
    """What relations and rules of the first pass say about an item: held (why), or zeroed (by which rule)."""

    held: tuple[Why, ...] = ()
    zeroed_by: str = ""
    maybe_zero: tuple[Why, ...] = ()


FREE = Holds()


def compile_item(criterion: Criterion, processes: Sequence[Process], places: int) -> Callable[[CaseScope, Holds], Item]:
    """Return the judge of a criterion."""
    applies = compile_expr(criterion.applies_when) if criterion.applies_when else None
    exempt = compile_expr(criterion.exempt_when) if criterion.exempt_when else None
    zero = compile_expr(criterion.zero_when) if criterion.zero_when else None
    score = _compile_marks(criterion, processes)

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


def _compile_marks(criterion: Criterion, processes: Sequence[Process]) -> MarksJudge:
    documents = compile_documents(criterion.evidence)
    judge = _compile_measured(
        criterion.measure,
        criterion.sample,
        criterion.score,
        criterion.points,
        criterion.id,
        processes,
        bounds_of(criterion),
    )

    def marks(scope: CaseScope) -> tuple[Marks | None, Measured]:
        scored, measured = judge(scope)
        missing = documents(scope)
        if missing and scored is not None:
            low, high = bounds_of(criterion)
            return open_marks(missing, low, high, scope), measured
        return scored, measured

    return marks


def bounds_of(criterion: Criterion) -> tuple[Number, Number]:
    """Return the least and most that an unmeasured criterion may turn out to be.

    An unfloored or uncapped item has no such bounds of its own: it requires its facts, so its missing marks stay
    open by its whole full mark on the side that is not clamped, and lateness never turns them into 0.
    """
    return (-criterion.points if criterion.unfloored else 0, criterion.points)


def _compile_measured(
    measure: Measure | None,
    sample: Sample | None,
    score: Score,
    full: Number,
    key: str,
    processes: Sequence[Process],
    bounds: tuple[Number, Number],
) -> MarksJudge:
    """Return the judge of a measure with its score: of a criterion, or of a part."""
    parts = _compile_parts(score, full, key, processes) if isinstance(score, Combine) else ()
    scorer = compile_score(score, full, parts)
    read: Measurer = compile_measure(measure, key, processes) if measure else lambda scope: UNMEASURED
    sizes = compile_sample(sample) if sample else None

    def judge(scope: CaseScope) -> tuple[Marks | None, Measured]:
        if sizes and sample and (small := _too_small(sample, sizes(scope), key)):
            if isinstance(small, Unknown):
                return open_marks(small.whys, *bounds, scope), UNMEASURED
            return small, UNMEASURED
        measured = read(scope)
        if isinstance(measured.value, NotApplicable):
            return None, measured
        bounded = isinstance(score, PerItem) and measured.low is not None
        if isinstance(measured.value, Unknown) and not bounded:
            return open_marks(measured.value.whys, *bounds, scope), measured
        return scorer(scope, measured), measured

    return judge


def _too_small(sample: Sample, sizes: tuple[Number, Number] | Unknown, key: str) -> Marks | Unknown | None:
    if isinstance(sizes, Unknown):
        return sizes
    if sizes[0] >= sizes[1]:
        return None
    if sample.otherwise == "unknown":
        return Unknown((Why("sample_too_small", key),))
    return certain(sample.otherwise, "sample_too_small", ("size", sizes[0]), ("at_least", sizes[1]))


def _compile_parts(
    score: Combine, full: Number, key: str, processes: Sequence[Process]
) -> tuple[tuple[Number, PartJudge], ...]:
    return tuple(_compile_part(part, full, f"{key}#{i}", processes) for i, part in enumerate(score.parts))


def _compile_part(part: Part, full: Number, key: str, processes: Sequence[Process]) -> tuple[Number, PartJudge]:
    """Return a part's full mark and judge; its documents make that part alone unknown."""
    fixed = numbers([part.points])(None) if part.points is not None else (full,)  # type: ignore[arg-type]  # constant
    mark = fixed[0] if not isinstance(fixed, Unknown) else full
    documents = compile_documents(part.evidence)
    if part.when is not None:
        inner = _compile_measured(None, None, YesNo(when=part.when), mark, key, processes, (0, mark))
    else:
        assert part.score is not None
        inner = _compile_measured(part.measure, part.sample, part.score, mark, key, processes, (0, mark))

    def judge(scope: CaseScope) -> Marks:
        marks, _ = inner(scope)
        if marks is None:
            return certain(0, "part_not_applicable")
        missing = documents(scope)
        if missing and marks.hi > 0:
            return open_marks(missing, 0, mark, scope)
        return Marks(max(marks.lo, 0), min(marks.hi, mark), marks.reason, marks.whys, marks.parts, marks.late)

    return mark, judge
