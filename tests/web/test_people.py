"""The pages of the administrator of accounts: a workbook is looked at, then applied; slips; accounts switched off and on."""

from __future__ import annotations

import io
from pathlib import Path
from re import findall, search, sub
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook
from tests.web.peopled import ACCOUNTS, PASSWORD, Clock, enter, shown, token
from tests.web.visitor import Form

HEADS = "登录名,姓名,单位,身份,范围,启用\n"


@pytest.fixture
def admin(client: Any, staffed: Path) -> Any:
    """The administrator of accounts, logged in a short while ago."""
    enter(client, "accounts")
    return client


def send(client: Any, rows: str, name: str = "账号.csv") -> Any:
    file = SimpleUploadedFile(name, (HEADS + rows).encode())
    return client.post("/admin/people/plan", {"file": file, **token(client, "/admin/people")})


def confirm(client: Any, page: Any, **typed: str) -> Any:
    return client.post("/admin/people/apply", {**Form(page.text, "").fields, "why": "2026年名单", **typed})


def test_a_workbook_is_looked_at_before_it_is_applied(admin: Any) -> None:
    page = send(admin, "wang.fang,王芳,山前镇,乡镇（街道）审核员,102,\n")
    text = shown(page)
    assert "1处要改" in text
    assert "wang.fang 新增 王芳 山前镇 乡镇（街道）审核员 102" in text
    assert "王芳" not in admin.get("/admin/people").text
    done = confirm(admin, page)
    assert "王芳" in admin.get("/admin/people").text
    assert search(r"<code>[a-z]{4}-[a-z]{4}-[2-9]{4}</code>", done.text)


def test_a_new_person_logs_in_with_the_slip_and_must_choose_a_password(admin: Any) -> None:
    from django.test import Client

    done = confirm(admin, send(admin, "wang.fang,王芳,,乡镇（街道）审核员,102,\n"))
    first = findall(r"<code>(\S+)</code>", done.text)[0]
    person = Client(enforce_csrf_checks=True)
    person.post("/login", {"login": "wang.fang", "password": first, **token(person)})
    assert person.get("/u/B-1").headers["Location"] == "/password?next=%2Fu%2FB-1"
    typed = {"old": first, "new": "three odd words 7", "again": "three odd words 7", "next": "/u/B-1"}
    assert person.post("/password", {**typed, **token(person, "/password")}).headers["Location"] == "/u/B-1"
    assert "王芳" in person.get("/account").text


def test_what_is_applied_is_what_was_shown(admin: Any) -> None:
    """Somebody else applies another workbook meanwhile: the plan is shown again as it is now."""
    page = send(admin, "wang.fang,王芳,,乡镇（街道）审核员,102,\n")
    confirm(admin, send(admin, "wang.fang,王方,,乡镇（街道）审核员,101,\n"))
    again = confirm(admin, page)
    assert "要改的账号" in again.text
    assert "王方" in again.text
    assert "<code>" not in again.text


def test_applying_wants_a_reason_and_after_ten_minutes_the_password(admin: Any, time: Clock) -> None:
    page = send(admin, "wang.fang,王芳,,乡镇（街道）审核员,102,\n")
    assert "B072" in confirm(admin, page, why=" ").text
    time.pass_(minutes=10, seconds=1)
    refused = confirm(admin, page, proof="wrong")
    assert "B068" in refused.text
    assert 'name="proof"' in refused.text
    assert "首次密码" in confirm(admin, page, proof=PASSWORD).text


def test_every_error_of_a_workbook_is_told_at_its_cell(admin: Any) -> None:
    page = send(admin, "李伟,李伟,,乡镇（街道）审核员,103,\nzhao.li,,,申报人,A-9,\n")
    assert page.status_code == 422
    text = shown(page)
    for said in ("2 E017", "2 W180", "3 E083", "3 W181"):
        assert said in text, text


def test_a_known_workbook_changes_nothing(admin: Any) -> None:
    book = admin.get("/admin/people/book")
    sheet = load_workbook(io.BytesIO(book.content)).worksheets[0]
    assert [row[0].value for row in sheet.iter_rows(min_row=4, max_row=13)].count("inspector") == 2
    file = SimpleUploadedFile("a.xlsx", book.content)
    page = admin.post("/admin/people/plan", {"file": file, **token(admin, "/admin/people")})
    assert "W189" in page.text


def test_an_account_that_is_switched_off_is_out_at_once(admin: Any) -> None:
    from django.test import Client

    person = Client(enforce_csrf_checks=True)
    enter(person, "county")
    page = admin.post(
        "/admin/people/of/county", {"do": "switch", "why": "调离", **token(admin, "/admin/people/of/county")}
    )
    assert "停用" in page.text
    assert person.get("/account").status_code == 302
    assert enter(person, "county").status_code == 422
    admin.post("/admin/people/of/county", {"do": "switch", "why": "调回", **token(admin, "/admin/people/of/county")})
    assert enter(person, "county").status_code == 302


def test_the_last_administrator_of_accounts_stays(admin: Any) -> None:
    page = admin.post(
        "/admin/people/of/accounts", {"do": "switch", "why": "x", **token(admin, "/admin/people/of/accounts")}
    )
    assert "W188" in page.text
    assert "W188" in send(admin, "accounts,账管辛,,账号管理员,,否\n").text


def test_a_new_first_password_ends_the_old_one_and_every_session(admin: Any) -> None:
    from django.test import Client

    person = Client(enforce_csrf_checks=True)
    enter(person, "county")
    page = admin.post(
        "/admin/people/of/county", {"do": "reset", "why": "忘了", **token(admin, "/admin/people/of/county")}
    )
    first = findall(r"<code>(\S+)</code>", page.text)[0]
    assert person.get("/account").status_code == 302
    assert enter(person, "county").status_code == 422
    assert enter(person, "county", first).headers["Location"] == "/account"


def test_accounts_are_found_by_region_and_name(admin: Any) -> None:
    def found(query: str) -> set[str]:
        return set(findall(r"/admin/people/of/([a-z]+)", admin.get(f"/admin/people?{query}").text))

    assert found("region=10") == {"applicant", "township", "county", "inspector"}
    assert found("region=20") == {"inspector"}
    assert found("q=%E8%AF%84%E5%A7%94") == {"member"}
    assert found("q=nobody") == set()


SLIP = """登录凭条 登录凭条 · 试点市2026年批次
姓名 王芳（山前镇）
网址 http://testserver/
登录名 wang.fang
首次密码 abcd-efgh-2345
打开网址，填登录名和首次密码，按提示改成自己的密码。字母都是小写；首次密码里没有字母o、l、i和数字0、1。此条用完即毁，不要转交、拍照。"""


def test_a_slip_says_what_to_do(admin: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("meihao.web.pages.people.to_pdf", lambda *given: (b"", (_failed(),)))
    given = '[{"login":"wang.fang","name":"王芳","organisation":"山前镇","password":"abcd-efgh-2345"}]'
    page = admin.post("/admin/people/slips", {"slips": given, **token(admin, "/admin/people")})
    body = sub(r"(?s)<style>.*</style>", "", page.text)
    assert shown(type("P", (), {"text": body})).split() == SLIP.split()


def _failed() -> Any:
    from meihao.core.problems import Problem, Source

    return Problem("P000", "error", Source(), "", "")


def test_slips_are_printed_and_kept_nowhere(admin: Any, staffed: Path) -> None:
    given = '[{"login":"wang.fang","name":"王芳","organisation":"","password":"abcd-efgh-2345"}]'
    page = admin.post("/admin/people/slips", {"slips": given, **token(admin, "/admin/people")})
    assert page.content.startswith(b"%PDF-")
    assert b"abcd-efgh" not in (staffed / "meihao.sqlite3").read_bytes()
    assert admin.post("/admin/people/slips", {"slips": "[", **token(admin, "/admin/people")}).status_code == 404


def test_a_list_of_accounts_costs_the_same_for_one_and_for_fifty(
    admin: Any, django_queries: Any, staffed: Path
) -> None:
    admin.get("/admin/people")  # the map of the round is read once
    few = django_queries(lambda: admin.get("/admin/people?q=member"))
    rows = "".join(f"more{n:02},人{n},,申报单位,A-1,\n" for n in range(50))
    confirm(admin, send(admin, rows))
    assert django_queries(lambda: admin.get("/admin/people")) == few
    assert len(ACCOUNTS) == 10
