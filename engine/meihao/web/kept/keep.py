"""Adds rows and, in the same transaction, the events that tell of them: the one way in which anything is kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from errno import EBUSY, EIO, ENOSPC, EROFS
from typing import Any

from django.db import Error
from msgspec import structs

from ...store.journal import Event, Hand, chained
from .databases import writing
from .models import EventRow, beside_events

_WHY = {"locked": EBUSY, "full": ENOSPC, "readonly": EROFS}  # words of SQLite
_STATES = {"55P03": EBUSY, "53100": ENOSPC, "25006": EROFS}  # states of PostgreSQL


def keep(alias: str, stream: str, hand: Hand, happened: Sequence[Event], rows: Sequence[Any]) -> None:
    """Add events to the journal of a round, then the rows that they tell of, or nothing of both."""
    with writing(alias):
        events = chained([hand.stamped(one) for one in happened], last_event(alias, stream))
        add_events(alias, stream, tuple(events))
        with beside_events():
            for kind in dict.fromkeys(type(row) for row in rows):
                kind.objects.using(alias).bulk_create([row for row in rows if type(row) is kind])


def add_events(alias: str, stream: str, events: Sequence[Event]) -> None:
    """Add events that are chained already."""
    with beside_events():
        EventRow.objects.using(alias).bulk_create([EventRow(stream=stream, **structs.asdict(one)) for one in events])


def events_of(alias: str, stream: str, **like: object) -> Iterator[Event]:
    """Yield the events of a round, the first first; `like` says which columns must be what."""
    rows = EventRow.objects.using(alias).filter(stream=stream, **like).order_by("n")
    for values in rows.values(*Event.__struct_fields__).iterator():
        yield Event(**values)


def last_event(alias: str, stream: str, **like: object) -> Event | None:
    """Return the last event of a round that is like that; None where there is none."""
    rows = EventRow.objects.using(alias).filter(stream=stream, **like).order_by("-n")
    values = rows.values(*Event.__struct_fields__).first()
    return Event(**values) if values else None


@contextmanager
def as_system_errors() -> Iterator[None]:
    """Have what the database refuses raised as an OSError, which every home raises."""
    try:
        yield
    except Error as refused:
        why = _STATES.get(getattr(refused.__cause__, "sqlstate", ""))
        why = why or next((number for word, number in _WHY.items() if word in str(refused)), EIO)
        raise OSError(why, str(refused)) from refused
