"""Every page of the site on a screen of 320 pixels, opened by somebody who may see it: axe finds nothing, nothing is wider."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from tests.browser.conftest import CHROMIUM
from tests.web.every_page import PEOPLE, make_round, visits
from tests.web.peopled import PASSWORD, code_now
from tests.web.serving import serving

from meihao.web.settings import set_up_tables


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a round in which a unit has handed in."""
    from django.db import connections

    if CHROMIUM is None:
        pytest.skip("no browser here")
    set_up_tables()
    place = tmp_path_factory.mktemp("every") / "served"
    make_round(place)
    connections[str((place / "meihao.sqlite3").resolve())].close()
    with serving(place.parent, str(place)) as (_, found):
        yield found.rstrip("/")


def log_in(page: Any, login: str) -> None:
    page.goto("/login")
    page.get_by_label("登录名").fill(login)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    if next(one for one in PEOPLE if one.login == login).second_factor:
        page.get_by_label("手机上显示的6位数").fill(code_now())
        page.get_by_role("button", name="确认").click()
    assert page.get_by_role("heading", level=1).inner_text() == "我的账号", login


def test_every_page_is_sound_on_a_narrow_screen(visit: Callable[..., Any], sound: Callable[..., None]) -> None:
    asked = list(visits())
    seen = 0
    for login in dict.fromkeys(one.login for one in asked):
        page = visit("narrow")
        if login:
            log_in(page, login)
        for address in (one.address for one in asked if one.login == login):
            told = page.request.head(address, max_redirects=0)
            kind = told.headers.get("content-type", "")
            if "content-disposition" in told.headers or "text/html" not in kind or told.status in (302, 405):
                continue
            page.goto(address)
            sound(page, sheet=address.endswith("/report"))
            seen += 1
    assert seen > 25
