"""Says phrases by their key, in one language, and gives outcomes, verdicts and states their marks; templates say `t("key")`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..assessment.explain.words import OUTCOME, VERDICT
from ..assessment.results import Outcome, State
from ..core.problems import Lang
from ..core.text import Label
from .model import Mark, Tone
from .phrases.charts import CHARTS
from .phrases.every_page import EVERY_PAGE, STATE
from .phrases.joints import JOINTS
from .phrases.official import OFFICIAL
from .phrases.ranking import RANKING
from .phrases.record import RECORD
from .phrases.sheets import SHEETS
from .phrases.slips import SLIPS
from .phrases.summary import SUMMARY
from .phrases.unit import UNIT

SIGNS: Mapping[Outcome, tuple[str, Tone]] = {
    "met": ("●", "good"),
    "partly_met": ("◐", "part"),
    "not_met": ("○", "bad"),
    "unknown": ("?", "open"),
    "not_applicable": ("–", "off"),
    "exempt": ("★", "good"),
    "error": ("!", "bad"),
}
VERDICTS: Mapping[State, tuple[str, Tone]] = {
    "passed": ("✓", "good"),
    "failed": ("×", "bad"),
    "undetermined": ("?", "open"),
}
STATES: Mapping[str, tuple[str, Tone]] = {
    "clear": ("✓", "good"),
    "fits": ("✓", "good"),
    "fired": ("×", "bad"),
    "unfit": ("×", "bad"),
    "flagged": ("?", "open"),
    "waived": ("★", "off"),
    "holds": ("✓", "good"),
    "fails": ("×", "bad"),
    "open": ("?", "open"),
    "note": ("◇", "part"),
}

PHRASES: Mapping[str, Label] = {
    **JOINTS,
    **EVERY_PAGE,
    **CHARTS,
    **UNIT,
    **RANKING,
    **SUMMARY,
    **OFFICIAL,
    **SHEETS,
    **SLIPS,
    **RECORD,
}


def capital(text: str) -> str:
    """Return a text as a title or a sentence begins.

    >>> capital("below every grade"), capital("未达等次")
    ('Below every grade', '未达等次')
    """
    return text[:1].upper() + text[1:]


def mark_of_outcome(code: Outcome, lang: Lang) -> Mark:
    sign, tone = SIGNS[code]
    return Mark(code, sign, OUTCOME[code][lang], tone)


def mark_of_verdict(state: State, lang: Lang) -> Mark:
    sign, tone = VERDICTS[state]
    return Mark(state, sign, capital(VERDICT[state][lang]), tone)


def mark_of_state(state: str, lang: Lang) -> Mark:
    """Return the mark of a check or a line. Raises KeyError for a state that is none of ours."""
    sign, tone = STATES[state]
    return Mark(state, sign, STATE[state][lang], tone)


def speaker(lang: Lang) -> Callable[..., str]:
    """Return `t(key, **values)`: the phrase of a key. Raises KeyError for an unknown key."""

    def t(key: str, **values: object) -> str:
        return PHRASES[key][lang].format(**values) if values else PHRASES[key][lang]

    return t
