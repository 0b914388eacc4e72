"""Judges the round that is served and keeps what came out for as long as none of its files changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from threading import RLock

from msgspec import Struct
from msgspec.structs import replace

from ..assessment.explain.unit import Explained
from ..core.problems import LANGS, Lang, Problems
from ..pipeline import Judged
from ..store.home import Home
from ..uses.answer import Answer
from ..uses.judge import Judgement, explain, judge_again
from ..uses.session import Session
from ..uses.standing import RoundStanding, round_standing, standing_of
from .opened import reopened, served_home
from .site import served

Told = dict[str, tuple[Judged, Explained]]


class RoundResults(Struct, frozen=True, eq=False):
    """The round as it stands: its own data read anew, the judged units by code, and what was said on the way.

    `told` is what was put into words so far, by language; the results of the next state begin with it.
    """

    session: Session
    judgement: Judgement | None
    problems: Problems
    told: Mapping[Lang, Told]

    @property
    def units(self) -> tuple[Judged, ...]:
        return self.judgement.units if self.judgement else ()

    def spoken(self, lang: Lang) -> Spoken:
        """Return the words for the units in a language."""
        return Spoken(replace(self.session, lang=lang), self.told[lang])


class Spoken:
    """All that a person reads about each unit, in one language: worked out when a page first asks for it."""

    def __init__(self, session: Session, told: Told) -> None:
        self._session = session
        self._told = told

    def of(self, unit: Judged) -> Explained:
        """Return what is said of a unit."""
        known, told = self._told.get(unit.case.code, (None, None))
        if told is None or known is None or known.assessment is not unit.assessment:
            told = explain(self._session, unit)
            self._told[unit.case.code] = (unit, told)
        return told


def round_results() -> RoundResults | None:
    """Return the results of the round that is served, judged anew where it changed; None without a round."""
    home = served_home()
    return None if home is None else _results(home, home.state())


_TURN = RLock()  # who asks while the round is judged waits for that, and does not judge it as well
_LAST: dict[Home, RoundResults] = {}


def _results(home: Home, state: str) -> RoundResults:
    with _TURN:
        return _judged(home, state)


@lru_cache(maxsize=2)
def _judged(home: Home, state: str) -> RoundResults:
    session, said = reopened(home, state)
    nothing: dict[Lang, Told] = {lang: {} for lang in LANGS}
    if session is None:
        return RoundResults(served().sessions["zh"], None, said, nothing)
    last = _LAST.get(home)
    if last is not None and last.session.pack is not session.pack:
        last = None
    judgement, problems = judge_again(session, last.judgement if last else None)
    found = RoundResults(session, judgement, (*said, *problems), last.told if last else nothing)
    _LAST.clear()
    _LAST[home] = found
    return found


def standing_on(day: date) -> Answer[RoundStanding] | None:
    """Return how the round that is served stands on a day; None without a round."""
    home = served_home()
    return None if home is None else _standing(home, home.state(), day)


def _standing(home: Home, state: str, day: date) -> Answer[RoundStanding]:
    with _TURN:
        return _stood(home, state, day)


@lru_cache(maxsize=2)
def _stood(home: Home, state: str, day: date) -> Answer[RoundStanding]:
    results = _results(home, state)
    if results.judgement is None:  # what cannot be judged as it stands is told file by file
        return round_standing(results.session, day)
    return standing_of(results.session, results.judgement, day)
