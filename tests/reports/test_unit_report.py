"""Proves that a unit's report says what its result says: every figure, every item once, the deciding line first."""

from __future__ import annotations

import html
import json
import os
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.reports.of_unit import report_of

from meihao.assessment.explain.sums import span
from meihao.assessment.results import Assessment, Finding
from meihao.assessment.to_json import body_digest, to_json
from meihao.core.numbers import parse_exact
from meihao.core.problems import Lang, Source
from meihao.pipeline import Judged
from meihao.ranking import Ranking
from meihao.reports.clean import clean, texts_of
from meihao.reports.model import UnitReport
from meihao.reports.render import render
from meihao.reports.unit_items import Files
from meihao.round.model import Round
from meihao.standard.model import Pack

EACH = 1 if os.environ.get("MEIHAO_EXAMPLES") else 4  # the suite tries one of four strings, `make differential` all
STRINGS = Path(__file__).resolve().parents[3] / "shared" / "fixtures" / "badinput" / "blns.json"
Reports = Mapping[tuple[str, Lang], UnitReport]
STATES = ("passed", "failed", "undetermined")


def page_of(report: UnitReport) -> str:
    page, problems = render(report, report.frame.lang)
    assert not problems
    return page


def words_of(page: str) -> str:
    """Return what a reader sees of a page, without the style sheet."""
    return html.unescape(re.sub(r"<[^>]*>", "", page.partition("</style>")[2]))


@pytest.mark.parametrize("state", STATES)
def test_every_figure_of_the_report_is_the_figure_of_the_json(
    state: str, reports: Reports, by_state: Mapping[str, Judged]
) -> None:
    own = by_state[state].assessment
    body = json.loads(json.dumps(to_json(own, {})))["body"]
    places = 2
    shown = {item.id: (item.points, item.full) for row in reports[state, "zh"].dimensions for item in row.items}
    for item in body["items"]:
        low, high, full = (parse_exact(item[key]) for key in ("lo", "hi", "points"))
        assert shown[item["id"]] == (span(low, high, places), span(full, full, places))
    total = span(parse_exact(body["total"]["lo"]), parse_exact(body["total"]["hi"]), places)
    assert reports[state, "zh"].cells[0].value == total
    assert total in words_of(page_of(reports[state, "zh"]))


@pytest.mark.parametrize("state", STATES)
def test_items_in_are_items_accounted_for(state: str, reports: Reports, by_state: Mapping[str, Judged]) -> None:
    own, report = by_state[state].assessment, reports[state, "zh"]
    printed = Counter(item.id for row in report.dimensions for item in row.items)
    assert printed == Counter(item.id for item in own.items)
    assert sum(n for _, n in report.outcomes) == len(own.items)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_says_the_verdict_the_deciding_line_and_the_digest(state: str, lang: Lang, reports: Reports) -> None:
    report = reports[state, lang]
    seen = words_of(page_of(report))
    assert seen.index(report.verdict.label) < seen.index(report.deciding[0]) < seen.index(report.dimensions[0].title)
    assert report.frame.colophon[0].value in seen
    assert report.frame.notice in seen


def test_a_state_is_told_by_a_sign_and_a_word_not_by_colour_alone(reports: Reports) -> None:
    for report in reports.values():
        marks = [item.mark for row in report.dimensions for item in row.items] + [check.mark for check in report.checks]
        assert all(mark.sign and mark.label for mark in marks)
    signs = {reports[state, "zh"].verdict.sign for state in STATES}
    assert len(signs) == 3


def test_a_vetoed_unit_has_the_veto_on_its_first_lines_and_at_the_head_of_the_advice(
    default_pack: Pack, sample_round: Round, by_state: Mapping[str, Judged]
) -> None:
    one = by_state["passed"].assessment
    veto = next(
        r for r in default_pack.rules if r.family == "vetoes" and one.kind in r.kinds and r.effect.name == "veto"
    )
    fired = Finding(veto.id, "fired", "major", "veto", "", ())
    failed = replace(
        one, findings=(fired,), verdict=replace(one.verdict, state="failed", deciding=(("veto", veto.id),))
    )
    report = report_of(default_pack, sample_round, failed)
    assert veto.title.zh in report.deciding[0]
    assert report.verdict.code == "failed"
    assert [check.title for check in report.first] == [veto.title.zh]
    assert {check.title: check.mark.code for check in report.checks}[veto.title.zh] == "fired"


def test_advice_names_every_open_item_once_and_its_open_points(
    reports: Reports, by_state: Mapping[str, Judged]
) -> None:
    for state in STATES:
        items = by_state[state].assessment.items
        wanted = [i.points - i.lo for i in items if i.lo < i.points and i.outcome not in ("not_applicable", "exempt")]
        given = [parse_exact(row.open_points) for row in reports[state, "zh"].advice]
        assert sorted(given) == sorted(wanted)


def test_without_the_case_nothing_is_judged_again_and_advice_goes_by_open_points(
    default_pack: Pack, sample_round: Round, by_state: Mapping[str, Judged]
) -> None:
    report = report_of(default_pack, sample_round, by_state["failed"].assessment)
    given = [parse_exact(row.open_points) for row in report.advice]
    assert given == sorted(given, reverse=True)
    assert not report.rescored
    assert {row.gain for row in report.advice} == {""}
    assert "可再得" in page_of(report)


def test_sample_data_is_marked_and_other_data_is_not(
    default_pack: Pack, sample_round: Round, by_state: Mapping[str, Judged]
) -> None:
    one = by_state["passed"]
    for is_sample in (True, False):
        report = report_of(default_pack, replace(sample_round, sample_data=is_sample), one.assessment, one.case)
        assert ('class="sample"' in page_of(report)) is is_sample


def test_a_unit_judged_alone_has_no_peers_no_rank_and_no_plot(
    default_pack: Pack, sample_round: Round, by_state: Mapping[str, Judged]
) -> None:
    one = by_state["passed"]
    report = report_of(default_pack, sample_round, one.assessment, one.case)
    assert report.position is None
    assert {row.mean_percent for row in report.dimensions} == {-1}
    assert report.cells[2].note == "未排名"
    assert page_of(report)


def test_evidence_names_its_file_without_folders(reports: Reports) -> None:
    report = reports["passed", "zh"]
    assert report.files
    assert not any("/" in name for name in report.files)
    assert any("[1]" in text for row in report.dimensions for item in row.items for text in item.evidence)


def test_the_peers_mean_is_the_mean_of_the_kind(
    reports: Reports, by_state: Mapping[str, Judged], peers: Sequence[Assessment]
) -> None:
    own = by_state["passed"].assessment
    kin = [a for a in peers if a.kind == own.kind]
    first = next(n for n in own.nodes if n.id == default_dimension(own))
    scores = [n.lo for a in kin for n in a.nodes if n.id == first.id and n.applicable]
    exact = sum(map(Fraction, scores), Fraction()) / len(scores)
    printed = parse_exact(reports["passed", "zh"].dimensions[0].mean)
    assert abs(printed - exact) <= Fraction(5, 1000)


def default_dimension(own: Assessment) -> str:
    """Return the id of the dimension of the first item."""
    return own.items[0].id.rpartition(".")[0]


def test_texts_are_capped_and_stripped_of_marks_that_turn_them_round() -> None:
    assert clean("甲\u202e村\u0000") == "甲村"
    assert clean("甲\n乙\t丙") == "甲 乙 丙"
    assert clean("字" * 2000) == "字" * 2000
    assert clean("字" * 2005) == "字" * 2000 + "…（+5）"
    assert clean("\ud800") == "〓"


def test_no_text_of_a_report_is_longer_than_the_cap(
    default_pack: Pack, sample_round: Round, by_state: Mapping[str, Judged]
) -> None:
    long = replace(by_state["passed"].assessment, name="长" * 50_000, region="地" * 50_000)
    report = report_of(default_pack, sample_round, long)
    assert max(len(text) for _, text in texts_of(report)) <= 2010
    assert len(report.name) == 121


@pytest.mark.skipif(not STRINGS.is_file(), reason="the collection of naughty strings is not here")
def test_naughty_strings_as_names_are_printed_as_text_and_never_as_markup(
    default_pack: Pack, sample_round: Round, by_state: Mapping[str, Judged], ranking: Ranking
) -> None:
    one = by_state["undetermined"].assessment
    plain = page_of(report_of(default_pack, sample_round, replace(one, name="名")))
    tags = Counter(re.findall(r"<\w+", plain))
    for name in json.loads(STRINGS.read_text(encoding="utf-8"))[::EACH]:
        page = page_of(report_of(default_pack, sample_round, replace(one, name=name)))
        assert Counter(re.findall(r"<\w+", page)) == tags
        heading = re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
        assert heading is not None
        short = name if len(name) <= 120 else name[:120] + "…"
        assert html.unescape(heading[1]) == clean(short)


def test_the_digest_on_the_page_is_that_of_the_result(reports: Reports, by_state: Mapping[str, Judged]) -> None:
    for state in STATES:
        assert reports[state, "zh"].frame.digest == body_digest(by_state[state].assessment)


def test_a_place_is_printed_as_it_was_read_whatever_its_file_is_called() -> None:
    form, table, twin = "收表/申报 表 (1).xlsx", "收表/甲!.csv", "去年/甲!.csv"
    files = Files((form, table))
    assert files.names() == ("申报 表 (1).xlsx", "甲!.csv")
    assert files.short(Source(form, "填报 项", 9, column=10, cell="J9")) == "[1]填报 项!J9"
    assert files.short(Source(table, row=3)) == "[2]3"
    assert files.short(Source("没列出的.yaml", line=2, column=7)) == "2:7"
    assert Files((form, table, twin)).names() == ("申报 表 (1).xlsx", "收表/甲!.csv", "去年/甲!.csv")
