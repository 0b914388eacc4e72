"""Compares the receipts of a round with what stands in its home."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from ..core.problems import Problem, Source
from ..core.text import Label
from ..evidence.submissions import digest_of
from . import messages as m
from .home import Home
from .ledger import Receipts

_MISSING = Label("不见了", "is gone")
_OTHER = Label("不是当初收下的那一份", "is not the one that was received")


def ledger_head(home: Home) -> str:
    """Return how many receipts a round has and the start of the last one's digest, "" where it has none or it is broken."""
    ledger = home.ledger()
    with suppress(OSError):
        return "" if ledger.read() or not ledger.count else ledger.short_head()
    return ""


def is_as_received(home: Home, unit: str, number: int, digest: str) -> bool:
    """Say whether a submission stands where its receipt says, as it was received. Raises OSError."""
    data = home.submission(unit, number)
    return data is not None and digest_of(data) == digest


def unit_faults(home: Home, unit: str, listed: Receipts, present: Receipts) -> Iterator[Problem]:
    """Yield what does not agree between a unit's receipts and the submissions that were found. Raises OSError."""
    for number, digest in listed:
        if (number, digest) not in present and not is_as_received(home, unit, number, digest):
            what = _MISSING if home.submission(unit, number) is None else _OTHER
            yield m.RECEIPT_GONE.at(Source(str(home.place_of(unit, number))), unit=unit, number=number, what=what)
    known = {number for number, _ in listed}
    for number, _ in present:
        if number not in known:
            yield m.NOT_IN_LEDGER.at(Source(str(home.place_of(unit, number))), unit=unit, number=number)
