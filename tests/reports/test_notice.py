"""Proves that the public notice is laid out as GB/T 9704 asks, makes nothing up, counts its days, and holds nothing sensitive."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.reports.paper_pages import fonts_and_files, letters, pages, printed, rows_of, texts

from meihao.core.problems import Lang
from meihao.core.workdays import Workdays
from meihao.ranking import Ranking
from meihao.reports.clean import texts_of
from meihao.reports.fangsong import body_stack, kai_stack
from meihao.reports.notice import notice
from meihao.reports.official import NoticeReport, Passage
from meihao.reports.publication import Publication, publication_of, read_publication
from meihao.reports.render import render
from meihao.reports.write import published, write_ranking
from meihao.round.model import Round
from meihao.standard.model import Pack

WEEKENDS = Workdays()
FULL = """issued_by: 示例市治理办
number: 示治办〔2026〕36号
dated: 2026-07-06
from: 2026-07-06
working_days: 7
contact: {office: 综合科, telephone: "000-0000000", email: "a@b.example"}
"""


def given(tmp_path: Path, text: str, calendar: Workdays = WEEKENDS) -> tuple[Publication, list[str]]:
    (tmp_path / "notice.yaml").write_text(text, encoding="utf-8")
    found, problems = read_publication(tmp_path / "notice.yaml", calendar)
    return found, [p.code for p in problems if p.code != "P024"]


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    return given(tmp_path_factory.mktemp("round"), FULL)[0]


def body(report: NoticeReport) -> str:
    page, problems = render(report, report.frame.lang)
    assert not problems
    return page.partition("</style>")[2]


# ---- the days of the notice


def test_seven_working_days_counted_with_the_first_day_end_on_the_fourteenth(tmp_path: Path) -> None:
    """A published example: 4 to 14 November 2022 are 7 working days."""
    found, codes = given(tmp_path, "from: 2022-11-04\nworking_days: 7\n")
    assert (found.first, found.last, found.working_days, codes) == (date(2022, 11, 4), date(2022, 11, 14), 7, [])


def test_holidays_and_made_up_working_days_move_the_last_day(tmp_path: Path) -> None:
    calendar = Workdays(holidays=(date(2022, 11, 7),), workdays=(date(2022, 11, 12),))
    found, _ = given(tmp_path, "from: 2022-11-04\nworking_days: 7\n", calendar)
    assert found.last == date(2022, 11, 14)  # the 7th is lost, Saturday the 12th is won
    found, _ = given(tmp_path, "from: 2022-11-04\nworking_days: 7\n", Workdays(holidays=(date(2022, 11, 7),)))
    assert found.last == date(2022, 11, 15)


@pytest.mark.parametrize("days", [1, 2, 5, 7, 30, 250])
def test_counting_forward_and_counting_between_agree(tmp_path: Path, days: int) -> None:
    calendar = Workdays(holidays=(date(2026, 7, 8), date(2026, 10, 1)), workdays=(date(2026, 7, 11),))
    counted, _ = given(tmp_path, f"from: 2026-07-06\nworking_days: {days}\n", calendar)
    again, codes = given(tmp_path, f"from: 2026-07-06\nuntil: {counted.last}\n", calendar)
    assert (again.working_days, codes) == (days, [])


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("from: 2026-07-06\nuntil: 2026-07-03\n", ["P020"]),
        ("working_days: 7\n", ["P021"]),
        ("until: 2026-07-03\n", ["P021"]),
        ("from: 2026-07-04\nworking_days: 1\n", ["P022"]),
        ("from: 2026-07-06\nuntil: 2026-07-14\nworking_days: 6\n", ["P023"]),
        ("from: 2026-07-06\nuntil: 2026-07-14\nworking_days: 7\n", []),
    ],
)
def test_dates_that_do_not_agree_are_told(text: str, codes: list[str], tmp_path: Path) -> None:
    assert given(tmp_path, text)[1] == codes


@pytest.mark.parametrize(
    "text", ["form: 2026-07-06\n", "from: soon\n", "contact: {phone: x}\n", "typeface: simsun\n", "- a\n"]
)
def test_a_notice_file_of_another_shape_is_refused_with_its_place(text: str, tmp_path: Path) -> None:
    found, codes = given(tmp_path, text)
    assert found == Publication()
    assert codes
    assert not codes[0].startswith("P")


def test_an_empty_file_and_no_file_leave_everything_open(tmp_path: Path, sample_round: Round) -> None:
    alone = replace(sample_round, source=replace(sample_round.source, file=str(tmp_path / "round.yaml")))
    assert publication_of(alone) == (Publication(), ())
    (tmp_path / "notice.yaml").write_text("{}\n", encoding="utf-8")
    assert read_publication(tmp_path / "notice.yaml", WEEKENDS) == (Publication(), ())


def test_the_sample_round_has_a_whole_notice_and_says_that_it_is_invented(sample_round: Round) -> None:
    found, problems = publication_of(sample_round)
    assert not problems
    assert (found.first, found.last, found.working_days) == (date(2026, 7, 6), date(2026, 7, 15), 7)
    assert "示例" in found.issued_by
    assert "示例" in found.number
    assert [part for part, _ in found.contact] == ["office", "person", "telephone", "email", "address"]


# ---- what stands on the page


def test_what_is_given_is_printed_and_what_is_not_is_a_line_to_write_on(
    ranking: Ranking, default_pack: Pack, sample_round: Round, facts: Publication
) -> None:
    page = body(notice(ranking, default_pack, sample_round, "zh", None, facts))
    for text in (
        "示例市治理办", "示治办〔2026〕36号", "公示期为2026年7月6日至2026年7月14日，共7个工作日（含首日）",
        "受理部门：综合科", "联系电话：000-0000000", "电子邮箱：a@b.example", "2026年7月6日</p>",
    ):  # fmt: skip
        assert text in page
    assert "联系人" not in page
    open_page = body(notice(ranking, default_pack, sample_round, "zh"))
    for text in (
        "（发文机关名称）",
        "〔____〕____号",
        "____年__月__日至____年__月__日",
        "受理部门：________",
        "联系电话：________",
    ):
        assert text in open_page
    assert "工作日" not in open_page
    assert "（盖章处）" not in page + open_page


def test_the_english_notice_is_english_but_for_names(
    ranking: Ranking, default_pack: Pack, sample_round: Round, facts: Publication
) -> None:
    report = notice(ranking, default_pack, sample_round, "en", None, facts)
    names = {name for one in report.lists for tier in one.tiers for row in tier.rows for name in row}
    names |= {region.name for region in sample_round.regions} | {"示例市治理办", "示治办〔2026〕36号", "Office: 综合科"}
    odd = [t for _, t in texts_of(report) if any("\u4e00" <= c <= "\u9fff" for c in t) and t not in names]
    assert not odd
    assert "From 6 July 2026 to 14 July 2026, 7 working days including the first." in body(report)


@pytest.mark.parametrize(
    ("status", "closed", "draft"), [("draft", True, True), ("in_force", True, False), ("in_force", False, True)]
)
def test_a_draft_says_so_and_a_notice_never_asks_for_comment(
    status: str, closed: bool, draft: bool, ranking: Ranking, default_pack: Pack, sample_round: Round
) -> None:
    pack = replace(default_pack, status=status)
    page = body(notice(ranking, pack, replace(sample_round, closed=closed), "zh"))
    assert ("草稿</p>" in page) is draft
    assert "征求意见" not in page
    assert "示例数据" in page


def test_real_data_does_not_say_that_it_is_invented(ranking: Ranking, default_pack: Pack, sample_round: Round) -> None:
    report = notice(ranking, default_pack, replace(sample_round, sample_data=False), "zh")
    assert report.frame.sample == ""


def test_the_paper_names_no_typefaces_and_asks_for_the_machine_s_own_only_where_the_office_does(
    ranking: Ranking, default_pack: Pack, sample_round: Round, facts: Publication
) -> None:
    plain = notice(ranking, default_pack, sample_round, "zh", None, facts)
    assert plain.notes == ("（起步标准，分值为本项目所拟，由委员会审定）",)
    assert "FangSong" not in plain.text_font
    assert "KaiTi" not in plain.kai_font
    asked = notice(ranking, default_pack, sample_round, "zh", None, replace(facts, typeface="fangsong"))
    assert asked.notes == plain.notes
    assert (asked.text_font, asked.kai_font) == (body_stack(True), kai_stack(True))
    assert asked.text_font.startswith('"FangSong"')
    assert asked.kai_font.startswith('"KaiTi"')
    assert asked.text_font.endswith(body_stack(False))


def test_no_text_of_the_notice_comes_from_anywhere_but_names_tiers_and_regions(
    ranking: Ranking, default_pack: Pack, sample_round: Round, facts: Publication
) -> None:
    report = notice(ranking, default_pack, sample_round, "zh", None, facts)
    placed = {(p.name, p.region) for one in ranking.lists for tier in one.tiers for p in tier.members}
    regions = {region.code: region.name for region in sample_round.regions}
    allowed = Counter((name, regions[region]) for name, region in placed)
    listed = Counter(row for one in report.lists for tier in one.tiers for row in tier.rows)
    assert set(listed) == set(allowed)
    page = body(report)
    sensitive = [field for field in default_pack.fields if field.sensitive]
    assert sensitive
    for field in sensitive:
        words = [
            field.title.zh,
            *(c.title.zh for c in field.columns),
            *(label.zh for c in field.columns for _, label in c.options),
        ]
        assert not [word for word in words if len(word) > 2 and word in page]
    embedded = json.dumps(published(report, {"schema_version": 1, "digest": report.frame.digest}), ensure_ascii=False)
    judged = [{unit.unit for unit in one.units} | {unit.unit for unit in one.failed} for one in ranking.lists]
    assert not [code for codes in judged for code in codes if code in page + embedded]


# ---- the layout


@pytest.fixture(scope="module")
def long_notice(ranking: Ranking, default_pack: Pack, sample_round: Round, facts: Publication) -> bytes:
    """A notice whose opening fills several pages, so that full pages of body text can be measured."""
    report = notice(ranking, default_pack, sample_round, "zh", None, facts)
    return printed(replace(report, body=(Passage("公示内容逐字排满版心" * 190), *report.body[1:])))


def test_a_full_page_holds_twenty_two_lines_of_twenty_eight_characters(long_notice: bytes) -> None:
    rows = rows_of(pages(long_notice)[1])
    lines = [row for row in rows.values() if len(row) > 10]
    assert len(lines) == 22
    assert {len(line) for line in lines} == {28}
    tops = sorted(y for y, row in rows.items() if len(row) > 10)
    assert pytest.approx((tops[-1] - tops[0]) / 21, abs=0.05) == 225 / 22


def test_the_type_area_keeps_the_margins_of_the_standard_on_both_sides(long_notice: bytes) -> None:
    for number, (left, right) in ((1, (26, 28)), (2, (28, 26))):  # the second page is a left one, the third a right one
        lines = [row for row in rows_of(pages(long_notice)[number]).values() if len(row) == 28]
        first, last = min(x for row in lines for _, x in row), max(x for row in lines for _, x in row)
        assert first == pytest.approx(left, abs=0.8)
        assert last + 16 * 25.4 / 72 == pytest.approx(210 - right, abs=0.9)


def test_page_numbers_stand_between_dashes_on_the_outer_side(long_notice: bytes) -> None:
    for number, page in enumerate(pages(long_notice)[:4], 1):
        foot = [(letter, x) for letter, x, y in letters(page) if y > 264]
        assert "".join(letter for letter, _ in foot) == f"—{number}—"
        assert all(x > 150 for _, x in foot) if number % 2 else all(x < 60 for _, x in foot)


def test_the_head_is_red_and_the_body_black(ranking: Ranking, default_pack: Pack, sample_round: Round) -> None:
    page = render(notice(ranking, default_pack, sample_round, "zh"), "zh")[0]
    style = page.partition("</style>")[0]
    assert ".official .issuer" in style
    assert style.count("#d7000f") == 2  # the issuer and the rule


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_notice_holds_only_our_fonts_and_the_same_bytes_twice(
    lang: Lang, ranking: Ranking, default_pack: Pack, sample_round: Round, facts: Publication
) -> None:
    report = notice(ranking, default_pack, sample_round, lang, None, facts)
    first, second = (printed(report, {"notice": []}, anew=True) for _ in range(2))
    assert first == second
    fonts, files = fonts_and_files(first)
    assert fonts
    assert all(name.startswith("Meihao") for name in fonts)
    assert files == ["result.json"]
    assert 6 <= len(texts(first)) <= 12


def test_the_heading_of_a_list_never_ends_a_page(
    ranking: Ranking, default_pack: Pack, sample_round: Round, facts: Publication
) -> None:
    report = notice(ranking, default_pack, sample_round, "zh", None, facts)
    heads = {tier.title for one in report.lists for tier in one.tiers} | {one.title for one in report.lists}
    heads |= {one.text for one in report.body if one.level}
    for number, text in enumerate(texts(printed(report)), 1):
        bare = text.replace("示例数据", "").removesuffix(f"—{number}—")
        assert not [head for head in heads if bare.endswith((head, f"{head}）"))]


def test_a_notice_file_beside_the_round_reaches_the_paper(
    ranking: Ranking, default_pack: Pack, sample_round: Round, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("meihao.reports.pdf._press", lambda: (None, "no Pango"))
    (tmp_path / "notice.yaml").write_text(FULL, encoding="utf-8")
    (tmp_path / "calendar.yaml").write_text("rest: [sat, sun]\nholidays: [2026-07-08]\n", encoding="utf-8")
    round_ = replace(sample_round, source=replace(sample_round.source, file=str(tmp_path / "round.yaml")))
    _, problems = write_ranking(ranking, default_pack, round_, tmp_path / "out", "zh")
    assert [p.code for p in problems if p.code != "P010"] == []
    assert "2026年7月15日" in (tmp_path / "out" / "公示名单.html").read_text(encoding="utf-8")
