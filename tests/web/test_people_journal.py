"""No account and nothing that proves one changes without its event: the code raises, the database refuses, `check` finds out."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.calling import Cli
from tests.web.peopled import ACCOUNTS, PASSWORD, enter, shown, token
from tests.web.visitor import Form

from meihao.core.problems import Problem
from meihao.store.journal import Event


def events() -> list[Event]:
    from django.conf import settings

    from meihao.web.kept.keep import events_of
    from meihao.web.kept.layout import PEOPLE

    return list(events_of(settings.MEIHAO.people, PEOPLE))


def checked() -> tuple[Problem, ...]:
    from django.conf import settings

    from meihao.web.kept.people import check_people

    return check_people(settings.MEIHAO.people)[1]


def told(since: int) -> list[tuple[str, str, str, str]]:
    return [(one.who, one.what, one.name, one.reason) for one in events()[since:]]


def test_every_change_has_its_event(client: Any, staffed: Path) -> None:
    begun = len(events())
    assert begun == 2 * len(ACCOUNTS)
    enter(client, "county")
    client.post(
        "/password", {"old": PASSWORD, "new": "odd words 78", "again": "odd words 78", **token(client, "/password")}
    )
    enter(client, "accounts")
    of = "/admin/people/of/county"
    client.post(of, {"do": "reset", "why": "忘了", **token(client, of)})
    client.post(of, {"do": "switch", "why": "调离", **token(client, of)})
    file = SimpleUploadedFile("a.csv", "登录名,姓名,身份\nzhao.li,赵丽,标准编写人\n".encode())
    page = client.post("/admin/people/plan", {"file": file, **token(client, "/admin/people")})
    client.post("/admin/people/apply", {**Form(page.text, "").fields, "why": "名单"})
    assert told(begun) == [
        ("county", "login", "county", ""),
        ("county", "credential", "county", "password_changed"),
        ("accounts", "login", "accounts", ""),
        ("accounts", "credential", "county", "忘了"),
        ("accounts", "account", "county", "调离"),
        ("accounts", "account", "zhao.li", "名单"),
        ("accounts", "credential", "zhao.li", "first_password"),
    ]
    assert not checked()


def test_the_journal_holds_neither_passwords_nor_what_they_are_kept_as(client: Any, staffed: Path) -> None:
    from django.conf import settings

    from meihao.web.kept.models import CredentialRow

    enter(client, "county")
    secrets = [
        v
        for row in CredentialRow.objects.using(settings.MEIHAO.people).values_list("password", "totp")
        for v in row
        if v
    ]
    said = "".join(map(repr, events()))
    assert len(secrets) > 10
    assert not [one for one in (*secrets, PASSWORD) if one in said]


def test_the_auditor_reads_it_and_nothing_else(client: Any, staffed: Path) -> None:
    enter(client, "auditor")
    text = shown(client.get("/admin/journal"))
    assert "登录 auditor" in text
    assert "第2页" not in text
    assert "发首次密码" in text
    assert "批次文件" in shown(client.get("/admin/journal?stream=r"))
    assert client.get("/admin/journal?stream=nothing&page=99").status_code == 200
    assert client.post("/admin/journal", token(client, "/account")).status_code == 405


def test_a_lockout_is_released_and_a_session_ended_with_an_event(client: Any, staffed: Path) -> None:
    from django.test import Client

    other = Client(enforce_csrf_checks=True)
    enter(other, "county")
    for _ in range(5):
        enter(Client(enforce_csrf_checks=True), "township", "wrong")
    enter(client, "security")
    page = client.get("/admin/security")
    assert "密码试错太多：township" in page.text
    begun = len(events())
    client.post("/admin/security", {"release": "login:township", **token(client, "/admin/security")})
    assert enter(Client(enforce_csrf_checks=True), "township").status_code == 302
    from django.conf import settings

    from meihao.web.kept.models import SessionRow

    row = SessionRow.objects.using(settings.MEIHAO.people).get(login="county")
    client.post("/admin/security", {"end": row.digest, **token(client, "/admin/security")})
    assert other.get("/account").status_code == 302
    assert ("security", "login", "township", "released") in told(begun)
    assert ("security", "login", "county", "ended") in told(begun)


def test_code_that_goes_past_the_journal_raises(staffed: Path) -> None:
    from django.conf import settings

    from meihao.web.kept.models import AccountRow, CredentialRow, Unjournaled

    alias = settings.MEIHAO.people
    attempts: tuple[Callable[[], object], ...] = (
        lambda: CredentialRow.objects.using(alias).update(password=""),
        lambda: CredentialRow.objects.using(alias).first().save(),
        lambda: CredentialRow.objects.using(alias).first().delete(),
        lambda: CredentialRow.objects.using(alias).create(login="x", password="", event=1),
        lambda: AccountRow.objects.using(alias).all().delete(),
        lambda: AccountRow.objects.using(alias).update(data=b""),
        lambda: AccountRow.objects.using(alias).bulk_create([AccountRow(login="x", number=1)]),
    )
    for attempt in attempts:
        with pytest.raises(Unjournaled):
            attempt()
    assert not checked()


RAW = [
    "UPDATE account SET data = x'00'",
    "DELETE FROM account",
    "INSERT INTO account (login, number, data, digest) VALUES ('evil', 1, x'00', 'd')",
    "REPLACE INTO account (id, login, number, data, digest) SELECT id, login, number, x'00', digest FROM account LIMIT 1",
    "UPDATE credential SET password = 'x' WHERE login = 'county'",
    "UPDATE credential SET password = 'x', event = event + 1 WHERE login = 'county'",
    "UPDATE credential SET login = 'accounts2' WHERE login = 'county'",
    "DELETE FROM credential WHERE login = 'county'",
    "INSERT INTO credential (login, password, must_change, totp, recovery, event) VALUES ('evil', 'x', 0, '', '', 1)",
    "REPLACE INTO credential (login, password, must_change, totp, recovery, event) VALUES ('county', 'x', 0, '', '', 1)",
    "REPLACE INTO credential SELECT login, 'x', must_change, totp, recovery, event FROM credential WHERE login = 'county'",
]


@pytest.mark.parametrize("statement", RAW)
def test_the_database_itself_refuses(staffed: Path, statement: str) -> None:
    with closing(sqlite3.connect(staffed / "meihao.sqlite3")) as database:
        with pytest.raises(sqlite3.IntegrityError, match="a row of"):
            database.execute(statement)
        database.rollback()
    assert not checked()


@pytest.mark.parametrize(
    ("trigger", "statement", "code"),
    [
        ("account_update", "UPDATE account SET data = x'7b7d' WHERE login = 'county'", "W141"),
        ("credential_update", "UPDATE credential SET event = 1 WHERE login = 'county'", "W141"),
        ("event_update", "UPDATE event SET who = '别人' WHERE stream = ':people' AND n = 3", "W140"),
    ],
)
def test_whoever_takes_the_triggers_away_is_found_out(
    staffed: Path, trigger: str, statement: str, code: str, cli: Cli
) -> None:
    with closing(sqlite3.connect(staffed / "meihao.sqlite3")) as database, database:
        database.execute(f"DROP TRIGGER {trigger}")
        database.execute(statement)
    assert [problem.code for problem in checked()] == [code]
    status, _, err = cli("round", "check", str(staffed))
    assert status == 2
    assert code in err


def test_check_says_the_head_of_the_journal_of_people(staffed: Path, cli: Cli) -> None:
    status, out, _ = cli("round", "check", str(staffed))
    assert status == 0
    assert "账号流水：20 " in out


def test_an_event_and_its_row_are_kept_together_or_not_at_all(staffed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from meihao.web.kept.people import Credential
    from meihao.web.who import people

    before = events()
    monkeypatch.setattr("meihao.web.kept.people.CredentialRow.__init__", lambda *given, **named: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        people("甲").put([ACCOUNTS[2]], "x", [Credential("county", "x")])
    assert events() == before
