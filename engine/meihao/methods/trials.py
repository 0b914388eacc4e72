"""Chooses the cases that an author should write for a score: one with full marks, one without points, and each edge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from math import ceil
from typing import Literal

from msgspec import Struct

from ..core.numbers import Number, divide
from ..core.text import Label
from ..core.unknown import Unknown, Why
from ..expressions.tree import Expr, FieldValue, Lookup, Not
from .measured import Measured, Scorer
from .spans import Span, cases_of, in_case

Outcome = Literal["met", "not_met", ""]
Given = Mapping[str, Number | str | bool]
Turn = Expr | Number | None
HOLDS, FAILS = Label("条件成立", "the condition holds"), Label("条件不成立", "the condition does not hold")
ALL_HOLD, NONE_HOLDS = Label("各项都符合", "all of them hold"), Label("各项都不符合", "none of them holds")
ONE_SHORT = Label("第一项不符合，其余符合", "all but the first hold")


class Trial(Struct, frozen=True):
    """A case to write: the value that is measured, or else how the conditions stand.

    `given` are the facts that make conditions stand so, or the class by which edges are looked up; None where the author
    must find them. `outcome` is what comes of it by the score as written; "" where the points are to be worked out.
    """

    outcome: Outcome
    value: Number | str | None = None
    stand: Label = Label("")
    given: Given | None = None


class _Unit:
    """A unit of which no more than a class is known: other numbers that are looked up stay open."""

    def __init__(self, given: Given) -> None:
        self.given = given

    reference_date = None
    stage = ""

    def is_late(self, whys: Iterable[Why]) -> bool:
        return False

    def fact(self, field: str) -> Number | str | Unknown:
        return self.given.get(field, self.table(field))

    def table(self, field: str) -> Unknown:
        return Unknown((Why("missing_fact", field),))

    def known_rows(self, field: str) -> tuple[()]:
        return ()

    def item(self, function: str, item: str) -> Unknown:
        return self.table(item)

    finding = cohort_value = table


def at_edges(
    scorer: Scorer, full: Number, span: Span, edges: Sequence[Turn], both_sides: bool = False
) -> Iterator[Trial]:
    """Yield a trial at each edge within the span, by value; with `both_sides` also beside it, where the points change.

    Edges that are looked up by a class are those of its first one.
    """
    case = next(cases_of([edge for edge in edges if isinstance(edge, Lookup)]))
    given = {case.by.field: case.name} if isinstance(case.by, FieldValue) and case.name else {}
    unit, step = _Unit(given), 1 if span.whole else Fraction(1, 10)

    def marks(value: Number) -> tuple[Number, Number]:
        found = scorer(unit, Measured(value))
        return found.lo, found.hi

    values: set[Number] = set()
    for written in edges:
        edge = written if written is None or isinstance(written, Number) else in_case(written, case)
        if edge is None or not span.holds(edge):
            continue
        values.add(edge)
        beside = (value for value in (edge - step, edge + step) if both_sides and span.holds(value))
        values.update(value for value in beside if marks(value) != marks(edge))
    yield from (Trial(_outcome(*marks(value), full), value, given=given or None) for value in sorted(values))


def in_classes(points: Iterable[tuple[str, Number | None]], full: Number) -> Iterator[Trial]:
    """Yield a trial for each class with its points; None where these are not written out."""
    yield from (Trial("" if given is None else _outcome(given, given, full), code) for code, given in points)


def of_conditions(conditions: Sequence[Expr | None], best: Outcome = "met") -> Iterator[Trial]:
    """Yield trials in which all conditions hold, none, and of several all but the first; None is a part that is no condition."""
    several = len(conditions) > 1
    yield Trial(best, stand=ALL_HOLD if several else HOLDS, given=_given(conditions, [True] * len(conditions)))
    if several:
        yield Trial("", stand=ONE_SHORT, given=_given(conditions, [False, *[True] * (len(conditions) - 1)]))
    yield Trial("not_met", stand=NONE_HOLDS if several else FAILS, given=_given(conditions, [False] * len(conditions)))


def turns(for_each: Number | None, points: Number | None, most: Number) -> tuple[Number, ...]:
    """Return 0, one step, and so many steps as `points` each come to `most`; none where a number is not written out.

    >>> turns(10, 2, 5)
    (0, 10, 30)
    """
    if not for_each or not points:
        return ()
    return 0, for_each, for_each * ceil(divide(most, points))


def _outcome(low: Number, high: Number, full: Number) -> Outcome:
    return "met" if low >= full else "not_met" if high <= 0 else ""


def _given(conditions: Sequence[Expr | None], answers: Sequence[bool]) -> Given | None:
    """Return the yes-no facts that give these answers; None where a condition asks for more than one such fact."""
    found: dict[str, bool] = {}
    for condition, answer in zip(conditions, answers, strict=True):
        match condition:
            case FieldValue(name):
                fact = answer
            case Not(FieldValue(name)):
                fact = not answer
            case _:
                return None
        if found.setdefault(name, fact) != fact:
            return None
    return found
