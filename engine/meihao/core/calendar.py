"""Handles dates without a clock: ISO dates, calendar durations and look-back windows. Every date lies in 1900-2100."""

from __future__ import annotations

import re
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Literal

from msgspec import Struct

TimeUnit = Literal["days", "months", "years"]
_DURATION = re.compile(r"([1-9][0-9]{0,3}) (day|month|year)s?\Z")
_ZH = {"days": "天", "months": "个月", "years": "年"}
EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")


class Duration(Struct, frozen=True):
    """A calendar length: `1 year`, `30 days`."""

    amount: int
    unit: TimeUnit

    def __str__(self) -> str:
        return f"{self.amount} {self.unit if self.amount > 1 else self.unit[:-1]}"

    def zh(self) -> str:
        return f"{self.amount}{_ZH[self.unit]}"

    def before(self, day: date) -> date:
        """Return the day this long before `day`; 29 February becomes 28 where needed. No day is before the calendar's first."""
        return self._from(day, -1)

    def after(self, day: date) -> date:
        """Return the day this long after `day`. No day is after the calendar's last."""
        return self._from(day, 1)

    def _from(self, day: date, sign: int) -> date:
        if self.unit == "days":
            days = day.toordinal() + sign * self.amount
            return date.fromordinal(min(max(days, date.min.toordinal()), date.max.toordinal()))
        months = sign * self.amount * (12 if self.unit == "years" else 1)
        year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
        if not MINYEAR <= year <= MAXYEAR:
            return date.min if sign < 0 else date.max
        try:
            return date(year, month + 1, day.day)
        except ValueError:  # a shorter month, so not December: its last day
            return date(year, month + 2, 1) - timedelta(days=1)


def within(day: date, window: Duration, reference: date) -> bool:
    """Say whether `day` lies in (reference - window, reference]: both readings of a look-back agree on this one."""
    return window.before(reference) < day <= reference


def parse_duration(text: str) -> Duration | None:
    """Read `2 years`, `6 months`, `30 days`; None for anything else."""
    if not (found := _DURATION.match(text)):
        return None
    units: dict[str, TimeUnit] = {"day": "days", "month": "months", "year": "years"}
    return Duration(int(found[1]), units[found[2]])


def in_calendar(day: date) -> bool:
    """Say whether a day lies within the years that a standard can mean: others are slips of the hand."""
    return EARLIEST <= day <= LATEST


def any_date(text: str) -> date | None:
    """Read an ISO date that exists, of whatever year; None for anything else."""
    if not _ISO.match(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def parse_date(text: str) -> date | None:
    """Read an ISO date from 1900 to 2100; None for anything else.

    >>> parse_date("2026-06-30"), parse_date("2026-06-31"), parse_date("9999-06-01")
    (datetime.date(2026, 6, 30), None, None)
    """
    day = any_date(text)
    return day if day and in_calendar(day) else None
