"""Logging in: who is let in, who is not, what is said to whom, and when a session ends."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.web.peopled import PASSWORD, Clock, code_now, enter, shown, token


def test_whoever_has_the_password_is_let_in_and_out_again(client: Any, staffed: Path) -> None:
    assert "登录" in client.get("/").text
    assert enter(client, "county").headers["Location"] == "/account"
    text = shown(client.get("/account"))
    assert "县审丙" in text
    assert "县（市、区）审核员 10" in text
    client.post("/logout", token(client, "/account"))
    assert client.get("/account").headers["Location"] == "/login?next=%2Faccount"


@pytest.mark.parametrize("login", ["county", "nobody", "<b>", "x" * 5000])
def test_a_wrong_password_and_an_unknown_login_are_told_alike(client: Any, staffed: Path, login: str) -> None:
    page = client.post("/login", {"login": login, "password": "wrong", **token(client)})
    assert page.status_code == 422
    assert "B060 登录名或密码不对" in page.text
    assert "session" not in client.cookies
    assert "<b>" not in page.text


def test_a_county_sees_its_own_units_and_those_below_and_no_others(client: Any, staffed: Path) -> None:
    enter(client, "county")
    assert [client.get(f"/u/{code}").status_code for code in ("A-1", "B-1", "C-1", "D-1", "Z")] == [
        200,
        200,
        200,
        404,
        404,
    ]
    text = client.get("/round").text
    assert 'href="/u/A-1"' in text
    assert "西村" not in text


def test_nobody_unknown_sees_a_unit(client: Any, staffed: Path) -> None:
    for code in ("A-1", "Z"):
        assert client.get(f"/u/{code}").headers["Location"] == f"/login?next=%2Fu%2F{code}"
    assert "河口一村" not in client.get("/round").text


def test_a_committee_member_gives_the_code_from_the_phone_too(client: Any, staffed: Path) -> None:
    client.post("/login", {"login": "member", "password": PASSWORD, **token(client)})
    assert client.get("/u/A-1").headers["Location"] == "/totp?next=%2Fu%2FA-1"
    page = client.post("/totp", {"code": code_now(), "next": "/u/A-1", **token(client, "/totp")})
    assert page.headers["Location"] == "/u/A-1"
    assert client.get("/u/A-1").status_code == 200


def test_a_session_of_which_nothing_is_heard_ends_after_half_an_hour(client: Any, staffed: Path, time: Clock) -> None:
    enter(client, "county")
    time.pass_(minutes=30)
    assert client.get("/account").status_code == 200
    time.pass_(minutes=30, seconds=1)
    assert client.get("/account").status_code == 302
