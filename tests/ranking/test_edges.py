"""Proves what stands exactly at an edge: equal ceilings, additions that just fit, a place won without a reserve number."""

from __future__ import annotations

import copy
from typing import Literal

from msgspec.structs import replace

from meihao.assessment.results import NodeScore
from meihao.core.problems import Source
from meihao.evidence.model import UnitEvidence
from meihao.ranking import rank
from meihao.ranking.candidates import candidate
from meihao.ranking.settings import check_seats
from meihao.ranking.to_json import to_json
from meihao.standard.model import Ceiling

from .builders import (
    a_round,
    by_county,
    codes,
    correction,
    county,
    pack,
    problem_codes,
    profile,
    ranked,
    rural,
    tier,
    unit,
)
from .test_answers import OLD, changed, of

Action = Literal["remove", "add", "confirm"]


def test_a_wider_region_may_have_the_same_ceiling_as_the_narrower_one_in_it() -> None:
    regions = (county("A", "P"), county("P", level="province"))
    for wide, said in ((3, set[str]()), (2, {"K013"})):
        one = profile(tier(seats=[by_county(at_most=3), by_county(at_most=wide, level="province")]))
        assert set(problem_codes(rank(pack(one), a_round(*regions), [unit("a", 90)])[1])) == said


def test_an_inner_tier_may_be_as_large_as_the_one_around_it() -> None:
    for inner, said in ((5, []), (6, ["K011"])):
        one = profile(tier("hundred", 5), tier("ten", inner))
        assert problem_codes(rank(pack(one), a_round(), [unit("a", 90)])[1]) == said


def test_additions_that_just_fill_a_county_or_the_tier_are_kept() -> None:
    units = [unit("a", 95), unit("b", 80), unit("c", 79)]
    for names, said in (("bc", []), ("abc", ["K035"])):
        added = [correction(name, "ten", "add") for name in names]
        one = profile(tier(places=2))
        assert problem_codes(rank(pack(one), a_round(corrections=added), units)[1]) == said
    one, added = profile(tier(places=3, seats=[by_county(at_most=1)])), [correction("b", "ten", "add")]
    assert codes(rural(one, a_round(county("A"), corrections=added), units).tiers[0]) == ["b"]
    both = a_round(county("A"), corrections=[*added, correction("c", "ten", "add")])
    assert "K035" in problem_codes(rank(pack(one), both, units)[1])


def test_a_tie_of_as_many_as_the_seats_left_needs_no_lot() -> None:
    units = [unit("a", 95), unit("b", 90), unit("c", 90), unit("d", 90)]
    for places, members, waiting in ((1, ["a"], []), (2, ["a"], [1]), (3, ["a"], [2]), (4, ["a", "b", "c", "d"], [])):
        result = rural(profile(tier(places=places)), a_round(), units).tiers[0]
        assert (codes(result), [one.seats for one in result.open]) == (members, waiting)
        assert result.unfilled == 0


def test_only_who_lost_a_place_is_told_a_reserve_number() -> None:
    new = copy.deepcopy(changed("figure"))
    new["lists"][0]["tiers"][1]["reserve"] = [{"order": 1, "unit": "B"}, {"order": 2, "unit": "C"}]
    assert [place.reserve for place in of("B", OLD, new).places] == [1]
    assert [place.reserve for place in of("C", OLD, new).places] == [0]


def test_what_a_list_by_base_marks_could_still_become_leaves_the_bonus_out() -> None:
    assessment = replace(unit("a", 70, possible=90), base_hi=80)
    one = candidate(assessment, pack(profile()))
    assert [one.possible(by) for by in ("base", "total", "percent")] == [80, 90, 90]
    assert [one.figure(by) for by in ("base", "total", "percent")] == [70, 70, 70]


def test_a_dimension_has_a_percent_where_something_in_it_applies_and_it_is_worth_something() -> None:
    nodes = (
        NodeScore("village.small", 1, 1, 1, 1, 1, 1),
        NodeScore("village.gone", 0, 0, 5, 0, 0, 0),
        NodeScore("village.worthless", 0, 0, 0, 1, 0, 0),
    )
    one = candidate(replace(unit("a", 70), nodes=nodes), pack(profile()))
    assert one.percents == (("village.small", 100),)


def test_who_is_added_may_be_confirmed_too_and_nobody_is_corrected_twice_alike() -> None:
    one, units = profile(tier(places=1), still_tied="committee"), [unit("a", 90), unit("b", 90)]
    add, confirm = (correction("b", "ten", action) for action in ("add", "confirm"))
    for orders, contradict in (([add, confirm], False), ([add, add], True), ([confirm, confirm], True)):
        said = problem_codes(rank(pack(one), a_round(corrections=orders), units)[1])
        assert ("K033" in said) is contradict


def test_a_contradiction_is_told_where_the_last_of_the_corrections_stands() -> None:
    actions: tuple[Action, ...] = ("add", "remove", "confirm")
    orders = [replace(correction("b", "ten", one), source=Source("c.yaml", line=n)) for n, one in enumerate(actions)]
    said = rank(pack(profile(tier(places=1))), a_round(corrections=orders), [unit("a", 90), unit("b", 90)])[1]
    assert [str(one.source) for one in said if one.code == "K033"] == ["c.yaml:2:0"]


def test_of_two_ceilings_of_a_level_the_lower_counts_and_a_level_may_have_none() -> None:
    units = [unit("a", 90), unit("b", 89), unit("c", 88)]
    for seats, ceiling in ((3, 2), (2, 3)):
        one = profile(tier(seats=[by_county(at_most=seats)], ceilings=[Ceiling("county", ceiling)]))
        assert codes(rural(one, a_round(county("A")), units).tiers[0]) == ["a", "b"]
    regions = (county("A", "P"), county("P", level="province"))
    for narrow, wide in ((None, 2), (2, None)):
        one = profile(tier(seats=[by_county(at_most=narrow), by_county(at_most=wide, level="province")]))
        assert codes(rural(one, a_round(*regions), units).tiers[0]) == ["a", "b"]


def test_only_the_ranking_of_a_draft_counts_the_errors_of_its_standard() -> None:
    ranking = ranked(profile(tier()), a_round(), [unit("a", 90)])
    for errors, said in ((0, None), (1, 1)):
        body = to_json(replace(ranking, pack_errors=errors))["body"]
        assert isinstance(body, dict)
        assert body.get("pack_errors") == said


def test_of_undetermined_units_with_the_same_certain_figure_the_one_that_may_rise_higher_comes_first() -> None:
    units = [unit(code, 70, state="undetermined", possible=high) for code, high in (("a", 80), ("b", 90), ("c", 90))]
    units.append(unit("d", 75, state="undetermined", possible=76))
    waiting = rural(profile(tier()), a_round(), units).waiting
    assert [one.unit for one in waiting] == ["d", "b", "c", "a"]


def test_seats_are_checked_for_the_lists_that_the_units_are_on() -> None:
    village = UnitEvidence("u", "village", "", "A", ())
    for lists, said in ((["rural"], ["K024"]), (["urban"], [])):
        one = profile(tier(places=4, seats=[by_county(proportion="households")]), lists=lists)
        assert problem_codes(check_seats(pack(one), a_round(), None, [village])) == said


def test_the_county_that_lies_in_no_province_is_named() -> None:
    one = profile(tier(seats=[by_county(proportion="applicants"), by_county(level="province")]))
    regions = (county("P", level="province"), county("A", "P", applicants=3), county("B", applicants=1))
    (said,) = check_seats(pack(one), a_round(*regions), None, [UnitEvidence("u", "village", "", "A", ())])
    assert (said.code, "B" in said.text("en")) == ("K026", True)


def test_a_tier_is_settled_where_nothing_around_it_is_open() -> None:
    tiers = rural(profile(tier("hundred", 3), tier("ten", 2)), a_round(), [unit("a", 90), unit("b", 80)]).tiers
    assert [one.settled for one in tiers] == [True, True]
