"""Reads `measure:` into one of the closed menu, together with its rule on samples."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from ...core.calendar import Duration
from ...core.numbers import Number
from ...core.text import hints
from ...text_in.yaml_value import YamlValue
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
from .reader import PackReader
from .values import NOTHING, expression, value, where


def read_measure(written: YamlValue, reader: PackReader) -> Measure:
    """Read a measure by the key that names it."""
    name = next(key for key in _MENU if key in written)
    return _MENU[name](written, reader)


def read_sample(written: YamlValue | None, reader: PackReader) -> Sample | None:
    """Read `sample:` inside a measure."""
    if written is None or (sample := written.get("sample")) is None:
        return None
    return Sample(
        value(sample["size"], reader), value(sample["at_least"], reader), _unknown_or_number(sample, "otherwise")
    )


def _unknown_or_number(written: YamlValue, key: str) -> Literal["unknown"] | Number:
    return "unknown" if key not in written or written[key].data == "unknown" else written.number(key)


def _when_zero(written: YamlValue) -> WhenZero:
    found = written.get("when_zero")
    if found is None:
        return None
    if found.data in ("unknown", "not_applicable"):
        return found.as_text()  # type: ignore[return-value]  # one of the two
    return found.as_number()


def _field(written: YamlValue, reader: PackReader) -> Measure:
    return FieldMeasure(expression(written["field"], reader, None))


def _percent(written: YamlValue, reader: PackReader) -> Measure:
    part, whole = (expression(written[key], reader, "number") for key in ("percent", "of"))
    return Percent(part, whole, _when_zero(written))


def _percent_of_rows(written: YamlValue, reader: PackReader) -> Measure:
    table = reader.table(written["percent_of_rows"])
    passing, among = where(written, "where", reader, table) or NOTHING, where(written, "among", reader, table)
    return PercentOfRows(written.text("percent_of_rows"), passing, among, _when_zero(written))


def _percent_of_log(written: YamlValue, reader: PackReader) -> Measure:
    name = reader.known(says.UNKNOWN_PROCESS, "process", written["percent_of_log"], reader.names.processes)
    process = reader.names.processes.get(name)
    if process is not None:
        reader.field_at(process.log, written["percent_of_log"].source)
    return PercentOfLog(
        name,
        written.duration("started_within"),
        written.duration("leave_out_if_started_within"),
        written.text("same_day", "allowed"),  # type: ignore[arg-type]  # one of the schema's enum
        tuple(_deadline(entry, process, reader) for entry in written.each("deadlines")),
        written.flag("only_deadlines"),
        _when_zero(written),
    )


def _deadline(written: YamlValue, process: Process | None, reader: PackReader) -> Deadline:
    for key in ("start", "end"):
        step = written.text(key)
        if process is not None and step not in process.steps:
            reader.say(
                says.UNKNOWN_STEP, written[key].source, process=process.id, step=step, **hints(step, process.steps)
            )
    return Deadline(written.text("start"), written.text("end"), written.duration("at_most") or Duration(1, "days"))


def window(written: YamlValue, reader: PackReader, table: Field | None) -> tuple[str | None, Duration | None]:
    """Read `dated:` and `look_back:`, which belong together."""
    if ("dated" in written) != ("look_back" in written):
        lone = written["dated" if "dated" in written else "look_back"]
        reader.say(says.DATED_AND_WINDOW, lone.key_source)
    return reader.column(table, written.get("dated"), "date") or None, written.duration("look_back")


def _count_rows(written: YamlValue, reader: PackReader) -> Measure:
    table = reader.table(written["count_rows"])
    dated, look_back = _dates_of_rows(written, reader, table)
    distinct = reader.column(table, written.get("distinct")) or None
    each = written.text("each") or None
    passing = where(written, "where", reader, table)
    return CountRows(written.text("count_rows"), passing, dated, look_back, distinct, each)  # type: ignore[arg-type]  # enum


def _dates_of_rows(written: YamlValue, reader: PackReader, table: Field | None) -> tuple[str | None, Duration | None]:
    """Read the window; with `each:` a date column may stand alone: it says which period a row belongs to."""
    if "each" not in written:
        return window(written, reader, table)
    if "dated" not in written:
        reader.say(says.DATED_AND_WINDOW, written["each"].key_source)
    return reader.column(table, written.get("dated"), "date") or None, written.duration("look_back")


def _per(written: YamlValue, reader: PackReader) -> Measure:
    count, of = (expression(written[key], reader, "number") for key in ("count", "of"))
    return Per(value(written["per"], reader), count, of, _when_zero(written))


def _change_from(written: YamlValue, reader: PackReader) -> Measure:
    before, now = (expression(written[key], reader, "number") for key in ("change_from", "now"))
    return ChangeFrom(before, now, written.text("as", "percent"), _when_zero(written))  # type: ignore[arg-type]  # enum


def _within(written: YamlValue, reader: PackReader) -> str | None:
    if (found := written.get("within")) is None:
        return None
    name = found.as_text()
    if name == "stage":
        reader.say(says.NOT_A_CLASS, found.source, field=name)
    else:
        reader.classes(name, found.source)
    return name


def _small(written: YamlValue) -> SmallGroup:
    if (found := written.get("small_group")) is None:
        return SmallGroup()
    return SmallGroup(found.whole("fewer_than"), _unknown_or_number(found, "otherwise"))


def _rank_in_round(written: YamlValue, reader: PackReader) -> Measure:
    return RankInRound(
        expression(written["rank_in_round"], reader, "number"),
        written.text("first", "highest"),  # type: ignore[arg-type]  # one of the schema's enum
        _within(written, reader),
        written.text("as", "place"),  # type: ignore[arg-type]  # one of the schema's enum
        _small(written),
    )


def _against_mean(written: YamlValue, reader: PackReader) -> Measure:
    return AgainstMean(
        expression(written["against_mean"], reader, "number"),
        _within(written, reader),
        written.text("as", "difference"),  # type: ignore[arg-type]  # one of the schema's enum
        _small(written),
    )


def _index(written: YamlValue, reader: PackReader) -> Measure:
    return Index(
        expression(written["index"], reader, "number"),
        written.text("better", "high"),  # type: ignore[arg-type]  # one of the schema's enum
        _within(written, reader),
        _small(written),
    )


_MENU: Mapping[str, Callable[[YamlValue, PackReader], Measure]] = {
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
