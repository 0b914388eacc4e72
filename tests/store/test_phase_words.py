"""The sentence about the phases says which is on, until when, and what follows, the same in terminal and browser."""

from __future__ import annotations

from datetime import date

import pytest

from meihao.round.phases import RoundPhase
from meihao.store.standing_words import phases_text

PHASES = (
    RoundPhase("apply", date(2026, 5, 1), date(2026, 5, 29)),
    RoundPhase("judge", date(2026, 5, 30), date(2026, 6, 30)),
    RoundPhase("named", date(2026, 7, 1)),
)


@pytest.mark.parametrize(
    ("day", "zh", "en"),
    [
        (
            "2026-04-30",
            "阶段：还没有开始；接下来是申报，从2026-05-01起",
            "Phase: not begun yet; then application, from 2026-05-01",
        ),
        (
            "2026-05-29",
            "阶段：申报，到2026-05-29为止（含当天）；接下来是评定，从2026-05-30起",
            "Phase: application, until 2026-05-29 (that day included); then judging, from 2026-05-30",
        ),
        (
            "2026-05-30",
            "阶段：评定，到2026-06-30为止（含当天）；接下来是命名，从2026-07-01起",
            "Phase: judging, until 2026-06-30 (that day included); then naming, from 2026-07-01",
        ),
        ("2026-07-01", "阶段：命名，从2026-07-01起", "Phase: naming, since 2026-07-01"),
    ],
)
def test_which_phase_is_on_and_what_follows(day: str, zh: str, en: str) -> None:
    on = date.fromisoformat(day)
    assert (phases_text(PHASES, on, "zh"), phases_text(PHASES, on, "en")) == (zh, en)


def test_the_last_phase_stays_after_its_last_day() -> None:
    assert phases_text(PHASES[:1], date(2026, 5, 30), "zh") == "阶段：申报，2026-05-29已经结束"
    assert phases_text(PHASES[:1], date(2026, 5, 30), "en") == "Phase: application, ended on 2026-05-29"


def test_a_round_without_phases_says_nothing() -> None:
    assert phases_text((), date(2026, 5, 30), "zh") == ""
