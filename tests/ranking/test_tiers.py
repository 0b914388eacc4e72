"""Tiers: places are ceilings, inner tiers choose inside outer ones, open ties stay unassigned, every place says why."""

from __future__ import annotations

import pytest

from meihao.ranking import rank
from meihao.ranking.results import Departure

from .builders import (
    TIES,
    a_round,
    by_county,
    codes,
    correction,
    county,
    first_tier,
    pack,
    problem_codes,
    profile,
    ranked,
    rural,
    tier,
    unit,
)


def test_the_inner_tier_chooses_among_the_members_of_the_outer_one() -> None:
    one = profile(tier("hundred", 3), tier("ten", 2, requires="model"))
    units = [unit("a", 99, grade="qualified"), unit("b", 95), unit("c", 94), unit("d", 93)]
    hundred, ten = rural(one, a_round(), units).tiers
    assert codes(hundred) == ["a", "b", "c"]
    assert codes(ten) == ["b", "c"]


def test_a_place_is_a_ceiling_and_unfilled_places_are_normal() -> None:
    result = first_tier(profile(tier(places=10)), a_round(), [unit("a", 90), unit("b", 85)])
    assert (codes(result), result.unfilled) == (["a", "b"], 8)


def test_a_tier_asks_for_its_grade() -> None:
    units = [unit("a", 99, grade=""), unit("b", 90, grade="qualified"), unit("c", 85, grade="model")]
    assert codes(first_tier(profile(tier(requires="qualified")), a_round(), units)) == ["b", "c"]
    assert codes(first_tier(profile(tier(requires="model")), a_round(), units)) == ["c"]


def test_independent_tiers_choose_from_their_own_lists_and_pending_ones_are_printed() -> None:
    tiers = (
        tier("towns", 10, pending="尚无乡镇标准"),
        tier("hundred", 1, lists=["rural"]),
        tier("thousand", 2, lists=["urban"]),
    )
    units = [unit("v", 90), unit("w", 91), unit("x", 80, kind="compound")]
    ranking = ranked(profile(*tiers, nested=False), a_round(), units)
    assert [(t.tier, codes(t)) for t in ranking.ranked("rural").tiers] == [("hundred", ["w"])]
    assert [(t.tier, codes(t)) for t in ranking.ranked("urban").tiers] == [("thousand", ["x"])]
    assert [(p.tier, p.places, p.pending.zh) for p in ranking.pending] == [("towns", 10, "尚无乡镇标准")]


def test_without_nesting_each_tier_chooses_from_the_whole_list() -> None:
    one = profile(tier("small", 1), tier("large", 2), nested=False)
    small, large = rural(one, a_round(), [unit("a", 90), unit("b", 80)]).tiers
    assert (codes(small), codes(large)) == (["a"], ["a", "b"])


@pytest.mark.parametrize("waits_for", ["lot", "committee", "shared"])
def test_a_tie_across_the_last_place_stays_unassigned_and_nobody_below_profits(waits_for: str) -> None:
    one = profile(tier(places=2), still_tied=waits_for)  # type: ignore[arg-type]  # parametrised literal
    result = first_tier(one, a_round(), [unit("a", 95), unit("b", 90), unit("c", 90), unit("d", 80)])
    assert codes(result) == ["a"]
    assert [(o.units, o.seats, o.waits_for) for o in result.open] == [(("b", "c"), 1, waits_for)]
    assert result.unfilled == 0
    assert [(r.order, r.unit) for r in result.reserve] == [(1, "d")]
    assert result.members[0].next == ("b", "c")


@pytest.mark.parametrize("waits_for", ["lot", "committee", "shared"])
def test_tied_units_share_the_place_where_places_remain_for_all(waits_for: str) -> None:
    one = profile(tier(places=3), still_tied=waits_for)  # type: ignore[arg-type]  # parametrised literal
    result = first_tier(one, a_round(), [unit("a", 95), unit("b", 90), unit("c", 90), unit("d", 80)])
    assert (codes(result), result.open) == (["a", "b", "c"], ())


def test_a_published_seed_settles_the_tie_and_the_seat_is_flagged() -> None:
    result = first_tier(profile(tier(places=2)), a_round(seed="0630"), [unit("a", 95), unit("b", 90), unit("c", 90)])
    assert result.open == ()
    last = result.members[1]
    assert (last.by_last_step, last.decided_by, last.distance) == (True, "lot", 0)
    assert not result.members[0].by_last_step


def test_the_committee_settles_a_tie_by_confirming_a_unit() -> None:
    one = profile(tier(places=2), still_tied="committee")
    round_ = a_round(corrections=[correction("c", "ten", "confirm", "示范作用更强")])
    result = first_tier(one, round_, [unit("a", 95), unit("b", 90), unit("c", 90)])
    assert (codes(result), result.open) == (["a", "c"], ())
    assert (result.members[1].confirmed_by, result.members[1].decided_by) == ("评定委员会", "committee")
    assert result.members[1].by_last_step


def test_a_tie_only_among_units_of_full_regions_is_no_tie_at_the_cut() -> None:
    # B has one seat and one unit, A has one seat for two tied units: the tie across regions settles for b1 all the same
    seats = by_county(proportion="households")
    round_ = a_round(county("A", households=1), county("B", households=1))
    units = [unit("a1", 90), unit("a2", 90), unit("b1", 90, region="B")]
    result = first_tier(profile(tier(places=2, seats=[seats])), round_, units)
    assert codes(result) == ["b1"]
    assert [(o.units, o.seats) for o in result.open] == [(("a1", "a2"), 1)]


def test_a_draw_outside_unsettles_an_inner_tier_only_where_it_matters() -> None:
    one = profile(tier("hundred", 2), tier("ten", 1))
    units = [unit("a", 95), unit("b", 90), unit("c", 90)]
    hundred, ten = rural(one, a_round(), units).tiers
    assert [o.units for o in hundred.open] == [("b", "c")]
    assert (codes(ten), ten.settled) == (["a"], True)
    wide = profile(tier("hundred", 2), tier("ten", 2))
    assert not rural(wide, a_round(), units).tiers[1].settled


def test_a_place_says_figure_distance_and_who_is_next() -> None:
    one = profile(tier(places=1), ties=TIES)
    place = first_tier(one, a_round(), [unit("a", "92.5"), unit("b", 90), unit("c", 80)]).members[0]
    assert (place.seat, place.decided_by, place.next, str(place.distance)) == ("list", "figure", ("b",), "5/2")
    tied = first_tier(one, a_round(), [unit("a", 90, satisfaction=12), unit("b", 90)]).members[0]
    assert (tied.decided_by, tied.by_last_step) == ("percent_of(dimension.satisfaction)", False)


def test_a_place_that_nobody_else_wants_names_no_next() -> None:
    place = first_tier(profile(tier()), a_round(), [unit("a", 90)]).members[0]
    assert (place.next, place.distance, place.decided_by) == ((), None, "")


def test_the_reserve_list_is_in_order_and_as_long_as_the_profile_says() -> None:
    units = [unit("a", 95), unit("b", 90), unit("c", 85), unit("d", 85), unit("e", 80)]
    result = first_tier(profile(tier(places=1), reserve=2), a_round(), units)
    assert [(r.order, r.unit) for r in result.reserve] == [(1, "b"), (2, "c"), (2, "d")]


def test_a_removal_carries_name_and_reason_and_the_place_goes_to_the_next() -> None:
    round_ = a_round(corrections=[correction("a", "ten", "remove", "公示期异议成立")])
    result = first_tier(profile(tier(places=2)), round_, [unit("a", 95), unit("b", 90), unit("c", 85), unit("d", 80)])
    assert codes(result) == ["b", "c"]
    assert result.departures == (Departure("a", "remove", "评定委员会", "2026-07-20", "公示期异议成立", ("c",)),)
    assert [r.unit for r in result.reserve] == ["d"]


def test_a_removal_from_the_outer_tier_is_a_removal_from_the_inner_one() -> None:
    one = profile(tier("hundred", 3), tier("ten", 1))
    round_ = a_round(corrections=[correction("a", "hundred", "remove")])
    hundred, ten = rural(one, round_, [unit("a", 95), unit("b", 90)]).tiers
    assert (codes(hundred), codes(ten)) == (["b"], ["b"])


def test_an_addition_counts_within_the_places_and_says_whom_it_put_out() -> None:
    round_ = a_round(corrections=[correction("c", "ten", "add")])
    result = first_tier(profile(tier(places=2)), round_, [unit("a", 95), unit("b", 90), unit("c", 85)])
    assert codes(result) == ["a", "c"]
    assert (result.members[1].seat, result.members[1].decided_by) == ("committee", "committee")
    assert result.departures[0].instead == ("b",)


def test_confirmation_is_recorded_place_by_place() -> None:
    one = profile(tier(places=2, confirmed_by="committee"))
    result = first_tier(one, a_round(corrections=[correction("a", "ten", "confirm")]), [unit("a", 95), unit("b", 90)])
    assert result.confirmed_by == "committee"
    assert [(p.unit, p.confirmed_by) for p in result.members] == [("a", "评定委员会"), ("b", "")]


@pytest.mark.parametrize(
    ("order", "code"),
    [
        (correction("z", "ten", "remove"), "K030"),
        (correction("a", "tenn", "remove"), "K031"),
        (correction("a", "ten", "remove", " "), "K032"),
        (correction("f", "ten", "add"), "K034"),
        (correction("q", "ten", "add"), "K034"),
    ],
)
def test_corrections_that_cannot_be_kept_are_refused(order: object, code: str) -> None:
    units = [unit("a", 95), unit("q", 94, grade="qualified"), unit("f", 90, state="failed")]
    round_ = a_round(corrections=[order])  # type: ignore[list-item]  # parametrised
    ranking, problems = rank(pack(profile(tier(requires="model"))), round_, units)
    assert ranking is None
    assert code in problem_codes(problems)


def test_contradicting_corrections_are_refused_and_idle_ones_reported() -> None:
    one, units = pack(profile(tier(places=1))), [unit("a", 95), unit("b", 90)]
    both = [correction("a", "ten", "remove"), correction("a", "ten", "confirm")]
    assert "K033" in problem_codes(rank(one, a_round(corrections=both), units)[1])
    ranking, problems = rank(one, a_round(corrections=[correction("b", "ten", "remove")]), units)
    assert ranking is not None
    assert problem_codes(problems) == ["K036"]
    too_many = [correction("a", "ten", "add"), correction("b", "ten", "add")]
    assert "K035" in problem_codes(rank(one, a_round(corrections=too_many), units)[1])


def test_places_and_caps_must_not_shrink_outwards() -> None:
    places = profile(tier("hundred", 10), tier("ten", 20))
    assert set(problem_codes(rank(pack(places), a_round(), [])[1])) == {"K011"}
    caps = profile(tier("hundred", 10, seats=[by_county(at_most=2)]), tier("ten", 5, seats=[by_county(at_most=3)]))
    assert set(problem_codes(rank(pack(caps), a_round(), [])[1])) == {"K012"}
    crossed = profile(tier(seats=[by_county(at_least=4, at_most=3)]))
    assert set(problem_codes(rank(pack(crossed), a_round(), [])[1])) == {"K014"}
    levels = profile(tier(seats=[by_county(at_most=3), by_county(at_most=2, level="province")]))
    assert set(problem_codes(rank(pack(levels), a_round(), [])[1])) == {"K013"}


def test_as_many_additions_as_places_are_kept() -> None:
    both = [correction("a", "ten", "add"), correction("b", "ten", "add")]
    units = [unit("a", 95), unit("b", 90), unit("c", 99)]
    result = first_tier(profile(tier(places=2)), a_round(corrections=both), units)
    assert (codes(result), result.unfilled) == (["a", "b"], 0)
    assert [d.instead for d in result.departures] == [("c",), ("c",)]


def test_idle_orders_are_named_in_the_order_of_their_units() -> None:
    """b is not among the first, so its removal does nothing; a is removed with effect; c was not to be confirmed."""
    orders = [correction("c", "ten", "confirm"), correction("b", "ten", "remove"), correction("a", "ten", "remove")]
    one = pack(profile(tier(places=1)))
    _, problems = rank(one, a_round(corrections=orders), [unit("a", 95), unit("x", 94), unit("c", 90), unit("b", 89)])
    assert [(p.code, p.message_en.split()[1]) for p in problems] == [("K036", "b"), ("K036", "c")]


def test_a_removal_of_a_unit_that_is_only_tied_for_a_place_is_not_idle() -> None:
    units = [unit("a", 95), unit("b", 90), unit("c", 90)]
    ranking, problems = rank(
        pack(profile(tier(places=2))), a_round(corrections=[correction("b", "ten", "remove")]), units
    )
    assert ranking is not None
    assert problems == ()
    assert codes(ranking.lists[0].tiers[0]) == ["a", "c"]


def test_a_tie_of_three_for_two_seats_across_regions_counts_the_seats_that_wait() -> None:
    """One place is sure; of the three level units nobody is, and two seats wait for them."""
    units = [unit("a", 95), unit("b", 90), unit("c", 90), unit("d", 90), unit("e", 80)]
    result = first_tier(profile(tier(places=3)), a_round(), units)
    assert codes(result) == ["a"]
    assert [(one.units, one.seats) for one in result.open] == [(("b", "c", "d"), 2)]
    assert (result.unfilled, [line.unit for line in result.reserve]) == (0, ["e"])


def test_of_level_units_those_of_a_region_with_room_are_sure_and_the_others_contend() -> None:
    """Two seats a county, A and B: a1 stands alone; a2, a3 contend for A's second seat; b1, b2 have B's two for certain."""
    seats = by_county(proportion="households")
    regions = (county("A", households=1), county("B", households=1))
    level = [unit("a2", 90), unit("a3", 90), unit("b1", 90, region="B"), unit("b2", 90, region="B")]
    result = first_tier(profile(tier(places=4, seats=[seats])), a_round(*regions), [unit("a1", 95), *level])
    assert codes(result) == ["a1", "b1", "b2"]
    assert [(one.units, one.seats) for one in result.open] == [(("a2", "a3"), 1)]


def test_ties_at_two_cuts_are_open_one_by_one() -> None:
    """A has two seats and a tie for the second, B one seat and a tie for it: two groups wait, each for one seat."""
    regions = (county("A", households=2), county("B", households=1))
    units = [
        unit("a1", 95), unit("a2", 90), unit("a3", 90), unit("b1", 80, region="B"), unit("b2", 80, region="B"),
    ]  # fmt: skip
    one = profile(tier(places=3, seats=[by_county(proportion="households")]))
    result = first_tier(one, a_round(*regions), units)
    assert [(found.units, found.seats) for found in result.open] == [(("a2", "a3"), 1), (("b1", "b2"), 1)]
    assert (codes(result), result.unfilled) == (["a1"], 0)
