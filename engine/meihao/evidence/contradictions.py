"""Finds what contradicts itself: a part above its whole, a row given twice, a total among the rows, a date still to come."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import TypeGuard

from msgspec import Struct

from ..core.numbers import Number
from ..core.problems import Message, Problem, Problems, Source
from ..core.text import Label, bare
from ..standard.model import Column, Field, Pack
from .model import Observation, Row, UnitEvidence
from .shown import shown

PART_ABOVE_WHOLE = Message(
    "E116", "error", "“{part}”为{value}，大于“{whole}”的{limit}（{other}）",
    "“{part}” is {value}, more than “{whole}”, which is {limit} at {other}",
    "核对这两个数：前一个是后一个的一部分", "check both figures: the first is a part of the second",
)  # fmt: skip
TOTAL_ROW = Message(
    "E117", "error", "“{label}”的这一行是“{value}”，不是一条记录", "this row of “{label}” is a “{value}”, not an entry",
    "删去合计行；程序自己会加", "delete the row of totals: sums are made by the program",
)  # fmt: skip
ROW_TWICE = Message(
    "E118", "error", "“{label}”里这一行和{other}完全相同，这样重复的共{rows}行",
    "this row of “{label}” is the same as that at {other}; rows that repeat another: {rows}",
    "重复的删去；确是两条记录，写上编号、名称等加以区分", "delete what is double; tell two real entries apart by a code or name",
)  # fmt: skip
SAME_ROWS = Message(
    "E119", "warning", "“{label}”里这一行和{other}完全相同，这样重复的共{rows}行，都计了数",
    "this row of “{label}” is the same as that at {other}; rows that repeat another: {rows}, all of them counted",
    "重复的删去", "delete what is double",
)  # fmt: skip
NOT_YET = Message(
    "E121", "error", "“{label}”为{day}，晚于交表的日子{last}", "“{label}” is {day}, after {last}, the day of handing in",
    "核对日期；还没有做的不要填", "check the date; leave out what has not happened yet",
)  # fmt: skip
AFTER_REFERENCE = Message(
    "E122", "warning", "“{label}”为{day}，晚于评定日{last}", "“{label}” is {day}, after {last}, the reference date",
    "核对日期；评定日以后的不计", "check the date: what came later does not count",
)  # fmt: skip
_TOTAL = re.compile(r"(本页|本月|本年|以上|全部|累计)?(合计|小计|总计|共计|累计|总和)|(sub|grand)?-?totals?|sum")


class Latest(Struct, frozen=True):
    """The last day on which anything can have happened, and what to say of a later one."""

    day: date
    said: Message = NOT_YET

    def check(self, value: object, meant: Field | Column, at: Source) -> Problems:
        """Return what is wrong with a value of a field or column that is a day to come."""
        if not isinstance(value, date) or value <= self.day or meant.may_lie_ahead:
            return ()
        return (self.said.at(at, label=meant.title, day=value, last=self.day),)


def at_door(latest: Latest | None) -> Latest | None:
    """Return the last day of a record or a document: they are only asked when they are handed in."""
    return latest if latest is not None and latest.said is NOT_YET else None


# ---- parts and wholes


def parts_above_wholes(units: Sequence[UnitEvidence], pack: Pack) -> Iterator[Problem]:
    """Yield a problem for each part that is greater than the whole which the same person gave on the same day."""
    fields = {field.id: field for field in pack.fields}
    pairs = [(field, fields[field.at_most]) for field in pack.fields if field.at_most in fields]
    needed = {field.id for pair in pairs for field in pair}
    for unit in units:
        records: dict[tuple[object, ...], dict[str, Observation]] = {}
        for one in unit.observations:
            if one.field in needed:
                records.setdefault((one.role, one.observer, one.day, one.as_of), {})[one.field] = one
        for record in records.values():
            for part, whole in pairs:
                if part.id in record and whole.id in record:
                    yield from _compared(part, whole, record)


def _compared(part: Field, whole: Field, record: Mapping[str, Observation]) -> Iterator[Problem]:
    less, more = record[part.id], record[whole.id]
    if _is_number(less.value) and _is_number(more.value) and less.value > more.value:
        values = {"value": shown(less.value, part), "limit": shown(more.value, whole)}
        yield PART_ABOVE_WHOLE.at(
            less.source, part=part.title, whole=whole.title, other=_beside(more.source, less.source), **values
        )


def _is_number(value: object) -> TypeGuard[Number]:
    return isinstance(value, int | Fraction)


# ---- rows


def is_total(text: str) -> bool:
    """Say whether a cell heads a row of totals.

    >>> is_total("合计"), is_total(" 小 计："), is_total("Grand total"), is_total("总计划")
    (True, True, True, False)
    """
    return _TOTAL.fullmatch(bare(text).rstrip(":")) is not None


def odd_rows(rows: Sequence[Row], field: Field, places: Mapping[tuple[int, str], Source], at: Source) -> Problems:
    """Return what is wrong with rows as rows: the first that repeats another, told once, and each that is a total."""
    first: dict[frozenset[tuple[str, object]], int] = {}
    again: list[tuple[int, int]] = []
    problems: list[Problem] = []
    for number, row in enumerate(rows):
        for name, cell in row.items():
            if isinstance(cell, str) and len(cell) < 20 and is_total(cell):
                problems.append(TOTAL_ROW.at(places.get((number, name), at), label=field.title, value=cell))
        if row and (before := first.setdefault(frozenset(row.items()), number)) != number:
            again.append((number, before))
    if again:
        here, other = (_place(n, rows[n], places, at) for n in again[0])
        said = ROW_TWICE if field.unique_rows else SAME_ROWS
        problems.append(said.at(here, label=field.title, other=_beside(other, here), rows=len(again)))
    return tuple(problems)


def _beside(other: Source, here: Source) -> Label:
    """Return a second place as briefly as it can be said to somebody who looks at the first."""
    if other.file != here.file or not (other.cell or other.row or other.line):
        return Label(str(other), str(other))
    if other.cell:
        place = other.cell if other.sheet == here.sheet else f"{other.sheet}!{other.cell}"
        return Label(place, place)
    if other.row:
        return Label(f"第{other.row}行", f"row {other.row}")
    return Label(f"第{other.line}行第{other.column}列", f"line {other.line}, column {other.column}")


def _place(number: int, row: Row, places: Mapping[tuple[int, str], Source], at: Source) -> Source:
    return next((places[number, name] for name in row if (number, name) in places), at)
