"""Random rounds: a slow walk down the list agrees, caps hold, inner tiers lie inside, nothing irrelevant matters."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from meihao.assessment.results import Assessment
from meihao.ranking import TierResult, to_json
from meihao.round.model import Region, Round
from meihao.standard.model import Ceiling, Profile, Seats, Tier

from .builders import a_round, by_county, codes, county, profile, ranked, rural, tier, unit

COUNTIES = {"A": "P", "B": "P", "C": "Q", "D": "Q"}
REGIONS = (
    Region("P", "P", "province"),
    Region("Q", "Q", "province"),
    *(county(code, parent, applicants=n + 1, households=7 - n) for n, (code, parent) in enumerate(COUNTIES.items())),
)
FEW = settings(max_examples=60, deadline=None)


class World(Struct, frozen=True):
    profile: Profile
    round: Round
    units: list[Assessment]


@st.composite
def units(draw: st.DrawFn, most: int = 14) -> list[Assessment]:
    states = st.sampled_from(["passed", "passed", "passed", "failed", "undetermined"])
    return [
        unit(
            f"u{n:02}",
            draw(st.integers(80, 90)),
            region=draw(st.sampled_from("ABCD")),
            kind=draw(st.sampled_from(["village", "community"])),
            state=draw(states),  # type: ignore[arg-type]  # literals
            grade=draw(st.sampled_from(["qualified", "model"])),
        )
        for n in range(draw(st.integers(1, most)))
    ]


@st.composite
def seats(draw: st.DrawFn, at_most: int | None) -> Seats:
    return by_county(
        allot=draw(st.sampled_from(["largest_remainder", "dhondt"])),
        proportion=draw(st.sampled_from(["applicants", "households"])),
        at_least=draw(st.integers(0, 1)),
        at_most=at_most,
        unused=draw(st.sampled_from(["to_the_list", "empty"])),
        each=draw(st.integers(0, 1)),
    )


@st.composite
def worlds(draw: st.DrawFn, seed: str | None = "0630") -> World:
    cap = draw(st.none() | st.integers(1, 4))
    places = draw(st.integers(4, 10))
    inner_places = draw(st.integers(4, places))
    ceilings = [Ceiling("province", max(4, places - 1))] if draw(st.booleans()) else []
    outer = tier("hundred", places, seats=[draw(seats(cap))] if draw(st.booleans()) else [], ceilings=ceilings)
    inner_cap = cap if outer.seats and cap is not None else draw(st.none() | st.integers(1, 4))
    inner_cap = 4 if inner_cap is None and ceilings else inner_cap
    inner = tier("ten", inner_places, requires="model", seats=[draw(seats(inner_cap))] if draw(st.booleans()) else [])
    one = profile(
        outer, inner, still_tied=draw(st.sampled_from(["lot", "committee", "shared"])) if seed is None else "lot"
    )
    return World(one, a_round(*REGIONS, seed=seed), draw(units()))


def slow_walk(one: Tier, eligible: list[tuple[str, str]], result: TierResult) -> set[str]:
    """Walk down the list by pencil: (code, county) best first; quotas as printed in the result's own table."""
    quota = {r.region: (r.floor, r.seats) for r in result.regions}
    top = one.seats[0].at_most if one.seats else None
    wide = one.ceilings[0].at_most if one.ceilings else None
    chosen: list[tuple[str, str]] = []

    def may(code: str, region: str, limit: int | None) -> bool:
        here = sum(r == region for _, r in chosen)
        around = sum(COUNTIES[r] == COUNTIES[region] for _, r in chosen)
        full = len(chosen) >= one.places or (top is not None and here >= top) or (wide is not None and around >= wide)
        return not full and (limit is None or here < limit) and (code, region) not in chosen

    def go(limits: dict[str, int] | None) -> None:
        for code, region in eligible:
            if may(code, region, None if limits is None else limits[region]):
                chosen.append((code, region))

    if quota:
        go({region: floor for region, (floor, _) in quota.items()})
        go({region: n for region, (_, n) in quota.items()})
    if not one.seats or one.seats[0].unused == "to_the_list":
        go(None)
    return {code for code, _ in chosen}


@FEW
@given(worlds())
def test_a_slow_walk_down_the_list_agrees_and_caps_hold(world: World) -> None:
    listed = rural(world.profile, world.round, world.units)
    inside: set[str] | None = None
    for one, result in zip(world.profile.tiers, listed.tiers, strict=True):
        fits = [s for s in listed.units if one.requires == "qualified" or s.grade == "model"]
        eligible = [(s.unit, s.region) for s in fits if inside is None or s.unit in inside]
        members = set(codes(result))
        assert members == slow_walk(one, eligible, result)
        assert inside is None or members <= inside
        assert len(members) <= one.places
        assert sum(r.seats for r in result.regions) <= one.places
        for row in result.regions:
            assert row.at_most is None or row.members <= row.at_most
            assert row.members >= row.floor
        inside = members


@FEW
@given(worlds(seed=None))
def test_order_of_input_and_failed_units_change_nothing(world: World) -> None:
    before = ranked(world.profile, world.round, world.units)
    turned = ranked(world.profile, world.round, world.units[::-1])
    assert to_json(before)["digest"] == to_json(turned)["digest"]
    more = [*world.units, unit("zz", 100, region="A", state="failed")]
    after = ranked(world.profile, world.round, more)
    assert [one.tiers for one in after.lists] == [one.tiers for one in before.lists]


@FEW
@given(worlds(seed=None))
def test_whoever_wins_the_draw_certain_places_stay(world: World) -> None:
    """Without a seed, a place is certain exactly where no draw takes it away; open units are those some draw lets in."""
    flat = replace(world.profile, still_tied="lot", tiers=world.profile.tiers[:1])
    before = rural(flat, world.round, world.units).tiers[0]
    certain, possible = set(codes(before)), {u for o in before.open for u in o.units}
    for seed in ("1", "2", "3", "4", "5", "6"):
        drawn = set(codes(rural(flat, replace(world.round, lot_seed=seed), world.units).tiers[0]))
        assert certain <= drawn <= certain | possible
        assert len(drawn) == len(certain) + sum(o.seats for o in before.open)


@FEW
@given(worlds(seed=None))
def test_a_settled_inner_tier_stays_whatever_the_draw(world: World) -> None:
    one = replace(world.profile, still_tied="lot")
    before = rural(one, world.round, world.units).tiers[-1]
    if before.settled and not before.open:
        for seed in ("1", "2", "3", "4"):
            drawn = rural(one, replace(world.round, lot_seed=seed), world.units).tiers[-1]
            assert set(codes(drawn)) == set(codes(before))


@FEW
@given(units(), st.integers(0, 13), st.integers(0, 10))
def test_raising_a_total_never_worsens_a_rank(given_units: list[Assessment], which: int, more: int) -> None:
    one = given_units[which % len(given_units)]
    lifted = replace(one, total_lo=one.total_lo + more, total_hi=one.total_hi + more)
    before = {s.unit: s.rank for s in rural(profile(), a_round(), given_units).units}
    after = {
        s.unit: s.rank for s in rural(profile(), a_round(), [lifted if u is one else u for u in given_units]).units
    }
    assert one.unit not in before or after[one.unit] <= before[one.unit]
