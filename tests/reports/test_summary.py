"""Proves that the page for leaders counts what the ranking and the assessments say, and names the places in doubt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

import pytest
from msgspec.structs import replace
from tests.reports.paper_pages import pages, printed

from meihao.assessment.results import Assessment
from meihao.core.numbers import round_half_up
from meihao.core.problems import Lang
from meihao.core.text import Label
from meihao.ranking import Ranking, rank
from meihao.ranking.results import OpenSeats
from meihao.reports.model import SummaryReport
from meihao.reports.render import render
from meihao.reports.summary import LINES_OF_FEW, REGIONS_AT_MOST, summary
from meihao.round.model import Region, Round
from meihao.standard.model import Pack


@pytest.fixture(scope="module")
def page(ranking: Ranking, peers: Sequence[Assessment], default_pack: Pack, sample_round: Round) -> SummaryReport:
    return summary(ranking, peers, default_pack, sample_round)


def test_units_in_are_units_counted(page: SummaryReport, peers: Sequence[Assessment]) -> None:
    states = Counter(one.verdict.state for one in peers)
    assert [cell.value for cell in page.cells] == [
        str(n) for n in (len(peers), states["passed"], states["undetermined"], states["failed"])
    ]
    assert sum(int(bar.note.split(" / ")[1]) for bar in page.regions) == len(peers)
    assert sum(int(bar.note.split(" / ")[0]) for bar in page.regions) == states["passed"]


def test_the_parts_of_a_countys_bar_fill_it(page: SummaryReport) -> None:
    assert {sum(wide for _, wide in bar.parts) for bar in page.regions} == {100}


def test_the_order_of_the_assessments_is_irrelevant(
    page: SummaryReport, ranking: Ranking, peers: Sequence[Assessment], default_pack: Pack, sample_round: Round
) -> None:
    assert summary(ranking, tuple(reversed(peers)), default_pack, sample_round) == page


def test_tiers_show_the_seats_of_the_ranking(page: SummaryReport, ranking: Ranking) -> None:
    wanted = [f"{len(t.members)} / {t.places}" for one in ranking.lists for t in reversed(one.tiers)]
    assert [bar.figure for bar in page.tiers] == wanted


def test_the_weakest_criterion_has_the_smallest_share_of_its_full_marks(
    page: SummaryReport, peers: Sequence[Assessment]
) -> None:
    got: Counter[str] = Counter()
    full: Counter[str] = Counter()
    for one in peers:
        for item in one.items:
            if item.outcome not in ("not_applicable", "exempt"):
                got[item.id] += item.lo  # type: ignore[assignment]  # exact numbers add up in a Counter
                full[item.id] += item.points  # type: ignore[assignment]
    shares = sorted(Fraction(got[name] * 100, 1) / full[name] for name in full)
    assert page.weakest[0].figure == f"{int(round_half_up(shares[0], 0))}%"
    printed = [int(bar.figure.rstrip("%")) for bar in page.weakest]
    assert printed == sorted(printed)


def test_burden_is_what_the_pack_asks_of_its_limit(page: SummaryReport, default_pack: Pack) -> None:
    assert default_pack.burden is not None
    assert len(page.burden) == 3 * len(default_pack.kinds)
    assert {int(bar.figure.split(" / ")[1]) for bar in page.burden[:3]} == {
        default_pack.burden.minutes, default_pack.burden.fields, default_pack.burden.files,
    }  # fmt: skip


def test_tied_seats_are_the_first_contested_places(
    ranking: Ranking, peers: Sequence[Assessment], default_pack: Pack, sample_round: Round
) -> None:
    one = ranking.lists[0]
    tied = tuple(unit.unit for unit in one.units[:2])
    tier = replace(one.tiers[-1], open=(OpenSeats(tied, 1, "lot"),))
    changed = replace(ranking, lists=(replace(one, tiers=(*one.tiers[:-1], tier)), *ranking.lists[1:]))
    page = summary(changed, peers, default_pack, sample_round)
    assert "待抽签" in page.contested[0].value
    assert all(unit.name in page.contested[0].value for unit in one.units[:2])
    assert len(page.contested) <= LINES_OF_FEW


def test_undetermined_units_that_may_enter_a_full_tier_are_named(page: SummaryReport, ranking: Ranking) -> None:
    one = ranking.lists[0]
    top = one.tiers[-1]
    assert len(top.members) == top.places
    lowest = min(place.figure for place in top.members)
    names = [unit.name for unit in one.waiting if unit.possible >= lowest]
    said = " ".join(pair.value for pair in page.contested)
    assert names
    assert all(name in said for name in names)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_forty_counties_and_long_names_stay_one_page_that_says_how_many_are_left_out(
    lang: Lang, peers: Sequence[Assessment], default_pack: Pack, sample_round: Round
) -> None:
    far = "某某布依族苗族自治州某某彝族回族苗族自治县"
    counties = tuple(Region(f"88{n:02}00", f"{far}{n}", "county") for n in range(40))
    long = tuple(replace(one, name=f"某某镇某某街道办事处第一社区居民委员会幸福{one.name}") for one in peers)
    ranking, problems = rank(default_pack, sample_round, long)
    assert ranking is not None, problems
    spread = tuple(replace(one, region=counties[n % 40].code) for n, one in enumerate(long))
    title = Label("某某布依族苗族自治州二〇二六年度高品质美好生活单位评定批次（第二批）", "A long title " * 7)
    round_ = replace(sample_round, title=title, regions=(*sample_round.regions, *counties))
    page = summary(ranking, spread, default_pack, round_, lang)
    assert [bar.label[-2:] for bar in page.regions] == [f"县{n}" for n in range(REGIONS_AT_MOST)]
    assert page.regions_note == {"zh": "另有32个地区。", "en": "32 regions more."}[lang]
    assert len(pages(printed(page))) == 1


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_round_of_one_unit_has_a_page_without_an_empty_chart(
    lang: Lang, peers: Sequence[Assessment], default_pack: Pack, sample_round: Round
) -> None:
    alone = next(one for one in peers if one.verdict.state == "passed")
    by_level = replace(sample_round, profile="by_level")
    ranking, problems = rank(default_pack, by_level, (alone,))
    assert ranking is not None, problems
    page = summary(ranking, (alone,), default_pack, by_level, lang)
    html, problems = render(page, lang)
    assert not problems
    assert page.plots == ()
    assert "<svg" not in html
    assert {"zh": "全部单位", "en": "All units"}[lang] not in html
    assert len(pages(printed(page))) == 1


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_stands_in_both_languages(
    lang: Lang, ranking: Ranking, peers: Sequence[Assessment], default_pack: Pack, sample_round: Round
) -> None:
    html, problems = render(summary(ranking, peers, default_pack, sample_round, lang), lang)
    assert not problems
    assert html.count("<svg") == len(ranking.lists)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_unit_that_may_still_move_is_named_with_what_it_awaits_and_whom_it_may_put_out(
    lang: Lang, ranking: Ranking, peers: Sequence[Assessment], default_pack: Pack, sample_round: Round
) -> None:
    """As many points as the last of the full innermost tier are enough for it; with none a place further out has to be free."""
    one = ranking.lists[0]
    top = one.tiers[-1]
    last = min(top.members, key=lambda place: (place.figure, -place.rank))
    waiting = replace(one.waiting[0], possible=last.figure, name="甲村", best_grade=top.requires)
    poor = replace(waiting, unit="V-9999", possible=0, name="乙村")
    changed = replace(one, waiting=(waiting, poor))
    page = summary(replace(ranking, lists=(changed,)), peers, default_pack, sample_round, lang)
    lines = [pair.value for pair in page.contested if "甲村" in pair.value]
    assert len(lines) == 1
    assert last.name in lines[0]
    assert ("甲村（" if lang == "zh" else "甲村 (") in lines[0]
    outer = [pair.value for pair in page.contested if "乙村" in pair.value]
    assert all(last.name not in line for line in outer)
