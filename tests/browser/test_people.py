"""Everybody who has a role logs in, in a real browser, and what they then see is sound."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from tests.browser.conftest import CHROMIUM
from tests.web.peopled import ACCOUNTS, PASSWORD, code_now, make_served
from tests.web.serving import serving

from meihao.web.settings import set_up_tables

Visit = Callable[..., Any]
Sound = Callable[[Any], None]
PLACES = {
    "applicant": ("/u/A-1/fill",), "township": ("/inbox",), "county": ("/round", "/u/A-1"), "member": ("/u/D-1",),
    "accounts": ("/admin/people", "/admin/people/of/county", "/admin/may?who=county&action=review&unit=D-1"),
    "security": ("/admin/security",), "auditor": ("/admin/journal",),
}  # fmt: skip


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a served folder with an account for each role."""
    from django.db import connections

    if CHROMIUM is None:
        pytest.skip("no browser here")
    set_up_tables()
    place = tmp_path_factory.mktemp("people") / "served"
    make_served(place)
    connections[str((place / "meihao.sqlite3").resolve())].close()
    with serving(place.parent, str(place)) as (_, found):
        yield found.rstrip("/")


def test_each_role_logs_in_and_sees_what_is_its_own(visit: Visit, sound: Sound) -> None:
    for account in ACCOUNTS:
        page = visit("desktop")
        page.goto("/login")
        sound(page)
        page.get_by_label("登录名").fill(account.login)
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        if account.second_factor:
            sound(page)
            page.get_by_label("手机上显示的6位数").fill(code_now())
            page.get_by_role("button", name="确认").click()
        assert page.get_by_role("heading", level=1).inner_text() == "我的账号", account.login
        sound(page)
        for place in PLACES.get(account.login, ()):
            page.goto(place)
            assert "没有这一页" not in page.title(), place
            sound(page)
        page.goto("/account")
        page.get_by_role("button", name="退出登录").click()
        assert page.get_by_role("link", name="登录").is_visible()


def test_a_wrong_password_is_told_on_a_narrow_screen_and_without_scripts(visit: Visit, sound: Sound) -> None:
    for device in ("narrow", "no scripts"):
        page = visit(device)
        page.goto("/u/A-1")
        page.get_by_label("登录名").fill("county")
        page.get_by_label("密码").fill("wrong")
        page.get_by_role("button", name="登录").click()
        assert page.get_by_role("alert").get_by_text("登录名或密码不对").is_visible()
        if device == "narrow":
            sound(page)
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        assert page.get_by_role("heading", level=1).inner_text() == "河口一村"
