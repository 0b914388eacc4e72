"""List the applications of a round: in which state each is, since when, and whose turn it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache

from msgspec import Struct

from ..core.files import reason
from ..core.problems import Problems, Source
from ..evidence.files import NOT_READABLE
from ..round.roster import Enrolled
from ..store.application import ApplicationState
from ..store.home import Home
from ..store.steps import ApplicationStep, by_unit, returned, state_of
from .answer import Answer, Notes, answer
from .enrolled import roster_of
from .session import Session, home_of


class WaitingUnit(Struct, frozen=True):
    """One unit's application: its state, its last step (None where it took none), and the last day of what was returned."""

    enrolled: Enrolled
    state: ApplicationState
    last: ApplicationStep | None
    until: date | None = None
    returns: int = 0


def applications(session: Session, may_see: Callable[[str], bool]) -> Answer[tuple[WaitingUnit, ...]]:
    """Return the applications of the units that somebody may see, those that have waited longest first."""
    return answer(_applications, session, may_see)


def _applications(notes: Notes, session: Session, may_see: Callable[[str], bool]) -> tuple[WaitingUnit, ...]:
    home, roster = home_of(notes, session), roster_of(notes, session)
    try:
        steps = by_unit(home.steps())
        heard, problems = _heard(home, home.state())
        notes.tell(problems)
    except OSError as failure:
        notes.stop(NOT_READABLE.at(Source(str(home.place)), path=home.place, why=reason(failure)))
    units = roster.units.values() if roster else ()
    found = [_entry(one, steps.get(one.code, ()), one.code in heard) for one in units if may_see(one.code)]
    return tuple(sorted(found, key=lambda one: (one.last.at if one.last else "", one.enrolled.code)))


@lru_cache(maxsize=2)
def _heard(home: Home, state: str) -> tuple[frozenset[str], Problems]:
    """Return the units that have a receipt, and what is wrong with the ledger: read once for each state of a home."""
    ledger = home.ledger()
    problems = ledger.read()
    return frozenset(ledger.of), problems


def _entry(enrolled: Enrolled, steps: tuple[ApplicationStep, ...], handed_in: bool) -> WaitingUnit:
    open_ = returned(steps)
    days = [date.fromisoformat(step.until) for step in open_ if step.until]
    last = steps[-1] if steps else None
    return WaitingUnit(enrolled, state_of(steps, handed_in), last, min(days, default=None), len(open_))
