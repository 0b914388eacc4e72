"""Meihao (美好) reads criteria, rules and evidence, and gives explained verdicts, ranked tiers and reports.

What a person does with a standard and a round, as functions. Each takes what it needs as plain records and returns its result
(None where a user must first correct something) with all problems: their code, place and text in two languages.

>>> import meihao
>>> session, problems = meihao.open_session(meihao.Opening(lang="en"))
>>> session.pack.kinds[0].title[session.lang], problems
('village', ())
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # for type checkers; `X as X` is how a package says that a name is its own to give
    from .uses.check import Checked as Checked
    from .uses.check import Tested as Tested
    from .uses.check import check_standard as check_standard
    from .uses.check import run_standard_cases as run_standard_cases
    from .uses.export import ranking_as_json as ranking_as_json
    from .uses.export import results_as_json as results_as_json
    from .uses.judge import Judgement as Judgement
    from .uses.judge import criterion_of as criterion_of
    from .uses.judge import explain as explain
    from .uses.judge import judge as judge
    from .uses.judge import unit_of as unit_of
    from .uses.publish import publish as publish
    from .uses.rank import RankedRound as RankedRound
    from .uses.rank import rank_round as rank_round
    from .uses.report import Reporting as Reporting
    from .uses.report import report as report
    from .uses.session import Opening as Opening
    from .uses.session import Session as Session
    from .uses.session import open_session as open_session
    from .uses.session import open_standard as open_standard
    from .uses.session import read_standard as read_standard

__version__ = "0.1.0"
_HOMES = {  # for the running program, which imports a home only when it is asked for; a test compares the two
    "check": ("Checked", "Tested", "check_standard", "run_standard_cases"),
    "export": ("ranking_as_json", "results_as_json"),
    "judge": ("Judgement", "criterion_of", "explain", "judge", "unit_of"),
    "publish": ("publish",),
    "rank": ("RankedRound", "rank_round"),
    "report": ("Reporting", "report"),
    "session": ("Opening", "Session", "open_session", "open_standard", "read_standard"),
}
__all__ = sorted(name for names in _HOMES.values() for name in names)


def __getattr__(name: str) -> object:
    """Import a use case when it is first asked for: most programs need few, and a command starts in milliseconds."""
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.uses.{home}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
