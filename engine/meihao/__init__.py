"""Meihao (美好) reads criteria, rules and evidence, and gives explained verdicts, ranked tiers and reports.

What a person does with a standard and a round, as functions. Each takes what it needs as plain records and returns its result
(None where a user must first correct something) with all problems: their code, place and text in two languages.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .uses.check import Checked, Tested, check_standard, run_standard_cases
    from .uses.export import ranking_as_json, results_as_json
    from .uses.judge import Judgement, criterion_of, explain, judge, unit_of
    from .uses.publish import publish
    from .uses.rank import RankedRound, rank_round
    from .uses.report import Reporting, report
    from .uses.session import Opening, Session, open_session, open_standard, read_standard

__version__ = "0.1.0"
__all__ = [
    "Checked", "Judgement", "Opening", "RankedRound", "Reporting", "Session", "Tested", "check_standard",
    "criterion_of", "explain", "judge", "open_session", "open_standard", "publish", "rank_round", "ranking_as_json",
    "read_standard", "report", "results_as_json", "run_standard_cases", "unit_of",
]  # fmt: skip
_HOMES = {
    "check": ("Checked", "Tested", "check_standard", "run_standard_cases"),
    "export": ("ranking_as_json", "results_as_json"),
    "judge": ("Judgement", "criterion_of", "explain", "judge", "unit_of"),
    "publish": ("publish",),
    "rank": ("RankedRound", "rank_round"),
    "report": ("Reporting", "report"),
    "session": ("Opening", "Session", "open_session", "open_standard", "read_standard"),
}


def __getattr__(name: str) -> object:
    """Import a use case when it is first asked for: most programs need few, and a command starts in milliseconds."""
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.uses.{home}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
