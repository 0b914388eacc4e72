"""Counts rows, different values or different periods for `count_rows`, or gives bounds where some rows cannot be judged."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from ..core.calendar import within
from ..core.unknown import Unknown, Why, merge
from ..evidence.model import Row
from ..expressions.evaluate import Compiled, compile_expr
from ..expressions.scope import compared
from ..round.scope import NO_DATE, CaseScope
from ..standard.model import CountRows

Key = object
Counted = tuple[bool | Unknown, Key | Unknown]
"""Whether a row counts, and as what: the row itself, its value, or its period."""
Bounds = tuple[int, int, Unknown | None]
_MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}


def compile_count(measure: CountRows) -> Callable[[CaseScope], Bounds | Unknown]:
    """Return a reader of (least, greatest, why they differ); unknown where the table itself is."""
    test = compile_expr(measure.where, measure.table) if measure.where else None

    def read(scope: CaseScope) -> Bounds | Unknown:
        rows = scope.table(measure.table)
        return rows if isinstance(rows, Unknown) else _bounds(list(_counted(measure, test, scope, rows)))

    return read


def _counted(measure: CountRows, test: Compiled | None, scope: CaseScope, rows: tuple[Row, ...]) -> Iterator[Counted]:
    for number, row in enumerate(rows):
        answer = test(scope, row) if test else True
        dated = _in_window(measure, scope, row)
        if answer is False or dated is False:
            continue
        doubts = [part for part in (answer, dated) if isinstance(part, Unknown)]
        yield (merge(*doubts) if doubts else True), _key(measure, row, number)


def _in_window(measure: CountRows, scope: CaseScope, row: Row) -> bool | Unknown:
    if not (measure.dated and measure.look_back):
        return True
    day = row.get(measure.dated)
    if not isinstance(day, date):
        return _missing(measure, measure.dated)
    return NO_DATE if scope.reference_date is None else within(day, measure.look_back, scope.reference_date)


def _key(measure: CountRows, row: Row, number: int) -> Key | Unknown:
    if measure.each and measure.dated:
        day = row.get(measure.dated)
        months = _MONTHS[measure.each]
        return (day.year, (day.month - 1) // months) if isinstance(day, date) else _missing(measure, measure.dated)
    if measure.distinct:
        return compared(row[measure.distinct]) if measure.distinct in row else _missing(measure, measure.distinct)
    return number


def _missing(measure: CountRows, column: str) -> Unknown:
    return Unknown((Why("missing_fact", f"{measure.table}.{column}"),))


def _bounds(counted: list[Counted]) -> Bounds:
    """Return the bounds: a row without its value stands for some value, perhaps a new one, perhaps one that counts already."""
    sure = {key for passes, key in counted if passes is True and not isinstance(key, Unknown)}
    maybe = [(key, passes) for passes, key in counted if isinstance(passes, Unknown) and not isinstance(key, Unknown)]
    new = [(key, passes) for key, passes in maybe if key not in sure]
    nameless = [(key, passes) for passes, key in counted if isinstance(key, Unknown)]
    low = max(len(sure), min(1, sum(passes is True for _, passes in nameless)))
    high = len(sure) + len({key for key, _ in new}) + len(nameless)
    doubts = [part for pair in (*new, *nameless) for part in pair if isinstance(part, Unknown)]
    return low, high, merge(*doubts) if low < high else None
