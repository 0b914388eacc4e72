"""Dates end somewhere: the years that a standard can mean, and durations that run past any calendar."""

from __future__ import annotations

from datetime import date

import pytest

from meihao.core.calendar import Duration, any_date, parse_date, parse_duration, within


@pytest.mark.parametrize("text", ["1899-12-31", "2101-01-01", "0001-01-01", "9999-06-01", "2425-11-23"])
def test_a_year_that_nobody_means_is_no_date(text: str) -> None:
    assert parse_date(text) is None


@pytest.mark.parametrize("text", ["1900-01-01", "2100-12-31"])
def test_the_first_and_the_last_day_are_dates(text: str) -> None:
    assert parse_date(text) == date.fromisoformat(text)


@pytest.mark.parametrize(
    ("length", "before", "after"),
    [
        (Duration(1, "months"), date(2024, 2, 29), date(2024, 4, 30)),
        (Duration(13, "months"), date(2023, 2, 28), date(2025, 4, 30)),
        (Duration(1, "years"), date(2023, 3, 31), date(2025, 3, 31)),
        (Duration(31, "days"), date(2024, 2, 29), date(2024, 5, 1)),
        (Duration(2023, "years"), date(1, 3, 31), date(4047, 3, 31)),
        (Duration(2024, "years"), date.min, date(4048, 3, 31)),
        (Duration(7975, "years"), date.min, date(9999, 3, 31)),
        (Duration(7976, "years"), date.min, date.max),
    ],
)
def test_a_length_from_the_last_of_march(length: Duration, before: date, after: date) -> None:
    assert (length.before(date(2024, 3, 31)), length.after(date(2024, 3, 31))) == (before, after)


@pytest.mark.parametrize("length", [Duration(9999, "years"), Duration(9999, "months")])
@pytest.mark.parametrize("day", [date.min, date(2026, 6, 30), date.max])
def test_no_length_runs_for_ever(length: Duration, day: date) -> None:
    assert date.min <= length.before(day) <= day <= length.after(day) <= date.max


def test_days_stop_at_the_ends_of_the_calendar() -> None:
    assert Duration(2, "days").before(date.min) == date.min
    assert Duration(2, "days").after(date.max) == date.max


@pytest.mark.parametrize(
    ("text", "length", "zh"),
    [
        ("1 day", Duration(1, "days"), "1天"),
        ("2 years", Duration(2, "years"), "2年"),
        ("18 months", Duration(18, "months"), "18个月"),
        ("9999 days", Duration(9999, "days"), "9999天"),
    ],
)
def test_a_length_is_read_and_written_the_same(text: str, length: Duration, zh: str) -> None:
    assert parse_duration(text) == length
    assert (str(length), length.zh()) == (text, zh)


@pytest.mark.parametrize(
    "text", ["", "0 days", "01 day", "10000 days", "1 week", "1day", "-1 day", "1 day\n", "1.5 years"]
)
def test_what_is_no_length_is_none(text: str) -> None:
    assert parse_duration(text) is None


def test_a_window_holds_its_last_day_and_not_the_day_before_its_first() -> None:
    """A year up to 30 June 2026 begins on 1 July 2025."""
    year, end = Duration(1, "years"), date(2026, 6, 30)
    days = ["2025-06-30", "2025-07-01", "2026-06-30", "2026-07-01"]
    assert [within(date.fromisoformat(day), year, end) for day in days] == [False, True, True, False]


@pytest.mark.parametrize("text", ["2026-6-30", "20260630", "2026-06-31", "2026-06-30\n", "２０２６-06-30", ""])
def test_what_is_no_date_is_none(text: str) -> None:
    assert any_date(text) is None
    assert any_date("9999-06-01") == date(9999, 6, 1)
