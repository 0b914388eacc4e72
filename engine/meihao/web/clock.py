"""Tells the time: the one place where the pages ask for it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from .site import served


def now() -> datetime:
    """Return the time of now."""
    return datetime.now(UTC)


def today() -> date:
    """Return the day of today, by the clock of this machine or by the stage that a demonstration shows."""
    return served().on or now().astimezone().date()
