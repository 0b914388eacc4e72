"""The order of a list: printed figures are compared, equal ones share a rank, ties go key by key, the last step is a lot."""

from __future__ import annotations

from fractions import Fraction
from hashlib import sha256

from msgspec.structs import replace

from meihao.ranking import rank
from meihao.standard.model import TieKey

from .builders import TIES, a_round, pack, problem_codes, profile, ranked, rural, tier, unit


def test_equal_printed_totals_share_a_rank_1_2_2_4() -> None:
    units = [unit("d", 80), unit("b", 90), unit("a", 95), unit("c", 90)]
    listed = rural(profile(), a_round(), units).units
    assert [(s.unit, s.rank) for s in listed] == [("a", 1), ("b", 2), ("c", 2), ("d", 4)]


def test_what_is_printed_is_what_is_compared() -> None:
    one = profile(ties=TIES)
    units = [unit("a", "90.04", satisfaction=12), unit("b", "90.01", satisfaction=18)]
    ranking, _ = rank(pack(one, display_places=1), a_round(), units)
    assert ranking is not None
    assert [(s.unit, s.rank, s.figure) for s in ranking.ranked("rural").units] == [("b", 1, 90), ("a", 1, 90)]


def test_ties_go_key_by_key_and_name_the_step_that_decided() -> None:
    units = [
        unit("a", 90, satisfaction=10, major=2),
        unit("b", 90, satisfaction=10, major=1),
        unit("c", 90, satisfaction=15, major=3),
        unit("d", 89),
    ]
    listed = rural(profile(ties=TIES), a_round(), units).units
    assert [(s.unit, s.ahead_by) for s in listed] == [
        ("c", "percent_of(dimension.satisfaction)"),
        ("b", "findings(major)"),
        ("a", "figure"),
        ("d", ""),
    ]
    assert [(k.name, k.value) for k in listed[0].keys] == [
        ("percent_of(dimension.satisfaction)", 75),
        ("findings(major)", 3),
    ]


def test_a_dimension_that_does_not_apply_stands_behind_every_known_one() -> None:
    units = [unit("a", 90, satisfaction=None), unit("b", 90, satisfaction=0)]
    assert [s.unit for s in rural(profile(ties=TIES), a_round(), units).units] == ["b", "a"]


def test_the_lot_is_sha256_of_seed_line_feed_and_code_smallest_first() -> None:
    by_hand = sorted("abc", key=lambda code: sha256(b"0630\n" + code.encode()).hexdigest())
    listed = rural(profile(), a_round(seed="0630"), [unit(code, 90) for code in "abc"]).units
    assert [s.unit for s in listed] == by_hand
    assert listed[0].lot == sha256(b"0630\n" + by_hand[0].encode()).hexdigest()
    assert [s.ahead_by for s in listed] == ["lot", "lot", ""]
    assert {s.rank for s in listed} == {1}


def test_without_a_seed_equal_units_stand_by_code_for_display_only() -> None:
    listed = rural(profile(), a_round(), [unit("c", 80), *(unit(code, 90) for code in "ba")])
    assert [(s.unit, s.lot, s.ahead_by) for s in listed.units] == [("a", "", ""), ("b", "", "figure"), ("c", "", "")]
    assert listed.ties == (("a", "b"),)


def test_units_that_were_drawn_are_still_named_as_equal() -> None:
    listed = rural(profile(), a_round(seed="0630"), [unit("d", 80), *(unit(code, 90) for code in "cba")])
    assert listed.ties == (("a", "b", "c"),)


def test_different_full_marks_compare_as_percent() -> None:
    one = profile(by="percent")
    units = [unit("v", 160), unit("c", 90, kind="community")]
    ranking, _ = rank(pack(one, points=(200, 100, 100)), a_round(), units)
    assert ranking is not None
    assert [(s.unit, s.figure) for s in ranking.ranked("rural").units] == [("c", 90), ("v", 80)]
    refused, problems = rank(pack(profile(), points=(200, 100, 100)), a_round(), units)
    assert refused is None
    assert problem_codes(problems) == ["K008"]


def test_percents_are_rounded_as_printed() -> None:
    ranking, _ = rank(pack(profile(by="percent"), points=(300, 100, 100)), a_round(), [unit("v", 250)])
    assert ranking is not None
    assert ranking.ranked("rural").units[0].figure == Fraction(8333, 100)


def test_undetermined_units_wait_on_a_list_of_their_own() -> None:
    units = [
        unit("a", 95),
        unit("b", 85),
        unit("w", 70, state="undetermined", possible=90),
        unit("x", 75, state="undetermined", possible=99),
    ]
    listed = rural(profile(tier()), a_round(), units)
    assert [s.unit for s in listed.units] == ["a", "b"]
    assert [(w.unit, w.figure, w.possible, w.best_rank) for w in listed.waiting] == [("x", 75, 99, 1), ("w", 70, 90, 2)]
    assert [p.unit for p in listed.tiers[0].members] == ["a", "b"]


def test_failed_units_are_named_with_the_deciding_line() -> None:
    listed = rural(profile(), a_round(), [unit("a", 95), unit("f", 99, state="failed")])
    assert [(f.unit, f.deciding) for f in listed.failed] == [("f", (("line", "grades.qualified.base"),))]


def test_every_unit_is_accounted_for_even_outside_the_lists() -> None:
    one = profile(lists=("rural",))
    ranking, problems = rank(pack(one), a_round(), [unit("a", 95), unit("c", 95, kind="compound")])
    assert ranking is not None
    assert ranking.outside == ("c",)
    assert problem_codes(problems) == ["K006"]


def test_kinds_outside_the_group_do_not_meet_on_a_list() -> None:
    ranking = ranked(profile(), a_round(), [unit("a", 95), unit("c", 96, kind="compound")])
    assert [s.unit for s in ranking.ranked("urban").units] == ["c"]


def test_input_that_does_not_belong_here_is_refused() -> None:
    one, round_ = profile(tier()), a_round()
    foreign = replace(unit("a", 90), pack_digest="sha256:other")
    assert problem_codes(rank(pack(one), round_, [foreign])[1]) == ["K003"]
    early = replace(unit("a", 90), stage="self")
    assert problem_codes(rank(pack(one), round_, [early])[1]) == ["K004"]
    assert problem_codes(rank(pack(one), round_, [unit("a", 90), unit("a", 91)])[1]) == ["K002"]
    assert problem_codes(rank(pack(one), round_, [replace(unit("a", 90), kind="town")])[1]) == ["K005"]
    assert problem_codes(rank(pack(one), round_, [], "q")[1]) == ["K001"]


def test_an_assessment_of_an_open_round_is_told_from_that_of_a_closed_one() -> None:
    one, round_ = profile(tier()), a_round()
    given = replace(unit("a", 90), closed=not round_.closed)
    (said,) = rank(pack(one), round_, [given])[1]
    words = ("closed", "open") if given.closed else ("open", "closed")
    assert [word for word in said.text("en").replace(",", " ").split() if word in words][:2] == list(words)


def test_a_profile_that_cannot_be_ranked_is_refused() -> None:
    missing = profile(ties=[TieKey("higher", "percent_of", "safety")])
    assert set(problem_codes(rank(pack(missing), a_round(), [])[1])) == {"K009"}
    assert problem_codes(rank(pack(profile(lists=("rurall",))), a_round(), [])[1]) == ["K007"]
    assert problem_codes(rank(pack(profile(tier(requires="modell"))), a_round(), [])[1]) == ["K010"]


def test_points_themselves_may_be_tie_keys() -> None:
    keys = [TieKey("higher", "base"), TieKey("fewer", "bonus"), TieKey("higher", "total")]
    units = [
        replace(unit("a", 90), base_lo=85, bonus_lo=5),
        replace(unit("b", 90), base_lo=88, bonus_lo=2),
        replace(unit("c", 90), base_lo=88, bonus_lo=1),
    ]
    listed = rural(profile(ties=keys), a_round(), units).units
    assert [(s.unit, s.ahead_by) for s in listed] == [("c", "bonus"), ("b", "base"), ("a", "")]
