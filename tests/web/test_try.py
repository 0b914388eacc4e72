"""The self-check without scripts: from the kind to the result, like `assess` of the same values, and nothing of it stays here."""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from tests.web.visitor import Visitor

import meihao
from meihao.assessment.explain.unit import explain_unit
from meihao.assessment.infer.reference import conclude
from meihao.evidence.typed import DOCUMENTS, TypedDocument, TypedUnit, as_typed
from meihao.forms.questions import question_pages
from meihao.pipeline import Judged, judge_units
from meihao.round.read import lone_round
from meihao.uses import try_files
from meihao.uses.session import Session
from meihao.uses.try_files import kept_answers, read_answers
from meihao.web import uploads
from meihao.web.try_form import MOST_ROWS, name_of

HOSTILE = '"><script>alert(1)</script>'


@pytest.fixture
def visitor(client: Any) -> Visitor:
    return Visitor(client, "/try")


@pytest.fixture
def compound(visitor: Visitor) -> Visitor:
    visitor.press("start", "start", {"kind": "compound"})
    return visitor


def state_of(visitor: Visitor, session: Session) -> TypedUnit:
    typed, problems = read_answers(session, visitor.form("try").fields["state"].encode(), "")
    assert typed is not None, problems
    return typed


def fill_in(visitor: Visitor, session: Session, typed: TypedUnit) -> None:
    """Answer every page as somebody would who types these texts, and leave it by its button."""
    visitor.press("start", "start", {"kind": typed.kind, "name": typed.name, "code": typed.code})
    pages = question_pages(session.pack, typed.kind)
    visitor.press(f"page:{pages[0].id}")
    for page in pages:
        said = {name: text for line in page.lines for name, text in texts_of(line.id, typed).items()}
        for line in page.lines:
            for _ in range(len(typed.answers.get(line.id, ())) - 1 if line.type == "table" else 0):
                visitor.press(f"row:{line.id}", typed=said)
        visitor.press("next", typed=said | ticks_of([one.title.zh for one in page.documents], typed))
        assert visitor.page.status_code == 200, page.id


def texts_of(field: str, typed: TypedUnit) -> dict[str, str | None]:
    answer = typed.answers.get(field)
    if isinstance(answer, str):
        return {name_of((field,)): answer}
    if answer == ():
        return {f"{name_of((field,))}:none": "1"}
    return {name_of((field, n, name)): text for n, row in enumerate(answer or ()) for name, text in row.items()}


def ticks_of(titles: Sequence[str], typed: TypedUnit) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for title in titles:
        if one := typed.documents.get(title):
            name = name_of((DOCUMENTS, title))
            found |= {name: "1", f"{name}:date": one.date, f"{name}:valid_to": one.valid_to}
    return found


# ---- the same as assess


@pytest.mark.parametrize(("kind", "place"), [("village", 5), ("community", 11), ("compound", 17)])
def test_typed_page_by_page_a_unit_of_the_sample_gets_what_assess_gives_it(
    visitor: Visitor, web_session: Session, sample: Sequence[Judged], kind: str, place: int
) -> None:
    unit = [one.evidence for one in sample if one.case.kind == kind and one.evidence][place]
    pages = question_pages(web_session.pack, kind)
    typed = as_typed(unit, web_session.pack, [line.id for page in pages for line in page.lines])
    short = {name: text[:4] if isinstance(text, tuple) else text for name, text in typed.answers.items()}
    wanted = {one.title.zh for page in pages for one in page.documents}
    typed = replace(typed, answers=short, documents={k: v for k, v in typed.documents.items() if k in wanted})
    fill_in(visitor, web_session, typed)
    visitor.press("result")

    tried, _ = meihao.try_out(web_session, typed)
    assert tried is not None
    own = replace(unit, observations=tried.evidence.observations, documents=tried.evidence.documents)
    (alone,) = judge_units(web_session.pack, lone_round(web_session.round.reference_date), [own], conclude, False)
    told = explain_unit(alone.assessment, web_session.pack, "zh", alone.case)
    found = state_of(visitor, web_session)
    assert {k: (v, found.answers.get(k)) for k, v in typed.answers.items() if found.answers.get(k) != v} == {}
    assert {k: (v, found.documents.get(k)) for k, v in typed.documents.items() if found.documents.get(k) != v} == {}
    assert found == typed
    text = visitor.page.text
    assert f"<strong>{told.verdict}</strong>" in text
    assert told.so_far in text
    assert f"<dd>{told.total}</dd>" in text
    shown = re.findall(r'<h4>.*?</span> (.*?) <span class="points">(.*?)</span> <span class="outcome">(.*?)<', text)
    items = [item for dimension in told.dimensions for item in dimension.items]
    assert [(a, b, c) for a, b, c in shown] == [(i.title, f"{i.points}／{i.full}", i.outcome) for i in items]


# ---- pages


def test_a_kind_is_chosen_first(visitor: Visitor) -> None:
    assert visitor.press("start", "start").status_code == 422
    assert "<title>错误：自评试算" in visitor.page.text
    assert 'href="#kind-village"' in visitor.page.text
    assert visitor.press("start", "start", {"kind": "castle"}).status_code == 422


def test_wrong_answers_keep_the_page_and_are_told_twice_with_a_link(compound: Visitor) -> None:
    compound.press("page:compound.party")
    said: dict[str, str | None] = {"buildings.total": "１２栋", "buildings.with_head": "14", "cross.seats": "很多"}
    assert compound.press("next", typed=said).status_code == 422
    text = compound.page.text
    assert "<title>错误：" in text
    for name, told in (("buildings.with_head", "（第5题）"), ("cross.seats", "应填数字，现为“很多”")):
        assert re.search(rf'<li><a href="#{name}">[^<]*{told}', text), name
        assert re.search(rf'id="said-{name}"><span class="wrong-said">[^<]*{told}', text)
        assert name in compound.form("try").ids
    assert "E018 “楼栋数”已自动更正：“１２栋”读作12" in text
    assert compound.form("try").fields["buildings.total"] == "１２栋"
    assert compound.press("next", typed={"buildings.with_head": "12", "cross.seats": ""}).status_code == 200
    assert "<h1>业主自治</h1>" in compound.page.text


def test_what_is_wrong_may_wait_but_not_beyond_the_answers(compound: Visitor) -> None:
    compound.press("page:compound.party")
    compound.press("tasks", typed={"cross.seats": "很多"})
    assert "1处要改" in compound.page.text
    compound.press("check")
    assert "E001" in compound.page.text
    assert compound.press("result").status_code == 422
    assert "<h1>检查填写的内容</h1>" in compound.page.text


def test_the_score_moves_as_one_types(compound: Visitor, web_session: Session) -> None:
    compound.press("page:compound.party")
    fields = compound.form("try").fields
    answer = compound.client.post("/try", {**fields, "party_org.state": "approved", "cross.seats": "x", "go": "score"})
    assert answer.status_code == 200
    assert "<dd>5.00—18.00" in answer.text
    assert "<h1" not in answer.text
    assert re.search(r'id="said-cross.seats" hx-swap-oob="true"><span class="wrong-said">E001', answer.text)
    again = compound.press("again", typed={"party_org.state": "approved"})
    assert "<dd>5.00—18.00" in again.text
    assert compound.press("again", typed={"party_org.state": ""}).text.count("<dd>0.00—18.00") == 1


def test_entries_are_added_corrected_and_taken_away(compound: Visitor, web_session: Session) -> None:
    compound.press("page:compound.property")
    columns = [column.id for column in web_session.pack.field("lifts").columns]
    first = dict(zip((f"lifts:0:{c}" for c in columns), ("A1", "2027年2月3日", "某公司"), strict=True))
    compound.press("row:lifts", typed=dict(first))
    assert "lifts:1:" + columns[0] in compound.form("try").fields
    assert state_of(compound, web_session).answers["lifts"] == (
        dict(zip(columns, ("A1", "2027年2月3日", "某公司"), strict=True)),
    )
    compound.press("again", typed={**dict.fromkeys(first, ""), "lifts:none": "1"})
    assert state_of(compound, web_session).answers["lifts"] == ()
    compound.press("again", typed={"lifts:none": None})
    assert "lifts" not in state_of(compound, web_session).answers


def test_a_long_register_from_a_workbook_is_counted_and_kept(client: Any, web_session: Session) -> None:
    rows = tuple({"device": f"D{n}", "valid_to": "2027-01-01", "keeper": "某公司"} for n in range(MOST_ROWS + 1))
    columns = [column.id for column in web_session.pack.field("lifts").columns]
    rows = tuple(dict(zip(columns, row.values(), strict=True)) for row in rows)
    compound = Visitor(client, "/try")
    compound.upload("kept.json", kept_answers(web_session, TypedUnit("compound", {"lifts": rows})))
    compound.press("page:compound.property")
    assert f"这张台账有{MOST_ROWS + 1}条" in compound.page.text
    compound.press("tasks")
    assert state_of(compound, web_session).answers["lifts"] == rows


def test_no_more_entries_are_read_than_a_page_has(compound: Visitor, web_session: Session) -> None:
    compound.press("page:compound.property")
    column = web_session.pack.field("lifts").columns[0].id
    said: dict[str, str | None] = {f"lifts:{n}:{column}": f"D{n}" for n in range(99)}
    compound.press("again", typed=said | {"lifts:rows": "9" * 400})
    assert len(state_of(compound, web_session).answers["lifts"]) == MOST_ROWS + 1
    for odd in ("-1", "x", "²"):
        assert compound.press("again", typed={"lifts:rows": odd}).status_code == 200


def test_the_language_changes_and_nothing_typed_is_lost(compound: Visitor, web_session: Session) -> None:
    compound.press("page:compound.party")
    assert compound.form("try").buttons["page:compound.party"] == "/try?lang=en"
    compound.press("page:compound.party", typed={"buildings.total": "12", "party_org.state": "approved"})
    assert '<html lang="en">' in compound.page.text
    assert "<h1>Party leadership in the compound</h1>" in compound.page.text
    assert state_of(compound, web_session).answers == {"buildings.total": "12", "party_org.state": "approved"}


def test_what_is_hostile_is_shown_and_kept_as_it_is(visitor: Visitor, web_session: Session) -> None:
    visitor.press("start", "start", {"kind": "compound", "name": HOSTILE, "code": HOSTILE})
    visitor.press("page:compound.party")
    visitor.press("again", typed={"buildings.total": HOSTILE})
    for button in ("again", "tasks", "check"):
        visitor.press(button)
        assert "<script>alert" not in visitor.page.text, button
    assert state_of(visitor, web_session).answers["buildings.total"] == HOSTILE
    assert state_of(visitor, web_session).name == HOSTILE


def test_the_names_of_inputs_and_ids_are_one_of_each(compound: Visitor, web_session: Session) -> None:
    compound.press("page:compound.property")
    ids = compound.form("try").ids
    assert len(ids) == len(set(ids))
    assert not [one for one in ids if " " in one]
    for target in re.findall(r'(?:for|aria-describedby)="([^"]+)"', compound.page.text):
        assert set(target.split()) <= set(ids), target


# ---- requests that no page of ours sends


def test_a_forged_form_is_refused(client: Any) -> None:
    assert client.post("/try", {"go": "start", "kind": "compound"}).status_code == 403


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client: Any, method: str) -> None:
    assert getattr(client, method)("/try").status_code in (403, 405)


@pytest.mark.parametrize("state", ["", "{}", "null", "x" * 1000, '{"meihao": "self-check"}', "\x00"])
def test_answers_that_were_tampered_with_lead_back_to_the_start(compound: Visitor, state: str) -> None:
    answer = compound.press("check", typed={"state": state})
    assert answer.status_code == 422
    assert "这一页和服务器对不上了" in answer.text


def test_buttons_and_pages_that_there_are_not_lead_to_the_tasks(compound: Visitor) -> None:
    fields = compound.form("try").fields
    for go in ("", "page:castle", "next", "score", "row:", "nothing"):
        answer = compound.client.post("/try", {**fields, "go": go, "at": "castle"})
        assert answer.status_code == 200
        assert "任务清单" in answer.text


# ---- files


def test_a_saved_file_and_a_form_are_continued_from(compound: Visitor, web_session: Session) -> None:
    compound.press("page:compound.party")
    typed: dict[str, str | None] = {"buildings.total": "12", "buildings.with_head": "10", "documents:楼栋长名册": "1"}
    compound.press("tasks", typed=typed)
    before = state_of(compound, web_session)
    assert before.documents == {"楼栋长名册": TypedDocument()}
    for button, kind in (("file", "application/json"), ("form", "spreadsheetml")):
        given = compound.press(button)
        assert kind in given.headers["Content-Type"]
        assert "attachment" in given.headers["Content-Disposition"]
        visitor = Visitor(compound.client, "/try")
        visitor.upload("x.xlsx" if button == "form" else "x.json", given.content)
        assert "从文件读入了2项回答" in visitor.page.text
        assert state_of(visitor, web_session) == before


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.json", b"[]", "B020"),
        ("a.xlsx", b"PK\x03\x04 nothing", "E065"),
        ("<script>.json", b"\xff", "B020"),
        ("a.json", json.dumps({"meihao": "self-check", "version": 1, "standard": "", "edition": "", "kind": "castle",
                               "answers": {}, "documents": {}}).encode(), "W005"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_use_is_told_at_its_field(visitor: Visitor, name: str, data: bytes, told: str) -> None:
    assert visitor.upload(name, data).status_code == 422
    assert re.search(rf'<li><a href="#file">[^<]*{told}', visitor.page.text)
    assert re.search(rf'class="wrong-said" id="file-1">[^<]*{told}', visitor.page.text)
    assert "<script>." not in visitor.page.text


def test_no_file_is_told(visitor: Visitor) -> None:
    token = visitor.form("start").fields["csrfmiddlewaretoken"]
    answer = visitor.client.post("/try", {"csrfmiddlewaretoken": token, "go": "continue"})
    assert answer.status_code == 422
    assert re.search(r'<li><a href="#file">[^<]*没有选文件', answer.text)


def test_a_file_that_is_too_large_is_told_at_its_field(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.test import override_settings

    monkeypatch.setattr(uploads, "MOST_UPLOADED", 1000)
    with override_settings(FILE_UPLOAD_MAX_MEMORY_SIZE=1000):
        answer = visitor.upload("a.json", b"x" * 3000)
    assert answer.status_code == 422
    assert re.search(r'<li><a href="#file">[^<]*B012', answer.text)


def test_a_report_is_given_or_it_is_told_why_not(compound: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(try_files, "chosen_press", lambda wanted, theme: ({}, ()))  # a PDF takes seconds to set
    compound.press("check")
    compound.press("result")
    given = compound.press("report")
    assert given.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "attachment" in given.headers["Content-Disposition"]
    assert "自评" in given.text
    problem = try_files.NOT_KEPT.at(meihao.core.problems.Source(), name="x", why="y")
    monkeypatch.setattr(try_files, "report_bytes", lambda *_: ("html", b"", (problem,)))
    refused = compound.press("report")
    assert "Content-Disposition" not in refused.headers
    assert "B020" in refused.text


# ---- nothing stays here


WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC
WRITES = ("os.mkdir", "os.rename", "os.link", "os.symlink", "os.truncate", "sqlite3.connect", "tempfile.mkstemp")
_seen: list[str] = []
_watching: list[bool] = []


def _watch(event: str, given: tuple[Any, ...]) -> None:
    if not _watching:
        return
    if event == "open":
        file, _, flags = given
        if isinstance(file, str) and file != os.devnull and flags & WRITING:
            _seen.append(f"open {file}")
    elif event in WRITES or event.startswith(("syslog", "socket.connect")):
        _seen.append(event)


@contextmanager
def watched() -> Iterator[list[str]]:
    """Give what the process meanwhile opens to write, moves, connects to or logs."""
    if "hooked" not in vars(_watch):
        sys.addaudithook(_watch)  # for good: nothing takes one away
        vars(_watch)["hooked"] = True
    _seen.clear()
    _watching.append(True)
    try:
        yield _seen
    finally:
        _watching.clear()


def test_a_file_that_is_written_would_be_seen(tmp_path: Path) -> None:
    with watched() as seen:
        (tmp_path / "a").write_text("a")
    assert seen == [f"open {tmp_path / 'a'}"]


def test_nothing_of_a_self_check_stays_on_the_server(
    client: Any, web_session: Session, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str], tmp_path: Path,
) -> None:  # fmt: skip
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.db import connection

    monkeypatch.setattr(try_files, "chosen_press", lambda wanted, theme: ({}, ()))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with watched() as seen:
        visitor = Visitor(client, "/try")
        visitor.press("start", "start", {"kind": "compound", "name": "无人知道的小区"})
        visitor.press("page:compound.party")
        visitor.press("next", typed={"buildings.total": "12"})
        visitor.press("tasks")
        visitor.press("check")
        visitor.press("result")
        kept, form = visitor.press("file").content, visitor.press("form").content
        assert visitor.press("report").status_code == 200
        assert Visitor(client, "/try").upload("a.json", kept).status_code == 200
        assert Visitor(client, "/try").upload("a.xlsx", form).status_code == 200
        assert Visitor(client, "/try").upload("a.json", b"broken").status_code == 422
    assert seen == []
    assert not list(tmp_path.iterdir())
    assert [one for one in caplog.records if one.name != "django.request"] == []
    assert "无人知道" not in caplog.text
    assert capfd.readouterr().out == ""
    assert "django.contrib.sessions" not in settings.INSTALLED_APPS
    with pytest.raises(ImproperlyConfigured):  # no database is set up at all
        connection.cursor()
    assert set(client.cookies) <= {"csrftoken", "lang"}
