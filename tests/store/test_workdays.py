"""Proves that working days and deadlines come out as counted by hand on a wall calendar; the holidays here are invented."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meihao.core.workdays import Workdays
from meihao.round.calendar import deadlines, read_calendar_file
from meihao.round.read import read_round_file
from meihao.standard.model import Pack

# October 2026: the 1st is a Thursday. Eight days off in a row, Saturday the 10th made up.
HOLIDAYS = tuple(date(2026, 10, day) for day in range(1, 9))
CALENDAR = Workdays(holidays=HOLIDAYS, workdays=(date(2026, 10, 10),))
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
CALENDARS = st.builds(
    Workdays,
    st.sets(st.sampled_from(("mon", "wed", "sat", "sun")), max_size=4).map(tuple),
    st.sets(DAYS, max_size=20).map(tuple),
    st.sets(DAYS, max_size=5).map(tuple),
)


@pytest.mark.parametrize(
    ("after", "count", "due"),
    [
        ("2026-09-29", 1, "2026-09-30"),
        ("2026-09-30", 1, "2026-10-09"),  # the whole run of holidays is passed over
        ("2026-09-30", 2, "2026-10-10"),  # the made-up Saturday counts
        ("2026-09-30", 3, "2026-10-12"),  # Sunday the 11th does not
        ("2026-10-03", 1, "2026-10-09"),  # counted from the day after, whatever day that is
        ("2026-10-10", 5, "2026-10-16"),
    ],
)
def test_deadlines_by_hand(after: str, count: int, due: str) -> None:
    assert CALENDAR.deadline(date.fromisoformat(after), count) == date.fromisoformat(due)


def test_without_a_calendar_only_weekends_rest() -> None:
    assert Workdays().deadline(date(2026, 9, 30), 3) == date(2026, 10, 5)


def test_working_days_between_by_hand() -> None:
    assert CALENDAR.between(date(2026, 9, 30), date(2026, 10, 12)) == 3
    assert CALENDAR.between(date(2026, 10, 1), date(2026, 10, 8)) == 0
    assert CALENDAR.between(date(2026, 10, 12), date(2026, 9, 30)) == 0


@given(CALENDARS, DAYS, st.integers(1, 40))
def test_a_deadline_is_a_working_day_and_counts_back_to_its_number(calendar: Workdays, after: date, count: int) -> None:
    due = calendar.deadline(after, count)
    assert calendar.works(due)
    assert calendar.between(after, due) == count


@given(CALENDARS, DAYS, DAYS, DAYS)
def test_working_days_add_up(calendar: Workdays, one: date, two: date, three: date) -> None:
    a, b, c = sorted((one, two, three))
    assert calendar.between(a, b) + calendar.between(b, c) == calendar.between(a, c)


def said(tmp_path: Path, text: str) -> tuple[Workdays, list[str]]:
    (tmp_path / "calendar.yaml").write_text(text, encoding="utf-8")
    calendar, problems = read_calendar_file(tmp_path / "calendar.yaml")
    return calendar, [f"{p.source.line} {p.code}" for p in problems]


def test_a_calendar_is_read_as_data(tmp_path: Path) -> None:
    calendar, problems = said(tmp_path, "rest: [sun]\nholidays: [2026-10-01, 2026-10-02]\nworkdays: [2026-10-11]\n")
    assert problems == []
    assert calendar == Workdays(("sun",), (date(2026, 10, 1), date(2026, 10, 2)), (date(2026, 10, 11),))


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("rest: [sat, sun]\nholidays: [2026-10-10]\nworkdays: [2026-10-10]\n", ["3 W060"]),
        ("rest: [sat, sun]\nworkdays: [2026-10-09]\n", ["2 W061"]),
        ("rest: [saturday]\n", ["1 S013"]),
        ("rest: [sat, sun]\nholidays: [2026-02-30]\n", ["2 Y035"]),
        ("rest: [sat, sun]\nholyday: []\n", ["2 S012"]),
        ("holidays: []\n", ["1 S011"]),
        ("rest: [mon, tue, wed, thu, fri, sat, sun]\n", ["1 S023"]),
    ],
)
def test_a_bad_calendar_is_refused_at_its_place(tmp_path: Path, text: str, problems: list[str]) -> None:
    assert said(tmp_path, text)[1] == problems


ROUND = """round: r
reference_date: 2026-12-31
closed: false
stage: verified
due:
  applicant: 2026-10-11
  township: {working_days: 2, after: 2026-09-30}
"""


def due(folder: Path, pack: Pack, calendar: Workdays) -> tuple[dict[str, str], list[str]]:
    (folder / "round.yaml").write_text(ROUND, encoding="utf-8")
    round_, problems = read_round_file(folder / "round.yaml", pack)
    assert round_ is not None, problems
    days, more = deadlines(round_, calendar, date(2026, 10, 9))
    return {role: day.isoformat() for role, day in days.items()}, [p.code for p in more]


def test_deadlines_of_roles_follow_the_calendar(tmp_path: Path, default_pack: Pack) -> None:
    """The 11th is a Sunday, which is said; nobody moves a date that was set."""
    assert due(tmp_path, default_pack, CALENDAR) == ({"applicant": "2026-10-11", "township": "2026-10-10"}, ["W063"])


def test_without_holidays_it_is_said_that_only_weekends_count(tmp_path: Path, default_pack: Pack) -> None:
    days, problems = due(tmp_path, default_pack, Workdays())
    assert days["township"] == "2026-10-02"
    assert problems == ["W063", "W062"]


@pytest.mark.parametrize("text", ["{working_days: 0, after: 2026-09-30}", "{working_days: 3}", "soon", "2026-13-01"])
def test_a_deadline_that_says_nothing_is_refused(tmp_path: Path, default_pack: Pack, text: str) -> None:
    (tmp_path / "round.yaml").write_text(ROUND.replace("2026-10-11", text), encoding="utf-8")
    round_, problems = read_round_file(tmp_path / "round.yaml", default_pack)
    assert round_ is None
    assert {p.source.line for p in problems} == {6}
