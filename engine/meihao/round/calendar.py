"""Reads calendar.yaml, and works out the last day of each role and what the calendar leaves open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from ..core.files import FileText, read_file
from ..core.problems import Message, Problem, Problems, sort_by_place
from ..core.workdays import WEEKDAYS, Workdays
from ..standard.model import Role
from ..text_in.shape import shaped_text
from ..text_in.yaml_reader import YamlDocument
from .model import Round

HOLIDAY_AND_WORKDAY = Message(
    "W060", "error", "{day}既写在放假里，又写在调休上班里", "{day} stands both among the holidays and the made-up working days",
    "照放假通知只留一处", "keep the one that the notice on holidays gives",
)  # fmt: skip
MADE_UP_FOR_NOTHING = Message(
    "W061", "warning", "{day}本来就上班，写在调休上班里没有作用",
    "{day} is a working day anyway; listing it as made-up changes nothing",
    "核对日期，多半写错了一天", "check the date: it is probably one day off",
)  # fmt: skip
WEEKENDS_ONLY = Message(
    "W062", "notice", "没有{years}年的放假安排，工作日只扣除每周的休息日",
    "no holidays of {years} are known: working days leave out the weekly rest days alone",
    "照国务院办公厅的放假通知填写calendar.yaml", "fill in calendar.yaml from the yearly notice of the State Council",
)  # fmt: skip
DUE_ON_REST_DAY = Message(
    "W063", "warning", "期限{day}不是工作日", "the deadline {day} is no working day",
    "确认是否顺延；写成{{working_days: 个数, after: 日期}}就一定落在工作日",
    "say whether it moves; {{working_days: NUMBER, after: DATE}} always ends on a working day",
)  # fmt: skip


def read_calendar_file(path: Path) -> tuple[Workdays, Problems]:
    """Return the working days that a file describes; where there is no file, weekends alone. Raises OSError."""
    return read_calendar(FileText(path, read_file(path)) if path.exists() else None)


def read_calendar(kept: FileText | None) -> tuple[Workdays, Problems]:
    """Return the working days that a text describes; where there is none, weekends alone."""
    if kept is None:
        return Workdays(), ()
    text, problems = shaped_text(kept, "calendar")
    if text is None:
        return Workdays(), problems
    data: Any = text.data
    holidays, workdays = (tuple(map(date.fromisoformat, data.get(key, ()))) for key in ("holidays", "workdays"))
    calendar = Workdays(tuple(data["rest"]), holidays, workdays)
    return calendar, sort_by_place(tuple(_doubtful(text, calendar)))


def _doubtful(text: YamlDocument, calendar: Workdays) -> Iterator[Problem]:
    for number, day in enumerate(calendar.workdays):
        at = text.at(("workdays", number))
        if day in calendar.holidays:
            yield HOLIDAY_AND_WORKDAY.at(at, day=day)
        elif WEEKDAYS[day.weekday()] not in calendar.rest:
            yield MADE_UP_FOR_NOTHING.at(at, day=day)


def deadlines(round_: Round, calendar: Workdays, on: date) -> tuple[dict[Role, date], Problems]:
    """Return the last day of every role that has one, and a notice where a year of the counting has no holidays given."""
    days: dict[Role, date] = {}
    years: set[int] = set()
    problems: list[Problem] = []
    for due in round_.due:
        day = due.day or calendar.deadline(due.after or on, due.working_days)
        days[due.role] = day
        years.update(range(min(due.after or on, on, day).year, max(on, day).year + 1))
        if due.day and not calendar.works(due.day):
            problems.append(DUE_ON_REST_DAY.at(due.source, day=due.day))
    known = {day.year for day in calendar.holidays}
    if unknown := sorted(years - known):
        problems.append(WEEKENDS_ONLY.at(round_.source, years="、".join(map(str, unknown))))
    return days, tuple(problems)
