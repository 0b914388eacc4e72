"""The ranked list on the terminal, as a page, a workbook, CSV and JSON: every figure is parsed and compared with the ranking."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path

import pytest
from msgspec import Struct
from openpyxl import load_workbook
from tests.one_result.printed import POINTS, Block, Row, bare, blocks, numbers, sections, tables

from meihao.cli.rank import ranking_page
from meihao.core.numbers import fixed
from meihao.ranking import Ranking
from meihao.ranking.results import Place, RankedList, Standing, TierResult
from meihao.ranking.to_json import to_json
from meihao.standard.model import Pack
from meihao.uses.session import Session

LEAD = re.compile(rf"总分领先第(\d+)名(.+?)({POINTS})$")
LEVEL = re.compile(r"与第(\d+)名(.+?)同分")
ELSEWHERE = re.compile(r"第(\d+)名(.+?)名次在前，但所在地区无名额")


@pytest.fixture(scope="module")
def page(written: Path) -> tuple[Block, ...]:
    return blocks((written / "排名名单.html").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def titles(default_pack: Pack, ranking: Ranking) -> Mapping[str, str]:
    """The tiers and lists by their titles as printed."""
    profile = next(p for p in default_pack.profiles if p.id == ranking.profile)
    tiers = {tier.id: bare(tier.title.zh) for tier in profile.tiers}
    return tiers | {group.id: bare(group.title.zh) for group in default_pack.groups}


def points(value: Fraction | int) -> str:
    return fixed(value, 2)


def inside(one: RankedList, tier: TierResult) -> int:
    """Return how many members of a tier are members of one further in."""
    further = {p.unit for t in one.tiers[one.tiers.index(tier) + 1 :] for p in t.members}
    return sum(place.unit in further for place in tier.members)


def own(one: RankedList, tier: TierResult) -> list[Place]:
    further = {p.unit for t in one.tiers[one.tiers.index(tier) + 1 :] for p in t.members}
    return [place for place in tier.members if place.unit not in further]


def counts(one: RankedList, tier: TierResult) -> list[int]:
    """Return the figures in the words about a tier: its places, its members, those in the tier above."""
    return [tier.places, len(tier.members), *([inside(one, tier)] if inside(one, tier) else [])]


def check_why(why: str, place: Place, one: RankedList) -> None:
    """A reason names the next in line with their rank, and the printed lead is the difference of the two figures."""
    by_code = {unit.unit: unit for unit in one.units}
    heirs = [by_code[code] for code in place.next]
    found = LEAD.search(why) or LEVEL.search(why) or ELSEWHERE.search(why)
    assert bool(found) == bool(heirs), why
    if found is None:
        assert not re.search(POINTS, why)
        return
    assert int(found[1]) == heirs[0].rank
    assert found[2].startswith(heirs[0].name)
    if found.re is LEAD:
        assert found[3] == points(place.figure - heirs[0].figure) == points(place.distance or 0)
    else:
        assert (found.re is LEVEL) == (place.figure == heirs[0].figure)


def test_the_page_counts_units_and_tiers_as_the_ranking_does(
    page: Sequence[Block], ranking: Ranking, titles: Mapping[str, str]
) -> None:
    spans = [block.text for block in page if block.tag == "span"]
    for one in ranking.lists:
        at = spans.index(titles[one.id])
        states = [len(one.units), len(one.waiting), len(one.failed)]
        assert numbers(spans[at + 1]) == (sum(states),)
        assert list(numbers(spans[at + 2])) == states
    chapters = dict(sections(page, "h2"))
    for one in ranking.lists:
        heads = dict(sections(chapters[titles[one.id]], "h3"))
        for tier in one.tiers:
            told = next(block.text for block in heads[titles[tier.tier]] if block.tag == "span")
            waiting = sum(seats.seats for seats in tier.open)
            assert list(numbers(told)) == [*counts(one, tier), *([waiting] if waiting else []), tier.unfilled]
            assert tier.places == len(tier.members) + waiting + tier.unfilled


def test_the_page_prints_every_place_with_its_rank_points_and_lead(
    page: Sequence[Block], ranking: Ranking, titles: Mapping[str, str]
) -> None:
    chapters = dict(sections(page, "h2"))
    leads = 0
    for one in ranking.lists:
        heads = dict(sections(chapters[titles[one.id]], "h3"))
        for tier in one.tiers:
            (rows,) = tables(heads[titles[tier.tier]])
            wanted = own(one, tier)
            assert [(r[0], r[2], r[4]) for r in rows] == [(str(p.rank), p.unit, points(p.figure)) for p in wanted]
            for row, place in zip(rows, wanted, strict=True):
                check_why(row[6], place, one)
                leads += bool(LEAD.search(row[6]))
    assert leads > 10


def test_the_page_prints_reserves_and_seats_of_regions(
    page: Sequence[Block], ranking: Ranking, titles: Mapping[str, str]
) -> None:
    chapters = dict(sections(page, "h2"))
    for one in ranking.lists:
        heads = dict(sections(chapters[titles[one.id]], "h3"))
        for tier in one.tiers:
            reserve = heads.get(f"递补名单（{titles[tier.tier]}）", ())
            rows = tables(reserve)[0] if reserve else ()
            assert [(r[0], r[2], r[4]) for r in rows] == [
                (str(r.order), r.unit, points(r.figure)) for r in tier.reserve
            ]
            seats = heads.get(f"名额分配（{titles[tier.tier]}）", ())
            check_seats(tables(seats)[0] if seats else (), tier)


def check_seats(rows: Sequence[Row], tier: TierResult) -> None:
    assert len(rows) == len(tier.regions)
    for row, region in zip(rows, tier.regions, strict=True):
        most = "—" if region.at_most is None else str(region.at_most)
        bounds = (str(region.floor), most, str(region.seats), str(region.members))
        assert (row[1], *row[3:]) == (str(region.weight), *bounds)
        share = Fraction(row[2].removeprefix("≈"))
        assert abs(share - region.share) <= Fraction(5, 1000)
        assert row[2].startswith("≈") == (share != region.share)


def test_the_page_prints_every_unit_in_order_those_waiting_and_those_failed(
    page: Sequence[Block], ranking: Ranking, titles: Mapping[str, str]
) -> None:
    chapters = dict(sections(page, "h2"))
    for one in ranking.lists:
        parts = list(sections(chapters[titles[one.id]], "h3"))
        found = [tables(part)[0] for title, part in parts if title not in titles.values() and "（" not in title]
        standing, waiting, failed = found
        check_standings(standing, one.units)
        assert [(r[1], r[3], r[4], r[5]) for r in waiting] == [
            (w.unit, points(w.figure), points(w.possible), str(w.best_rank)) for w in one.waiting
        ]
        assert [(r[1], r[3]) for r in failed] == [(f.unit, points(f.figure)) for f in one.failed]


def check_standings(rows: Sequence[Sequence[str]], units: Sequence[Standing]) -> None:
    assert [(r[0], r[2], *r[4:7]) for r in rows] == [
        (str(u.rank), u.unit, points(u.figure), points(u.base), points(u.bonus)) for u in units
    ]
    assert all(Fraction(r[5]) + Fraction(r[6]) == Fraction(r[4]) for r in rows)


def test_the_terminal_prints_the_places_of_the_ranking(
    ranking: Ranking, desk: Session, titles: Mapping[str, str]
) -> None:
    lists = re.split(r"^■ ", ranking_page(ranking, desk, rows=1000), flags=re.MULTILINE)[1:]
    for one, text in zip(ranking.lists, lists, strict=True):
        head, *tiers = re.split(r"^◆ ", text, flags=re.MULTILINE)
        assert list(numbers(head)) == [len(one.units), len(one.waiting), len(one.failed)]
        for tier, told in zip(reversed(one.tiers), tiers, strict=True):
            line, *rows = told.splitlines()
            assert bare(line).startswith(titles[tier.tier])
            assert list(numbers(line)) == counts(one, tier)
            places = [row for row in rows if re.match(rf"\s*\d+  \S+ +\S+ +{POINTS}  ", row)]
            assert len(places) == len(tier.members)
            for row, place in zip(places, tier.members, strict=True):
                rank, name, _, figure, rest = row.split(maxsplit=4)
                assert (rank, name, figure) == (str(place.rank), place.name, points(place.figure))
                check_why(bare(rest).removesuffix("⚑末位决定"), place, one)
        check_waiting(tiers[-1], one)


def check_waiting(text: str, one: RankedList) -> None:
    last = text.rpartition("最好名次")[2].splitlines()[2:]
    found = [tuple(row.split()) for row in last if row.strip() and ":" not in row]
    assert found == [(w.name, points(w.figure), points(w.possible), str(w.best_rank)) for w in one.waiting]


def test_the_csv_holds_every_place_of_every_tier(written: Path, ranking: Ranking, titles: Mapping[str, str]) -> None:
    text = (written / "排名名单.csv").read_text(encoding="utf-8-sig")
    head, *rows = csv.reader(io.StringIO(text))
    wanted = [(one, t, p) for one in ranking.lists for t in reversed(one.tiers) for p in own(one, t)]
    assert head[:3] == ["名单", "档次", "名次"]
    assert [(bare(r[0]), bare(r[1]), r[2], r[4], r[7]) for r in rows] == [
        (titles[one.id], titles[t.tier], str(p.rank), p.unit, points(p.figure)) for one, t, p in wanted
    ]
    for row, (one, _, place) in zip(rows, wanted, strict=True):
        check_why(bare(row[9]), place, one)


def test_the_workbook_holds_places_and_standings_as_numbers(written: Path, ranking: Ranking) -> None:
    book = load_workbook(written / "排名名单.xlsx", read_only=True, data_only=True)
    tables_ = [[row for row in sheet.iter_rows(values_only=True) if any(row)] for sheet in book.worksheets]
    by_head = [(rows, next(n for n, row in enumerate(rows) if row[1])) for rows in tables_]
    members = [rows[at + 1 :] for rows, at in by_head if rows[at][0] == "档次"]
    standings = [rows[at + 1 :] for rows, at in by_head if "基础分" in rows[at]]
    for one, rows, order in zip(ranking.lists, members, standings, strict=True):
        wanted = [p for tier in reversed(one.tiers) for p in own(one, tier)]
        assert [(r[1], r[3], cell(r[6])) for r in rows] == [(p.rank, p.unit, points(p.figure)) for p in wanted]
        check_standings([[str(r[0]), "", str(r[2]), "", *map(cell, r[4:7])] for r in order], one.units)


def cell(value: object) -> str:
    """Return a number of a workbook as it is shown."""
    assert isinstance(value, int | float)
    return f"{value:.2f}"


def test_the_json_is_the_ranking(written: Path, ranking: Ranking) -> None:
    text = json.loads((written / "排名名单.json").read_text(encoding="utf-8"))
    assert text["digest"] == to_json(ranking)["digest"]
    assert dict(leaves(text["body"])) == dict(leaves(plain(ranking)))


def plain(value: object) -> object:
    """Return a record as JSON would hold it: figures as they are, labels by language."""
    if isinstance(value, Struct):
        return {name: plain(getattr(value, name)) for name in value.__struct_fields__}
    return [plain(part) for part in value] if isinstance(value, tuple) else value


def leaves(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Yield every single value of a tree with its path; an exact figure as a number, whatever it is written as."""
    if isinstance(value, dict):
        for name, part in value.items():
            if name != "pack_errors":  # only a draft says so
                yield from leaves(part, f"{path}/{name}")
    elif isinstance(value, list):
        for n, part in enumerate(value):
            yield from leaves(part, f"{path}/{n}")
    else:
        number = re.fullmatch(r"-?\d+(/\d+|\.\d+)?", value) if isinstance(value, str) else None
        yield path, Fraction(number[0]) if number else value
