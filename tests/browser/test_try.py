"""The self-check in a real browser: the score moves while one types, and without scripts by a button; every step is sound."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Visit = Callable[..., Any]
Sound = Callable[[Any], None]


def begin(page: Any, lang: str = "zh") -> None:
    page.goto(f"/try?lang={lang}")
    page.get_by_label("小区" if lang == "zh" else "compound", exact=False).first.check()
    page.get_by_role("button", name="开始" if lang == "zh" else "Start").click()


@pytest.mark.parametrize(("device", "lang"), [("desktop", "zh"), ("narrow", "zh"), ("phone", "en")])
def test_every_step_is_sound(visit: Visit, sound: Sound, device: str, lang: str) -> None:
    page = visit(device)
    page.goto(f"/try?lang={lang}")
    sound(page)
    begin(page, lang)
    sound(page)
    page.get_by_role("button", name="党建引领小区治理" if lang == "zh" else "Party leadership").click()
    page.fill('[name="buildings.total"]', "很多")
    page.get_by_role("button", name="保存，下一部分" if lang == "zh" else "Save and continue").click()
    assert page.locator(".summary li").count() == 1
    sound(page)
    page.fill('[name="buildings.total"]', "１４")
    page.get_by_role("button", name="保存，下一部分" if lang == "zh" else "Save and continue").click()
    sound(page)
    page.get_by_role("button", name="回任务清单" if lang == "zh" else "Back to the task list").click()
    page.get_by_role("button", name="检查填写的内容" if lang == "zh" else "Check your answers").click()
    sound(page)
    page.get_by_role("button", name="看结果" if lang == "zh" else "See the result").click()
    sound(page)


def test_the_score_and_what_is_said_move_as_one_types(visit: Visit) -> None:
    from playwright.sync_api import expect

    page = visit("desktop")
    begin(page)
    page.get_by_role("button", name="党建引领小区治理").click()
    score = page.locator("#score")
    assert "0.00—18.00" in score.inner_text()
    page.get_by_label("已批复").check()
    expect(score).to_contain_text("5.00—18.00")
    field = page.locator('[name="buildings.total"]')
    field.fill("很多")
    field.press("Tab")
    expect(page.locator('[id="said-buildings.total"]')).to_contain_text("E001")
    page.get_by_label("已申请").check()
    expect(score).not_to_contain_text("5.00—18.00")
    assert field.input_value() == "很多"
    assert page.locator("h1").inner_text() == "党建引领小区治理"


def test_without_scripts_a_button_says_the_same(visit: Visit) -> None:
    page = visit("no scripts")
    begin(page)
    page.get_by_role("button", name="党建引领小区治理").click()
    page.get_by_label("已批复").check()
    page.fill('[name="buildings.total"]', "很多")
    page.get_by_role("button", name="重新计算").click()
    assert "5.00—18.00" in page.locator("#score").inner_text()
    assert "E001" in page.locator('[id="said-buildings.total"]').inner_text()


@pytest.mark.parametrize("device", ["desktop", "no scripts"])
def test_what_was_saved_is_continued_from(visit: Visit, device: str, tmp_path: Path) -> None:
    page = visit(device)
    begin(page)
    page.get_by_role("button", name="物业服务").click()
    page.get_by_role("button", name="再加一条").click()
    page.fill('[name="lifts:0:inspected_until"]', "2027-2-3")
    with page.expect_download() as given:
        page.get_by_role("button", name="存成文件").click()
    file = tmp_path / "kept.json"
    given.value.save_as(file)
    assert given.value.suggested_filename == "自评试算.json"
    assert json.loads(file.read_text())["answers"]["lifts"] == [{"inspected_until": "2027-2-3"}]
    page.goto("/try")
    page.set_input_files("#file", file)
    page.get_by_role("button", name="接着填").click()
    page.get_by_role("button", name="物业服务").click()
    assert page.input_value('[name="lifts:0:inspected_until"]') == "2027-2-3"
    page.get_by_role("button", name="English").click()
    assert page.input_value('[name="lifts:0:inspected_until"]') == "2027-2-3"
    assert page.locator("h1").inner_text() == "Property service"


@pytest.mark.parametrize("device", ["desktop", "no scripts"])
def test_the_browsers_back_loses_nothing(visit: Visit, device: str) -> None:
    page = visit(device)
    begin(page)
    page.get_by_role("button", name="党建引领小区治理").click()
    page.fill('[name="buildings.total"]', "12")
    page.get_by_role("button", name="保存，下一部分").click()
    assert page.locator("h1").inner_text() == "业主自治"
    page.go_back()
    assert page.locator("h1").inner_text() == "党建引领小区治理"
    assert page.input_value('[name="buildings.total"]') == "12"
    page.get_by_role("button", name="回任务清单").click()
    assert "1／7" in page.locator("table").inner_text()
