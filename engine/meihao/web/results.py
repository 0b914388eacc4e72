"""Judges the round that is served and keeps what came out for as long as none of its files changes."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from ..assessment.explain.unit import Explained
from ..core.problems import Lang, Problems
from ..pipeline import Judged
from ..store.home import Home
from ..uses.answer import Answer
from ..uses.judge import Judgement, explain
from ..uses.judge import judge as judge_evidence
from ..uses.session import Session
from ..uses.standing import RoundStanding, round_standing, standing_of
from .opened import reopened, served_home
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
    """Return the results of the round that is served, judged anew where it changed; None without a round."""
    home = served_home()
    return None if home is None else _results(home, home.state())


@lru_cache(maxsize=2)
def _results(home: Home, state: str) -> RoundResults:
    session, said = reopened(home, state)
    if session is None:
        return RoundResults(served().sessions["zh"], None, said)
    judgement, problems = judge_evidence(session, None)
    return RoundResults(session, judgement, (*said, *problems))


@lru_cache(maxsize=4)
def _spoken(results: RoundResults, lang: Lang) -> Spoken:
    return Spoken(replace(results.session, lang=lang))


def standing_on(day: date) -> Answer[RoundStanding] | None:
    """Return how the round that is served stands on a day; None without a round."""
    home = served_home()
    return None if home is None else _standing(home, home.state(), day)


@lru_cache(maxsize=2)
def _standing(home: Home, state: str, day: date) -> Answer[RoundStanding]:
    results = _results(home, state)
    if results.judgement is None:  # what cannot be judged as it stands is told file by file
        return round_standing(results.session, day)
    return standing_of(results.session, results.judgement, day)
