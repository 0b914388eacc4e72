"""The table of permissions is read once and checked; a mistake in it is an error of ours."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from meihao.people.accounts import Account
from meihao.people.permissions import TABLE, Moment, holds_for, may, may_anywhere, may_on, permissions, read_permissions
from meihao.people.places import NOWHERE, WHOLE_ROUND, RoleGrant, RoundMap
from meihao.round.decisions import Decision
from meihao.round.phases import RoundPhase


def altered(tmp_path: Path, old: str, new: str) -> Path:
    text = TABLE.read_text("utf-8")
    assert old in text
    file = tmp_path / "permissions.yaml"
    file.write_text(text.replace(old, new, 1), "utf-8")
    return file


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("actions: [withdraw]", "actions: [withdrew]"),
        ("actions: [withdraw]", "actions: [submit]"),
        ("roles: [author]", "roles: [king]"),
        ("where: [own]", "where: [other]"),
        ("reason_en: a unit sees", "reasons: a unit sees"),
        ("phases: [notice", "phases: [never"),
        ("rules:", "rule:"),
        ("{id: submit, title: 提交", "{id: fill_in, title: 提交"),
    ],
)
def test_a_mistake_in_the_table_is_an_error(tmp_path: Path, old: str, new: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        read_permissions(altered(tmp_path, old, new))


def test_an_unknown_action_is_an_error_of_ours() -> None:
    with pytest.raises(LookupError):
        may(None, "fly", WHOLE_ROUND, NOWHERE)
    with pytest.raises(LookupError):
        may_anywhere(None, "fly")


def test_nobody_and_a_switched_off_account_may_nothing() -> None:
    off = Account("a", "甲", grants=(RoleGrant("accounts"),), active=False)
    for action in permissions().actions:
        for account in (None, off, Account("b", "乙")):
            assert not may(account, action, WHOLE_ROUND, NOWHERE)
            assert not may_anywhere(account, action)


def test_a_refusal_says_whether_it_is_the_role_the_place_or_the_phase() -> None:
    county, applicant = (Account("a", "甲", grants=(RoleGrant(role, "1"),)) for role in ("county", "applicant"))
    assert "不归" in may(county, "review", WHOLE_ROUND, NOWHERE).reason.zh
    assert "可以的是：申报单位" in may(county, "fill_in", WHOLE_ROUND, NOWHERE).reason.zh
    here = NOWHERE.unit("1")
    assert "阶段" in may(applicant, "see_result", here, NOWHERE, "judge").reason.zh
    assert may(applicant, "see_result", here, NOWHERE, "notice")


# ---- phases

PHASED = RoundMap(
    {}, {"1": ""},
    (
        RoundPhase("apply", date(2026, 5, 1), date(2026, 5, 31)), RoundPhase("judge", date(2026, 6, 1), date(2026, 6, 30)),
        RoundPhase("notice", date(2026, 7, 1)),
    ),
    (Decision("1号", "grace", ("1",), "委员会", date(2026, 7, 5), date(2026, 7, 9), "停电"),),
)  # fmt: skip
APPLICANT = Account("a", "甲", grants=(RoleGrant("applicant", "1"),))


@pytest.mark.parametrize(
    ("day", "fills", "sees"),
    [
        ("2026-04-30", False, False), ("2026-05-01", True, False), ("2026-05-31", True, False), ("2026-06-30", True, False),
        ("2026-07-01", False, True), ("2026-07-04", False, True), ("2026-07-05", True, True), ("2026-07-09", True, True),
        ("2026-07-10", False, True),
    ],
)  # fmt: skip
def test_the_day_decides_by_its_phase_and_a_decision_lets_its_unit_in(day: str, fills: bool, sees: bool) -> None:
    place, on = PHASED.unit("1"), date.fromisoformat(day)
    assert bool(may_on(APPLICANT, "fill_in", place, PHASED, on)) == fills
    assert bool(may_on(APPLICANT, "see_result", place, PHASED, on)) == sees
    assert may_on(APPLICANT, "see_form", place, PHASED, on)


def test_a_decision_for_one_unit_lets_no_other_in() -> None:
    other = Account("b", "乙", grants=(RoleGrant("applicant", "2"),))
    assert not may_on(other, "fill_in", PHASED.unit("2"), PHASED, date(2026, 7, 5))
    assert not PHASED.let_in(WHOLE_ROUND, date(2026, 7, 5))


def test_a_round_without_phases_lets_in_and_shows_nothing_early() -> None:
    place = NOWHERE.unit("1")
    assert may_on(APPLICANT, "fill_in", place, NOWHERE, date(2026, 5, 1))
    assert not may_on(APPLICANT, "see_result", place, NOWHERE, date(2026, 5, 1))


@pytest.mark.parametrize(
    ("on", "day", "action", "zh", "en"),
    [
        (
            PHASED, "2026-06-30", "see_result",
            "申报单位可以做这件事，但不在现在的阶段（评定）；2026-07-01进入“公示”后可以",
            "the role “applicant” allows it, yet not in this phase (judging); it will from 2026-07-01 on (public notice)",
        ),
        (
            PHASED, "2026-04-30", "fill_in",
            "申报单位可以做这件事，但不在现在的阶段（各阶段以前）；2026-05-01进入“申报”后可以",
            "the role “applicant” allows it, yet not in this phase (before the phases); it will from 2026-05-01 on (application)",
        ),
        (
            PHASED, "2026-07-10", "withdraw",
            "申报单位可以做这件事，但不在现在的阶段（公示）；可以的阶段：申报、审核",
            "the role “applicant” allows it, yet not in this phase (public notice); it does in: application, review",
        ),
        (
            NOWHERE, "2026-07-10", "see_report",
            "申报单位可以做这件事，但这个批次没有分阶段；可以的阶段：公示、异议、命名",
            "the role “applicant” allows it, yet the round has no phases; it does in: public notice, objections, naming",
        ),
    ],
)  # fmt: skip
def test_a_refusal_names_the_phase_and_the_day_from_which_it_is_allowed(
    on: RoundMap, day: str, action: str, zh: str, en: str
) -> None:
    found = may_on(APPLICANT, action, on.unit("1"), on, date.fromisoformat(day))
    assert (bool(found), found.reason.zh, found.reason.en) == (False, zh, en)


@pytest.mark.parametrize(
    ("phase", "holds"), [("any", True), ("before", False), ("judge", True), ("notice", False), ("decision", True)]
)
def test_what_a_role_may_somewhere_depends_on_the_phase(phase: Moment, holds: bool) -> None:
    assert holds_for("applicant", "fill_in", phase) == holds
    assert not holds_for("township", "fill_in", phase)
