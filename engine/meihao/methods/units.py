"""Says what stands after a value of a measure: %, 处, 个季度."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, Protocol

from ..core.text import Label
from ..expressions.fields import Field
from ..expressions.tree import Arithmetic, Constant, Days, Expr, Extreme, FieldValue, Rows

if TYPE_CHECKING:
    from .scribe import Scribe

Period = Literal["month", "quarter", "half_year", "year"]
PERIODS: Mapping[Period, Label] = {
    "month": Label("月", "months"),
    "quarter": Label("季度", "quarters"),
    "half_year": Label("半年", "half-years"),
    "year": Label("年", "years"),
}


class CountsIn(Protocol):
    """A measure, as far as its unit goes."""

    def is_percent(self, say: Scribe, /) -> bool: ...
    def counter(self, say: Scribe, /) -> str: ...


def unit_of(measure: CountsIn | None, say: Scribe) -> str:
    """Return the sign after a value of a measure: %, 处, 个季度."""
    if measure is None:
        return ""
    return "%" if measure.is_percent(say) else measure.counter(say)


def unit_of_field(field: Field, say: Scribe) -> str:
    """Return the sign after a value of a field as it stands."""
    return "%" if field.type == "percent" else _counter_word(field.measured_in, say)


def percentage_points(say: Scribe) -> str:
    """Return the word after steps of a percentage."""
    return say.pick("个百分点", " percentage points")


def counter_of(value: Expr, say: Scribe) -> str:
    """Return the unit of a value; that of a sum, a difference, a maximum or a minimum where its parts share one."""
    match value:
        case FieldValue(field=name) if name in say.fields:
            return _counter_word(say.fields[name].measured_in, say)
        case Rows(function="count", table=table, column=column):
            return counter_of_rows(table, column, say)
        case Days():
            return say.pick("天", " days")
        case Arithmetic(op="+" | "-", left=left, right=right):
            units = {counter_of(part, say) for part in (left, right) if not isinstance(part, Constant)}
        case Extreme(parts=parts):
            units = {counter_of(part, say) for part in parts if not isinstance(part, Constant)}
        case _:
            return ""
    return units.pop() if len(units) == 1 else ""


def counter_of_rows(table: str, distinct: str | None, say: Scribe) -> str:
    """Return what a table counts in, row by row, or the word for different values of one of its columns."""
    if distinct is not None:
        return say.pick("个", " different values")
    field = say.fields.get(table)
    return _counter_word(field.measured_in if field else Label(""), say) or say.pick("行", " rows")


def counter_of_period(period: Period, say: Scribe) -> str:
    """Return the word after a number of periods: 个季度, 年."""
    zh, en = PERIODS[period].zh, PERIODS[period].en
    return say.pick("个" + zh if zh != "年" else zh, f" {en}")


def _counter_word(unit: Label, say: Scribe) -> str:
    return say.pick(unit.zh, f" {unit.en}" if unit.en else "")
