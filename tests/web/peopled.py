"""A served folder with people, for tests: two counties, two townships in the first, five units, an account for each role."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from re import sub
from typing import Any

from meihao.people.accounts import Account
from meihao.people.places import RoleGrant
from meihao.round.roster import Enrolled, roster_text
from meihao.store.journal import Hand
from meihao.uses.session import Opening, open_session

CODE, PASSWORD = "r", "long enough, and odd"
ROUND = """round: r
title: 试点市2026年批次
title_en: Pilot city, round of 2026
reference_date: "2026-06-30"
closed: false
stage: self
regions:
  - {code: "10", name: 东县, level: county}
  - {code: "101", name: 河口镇, level: township, parent: "10"}
  - {code: "102", name: 山前镇, level: township, parent: "10"}
  - {code: "20", name: 西县, level: county}
"""
UNITS = (
    Enrolled("A-1", "village", "河口一村", "101"), Enrolled("A-2", "village", "河口二村", "101"),
    Enrolled("B-1", "village", "山前村", "102"), Enrolled("C-1", "village", "县直村", "10"),
    Enrolled("D-1", "village", "西村", "20"),
)  # fmt: skip
ACCOUNTS = (
    Account("applicant", "申报甲", "河口一村", (RoleGrant("applicant", "A-1"),)),
    Account("township", "镇审乙", "河口镇", (RoleGrant("township", "101"),)),
    Account("county", "县审丙", "东县", (RoleGrant("county", "10"),)),
    Account("inspector", "核查丁", "", (RoleGrant("inspector", "A-1"), RoleGrant("inspector", "D-1"))),
    Account("member", "评委戊", "", (RoleGrant("member"),)),
    Account("secretary", "秘书己", "", (RoleGrant("secretary"),)),
    Account("author", "编写庚", "", (RoleGrant("author"),)),
    Account("accounts", "账管辛", "", (RoleGrant("accounts"),)),
    Account("security", "安管壬", "", (RoleGrant("security"),)),
    Account("auditor", "审计癸", "", (RoleGrant("auditor"),)),
)


class Clock:
    """The time of a test, which it moves on."""

    def __init__(self) -> None:
        self.at = datetime(2026, 6, 1, 9, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    def pass_(self, **time: int) -> None:
        self.at += timedelta(**time)


def make_served(place: Path, accounts: Sequence[Account] = ACCOUNTS) -> None:
    """Make a served folder of the round with its people, each with the same password and, where one is wanted, a secret."""
    from meihao.web.kept.home import DatabaseHome
    from meihao.web.kept.people import Credential, People
    from meihao.web.kept.served import open_served
    from meihao.web.passwords import hashed

    hand = Hand("安装", Clock().now)
    alias = open_served(place, create=True)
    assert isinstance(alias, str), alias
    home = DatabaseHome(place, alias, CODE, hand)
    with home.turn(home.ledger()):
        home.begin((), "新批次")
        home.put_text("round.yaml", ROUND.encode())
        home.put_text("roster.yaml", roster_text(UNITS).encode())
    kept = hashed(PASSWORD)
    credentials = [Credential(one.login, kept, False, SECRET if one.second_factor else "") for one in accounts]
    People(alias, hand).put(accounts, "名单", credentials)


SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def open_site(place: Path, cache: Path, **more: Any) -> Any:
    """Open a served folder as `serve` does, and return its site."""
    from meihao.web import clock
    from meihao.web.kept.home import DatabaseHome
    from meihao.web.kept.served import open_served
    from meihao.web.site import site_of

    alias = open_served(place)
    assert isinstance(alias, str), alias
    home = DatabaseHome(place, alias, CODE, Hand("serve", clock.now))
    session, problems = open_session(Opening(home=home, cache=cache))
    assert session is not None, problems
    return site_of(session, people=alias, **more)


def enter(client: Any, login: str, password: str = PASSWORD) -> Any:
    """Log in as a browser does, with the code from the phone where one is asked for; return the last page."""
    from django.conf import settings

    from meihao.web.kept.models import UsedCodeRow

    page = client.post("/login", {"login": login, "password": password, **token(client)})
    if page.status_code == 302 and (client.get("/account").headers.get("Location") or "").startswith("/totp"):
        UsedCodeRow.objects.using(settings.MEIHAO.people).all().delete()  # the clock of a test may stand still
        page = client.post("/totp", {"code": code_now(), **token(client, "/totp")})
    return page


def code_now(steps: int = 0) -> str:
    """Return what the phone shows, or showed some steps ago."""
    import pyotp

    from meihao.web import clock

    return str(pyotp.TOTP(SECRET).at(clock.now() + timedelta(seconds=30 * steps)))


def token(client: Any, address: str = "/login") -> dict[str, str]:
    """Return the token of a form as a browser would send it."""
    from tests.web.visitor import Form

    found = Form(client.get(address).text, "").fields
    return {"csrfmiddlewaretoken": found["csrfmiddlewaretoken"]}


def shown(page: Any) -> str:
    """Return a page's text without its tags."""
    return sub(r"\s+", " ", unescape(sub(r"<[^>]+>", " ", page.text)))
