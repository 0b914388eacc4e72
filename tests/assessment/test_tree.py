"""Proves step 8: shared caps in listed order, sums, weighted means and minima, and what happens to marks that do not apply."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from tests.assessment.packs import Facts, half, judge, make_pack

from meihao.assessment.results import Assessment
from meihao.core.numbers import Number
from meihao.standard.model import Pack

FIELDS = "{a: {type: number}, b: {type: number}, c: {type: number}, ok: {type: yes_no}}"


def line(name: str, points: str = "5", more: str = "") -> str:
    """Return a criterion that earns what its field says."""
    score = f"linear: [{{value: 0, points: 0}}, {{value: {points}, points: {points}}}]"
    asks = f"[{name}, ok]" if "applies_when: ok" in more else f"[{name}]"
    return f"{{id: {name}, points: {points}, asks: {asks}, measure: {{field: {name}}}, score: {{{score}}}{more}}}"


def tree(*entries: str, node: str = "{}", places: int = 2) -> Pack:
    return make_pack("[" + ", ".join(entries) + "]", FIELDS, node=node, places=places)


def base(pack: Pack, **facts: Any) -> tuple[Number, Number]:
    assessment = judge(pack, facts)
    return assessment.base_lo, assessment.base_hi


IF_ON = ", applies_when: ok"


def test_a_sum_adds_the_items() -> None:
    pack = tree(line("a"), line("b"), line("c"))
    assert base(pack, a=1, b=half("2.25"), c=5) == (half("8.25"), half("8.25"))
    assert base(pack, a=1, b=2) == (3, 8)


def test_marks_that_do_not_apply_are_made_up_for_by_the_others_in_proportion_and_rounded_once() -> None:
    pack = tree(line("a", more=IF_ON), line("b", "10"))
    node = judge(pack, {"ok": False, "b": 7}).node("place.d")
    assert (node.lo, node.raw_lo, node.applicable, node.points) == (half("10.5"), 7, 10, 15)
    assert base(tree(line("a", "4", IF_ON), line("b", "3")), ok=False, b=1) == (half("2.33"), half("2.33"))
    assert base(tree(line("a", "4", IF_ON), line("b", "3")), ok=False, b=2) == (half("4.67"), half("4.67"))


@pytest.mark.parametrize(("policy", "expected"), [("full", 7), ("zero", 2), ("reweight", 4)])
def test_full_counts_in_both_zero_is_nothing_of_its_marks_and_reweight_leaves_both(policy: str, expected: int) -> None:
    pack = tree(line("a", more=f"{IF_ON}, not_applicable: {policy}"), line("b"))
    assert base(pack, ok=False, b=2) == (expected, expected)


def test_a_group_with_nothing_applicable_does_not_apply_itself_and_its_parent_makes_up_for_it() -> None:
    group = f"{{id: g, points: 5, criteria: [{line('a', more=IF_ON)}]}}"
    pack = tree(group, line("b"))
    assessment = judge(pack, {"ok": False, "b": 2})
    assert assessment.node("place.d.g").applicable == 0
    assert (assessment.node("place.d.g").lo, assessment.node("place.d.g").hi) == (0, 0)
    assert (assessment.base_lo, assessment.base_hi) == (4, 4)
    assert base(pack, ok=True, a=3, b=2) == (5, 5)


@pytest.mark.parametrize("points", ["1", "0.5"])
def test_a_group_of_a_point_or_less_counts_like_any_other(points: str) -> None:
    pack = tree(f"{{id: g, points: {points}, criteria: [{line('a', points)}]}}", line("b"))
    assert base(pack, a=half(points), b=2) == (2 + half(points), 2 + half(points))


def test_a_dimension_with_nothing_applicable_is_made_up_for_at_the_root() -> None:
    pack = make_pack(f"{{d: [{line('a', more=IF_ON)}], e: [{line('b', '10')}]}}", FIELDS)
    assessment = judge(pack, {"ok": False, "b": 6})
    assert (assessment.base_lo, assessment.nodes[-1].applicable) == (9, 10)


def test_a_unit_to_which_nothing_applies_is_undetermined_and_anything_is_possible() -> None:
    pack = tree(line("a", more=IF_ON))
    assessment = judge(pack, {"ok": False})
    assert (assessment.base_lo, assessment.base_hi) == (0, 5)
    assert assessment.verdict.state == "undetermined"
    assert ("nothing_applicable", "") in assessment.verdict.deciding


def test_a_weighted_mean_is_exact_until_it_is_rounded_once() -> None:
    pack = tree(
        line("a", "10", ", weight: 2"), line("b", "5", ", weight: 1"), node="{aggregate: weighted_mean, points: 100}"
    )
    assert base(pack, a=5, b=5) == (half("66.67"), half("66.67"))  # (2 x 1/2 + 1 x 1) / 3
    assert base(pack, a=10, b=0) == (half("66.67"), half("66.67"))
    assert base(pack, a=5) == (half("33.33"), half("66.67"))


def test_a_weighted_mean_leaves_out_what_does_not_apply() -> None:
    pack = tree(line("a", "10", f", weight: 9{IF_ON}"), line("b", "5"), node="{aggregate: weighted_mean, points: 100}")
    assert base(pack, ok=False, b=2) == (40, 40)


def test_a_minimum_takes_the_worst_share() -> None:
    pack = tree(line("a", "10"), line("b", "5"), node="{aggregate: min, points: 20}")
    assert base(pack, a=10, b=3) == (12, 12)
    assert base(pack, a=4, b=5) == (8, 8)
    assert base(pack, a=4) == (0, 8)
    assert base(pack, a=1, b=Fraction(1, 3)) == (half("1.32"), half("1.32"))  # b rounds to 0.33 of 5


def test_a_minimum_leaves_out_what_does_not_apply() -> None:
    pack = tree(line("a", "10", IF_ON), line("b", "5"), node="{aggregate: min, points: 20}")
    assert base(pack, ok=False, b=3) == (12, 12)


# shared caps


def capped(cap: str, points: int, *entries: str, aggregate: str = "sum") -> Pack:
    shared = f"{{points: {points}, aggregate: {aggregate}, shared_caps: [{{of: [a, b], {cap}}}]}}"
    return tree(*(entries or (line("a"), line("b"), line("c"))), node=shared)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"a": 5, "b": 5, "c": 5}, (11, 11)),
        ({"a": 2, "b": 3, "c": 0}, (5, 5)),
        ({"a": 4, "b": 3, "c": 0}, (6, 6)),
        ({"a": 4, "c": 0}, (4, 6)),
        ({"b": 5, "c": 0}, (5, 6)),
        ({"c": 5}, (5, 11)),
    ],
)
def test_a_shared_ceiling_of_gains_is_used_up_and_full_marks_are_the_nodes_own(
    facts: Facts, expected: tuple[int, int]
) -> None:
    pack = capped("gain_at_most: 6", 11)
    node = judge(pack, facts).node("place.d")
    assert (node.lo, node.hi) == expected
    assert node.applicable == node.points == 11


def test_an_item_under_a_shared_ceiling_that_does_not_apply_takes_no_marks_away_while_the_others_fill_it() -> None:
    pack = capped("gain_at_most: 5", 10, line("a", more=IF_ON), line("b"), line("c"))
    assert base(pack, ok=False, b=5, c=0) == (5, 5)
    smaller = capped("gain_at_most: 8", 13, line("a", more=IF_ON), line("b"), line("c"))
    node = judge(smaller, {"ok": False, "b": 5, "c": 5}).node("place.d")
    assert (node.lo, node.raw_lo, node.applicable) == (13, 10, 10)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"a": 0, "b": 0, "c": 5}, (12, 12)),
        ({"a": 4, "b": 4, "c": 5}, (13, 13)),
        ({"a": 4, "b": 0, "c": 5}, (12, 12)),
        ({"a": 4, "c": 5}, (12, 14)),
        ({"c": 0}, (7, 10)),
    ],
)
def test_a_shared_limit_of_losses_is_used_up(facts: Facts, expected: tuple[int, int]) -> None:
    node = judge(capped("lose_at_most: 3", 15), facts).node("place.d")
    assert (node.lo, node.hi) == expected


def test_what_is_beyond_a_ceiling_is_cut_from_nobody_else() -> None:
    pack = capped("gain_at_most: 4", 9)
    assert base(pack, a=5, b=0, c=0) == base(pack, a=5, b=5, c=0) == (4, 4)
    assert base(pack, a=0, b=5, c=5) == (9, 9)


def test_marks_below_0_leave_no_more_room_under_a_ceiling() -> None:
    """a earns -2 and b 5, of which the ceiling leaves 4: 2 together."""
    below = line("a", more=", unfloored: true").replace("{value: 0, points: 0}", "{value: 0, points: -2}")
    pack = capped("gain_at_most: 4", 9, below, line("b"), line("c"))
    assert base(pack, a=0, b=5, c=0) == (2, 2)


def test_a_limit_of_no_loss_gives_back_every_mark() -> None:
    pack = capped("lose_at_most: 0", 15)
    assert base(pack, a=0, b=3, c=1) == (11, 11)  # 5 + 5 + 1


def test_a_ceiling_is_used_up_in_listed_order_which_a_weighted_mean_shows() -> None:
    first, second = line("a", more=", weight: 3"), line("b", more=", weight: 1")
    pack = capped("gain_at_most: 6", 100, first, second, aggregate="weighted_mean")
    assert base(pack, a=5, b=5) == (80, 80)  # a keeps 5, b gets the 1 that is left: (3 x 1 + 1 x 1/5) / 4
    assert base(pack, a=0, b=5) == (25, 25)
    assert base(pack, a=2, b=5) == (50, 50)


@pytest.mark.parametrize("aggregate", ["sum", "weighted_mean", "min"])
@pytest.mark.parametrize("cap", ["gain_at_most: 6", "lose_at_most: 4"])
def test_the_bounds_under_a_cap_hold_whatever_the_open_item_turns_out_to_be(cap: str, aggregate: str) -> None:
    pack = capped(cap, 6 if "gain" in cap else 10, line("a"), line("b"), aggregate=aggregate)
    for known, open_ in (("a", "b"), ("b", "a")):
        for given, later in product(range(6), repeat=2):
            low, high = base(pack, **{known: given})
            exact = base(pack, **{known: given, open_: later})
            assert low <= exact[0] == exact[1] <= high


def test_points_beyond_a_full_mark_are_no_loss() -> None:
    free = line("a", more=", uncapped: true").replace(
        "{value: 5, points: 5}", "{value: 5, points: 5}, {value: 9, points: 9}"
    )
    pack = capped("lose_at_most: 3", 15, free, line("b"), line("c"))
    assert base(pack, a=9, b=0, c=0) == (11, 11)  # 9, and of b's 5 lost only 3 + 0 are let go: 2


def test_the_nodes_are_listed_inner_ones_first_and_the_root_last() -> None:
    group = f"{{id: g, points: 5, criteria: [{line('a')}]}}"
    assessment: Assessment = judge(tree(group, line("b")), {"a": 1, "b": 1})
    assert [node.id for node in assessment.nodes] == ["place.d.g", "place.d", "place"]


@pytest.mark.parametrize("aggregate", ["sum", "weighted_mean", "min"])
@pytest.mark.parametrize("cap", ["gain_at_most: 6", "lose_at_most: 4"])
@pytest.mark.parametrize("order", ["[a, b]", "[b, a]"])
def test_the_bounds_under_a_cap_hold_though_an_open_item_may_turn_out_not_to_apply(
    cap: str, aggregate: str, order: str
) -> None:
    """A certain failure must stay certain: b = 5 under a minimum was sure of 0 until a turned out not to apply."""
    points = (6 if "gain" in cap else 10) if aggregate == "sum" else 10
    node = f"{{points: {points}, aggregate: {aggregate}, shared_caps: [{{of: {order}, {cap}}}]}}"
    pack = tree(line("a", more=IF_ON), line("b"), node=node)
    for b in range(6):
        low, high = base(pack, b=b)
        decided: list[Facts] = [{"ok": False}, *({"ok": True, "a": a} for a in range(6))]
        for facts in decided:
            exact = base(pack, b=b, **facts)
            assert low <= exact[0] <= exact[1] <= high, (b, facts)


def test_with_many_open_items_under_a_cap_the_node_stays_wholly_open() -> None:
    names = "abcdefgh"
    fields = "{ok: {type: yes_no}, " + ", ".join(f"{n}: {{type: number, range: [0, 9]}}" for n in names) + "}"
    entries = ", ".join(line(n, more=IF_ON) for n in names)
    node = f"{{points: 40, aggregate: min, shared_caps: [{{of: [{', '.join(names)}], gain_at_most: 20}}]}}"
    pack = make_pack(f"[{entries}]", fields, node=node)
    assert base(pack) == (0, 40)
