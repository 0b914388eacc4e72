"""Judges the round that is served and keeps what came out for as long as none of its files changes."""

from __future__ import annotations

import os
from datetime import date
from functools import lru_cache
from pathlib import Path

from msgspec import Struct

from ..core.canonical import Json, digest
from ..core.problems import Problems
from ..evidence.files import EVIDENCE
from ..pipeline import Judged
from ..uses.answer import Answer
from ..uses.judge import Judgement
from ..uses.judge import judge as judge_evidence
from ..uses.session import Opening, Session, open_session
from ..uses.standing import RoundStanding, round_standing
from .site import served


class RoundResults(Struct, frozen=True):
    """The round as it stands: its own data read anew, the judged units by code, and what was said on the way."""

    session: Session
    judgement: Judgement | None
    problems: Problems

    @property
    def units(self) -> tuple[Judged, ...]:
        return self.judgement.units if self.judgement else ()


def round_results() -> RoundResults | None:
    """Return the results of the round that is served, judged anew where a file of it changed; None without a round."""
    session = served().sessions["zh"]
    home = session.home
    return None if home is None else _results(str(home.place), state_of(home.place))


def state_of(folder: Path) -> str:
    """Return what tells one state of a folder from another: names, sizes and times of its files, hidden ones left out."""
    found: list[Json] = []
    for inside, inner, files in os.walk(folder):
        inner[:] = sorted(name for name in inner if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith("."):
                state = os.stat(os.path.join(inside, name))
                found.append([os.path.join(inside, name), state.st_size, str(state.st_mtime_ns)])
    return digest(found)


@lru_cache(maxsize=2)
def _results(home: str, state: str) -> RoundResults:
    before = served().sessions["zh"]
    asked = Opening(before.standard, Path(home), None, "zh", before.engine, bool(before.pack.errors), before.cache)
    session, said = open_session(asked)
    if session is None:
        return RoundResults(before, None, said)
    judgement, problems = judge_evidence(session, [Path(home) / EVIDENCE])
    return RoundResults(session, judgement, (*said, *problems))


def standing_on(day: date) -> Answer[RoundStanding] | None:
    """Return how the round that is served stands on a day; None without a round."""
    results = round_results()
    home = results.session.home if results else None
    return None if home is None else _standing(str(home.place), state_of(home.place), day)


@lru_cache(maxsize=2)
def _standing(home: str, state: str, day: date) -> Answer[RoundStanding]:
    return round_standing(_results(home, state).session, day)
