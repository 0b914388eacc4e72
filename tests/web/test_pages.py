"""What every page keeps to: both languages, one language chosen by a person, headers, no address without an answer."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from meihao.core.text import Label

OPEN = ("home", "check", "blank_form", "try_out", "round", "standard", "verify", "login")
PHRASES = ("login", "common", "home", "refusals", "standard", "round", "unit", "try_out", "check", "verify")


def addresses() -> list[str]:
    """Return the addresses of the pages that take no part of a path and are open to anybody."""
    from meihao.web.urls import urlpatterns

    return ["/" + str(one.pattern) for one in urlpatterns if "<" not in str(one.pattern) and one.name in OPEN]


def test_the_first_page_is_chinese_whatever_the_browser_says(client: Any) -> None:
    page = client.get("/", headers={"accept-language": "en-US,en"})
    assert page.status_code == 200
    assert '<html lang="zh-CN">' in page.text
    assert "您想做什么？" in page.text


def test_english_is_chosen_once_and_remembered(client: Any) -> None:
    assert '<html lang="en">' in client.get("/?lang=en").text
    again = client.get("/")
    assert "What would you like to do?" in again.text
    assert "您想做什么" not in again.text
    assert '<html lang="zh-CN">' in client.get("/?lang=zh").text


def test_a_language_that_we_do_not_speak_changes_nothing(client: Any) -> None:
    page = client.get("/?lang=fr")
    assert '<html lang="zh-CN">' in page.text
    assert "lang" not in page.cookies


def test_every_page_forbids_scripts_of_others_and_frames(client: Any) -> None:
    for address in addresses():
        page = client.get(address)
        policy = page.headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy, address
        assert "unsafe" not in policy, address
        assert page.headers["X-Frame-Options"] == "DENY"
        assert page.headers["X-Content-Type-Options"] == "nosniff"
        assert page.headers["Cache-Control"] == "no-store"
        assert not re.search(r"<script(?![^>]*src=)|\son\w+=|style=", page.text), address


def test_a_wrong_address_says_so_and_leads_home(client: Any) -> None:
    page = client.get("/no-such-page")
    assert page.status_code == 404
    assert "没有这一页" in page.text
    assert 'href="/"' in page.text


def test_a_demonstration_says_that_it_is_one_on_every_page(client: Any, lone: None) -> None:
    assert "演示" not in client.get("/").text


def test_the_sample_round_is_marked_as_a_demonstration(client: Any) -> None:
    for address in addresses():
        assert "所有单位和数据都是编造的" in client.get(address).text, address


def test_a_foreign_host_is_refused_in_words(client: Any) -> None:
    page = client.get("/", headers={"host": "evil.example"})
    assert page.status_code == 400
    assert "看不懂" in page.text


@pytest.mark.parametrize("name", PHRASES)
def test_every_sentence_stands_in_both_languages(name: str) -> None:
    from importlib import import_module

    phrases: dict[str, Label] = getattr(import_module(f"meihao.web.phrases.{name}"), name.upper())
    for key, said in phrases.items():
        assert said.zh, key
        assert said["en"], key
        assert set(re.findall(r"\{(\w+)\}", said.zh)) == set(re.findall(r"\{(\w+)\}", said["en"])), key


def test_a_fault_of_ours_is_a_page_in_words(client: Any, monkeypatch: pytest.MonkeyPatch, caplog: Any) -> None:
    """The visitor reads a sentence, and nothing of the fault; the details are for the server's own output."""
    from meihao.web.pages import standard

    def broken(*_: object) -> None:
        raise ZeroDivisionError("inner detail")

    monkeypatch.setattr(standard, "_told", broken)
    client.raise_request_exception = False
    page = client.get("/standard")
    assert page.status_code == 500
    assert "程序出错，这是我们的问题" in page.text
    assert "inner detail" not in page.text
    assert "Traceback" not in page.text


def test_a_request_that_is_too_large_is_answered_in_words(client: Any) -> None:
    from django.test import override_settings

    with override_settings(DATA_UPLOAD_MAX_NUMBER_FIELDS=5):
        page = client.get("/round?" + "&".join(f"a{n}=1" for n in range(10)))
    assert page.status_code == 400
    assert "这次请求看不懂" in page.text


def test_every_test_that_the_security_page_names_exists() -> None:
    root = Path(__file__).parents[2]
    said = (root / "SECURITY.md").read_text("utf-8")
    sources = "\n".join(file.read_text("utf-8") for file in (root / "tests" / "web").glob("*.py"))
    named = re.findall(r"`(test_\w+)`", said)
    assert len(named) >= 8
    assert not [name for name in named if f"def {name}(" not in sources]
