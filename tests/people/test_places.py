"""Where a grant holds: own, below, other; compared with walking up the tree for trees made at random."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from meihao.core.text import Label
from meihao.people.places import WHOLE_ROUND, RoleGrant, RoundPlace, map_of, relation
from meihao.people.roles import HOLDS, NAMES
from meihao.round.model import Region, Round
from meihao.round.roster import Enrolled, Roster


def round_of(regions: tuple[Region, ...]) -> Round:
    return Round("r", Label("r"), None, False, "self", regions=regions)


@given(st.lists(st.integers(-1, 7), min_size=1, max_size=8), st.data())
def test_a_reviewers_grant_reaches_what_lies_under_it(parents: list[int], data: st.DataObject) -> None:
    """Parents may be unknown or run in a circle: what is not found going up is not reached."""
    names = [str(n) for n in range(len(parents))]
    regions = tuple(Region(n, n, "x", str(p) if p >= 0 else "") for n, p in zip(names, parents, strict=True))
    at, where = data.draw(st.sampled_from(names)), data.draw(st.sampled_from([*names, "8", ""]))
    on = map_of(round_of(regions), Roster({"V": Enrolled("V", "village", "某村", at)}))
    up, seen = parents[int(at)], {at}
    while 0 <= up < len(parents) and str(up) not in seen:
        seen.add(str(up))
        up = parents[up]
    wanted = "own" if where == at else "below" if where in seen else "other"
    for role in ("township", "county"):
        assert relation(RoleGrant(role, where), on.unit("V"), on) == wanted


def test_a_unit_that_is_not_on_the_roster_lies_below_no_region() -> None:
    on = map_of(round_of((Region("1", "县", "county"),)), None)
    assert on.unit("V") == RoundPlace("", "V")
    assert relation(RoleGrant("county", "1"), on.unit("V"), on) == "other"
    assert relation(RoleGrant("county", ""), on.unit("V"), on) == "other"


def test_an_applicant_reaches_its_own_unit_by_its_whole_code() -> None:
    on = map_of(round_of(()), Roster({c: Enrolled(c, "village", c) for c in ("V-1", "V-11")}))
    assert [relation(RoleGrant("applicant", "V-1"), on.unit(c), on) for c in ("V-1", "V-11", "v-1")] == [
        "own",
        "other",
        "other",
    ]


def test_a_region_and_a_unit_of_the_same_code_are_two_places() -> None:
    on = map_of(
        round_of((Region("1", "县", "county"), Region("2", "县", "county"))),
        Roster({"1": Enrolled("1", "village", "村", "2")}),
    )
    assert relation(RoleGrant("county", "1"), on.unit("1"), on) == "other"
    assert relation(RoleGrant("applicant", "1"), RoundPlace("1"), on) == "other"


def test_who_is_there_for_the_whole_round_alone_reaches_it() -> None:
    on = map_of(round_of((Region("1", "县", "county"),)), None)
    for role in NAMES:
        reached = relation(RoleGrant(role, "1" if HOLDS[role] == "region" else ""), WHOLE_ROUND, on)
        assert (reached == "own") == (HOLDS[role] == "round"), role
