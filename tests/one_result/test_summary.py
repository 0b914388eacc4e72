"""The summary of a round as a page: every count, share, seat and line on it is worked out anew from the results."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

import pytest
from tests.one_result.printed import POINTS, Block, Row, bare, blocks, numbers, sections

from meihao.assessment.results import Assessment
from meihao.core.numbers import fixed, round_half_up
from meihao.pipeline import Judged
from meihao.ranking import Ranking
from meihao.ranking.results import RankedList
from meihao.reports.render import render
from meihao.reports.summary import summary
from meihao.round.model import Round
from meihao.standard.checking.fields import burden_of
from meihao.standard.model import Pack, leaves

STATES = ("passed", "undetermined", "failed")
NOT_COUNTED = ("not_applicable", "exempt")
LEAD = re.compile(rf"最小差距({POINTS})：")


@pytest.fixture(scope="module")
def judged(sample: Sequence[Judged]) -> Sequence[Assessment]:
    return [one.assessment for one in sample]


@pytest.fixture(scope="module")
def page(default_pack: Pack, sample_round: Round, ranking: Ranking, judged: Sequence[Assessment]) -> str:
    text, problems = render(summary(ranking, judged, default_pack, sample_round), "zh")
    assert not problems
    return text


@pytest.fixture(scope="module")
def parts(page: str) -> Mapping[str, tuple[Block, ...]]:
    return dict(sections(blocks(page), "h2"))


def bars(part: Sequence[Block]) -> tuple[Row, ...]:
    """Return the rows of the bars below a heading."""
    return next(block.rows for block in part if block.rows)


def whole(part: int, of: int) -> str:
    return f"{int(round_half_up(Fraction(100 * part, of), 0))}%"


def test_the_head_counts_units_kinds_and_verdicts(page: str, judged: Sequence[Assessment], default_pack: Pack) -> None:
    texts = [block.text for block in blocks(page) if block.tag == "span"]
    states, kinds = (Counter(getattr(one, name, "") or one.verdict.state for one in judged) for name in ("", "kind"))
    at = texts.index("参评单位")
    assert texts[at + 1] == str(len(judged))
    assert texts[at + 2] == "".join(f"{kind.title.zh}{kinds[kind.id]}" for kind in default_pack.kinds)
    for n, state in enumerate(STATES):
        assert texts[at + 4 + 3 * n : at + 6 + 3 * n] == [str(states[state]), whole(states[state], len(judged))]


def test_each_county_counts_its_own(
    parts: Mapping[str, Sequence[Block]], judged: Sequence[Assessment], sample_round: Round
) -> None:
    parents = {region.code: region for region in sample_round.regions}
    units, passed = Counter[str](), Counter[str]()
    for one in judged:
        here = parents[one.region]
        while here.level != "county":
            here = parents[here.parent]
        units[here.name] += 1
        passed[here.name] += one.verdict.state == "passed"
    wanted = {(name, whole(passed[name], n), f"{passed[name]}/{n}") for name, n in units.items()}
    assert {(row[0], *row[2:]) for row in bars(parts["各地通过率"])} == wanted


def test_each_tier_shows_its_places_and_who_holds_one(parts: Mapping[str, Sequence[Block]], ranking: Ranking) -> None:
    wanted = [f"{len(tier.members)}/{tier.places}" for one in ranking.lists for tier in reversed(one.tiers)]
    assert [row[2] for row in bars(parts["各档名额"])] == wanted


def test_the_plots_count_their_dots_and_draw_each_tiers_lowest_figure(
    page: str, parts: Mapping[str, Sequence[Block]], ranking: Ranking
) -> None:
    plots = re.findall(r'<svg[^>]*role="img">\s*<title>(?:(?!</svg>).)*</svg></div>', page, re.DOTALL)
    captions = [block.text for _, part in sections(parts["全部单位"], "h3") for block in part if block.tag == "p"]
    assert len(plots) == len(captions) == len(ranking.lists)
    for one, plot, caption in zip(ranking.lists, plots, captions, strict=True):
        states = (len(one.units), len(one.waiting), len(one.failed))
        assert f"共{sum(states)}个" in caption
        assert tuple(int(n) for n in re.findall(r"(?:通过|待定)(\d+)", caption)) == states
        lowest = [fixed(min(place.figure for place in tier.members), 2) for tier in one.tiers]
        assert sorted(re.findall(rf"<text[^>]*>[^<]* ({POINTS})</text>", plot)) == sorted(lowest)


def test_the_weakest_criteria_are_those_of_the_smallest_share(
    parts: Mapping[str, Sequence[Block]], judged: Sequence[Assessment], default_pack: Pack
) -> None:
    shares = sorted(costs(judged, default_pack), key=lambda cost: cost[1])
    rows = bars(parts["得分率最低的指标"])
    found = {(title, f"{int(round_half_up(100 * share, 0))}%", str(n)) for title, share, n in shares}
    assert {(row[0], *row[2:]) for row in rows} <= found
    printed = [int(row[2].rstrip("%")) for row in rows]
    assert printed == [int(round_half_up(100 * share, 0)) for _, share, _ in shares[: len(rows)]]


def costs(judged: Sequence[Assessment], pack: Pack) -> Iterator[tuple[str, Fraction, int]]:
    """Yield each criterion, its mean share of the full mark among the units that it counts for, and how many these are."""
    for kind in pack.kinds:
        for criterion in leaves(pack.standard(kind.id)):
            items = [one.item(criterion.id) for one in judged if one.kind == kind.id]
            counted = [item for item in items if item.outcome not in NOT_COUNTED]
            if counted:
                share = Fraction(sum(item.lo for item in counted)) / sum(item.points for item in counted)
                yield bare(f"{kind.title.zh}{criterion.title.zh}"), share, len(counted)


def test_the_burden_is_what_the_standard_asks(parts: Mapping[str, Sequence[Block]], default_pack: Pack) -> None:
    found, most = [burden_of(default_pack, kind.id) for kind in default_pack.kinds], default_pack.burden
    assert most is not None
    wanted = [f"{getattr(one, name)}/{getattr(most, name)}" for one in found for name in ("minutes", "fields", "files")]
    assert [row[2] for row in bars(parts["填报负担（每个单位自己要填的）"])] == wanted


def test_contested_places_name_open_seats_and_the_narrowest_lead(
    parts: Mapping[str, Sequence[Block]], ranking: Ranking
) -> None:
    rows = [row for block in parts["还可能变动的名额"] for row in block.rows]
    assert rows
    for _, text in rows:
        if found := LEAD.match(text):
            assert found[1] in {fixed(lead, 2) for one in ranking.lists for lead in narrowest(one)}
        if "待定单位可能进入" in text:
            waiting = [unit.name for one in ranking.lists for unit in one.waiting]
            assert any(name in text for name in waiting)
            for n in numbers(text.rpartition("等")[2]) if text.endswith("个") else ():
                assert n <= len(waiting)


def narrowest(one: RankedList) -> Iterator[Fraction | int]:
    """Yield for each tier the least lead of a member over the next in line."""
    figures = {unit.unit: unit.figure for unit in one.units}
    for tier in one.tiers:
        leads = [place.figure - figures[code] for place in tier.members for code in place.next[:1]]
        yield from [min(lead for lead in leads if lead >= 0)] if any(lead >= 0 for lead in leads) else []
