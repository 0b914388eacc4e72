"""Dates without a clock: ISO text -> date, calendar durations, look-back windows."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Literal

from msgspec import Struct

TimeUnit = Literal["days", "months", "years"]
_DURATION = re.compile(r"([1-9][0-9]{0,3}) (day|month|year)s?\Z")
_ZH = {"days": "天", "months": "个月", "years": "年"}
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
        """Return the day this long before `day`; 29 February becomes 28 where needed."""
        if self.unit == "days":
            return day - timedelta(days=self.amount)
        months = self.amount * (12 if self.unit == "years" else 1)
        year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
        return _clip(year, month + 1, day.day)

    def after(self, day: date) -> date:
        """Return the day this long after `day`."""
        if self.unit == "days":
            return day + timedelta(days=self.amount)
        months = self.amount * (12 if self.unit == "years" else 1)
        year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
        return _clip(year, month + 1, day.day)


def _clip(year: int, month: int, day: int) -> date:
    while True:
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1


def within(day: date, window: Duration, reference: date) -> bool:
    """Say whether `day` lies in (reference - window, reference]: both readings of a look-back agree on this one."""
    return window.before(reference) < day <= reference


def parse_duration(text: str) -> Duration | None:
    """Read `2 years`, `6 months`, `30 days`; None for anything else."""
    if not (found := _DURATION.match(text)):
        return None
    units: dict[str, TimeUnit] = {"day": "days", "month": "months", "year": "years"}
    return Duration(int(found[1]), units[found[2]])


def parse_date(text: str) -> date | None:
    """Read an ISO date that exists; None for anything else."""
    if not _ISO.match(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
