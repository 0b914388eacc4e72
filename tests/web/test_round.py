"""The pages of a round and of its units: what use cases answer, shown only where results are open."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from html import unescape
from pathlib import Path
from time import sleep
from typing import Any
from unittest.mock import Mock

import pytest
from msgspec.structs import replace
from tests.web.peopled import ACCOUNTS, enter

from meihao.assessment.assess import assess
from meihao.pipeline import Judged
from meihao.store.folder import FolderHome
from meihao.uses.judge import explain, judge, judge_again
from meihao.uses.report import Reporting, report
from meihao.uses.session import Opening, Session, open_session
from meihao.uses.standing import round_standing
from meihao.web import results
from meihao.web.site import site_of


@pytest.fixture
def elsewhere(web: None, web_session: Session) -> Iterator[None]:
    """The same round, served to other machines: nobody may see its results."""
    from django.test import override_settings

    with override_settings(MEIHAO=site_of(web_session)):
        yield


@pytest.fixture
def small(web: None, sample_folder: Path, tmp_path: Path) -> Iterator[Path]:
    """A round of three units, served to this machine, whose files may be changed."""
    from django.test import override_settings

    home = tmp_path / "round"
    (home / "evidence").mkdir(parents=True)
    (home / "round.yaml").write_bytes((sample_folder / "round.yaml").read_bytes())
    for code in ("C-0118", "V-0049", "C-0043"):
        name = f"evidence/{code}.evidence.yaml"
        (home / name).write_bytes((sample_folder / name).read_bytes())
    session, problems = open_session(Opening(round=home))
    assert session is not None, problems
    with override_settings(MEIHAO=site_of(session, local=True)):
        yield home


def shown(page: Any) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page.text)))


def test_the_counts_are_those_of_the_judgement(client: Any, sample: Sequence[Judged]) -> None:
    text = shown(client.get("/round"))
    for kind, title in (("village", "村"), ("community", "社区"), ("compound", "小区")):
        mine = [one.assessment.verdict.state for one in sample if one.case.kind == kind]
        counts = " ".join(str(n) for n in (len(mine), *(mine.count(s) for s in ("passed", "failed", "undetermined"))))
        assert f"{title} {counts} " in text


def test_a_part_of_a_name_finds_the_unit(client: Any, sample: Sequence[Judged]) -> None:
    one = next(each for each in sample if each.case.code == "V-0049")
    text = client.get("/round", {"q": one.case.name}).text
    assert '<a href="/u/V-0049">' in text
    assert "共1个，第1页，共1页。" in client.get("/round", {"q": "v-0049"}).text
    assert "没有这样的单位" in client.get("/round", {"q": "<script>"}).text


def test_a_list_has_pages_and_a_wrong_page_is_the_last(client: Any) -> None:
    first = client.get("/round")
    assert first.text.count('<a href="/u/') == 50
    assert "page=2#list" in first.text
    last = client.get("/round", {"page": "99999"})
    assert last.status_code == 200
    assert "第7页，共7页" in last.text
    assert client.get("/round", {"page": "x"}).status_code == 200


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_unit_page_says_what_explain_says(
    client: Any, sample: Sequence[Judged], web_session: Session, lang: str
) -> None:
    one = next(each for each in sample if each.case.code == "V-0049")
    told = explain(replace(web_session, lang=lang), one)
    text = shown(client.get(f"/u/V-0049?lang={lang}"))
    for line in (told.verdict, *told.deciding, told.base, told.total):
        assert line in text
    for item in (item for dimension in told.dimensions for item in dimension.items):
        for said in (item.title, item.outcome, item.reason, item.basis, *item.missing):
            assert re.sub(r"\s+", " ", said) in text, said


def test_a_stranger_and_a_hidden_unit_look_the_same(client: Any, elsewhere: None) -> None:
    hidden, strange = client.get("/u/V-0049"), client.get("/u/V-9999")
    assert hidden.status_code == strange.status_code == 404
    mask = re.compile(r"V-\d{4}")
    assert mask.sub("", hidden.text) == mask.sub("", strange.text)
    assert client.get("/u/V-0049/report").status_code == 404


def test_where_results_are_not_open_the_board_names_no_unit(
    client: Any, elsewhere: None, sample: Sequence[Judged]
) -> None:
    text = client.get("/round").text
    assert "谁还欠什么" in text
    assert "评定结果" not in text
    assert not [one.case.code for one in sample if one.case.code in text or one.case.name in text]


def test_the_board_is_that_of_status_and_the_round_is_judged_once(
    client: Any, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judging = Mock(side_effect=judge_again)
    monkeypatch.setattr(results, "judge_again", judging)
    session, _ = open_session(Opening(round=small))
    assert session is not None
    day = date(2026, 6, 1)
    for _ in range(2):
        assert results.standing_on(day) == round_standing(session, day)
        client.get("/round")
    assert judging.call_count == 1


def test_the_demonstration_of_a_stage_shows_its_day(client: Any, web_session: Session) -> None:
    from django.test import override_settings

    site = site_of(web_session, demo=True)
    for day in (date(2026, 6, 29), date(2026, 6, 30)):
        with override_settings(MEIHAO=replace(site, on=day)):
            assert f"{day} " in client.get("/round").text


def test_without_a_round_there_is_none_to_show(client: Any, lone: None) -> None:
    assert "没有打开批次" in client.get("/round").text


def test_the_report_is_the_one_that_is_printed(client: Any, small: Path, tmp_path: Path) -> None:
    session, _ = open_session(Opening(round=small))
    assert session is not None
    made, problems = report(session, [small / "evidence"], Reporting(tmp_path / "out", ("V-0049",), form="html"))
    assert made is not None, problems
    page = client.get("/u/V-0049/report")
    assert page.text == next(path for path in made if path.suffix == ".html").read_text("utf-8")
    assert page.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert "<script" not in page.text


def test_what_is_handed_in_is_seen_at_once(client: Any, small: Path, sample_folder: Path) -> None:
    assert "共3个" in client.get("/round").text
    before = FolderHome(small).state()
    name = "evidence/C-0001.evidence.yaml"
    (small / name).write_bytes((sample_folder / name).read_bytes())
    assert FolderHome(small).state() != before
    assert "共4个" in client.get("/round").text
    assert client.get("/u/C-0001").status_code == 200


def test_what_did_not_change_is_neither_judged_nor_put_into_words_again(
    client: Any, small: Path, sample_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.get("/round")
    judging, explaining = Mock(side_effect=assess), Mock(side_effect=explain)
    monkeypatch.setattr("meihao.pipeline.assess", judging)
    monkeypatch.setattr(results, "explain", explaining)
    name = "evidence/C-0001.evidence.yaml"
    (small / name).write_bytes((sample_folder / name).read_bytes())
    assert "共4个" in client.get("/round").text
    assert [call.args[1].code for call in judging.call_args_list] == ["C-0001"]
    assert [call.args[1].case.code for call in explaining.call_args_list] == ["C-0001"]


def test_what_changed_is_judged_again_as_if_it_were_the_first_time(client: Any, small: Path) -> None:
    client.get("/round")
    file = small / "evidence" / "C-0118.evidence.yaml"
    file.write_text(re.sub(r"households: \d+", "households: 7", file.read_text("utf-8")), "utf-8")
    text = (small / "round.yaml").read_text("utf-8")
    (small / "round.yaml").write_text(text.replace("closed: true", "closed: false"), "utf-8")
    session, _ = open_session(Opening(round=small))
    assert session is not None
    fresh, _ = judge(session, None)
    found = results.round_results()
    assert found is not None
    assert fresh is not None
    assert found.units == fresh.units
    assert [found.spoken("en").of(one) for one in found.units] == [
        explain(replace(session, lang="en"), one) for one in fresh.units
    ]


def test_who_asks_while_the_round_is_judged_waits_for_it(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*given: Any) -> Any:
        sleep(0.2)
        return judge_again(*given)

    judging = Mock(side_effect=slow)
    monkeypatch.setattr(results, "judge_again", judging)
    with ThreadPoolExecutor(4) as people:
        found = list(people.map(lambda _: results.round_results(), range(4)))
    assert judging.call_count == 1
    assert len({id(one) for one in found}) == 1


def test_a_file_that_cannot_be_read_is_named_in_place_of_results(client: Any, small: Path) -> None:
    (small / "evidence" / "C-0118.evidence.yaml").write_text("unit: [", "utf-8")
    text = client.get("/round").text
    assert "C-0118.evidence.yaml" in text
    assert "结果没有算出来" in text
    assert client.get("/u/V-0049").status_code == 404


def test_a_hostile_name_is_text(client: Any, small: Path) -> None:
    path = small / "evidence" / "V-0049.evidence.yaml"
    text = path.read_text("utf-8")
    name = re.search(r"name: (\S+?)[,}]", text)
    assert name is not None
    path.write_text(text.replace(f"name: {name[1]}", 'name: "<img src=x onerror=alert(1)>"'), "utf-8")
    for address in ("/round", "/u/V-0049", "/u/V-0049/report"):
        page = client.get(address)
        assert page.status_code == 200, address
        assert "<img src=x" not in page.text
        assert "&lt;img src=x" in page.text


def test_the_result_is_that_of_the_terminal(small: Path, client: Any) -> None:
    session, _ = open_session(Opening(round=small))
    assert session is not None
    judged, _ = judge(session, [small / "evidence"])
    assert judged is not None
    rows = re.findall(r'<a href="/u/([^"]+)">.*?data-label="总分">([^<]+)<', client.get("/round").text, re.DOTALL)
    assert rows == [(one.case.code, explain(session, one).total) for one in judged.units]


def test_reminders_are_texts_to_paste_for_those_who_see_the_units(staffed: Path) -> None:
    from django.test import Client

    def text(login: str, region: str) -> str:
        client = Client()
        enter(client, login)
        found = re.search(
            r'<textarea id="reminder" readonly[^>]*>(.*?)</textarea>',
            client.get("/round", {"remind": region}).text,
            re.S,
        )
        return unescape(found[1]) if found else ""

    told = text("township", "101")
    assert told.startswith("【河口镇】2026-06-01 周一，还有2个单位没有交齐：\n1. 河口一村（A-1）：")
    assert "未交材料" in told
    assert not any(one.name in told for one in ACCOUNTS)
    assert text("county", "10").count("\n") == 4, "its own unit, and those of both townships"
    assert text("township", "10") == text("county", "20") == text("applicant", "102") == text("auditor", "101") == ""
