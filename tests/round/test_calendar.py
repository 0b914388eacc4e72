"""The last day of every role is counted by the calendar; a year without holidays and a deadline on a rest day are told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from meihao.core.problems import Source
from meihao.core.workdays import Workdays
from meihao.round.calendar import deadlines
from meihao.round.model import Due
from meihao.round.read import lone_round

ON = date(2026, 10, 9)  # a Friday
KNOWN = Workdays(holidays=(date(2026, 10, 1),))


def told(due: Sequence[Due], calendar: Workdays = KNOWN, on: date = ON) -> tuple[list[str], list[str]]:
    days, problems = deadlines(replace(lone_round(None), due=tuple(due), source=Source("r")), calendar, on)
    return [f"{role} {day}" for role, day in days.items()], [problem.text().partition("（")[0] for problem in problems]


def test_working_days_are_counted_from_the_day_named_or_from_today() -> None:
    due = [Due("county", working_days=1), Due("township", working_days=2, after=date(2026, 9, 30))]
    assert told(due) == (["county 2026-10-12", "township 2026-10-05"], [])


def test_only_a_date_that_is_set_on_a_rest_day_is_told() -> None:
    sunday, monday = (Due("county", date(2026, 10, day), source=Source("r", line=day)) for day in (11, 12))
    assert told([sunday, replace(monday, role="township"), Due("applicant", working_days=1)])[1] == [
        "r:11:0 W063 期限2026-10-11不是工作日"
    ]
    assert told([monday])[1] == []


def test_every_year_of_the_counting_without_holidays_is_named() -> None:
    def years(*due: Due, on: date = ON) -> list[str]:
        return told(due, on=on)[1]

    said = "r W062 没有{}年的放假安排，工作日只扣除每周的休息日"
    assert years(Due("county", date(2026, 10, 12))) == []
    assert years(Due("county", date(2027, 1, 4))) == [said.format("2027")]
    assert years(Due("county", working_days=1, after=date(2025, 12, 30))) == [said.format("2025")]
    assert years(Due("county", date(2028, 1, 3)), on=date(2025, 1, 1)) == [said.format("2025、2027、2028")]
    assert years(Due("county", date(2025, 10, 10))) == [said.format("2025")]
    assert told([Due("county", date(2026, 10, 12))], Workdays())[1] == [said.format("2026")]
    assert told([], Workdays())[1] == []
