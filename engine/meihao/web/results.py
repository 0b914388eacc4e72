"""Judges the round that is served and keeps what came out for as long as none of its files changes."""

from __future__ import annotations

import os
from datetime import date
from functools import lru_cache
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from ..assessment.explain.unit import Explained
from ..core.canonical import Json, digest
from ..core.problems import Lang, Problems
from ..pipeline import Judged
from ..uses.answer import Answer
from ..uses.judge import Judgement, explain
from ..uses.judge import judge as judge_evidence
from ..uses.session import Opening, Session, open_session
from ..uses.standing import RoundStanding, round_standing, standing_of
from .site import served


class RoundResults(Struct, frozen=True, eq=False):
    """The round as it stands: its own data read anew, the judged units by code, and what was said on the way."""

    session: Session
    judgement: Judgement | None
    problems: Problems

    @property
    def units(self) -> tuple[Judged, ...]:
        return self.judgement.units if self.judgement else ()

    def spoken(self, lang: Lang) -> Spoken:
        """Return the words for the units in a language."""
        return _spoken(self, lang)


class Spoken:
    """All that a person reads about each unit, in one language: worked out when a page first asks for it."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._told: dict[str, Explained] = {}

    def of(self, unit: Judged) -> Explained:
        """Return what is said of a unit."""
        told = self._told.get(unit.case.code)
        if told is None:
            told = self._told[unit.case.code] = explain(self._session, unit)
        return told


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
    judgement, problems = judge_evidence(session, None)
    return RoundResults(session, judgement, (*said, *problems))


@lru_cache(maxsize=4)
def _spoken(results: RoundResults, lang: Lang) -> Spoken:
    return Spoken(replace(results.session, lang=lang))


def standing_on(day: date) -> Answer[RoundStanding] | None:
    """Return how the round that is served stands on a day; None without a round."""
    results = round_results()
    home = results.session.home if results else None
    return None if home is None else _standing(str(home.place), state_of(home.place), day)


@lru_cache(maxsize=2)
def _standing(home: str, state: str, day: date) -> Answer[RoundStanding]:
    results = _results(home, state)
    if results.judgement is None:  # what cannot be judged as it stands is told file by file
        return round_standing(results.session, day)
    return standing_of(results.session, results.judgement, day)
