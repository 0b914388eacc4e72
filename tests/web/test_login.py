"""Logging in: who is let in, who is not, what is said to whom, and when a session ends."""

from __future__ import annotations

from pathlib import Path
from re import findall, search
from typing import Any

import pytest
from msgspec.structs import replace
from tests.web.peopled import PASSWORD, UNITS, Clock, code_now, enter, shown, token

from meihao.round.roster import roster_text


def test_whoever_has_the_password_is_let_in_and_out_again(client: Any, staffed: Path) -> None:
    assert 'href="/login"' in client.get("/").text
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


def test_a_unit_that_moves_to_another_region_is_out_of_sight_at_once(client: Any, staffed: Path) -> None:
    from django.conf import settings

    enter(client, "township")
    assert client.get("/u/A-1/fill").status_code == 404
    assert client.get("/review/A-1").status_code == 200
    moved = [replace(one, region="20") if one.code == "A-1" else one for one in UNITS]
    settings.MEIHAO.sessions["zh"].home.put_text("roster.yaml", roster_text(moved).encode())
    assert client.get("/review/A-1").status_code == 404
    assert client.get("/review/A-2").status_code == 200


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


def test_five_wrong_passwords_lock_a_login_for_a_while(client: Any, staffed: Path, time: Clock) -> None:
    for _ in range(5):
        assert "B060" in enter(client, "county", "wrong").text
    assert "B061 试的次数太多，先等3分钟" in enter(client, "county").text, "the right password is not looked at"
    time.pass_(minutes=2, seconds=59)
    assert "B061" in enter(client, "county").text
    time.pass_(seconds=1)
    assert enter(client, "county").status_code == 302


def test_four_wrong_passwords_do_not(client: Any, staffed: Path) -> None:
    for _ in range(2):
        for _ in range(4):
            assert "B060" in enter(client, "county", "wrong").text
        assert enter(client, "county").status_code == 302


def test_an_unknown_login_is_locked_like_any_other(client: Any, staffed: Path) -> None:
    pages = [enter(client, "nobody", "wrong").text for _ in range(6)]
    assert ["B060" in page for page in pages] == [True] * 5 + [False]
    assert "B061" in pages[5]


def test_an_address_that_tries_many_logins_is_locked(
    client: Any, staffed: Path, time: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as quick:
        quick.setattr("meihao.web.passwords.check_password", lambda *given: False)
        sent = {"password": "wrong", **token(client)}
        for n in range(30):
            assert "B060" in client.post("/login", {"login": f"nobody{n}", **sent}).text
    assert "B061" in enter(client, "county").text
    time.pass_(minutes=1)
    assert enter(client, "county").status_code == 302


def test_the_same_work_is_done_for_an_unknown_login(
    client: Any, staffed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from meihao.web import passwords

    hashes: list[str] = []

    def never(said: str, kept: str) -> bool:
        hashes.append(kept)
        return False

    monkeypatch.setattr(passwords, "check_password", never)
    for login in ("county", "nobody"):
        enter(client, login, "wrong")
    assert [one.split("$")[:4] for one in hashes] == [hashes[0].split("$")[:4]] * 2


def test_a_right_password_gives_no_more_guesses_at_the_code(client: Any, staffed: Path) -> None:
    for n in range(6):
        client.post("/login", {"login": "member", "password": PASSWORD, **token(client)})
        page = client.post("/totp", {"code": "000000", **token(client, "/totp")})
        assert ("B067" if n < 5 else "B061") in page.text


@pytest.mark.parametrize(("steps", "good"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_code_is_good_for_its_step_and_the_neighbours(client: Any, staffed: Path, steps: int, good: bool) -> None:
    client.post("/login", {"login": "member", "password": PASSWORD, **token(client)})
    page = client.post("/totp", {"code": code_now(steps), **token(client, "/totp")})
    assert (page.status_code == 302) == good


def test_a_code_is_good_once(client: Any, staffed: Path) -> None:
    statuses = []
    for _ in range(2):
        client.post("/login", {"login": "member", "password": PASSWORD, **token(client)})
        statuses.append(client.post("/totp", {"code": code_now(), **token(client, "/totp")}).status_code)
    assert statuses == [302, 422]


def test_whoever_has_no_phone_yet_sets_one_up_and_gets_spare_codes(client: Any, staffed: Path) -> None:
    import pyotp

    from meihao.web import clock
    from meihao.web.who import people

    mine = people("设置")
    kept = mine.credential("member")
    assert kept is not None
    mine.prove(replace(kept, totp=""), "试")
    client.post("/login", {"login": "member", "password": PASSWORD, **token(client)})
    page = client.get("/totp")
    secret = search(r"<code>([A-Z2-7]{32})</code>", page.text)
    assert secret is not None
    assert "<svg" in page.text
    page = client.post("/totp", {"code": pyotp.TOTP(secret[1]).at(clock.now()), **token(client, "/totp")})
    codes = findall(r"<li>(\w{5}-\w{5})</li>", page.text)
    assert len(codes) == 8
    assert client.get("/account").status_code == 200
    for status in (302, 422):  # a spare code is good once
        client.post("/login", {"login": "member", "password": PASSWORD, **token(client)})
        assert client.post("/totp", {"code": codes[0], **token(client, "/totp")}).status_code == status


@pytest.mark.parametrize(
    "asked", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/\tevil", "account"]
)
def test_after_logging_in_nobody_is_sent_elsewhere(client: Any, staffed: Path, asked: str) -> None:
    page = client.post("/login", {"login": "county", "password": PASSWORD, "next": asked, **token(client)})
    place = page.headers["Location"]
    assert place == "/account" or (place.startswith("/") and place[1:2] not in "/\\")


def test_logging_in_takes_the_token_of_the_page(client: Any, staffed: Path) -> None:
    assert client.post("/login", {"login": "county", "password": PASSWORD}).status_code == 403
    assert client.post("/logout").status_code == 403
    assert client.get("/logout").status_code == 405


@pytest.mark.parametrize("key", ["0" * 32, "county", "", "' OR 1=1 --", "x" * 4000])
def test_a_forged_session_is_nobodys(client: Any, staffed: Path, key: str) -> None:
    client.cookies["session"] = key
    assert client.get("/account").status_code == 302
    assert client.get("/u/A-1").status_code == 302


def test_a_session_has_a_key_of_its_own_which_is_kept_nowhere(client: Any, staffed: Path) -> None:
    client.cookies["session"] = "a" * 32  # one that somebody else planted
    enter(client, "county")
    first = client.cookies["session"].value
    assert first != "a" * 32
    assert client.cookies["session"]["httponly"]
    assert client.cookies["session"]["samesite"] == "Lax"
    assert first.encode() not in (staffed / "meihao.sqlite3").read_bytes()
    enter(client, "county")
    assert client.cookies["session"].value != first
    client.cookies["session"] = first
    assert client.get("/account").status_code == 302, "logging in again ended the session before"


def test_a_session_ends_after_twelve_hours_of_work(client: Any, staffed: Path, time: Clock) -> None:
    enter(client, "county")
    for _ in range(24):
        time.pass_(minutes=30)
        last = client.get("/account").status_code
    assert last == 200
    time.pass_(minutes=1)
    assert client.get("/account").status_code == 302


def test_a_password_is_changed_and_other_logins_end(client: Any, staffed: Path) -> None:
    from django.test import Client

    other = Client()
    enter(client, "county")
    enter_again = Client(enforce_csrf_checks=True)
    enter(enter_again, "county")
    typed = {"old": PASSWORD, "new": "three odd words 7", "again": "three odd words 7"}
    assert client.post("/password", {**typed, **token(client, "/password")}).status_code == 302
    assert client.get("/account").status_code == 200
    assert enter_again.get("/account").status_code == 302
    assert other.get("/account").status_code == 302
    assert enter(client, "county").status_code == 422
    assert enter(client, "county", "three odd words 7").status_code == 302


@pytest.mark.parametrize(
    ("old", "new", "again", "code"),
    [
        ("wrong", "three odd words 7", "three odd words 7", "B068"), (PASSWORD, "three odd words 7", "three odd words 8", "B065"),
        (PASSWORD, PASSWORD, PASSWORD, "B066"), (PASSWORD, "short 9ab", "short 9ab", "B062"),
        (PASSWORD, "x" * 201, "x" * 201, "B062"),
        (PASSWORD, "my county pass", "my county pass", "B064"), (PASSWORD, "abababababab", "abababababab", "B063"),
        (PASSWORD, "1234567890", "1234567890", "B063"),
    ],
)  # fmt: skip
def test_a_weak_or_mistyped_password_is_not_taken(
    client: Any, staffed: Path, old: str, new: str, again: str, code: str
) -> None:
    enter(client, "county")
    page = client.post("/password", {"old": old, "new": new, "again": again, **token(client, "/password")})
    assert page.status_code == 422
    assert code in page.text
    assert new not in page.text


def test_other_sessions_are_listed_and_ended(client: Any, staffed: Path, time: Clock) -> None:
    from django.test import Client

    other = Client(enforce_csrf_checks=True, headers={"user-agent": "手机"})
    enter(other, "county")
    enter(client, "county")
    assert "手机" in client.get("/account").text
    time.pass_(minutes=11)
    assert "B068" in client.post("/account", {"proof": "", **token(client, "/account")}).text
    assert client.post("/account", {"proof": PASSWORD, **token(client, "/account")}).status_code == 200
    assert other.get("/account").status_code == 302


def test_buttons_without_a_password_are_there_in_a_demonstration_alone(client: Any, staffed: Path) -> None:
    from django.conf import settings
    from django.test import override_settings

    assert 'name="demo"' not in client.get("/login").text
    assert client.post("/login", {"demo": "county", **token(client)}).status_code == 404
    assert client.post("/login", {"demo": "demo-county", **token(client)}).status_code == 404
    with override_settings(MEIHAO=replace(settings.MEIHAO, demo=True)):
        assert client.get("/login").text.count('name="demo"') == 10
        assert client.post("/login", {"demo": "county", **token(client)}).status_code == 404, "no account of ones own"


def test_a_link_for_the_first_administrator_is_good_once(client: Any, staffed: Path) -> None:
    token_ = offered()
    typed = {"login": "li.wei", "name": "李伟", "new": "three odd words 7", "again": "three odd words 7"}
    assert client.get(f"/begin/{token_}x").status_code == 404
    address = f"/begin/{token_}"
    for wrong, code in (({"login": "李"}, "B069"), ({"name": "—"}, "B070"), ({"again": ""}, "B065")):
        assert code in client.post(address, {**typed, **wrong, **token(client, address)}).text
    assert client.post(address, {**typed, **token(client, address)}).headers["Location"] == "/totp"
    assert client.get("/admin/people").headers["Location"].startswith("/totp")
    assert client.get(address).status_code == 404
    assert "链接已失效" in client.get(address).text
    assert client.post(address, {**typed, **token(client)}).status_code == 404


def test_a_link_is_over_after_a_day(client: Any, staffed: Path, time: Clock) -> None:
    address = f"/begin/{offered()}"
    time.pass_(hours=23, minutes=59)
    assert client.get(address).status_code == 200
    time.pass_(minutes=1)
    assert client.get(address).status_code == 404


def test_no_link_is_offered_where_there_is_an_administrator(staffed: Path) -> None:
    from meihao.web.opening import first_link
    from meihao.web.who import people

    assert first_link(people("serve")) == ""


def offered() -> str:
    """Return the token of a link, of which the database holds the digest alone."""
    from meihao.people.limits import LINK
    from meihao.web import clock
    from meihao.web.who import people

    people("serve").offer("the-token", clock.now() + LINK)
    return "the-token"


def test_behind_https_cookies_are_secure_and_the_visitor_is_named_by_the_server_in_front(
    client: Any, staffed: Path
) -> None:
    from django.conf import settings
    from django.test import RequestFactory, override_settings

    from meihao.web.settings import set_up
    from meihao.web.who import visitor_address

    request = RequestFactory().get("/", headers={"x-forwarded-for": "203.0.113.9, 198.51.100.7"})
    assert visitor_address(request) == "127.0.0.1", "without a server in front nobody names another address"
    kept = {"SESSION_COOKIE_SECURE": False, "CSRF_COOKIE_SECURE": False, "SECURE_PROXY_SSL_HEADER": None}
    with override_settings(MEIHAO=settings.MEIHAO, ALLOWED_HOSTS=settings.ALLOWED_HOSTS, **kept):
        set_up(replace(settings.MEIHAO, https=True), ("*",))
        assert visitor_address(request) == "198.51.100.7"
        page = client.post(
            "/login",
            {"login": "county", "password": PASSWORD, **token(client)},
            secure=True,
            headers={"referer": "https://testserver/login"},
        )
        assert page.status_code == 302
        assert page.cookies["session"]["secure"]
