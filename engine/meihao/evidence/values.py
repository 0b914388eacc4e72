"""Reads one value that was handed in: it is normalised and in range, or a problem with its place and a fix."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import assert_never

from ..core.calendar import EARLIEST, LATEST, any_date, in_calendar
from ..core.label import NO, YES
from ..core.numbers import Number, from_decimal, plain
from ..core.problems import LANGS, Message, Problem, Problems, Source
from ..core.text import Label, did_you_mean, half_width, hints, near, normal
from ..standard.model import Column, Field
from . import messages as m
from .contradictions import Latest, odd_rows
from .model import Row, Scalar, Value

TEXT_LIMIT = 2000
Raw = None | bool | int | Decimal | str | date | Sequence["Raw"] | Mapping[str, "Raw"]
_NUMBER = re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,40})?\Z")
_GROUPED = re.compile(r"-?[0-9]{1,3}(,[0-9]{3}){1,12}(\.[0-9]{1,40})?\Z")
LARGEST, FINEST = 10**15, -9  # fifteen digits before the point, nine behind it
_CHINESE_DATE = re.compile(r"([0-9]{4})[年/.]([0-9]{1,2})[月/.]([0-9]{1,2})日?\Z")
_SHORT_DATE = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})\Z")
_WITH_UNIT = re.compile(r"(-?[0-9][0-9,.]*)\s*((?:[^\W\d_]|[㎡%‰])\D{0,19})\Z")
EXCEL_ERRORS = ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#FIELD!")
_SILENT = ("是", "否", "yes", "no", "true", "false")  # the words of forms and files: nothing was corrected
TRUE_WORDS = ("true", "是", "√", "✓", "有", "y", "yes", "1")
FALSE_WORDS = ("false", "否", "×", "✗", "无", "n", "no", "0")


class _Refused(Exception):
    """Carries one problem out of a reader; never leaves this module."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def read_value(raw: Raw, field: Field, at: Source, latest: Latest | None = None) -> tuple[Value | None, Problems]:
    """Return a field's value and what was corrected or is wrong; None where it cannot be used."""
    if field.type == "table":
        return read_table(raw, field, at, latest=latest)
    return read_scalar(raw, field, at, latest)


def read_scalar(
    raw: Raw, field: Field | Column, at: Source, latest: Latest | None = None
) -> tuple[Scalar | None, Problems]:
    """Read one cell. Full-width digits, ％, 是/√ and Chinese dates are normalised and reported; unclear ones refused."""
    notes: list[Problem] = []
    try:
        value = _read(raw, field, at, notes)
    except _Refused as refused:
        return None, (refused.problem,)
    if isinstance(raw, str) and not notes and (tidy := _tidy(raw, field)) != raw:
        notes.append(m.TIDIED.at(at, label=field.title, value=raw[:40], read=tidy[:40]))
    if latest is not None:
        notes += latest.check(value, field, at)
    return value, tuple(notes)


def _tidy(raw: str, field: Field | Column) -> str:
    """Return a text as it was read: without blanks around it, and half-width where it is no free text."""
    return normal(raw) if field.type in ("text", "choice") else half_width(raw).strip()


def _refuse(message: Message, at: Source, field: Field | Column, **values: object) -> _Refused:
    return _Refused(message.at(at, label=field.title, **values))


def _read(raw: Raw, field: Field | Column, at: Source, notes: list[Problem]) -> Scalar:
    if isinstance(raw, str):
        if raw.strip() in EXCEL_ERRORS:
            raise _refuse(m.EXCEL_ERROR, at, field, value=raw.strip())
        if not raw.strip():
            raise _refuse(m.EMPTY_TEXT, at, field)
    match field.type:
        case "count" | "number" | "money" | "percent":
            return _read_number(raw, field, at, notes)
        case "yes_no":
            return _read_truth(raw, field, at, notes)
        case "choice":
            return _read_choice(raw, field, at)
        case "date":
            return _read_date(raw, field, at, notes)
        case "text":
            return _read_text(raw, field, at)
        case "table":
            raise _refuse(m.NOT_A_TABLE, at, field)
        case _:
            assert_never(field.type)


def _corrected(field: Field | Column, at: Source, raw: object, read: str, notes: list[Problem]) -> None:
    notes.append(m.CORRECTED.at(at, label=field.title, value=raw, read=read))


def _read_number(raw: Raw, field: Field | Column, at: Source, notes: list[Problem]) -> Number:
    value, percent_sign = _number(raw, field, at, notes)
    if field.type == "percent" and 0 < value < 1 and not percent_sign:
        raise _refuse(m.FRACTION_PERCENT, at, field, value=plain(value), percent=plain(value * 100))
    if field.type == "count" and not isinstance(value, int):
        raise _refuse(m.NOT_WHOLE, at, field, value=plain(value))
    if field.range and not field.range[0] <= value <= field.range[1]:
        low, high = (plain(edge) for edge in field.range)
        raise _refuse(m.OUT_OF_RANGE, at, field, value=plain(value), low=low, high=high, unit=_unit(field))
    return value


def _unit(field: Field | Column) -> Label:
    unit = field.measured_in
    return Label(f"，单位是{unit.zh}", f"; its unit is {unit['en']}") if unit.zh else Label("")


def _number(raw: Raw, field: Field | Column, at: Source, notes: list[Problem]) -> tuple[Number, bool]:
    """Return the number and whether a percent sign stood behind it."""
    if isinstance(raw, int | Decimal) and not isinstance(raw, bool):
        return _sized(raw, field, at), False
    if not isinstance(raw, str):
        raise _refuse(m.NOT_A_NUMBER, at, field, value=_shown(raw))
    text = half_width(raw).strip()
    percent = field.type == "percent" and text.endswith("%")
    text = text.removesuffix("%").strip() if percent else text
    text = _without_unit(text, field)
    grouped = bool(_GROUPED.match(text))
    text = text.replace(",", "") if grouped else text
    if not _NUMBER.match(text):
        raise _not_a_number(text, raw, field, at)
    value = _sized(Decimal(text), field, at)
    if text != raw.strip().removesuffix("%").strip() or (percent and "％" in raw):
        _corrected(field, at, raw, plain(value), notes)
    return value, percent


def _without_unit(text: str, field: Field | Column) -> str:
    """Return the number before the field's own unit; a text that ends with anything else stays as it is.

    >>> _without_unit("14 栋", Column("a", Label("楼栋数"), "count", Label("栋")))
    '14'
    """
    found = _WITH_UNIT.match(text)
    return found[1] if found and found[2].casefold() in _units(field) else text


def _units(field: Field | Column) -> frozenset[str]:
    return frozenset(half_width(field.measured_in[lang]).strip().casefold() for lang in LANGS) - {""}


def _not_a_number(text: str, raw: str, field: Field | Column, at: Source) -> _Refused:
    """Return the refusal of a text: a number with another unit behind it is told apart from what is no number at all."""
    found = _WITH_UNIT.match(text)
    if found and field.measured_in.zh and _NUMBER.match(found[1].replace(",", "")):
        return _refuse(m.OTHER_UNIT, at, field, value=_shown(raw), unit=field.measured_in)
    return _refuse(m.NOT_A_NUMBER, at, field, value=_shown(raw))


def _sized(value: int | Decimal, field: Field | Column, at: Source) -> Number:
    """Return the exact value of a number that people can read: more digits than that come out of a computation."""
    exponent = value.normalize().as_tuple().exponent if isinstance(value, Decimal) and value.is_finite() else 0
    if not -LARGEST < value < LARGEST or (isinstance(exponent, int) and exponent < FINEST):
        raise _refuse(m.TOO_FINE, at, field, value=_shown(value))
    return from_decimal(value)


def _shown(raw: Raw) -> str:
    text = {True: "true", False: "false", None: "null"}.get(raw) if isinstance(raw, bool | None) else str(raw)
    return (text or "")[:40]


def _read_truth(raw: Raw, field: Field | Column, at: Source, notes: list[Problem]) -> bool:
    if isinstance(raw, bool):
        return raw
    text = half_width(str(raw)).strip().lower() if isinstance(raw, str | int) else ""
    for words, value in ((TRUE_WORDS, True), (FALSE_WORDS, False)):
        if text in words:
            if text not in _SILENT:
                _corrected(field, at, raw, (YES if value else NO).zh, notes)
            return value
    raise _refuse(m.NOT_YES_NO, at, field, value=_shown(raw))


def _read_choice(raw: Raw, field: Field | Column, at: Source) -> str:
    text = normal(_shown(raw))
    for code, label in field.options:
        if text in (code, normal(label.zh), normal(label.en)):
            return code
    raise _refuse(m.NOT_AN_OPTION, at, field, value=text, **_near_options(text, field))


def _near_options(text: str, field: Field | Column) -> dict[str, str]:
    """Return the nearest option in any of its words; where none is near, the codes and labels of each language."""
    zh, en = ({word for code, label in field.options for word in (code, label[lang])} for lang in LANGS)
    if near(text, zh | en):
        return hints(text, zh | en)
    return {"near_zh": did_you_mean(text, zh, "zh"), "near_en": did_you_mean(text, en, "en")}


def _read_date(raw: Raw, field: Field | Column, at: Source, notes: list[Problem]) -> date:
    text = half_width(raw).strip() if isinstance(raw, str) else ""
    found = _CHINESE_DATE.match(text) or _SHORT_DATE.match(text)
    iso = f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}" if found else text
    day = raw if isinstance(raw, date) else any_date(iso)
    if day is None:
        raise _refuse(m.NOT_A_DATE, at, field, value=_shown(raw))
    if not in_calendar(day):
        raise _refuse(m.YEAR_OUT_OF_BOUNDS, at, field, value=_shown(raw), low=EARLIEST.year, high=LATEST.year)
    if iso != text and found:
        _corrected(field, at, raw, iso, notes)
    return day


def _read_text(raw: Raw, field: Field | Column, at: Source) -> str:
    if not isinstance(raw, str):
        raise _refuse(m.NOT_TEXT, at, field, value=_shown(raw))
    if len(raw) > TEXT_LIMIT:
        raise _refuse(m.TOO_LONG, at, field, length=len(raw), limit=TEXT_LIMIT)
    return normal(raw)


def read_table(
    raw: Raw,
    field: Field,
    at: Source,
    places: Mapping[tuple[int, str], Source] | None = None,
    latest: Latest | None = None,
    stored: bool = False,
) -> tuple[tuple[Row, ...] | None, Problems]:
    """Read a table field; `places` gives the place of (row number, column). A missing or null cell is left out of its row.

    Rows that are `stored` were looked at as rows when they came in.
    """
    if not isinstance(raw, Sequence) or isinstance(raw, str) or not all(isinstance(row, Mapping) for row in raw):
        return None, (m.NOT_A_TABLE.at(at, label=field.title),)
    if len(raw) > field.rows_at_most:
        return None, (m.TOO_MANY_ROWS.at(at, label=field.title, rows=len(raw), limit=field.rows_at_most),)
    problems: list[Problem] = []
    rows = []
    places = places or {}
    for number, cells in enumerate(raw):
        row: dict[str, Scalar] = {}
        for name, cell in cells.items():  # type: ignore[union-attr]  # checked above
            value, found = _cell(name, cell, field, places.get((number, name), at), latest)
            problems += found
            if value is not None:
                row[name] = value
        rows.append(row)
    return tuple(rows), (*problems, *(() if stored else odd_rows(rows, field, places, at)))


def _cell(name: str, cell: Raw, field: Field, at: Source, latest: Latest | None) -> tuple[Scalar | None, Problems]:
    column = field.column(name)
    if column is None:
        known = hints(name, (c.id for c in field.columns))
        return None, (m.UNKNOWN_COLUMN.at(at, label=field.title, column=name, **known),)
    return (None, ()) if cell is None else read_scalar(cell, column, at, latest)
