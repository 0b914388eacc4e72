"""Proves that lists hold every unit once, that no cell is ever a formula, and that the notice holds nothing sensitive."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from meihao.assessment.results import Assessment
from meihao.cli.rank import ranking_page
from meihao.core.canonical import digest
from meihao.core.files import file_name
from meihao.core.numbers import fixed
from meihao.core.problems import LANGS, Lang, Problems
from meihao.core.visible import harmless, visible
from meihao.ranking import Ranking, rank, to_json
from meihao.reports import pdf as press
from meihao.reports.clean import texts_of
from meihao.reports.lists import ranked_list
from meihao.reports.model import Table
from meihao.reports.notice import notice
from meihao.reports.places import Sayer, lead_text
from meihao.reports.render import render
from meihao.reports.sheets import (
    Worksheet,
    list_sheets,
    members_table,
    notice_sheets,
    notice_table,
    to_csv,
    to_xlsx,
)
from meihao.reports.summary import summary
from meihao.reports.write import write_ranking
from meihao.round.model import Round
from meihao.standard.model import Pack
from meihao.uses.session import Session

EVIL = (
    "=1+1",
    "+SUM(A1)",
    "-2+3",
    "@x",
    "\tx",
    "\rx",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    '=HYPERLINK("http://x")',
    "0012",
    "1e5",
)


def cells(workbook: bytes) -> list[Any]:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    return [cell for page in book for row in page.iter_rows() for cell in row if cell.value is not None]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_each_place_is_listed_once_in_its_innermost_tier(
    lang: Lang, ranking: Ranking, default_pack: Pack, sample_round: Round
) -> None:
    report = ranked_list(ranking, default_pack, sample_round, lang)
    for block, one in zip(report.lists, ranking.lists, strict=True):
        listed = [row.code for tier in block.tiers for row in tier.places]
        assert len(listed) == len(set(listed))
        assert set(listed) == {place.unit for tier in one.tiers for place in tier.members}


def test_the_figures_of_a_list_are_those_of_the_ranking(
    ranking: Ranking, default_pack: Pack, sample_round: Round
) -> None:
    report = ranked_list(ranking, default_pack, sample_round, "zh")
    shown = {row[2]: (row[0], row[4]) for block in report.lists for row in block.standings.rows}
    for one in ranking.lists:
        for unit in one.units:
            assert shown[unit.unit] == (str(unit.rank), fixed(unit.figure, ranking.figure_places))


def test_every_unit_of_the_round_stands_somewhere_on_the_list(
    ranking: Ranking, default_pack: Pack, sample_round: Round, peers: Sequence[Assessment]
) -> None:
    report = ranked_list(ranking, default_pack, sample_round, "zh")
    columns = [(b.standings, 2) for b in report.lists] + [
        (t, 1) for b in report.lists for t in (b.waiting, b.failed) if t
    ]
    assert {row[n] for table, n in columns for row in table.rows} == {a.unit for a in peers}


def test_rows_beyond_the_cap_are_counted(ranking: Ranking, default_pack: Pack, sample_round: Round) -> None:
    report = ranked_list(ranking, default_pack, sample_round, "zh", most=1)
    block, one = report.lists[0], ranking.lists[0]
    assert len(block.standings.rows) == 1
    assert block.standings.more == len(one.units) - 1
    page, _ = render(report, "zh")
    assert f"另有{len(one.units) - 1}条未列出" in page


def test_the_notice_holds_names_regions_and_tiers_and_nothing_else(
    ranking: Ranking, default_pack: Pack, sample_round: Round, peers: Sequence[Assessment]
) -> None:
    report = notice(ranking, default_pack, sample_round, "zh")
    page, problems = render(report, "zh")
    assert not problems
    body = page.partition("</style>")[2]
    named = {name for one in report.lists for tier in one.tiers for name, _ in tier.rows}
    placed = {place.unit for one in ranking.lists for tier in one.tiers for place in tier.members}
    for one in peers:
        assert one.unit not in body
        assert (one.unit in placed) or (one.name not in named) or same_name(one, peers, placed)
    figures = {fixed(a.total_lo, 2) for a in peers}
    assert not [figure for figure in figures if figure in body]
    labels = {field.title.zh for field in default_pack.fields if field.sensitive}
    assert not [label for label in labels if label in body]


def same_name(one: Assessment, peers: Sequence[Assessment], placed: set[str]) -> bool:
    """Say whether another unit of the same name has a place."""
    return any(other.unit in placed for other in peers if other.name == one.name)


def test_the_machine_readable_part_of_the_notice_is_no_more_open_than_the_page(
    ranking: Ranking, default_pack: Pack, sample_round: Round, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    embedded: dict[str, bytes] = {}

    def keep(html: str, result: bytes, stamp: press.Stamp, pictures: object = None) -> tuple[bytes, Problems]:
        embedded[stamp.kind] = result
        return b"%PDF", ()

    monkeypatch.setattr("meihao.reports.write.to_pdf", keep)
    write_ranking(ranking, default_pack, sample_round, tmp_path, "zh")
    inside = embedded["notice"]
    assert b'"lists"' in embedded["ranked_list"]  # for the committee: it holds the whole ranking
    assert set(json.loads(inside)) == {"schema_version", "kind", "digest", "notice", "seal"}
    assert {key for row in json.loads(inside)["notice"] for key in row} == {"tier", "name", "region"}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_files_of_a_ranking_are_all_written(
    lang: Lang,
    ranking: Ranking,
    default_pack: Pack,
    sample_round: Round,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(press, "_press", lambda: (None, "no Pango"))
    paths, problems = write_ranking(ranking, default_pack, sample_round, tmp_path, lang)
    assert {p.code for p in problems} == {"P010"}
    assert sorted(path.suffix for path in paths) == [
        ".csv",
        ".csv",
        ".docx",
        ".docx",
        ".html",
        ".html",
        ".html",
        ".json",
        ".json",
        ".xlsx",
        ".xlsx",
    ]
    assert sorted(paths) == sorted(tmp_path.iterdir())
    result, public = (json.loads(p.read_text(encoding="utf-8")) for p in paths if p.suffix == ".json")
    assert result["digest"] == to_json(ranking)["digest"] == digest(result["body"]) == public["digest"]
    assert {key for row in public["notice"] for key in row} == {"tier", "name", "region"}


def evil_table() -> Table:
    return Table("t", ("名称", "得分"), tuple((text, "12.50") for text in EVIL), (1,))


def test_no_cell_of_a_workbook_is_a_formula_and_codes_stay_text() -> None:
    found = cells(to_xlsx([Worksheet("=坏[名]:*?/\\", ("=1+1",), evil_table(), (20, 10))], "=title"))
    assert not [cell for cell in found if cell.data_type == "f"]
    texts = [cell for cell in found if cell.data_type == "s"]
    assert {"0012", "1e5", "=1+1"} <= {cell.value for cell in texts}
    assert {cell.value for cell in found if cell.data_type == "n"} == {12.5}


def test_a_workbook_of_a_list_has_no_formula_no_link_and_is_ready_to_print(
    ranking: Ranking, default_pack: Pack, sample_round: Round
) -> None:
    report = ranked_list(ranking, default_pack, sample_round, "zh")
    data = to_xlsx(list_sheets(report), report.frame.title)
    assert not [cell for cell in cells(data) if cell.data_type == "f" or cell.hyperlink]
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        pages = [book.read(n).decode() for n in book.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", n)]
        names = book.read("xl/workbook.xml").decode()
    assert pages
    assert all('paperSize="9"' in page and 'state="frozen"' in page for page in pages)
    assert names.count("_xlnm.Print_Titles") == len(pages)


def test_two_workbooks_of_one_list_are_the_same_bytes(
    ranking: Ranking, default_pack: Pack, sample_round: Round
) -> None:
    report = notice(ranking, default_pack, sample_round, "zh")
    assert to_xlsx(notice_sheets(report), "t") == to_xlsx(notice_sheets(report), "t")


@pytest.mark.parametrize("text", [e for e in EVIL if e not in ("0012", "1e5")])
def test_a_csv_text_that_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert harmless(text) == "'" + visible(text)


@pytest.mark.parametrize("text", ["-2.50", "-1", "12.50", "0", "村", "", "a=b", "——"])
def test_numbers_and_plain_texts_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text


def test_csv_begins_with_the_mark_of_utf8_and_reads_back_row_for_row() -> None:
    data = to_csv([("榜", evil_table())], "名单")
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows[0] == ["名单", "名称", "得分"]
    assert len(rows) == 1 + len(EVIL)
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@", "\t", "\r", "＝"))]


def test_names_of_units_reach_no_sheet_as_formulas(
    default_pack: Pack, sample_round: Round, peers: Sequence[Assessment]
) -> None:
    evil = [replace(a, name=EVIL[n % len(EVIL)]) for n, a in enumerate(peers)]
    found, _ = rank(default_pack, sample_round, evil)
    assert found is not None
    report = ranked_list(found, default_pack, sample_round, "zh")
    data = to_csv([(b.title, members_table(b, report)) for b in report.lists], "名单").decode("utf-8-sig")
    assert not [
        c for row in csv.reader(io.StringIO(data, newline="")) for c in row if c.startswith(("=", "+", "@", "＝"))
    ]
    assert not [cell for cell in cells(to_xlsx(list_sheets(report), "t")) if cell.data_type == "f"]


def test_a_seat_that_waits_is_counted_in_the_notice_without_names(
    ranking: Ranking, default_pack: Pack, sample_round: Round
) -> None:
    report = notice(ranking, default_pack, sample_round, "zh")
    notes = [tier.note for one in report.lists for tier in one.tiers]
    waiting = [sum(s.seats for s in t.open) for one in ranking.lists for t in reversed(one.tiers)]
    assert [bool(note) for note in notes] == [n > 0 for n in waiting]


def test_a_tier_is_counted_alike_on_every_page(
    ranking: Ranking, default_pack: Pack, sample_round: Round, peers: Sequence[Assessment]
) -> None:
    """64 units of the hundred stand on the list, 10 of them among the ten; the notice names 54 there and says why."""
    desk = Session(default_pack, sample_round, "zh", "reference", True)
    terminal = ranking_page(ranking, desk)
    report = ranked_list(ranking, default_pack, sample_round, "zh")
    public = notice(ranking, default_pack, sample_round, "zh")
    for one, block, named in zip(ranking.lists, report.lists, public.lists, strict=True):
        order = reversed(range(len(one.tiers)))
        for n, tier, shown, row in zip(order, reversed(one.tiers), block.tiers, named.tiers, strict=True):
            inside = len(one.tiers[n + 1].members) if n + 1 < len(one.tiers) else 0
            words = f"{len(tier.members)}个" + (f"，含上一档{inside}个" if inside else "")
            assert f"◆ {shown.title}  名额{tier.places}，定{words}\n" in terminal
            assert f"名额{tier.places}　定{words}　" in shown.counts
            assert row.counts == words
            assert len(row.rows) + inside == len(tier.members)
    page = summary(ranking, peers, default_pack, sample_round)
    assert page.tiers_note == "每档的数含上一档。"
    flat = rank(default_pack, sample_round, peers, "by_level")[0]
    assert flat is not None
    assert summary(flat, peers, default_pack, sample_round).tiers_note == ""
    assert "含上一档" not in ranking_page(flat, desk)


def test_a_place_names_whom_it_is_ahead_of_with_its_rank(
    ranking: Ranking, default_pack: Pack, sample_round: Round
) -> None:
    ranks = {unit.unit: unit.rank for one in ranking.lists for unit in one.units}
    names = {unit.unit: unit.name for one in ranking.lists for unit in one.units}
    led = [p for one in ranking.lists for t in one.tiers for p in t.members if p.decided_by == "figure" and p.distance]
    texts = {lang: Sayer.of(ranking, default_pack, sample_round, lang) for lang in LANGS}
    assert led
    for place in led:
        heir, lead = place.next[0], fixed(place.distance or 0, 2)
        assert lead_text(place, texts["zh"]).startswith(f"总分领先第{ranks[heir]}名{names[heir]}")
        assert lead_text(place, texts["zh"]).endswith(lead)
        assert lead_text(place, texts["en"]).startswith(f"total {lead} ahead of {names[heir]}")


def test_a_tier_without_a_standard_is_said_to_the_committee_and_not_to_the_public(
    default_pack: Pack, sample_round: Round, peers: Sequence[Assessment]
) -> None:
    found, _ = rank(default_pack, sample_round, peers, "by_level")
    assert found is not None
    report = notice(found, default_pack, sample_round, "zh")
    assert any("尚无乡镇（街道）标准" in text for text in ranked_list(found, default_pack, sample_round, "zh").pending)
    assert not [text for _, text in texts_of(report) if "尚无乡镇（街道）标准" in text]
    assert notice_table(report).heads == ("档次", "单位", "地区")


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "a/b", "con", "NUL.txt", "", " ", "名" * 300, "a\x00b", "..", "a\n", "x."]
)
def test_a_code_never_leads_out_of_the_folder(name: str) -> None:
    safe = file_name(name)
    assert Path(safe).name == safe
    assert safe not in ("", ".", "..")
    assert len(safe.encode()) < 250
    assert file_name(name) != file_name(name + "x")


def test_no_text_of_a_list_is_longer_than_the_cap(ranking: Ranking, default_pack: Pack, sample_round: Round) -> None:
    assert max(len(text) for _, text in texts_of(ranked_list(ranking, default_pack, sample_round, "en"))) <= 2010
