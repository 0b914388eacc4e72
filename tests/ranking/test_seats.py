"""Regional seats: shares, floors, ceilings, unused seats, county before province; each seat says what kind it is."""

from __future__ import annotations

from fractions import Fraction

import pytest

from meihao.assessment.results import Assessment
from meihao.ranking import rank
from meihao.round.model import Region, Round
from meihao.standard.model import Ceiling, Pack

from .builders import (
    a_round,
    by_county,
    codes,
    correction,
    county,
    first_tier,
    pack,
    problem_codes,
    profile,
    rural,
    tier,
    unit,
)

AB = (county("A", households=3), county("B", households=1))


def test_seats_follow_passed_units_applicants_or_households() -> None:
    regions = (county("A", applicants=1, households=3), county("B", applicants=3, households=1))
    units = [unit(f"a{n}", 80 + n) for n in range(4)] + [unit(f"b{n}", 90 + n, region="B") for n in range(4)]

    def seats(proportion: str) -> list[int]:
        one = profile(tier(places=4, seats=[by_county(proportion=proportion)]))  # type: ignore[arg-type]  # literal
        return [r.seats for r in first_tier(one, a_round(*regions), units).regions]

    assert seats("passed") == [2, 2]
    assert seats("applicants") == [1, 3]
    assert seats("households") == [3, 1]


def test_passed_counts_all_passed_units_not_only_those_of_the_grade() -> None:
    units = [
        unit("a1", 90),
        unit("a2", 80, grade="qualified"),
        unit("a3", 79, grade="qualified"),
        unit("b1", 70, region="B"),
    ]
    one = profile(tier(places=4, requires="model", seats=[by_county()]))
    rows = first_tier(one, a_round(*AB), units).regions
    assert [(r.region, r.weight, r.seats) for r in rows] == [("A", 3, 3), ("B", 1, 1)]


def test_unused_seats_stay_empty_or_go_to_the_next_of_the_list() -> None:
    units = [unit("a1", 90)] + [unit(f"b{n}", 89 - n, region="B") for n in range(4)]
    for unused, members, unfilled in (("empty", ["a1", "b0"], 2), ("to_the_list", ["a1", "b0", "b1", "b2"], 0)):
        seats = by_county(proportion="households", unused=unused)  # type: ignore[arg-type]  # literal
        result = first_tier(profile(tier(places=4, seats=[seats])), a_round(*AB), units)
        assert (codes(result), result.unfilled) == (members, unfilled)
    assert [p.seat for p in result.members] == ["proportional", "proportional", "list", "list"]


def test_unused_seats_never_lift_a_region_over_its_ceiling() -> None:
    units = [unit("a1", 90)] + [unit(f"b{n}", 89 - n, region="B") for n in range(4)]
    seats = by_county(proportion="households", at_most=2, unused="to_the_list")
    result = first_tier(profile(tier(places=4, seats=[seats])), a_round(*AB), units)
    assert (codes(result), result.unfilled) == (["a1", "b0", "b1"], 1)


def test_a_floor_seats_the_best_of_a_weak_region_and_says_so() -> None:
    units = [unit(f"a{n}", 95 - n) for n in range(6)] + [unit("b1", 70, region="B"), unit("b2", 60, region="B")]
    regions = (county("A", households=99), county("B", households=1))
    one = profile(tier(places=3, seats=[by_county(proportion="households", at_least=1)]))
    result = first_tier(one, a_round(*regions), units)
    assert [(p.unit, p.seat, p.seat_region) for p in result.members] == [
        ("a0", "proportional", "A"),
        ("a1", "proportional", "A"),
        ("b1", "floor", "B"),
    ]
    assert [(r.floor, r.seats, r.without_floor, r.members) for r in result.regions] == [(1, 2, 3, 2), (1, 1, 0, 1)]
    assert (result.members[2].next, result.members[2].decided_by) == (("b2",), "figure")
    assert result.members[0].next == ("a2",)


def test_a_floor_reserves_no_more_than_the_region_has() -> None:
    units = [unit(f"a{n}", 95 - n) for n in range(6)] + [unit("b1", 70, region="B")]
    regions = (county("A", households=99), county("B", households=1), county("C", households=1))
    one = profile(tier(places=5, seats=[by_county(proportion="households", at_least=2)]))
    rows = first_tier(one, a_round(*regions), units).regions
    assert [(r.region, r.floor, r.seats) for r in rows] == [("A", 2, 4), ("B", 1, 1), ("C", 0, 0)]


def test_each_gives_seats_first_and_shares_the_rest() -> None:
    units = [unit(f"a{n}", 95 - n) for n in range(6)] + [unit(f"b{n}", 70 - n, region="B") for n in range(6)]
    rows = first_tier(
        profile(tier(places=6, seats=[by_county(proportion="households", each=1)])), a_round(*AB), units
    ).regions
    assert [r.seats for r in rows] == [4, 2]


def test_a_better_unit_without_a_seat_shows_that_the_seat_decided() -> None:
    units = [unit("a1", 95), unit("a2", 94), unit("b1", 70, region="B")]
    regions = (county("A", households=1), county("B", households=1))
    one = profile(tier(places=2, seats=[by_county(proportion="households", unused="to_the_list")]))
    place = first_tier(one, a_round(*regions), units).members[1]
    assert (place.unit, place.next, place.decided_by, place.distance) == ("b1", ("a2",), "seat", -24)


PROVINCES = (
    Region("P", "P", "province"),
    Region("Q", "Q", "province"),
    county("A", "P", households=1),
    county("B", "P", households=1),
    county("C", "Q", households=2),
)


def three(n: int) -> list[Assessment]:
    return [unit(f"{r.lower()}{i}", 90 - i, region=r) for r in "ABC" for i in range(n)]


def test_a_ceiling_of_the_province_holds_with_those_of_its_counties() -> None:
    units = [unit(f"{r.lower()}{i}", 90 - 3 * i - n, region=r) for n, r in enumerate("ABC") for i in range(4)]
    seats = by_county(proportion="households", at_most=2, unused="to_the_list")
    one = profile(tier(places=6, seats=[seats], ceilings=[Ceiling("province", 3)]))
    assert codes(first_tier(one, a_round(*PROVINCES), units)) == ["a0", "b0", "c0", "a1", "c1"]


def test_seats_of_two_levels_add_up_level_by_level() -> None:
    units = [unit(f"{r.lower()}{i}", 90 - i, region=r) for r in "ABC" for i in range(6)]
    levels = [by_county(proportion="households", at_least=2), by_county(level="province", proportion="passed")]
    one = profile(tier(places=9, seats=levels))
    rows = {r.region: r.seats for r in first_tier(one, a_round(*PROVINCES), units).regions}
    assert rows == {"A": 3, "B": 3, "C": 3, "P": 6, "Q": 3}


@pytest.mark.parametrize(
    ("counties", "provinces", "seats", "shares"),
    [
        # 7 to 2 of three: the province takes all (7, 7/2, 7/3 before 2); within it 2 1/3 and 2/3 are 2 and 1
        ("largest_remainder", "dhondt", (2, 1, 0, 3, 0), ("7/3", "2/3", "0", "7/3", "2/3")),
        # 2 1/3 and 2/3 are 2 and 1; of the two, 7 and 7/2 come before 2
        ("dhondt", "largest_remainder", (2, 0, 1, 2, 1), ("14/9", "4/9", "1", "7/3", "2/3")),
    ],
)
def test_each_level_shares_the_seats_of_the_region_around_it_by_its_own_method(
    counties: str, provinces: str, seats: tuple[int, ...], shares: tuple[str, ...]
) -> None:
    regions = (
        county("P", level="province", households=7),
        county("Q", level="province", households=2),
        county("A", "P", households=7),
        county("B", "P", households=2),
        county("C", "Q", households=1),
    )
    levels = [
        by_county(counties, "households"),  # type: ignore[arg-type]  # literal
        by_county(provinces, "households", level="province"),  # type: ignore[arg-type]  # literal
    ]
    rows = first_tier(profile(tier(places=3, seats=levels)), a_round(*regions), three(3)).regions
    assert [r.region for r in rows] == ["A", "B", "C", "P", "Q"]
    assert [(r.seats, r.share) for r in rows] == list(zip(seats, map(Fraction, shares), strict=True))


def test_unused_county_seats_stay_in_the_province_unless_it_passes_them_on() -> None:
    units = [unit("a0", 90)] + [unit(f"{r.lower()}{i}", 80 - i, region=r) for r in "BC" for i in range(6)]
    counties = by_county(proportion="households", unused="to_the_list")
    provinces = by_county(level="province", proportion="passed")  # passed 7 and 6: 4 and 4 of 8
    result = first_tier(profile(tier(places=8, seats=[counties, provinces])), a_round(*PROVINCES), units)
    rows = {r.region: (r.seats, r.members) for r in result.regions}
    assert rows == {"A": (2, 1), "B": (2, 3), "C": (4, 4), "P": (4, 4), "Q": (4, 4)}
    assert [p.seat_region for p in result.members if p.seat == "list"] == ["P"]


def codes_of(one: Pack, round_: Round, units: list[Assessment]) -> list[str]:
    return problem_codes(rank(one, round_, units)[1])


def test_input_without_which_seats_cannot_be_shared_is_refused() -> None:
    plain = pack(profile(tier(places=2, seats=[by_county(proportion="households")])))
    assert codes_of(plain, a_round(), [unit("a", 90)]) == ["K024"]
    assert codes_of(plain, a_round(*AB), [unit("a", 90, region="Z")]) == ["K023"]
    assert codes_of(plain, a_round(county("A")), [unit("a", 90)]) == ["K025"]
    assert codes_of(plain, a_round(county("A", parent="Z", households=1)), [unit("a", 90)]) == ["K021"]
    assert codes_of(plain, a_round(county("A", parent="A", households=1)), [unit("a", 90)]) == ["K022"]
    assert codes_of(plain, a_round(*AB, county("A")), [unit("a", 90)]) == ["K020"]
    floors = pack(profile(tier(places=3, seats=[by_county(proportion="households", at_least=2)])))
    several = [unit(c, 90, region=c[0].upper()) for c in ("a1", "a2", "b1", "b2")]
    assert codes_of(floors, a_round(*AB), [*several]) == ["K027"]


def test_floors_that_a_wider_ceiling_cuts_off_are_refused() -> None:
    units = three(3)
    seats = by_county(proportion="households", at_least=2)
    one = pack(profile(tier(places=6, seats=[seats], ceilings=[Ceiling("province", 3)])))
    assert set(codes_of(one, a_round(*PROVINCES), units)) == {"K029"}
    nested = pack(profile(tier(places=6, seats=[seats, by_county(level="province", at_most=3)])))
    assert set(codes_of(nested, a_round(*PROVINCES), units)) == {"K028"}
    shrinking = [by_county(proportion="households", at_most=2)]
    caps = pack(profile(tier(places=6, seats=shrinking, ceilings=[Ceiling("province", 1)])))
    assert set(codes_of(caps, a_round(*PROVINCES), units)) == {"K013"}
    lost = pack(profile(tier(places=6, seats=[by_county(), by_county(level="province")])))
    assert "K024" in codes_of(lost, a_round(*AB), [unit("a", 90)])


def test_nobody_eligible_is_no_problem() -> None:
    one = profile(tier(places=2, requires="model", seats=[by_county()]))
    result = first_tier(one, a_round(*AB), [unit("a", 90, grade="qualified")])
    assert (codes(result), result.unfilled, result.regions) == ([], 2, ())


def test_a_county_of_no_province_is_named_even_where_nobody_of_it_passed() -> None:
    seats = [by_county(proportion="households"), by_county(level="province", proportion="passed")]
    one = pack(profile(tier(places=6, seats=seats)))
    lost = county("Z", households=1)
    assert codes_of(one, a_round(*PROVINCES, lost), three(2)) == ["K026"]


def test_a_region_within_another_of_its_own_level_is_refused_where_the_level_counts() -> None:
    regions = (*PROVINCES, county("A1", "A", households=1))
    shared = pack(profile(tier(places=2, seats=[by_county(proportion="households")])))
    capped = pack(profile(tier(places=2, ceilings=[Ceiling("county", 1)])))
    whole = pack(profile(tier(places=2, ceilings=[Ceiling("province", 1)])))
    units = [unit("a", 90, region="A1"), unit("c", 89, region="C")]
    assert codes_of(shared, a_round(*regions), units) == ["K015"]
    assert codes_of(capped, a_round(*regions), units) == ["K015"]
    assert codes_of(whole, a_round(*regions), units) == []


def test_additions_beyond_a_ceiling_are_refused() -> None:
    orders = [correction("a1", "ten", "add"), correction("a2", "ten", "add")]
    one = pack(profile(tier(places=4, seats=[by_county(proportion="households", at_most=1)])))
    units = [unit("a1", 90), unit("a2", 89), unit("b1", 88, region="B")]
    assert codes_of(one, a_round(*AB, corrections=orders[:1]), units) == []
    assert codes_of(one, a_round(*AB, corrections=orders), units) == ["K035"]


def test_an_inner_tier_is_unsettled_where_the_draw_could_make_its_floors_infeasible() -> None:
    seats = by_county(proportion="households", at_least=1)
    one = profile(tier("hundred", 2), tier("ten", 1, seats=[seats]))
    regions = (county("A", households=1), county("B", households=1))
    units = [unit("a1", 95), unit("a2", 90), unit("b1", 90, region="B")]
    result = rural(one, a_round(*regions), units).tiers[1]
    assert (codes(result), result.settled) == (["a1"], False)


def test_seats_of_three_levels_add_up_from_townships_to_provinces() -> None:
    """Four places by households 3 to 1: province P has three, county A in it three, its townships two and one."""
    regions = (
        county("P", level="province", households=3),
        county("Q", level="province", households=1),
        county("A", "P", households=3),
        county("B", "Q", households=1),
        county("T", "A", households=2, level="town"),
        county("U", "A", households=1, level="town"),
        county("V", "B", households=1, level="town"),
    )
    units = [unit(f"{town}{n}", 90 - n, region=town) for town in "TUV" for n in range(3)]
    levels = [by_county(proportion="households", level=level) for level in ("town", "county", "province")]
    rows = first_tier(profile(tier(places=4, seats=levels)), a_round(*regions), units).regions
    assert {r.region: r.seats for r in rows} == {"T": 2, "U": 1, "V": 1, "A": 3, "B": 1, "P": 3, "Q": 1}
