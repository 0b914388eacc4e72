"""Reads `measure:` into one of the closed menu, together with its rule on samples."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from ...core.calendar import Duration
from ...core.numbers import Number
from ...core.text import hints
from ...text_in.spot import Spot
from .. import messages as says
from ..model import (
    AgainstMean,
    ChangeFrom,
    CountRows,
    Deadline,
    Field,
    FieldMeasure,
    Index,
    Measure,
    Per,
    Percent,
    PercentOfLog,
    PercentOfRows,
    Process,
    RankInRound,
    Sample,
    SmallGroup,
    WhenZero,
)
from .desk import Desk
from .values import NOTHING, expression, value, where


def read_measure(spot: Spot, desk: Desk) -> Measure:
    """Read a measure by the key that names it."""
    name = next(key for key in _MENU if key in spot)
    return _MENU[name](spot, desk)


def read_sample(spot: Spot | None, desk: Desk) -> Sample | None:
    """Read `sample:` inside a measure."""
    if spot is None or (sample := spot.get("sample")) is None:
        return None
    return Sample(value(sample["size"], desk), value(sample["at_least"], desk), _unknown_or_number(sample, "otherwise"))


def _unknown_or_number(spot: Spot, key: str) -> Literal["unknown"] | Number:
    return "unknown" if key not in spot or spot[key].data == "unknown" else spot.number(key)


def _when_zero(spot: Spot) -> WhenZero:
    found = spot.get("when_zero")
    if found is None:
        return None
    if found.data in ("unknown", "not_applicable"):
        return found.as_text()  # type: ignore[return-value]  # one of the two
    return found.as_number()


def _field(spot: Spot, desk: Desk) -> Measure:
    return FieldMeasure(expression(spot["field"], desk, None))


def _percent(spot: Spot, desk: Desk) -> Measure:
    part, whole = (expression(spot[key], desk, "number") for key in ("percent", "of"))
    return Percent(part, whole, _when_zero(spot))


def _percent_of_rows(spot: Spot, desk: Desk) -> Measure:
    table = desk.table(spot["percent_of_rows"])
    passing, among = where(spot, "where", desk, table) or NOTHING, where(spot, "among", desk, table)
    return PercentOfRows(spot.text("percent_of_rows"), passing, among, _when_zero(spot))


def _percent_of_log(spot: Spot, desk: Desk) -> Measure:
    name = desk.known(says.UNKNOWN_PROCESS, "process", spot["percent_of_log"], desk.book.processes)
    process = desk.book.processes.get(name)
    if process is not None:
        desk.field_at(process.log, spot["percent_of_log"].source)
    return PercentOfLog(
        name,
        spot.duration("started_within"),
        spot.duration("leave_out_if_started_within"),
        spot.text("same_day", "allowed"),  # type: ignore[arg-type]  # one of the schema's enum
        tuple(_deadline(entry, process, desk) for entry in spot.each("deadlines")),
        spot.flag("only_deadlines"),
        _when_zero(spot),
    )


def _deadline(spot: Spot, process: Process | None, desk: Desk) -> Deadline:
    for key in ("start", "end"):
        step = spot.text(key)
        if process is not None and step not in process.steps:
            desk.say(says.UNKNOWN_STEP, spot[key].source, process=process.id, step=step, **hints(step, process.steps))
    return Deadline(spot.text("start"), spot.text("end"), spot.duration("at_most") or Duration(1, "days"))


def window(spot: Spot, desk: Desk, table: Field | None) -> tuple[str | None, Duration | None]:
    """Read `dated:` and `look_back:`, which belong together."""
    if ("dated" in spot) != ("look_back" in spot):
        lone = spot["dated" if "dated" in spot else "look_back"]
        desk.say(says.DATED_AND_WINDOW, lone.key_source)
    return desk.column(table, spot.get("dated"), "date") or None, spot.duration("look_back")


def _count_rows(spot: Spot, desk: Desk) -> Measure:
    table = desk.table(spot["count_rows"])
    dated, look_back = _dates_of_rows(spot, desk, table)
    distinct = desk.column(table, spot.get("distinct")) or None
    each = spot.text("each") or None
    passing = where(spot, "where", desk, table)
    return CountRows(spot.text("count_rows"), passing, dated, look_back, distinct, each)  # type: ignore[arg-type]  # enum


def _dates_of_rows(spot: Spot, desk: Desk, table: Field | None) -> tuple[str | None, Duration | None]:
    """Read the window; with `each:` a date column may stand alone: it says which period a row belongs to."""
    if "each" not in spot:
        return window(spot, desk, table)
    if "dated" not in spot:
        desk.say(says.DATED_AND_WINDOW, spot["each"].key_source)
    return desk.column(table, spot.get("dated"), "date") or None, spot.duration("look_back")


def _per(spot: Spot, desk: Desk) -> Measure:
    count, of = (expression(spot[key], desk, "number") for key in ("count", "of"))
    return Per(value(spot["per"], desk), count, of, _when_zero(spot))


def _change_from(spot: Spot, desk: Desk) -> Measure:
    before, now = (expression(spot[key], desk, "number") for key in ("change_from", "now"))
    return ChangeFrom(before, now, spot.text("as", "percent"), _when_zero(spot))  # type: ignore[arg-type]  # enum


def _within(spot: Spot, desk: Desk) -> str | None:
    if (found := spot.get("within")) is None:
        return None
    name = found.as_text()
    if name == "stage":
        desk.say(says.NOT_A_CLASS, found.source, field=name)
    else:
        desk.classes(name, found.source)
    return name


def _small(spot: Spot) -> SmallGroup:
    if (found := spot.get("small_group")) is None:
        return SmallGroup()
    return SmallGroup(found.whole("fewer_than"), _unknown_or_number(found, "otherwise"))


def _rank_in_round(spot: Spot, desk: Desk) -> Measure:
    return RankInRound(
        expression(spot["rank_in_round"], desk, "number"),
        spot.text("first", "highest"),  # type: ignore[arg-type]  # one of the schema's enum
        _within(spot, desk),
        spot.text("as", "place"),  # type: ignore[arg-type]  # one of the schema's enum
        _small(spot),
    )


def _against_mean(spot: Spot, desk: Desk) -> Measure:
    return AgainstMean(
        expression(spot["against_mean"], desk, "number"),
        _within(spot, desk),
        spot.text("as", "difference"),  # type: ignore[arg-type]  # one of the schema's enum
        _small(spot),
    )


def _index(spot: Spot, desk: Desk) -> Measure:
    return Index(
        expression(spot["index"], desk, "number"),
        spot.text("better", "high"),  # type: ignore[arg-type]  # one of the schema's enum
        _within(spot, desk),
        _small(spot),
    )


_MENU: Mapping[str, Callable[[Spot, Desk], Measure]] = {
    "field": _field,
    "percent": _percent,
    "percent_of_rows": _percent_of_rows,
    "percent_of_log": _percent_of_log,
    "count_rows": _count_rows,
    "per": _per,
    "change_from": _change_from,
    "rank_in_round": _rank_in_round,
    "against_mean": _against_mean,
    "index": _index,
}
