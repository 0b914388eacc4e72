"""Counts deadlines in working days, with a calendar of rest days, holidays and made-up working days as data."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec import Struct

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
A_DAY = timedelta(days=1)


class Workdays(Struct, frozen=True):
    """What is no working day: the weekly `rest`, and `holidays`; `workdays` are made-up days on which work is done all the same.

    Without data only the weekends rest.
    """

    rest: tuple[str, ...] = ("sat", "sun")
    holidays: tuple[date, ...] = ()
    workdays: tuple[date, ...] = ()

    def works(self, day: date) -> bool:
        """Say whether a day is a working day.

        >>> Workdays().works(date(2026, 6, 26)), Workdays().works(date(2026, 6, 27))
        (True, False)
        """
        if day in self.workdays:
            return True
        return day not in self.holidays and WEEKDAYS[day.weekday()] not in self.rest

    def deadline(self, after: date, working_days: int) -> date:
        """Return the last of so many working days, counted from the day after.

        >>> Workdays().deadline(date(2026, 6, 26), 1)
        datetime.date(2026, 6, 29)
        """
        day = after
        while working_days > 0:
            day += A_DAY
            working_days -= self.works(day)
        return day

    def between(self, start: date, end: date) -> int:
        """Return how many working days lie in (start, end]; 0 where `end` is not later.

        >>> Workdays().between(date(2026, 6, 26), date(2026, 7, 3))
        5
        """
        days = (start + A_DAY * n for n in range(1, (end - start).days + 1))
        return sum(map(self.works, days))
