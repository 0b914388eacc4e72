"""Dates end somewhere: the years that a standard can mean, and durations that run past any calendar."""

from __future__ import annotations

from datetime import date

import pytest

from meihao.core.calendar import Duration, parse_date


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
