"""The public notice and the decision of naming, as pages, documents and tables: whom and how many they name is the ranking's."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from tests.one_result.printed import Row, bare, blocks, numbers, sections, tables

from meihao.ranking import Ranking
from meihao.ranking.results import Place, RankedList, TierResult
from meihao.standard.model import Pack

PAPERS = ("公示名单", "命名决定")
Told = tuple[str, Sequence[int], Sequence[Row]]
Wanted = tuple[str, tuple[int, ...], frozenset[str]]


@pytest.fixture(scope="module")
def wanted(default_pack: Pack, ranking: Ranking) -> Sequence[Wanted]:
    """Each tier of each list, the innermost first: its title, its size and of that the tier above, the names of its own."""
    profile = next(p for p in default_pack.profiles if p.id == ranking.profile)
    titles = {tier.id: bare(tier.title.zh) for tier in profile.tiers}
    found = []
    for one in ranking.lists:
        for tier, members in own_members(one):
            inner = len(tier.members) - len(members)
            counts = (len(tier.members), *([inner] if inner else []))
            found.append((titles[tier.tier], counts, frozenset(place.name for place in members)))
    return found


def own_members(one: RankedList) -> list[tuple[TierResult, list[Place]]]:
    """Return each tier with the members that hold no place further in, the innermost first."""
    found: list[tuple[TierResult, list[Place]]] = []
    named: set[str] = set()
    for tier in reversed(one.tiers):
        found.append((tier, [place for place in tier.members if place.unit not in named]))
        named |= {place.unit for place in tier.members}
    return found


def check(told: Sequence[Told], wanted: Sequence[Wanted]) -> None:
    """Each tier is told with its size, and names each of its own units once, numbered from 1."""
    assert len(told) == len(wanted)
    for (title, counts, rows), (name, sizes, names) in zip(told, wanted, strict=True):
        assert name in title
        assert tuple(counts) == sizes
        assert [row[0] for row in rows] == [str(n) for n in range(1, len(rows) + 1)]
        assert (len(rows), frozenset(row[1] for row in rows)) == (len(names), names)


def counts_in(title: str) -> tuple[int, ...]:
    """Return the figures in the brackets behind a tier's title."""
    return numbers(title.rpartition("（")[2])


@pytest.mark.parametrize("paper", PAPERS)
def test_the_page_names_the_members_of_each_tier_and_counts_them(
    paper: str, written: Path, ranking: Ranking, default_pack: Pack, wanted: Sequence[Wanted]
) -> None:
    page = blocks((written / f"{paper}.html").read_text(encoding="utf-8"))
    told = [(title, counts_in(title), tables(part)[0]) for title, part in sections(page, "h3") if tables(part)]
    check(told, wanted)
    check_opening(" ".join(block.text for block in page if block.tag == "p"), ranking, default_pack)


@pytest.mark.parametrize("paper", PAPERS)
def test_the_document_names_them_as_the_page_does(
    paper: str, written: Path, ranking: Ranking, default_pack: Pack, wanted: Sequence[Wanted]
) -> None:
    document = Document(str(written / f"{paper}.docx"))
    texts = [bare(line.text) for line in document.paragraphs]
    titles = [text for text in texts if re.match(r"[一二三]、.*（\d+个.*）$", text)]
    rows = [[tuple(bare(cell.text) for cell in row.cells) for row in table.rows[1:]] for table in document.tables]
    check([(title, counts_in(title), body) for title, body in zip(titles, rows, strict=True)], wanted)
    check_opening(" ".join(texts), ranking, default_pack)


def check_opening(text: str, ranking: Ranking, pack: Pack) -> None:
    """The body says for each list how many units it names: all that hold a place on it."""
    groups = {group.id: group.title.zh for group in pack.groups}
    for one in ranking.lists:
        named = {place.unit for tier in one.tiers for place in tier.members}
        assert f"{groups[one.id]}{len(named)}个" in text


def test_tables_and_json_of_the_notice_hold_the_same_names(written: Path, wanted: Sequence[Wanted]) -> None:
    tiers = [(title, name) for title, _, names in wanted for name in names]
    text = (written / "公示名单.csv").read_text(encoding="utf-8-sig")
    by_csv = [(bare(row[1]), row[2]) for row in list(csv.reader(io.StringIO(text)))[1:]]
    sheet = load_workbook(written / "公示名单.xlsx", read_only=True).worksheets[0]
    lines = [row for row in sheet.iter_rows(values_only=True) if row[1]]
    by_book = [(bare(str(row[0])), str(row[1])) for row in lines[1:]]
    read: Mapping[str, Sequence[Mapping[str, str]]] = json.loads(
        (written / "公示名单.json").read_text(encoding="utf-8")
    )
    by_json = [(bare(row["tier"]), row["name"]) for row in read["notice"]]
    assert sorted(by_csv) == sorted(by_book) == sorted(by_json) == sorted(tiers)
