"""Measures `count_rows`: rows, different values or different periods; bounds where some rows cannot be judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from ...core.calendar import Duration, within
from ...core.unknown import Unknown, Why, merge
from ...expressions.evaluate import compile_expr
from ...expressions.fields import Field
from ...expressions.scope import Compiled, Row, compared
from ...expressions.tree import Expr
from .. import messages as says
from ..marks import NO_DATE, JudgingScope
from ..measured import Measured, Measurer
from ..method import MeasureRecord
from ..process import Process
from ..spans import Fields, Span
from ..units import PERIODS, Period, counter_of_period, counter_of_rows

if TYPE_CHECKING:
    from ...text_in.yaml_value import YamlValue
    from ..reader import PackReader
    from ..scribe import Scribe


Key = object
Counted = tuple[bool | Unknown, Key | Unknown]
"""Whether a row counts, and as what: the row itself, its value, or its period."""
Bounds = tuple[int, int, Unknown | None]
_MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}


class CountRows(MeasureRecord, frozen=True):
    """`count_rows: TABLE`: rows that pass `where` and lie in the window; `distinct` column; or distinct `each` periods."""

    keys: ClassVar[tuple[str, ...]] = ("count_rows",)
    table: str
    where: Expr | None = None
    dated: str | None = None
    look_back: Duration | None = None
    distinct: str | None = None
    each: Period | None = None

    @classmethod
    def read(cls, written: YamlValue, reader: PackReader) -> CountRows:
        table = reader.table(written["count_rows"])
        dated, look_back = _read_dates(written, reader, table)
        distinct = reader.column(table, written.get("distinct")) or None
        each = written.text("each") or None
        passing = reader.where(written, "where", table)
        return cls(written.text("count_rows"), passing, dated, look_back, distinct, each)  # type: ignore[arg-type]  # enum

    def span(self, fields: Fields) -> Span:
        return Span(0, fields[self.table].rows_at_most if self.table in fields else None, whole=True)

    def may_be_zero(self, applies_when: Expr | None, fields: Fields) -> bool:
        return False

    def reads(self, processes: Mapping[str, Process]) -> tuple[str, ...]:
        return (self.table,)

    def compile(self, key: str, processes: Sequence[Process]) -> Measurer:
        """Return a reader; where some rows cannot be judged, it gives bounds."""
        test = compile_expr(self.where, self.table) if self.where else None

        def read(scope: JudgingScope) -> Measured:
            rows = scope.table(self.table)
            if isinstance(rows, Unknown):
                return Measured(rows)
            low, high, doubt = _bounds(list(_counted(self, test, scope, rows)))
            return Measured(low) if doubt is None else Measured(doubt, low, high)

        return read

    def text(self, say: Scribe) -> str:
        table = say.field(self.table)
        where = say.words(self.where, self.table) if self.where else ""
        counted = _counted_text(self, say)
        when_zh = f"评定日前{self.look_back.zh()}内" if self.look_back else ""
        when_en = f" within {self.look_back} before the reference date" if self.look_back else ""
        return say.pick(
            f"{when_zh}“{table}”中{f'{where}的' if where else ''}{counted}",
            f"{counted} of “{table}”{f' where {where}' if where else ''}{when_en}",
        )

    def is_percent(self, say: Scribe) -> bool:
        return False

    def counter(self, say: Scribe) -> str:
        return counter_of_period(self.each, say) if self.each else counter_of_rows(self.table, self.distinct, say)


def _counted_text(measure: CountRows, say: Scribe) -> str:
    if measure.each:
        zh, en = PERIODS[measure.each].zh, PERIODS[measure.each].en
        return say.pick(f"记录所在的{zh}数", f"the number of {en} with rows")
    if measure.distinct:
        column = say.column(measure.table, measure.distinct)
        return say.pick(f"不同{column}数", f"the number of different values of {column}")
    return say.pick("记录条数", "the number of rows")


def _read_dates(written: YamlValue, reader: PackReader, table: Field | None) -> tuple[str | None, Duration | None]:
    """Read the window; with `each:` a date column may stand alone: it says which period a row belongs to."""
    if "each" not in written:
        return reader.window(written, table)
    if "dated" not in written:
        reader.say(says.DATED_AND_WINDOW, written["each"].key_source)
    return reader.column(table, written.get("dated"), "date") or None, written.duration("look_back")


def _counted(
    measure: CountRows, test: Compiled | None, scope: JudgingScope, rows: tuple[Row, ...]
) -> Iterator[Counted]:
    for number, row in enumerate(rows):
        answer = test(scope, row) if test else True
        dated = _in_window(measure, scope, row)
        if answer is False or dated is False:
            continue
        doubts = [part for part in (answer, dated) if isinstance(part, Unknown)]
        yield (merge(*doubts) if doubts else True), _key(measure, row, number)


def _in_window(measure: CountRows, scope: JudgingScope, row: Row) -> bool | Unknown:
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
