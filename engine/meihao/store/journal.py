"""Chains what happened to a round that is served: a line for each change, with the digest of the line before."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from ..core.problems import Problem, Source
from ..core.text import Label
from . import messages as m

JOURNAL = "journal.jsonl"
What = Literal["round", "text", "submission", "document", "step", "account", "credential", "login"]


class Event(Struct, frozen=True):
    """A change: the how-manyeth of the round, when by the server's clock, by whom, of what, why, and the digests around it.

    `name` and `number` say which text, document, submission or step of `unit` it is; `before` and `after` are digests of its
    content, `previous` that of the line before in the journal.
    """

    n: int
    at: str
    who: str
    what: What
    unit: str = ""
    name: str = ""
    number: int = 0
    reason: str = ""
    before: str = ""
    after: str = ""
    previous: str = ""


class Hand(Struct, frozen=True):
    """Who changes something, and the server's clock."""

    who: str
    now: Callable[[], datetime]

    def stamped(self, event: Event) -> Event:
        """Return an event with who and when."""
        return replace(event, who=self.who, at=self.now().astimezone(UTC).isoformat(timespec="milliseconds"))


def line_of(event: Event) -> bytes:
    """Return an event as a line of the journal."""
    return msgspec.json.encode(event)


def digest_of_line(event: Event) -> str:
    """Return the digest by which the next event knows this one."""
    return hashlib.sha256(line_of(event)).hexdigest()


def chained(events: Sequence[Event], last: Event | None) -> Iterator[Event]:
    """Yield events as they follow the last one that is kept."""
    for event in events:
        last = replace(event, n=last.n + 1 if last else 1, previous=digest_of_line(last) if last else "")
        yield last


def read_journal(data: bytes) -> tuple[Event, ...]:
    """Return the events of a journal's lines. What is no event is given as one that follows nothing, so that `breaks` tells."""
    return tuple(_event(line) for line in data.splitlines())


def _event(line: bytes) -> Event:
    try:
        return msgspec.json.decode(line, type=Event)
    except msgspec.MsgspecError:
        return Event(0, "", "", "text")


def breaks(events: Sequence[Event], place: str) -> Iterator[Problem]:
    """Yield a problem at each event that does not follow the one before it."""
    last: Event | None = None
    for row, event in enumerate(events, 1):
        wanted = (last.n + 1, digest_of_line(last)) if last else (1, "")
        if (event.n, event.previous) != wanted:
            what = Label("这一条接不上前面的", "this entry does not follow those before it")
            yield m.JOURNAL_BROKEN.at(Source(place, row=row), what=what)
        last = event
