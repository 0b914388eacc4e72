"""The phases of a round open and close the form of a unit by the day that the door names, first and last day included."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from meihao.core.problems import Problems
from meihao.store.steps import FormItem
from meihao.uses.hand_in import hand_in, withdraw
from meihao.uses.review import return_item

from .intake_round import ANSWERS, ROUND, by, desk_of

APPLY, REVIEW, NOTICE = (
    "  - {phase: apply, from: 2026-05-20, until: 2026-05-29}\n",
    "  - {phase: review, from: 2026-05-30, until: 2026-06-12}\n",
    "  - {phase: notice, from: 2026-06-13}\n",
)
GRACE = """decisions:
  - {id: 宽限1号, kind: grace, units: ["C-1"], by: 评定委员会, date: 2026-06-20, until: 2026-06-21, reason: 停电三天}
"""
FIELD = FormItem("field", "buildings.total")


def phased(*phases: str) -> str:
    return f"{ROUND}phases:\n{''.join(phases)}"


def codes(problems: Problems) -> list[str]:
    return [problem.code for problem in problems]


@pytest.mark.parametrize(
    ("phases", "day", "code"),
    [
        ((APPLY, REVIEW), "2026-05-19", "W129"),
        ((APPLY, REVIEW), "2026-05-20", ""),
        ((APPLY, REVIEW), "2026-05-29", ""),
        ((APPLY, REVIEW), "2026-05-30", "W128"),
        ((APPLY,), "2026-05-29", ""),
        ((APPLY,), "2026-05-30", "W128"),
        ((REVIEW,), "2026-05-29", "W129"),
        ((REVIEW,), "2026-05-30", "W128"),
        (("  - {phase: apply, from: 2026-05-20}\n",), "2027-05-20", ""),
    ],
)
def test_a_form_is_open_in_the_phase_of_applications_alone(
    tmp_path: Path, phases: tuple[str, ...], day: str, code: str
) -> None:
    desk, on = desk_of(tmp_path / "round", phased(*phases)), date.fromisoformat(day)
    form = desk.form("C-1", on)
    assert form.open == (not code)
    assert codes(form.application.shut) == ([code] if code else [])
    if code:
        assert codes(hand_in(desk.session, desk.drafts, "C-1", by(on=on))[1]) == [code]


def test_the_reason_is_said_in_both_languages(tmp_path: Path) -> None:
    desk = desk_of(tmp_path / "round", phased(APPLY, REVIEW))
    said = [
        one.text(lang)
        for day in (date(2026, 5, 19), date(2026, 5, 30))
        for one in desk.form("C-1", day).application.shut
        for lang in ("zh", "en")
    ]
    assert said == [
        "W129 现在还不能填：“申报”从2026-05-20开始（到那天再填；现在可以先看要填什么、备好材料）",
        "W129 the form is not open yet: “application” begins on 2026-05-20 (come back on that day; until then the form shows "
        "what it will ask)",
        "W128 申报已经截止，从2026-05-30起只能看，不能填（审核部门退回的项可以补正；别的要补交，请县（市、区）凭决定延长期限）",
        "W128 applications have closed: since 2026-05-30 the form can be read, not filled in (an item that reviewers return "
        "opens again; for anything else ask the county to extend the deadline by a decision)",
    ]


@pytest.mark.parametrize(
    ("day", "open_"), [("2026-06-19", False), ("2026-06-20", True), ("2026-06-21", True), ("2026-06-22", False)]
)
def test_a_decision_opens_it_again_for_its_unit_within_its_days(tmp_path: Path, day: str, open_: bool) -> None:
    desk, on = desk_of(tmp_path / "round", phased(APPLY, REVIEW, NOTICE) + GRACE), date.fromisoformat(day)
    assert desk.form("C-1", on).open == open_
    assert desk.form("C-1", on).application.decision == ("宽限1号" if open_ else "")
    assert not desk.form("C-2", on).open


def test_what_was_returned_stays_open_until_the_notice_and_what_was_withdrawn_is_closed(tmp_path: Path) -> None:
    desk = desk_of(tmp_path / "round", phased(APPLY, REVIEW, NOTICE))
    desk.type(ANSWERS, "C-1")
    desk.hand_in("C-1")
    assert not desk.form("C-1", date(2026, 5, 29)).application.final
    returned, problems = return_item(
        desk.session, "C-1", FIELD, "与台账不符", "2026-06-05", by("township", on=date(2026, 6, 1))
    )
    assert returned is not None, problems
    form = desk.form("C-1", date(2026, 6, 12))
    assert (form.open, form.may_change(("buildings.total",)), form.may_change(("buildings.with_head",))) == (
        True,
        True,
        False,
    )
    assert form.application.final
    assert codes(desk.form("C-1", date(2026, 6, 13)).application.shut) == ["W128"]
    assert withdraw(desk.session, "C-1", "漏数", by(on=date(2026, 6, 2)))[0] is not None
    assert codes(desk.form("C-1", date(2026, 6, 2)).application.shut) == ["W128"]
