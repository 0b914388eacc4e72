"""The intake in a real browser: applicant, township and county on a phone and a desktop, with axe; without scripts or network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from tests.browser.conftest import CHROMIUM, DEVICES
from tests.web.peopled import PASSWORD, make_served
from tests.web.serving import serving

Sound = Callable[[Any], None]
PART, FIELD = "village.party", "households"


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A served folder with people, made before a browser starts."""
    from django.db import connections

    if CHROMIUM is None:
        pytest.skip("no browser here")
    place = tmp_path_factory.mktemp("made") / "served"
    make_served(place)
    connections[str((place / "meihao.sqlite3").resolve())].close()
    return place


@pytest.fixture
def site(made: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a copy of that folder."""
    with serving(tmp_path, str(copytree(made, tmp_path / "served"))) as (_, found):
        yield found.rstrip("/")


class Persons:
    """People of the round at browsers of one device."""

    def __init__(self, chromium: Any, site: str, device: str) -> None:
        self.chromium, self.site, self.device, self.contexts = chromium, site, DEVICES[device], dict[str, Any]()

    def page(self, login: str) -> Any:
        context = self.chromium.new_context(base_url=self.site, locale="zh-CN", **self.device)
        context.set_default_timeout(120_000)
        self.contexts[login] = context
        page = context.new_page()
        page.goto("/login")
        page.fill('[name="login"]', login)
        page.fill('[name="password"]', PASSWORD)
        page.locator('main form button:has-text("登录")').first.click()
        return page

    def close(self) -> None:
        for context in self.contexts.values():
            context.close()


@pytest.fixture
def persons(made: Path, chromium: Any, site: str, request: pytest.FixtureRequest) -> Iterator[Persons]:
    found = Persons(chromium, site, request.param)
    yield found
    found.close()


def button(page: Any, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


@pytest.mark.parametrize("persons", ["phone", "desktop"], indirect=True)
def test_a_unit_is_filled_in_reviewed_returned_completed_and_accepted(persons: Persons, sound: Sound) -> None:
    from playwright.sync_api import expect

    applicant, township, county = (persons.page(login) for login in ("applicant", "township", "county"))
    applicant.goto("/u/A-1/fill")
    sound(applicant)
    applicant.goto(f"/u/A-1/fill/part/{PART}")
    field = applicant.locator(f'[name="{FIELD}"]')
    field.fill("很多")
    field.press("Tab")
    expect(applicant.locator(f"#said-{FIELD}")).to_contain_text("E001")
    expect(applicant.locator("#kept")).to_contain_text("已存")
    field.fill("300")
    sound(applicant)
    button(applicant, "保存，下一部分")
    applicant.goto("/u/A-1/fill/check")
    sound(applicant)
    button(applicant, "提交")
    assert applicant.url.endswith("/u/A-1/receipt")
    sound(applicant)
    township.goto("/inbox")
    sound(township)
    township.get_by_role("link", name="河口一村").click()
    township.locator(f'[id="field:{FIELD}"] summary').click()
    township.fill(f'[name="why:field:{FIELD}"]', "与台账不符")
    township.fill(f'[name="until:field:{FIELD}"]', "2099-12-31")
    sound(township)
    township.locator(f'[value="return:field:{FIELD}"]').click()
    applicant.goto("/u/A-1/fill")
    applicant.get_by_role("link", name="总户数").first.click()
    sound(applicant)
    applicant.fill(f'[name="{FIELD}"]', "310")
    button(applicant, "保存")
    applicant.goto("/u/A-1/fill/check")
    button(applicant, "提交")
    for person in (township, county):
        person.goto("/review/A-1")
        button(person, "审核通过")
    sound(county)
    applicant.goto("/u/A-1/fill")
    assert "已受理" in applicant.locator("main").inner_text()


@pytest.mark.parametrize("persons", ["no scripts"], indirect=True)
def test_without_scripts_a_unit_hands_in(persons: Persons) -> None:
    page = persons.page("applicant")
    page.goto(f"/u/A-1/fill/part/{PART}")
    page.fill(f'[name="{FIELD}"]', "300")
    button(page, "保存，下一部分")
    page.goto("/u/A-1/fill/check")
    button(page, "提交")
    assert "已经收下" in page.locator("main").inner_text()


@pytest.mark.parametrize("persons", ["narrow"], indirect=True)
def test_without_network_the_browser_keeps_what_is_typed_until_the_server_has_it(
    persons: Persons, sound: Sound
) -> None:
    from playwright.sync_api import expect

    page = persons.page("applicant")
    page.goto(f"/u/A-1/fill/part/{PART}")
    sound(page)
    field = page.locator(f'[name="{FIELD}"]')
    persons.contexts["applicant"].set_offline(True)
    field.fill("300")
    field.press("Tab")
    expect(page.locator("#kept")).to_contain_text("还没有存上")
    persons.contexts["applicant"].set_offline(False)
    page.goto("/u/A-1/fill")
    assert "还没填" in page.locator("table").inner_text(), "the server has nothing of it"
    page.goto(f"/u/A-1/fill/part/{PART}")
    assert field.input_value() == "300"
    assert "放回来了" in page.locator("#kept").inner_text()
    button(page, "保存")
    page.goto(f"/u/A-1/fill/part/{PART}")
    assert field.input_value() == "300"
    assert "放回来了" not in page.locator("#kept").inner_text()


@pytest.mark.parametrize("persons", ["desktop"], indirect=True)
def test_the_browsers_back_shows_what_is_saved(persons: Persons) -> None:
    page = persons.page("applicant")
    page.goto(f"/u/A-1/fill/part/{PART}")
    page.fill(f'[name="{FIELD}"]', "300")
    button(page, "保存，下一部分")
    page.wait_for_url(lambda url: not url.endswith(PART))
    page.go_back()
    assert page.input_value(f'[name="{FIELD}"]') == "300"
