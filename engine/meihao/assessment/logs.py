"""Counts how many logged cases went through every step of a process in order; moves out of order do not count."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import pairwise

from ..core.unknown import Unknown
from ..round.scope import NO_DATE, CaseScope
from ..standard.model import Deadline, PercentOfLog, Process

Steps = Mapping[str, object]


def transitions(process: Process) -> Mapping[str, tuple[str, ...]]:
    """Return the transition table: from each step the steps that may follow ("" is the start)."""
    forward = dict(zip(("", *process.steps[:-1]), ((step,) for step in process.steps), strict=True))
    table = {**forward, process.steps[-1]: ()}
    for last, earlier in process.back:
        table[last] = (*table[last], earlier)
    return table


def follow(process: Process, events: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Walk a sequence of steps; return the accepted ones and the rejected ones, each in order.

    An illegal step is rejected and leaves the state as it was; it never waits for a later state.
    """
    table = transitions(process)
    state, accepted, rejected = "", [], []
    for event in events:
        if event in table[state]:
            state = event
            accepted.append(event)
        else:
            rejected.append(event)
    return tuple(accepted), tuple(rejected)


def in_order(process: Process, row: Steps, same_day: str) -> bool:
    """Say whether every step is dated and no step precedes the one before it (each date is the step's last occurrence)."""
    days = [row.get(step) for step in process.steps]
    dated = [day for day in days if isinstance(day, date)]
    if len(dated) < len(days):
        return False
    return all(a < b if same_day == "refused" else a <= b for a, b in pairwise(dated))


def in_time(deadline: Deadline, row: Steps) -> bool:
    """Say whether the later step followed within the deadline; the last day counts, a missing step does not meet it."""
    start, end = row.get(deadline.start), row.get(deadline.end)
    if not isinstance(start, date) or not isinstance(end, date):
        return False
    return start <= end <= deadline.at_most.after(start)


def compile_log(measure: PercentOfLog, process: Process) -> Callable[[CaseScope], tuple[int, int] | Unknown]:
    """Return a reader of (logs closed, logs counted) for a case."""

    def closed(row: Steps) -> bool:
        ordered = measure.only_deadlines or in_order(process, row, measure.same_day)
        return ordered and all(in_time(deadline, row) for deadline in measure.deadlines)

    def read(scope: CaseScope) -> tuple[int, int] | Unknown:
        rows = scope.table(process.log)
        if isinstance(rows, Unknown):
            return rows
        if (measure.started_within or measure.leave_out_if_started_within) and scope.reference_date is None:
            return NO_DATE
        counted = [row for row in rows if _counts(measure, row.get(process.steps[0]), scope.reference_date)]
        return sum(closed(row) for row in counted), len(counted)

    return read


def _counts(measure: PercentOfLog, started: object, reference: date | None) -> bool:
    """Say whether a log is in the denominator; one without its first date is, and counts as not closed."""
    if not isinstance(started, date) or reference is None:
        return True
    if measure.started_within and not measure.started_within.before(reference) < started <= reference:
        return False
    young = measure.leave_out_if_started_within
    return not (young and young.before(reference) < started)
