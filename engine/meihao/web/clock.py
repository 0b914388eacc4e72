"""Tells the time: the one place where the pages ask for it."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """Return the time of now."""
    return datetime.now(UTC)
