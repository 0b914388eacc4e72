"""The table of permissions is read once and checked; a mistake in it is an error of ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from meihao.people.accounts import Account
from meihao.people.permissions import TABLE, may, may_anywhere, permissions, read_permissions
from meihao.people.places import NOWHERE, WHOLE_ROUND, RoleGrant


def altered(tmp_path: Path, old: str, new: str) -> Path:
    text = TABLE.read_text("utf-8")
    assert old in text
    file = tmp_path / "permissions.yaml"
    file.write_text(text.replace(old, new, 1), "utf-8")
    return file


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("see_document, fill_in", "see_document, fil_in"),
        ("fill_in, submit, withdraw", "submit, withdraw"),
        ("roles: [author]", "roles: [king]"),
        ("where: [own]", "where: [other]"),
        ("reason_en: a unit fills", "reasons: a unit fills"),
        ("phases: [notice", "phases: [any"),
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
