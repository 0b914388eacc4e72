"""Reads the units of a round folder as they stand now, and every submission of a unit with what it corrected."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from ..core.problems import Problems, Source
from ..core.text import hints
from ..core.watch import Watch, unwatched
from ..evidence.files import ROUND
from ..evidence.model import Received, UnitEvidence
from ..evidence.submissions import merged, submissions_of
from ..standard.model import Pack
from . import messages as m
from .changes import ValueChange, changes
from .home import Home


class Entry(Struct, frozen=True):
    """One submission of a unit: how it came in, its file, how many values and documents it gave, what it corrected."""

    received: Received
    path: Path
    values: int
    documents: int
    corrections: tuple[ValueChange, ...]


def read_store(home: Home, pack: Pack, watch: Watch = unwatched) -> tuple[tuple[UnitEvidence, ...], Problems]:
    """Return every unit of a round as its submissions leave it; a round without evidence has none. Never raises."""
    if not home.holds(ROUND):
        return (), (m.NO_STORE.at(Source(str(home.place)), path=home.place),)
    return home.read(pack, None, watch)


def history(home: Home, pack: Pack, code: str) -> tuple[tuple[Entry, ...], Problems]:
    """Return a unit's submissions, oldest first, each with what it corrected of those before it. Raises OSError."""
    stored = home.submissions(code)
    if not stored:
        return (), (m.NO_UNIT.at(Source(str(home.place)), unit=code, **hints(code, home.units())),)
    submissions, problems = submissions_of(stored, pack)
    entries = []
    for n, one in enumerate(submissions):
        corrected = changes(merged(submissions[:n]), one.unit, pack) if n else ()
        counts = len(one.unit.observations), len(one.unit.documents)
        entries.append(Entry(one.received, one.path, *counts, corrected))
    return tuple(entries), problems


def last_received(unit: UnitEvidence) -> Received | None:
    """Return how the last submission came in that still counts; None for evidence that lies loose in the folder."""
    found = {one.received for one in unit.observations} | {one.received for one in unit.documents}
    return max((one for one in found if one), key=lambda one: one.number, default=None)
