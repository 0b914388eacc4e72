"""The page on which anybody verifies a report: the terminal's sentences, no values before they are public, and scanned codes."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from random import Random
from typing import Any

import pytest
from tests.calling import Cli
from tests.damaged.damage import in_text
from tests.web.sending import send

from meihao.assessment.to_json import to_json
from meihao.core.canonical import digest, pretty
from meihao.uses.session import Session
from meihao.web.results import round_results
from meihao.web.site import site_of

UNIT = sorted((Path(__file__).parents[1] / "units").glob("*.evidence.yaml"))[0]


@pytest.fixture
def result(client: Any) -> dict[str, Any]:
    """The published result of a unit of the sample round."""
    results = round_results()
    assert results is not None
    found: dict[str, Any] = json.loads(pretty(to_json(results.units[0].assessment, {"program": "meihao"})))
    return found


def written(result: Any) -> bytes:
    return pretty(result).encode()


def test_a_report_of_the_round_holds(client: Any, result: dict[str, Any]) -> None:
    page = send(client, "/verify", file=("a.json", written(result)))
    text = html.unescape(page.text)
    assert page.status_code == 200
    assert "核对过的各项都相符" in text
    assert "4项相符，0项不符，0项未核对。" in text
    assert "从证据得出同样的结果" in text
    assert f"{result['body']['unit']['name']} {result['body']['unit']['code']}" in text


def test_what_was_altered_is_named_and_what_the_evidence_gives_is_said_only_where_results_are_open(
    client: Any, result: dict[str, Any], web_session: Session
) -> None:
    from django.test import override_settings

    now = result["body"]["total"]["lo"]
    result["body"]["total"]["lo"] = "98.76"
    page = send(client, "/verify", file=("a.json", written(result)))
    assert "有2项不符" in page.text
    assert "从证据得出的结果有1处不同" in page.text
    assert "98.76" in page.text
    assert f">{now}</td>" in page.text
    with override_settings(MEIHAO=site_of(web_session)):
        page = send(client, "/verify", file=("a.json", written(result)))
    assert "有2项不符" in page.text
    assert now not in page.text
    assert "以免公布以前泄露" in page.text


def test_where_results_are_not_open_a_stranger_and_another_result_are_told_alike(
    client: Any, result: dict[str, Any], web_session: Session
) -> None:
    from django.test import override_settings

    code, stranger = result["body"]["unit"]["code"], "X-0001"
    forged = f"sha256:{'0' * 64}"
    with override_settings(MEIHAO=site_of(web_session)):
        scanned = [bare(client.get("/verify", {"scan": f"{one} {forged}"})) for one in (code, stranger)]
        sent = [bare(send(client, "/verify", file=("a.json", forgery(result, one)))) for one in (code, stranger)]
        own = client.get("/verify", {"scan": f"{code} {result['digest']}"})
    assert scanned[0].replace(code, stranger) == scanned[1]
    assert sent[0].replace(code, stranger) == sent[1]
    assert "没有这个单位，报告不是原件" in scanned[0]
    assert "没有这个单位，报告不是原件" in sent[0]
    assert "从证据得出同样的结果" in own.text


def forgery(result: dict[str, Any], code: str) -> bytes:
    """Return the result of a unit with another total, and with the digest that belongs to it."""
    body = {**result["body"], "unit": {**result["body"]["unit"], "code": code}}
    body["total"] = {**body["total"], "lo": "98.76"}
    return written({**result, "body": body, "digest": digest(body)})


def bare(page: Any) -> str:
    """Return what a page says, without digests and the token of its form."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"|sha256:[0-9a-f]+', "", page.text)


def test_without_a_round_the_page_says_what_the_terminal_says(
    client: Any, lone: None, cli: Cli, tmp_path: Path
) -> None:
    _, text, _ = cli("assess", UNIT, "--on", "2026-06-30", "--format", "json")
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    _, out, _ = cli("verify", tmp_path / "a.json")
    page = html.unescape(send(client, "/verify", file=("a.json", text.encode())).text)
    told = [part for line in out.splitlines()[1:] for part in line.split("  ") if part.strip(" ─")]
    assert len(told) > 10
    for part in told:
        assert part.strip() in page, part


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [("a.xlsx", b"PK", "V002"), ("a.html", b"<html>", "V002"), ("a.csv", b"1,2", "V002"), ("a.json", b"{}", "V006"),
     ("a.pdf", b"%PDF-1.7 nothing", "V003"), ("", b"", "B010"), ("a.json", b"", "V002")],
)  # fmt: skip
def test_what_cannot_be_verified_is_a_sentence_at_the_field(client: Any, name: str, data: bytes, code: str) -> None:
    page = send(client, "/verify", file=(name, data) if name else None)
    assert page.status_code == 422
    assert code in page.text
    assert "<title>错误：核验报告" in page.text
    assert 'href="#file"' in page.text


@pytest.mark.parametrize("seed", range(6))
def test_a_damaged_result_ends_in_a_sentence(client: Any, result: dict[str, Any], seed: int) -> None:
    data, _ = in_text(written(result), Random(seed))
    page = send(client, "/verify", file=("a.json", data))
    assert page.status_code in (200, 422)
    assert "项不符" in page.text or "V00" in page.text


def test_a_scanned_code_is_compared_and_what_to_do_next_is_said(client: Any, result: dict[str, Any]) -> None:
    code = result["body"]["unit"]["code"]
    page = client.get("/verify", {"scan": f"{code}\n{result['digest']}"})
    assert page.status_code == 200
    assert "从证据得出同样的结果" in page.text
    assert result["digest"] in page.text
    assert "向发布单位要PDF原件" in page.text
    other = client.get("/verify", {"scan": f"{code} sha256:{'0' * 64}"})
    assert "从现在的证据得不出这个结果" in other.text
    nobody = client.get("/verify", {"scan": f"X-1 {result['digest']}"})
    assert "这个批次里没有这个单位" in nobody.text


def test_without_a_round_a_scanned_code_is_not_checked(client: Any, lone: None) -> None:
    assert "未核对" in client.get("/verify", {"scan": f"C-1 sha256:{'0' * 64}"}).text


@pytest.mark.parametrize("scan", ["C-1", "sha256:00", '"><script>alert(1)</script> sha256:12', "x" * 3000])
def test_a_text_that_is_no_code_is_told_at_its_field(client: Any, scan: str) -> None:
    page = client.get("/verify", {"scan": scan})
    assert page.status_code == 422
    assert "V023" in page.text
    assert 'href="#scan"' in page.text
    assert "<script>alert" not in page.text


def test_a_stranger_s_file_and_unit_are_text(client: Any, result: dict[str, Any]) -> None:
    result["body"]["unit"]["name"] = "<script>alert(1)</script>"
    page = send(client, "/verify", file=("<script>alert(1)</script>.json", written(result)))
    assert "<script>alert" not in page.text


def test_english_is_english(client: Any, result: dict[str, Any]) -> None:
    client.get("/?lang=en")
    page = send(client, "/verify", file=("a.json", written(result)))
    assert "holds: 4, does not hold: 0, not checked: 0." in page.text


def test_other_methods_and_forged_forms_are_refused(client: Any) -> None:
    assert client.put("/verify").status_code in (403, 405)
    assert client.post("/verify").status_code == 403
