"""Proves the order of effects on one item: applies, exempt, score, clamp, round once, hold, zero; and what the deadline changes."""
# ruff: noqa: E501  (cases stand whole on their lines)

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest
from msgspec.structs import replace
from tests.assessment.packs import Facts, causes, half, item_of, judge, make_case, make_pack, plan_of, rows

from meihao.assessment.assess import assess
from meihao.assessment.items import FREE, Holds, compile_item
from meihao.assessment.marks import Books
from meihao.assessment.results import Item, NodeScore
from meihao.core.numbers import Number
from meihao.core.unknown import Unknown, Why
from meihao.pipeline import Judged
from meihao.round.scope import CaseScope
from meihao.standard.model import Pack, leaves

FIELDS = """
x: {type: number, range: [-100, 100]}
a: {type: yes_no}
e: {type: yes_no}
z: {type: yes_no}
o: {type: yes_no, provided_by: inspector}
g: {type: yes_no, provided_by: registry}
w: {type: yes_no, provided_by: township}
t: {type: table, columns: {ok: {type: yes_no}, kind: {type: text}}}
rt: {type: table, provided_by: registry, columns: {ok: {type: yes_no}}}
"""
LINE = "linear: [{value: 0, points: 0}, {value: 10, points: 5}]"
APPLIES, EXEMPT, ZERO = ", applies_when: a", ", exempt_when: e", ", zero_when: z"


def one(
    more: str = "", *, score: str = LINE, places: int = 2, rules: str = "{}", asks: str = "", when_closed: str = "zero"
) -> Pack:
    asked = asks or "x" + "".join(f", {name}" for name in "aez" if f"_when: {name}" in more)
    text = f"[{{id: c, points: 5, asks: [{asked}], measure: {{field: x}}, score: {{{score}}}{more}}}]"
    return make_pack(text, FIELDS, rules, places=places, when_closed=when_closed)


def shown(item: Item) -> tuple[str, Number, Number]:
    return item.outcome, item.lo, item.hi


# 4: applies


@pytest.mark.parametrize(
    ("policy", "expected"),
    [("full", ("not_applicable", 5, 5)), ("zero", ("not_applicable", 0, 0)), ("reweight", ("not_applicable", 0, 0))],
)
def test_what_does_not_apply_earns_what_its_policy_says(policy: str, expected: tuple[str, int, int]) -> None:
    pack = one(f"{APPLIES}, not_applicable: {policy}")
    assert shown(item_of(pack, {"x": 4, "a": False})) == expected
    assert shown(item_of(pack, {"a": False})) == expected
    assert shown(item_of(pack, {"x": 4, "a": True})) == ("partly_met", 2, 2)


def test_whether_it_applies_may_be_unknown_and_leaves_everything_open() -> None:
    item = item_of(one(APPLIES), {"x": 10})
    assert (shown(item), causes(item)) == (("unknown", 0, 5), {("missing_fact", "a")})


def test_an_open_applicability_keeps_the_bounds_of_an_item_that_may_leave_its_full_mark() -> None:
    free = f"{APPLIES}, uncapped: true, unfloored: true"
    wide = "linear: [{value: -100, points: -3}, {value: 100, points: 9}]"
    assert shown(item_of(one(free, score=wide), {"x": -100})) == ("unknown", -3, 9)
    assert shown(item_of(one(free, score=wide), {"x": -100, "a": True})) == ("not_met", -3, -3)


# 5: exempt


def test_an_exempt_item_earns_full_points_whatever_it_measures() -> None:
    for facts in ({"e": True, "x": 0}, {"e": True}):
        assert shown(item_of(one(EXEMPT), facts)) == ("exempt", 5, 5)
    assert shown(item_of(one(EXEMPT), {"e": False, "x": 2})) == ("partly_met", 1, 1)


def test_what_does_not_apply_is_not_exempt_either() -> None:
    assert shown(item_of(one(APPLIES + EXEMPT), {"a": False, "e": True})) == ("not_applicable", 0, 0)


def test_an_open_exemption_keeps_what_is_earned_and_leaves_full_points_possible() -> None:
    item = item_of(one(EXEMPT), {"x": 4})
    assert (shown(item), causes(item)) == (("unknown", 2, 5), {("missing_fact", "e")})
    assert shown(item_of(one(EXEMPT), {"x": 10})) == ("met", 5, 5)
    assert causes(item_of(one(EXEMPT), {})) == {("missing_fact", "e"), ("missing_fact", "x")}


def test_an_open_exemption_may_also_cost_points_above_the_full_mark() -> None:
    wide = "linear: [{value: 0, points: 0}, {value: 100, points: 9}]"
    assert shown(item_of(one(f"{EXEMPT}, uncapped: true", score=wide), {"x": 100})) == ("unknown", 5, 9)


def test_an_open_exemption_of_a_measure_that_does_not_apply_is_open() -> None:
    text = "[{id: c, points: 5, asks: [x, e], measure: {percent: x, of: x, when_zero: not_applicable}, score: {LINE}, exempt_when: e}]"
    pack = make_pack(text.replace("LINE", LINE), FIELDS)
    assert shown(item_of(pack, {"x": 0})) == ("unknown", 0, 5)
    assert shown(item_of(pack, {"x": 0, "e": False})) == ("not_applicable", 0, 0)
    assert shown(item_of(pack, {"x": 0, "e": True})) == ("exempt", 5, 5)


# 6: clamp, round once


@pytest.mark.parametrize(
    ("places", "x", "points"),
    [
        (2, half("0.010"), half("0.01")),
        (2, half("0.009"), 0),
        (2, half("0.03"), half("0.02")),
        (1, half("0.1"), half("0.1")),
        (1, half("0.09"), 0),
        (0, 1, 1),
        (0, half("0.99"), 0),
        (0, 5, 3),
    ],
)
def test_points_are_rounded_once_and_a_half_goes_up(places: int, x: Number, points: Number) -> None:
    assert item_of(one(places=places), {"x": x}).lo == points


@pytest.mark.parametrize(
    ("x", "points"),
    [(half("-0.01"), half("-0.01")), (half("-0.009"), 0), (-1, half("-0.5")), (half("-0.03"), half("-0.02"))],
)
def test_a_negative_half_goes_away_from_zero(x: Number, points: Number) -> None:
    wide = "linear: [{value: -100, points: -50}, {value: 100, points: 50}]"
    assert item_of(one(", unfloored: true, uncapped: true", score=wide), {"x": x}).lo == points


def test_points_are_clamped_before_they_are_rounded_unless_the_item_says_otherwise() -> None:
    wide = "linear: [{value: -100, points: -50}, {value: 100, points: 50}]"
    for more, low, high in (("", 0, 5), (", uncapped: true", 0, 25), (", unfloored: true", -25, 5)):
        pack = one(more, score=wide)
        assert (item_of(pack, {"x": -50}).lo, item_of(pack, {"x": 50}).hi) == (low, high)


def test_a_third_is_rounded_and_the_measure_stays_exact() -> None:
    item = item_of(one(score="linear: [{value: 0, points: 0}, {value: 3, points: 1}]"), {"x": 2})
    assert (item.lo, item.measured) == (half("0.67"), 2)


# 7: hold, zero

RULE = "checks: [{id: r, when: WHEN, unknown: UNKNOWN, effect: {EFFECT: place.d.c}}]"


def ruled(effect: str, more: str = "", unknown: str = "flag", when: str = "g") -> Pack:
    return one(more, rules=RULE.replace("WHEN", when).replace("UNKNOWN", unknown).replace("EFFECT", effect))


def test_a_held_item_is_open_whatever_it_earned() -> None:
    for facts in ({"g": True, "x": 10}, {"g": True, "x": 0}, {"g": True}):
        item = item_of(ruled("hold_item"), facts)
        assert (shown(item), causes(item)) == (("unknown", 0, 5), {("numbers_disagree", "checks.r")})
    assert shown(item_of(ruled("hold_item"), {"g": False, "x": 10})) == ("met", 5, 5)


def test_a_rule_that_flags_holds_too_and_a_quiet_one_does_not() -> None:
    assert shown(item_of(ruled("hold_item"), {"x": 10})) == ("unknown", 0, 5)
    assert shown(item_of(ruled("hold_item", unknown="quiet"), {"x": 10})) == ("met", 5, 5)


def test_an_exemption_does_not_help_an_item_that_is_held_and_what_does_not_apply_cannot_be_held() -> None:
    assert shown(item_of(ruled("hold_item", EXEMPT), {"g": True, "e": True})) == ("unknown", 0, 5)
    assert shown(item_of(ruled("hold_item", APPLIES), {"g": True, "a": False})) == ("not_applicable", 0, 0)


@pytest.mark.parametrize("facts", [{"x": 10}, {"x": 0}, {}, {"e": True}, {"a": False}])
def test_zero_beats_everything_before_it(facts: Facts) -> None:
    more = APPLIES + EXEMPT + ZERO
    item = item_of(one(more), {"a": True, "e": False, **facts, "z": True})
    assert (shown(item), item.reason.code, item.whys) == (("not_met", 0, 0), "zero_when", ())
    ruled_out = item_of(ruled("zero_item", APPLIES + EXEMPT), {"a": True, "e": False, **facts, "g": True})
    assert (shown(ruled_out), ruled_out.reason.get("rule")) == (("not_met", 0, 0), "checks.r")


def test_an_item_that_is_held_and_then_zeroed_is_0() -> None:
    both = RULE.replace("WHEN", "g").replace("UNKNOWN", "flag").replace("EFFECT", "hold_item")
    second = "{id: s, when: w, unknown: flag, effect: {zero_item: place.d.c}}"
    pack = one(rules=both[:-1] + f", {second}]")
    assert shown(item_of(pack, {"g": True, "w": True, "x": 10})) == ("not_met", 0, 0)
    assert shown(item_of(pack, {"g": True, "w": False, "x": 10})) == ("unknown", 0, 5)
    assert shown(item_of(pack, {"g": False, "w": False, "x": 10})) == ("met", 5, 5)
    held = item_of(pack, {"g": True, "x": 10})
    assert causes(held) == {("numbers_disagree", "checks.r"), ("missing_fact", "w")}


def test_the_criterions_own_zero_is_named_before_the_rules() -> None:
    item = item_of(ruled("zero_item", ZERO), {"x": 10, "z": True, "g": True})
    assert item.reason.code == "zero_when"


def test_a_zeroed_item_stays_in_the_denominator() -> None:
    other = "- {id: d, points: 5, asks: [x], measure: {field: x}, score: {yes_no: {at_least: 1}}}"
    text = f"- {{id: c, points: 5, asks: [x, a], measure: {{field: x}}, score: {{{LINE}}}{APPLIES}}}\n{other}"
    pack = make_pack(text, FIELDS, "checks: [{id: r, when: g, effect: {zero_item: place.d.c}}]")
    assert judge(pack, {"x": 1, "a": False, "g": False}).base_lo == 10
    assert judge(pack, {"x": 1, "a": False, "g": True}).base_lo == 5


def test_an_open_zero_keeps_what_is_possible_and_takes_what_was_certain() -> None:
    for pack in (one(ZERO), ruled("zero_item")):
        item = item_of(pack, {"x": 4})
        assert (shown(item), len(item.whys)) == (("unknown", 0, 2), 1)
        assert shown(item_of(pack, {"x": 0})) == ("not_met", 0, 0)
    assert shown(item_of(ruled("zero_item", unknown="quiet"), {"x": 4})) == ("partly_met", 2, 2)


def test_an_open_zero_may_lift_points_below_0() -> None:
    wide = "linear: [{value: -100, points: -50}, {value: 100, points: 50}]"
    item = item_of(one(f"{ZERO}, unfloored: true", score=wide), {"x": -10})
    assert shown(item) == ("unknown", -5, 0)


def test_an_open_zero_of_what_does_not_apply_is_open() -> None:
    pack = one(APPLIES + ZERO)
    assert shown(item_of(pack, {"a": False})) == ("unknown", 0, 5)
    assert shown(item_of(pack, {"a": False, "z": True})) == ("not_met", 0, 0)
    assert shown(item_of(pack, {"a": False, "z": False})) == ("not_applicable", 0, 0)
    assert shown(item_of(one(f"{APPLIES}{ZERO}, not_applicable: zero"), {"a": False})) == ("not_applicable", 0, 0)


# after the deadline

OWED: Sequence[tuple[str, Facts]] = ((", zero_when: False", {}),)


@pytest.mark.parametrize(
    ("asks", "cause", "late"),
    [("a", "missing_fact", True), ("o", "awaiting_inspector", False), ("g", "missing_fact", False), ("w", "missing_fact", False),
     ("t", "missing_fact", True), ("rt", "missing_fact", False)],
)  # fmt: skip
def test_after_the_deadline_only_what_the_applicant_owes_counts_0(asks: str, cause: str, late: bool) -> None:
    test = f"any_row({asks}, where=ok)" if asks in ("t", "rt") else asks
    pack = make_pack(f"[{{id: c, points: 5, asks: [{asks}], score: {{yes_no: '{test}'}}}}]", FIELDS)
    assert shown(item_of(pack)) == ("unknown", 0, 5)
    item = item_of(pack, closed=True)
    assert shown(item) == (("not_met", 0, 0) if late else ("unknown", 0, 5))
    assert (item.late, causes(item)) == (late, {(cause, asks)})


def test_a_missing_cell_is_owed_by_whoever_owes_the_table() -> None:
    for table, late in (("t", True), ("rt", False)):
        pack = make_pack(
            f"[{{id: c, points: 5, asks: [{table}], score: {{yes_no: 'any_row({table}, where=ok)'}}}}]", FIELDS
        )
        item = item_of(pack, {table: rows({})}, closed=True)
        assert (item.late, item.hi) == (late, 0 if late else 5)


@pytest.mark.parametrize(
    "cause", ["sample_too_small", "awaiting_inspector", "inspectors_disagree", "numbers_disagree", "needs_round"]
)
def test_every_other_reason_stays_unknown_after_the_deadline(cause: Any) -> None:
    facts: Facts = {"x": Unknown((Why(cause, "x", owed=True),))}
    assert shown(item_of(one(), facts, closed=True)) == ("unknown", 0, 5)


def test_one_reason_that_is_not_owed_keeps_the_item_open() -> None:
    pack = make_pack("[{id: c, points: 5, asks: [a, o], score: {yes_no: a and o}}]", FIELDS)
    assert shown(item_of(pack, closed=True)) == ("unknown", 0, 5)
    assert shown(item_of(pack, {"o": True}, closed=True)) == ("not_met", 0, 0)
    assert shown(item_of(pack, {"a": False}, closed=True)) == ("not_met", 0, 0)


def test_an_open_round_and_a_pack_that_says_unknown_wait() -> None:
    assert shown(item_of(one(), closed=False)) == ("unknown", 0, 5)
    assert shown(item_of(one(when_closed="unknown"), closed=True)) == ("unknown", 0, 5)


def test_after_the_deadline_an_exemption_that_was_not_shown_is_none() -> None:
    item = item_of(one(EXEMPT), {"x": 4}, closed=True)
    assert (shown(item), item.late) == (("partly_met", 2, 2), True)
    assert shown(item_of(one(EXEMPT), {}, closed=True)) == ("not_met", 0, 0)


def test_after_the_deadline_a_zero_that_was_not_excluded_is_one() -> None:
    item = item_of(one(ZERO), {"x": 10}, closed=True)
    assert (shown(item), item.late, causes(item)) == (("not_met", 0, 0), True, {("missing_fact", "z")})


def test_rules_never_turn_what_is_missing_into_points() -> None:
    pack = one(rules="checks: [{id: r, when: a, unknown: flag, effect: {zero_item: place.d.c}}]")
    assert shown(item_of(pack, {"x": 4}, closed=True)) == ("unknown", 0, 2)


def test_an_item_below_0_needs_its_facts_after_the_deadline_too() -> None:
    wide = "linear: [{value: -100, points: -50}, {value: 100, points: 50}]"
    assert shown(item_of(one(", unfloored: true", score=wide), closed=True)) == ("unknown", -50, 5)


# a method that fails


def test_a_method_that_fails_is_an_error_that_blocks_a_pass_and_never_vanishes() -> None:
    pack = one()
    wrong = make_case(pack, {"x": "不是数"})
    assessment = assess(plan_of(pack), wrong)
    item = assessment.item("place.d.c")
    assert (shown(item), item.reason.code) == (("error", 0, 5), "error")
    assert assessment.verdict.state == "undetermined"
    assert ("error", "place.d.c") in assessment.verdict.deciding


def test_an_error_stays_one_when_the_item_is_held() -> None:
    pack = one()
    criterion = next(leaves(pack.standard("place")))
    judge_one = compile_item(criterion, Books.of(pack), 2)
    item = judge_one(CaseScope(make_case(pack, {"x": "不是数"})), replace(FREE, held=(Why("numbers_disagree", "r"),)))
    assert item.outcome == "error"
    assert judge_one(CaseScope(make_case(pack, {"x": 10})), Holds()).outcome == "met"


# items that read items


def test_an_item_that_builds_on_items_is_unknown_if_they_are_and_order_in_the_file_does_not_matter() -> None:
    text = """
    - {id: c, points: 5, asks: [], measure: {field: 'points("place.d.b")'}, score: {linear: [{value: 0, points: 0}, {value: 5, points: 5}]}}
    - {id: b, points: 5, asks: [x], measure: {field: x}, score: {linear: [{value: 0, points: 0}, {value: 10, points: 5}]}}
    - {id: f, points: 5, asks: [], score: {yes_no: 'outcome("place.d.b") == "met"'}}
    """
    pack = make_pack(text, FIELDS)
    assert [item_of(pack, {"x": 4}, name).lo for name in "cbf"] == [2, 2, 0]
    assert [item_of(pack, {"x": 10}, name).lo for name in "cbf"] == [5, 5, 5]
    for name in "cbf":
        item = item_of(pack, {}, name)
        assert (shown(item), causes(item)) == (("unknown", 0, 5), {("missing_fact", "x")})


# what is printed is what is compared


def test_columns_add_up_on_the_default_pack(sample: Sequence[Judged], default_pack: Pack) -> None:
    for judged in sample:
        a = judged.assessment
        root = default_pack.standard(a.kind)
        for node in (n for n in a.nodes if n.id != a.kind):
            items = [i for i in a.items if i.id.startswith(node.id + ".")]
            assert (sum(i.lo for i in items), sum(i.hi for i in items)) == (node.raw_lo, node.raw_hi)
            if node.applicable == node.points:
                assert (node.lo, node.hi) == (node.raw_lo, node.raw_hi)
        dimensions = [a.node(child.id) for child in root.children]
        assert (a.base_lo, a.base_hi) == (sum(d.lo for d in dimensions), sum(d.hi for d in dimensions))
        assert (a.total_lo, a.total_hi) == (a.base_lo + a.bonus_lo, a.base_hi + a.bonus_hi)
        figures: list[Item | NodeScore] = [*a.items, *a.nodes]
        assert all(Fraction(f.lo * 100).denominator == 1 and f.lo <= f.hi for f in figures)
        assert {i.id for i in a.items} == {c.id for c in leaves(root)}
        assert all((i.lo < i.hi) == (i.outcome in ("unknown", "error")) for i in a.items)
        assert all(i.whys for i in a.items if i.outcome == "unknown")
