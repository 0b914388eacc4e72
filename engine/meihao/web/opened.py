"""Opens the round that is served as it is now: its own data and the map of its units, read anew where it changed."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from ..core.files import FileText
from ..core.problems import errors
from ..evidence.files import ROUND
from ..people.places import NOWHERE, RoundMap, map_of
from ..round.read import read_round_text
from ..round.roster import ROSTER, read_roster
from ..store.home import Home
from ..uses.answer import Answer
from ..uses.session import Session, reopen_round
from .site import served


def served_home() -> Home | None:
    """Return the home of the round that is served; None without a round."""
    return served().sessions["zh"].home


@lru_cache(maxsize=2)
def reopened(home: Home, state: str) -> Answer[Session]:
    """Return the round as it is in a state, and what is said of it; None where it cannot be read."""
    return reopen_round(served().sessions["zh"])


def round_map() -> RoundMap:
    """Return the map of the round that is served: where its units lie. Without a round, or a roster, it is empty."""
    home = served_home()
    if home is None:
        return NOWHERE
    texts = (home.text(name) for name in (ROUND, ROSTER))
    return _map(served().sessions["zh"].pack.digest, *(text.data if text else b"" for text in texts))


@lru_cache(maxsize=2)
def _map(standard: str, round_text: bytes, roster_text: bytes) -> RoundMap:
    """Return the map that two texts draw, for as long as nothing but submissions comes in."""
    pack = served().sessions["zh"].pack
    round_, _ = read_round_text(FileText(Path(ROUND), round_text), pack)
    if round_ is None:
        return NOWHERE
    roster, problems = read_roster(FileText(Path(ROSTER), roster_text) if roster_text else None, pack, round_)
    return map_of(round_, None if errors(problems) else roster)
