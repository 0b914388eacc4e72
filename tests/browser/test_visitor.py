"""What a visitor without an account does, in a real browser: on a desktop, a phone, a narrow screen, without scripts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.forms.test_import_write_back import with_error

from meihao.standard.model import Pack

EXAMPLES = Path(__file__).parents[2] / "examples" / "excel"
Visit = Callable[..., Any]
Sound = Callable[[Any], None]


@pytest.mark.parametrize(("device", "lang"), [("desktop", "zh"), ("phone", "en"), ("narrow", "zh")])
def test_every_page_is_sound(visit: Visit, sound: Sound, device: str, lang: str) -> None:
    page = visit(device)
    for address in ("/", "/standard?kind=village", "/round", "/u/V-0049", "/check", "/verify", "/no-such-page"):
        page.goto(f"{address}{'&' if '?' in address else '?'}lang={lang}")
        sound(page)


@pytest.mark.parametrize("device", ["desktop", "phone", "no scripts"])
def test_from_the_first_page_to_the_reason_of_a_point(visit: Visit, device: str) -> None:
    page = visit(device)
    page.goto("/")
    page.get_by_role("link", name="本批次").click()
    page.get_by_label("查找单位").fill("V-0049")
    page.get_by_role("button", name="查看").click()
    page.get_by_role("link", name="丰槐村").click()
    assert page.get_by_role("heading", level=1).inner_text() == "丰槐村"
    first = page.locator(".item").first
    assert "按比例计分" in first.inner_text()
    first.get_by_text("证据和做法").click()
    assert first.get_by_text("有党员联系的户数", exact=False).first.is_visible()
    page.get_by_role("link", name="完整报告").click()
    assert page.get_by_text("评定报告").first.is_visible()


@pytest.mark.parametrize("device", ["phone", "narrow", "no scripts"])
def test_a_form_is_checked_corrected_on_the_page_and_taken_home(
    visit: Visit, sound: Sound, device: str, default_pack: Pack
) -> None:
    page = visit(device)
    page.goto("/")
    page.get_by_role("link", name="检查填报表").click()
    form = {"name": "小区.xlsx", "mimeType": "application/octet-stream", "buffer": with_error(default_pack)[0]}
    page.get_by_label("填好的表").set_input_files([form])
    page.get_by_role("button", name="检查", exact=True).click()
    if device != "no scripts":
        sound(page)
    page.get_by_role("alert").get_by_role("link").click()
    page.locator("#to-1").select_option("是")
    page.get_by_role("button", name="改好，再检查").click()
    assert page.get_by_role("heading", name="没有错误").is_visible()
    if device != "no scripts":
        sound(page)
    with page.expect_download() as kept:
        page.get_by_role("button", name="下载改好的表").click()
    assert kept.value.suggested_filename == "小区.xlsx"


@pytest.mark.parametrize("device", ["desktop", "narrow"])
def test_a_code_and_a_file_that_is_no_report_are_answered(visit: Visit, sound: Sound, device: str) -> None:
    page = visit(device)
    page.goto("/verify")
    page.get_by_label("二维码里的文字").fill(f"V-0049 sha256:{'0' * 64}")
    page.get_by_role("button", name="查对").click()
    assert page.get_by_text("从现在的证据得不出这个结果", exact=False).is_visible()
    sound(page)
    page.get_by_label("报告或名单").set_input_files([{"name": "a.xlsx", "mimeType": "x/y", "buffer": b"PK"}])
    page.get_by_role("button", name="核对").click()
    assert "错误：核验报告" in page.title()
    sound(page)


@pytest.mark.parametrize("device", ["desktop", "no scripts"])
def test_where_a_field_is_used(visit: Visit, device: str) -> None:
    page = visit(device)
    page.goto("/")
    page.get_by_role("link", name="标准全文").click()
    page.get_by_label("哪里用到这一项").select_option(label="总户数")
    page.get_by_role("button", name="查看").click()
    assert page.locator(".criterion").count() >= 2
    assert page.get_by_text("只显示用到“总户数”的条款").is_visible()


def test_an_english_browser_gets_chinese_until_english_is_chosen(visit: Visit) -> None:
    page = visit("desktop", locale="en-US")
    page.goto("/")
    assert page.get_by_role("heading", level=1).inner_text() == "您想做什么？"
    page.get_by_role("link", name="English").click()
    assert page.get_by_role("heading", level=1).inner_text() == "What would you like to do?"
    page.goto("/standard")
    assert page.locator("html").get_attribute("lang") == "en"


def test_the_keyboard_reaches_the_content_first(visit: Visit) -> None:
    page = visit("desktop")
    page.goto("/round")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
