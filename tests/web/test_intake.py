"""The intake in the browser, without scripts: filled in, handed in, reviewed, returned and completed; nothing typed is lost."""

from __future__ import annotations

import io
import re
import zipfile
from html import unescape
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.forms.template_books import opened as workbook
from tests.forms.template_books import saved
from tests.web.peopled import Clock, enter, shown
from tests.web.person import Person, fields, fill
from tests.web.sending import hidden
from tests.web.visitor import Form

from meihao.forms.questions import question_pages
from meihao.people.permissions import may_on
from meihao.standard.model import Pack
from meihao.store.home import Home
from meihao.uses.move_round import check_home

PDF = b"%PDF-1.7 scan"


def home(staffed: Path) -> Home:
    from django.conf import settings

    found: Home = settings.MEIHAO.sessions["zh"].home
    return found


@pytest.fixture
def handed(applicant: Person, counted: tuple[str, str]) -> Person:
    fill(applicant, counted, "12")
    applicant.go("/u/A-1/fill/check")
    applicant.press("submit", form="")
    assert "收件回执" in applicant.page.text
    return applicant


# ---- the form


def test_a_form_is_filled_in_part_by_part_and_handed_in(
    applicant: Person, staffed: Path, default_pack: Pack, counted: tuple[str, str]
) -> None:
    page = applicant.go("/u/A-1/fill")
    assert "填报中" in page.text
    pages = question_pages(default_pack, "village")
    assert page.text.count('href="/u/A-1/fill/part/') == len(pages)
    applicant.go(f"/u/A-1/fill/part/{pages[0].id}")
    for one in pages:
        assert f"<h1>{one.title.zh}</h1>" in applicant.page.text
        applicant.press("next", {counted[1]: "12"} if one.id == counted[0] else None)
    assert "<h1>检查并提交</h1>" in applicant.page.text
    applicant.press("submit", {"observer": "王会计"}, form="")
    assert applicant.page.request["PATH_INFO"] == "/u/A-1/receipt"
    text = (home(staffed).submission("A-1", 1) or b"").decode()
    assert f"{counted[1]}: 12  # 填报项!J" in text
    assert 'by: "王会计"' in text
    assert check_home(home(staffed))[0] is not None
    assert "已提交，审核中" in applicant.go("/u/A-1/fill").text
    page = applicant.go(f"/u/A-1/fill/part/{counted[0]}")
    assert 'value="12"' in page.text
    assert "现在只能看，不能改" in page.text
    assert 'value="next"' not in page.text


def test_a_wrong_answer_is_said_at_its_field_and_kept(applicant: Person, counted: tuple[str, str]) -> None:
    page = fill(applicant, counted, "很多", "next")
    assert page.status_code == 422
    assert re.search(rf'id="said-{counted[1]}"><span class="wrong-said">E001', page.text)
    assert 'value="很多"' in applicant.go(f"/u/A-1/fill/part/{counted[0]}").text
    assert "1处要改" in applicant.go("/u/A-1/fill").text
    applicant.go("/u/A-1/fill/check")
    assert applicant.press("submit", form="").status_code == 422
    assert "W152" in applicant.page.text


def test_what_is_typed_is_saved_as_one_types(applicant: Person, counted: tuple[str, str]) -> None:
    page = applicant.go(f"/u/A-1/fill/part/{counted[0]}")
    sent = {**Form(page.text, "fill").fields, counted[1]: "12", "go": "live"}
    live = applicant.client.post(f"/u/A-1/fill/part/{counted[0]}", sent)
    assert "已存（" in live.text
    assert "<h1" not in live.text
    assert f"&#34;{counted[1]}&#34;:&#34;12&#34;" in live.text, "what the page carries along moves too"
    assert 'value="12"' in applicant.go(f"/u/A-1/fill/part/{counted[0]}").text


def test_a_document_is_given_seen_and_handed_in(
    applicant: Person, people: Any, staffed: Path, default_pack: Pack
) -> None:
    part = next(page for page in question_pages(default_pack, "village") if page.documents)
    title = part.documents[0].title.zh
    name = f"documents:{title}".replace(" ", "_")
    applicant.go(f"/u/A-1/fill/part/{part.id}")
    applicant.press("again", {f"{name}:file": SimpleUploadedFile("扫描.exe", b"MZ program")})
    assert "W163" in applicant.page.text
    applicant.press("again", {f"{name}:file": SimpleUploadedFile("扫描.png", PDF)})
    assert f"{title}.pdf" in applicant.page.text, "by its content, whatever its name says"
    (link,) = re.findall(r'href="(/u/A-1/paper/[0-9a-f]{64})"', applicant.page.text)
    for login, status in (("applicant", 200), ("township", 404), ("member", 404)):
        assert people(login).client.get(link).status_code == status, "a draft is the unit's alone"
    applicant.go("/u/A-1/fill/check")
    applicant.press("submit", form="")
    answer = people("township").client.get(link)
    assert (answer.status_code, answer.content) == (200, PDF)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert people("county").client.get(link.replace("A-1", "B-1")).status_code == 404, (
        "another unit's address leads nowhere"
    )
    (kept,) = home(staffed).documents("A-1")
    assert kept.data == PDF


# ---- Excel on the page


def test_the_workbook_of_the_page_comes_back_mended_cell_by_cell(applicant: Person, counted: tuple[str, str]) -> None:
    fill(applicant, counted, "12")
    answer = applicant.client.get("/u/A-1/fill/book")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    book = workbook(answer.content)
    (cell,) = [row[9] for row in book["填报项"].iter_rows() if row[0].value == counted[1]]
    assert cell.value == 12
    cell.value = "很多"
    sent = applicant.go("/u/A-1/fill")
    token = Form(sent.text, "").fields["csrfmiddlewaretoken"]
    page = applicant.client.post(
        "/u/A-1/fill/book", {"csrfmiddlewaretoken": token, "file": SimpleUploadedFile("a.xlsx", saved(book))}
    )
    assert page.status_code == 200
    assert "E001" in page.text
    assert 'action="/u/A-1/fill/book"' in page.text
    carried = {name: hidden(page.text, name) for name in ("carried", "name", "sheet", "cell", "was")}
    done = applicant.client.post(
        "/u/A-1/fill/book", {"csrfmiddlewaretoken": token, **carried, "to": ["15"], "do": "check"}, follow=True
    )
    assert done.request["PATH_INFO"] == "/u/A-1/fill/check"
    assert 'value="15"' in applicant.go(f"/u/A-1/fill/part/{counted[0]}").text


def test_an_archive_brings_its_documents(applicant: Person, default_pack: Pack, counted: tuple[str, str]) -> None:
    part = next(page for page in question_pages(default_pack, "village") if page.documents)
    title = part.documents[0].title.zh
    fill(applicant, counted, "12")
    applicant.go(f"/u/A-1/fill/part/{part.id}")
    applicant.press("tasks", {f"documents:{title}".replace(" ", "_"): "1"})
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("表.xlsx", applicant.client.get("/u/A-1/fill/book").content)
        archive.writestr(f"{title}.pdf", PDF)
    token = Form(applicant.go("/u/A-1/fill").text, "").fields["csrfmiddlewaretoken"]
    file = SimpleUploadedFile("a.zip", stream.getvalue())
    page = applicant.client.post("/u/A-1/fill/book", {"csrfmiddlewaretoken": token, "file": file}, follow=True)
    assert page.request["PATH_INFO"] == "/u/A-1/fill/check"
    assert f"已传：{title}.pdf" in unescape(page.text)


@pytest.mark.parametrize(("name", "data", "code"), [("a.xlsx", b"no workbook", "E"), ("", b"", "B010")])
def test_a_file_that_is_no_form_is_said_at_its_field(applicant: Person, name: str, data: bytes, code: str) -> None:
    token = Form(applicant.go("/u/A-1/fill").text, "").fields["csrfmiddlewaretoken"]
    sent = {"csrfmiddlewaretoken": token, **({"file": SimpleUploadedFile(name, data)} if name else {})}
    page = applicant.client.post("/u/A-1/fill/book", sent)
    assert page.status_code == 422
    assert f'<a href="#file">{code}' in page.text


# ---- review


def test_a_unit_is_reviewed_by_township_and_county(handed: Person, people: Any, staffed: Path) -> None:
    township, county = people("township"), people("county")
    assert "河口一村" in township.go("/inbox").text
    assert "河口一村" not in county.go("/inbox").text, "it waits for the township"
    assert "没有要办的" in handed.go("/inbox").text
    township.go("/review/A-1")
    township.press("accept", form="review")
    assert "没有要办的" in township.page.text
    assert "河口一村" in county.go("/inbox").text
    county.go("/review/A-1")
    county.press("accept", form="review")
    assert "已受理" in handed.go("/u/A-1/fill").text
    assert [step.verb for step in home(staffed).steps("A-1")] == ["submit", "accept", "accept"]
    assert [event.who for event in home(staffed).journal()][-3:] == ["applicant", "township", "county"]
    assert check_home(home(staffed))[0] is not None


def test_one_item_is_returned_and_completed(
    handed: Person, people: Any, counted: tuple[str, str], staffed: Path
) -> None:
    township = people("township")
    township.go("/review/A-1")
    name = f"field:{counted[1]}"
    assert township.press(f"return:{name}", form="review").status_code == 422
    assert "W155" in township.page.text
    township.press(f"return:{name}", {f"why:{name}": "与台账不符", f"until:{name}": "2026-06-10"}, form="review")
    assert "退回补正1项" in handed.go("/u/A-1/fill").text
    assert "与台账不符" in handed.page.text
    page = handed.go(f"/u/A-1/fill/part/{counted[0]}")
    enabled = re.findall(r'<fieldset class="closing">', page.text)
    assert len(enabled) == 1
    handed.press("tasks", {counted[1]: "13"})
    handed.go("/u/A-1/fill/check")
    handed.press("submit", form="")
    text = (home(staffed).submission("A-1", 2) or b"").decode()
    assert f"{counted[1]}: 13" in text
    assert text.count("  # 填报项!") == 1, "nothing else was handed in again"
    assert "与台账不符" in township.go("/review/A-1").text


def test_a_value_is_corrected_beside_the_unit_s_own(handed: Person, people: Any, counted: tuple[str, str]) -> None:
    township, name = people("township"), f"field:{counted[1]}"
    township.go("/review/A-1")
    township.press(f"correct:{name}", {f"why:{name}": "现场清点", f"value:{name}": "9"}, form="review")
    assert township.page.status_code == 200
    assert "镇街镇审乙核为9" in shown(township.page)
    assert 'value="12"' in handed.go(f"/u/A-1/fill/part/{counted[0]}").text


def test_a_register_is_corrected_as_a_whole(handed: Person, people: Any, default_pack: Pack) -> None:
    where, field = fields(default_pack, "table")
    line = next(line for page in question_pages(default_pack, "village") for line in page.lines if line.id == field)
    township, address = people("township"), f"/review/A-1/register/{field}"
    assert f'href="{address}"' in township.go("/review/A-1").text
    text = next(column for column in line.columns if column.type == "text")
    township.go(address)
    township.press("correct", {f"{field}:0:{text.id}": "东片"}, form="register")
    assert (township.page.status_code, "W155" in township.page.text) == (422, True)
    assert 'value="东片"' in township.page.text, "what was typed stays"
    township.press(f"row:{field}", form="register")
    assert f'name="{field}:1:{text.id}"' in township.page.text
    full = {f"{field}:0:{column.id}": sample(column) for column in line.columns}
    township.press("correct", {**full, "why": "现场核对"}, form="register")
    assert township.page.request["PATH_INFO"] == "/review/A-1", shown(township.page)
    assert "镇街镇审乙核为1条" in shown(township.page)
    assert full[f"{field}:0:{text.id}"] in township.go(address).text
    assert "东片" not in handed.go(f"/u/A-1/fill/part/{where}").text
    for login, status in (("applicant", 404), ("member", 404), ("county", 200)):
        assert people(login).client.get(address).status_code == status
    assert township.client.get("/review/A-1/register/nothing").status_code == 404


def sample(column: Any) -> str:
    """Return a text that a column of a register takes."""
    by_type = {"text": "甲", "date": "2026-05-20", "yes_no": "是"}
    return column.options[0][0] if column.options else by_type.get(column.type, "1")


def test_slips_are_given_as_files(handed: Person, people: Any, counted: tuple[str, str]) -> None:
    assert handed.client.get("/u/A-1/returned").status_code == 404
    township, name = people("township"), f"field:{counted[1]}"
    township.go("/review/A-1")
    township.press(f"return:{name}", {f"why:{name}": "与台账不符", f"until:{name}": "2026-06-10"}, form="review")
    for address in ("/u/A-1/receipt/file", "/u/A-1/returned"):
        answer = handed.client.get(address)
        assert answer.status_code == 200
        assert answer.content.startswith((b"%PDF-", b"<!DOCTYPE html>"))
        assert answer.headers["Content-Disposition"].startswith("attachment")


def test_an_application_is_taken_back_with_a_reason(handed: Person, counted: tuple[str, str]) -> None:
    handed.go("/u/A-1/fill")
    token = Form(handed.page.text, "").fields["csrfmiddlewaretoken"]
    page = handed.client.post("/u/A-1/withdraw", {"csrfmiddlewaretoken": token, "reason": " "})
    assert (page.status_code, "W155" in page.text) == (422, True)
    handed.client.post("/u/A-1/withdraw", {"csrfmiddlewaretoken": token, "reason": "漏数"})
    assert "已撤回" in handed.go("/u/A-1/fill").text
    assert 'value="next"' in handed.go(f"/u/A-1/fill/part/{counted[0]}").text


def test_a_closed_round_opens_for_one_unit_by_a_decision(people: Any, staffed: Path, counted: tuple[str, str]) -> None:
    text = home(staffed).text("round.yaml")
    assert text is not None
    home(staffed).put_text("round.yaml", text.data.replace(b"closed: false", b"closed: true"))
    applicant, county = people("applicant"), people("county")
    assert "W104" in applicant.go("/u/A-1/fill").text
    address = "/review/A-1/extend"
    assert address not in people("township").go("/review/A-1").text
    assert address in county.go("/review/A-1").text
    county.go(address)
    sent = {"id": "某委〔2026〕7号", "until": "2026-06-20", "why": "停电三天"}
    for lacking, code in (("id", "W167"), ("until", "W168"), ("why", "W155")):
        page = county.press("extend", {**sent, lacking: " "}, form="extend")
        assert (page.status_code, code in page.text) == (422, True), code
    county.press("extend", sent, form="extend")
    assert "现在准许补交" in county.page.text
    fill(applicant, counted, "12")
    applicant.go("/u/A-1/fill/check")
    applicant.press("submit", form="")
    assert 'decision: "某委〔2026〕7号"' in (home(staffed).submission("A-1", 1) or b"").decode()
    assert check_home(home(staffed))[0] is not None


# ---- nothing typed is lost


def test_what_was_typed_comes_back_after_logging_in_again(
    applicant: Person, time: Clock, counted: tuple[str, str]
) -> None:
    address = f"/u/A-1/fill/part/{counted[0]}"
    applicant.go(address)
    time.pass_(hours=2)
    page = applicant.press("next", {counted[1]: "12"})
    assert page.status_code == 401
    assert "没有丢" in page.text
    assert hidden(page.text, counted[1]) == ["12"]
    enter(applicant.client, "applicant")
    again = Form(page.text, "").fields
    stale = applicant.client.post(address, again)
    assert stale.status_code == 401, "the token of before is no good any more: one more press"
    sent = applicant.client.post(address, Form(stale.text, "").fields, follow=True)
    assert sent.status_code == 200
    assert 'value="12"' in applicant.go(address).text


def test_two_windows_keep_both_texts(applicant: Person, counted: tuple[str, str]) -> None:
    address = f"/u/A-1/fill/part/{counted[0]}"
    first, second = (Form(applicant.go(address).text, "fill").fields for _ in range(2))
    applicant.client.post(address, {**first, counted[1]: "12", "go": "tasks"})
    page = applicant.client.post(address, {**second, counted[1]: "13", "go": "tasks"})
    assert page.status_code == 409
    assert 'value="13"' in page.text
    assert "现在存的：12" in page.text
    text = applicant.go(address).text
    assert 'value="12"' in text
    assert "另一个窗口填的：13" in text
    (button,) = [one for one in Form(text, "fill").buttons if one.startswith("choose:") and not one.endswith("@")]
    assert 'value="13"' in applicant.press(button).text
    knowing = Form(page.text, "fill").fields
    applicant.client.post(address, {**knowing, counted[1]: "14", "go": "tasks"})
    assert 'value="14"' in applicant.go(address).text or "14" in applicant.page.text


def test_the_browsers_back_changes_only_what_is_touched(applicant: Person, counted: tuple[str, str]) -> None:
    address = f"/u/A-1/fill/part/{counted[0]}"
    old = Form(applicant.go(address).text, "fill").fields
    fill(applicant, counted, "12")
    applicant.client.post(address, {**old, "go": "tasks"})
    assert 'value="12"' in applicant.go(address).text


# ---- who may what


ADDRESSES = (
    "/u/{}/fill", "/u/{}/fill/check", "/u/{}/fill/book", "/u/{}/receipt", "/u/{}/receipt/file", "/u/{}/returned", "/review/{}",
    "/u/{}/paper/" + "0" * 64,
)  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_beyond_ones_own_nothing_exists(staffed: Path, people: Any, address: str) -> None:
    from django.test import Client

    assert Client().get(address.format("A-1")).status_code == 302
    for login in ("applicant", "township", "county", "inspector", "member", "auditor"):
        assert people(login).client.get(address.format("Z")).status_code == 404
        if login != "inspector":
            assert people(login).client.get(address.format("D-1")).status_code == 404 or login == "member"
    assert people("member").client.get("/u/D-1/fill").status_code == 404
    assert people("township").client.get("/u/A-1/fill").status_code == 404
    assert people("applicant").client.get("/review/A-1").status_code == 404


def test_a_list_asks_the_database_no_more_often_for_more_units(staffed: Path, people: Any) -> None:
    from django.db import connections
    from django.test.utils import CaptureQueriesContext

    from meihao.round.roster import Enrolled, roster_text

    county = people("county")
    counts = []
    for many in (1, 60):
        units = [Enrolled(f"A-{n}", "village", f"村{n}", "101") for n in range(1, many + 1)]
        home(staffed).put_text("roster.yaml", roster_text(units).encode())
        county.go("/inbox", state="draft")  # reads the roster anew
        with CaptureQueriesContext(connections[str((staffed / "meihao.sqlite3").resolve())]) as seen:
            assert county.go("/inbox", state="draft").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_pages_of_a_form_and_of_a_review_read_nothing_twice(
    handed: Person, people: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    township, pages = people("township"), ("/u/A-1/fill", "/review/A-1", "/inbox")
    people = {"/u/A-1/fill": handed}
    for page in pages:
        people.get(page, township).go(page)
    reading = {name: Mock(side_effect=AssertionError(name)) for name in READERS}
    for name, read in reading.items():
        monkeypatch.setattr(name, read)
    for page in pages:
        assert people.get(page, township).go(page).status_code == 200


READERS = (
    "meihao.evidence.submissions.read_unit", "meihao.round.read.shaped_text", "meihao.round.roster.shaped_text",
    "meihao.uses.review.pages", "meihao.store.ledger.Ledger.read",
)  # fmt: skip


def test_a_list_asks_the_table_of_permissions_by_region(
    staffed: Path, people: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from meihao.round.roster import Enrolled, roster_text

    units = [Enrolled(f"A-{n}", "village", f"村{n}", "101") for n in range(1, 61)]
    home(staffed).put_text("roster.yaml", roster_text(units).encode())
    asking = Mock(side_effect=may_on)
    monkeypatch.setattr("meihao.web.access.may_on", asking)
    assert "共60个" in shown(people("county").go("/inbox", state="draft"))
    assert asking.call_count < 10
    assert "村1" in people("applicant").go("/inbox").text
    assert "村2" not in people("applicant").page.text, "of its region, and yet not its own"


def test_the_board_leads_each_to_what_waits_there(handed: Person, people: Any) -> None:
    assert 'href="/u/A-1/fill"' in handed.go("/round").text
    text = people("township").go("/round").text
    assert 'href="/review/A-2"' in text
    assert "山前村" not in text, "another township's"
    assert "未交材料" in text
    assert "哪些单位还欠" not in people("auditor").go("/round").text


def test_a_plain_folder_takes_nothing_in(client: Any) -> None:
    assert client.get("/u/V-0001/fill").status_code == 404
    assert client.get("/inbox").status_code in (302, 404)


def test_every_page_is_english_too(handed: Person, people: Any, counted: tuple[str, str]) -> None:
    for person, address in (
        (handed, "/u/A-1/fill"), (handed, f"/u/A-1/fill/part/{counted[0]}"), (handed, "/u/A-1/fill/check"),
        (handed, "/u/A-1/receipt"),
        (people("township"), "/inbox"), (people("township"), "/review/A-1"),
    ):  # fmt: skip
        page = person.go(address, lang="en")
        assert page.status_code == 200
        assert '<html lang="en">' in page.text


def test_the_addresses_are_those_of_the_documents(root: Path) -> None:
    for page in ("web.md", "web.zh.md"):
        text = (root / "docs" / page).read_text("utf-8")
        for address in (reverse("inbox"), "/u/CODE/fill", "/review/CODE"):
            assert f"`{address}`" in text, (page, address)
