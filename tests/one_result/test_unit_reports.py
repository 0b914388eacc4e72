"""The report of a unit as a page: items, sums, lines, peers, place, advice and self-assessment are compared with the results."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

import pytest
from tests.one_result.printed import POINTS, Block, Row, blocks, sections, tables
from tests.reports.of_unit import report_of

from meihao.assessment.explain.sums import span
from meihao.assessment.results import Assessment
from meihao.core.numbers import fixed, round_half_up
from meihao.pipeline import Judged
from meihao.ranking import Ranking
from meihao.ranking.results import RankedList, list_of
from meihao.reports.render import render
from meihao.round.model import Round
from meihao.standard.model import Pack

Page = tuple[Assessment, tuple[Block, ...]]
CHANGE = re.compile(r"[+−]\d+\.\d\d")


@pytest.fixture(scope="module")
def pages(
    default_pack: Pack, sample_round: Round, sample: Sequence[Judged], some: Sequence[Judged], ranking: Ranking
) -> Sequence[Page]:
    peers = [one.assessment for one in sample]
    found = []
    for one in some:
        a = one.assessment
        report = report_of(default_pack, sample_round, a, one.case, peers, ranking, evidence=one.evidence)
        text, problems = render(report, "zh")
        assert not problems
        found.append((a, blocks(text)))
    return found


def part(page: Sequence[Block], title: str) -> tuple[Block, ...]:
    return dict(sections(page, "h2")).get(title, ())


def points(value: Fraction | int) -> str:
    return fixed(value, 2)


def dimensions(a: Assessment, pack: Pack) -> Iterator[tuple[str, str, str]]:
    """Yield each dimension's title, points and full mark."""
    nodes = {node.id: node for node in a.nodes}
    for child in pack.standard(a.kind).children:
        node = nodes[child.id]
        yield child.title.zh, span(node.lo, node.hi, 2), points(node.points)


def test_items_and_dimensions(pages: Sequence[Page], default_pack: Pack) -> None:
    for a, page in pages:
        rows = tables(part(page, "逐项评分"))[0]
        assert [row[3] for row in rows if len(row) == 5] == [
            f"{span(i.lo, i.hi, 2)}/{points(i.points)}" for i in a.items
        ], a.unit
        heads = [row[1] for row in rows if len(row) == 3 and "/" in row[1]]
        assert heads == [f"{own}/{full}" for _, own, full in dimensions(a, default_pack)], a.unit


def test_the_head_prints_base_bonus_and_total(pages: Sequence[Page]) -> None:
    for a, page in pages:
        texts = [block.text for block in page if block.tag == "span"]
        at = texts.index("总分")
        base, bonus = span(a.base_lo, a.base_hi, 2), span(a.bonus_lo, a.bonus_hi, 2)
        assert texts[at + 1] == span(a.total_lo, a.total_hi, 2)
        assert texts[at + 2] == f"基础分{base}加分{bonus}"


def test_rank_tier_and_lead(pages: Sequence[Page], ranking: Ranking) -> None:
    seen = set()
    for a, page in pages:
        text = " ".join(block.text for block in page if block.tag in ("p", "span"))
        one = list_of(ranking, a.unit)
        assert one is not None
        seen.add(a.verdict.state)
        if a.verdict.state == "passed":
            unit = next(u for u in one.units if u.unit == a.unit)
            assert f"第{unit.rank}名，共{len(one.units)}个通过" in text
            check_lead(a.unit, text, one)
        if a.verdict.state == "undetermined":
            waiting = next(w for w in one.waiting if w.unit == a.unit)
            assert f"待定，最好可到第{waiting.best_rank}名" in text
    assert seen == {"passed", "undetermined", "failed"}


def check_lead(code: str, text: str, one: RankedList) -> None:
    """The lead is over the next in line of the innermost place; what lacks is to the last place of the next tier."""
    by_code = {unit.unit: unit for unit in one.units}
    held = [place for tier in one.tiers for place in tier.members if place.unit == code]
    if found := re.search(rf"总分领先第(\d+)名(\S+?)({POINTS})", text):
        heir = by_code[held[-1].next[0]]
        assert (int(found[1]), found[3]) == (heir.rank, points(by_code[code].figure - heir.figure))
    inner = one.tiers[len(held) :]
    lacks = min(place.figure for place in inner[0].members) - by_code[code].figure if inner else 0
    if found := re.search(rf"现末位（.+?）差({POINTS})", text):
        assert found[1] == points(lacks)
    else:
        assert lacks <= 0


def test_lines_of_grades_and_what_lacks(pages: Sequence[Page], default_pack: Pack) -> None:
    for a, page in pages:
        rows = tables(part(page, "等次线"))[0]
        starts = [n for n, row in enumerate(rows) if len(row) == 4 and row[1].startswith("基础分")]
        for grade, start, end in zip(default_pack.grades, starts, (*starts[1:], len(rows)), strict=True):
            base, *rest = [line for line in a.lines if line.grade == grade.id]
            first, every = (row for row in rows[start:end] if len(row) == 4)
            assert base.at_least is not None
            assert first[:3] == (grade.title.zh, f"基础分≥{points(base.at_least)}", span(base.lo, base.hi, 2))
            assert every[1:3] == (f"{len(rest)}个维度各过其线", f"{sum(line.holds for line in rest)}/{len(rest)}")
            lacking = [line.at_least - line.lo for line in (base, *rest) if line.at_least and line.lo < line.at_least]
            gaps = "".join(cell for row in rows[start:end] if len(row) < 4 for cell in row)
            assert re.findall(POINTS, gaps) == [points(one) for one in lacking], a.unit


def test_dimensions_beside_the_mean_of_peers(
    pages: Sequence[Page], sample: Sequence[Judged], default_pack: Pack
) -> None:
    for a, page in pages:
        peers = [one.assessment for one in sample if one.assessment.kind == a.kind]
        rows = [row for block in part(page, "维度得分") for row in block.rows if len(row) == 4][1:]
        assert [row[3] for row in rows] == [f"{own}/{full}" for _, own, full in dimensions(a, default_pack)], a.unit
        for row, child in zip(rows, default_pack.standard(a.kind).children, strict=True):
            nodes = [node for peer in peers for node in peer.nodes if node.id == child.id and node.applicable]
            mean = Fraction(sum(node.lo for node in nodes)) / len(nodes)
            assert row[2] == points(round_half_up(mean, 2))


def test_gains_lead_from_the_total_to_the_total_after(pages: Sequence[Page]) -> None:
    rows: list[tuple[Assessment, Row]] = [
        (a, row)
        for a, page in pages
        for block in part(page, "改进建议")
        for row in block.rows
        if CHANGE.search(row[-3])
    ]
    assert len(rows) > 20
    for a, row in rows:
        gain, after = Fraction(row[-3].replace("−", "-")), row[-2].split("—")[0]
        assert a.total_lo + gain == Fraction(after), (a.unit, row)


def test_self_assessment_and_verification(pages: Sequence[Page]) -> None:
    compared = 0
    for a, page in pages:
        by_points: Mapping[str, str] = {span(i.lo, i.hi, 2): i.id for i in a.items}
        for block in part(page, "自评与核定"):
            for row in block.rows[1:]:
                told, seen, apart = row[-3:]
                assert seen in by_points
                assert Fraction(seen) - Fraction(told) == Fraction(apart.replace("−", "-"))
                compared += 1
    assert compared
