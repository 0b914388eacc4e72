"""Opens the round that is served as it is now: its own data and the map of its units, read anew where it changed."""

from __future__ import annotations

from functools import lru_cache

from ..core.problems import errors
from ..people.places import NOWHERE, RoundMap, map_of
from ..round.roster import ROSTER, read_roster
from ..store.home import Home
from ..uses.answer import Answer
from ..uses.session import Session, reopen_round
from .site import served


def served_home() -> Home | None:
    """Return the home of the round that is served; None without a round."""
    return served().sessions["zh"].home


def reopened(home: Home, state: str) -> Answer[Session]:
    """Return the round as it is in a state, and what is said of it; None where it cannot be read."""
    return _reopened(home, state)


@lru_cache(maxsize=2)
def _reopened(home: Home, state: str) -> Answer[Session]:
    return reopen_round(served().sessions["zh"])


def round_map() -> RoundMap:
    """Return the map of the round that is served: where its units lie. Without a round, or a roster, it is empty."""
    home = served_home()
    return NOWHERE if home is None else _map(home, home.state())


@lru_cache(maxsize=2)
def _map(home: Home, state: str) -> RoundMap:
    session, _ = _reopened(home, state)
    if session is None:
        return NOWHERE
    roster, problems = read_roster(home.text(ROSTER), session.pack, session.round)
    return map_of(session.round, None if errors(problems) else roster)
