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

from .core.version import __version__ as __version__

if TYPE_CHECKING:  # for type checkers; `X as X` is how a package says that a name is its own to give
    from .uses.check import Checked as Checked
    from .uses.check import Tested as Tested
    from .uses.check import check_standard as check_standard
    from .uses.check import run_standard_cases as run_standard_cases
    from .uses.compare import Compared as Compared
    from .uses.compare import Comparing as Comparing
    from .uses.compare import compare_rankings as compare_rankings
    from .uses.demo import Demo as Demo
    from .uses.demo import InventedRound as InventedRound
    from .uses.demo import make_demo as make_demo
    from .uses.demo import make_stage as make_stage
    from .uses.error_copy import error_copy as error_copy
    from .uses.error_copy import write_errors as write_errors
    from .uses.export import audits_as_json as audits_as_json
    from .uses.export import comparison_as_json as comparison_as_json
    from .uses.export import ranking_as_json as ranking_as_json
    from .uses.export import results_as_json as results_as_json
    from .uses.forms import FormRequest as FormRequest
    from .uses.forms import blank_form as blank_form
    from .uses.forms import write_forms as write_forms
    from .uses.incoming import NamedFile as NamedFile
    from .uses.judge import Judgement as Judgement
    from .uses.judge import criterion_of as criterion_of
    from .uses.judge import explain as explain
    from .uses.judge import judge as judge
    from .uses.judge import judge_handed as judge_handed
    from .uses.judge import unit_of as unit_of
    from .uses.mend import mend as mend
    from .uses.new import new_round as new_round
    from .uses.new import new_standard as new_standard
    from .uses.new_cases import CasesAdded as CasesAdded
    from .uses.new_cases import new_cases as new_cases
    from .uses.papers import PaperRequest as PaperRequest
    from .uses.papers import write_blank_sheets as write_blank_sheets
    from .uses.papers import write_inspection_records as write_inspection_records
    from .uses.papers import write_sheets_for_another_look as write_sheets_for_another_look
    from .uses.publish import publish as publish
    from .uses.rank import RankedRound as RankedRound
    from .uses.rank import rank_round as rank_round
    from .uses.report import Reporting as Reporting
    from .uses.report import report as report
    from .uses.roster import StoredRoster as StoredRoster
    from .uses.roster import enrolled_units as enrolled_units
    from .uses.roster import store_roster as store_roster
    from .uses.roster import write_roster_form as write_roster_form
    from .uses.session import Opening as Opening
    from .uses.session import Session as Session
    from .uses.session import open_session as open_session
    from .uses.session import open_standard as open_standard
    from .uses.session import read_standard as read_standard
    from .uses.sign import Signing as Signing
    from .uses.sign import sign as sign
    from .uses.standing import RoundStanding as RoundStanding
    from .uses.standing import UnitStanding as UnitStanding
    from .uses.standing import round_standing as round_standing
    from .uses.standing import standing_as_json as standing_as_json
    from .uses.standing import standing_of as standing_of
    from .uses.standing import unit_standing as unit_standing
    from .uses.take_in import Intake as Intake
    from .uses.take_in import TakingIn as TakingIn
    from .uses.take_in import open_intake as open_intake
    from .uses.take_in import take_in as take_in
    from .uses.take_in import taken_in_as_json as taken_in_as_json
    from .uses.taken_in import TakenIn as TakenIn
    from .uses.try_files import kept_answers as kept_answers
    from .uses.try_files import read_answers as read_answers
    from .uses.try_files import tried_form as tried_form
    from .uses.try_files import tried_report as tried_report
    from .uses.try_out import Tried as Tried
    from .uses.try_out import TypedDocument as TypedDocument
    from .uses.try_out import TypedUnit as TypedUnit
    from .uses.try_out import try_out as try_out
    from .uses.verify import Verified as Verified
    from .uses.verify import Verifying as Verifying
    from .uses.verify import verify as verify
    from .uses.verify import verify_scanned as verify_scanned
    from .uses.verify import verify_upload as verify_upload

_HOMES = {  # for the running program, which imports a home only when it is asked for; a test compares the two
    "check": ("Checked", "Tested", "check_standard", "run_standard_cases"),
    "compare": ("Compared", "Comparing", "compare_rankings"),
    "demo": ("Demo", "InventedRound", "make_demo", "make_stage"),
    "error_copy": ("error_copy", "write_errors"),
    "export": ("audits_as_json", "comparison_as_json", "ranking_as_json", "results_as_json"),
    "forms": ("FormRequest", "blank_form", "write_forms"),
    "incoming": ("NamedFile",),
    "judge": ("Judgement", "criterion_of", "explain", "judge", "judge_handed", "unit_of"),
    "mend": ("mend",),
    "new": ("new_round", "new_standard"),
    "new_cases": ("CasesAdded", "new_cases"),
    "papers": ("PaperRequest", "write_blank_sheets", "write_inspection_records", "write_sheets_for_another_look"),
    "publish": ("publish",),
    "rank": ("RankedRound", "rank_round"),
    "report": ("Reporting", "report"),
    "roster": ("StoredRoster", "enrolled_units", "store_roster", "write_roster_form"),
    "session": ("Opening", "Session", "open_session", "open_standard", "read_standard"),
    "sign": ("Signing", "sign"),
    "standing": ("RoundStanding", "UnitStanding", "round_standing", "standing_as_json", "standing_of", "unit_standing"),
    "take_in": ("Intake", "TakingIn", "open_intake", "take_in", "taken_in_as_json"),
    "taken_in": ("TakenIn",),
    "try_files": ("kept_answers", "read_answers", "tried_form", "tried_report"),
    "try_out": ("Tried", "TypedDocument", "TypedUnit", "try_out"),
    "verify": ("Verified", "Verifying", "verify", "verify_scanned", "verify_upload"),
}
__all__ = sorted(name for names in _HOMES.values() for name in names)


def __getattr__(name: str) -> object:
    """Import a use case when it is first asked for: most programs need few, and a command starts in milliseconds."""
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.uses.{home}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
