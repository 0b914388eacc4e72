"""The workbook of accounts: what is written is read back alike, and what is wrong is told at its cell."""

from __future__ import annotations

from string import ascii_lowercase

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meihao.core.files import NamedFile
from meihao.core.text import Label
from meihao.forms.accounts_book import read_accounts_book, write_accounts_book
from meihao.people.accounts import Account
from meihao.people.places import RoleGrant, RoundMap
from meihao.people.roles import ADMINISTRATORS, HOLDS, NAMES, RoleName
from meihao.uses.accounts import DIGITS, LETTERS, MOST_NEW, plan_accounts

ON = RoundMap({"10": ("10",), "101": ("101", "10"), "007": ("007",)}, {"A-1": "101", "0512": "10"})
HEADS = "登录名,姓名,单位,身份,范围,启用\n"
PLACES = {"unit": ("A-1", "0512"), "region": ("10", "101", "007"), "round": ("",)}


def read(rows: str, heads: str = HEADS) -> tuple[tuple[Account, ...], list[str]]:
    accounts, problems = read_accounts_book(NamedFile("账号.csv", (heads + rows).encode()), ON)
    return accounts, [f"{one.source.row}:{one.code}" for one in problems]


grants = st.sampled_from(NAMES).flatmap(
    lambda role: st.sampled_from(PLACES[HOLDS[role]]).map(lambda at: RoleGrant(role, at))
)


def together(found: list[RoleGrant]) -> bool:
    roles: set[RoleName] = {one.role for one in found}
    return not roles & ADMINISTRATORS or len(roles) == 1


accounts = st.builds(
    Account,
    st.text(ascii_lowercase, min_size=3, max_size=8),
    st.sampled_from(["王芳", "阿说·尔古", "=1+1", "Li Wei"]),
    st.sampled_from(["", "河口镇", "00123"]),
    st.lists(grants, min_size=1, max_size=3, unique=True).filter(together).map(tuple),
    st.booleans(),
)


@settings(max_examples=12, deadline=None)
@given(st.lists(accounts, min_size=1, max_size=4, unique_by=lambda one: one.login), st.sampled_from(["zh", "en"]))
def test_what_is_written_is_read_back(given_: list[Account], lang: str) -> None:
    book = write_accounts_book(Label("批次", "round"), given_, "zh" if lang == "zh" else "en")
    assert read_accounts_book(NamedFile("a.xlsx", book), ON) == (tuple(given_), ())


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("li.wei,李伟,,申报单位,A-1,\n", []),
        ("LI.WEI,李伟,,申报单位,A-1,\n", []),
        ("li,李伟,,申报单位,A-1,\n", ["2:W180"]),
        ("li.wei,—,,申报单位,A-1,\n", ["2:W181"]),
        ("li.wei,李伟,,申报单位,A-1,\nli.wei,王芳,,检查员,0512,\n", ["3:W182"]),
        ("li.wei,李伟,,账号管理员,,\nli.wei,李伟,,审计员,,\n", ["3:W183"]),
        ("li.wei,李伟,,账号管理员,,\nli.wei,李伟,,检查员,A-1,\n", ["3:W183"]),
        ("li.wei,李伟,,乡镇（街道）审核员,101,\nli.wei,李伟,,检查员,A-1,\n", []),
        ("li.wei,李伟,,申报单位,,\n", ["2:W184"]),
        ("li.wei,李伟,,评审委员,10,\n", ["2:W185"]),
        ("li.wei,李伟,,申报单位,A-1,\nli.wei,李伟,,申报单位,A-1,\n", ["3:W186"]),
        ("li.wei,李伟,,申报单位,A-1,也许\n", ["2:W187"]),
        ("li.wei,李伟,,申报单位,A-2,\n", ["2:W110"]),
        ("li.wei,李伟,,申报单位,10,\n", ["2:W110"]),
        ("li.wei,李伟,,县（市、区）审核员,11,\n", ["2:E017"]),
        ("li.wei,李伟,,县审核员,10,\n", ["2:E083"]),
    ],
)
def test_what_is_wrong_is_told_at_its_row(rows: str, said: list[str]) -> None:
    found, problems = read(rows)
    assert problems == said
    assert bool(found) == (not said)


def test_a_near_match_is_named() -> None:
    _, problems = read_accounts_book(
        NamedFile("a.csv", (HEADS + "li.wei,李伟,,乡镇（街道）审核员,1O1,\n").encode()), ON
    )
    assert "是否想写 101？" in problems[0].text("zh")
    assert "did you mean 101?" in problems[0].text("en")


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04 no workbook", "姓名\n李伟\n".encode(), "登录名,姓名\nli.wei,李伟\n".encode()]
)
def test_what_is_no_workbook_of_accounts_is_refused(data: bytes) -> None:
    for name in ("a.csv", "a.xlsx"):
        planned, problems = plan_accounts({}, NamedFile(name, data), ON)
        assert planned is None
        assert problems[-1].severity == "error"


def test_more_than_a_thousand_new_accounts_are_refused() -> None:
    keeper = {"keeper": Account("keeper", "甲", grants=(RoleGrant("accounts"),))}
    for count in (MOST_NEW, MOST_NEW + 1):
        rows = "".join(f"unit{n},人{n},,申报单位,A-1,\n" for n in range(count))
        planned, problems = plan_accounts(keeper, NamedFile("a.csv", (HEADS + rows).encode()), ON)
        assert (planned is None) == (count > MOST_NEW)
        assert [one.code for one in problems] == ["W190"] * (count > MOST_NEW)


def test_signs_of_a_first_password_look_like_no_others() -> None:
    assert not set(LETTERS + DIGITS) & set("0Oo1lLiI")
