"""Proves that official papers are laid out to the end: titles, annexes, signature, decision, and documents for editing."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from tests.reports.paper_pages import bare, pages, printed, rows_of, texts

from meihao.core.problems import Lang
from meihao.ranking import Ranking
from meihao.ranking.results import OpenSeats
from meihao.reports.decision import DecisionDetails, decision, decision_of
from meihao.reports.notice import notice
from meihao.reports.official import OfficialPaper
from meihao.reports.official_docx import to_docx
from meihao.reports.paper_parts import closing_width
from meihao.reports.places import region_names
from meihao.reports.publication import Publication, publication_of
from meihao.reports.titles import balanced, pieces, wide
from meihao.reports.write import write_ranking
from meihao.round.model import Region, Round
from meihao.standard.model import Pack

LANGS: tuple[Lang, ...] = ("zh", "en")
CASES = (
    "关于示例市2026年度高品质美好生活示范单位创建拟命名单位的公示",
    "关于示例省示例市云岫县2026年第二批次美丽乡村（社区）拟命名单位的公示",
    "关于2026年上半年新型城镇化示范小区拟命名单位的公示",
    "关于示例市2026年批次（示例数据）单位命名的决定",
)
WORDS = (
    "2026年",
    "示例市",
    "云岫县",
    "命名单位",
    "第二批次",
    "上半年",
    "城镇化",
    "乡村",
    "小区",
    "社区",
    "公示",
    "决定",
    "单位",
)


@pytest.fixture(scope="module")
def papers(ranking: Ranking, default_pack: Pack, sample_round: Round) -> dict[tuple[str, Lang], OfficialPaper]:
    facts, _ = publication_of(sample_round)
    decided, problems = decision_of(sample_round, facts)
    assert decided is not None
    assert problems == ()
    made: dict[tuple[str, Lang], OfficialPaper] = {}
    for lang in LANGS:
        made["notice", lang] = notice(ranking, default_pack, sample_round, lang, None, facts)
        made["decision", lang] = decision(ranking, default_pack, sample_round, lang, None, decided)
    return made


# ---- titles


@pytest.mark.parametrize("title", CASES)
def test_a_title_is_broken_between_words_into_even_lines(title: str) -> None:
    lines = balanced(pieces(title), 18)
    assert "".join(lines) == title
    assert all(wide(line) <= 36 for line in lines)
    for word in WORDS:
        assert title.count(word) == sum(line.count(word) for line in lines), f"{word} is split in {lines}"
    assert not [line for line in lines if line[0] in "，、）》”"]


def test_a_title_that_fits_is_one_line_and_one_that_cannot_be_broken_stays_whole() -> None:
    assert balanced(pieces("关于示范小区的公示"), 18) == ("关于示范小区的公示",)
    assert balanced(("甲" * 30,), 18) == ("甲" * 30,)
    assert balanced(("字",) * 500, 18) == ("字" * 500,)  # too many ways to try


def test_the_office_may_set_its_own_title(ranking: Ranking, default_pack: Pack, sample_round: Round) -> None:
    facts = Publication(title=("某市某委员会", "关于拟命名示范单位的公示"))
    assert notice(ranking, default_pack, sample_round, "zh", None, facts).heading == facts.title


# ---- regions


def test_a_township_is_named_with_its_county_but_not_with_what_is_around_all() -> None:
    county, other = Region("1", "云岫县", "county", "0"), Region("2", "青禾区", "county", "0")
    city, town, street = (
        Region("0", "示例市", "city"),
        Region("11", "柳镇", "township", "1"),
        Region("21", "某街道", "township", "2"),
    )
    names = region_names((city, county, other, town, street), "zh")
    assert names == {"0": "示例市", "1": "云岫县", "2": "青禾区", "11": "云岫县柳镇", "21": "青禾区某街道"}
    assert region_names((city, county, other, town, street), "en")["11"] == "柳镇, 云岫县"
    assert region_names((city, county, town), "zh")["11"] == "柳镇"
    assert region_names((replace(county, parent="1"),), "zh") == {"1": "云岫县"}  # a circle, told elsewhere


def test_the_township_stands_in_the_lists(ranking: Ranking, default_pack: Pack, sample_round: Round) -> None:
    towns = tuple(Region(f"{r.code}1", "柳镇", "township", r.code) for r in sample_round.regions)
    lists = tuple(_moved(one) for one in ranking.lists)
    report = notice(
        replace(ranking, lists=lists),
        default_pack,
        replace(sample_round, regions=(*sample_round.regions, *towns)),
        "zh",
    )
    found = {region for one in report.lists for tier in one.tiers for _, region in tier.rows}
    assert "云岫县柳镇" in found
    assert all(region.endswith("柳镇") for region in found)


def _moved(one: Any) -> Any:
    """A list whose members all live in the first township of their county."""
    tiers = tuple(
        replace(tier, members=tuple(replace(place, region=f"{place.region}1") for place in tier.members))
        for tier in one.tiers
    )
    return replace(one, tiers=tiers)


# ---- the paper


@pytest.mark.parametrize("kind", ["notice", "decision"])
def test_annexes_are_named_below_the_body_and_begin_pages_of_their_own(
    kind: str, papers: dict[tuple[str, Lang], OfficialPaper]
) -> None:
    paper = papers[kind, "zh"]
    found = texts(printed(paper))
    whole = "".join(found)
    assert "附件：1.村（社区）" in whole
    for n, one in enumerate(paper.lists, 1):
        begins = [page for page in found if page.removeprefix("示例数据").startswith(f"附件{n}{one.title}")]
        assert len(begins) == 1
    first = min(n for n, page in enumerate(found) if page.removeprefix("示例数据").startswith("附件1"))
    assert not [name for name, _ in paper.lists[0].tiers[0].rows if name in "".join(found[:first])]
    last = found[first - 1]
    assert last.index("附件：") < last.rindex(bare(paper.signed)) < last.rindex(bare(paper.dated))
    assert not last.removeprefix("示例数据").startswith("附件：")  # the page of the seal holds some of the body


def test_a_single_annex_has_no_number_and_an_empty_tier_no_sentence(
    ranking: Ranking, default_pack: Pack, sample_round: Round
) -> None:
    one = ranking.lists[0]
    emptied = replace(one, tiers=tuple(replace(tier, members=()) if n else tier for n, tier in enumerate(one.tiers)))
    report = notice(replace(ranking, lists=(emptied,)), default_pack, sample_round, "zh")
    assert report.annexes == ("村（社区）拟命名单位名单",)
    assert report.lists[0].mark == "附件"
    assert [tier.number for tier in report.lists[0].tiers] == ["一、"]
    nobody = replace(one, tiers=tuple(replace(tier, members=()) for tier in one.tiers))
    report = notice(replace(ranking, lists=(nobody,)), default_pack, sample_round, "zh")
    assert report.annexes == ()
    assert report.lists == ()


@pytest.mark.parametrize("lang", LANGS)
def test_where_nobody_is_named_both_papers_say_so(
    lang: Lang, ranking: Ranking, default_pack: Pack, sample_round: Round
) -> None:
    one = ranking.lists[0]
    nobody = replace(one, tiers=tuple(replace(tier, members=()) for tier in one.tiers))
    none = replace(ranking, lists=(nobody,))
    proposed, decided = (paper(none, default_pack, sample_round, lang).body[0].text for paper in (notice, decision))
    ends = {
        "zh": ("没有单位达到拟命名的条件。现予公示，接受社会监督。", "，没有单位达到命名条件，本次不予命名。"),
        "en": ("no unit meets the conditions for naming.", ", no unit meets the conditions for naming."),
    }[lang]
    assert proposed.endswith(ends[0])
    assert decided.endswith(ends[1])


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", "另有2个名额尚未确定，确定后另行公布。"),
        ("en", "2 more places are open; they will be published later."),
    ],
)
def test_places_that_wait_for_the_lot_are_said_below_their_tier(
    lang: Lang, said: str, ranking: Ranking, default_pack: Pack, sample_round: Round
) -> None:
    one = ranking.lists[0]
    waits = replace(one.tiers[0], open=(OpenSeats(tuple(unit.unit for unit in one.units[:3]), 2, "lot"),))
    report = notice(
        replace(ranking, lists=(replace(one, tiers=(waits, *one.tiers[1:])),)), default_pack, sample_round, lang
    )
    assert [tier.note for tier in report.lists[0].tiers][-1] == said
    assert "".join(tier.note for tier in report.lists[0].tiers) == said


def test_the_signature_is_centred_over_the_date_which_keeps_four_characters_free(
    papers: dict[tuple[str, Lang], OfficialPaper],
) -> None:
    paper = papers["notice", "zh"]
    page = next(page for page in pages(printed(paper)) if "附件：1" in bare(page.get_text_range()))
    rows = rows_of(page).values()
    lines = {"".join(letter for letter, _ in row): (row[0][1], row[-1][1] + 5.6) for row in rows}
    (a, b), (c, d) = lines[paper.signed], lines[paper.dated]
    assert (a + b) / 2 == pytest.approx((c + d) / 2, abs=1.5)
    right = 210 - 28  # the page is a left one
    assert right - d == pytest.approx(4 * 16 * 25.4 / 72, abs=3)


def test_a_long_signature_does_not_leave_the_page() -> None:
    assert closing_width("示" * 20, "2026年7月6日") == "21.0"


def test_the_counts_of_nested_tiers_say_what_is_listed_above(papers: dict[tuple[str, Lang], OfficialPaper]) -> None:
    tiers = papers["notice", "zh"].lists[0].tiers
    listed = [len(tier.rows) for tier in tiers]
    assert tiers[0].counts == f"{listed[0]}个"
    assert tiers[1].counts == f"{listed[0] + listed[1]}个，含上一档{listed[0]}个"
    assert f"{sum(listed)}个" in papers["notice", "zh"].body[0].text


# ---- the decision


def told(folder: Path, round_: Round, text: str, last: str = "") -> tuple[DecisionDetails | None, list[str]]:
    (folder / "decision.yaml").write_text(text, encoding="utf-8")
    here = replace(round_, source=replace(round_.source, file=str(folder / "round.yaml")))
    (folder / "notice.yaml").write_text(f"from: 2026-07-06\nuntil: {last or '2026-07-15'}\n", encoding="utf-8")
    found, problems = decision_of(here, publication_of(here)[0])
    return found, [p.code for p in problems]


def test_the_decision_says_what_the_office_says_and_no_more(
    ranking: Ranking, default_pack: Pack, sample_round: Round
) -> None:
    plain = decision(ranking, default_pack, sample_round, "zh")
    assert len(plain.body) == 1
    assert "经评定、公示，决定命名村（社区）" in plain.body[0].text
    assert "异议" not in plain.body[0].text
    assert (plain.addressed, plain.dated) == ("", "____年__月__日")
    full = DecisionDetails(to="各县（区）委员会", approved_by="委员会第2次会议", objections="settled")
    said = decision(ranking, default_pack, sample_round, "zh", None, full)
    assert said.addressed == "各县（区）委员会："
    assert "公示期内的异议均已办结，并经委员会第2次会议审定，决定命名" in said.body[0].text


def test_the_decision_names_whom_the_notice_named(papers: dict[tuple[str, Lang], OfficialPaper]) -> None:
    for lang in LANGS:
        one, other = papers["notice", lang], papers["decision", lang]
        assert [a.tiers for a in one.lists] == [b.tiers for b in other.lists]


def test_no_decision_is_made_before_the_round_is_closed_and_the_notice_has_ended(
    sample_round: Round, tmp_path: Path
) -> None:
    assert told(tmp_path, replace(sample_round, closed=False), "number: 一号\n") == (None, ["P071"])
    assert told(tmp_path, sample_round, "dated: 2026-07-15\n") == (None, ["P072"])
    assert told(tmp_path, sample_round, "dated: 2026-07-16\nvalid_until: 2026-07-15\n") == (None, ["P073"])
    found, codes = told(tmp_path, sample_round, "dated: 2026-07-16\nvalid_until: 2029-07-15\n")
    assert found is not None
    assert codes == []


@pytest.mark.parametrize("text", ["objections: some\n", "dated: soon\n", "- a\n", "whom: x\n", "to: [a\n"])
def test_a_decision_file_of_another_shape_is_refused(text: str, sample_round: Round, tmp_path: Path) -> None:
    found, codes = told(tmp_path, sample_round, text)
    assert found is None
    assert codes
    assert not codes[0].startswith("P")


def test_a_round_without_a_decision_file_has_none(
    ranking: Ranking, default_pack: Pack, sample_round: Round, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("meihao.reports.pdf._press", lambda: (None, "no Pango"))
    alone = replace(sample_round, source=replace(sample_round.source, file=str(tmp_path / "round.yaml")))
    paths, _ = write_ranking(ranking, default_pack, alone, tmp_path / "out", "zh")
    assert [path.name for path in paths if path.suffix == ".docx"] == ["公示名单.docx"]


# ---- documents for editing


def paragraphs(data: bytes) -> list[str]:
    """The paragraphs and cells of a document, in order."""
    docx = pytest.importorskip("docx")
    found = docx.Document(io.BytesIO(data))
    flat: list[str] = []
    for block in found.iter_inner_content():
        if isinstance(block, docx.table.Table):
            flat += [cell.text for row in block.rows for cell in row.cells]
        else:
            flat.append(block.text)
    return flat


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("kind", ["notice", "decision"])
def test_the_document_has_the_words_of_the_page(
    kind: str, lang: Lang, papers: dict[tuple[str, Lang], OfficialPaper]
) -> None:
    paper = papers[kind, lang]
    data = printed(paper)
    page = "".join(t.removeprefix(bare(paper.frame.sample)) for t in texts(data))
    page = page.replace("—", "")
    for text in paragraphs(to_docx(paper)):
        assert bare(text).replace("—", "") in page, text
    words = "".join(bare(text) for text in paragraphs(to_docx(paper)))
    for one in paper.lists:
        assert all(bare(name) + bare(region) in words for tier in one.tiers for name, region in tier.rows)


def test_the_same_paper_gives_the_same_document_and_no_clock_is_in_it(
    papers: dict[tuple[str, Lang], OfficialPaper],
) -> None:
    paper = papers["notice", "zh"]
    data = to_docx(paper)
    assert data == to_docx(paper)
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = parts.read("docProps/core.xml").decode()
    assert core.count("2026-06-30T00:00:00Z") == 2
    assert "python-docx" not in core


def test_the_document_names_the_typefaces_and_the_page_of_the_standard(
    papers: dict[tuple[str, Lang], OfficialPaper],
) -> None:
    docx = pytest.importorskip("docx")
    found = docx.Document(io.BytesIO(to_docx(papers["notice", "zh"])))
    section = found.sections[0]
    sides = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(side.mm) for side in sides] == [37, 35, 28, 26]
    assert [found.styles[name].font.name for name in ("Normal", "Title", "Heading 1", "Heading 2")] == [
        "仿宋", "方正小标宋简体", "黑体", "楷体",
    ]  # fmt: skip
    assert found.styles["Normal"].font.size.pt == 16
    assert found.settings.odd_and_even_pages_header_footer
    heads = [row for table in found.tables for row in table.rows[:1]]
    assert all("w:tblHeader" in row._tr.xml for row in heads)
    kai = [p.text for p in found.paragraphs if p.style.name == "Heading 2"]
    assert kai == ["（一）提出方式", "（二）受理部门和联系方式"]
    assert "示例数据" in section.header.paragraphs[0].text
