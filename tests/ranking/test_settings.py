"""What keeps a ranking from being made is said before anyone is judged; what may still fit is a warning."""

from __future__ import annotations

from msgspec.structs import replace

from meihao.core.problems import Problems, Source
from meihao.evidence.model import UnitEvidence
from meihao.ranking.messages import FULL_MARKS_DIFFER
from meihao.ranking.settings import check_seats, check_settings
from meihao.round.model import Region, Round
from meihao.standard.model import Profile

from .builders import a_round, by_county, county, first_tier, pack, problem_codes, profile, tier, unit

TWO = (county("A", applicants=3), county("B", applicants=1))


def came(*regions: str) -> list[UnitEvidence]:
    return [UnitEvidence(f"u{n}", "village", "", region, ()) for n, region in enumerate(regions)]


def seats(one: Profile, round_: Round, *regions: str) -> Problems:
    return check_seats(pack(one), round_, None, came(*regions))


def test_an_unknown_profile_and_caps_that_shrink_need_no_unit() -> None:
    shrinking = profile(tier("hundred", 3), tier("ten", 5))
    assert problem_codes(check_settings(pack(profile()), a_round(), "never_written")) == ["K001"]
    assert problem_codes(check_settings(pack(shrinking), a_round(), None)) == ["K011"]
    assert check_settings(pack(profile()), a_round(*TWO), None) == ()


def test_an_unknown_profile_is_said_where_it_was_named() -> None:
    """By the command, by the round, by the pack."""
    here = Source("round.yaml", line=2, column=1)
    round_ = replace(a_round(), source=here)
    named = (
        check_settings(pack(profile()), round_, "never"),
        check_settings(pack(profile()), replace(round_, profile="never"), None),
        check_settings(replace(pack(profile()), default_profile="never", source=Source("pack.yaml")), round_, None),
    )
    assert [str(one.source) for said in named for one in said] == ["--profile", "round.yaml:2:1", "pack.yaml"]


def test_full_marks_must_agree_within_a_list_and_may_differ_between_lists() -> None:
    """Villages of 100 and communities of 120 stand on one list; compounds of 120 on their own."""
    (said,) = check_settings(pack(profile(), points=(100, 120, 120)), a_round(), None)
    assert (said.code, "rural" in said.message_en, "urban" in said.message_en) == (FULL_MARKS_DIFFER.code, True, False)
    assert check_settings(pack(profile(), points=(100, 100, 120)), a_round(), None) == ()
    assert check_settings(pack(profile(by="percent"), points=(100, 120, 120)), a_round(), None) == ()


def test_regions_that_stand_twice_are_told_at_once() -> None:
    assert problem_codes(check_settings(pack(profile()), a_round(*TWO, TWO[0]), None)) == ["K020"]


def test_places_cannot_be_shared_without_regions_or_numbers_or_nesting() -> None:
    one = profile(tier(places=4, seats=[by_county(proportion="households")]))
    assert problem_codes(seats(one, a_round(), "A")) == ["K024"]
    assert problem_codes(seats(one, a_round(*TWO), "A")) == ["K025"]
    both = profile(tier(places=4, seats=[by_county(proportion="applicants"), by_county(level="province")]))
    whole = Region("P", "P", "province", "", 4)
    found = seats(both, a_round(whole, county("A", "P", applicants=3), TWO[1]), "A")
    assert problem_codes(found) == ["K026"]


def test_a_county_within_a_county_is_told_before_anyone_is_judged() -> None:
    one = profile(tier(places=4, seats=[by_county(proportion="applicants")]))
    assert problem_codes(seats(one, a_round(*TWO, county("A1", "A", applicants=1)), "A1", "B")) == ["K015"]


def test_a_region_without_a_number_is_no_fault_where_another_has_one() -> None:
    """All four places go to A; B gets none."""
    one, regions = profile(tier(places=4, seats=[by_county(proportion="applicants")])), (TWO[0], county("B"))
    assert seats(one, a_round(*regions), "A", "B") == ()
    result = first_tier(one, a_round(*regions), [unit(f"a{n}", 90 - n) for n in range(4)])
    assert [(line.region, line.seats) for line in result.regions] == [("A", 4), ("B", 0)]


def test_who_will_pass_is_not_known_before() -> None:
    assert seats(profile(tier(places=4, seats=[by_county()])), a_round(*TWO), "A", "B") == ()


def test_floors_are_a_warning_where_the_units_that_came_in_could_fill_them() -> None:
    one = profile(tier(places=3, seats=[by_county(proportion="applicants", at_least=2)]))
    (said,) = seats(one, a_round(*TWO), "A", "A", "B", "B")
    assert (said.code, said.severity) == ("C040", "warning")
    assert "4" in said.text("en")
    assert seats(one, a_round(*TWO), "A", "A", "A", "B") == ()  # B has one unit, so its floor takes one seat: 3 in all


def test_a_list_that_nobody_is_on_asks_for_nothing() -> None:
    assert check_seats(pack(profile(tier(seats=[by_county()]))), a_round(), None, []) == ()
