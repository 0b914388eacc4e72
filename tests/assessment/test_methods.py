"""Proves the scoring methods: exact points on both sides of every edge, bounds of what is open, and the pages of docs/methods."""
# ruff: noqa: E501  (cases stand whole on their lines)

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from tests.assessment.packs import Facts, causes, half, item_of, make_case, make_pack, read, rows, run_entry

from meihao.assessment.results import Item
from meihao.core.numbers import Number
from meihao.core.unknown import Why
from meihao.methods.menu import MEASURES, SCORES
from meihao.methods.method import MeasureRecord
from meihao.round.context import with_context

PAGES = sorted(page for page in (Path(__file__).parents[2] / "docs" / "methods").glob("*.md") if page.stem != "README")
COHORT = [key for key, method in MEASURES.items() if method.across_units is not MeasureRecord.across_units]
FIELDS = """
x: {type: number, range: [-100, 100]}
y: {type: number, range: [0, 100]}
n: {type: count, range: [0, 50]}
given: {type: number, provided_by: inspector, range: [0, 7]}
size: {type: choice, options: {big: 大, small: 小}}
p: {type: yes_no}
q: {type: yes_no}
r: {type: yes_no}
t: {type: table, columns: {ok: {type: yes_no}}}
"""


def scored(
    score: str, facts: Facts, *, measure: str = "{field: x}", more: str = "", points: str = "5", **case: Any
) -> Item:
    """Judge one criterion of 5 points that asks just what it reads."""
    names = [name for name in read(FIELDS) if any(name in _words(text) for text in (score, measure, more))]
    own = f"measure: {measure}, " if measure else ""
    text = f"[{{id: c, points: {points}, asks: [{', '.join(names)}], {own}score: {{{score}}}{more}}}]"
    return item_of(make_pack(text, FIELDS), facts, **case)


def _words(text: str) -> set[str]:
    return set("".join(c if c.isalnum() or c == "_" else " " for c in text).split())


def points(score: str, x: Number, **more: Any) -> Number:
    item = scored(score, {"x": x}, **more)
    assert item.lo == item.hi
    return item.lo


@pytest.mark.parametrize(
    ("edge", "below", "at", "above"),
    [("at_least", 0, 5, 5), ("more_than", 0, 0, 5), ("at_most", 5, 5, 0), ("less_than", 5, 0, 0)],
)
def test_edges_are_words_and_say_whether_they_include(edge: str, below: int, at: int, above: int) -> None:
    score = f"yes_no: {{{edge}: 30}}"
    assert [points(score, x) for x in (half("29.99"), 30, half("30.01"))] == [below, at, above]


def test_several_edges_must_all_hold() -> None:
    assert [points("yes_no: {at_least: 10, less_than: 20}", x) for x in (9, 10, 19, 20)] == [0, 5, 5, 0]


def test_a_condition_gives_all_or_nothing_and_stays_open_where_it_is_unknown() -> None:
    assert scored("yes_no: p", {"p": True}, measure="").outcome == "met"
    assert scored("yes_no: p", {"p": False}, measure="").outcome == "not_met"
    assert scored("yes_no: p or q", {"p": True}, measure="").outcome == "met"
    item = scored("yes_no: p or q", {"p": False}, measure="")
    assert (item.lo, item.hi, causes(item)) == (0, 5, {("missing_fact", "q")})


def test_a_class_gives_its_points() -> None:
    choice: dict[str, Any] = {"score": "choice: {big: 5, small: 2}", "measure": "{field: size}"}
    assert [scored(facts={"size": size}, **choice).lo for size in ("big", "small")] == [5, 2]
    assert scored(facts={}, **choice).hi == 5


BANDS = "bands: [{at_least: 95, points: 5}, {more_than: 15, at_most: 30, points: 2}, {otherwise: 1}]"


@pytest.mark.parametrize(("x", "expected"), [(95, 5), (half("94.9"), 1), (15, 1), (16, 2), (30, 2), (31, 1)])
def test_the_first_band_that_holds_gives_the_points(x: Number, expected: int) -> None:
    assert points(BANDS, x) == expected


def test_a_number_in_no_band_earns_nothing() -> None:
    item = scored("bands: [{at_least: 90, points: 5}]", {"x": 3})
    assert (item.lo, item.reason.code) == (0, "no_band")


@pytest.mark.parametrize(("x", "expected"), [(-5, 0), (0, 0), (5, 2), (10, 4), (15, half("4.5")), (20, 5), (99, 5)])
def test_a_line_is_piecewise_and_flat_outside(x: Number, expected: Number) -> None:
    assert points("linear: [{value: 0, points: 0}, {value: 10, points: 4}, {value: 20, points: 5}]", x) == expected


def test_a_line_may_fall() -> None:
    assert [points("linear: [{value: 0, points: 5}, {value: 10, points: 0}]", x) for x in (0, 4, 10)] == [5, 3, 0]


@pytest.mark.parametrize(("step", "expected"), [("floor", 3), ("ceil", 4), ("prorata", half("3.5"))])
def test_a_broken_step_counts_down_up_or_in_proportion(step: str, expected: Number) -> None:
    assert points(f"per_item: {{points: 1, for_each: 2, step: {step}, at_most: 5}}", 7) == expected
    assert points(f"deduct: {{lose: 1, for_each: 2, step: {step}}}", 7) == 5 - expected
    target = f"deduct_from_target: {{target: 90, lose: 1, for_each: 2, step: {step}}}"
    assert points(target, 83) == 5 - expected


def test_a_reward_stops_at_its_cap_and_an_item_at_its_full_mark() -> None:
    assert [points("per_item: {points: 1, for_each: 1, step: floor, at_most: 3}", x) for x in (2, 3, 4)] == [2, 3, 3]
    assert points("per_item: {points: 2, for_each: 1, step: floor}", 4) == 5
    assert points("per_item: {points: 2, for_each: 1, step: floor}", 4, more=", uncapped: true") == 8


def test_a_deduction_ends_at_0_and_may_lose_no_more_than_stated() -> None:
    assert [points("deduct: {lose: 2, for_each: 1, step: floor}", x) for x in (0, 1, 2, 3)] == [5, 3, 1, 0]
    assert points("deduct: {lose: 2, for_each: 1, step: floor, at_most: 3}", 9) == 2
    assert points("deduct: {lose: 2, for_each: 1, step: floor}", 4, more=", unfloored: true") == -3
    assert points("deduct: {lose: 2, for_each: 1, step: floor}", -4) == 5


TARGET = "deduct_from_target: {target: 90, base: 3, lose: 1, for_each: 1, step: floor, gain: 1, gain_at_most: 2, not_beyond: 80}"


@pytest.mark.parametrize(("x", "expected"), [(90, 3), (91, 4), (92, 5), (99, 5), (89, 2), (87, 0), (80, 0), (79, 0)])
def test_around_a_target_points_are_gained_and_lost(x: Number, expected: int) -> None:
    assert points(TARGET, x) == expected


def test_a_target_may_be_missed_from_above() -> None:
    above = "deduct_from_target: {target: 10, lose: 1, for_each: 1, step: ceil, side: above, not_beyond: 13}"
    assert [points(above, x) for x in (9, 10, half("10.1"), 13, half("13.1"))] == [5, 5, 4, 2, 0]
    gaining = "deduct_from_target: {target: 10, base: 2, lose: 1, for_each: 1, step: floor, side: above, gain: 1}"
    assert [points(gaining, x) for x in (12, 11, 10, 9, 5)] == [0, 1, 2, 3, 5]


CHECK = "checklist: {items: [{title: 甲, when: p}, {title: 乙, when: q}, {title: 丙, when: r}], HOW}"


@pytest.mark.parametrize(
    ("how", "by_count"), [('lookup: {"3": 5, "2": 3}', (0, 0, 3, 5)), ("each: 1.5", (0, half("1.5"), 3, half("4.5"))),
                          ("lose: 2", (0, 1, 3, 5))],
)  # fmt: skip
def test_a_checklist_counts_what_holds(how: str, by_count: tuple[Number, ...]) -> None:
    score = CHECK.replace("HOW", how)
    for held, expected in enumerate(by_count):
        facts = {name: number < held for number, name in enumerate("pqr")}
        item = scored(score, facts, measure="")
        assert item.lo == item.hi == expected


def test_an_open_line_of_a_checklist_leaves_only_its_own_points_open() -> None:
    score = CHECK.replace("HOW", 'lookup: {"3": 5, "2": 3}')
    item = scored(score, {"p": True, "q": True}, measure="")
    assert (item.lo, item.hi, causes(item)) == (3, 5, {("missing_fact", "r")})
    assert scored(score, {"p": False, "q": False}, measure="").outcome == "not_met"


def test_a_checklist_that_is_full_without_an_open_line_is_met() -> None:
    item = scored(CHECK.replace("HOW", 'lookup: {"2": 5}'), {"p": True, "q": True}, measure="", closed=True)
    assert (item.outcome, item.whys, item.late) == ("met", (), False)


def test_a_judgement_stays_within_its_range_and_waits_for_the_inspector() -> None:
    judgement = {"score": "discretion: {from: 1, to: 4}", "measure": "{field: given}"}
    assert [scored(facts={"given": x}, **judgement).lo for x in (0, 1, 3, 4, 7)] == [1, 1, 3, 4, 4]
    waiting = scored(facts={}, closed=True, **judgement)
    assert (waiting.lo, waiting.hi, causes(waiting)) == (0, 5, {("awaiting_inspector", "given")})


# combinators

TWO = "[{title: 甲, when: p, points: 5}, {title: 乙, measure: {field: x}, score: {linear: [{value: 0, points: 0}, {value: 10, points: 4}]}, points: 4}]"


@pytest.mark.parametrize("how", ["any_of", "best_of"])
@pytest.mark.parametrize(
    ("facts", "bounds"),
    [
        ({"p": True, "x": 0}, (5, 5)),
        ({"p": False, "x": 5}, (2, 2)),
        ({"p": False, "x": 0}, (0, 0)),
        ({"p": True}, (5, 5)),
        ({"p": False}, (0, 4)),
        ({"x": 10}, (4, 5)),
        ({}, (0, 5)),
    ],
)
def test_the_best_route_counts_and_each_route_is_bounded_alone(how: str, facts: Facts, bounds: tuple[int, int]) -> None:
    item = scored(f"{how}: {TWO}", facts, measure="")
    assert (item.lo, item.hi) == bounds


def test_a_full_route_makes_the_others_unimportant_after_the_deadline_too() -> None:
    item = scored(f"any_of: {TWO}", {"p": True}, measure="", closed=True)
    assert (item.outcome, item.lo, item.late, item.whys) == ("met", 5, False, ())


def test_after_the_deadline_an_owed_route_counts_0_and_the_other_counts() -> None:
    item = scored(f"any_of: {TWO}", {"x": 5}, measure="", closed=True)
    assert (item.outcome, item.lo, item.hi, item.late) == ("partly_met", 2, 2, True)
    assert item.whys == (Why("missing_fact", "p", owed=True),)


ALL = "all_of: {parts: [{title: 甲, when: p}, {title: 乙, measure: {field: x}, score: {linear: [{value: 0, points: 0}, {value: 10, points: 5}]}}], otherwise: OTHERWISE}"


@pytest.mark.parametrize(
    ("facts", "zero", "lowest"),
    [
        ({"p": True, "x": 10}, (5, 5), (5, 5)),
        ({"p": True, "x": 8}, (0, 0), (4, 4)),
        ({"p": False, "x": 10}, (0, 0), (0, 0)),
        ({"x": 8}, (0, 0), (0, 4)),
        ({"x": 10}, (0, 5), (0, 5)),
        ({"p": True}, (0, 5), (0, 5)),
        ({"p": False}, (0, 0), (0, 0)),
    ],
)
def test_all_parts_or_nothing_or_the_lowest_part(facts: Facts, zero: tuple[int, int], lowest: tuple[int, int]) -> None:
    for otherwise, bounds in (("zero", zero), ("lowest", lowest)):
        item = scored(ALL.replace("OTHERWISE", otherwise), facts, measure="")
        assert (item.lo, item.hi) == bounds


SUM = "sum: [{title: 甲, points: 2, when: p}, {title: 乙, points: 3, measure: {field: n}, score: {deduct: {lose: 1, for_each: 1}}}]"


@pytest.mark.parametrize(
    ("facts", "bounds"),
    [({"p": True, "n": 0}, (5, 5)), ({"p": True, "n": 2}, (3, 3)), ({"p": False, "n": 9}, (0, 0)), ({"p": True}, (2, 5)),
     ({"n": 1}, (2, 4)), ({}, (0, 5))],
)  # fmt: skip
def test_parts_are_added_and_each_is_bounded_alone(facts: Facts, bounds: tuple[int, int]) -> None:
    item = scored(SUM, facts, measure="")
    assert (item.lo, item.hi) == bounds


def test_a_part_that_does_not_apply_earns_nothing_and_leaves_the_others() -> None:
    part = "{title: 甲, measure: {percent: n, of: n, when_zero: not_applicable}, score: {yes_no: {at_least: 100}}}"
    score = f"any_of: [{part}, {{title: 乙, when: p}}]"
    assert scored(score, {"n": 0, "p": True}, measure="").lo == 5
    assert scored(score, {"n": 0, "p": False}, measure="").outcome == "not_met"


@pytest.mark.parametrize(("n", "expected"), [(0, 5), (3, 2), (4, 2), (9, 2)])
def test_a_part_neither_sinks_below_0_nor_rises_above_its_own_mark(n: int, expected: int) -> None:
    falling = "{title: 甲, points: 3, measure: {field: n}, score: {deduct: {lose: 1, for_each: 1}}}"
    rising = "{title: 乙, points: 2, measure: {field: x}, score: {per_item: {points: 1, for_each: 1, step: floor}}}"
    item = scored(f"sum: [{falling}, {rising}]", {"n": n, "x": 9}, measure="")
    assert (item.lo, item.hi) == (expected, expected)


def test_parts_inside_parts_are_bounded_alone() -> None:
    inner = "{title: 内, points: 3, score: {any_of: [{title: 乙, when: q}, {title: 丙, when: r}]}}"
    item = scored(f"sum: [{{title: 甲, points: 2, when: p}}, {inner}]", {"p": True, "q": False}, measure="")
    assert (item.lo, item.hi, causes(item)) == (2, 5, {("missing_fact", "r")})


# numbers that are looked up

LOOKUP = "{by: size, big: 60, otherwise: 30}"


@pytest.mark.parametrize(
    ("score", "in_big", "in_small"),
    [
        (f"yes_no: {{at_least: {LOOKUP}}}", 0, 5),
        (f"bands: [{{at_least: {LOOKUP}, points: 5}}, {{otherwise: 0}}]", 0, 5),
        ("bands: [{at_least: 0, points: {by: size, big: 2, otherwise: 5}}]", 2, 5),
        (f"linear: [{{value: 0, points: 0}}, {{value: {LOOKUP}, points: 5}}]", half("2.5"), 5),
        ("linear: [{value: 0, points: 0}, {value: 30, points: {by: size, big: 2, otherwise: 5}}]", 2, 5),
        ("per_item: {points: 1, for_each: {by: size, big: 15, otherwise: 10}, step: floor}", 2, 3),
        ("deduct: {lose: 1, for_each: {by: size, big: 15, otherwise: 10}, step: floor}", 3, 2),
        (f"deduct_from_target: {{target: {LOOKUP}, lose: 1, for_each: 10, step: floor}}", 2, 5),
        ("discretion: {from: 0, to: {by: size, big: 3, otherwise: 4}}", 3, 4),
        ('checklist: {items: [{title: 甲, when: p}], each: {by: size, big: 3, otherwise: 4}}', 3, 4),
    ],
)  # fmt: skip
def test_any_number_may_depend_on_the_class_and_waits_for_the_class(
    score: str, in_big: Number, in_small: Number
) -> None:
    measure = "{field: given}" if "discretion" in score else "" if "checklist" in score else "{field: x}"
    facts = {"x": 30, "given": 7, "p": True}
    for size, expected in (("big", in_big), ("small", in_small)):
        assert scored(score, {**facts, "size": size}, measure=measure).lo == expected
    open_ = scored(score, facts, measure=measure)
    assert (open_.lo, open_.hi, causes(open_)) == (0, 5, {("missing_fact", "size")})


def test_points_of_a_class_may_be_looked_up_and_wait_too() -> None:
    score = "choice: {big: {by: region, N: 5, otherwise: 3}, small: 0}"
    more: dict[str, Any] = {"measure": "{field: size}", "facts": {"size": "big"}}
    assert [scored(score, region=region, **more).lo for region in ("N", "S")] == [5, 3]
    assert causes(scored(score, **more)) == {("missing_fact", "unit.region")}


# points beyond the full mark and below 0


@pytest.mark.parametrize(
    ("score", "measure", "more", "bounds"),
    [
        ("deduct: {lose: 1, for_each: 1}", "{field: n}", ", unfloored: true", (-45, 5)),
        ("deduct: {lose: 1, for_each: 1, at_most: 7}", "{field: n}", ", unfloored: true", (-2, 5)),
        ("per_item: {points: 1, for_each: 1}", "{field: n}", ", uncapped: true", (0, 50)),
        ("per_item: {points: 1, for_each: 1}", "{count_rows: t}", ", uncapped: true", (0, 50)),
        ("linear: [{value: -100, points: -95}, {value: 100, points: 105}]", "{field: x}", ", uncapped: true, unfloored: true", (-95, 105)),
        ("bands: [{at_least: 50, points: 1}, {at_least: 20, points: -9}, {otherwise: 0}]", "{field: x}", ", unfloored: true", (-9, 5)),
        ("linear: [{value: 0, points: 0}, {value: 10, points: -4}, {value: 20, points: 9}]", "{field: x}", ", uncapped: true, unfloored: true", (-4, 9)),
        ("deduct_from_target: {target: 90, lose: 2, for_each: 1, step: floor, not_beyond: 80}", "{field: y}", ", unfloored: true", (-15, 5)),
        ("deduct_from_target: {target: 90, lose: 2, for_each: 1, step: floor, gain: 1}", "{field: y}", ", uncapped: true", (0, 15)),
        ("choice: {big: -3, small: 8}", "{field: size}", ", unfloored: true, uncapped: true", (-3, 8)),
        ("per_item: {points: 1, for_each: 1, step: floor}", "{percent: n, of: y + 1}", ", uncapped: true", (0, 5000)),
        ("yes_no: {at_least: 3}", "{field: x}", ", uncapped: true", (0, 5)),
        ("discretion: {from: 1, to: 5}", "{field: given}", ", uncapped: true", (0, 5)),
        ("deduct: {lose: 1, for_each: {by: size, big: 2, otherwise: 1}, step: floor}", "{field: n}", ", unfloored: true", (-45, 5)),
        ("deduct: {lose: 1, for_each: 1, at_most: 7}", "{change_from: n, now: n, as: number}", ", unfloored: true", (-2, 5)),
        ("deduct: {lose: 1, for_each: 1, step: floor}", "{change_from: n, now: n, as: number}", ", unfloored: true", (0, 5)),
        ("deduct_from_target: {target: 9, lose: 1, for_each: 1, step: floor}", "{change_from: n, now: n, as: number}", ", unfloored: true", (0, 5)),
    ],
)  # fmt: skip
def test_an_unknown_measure_may_turn_out_to_earn_anything_in_its_true_bounds(
    score: str, measure: str, more: str, bounds: tuple[int, int]
) -> None:
    item = scored(score, {}, measure=measure, more=more)
    assert (item.lo, item.hi) == bounds


@pytest.mark.parametrize(
    ("score", "more", "bounds"),
    [
        ("checklist: {items: [{title: 甲, when: p}, {title: 乙, when: q}], each: 4}", ", uncapped: true", (0, 8)),
        ("checklist: {items: [{title: 甲, when: p}, {title: 乙, when: q}], lose: 4}", ", unfloored: true", (-3, 5)),
        (
            'checklist: {items: [{title: 甲, when: p}], lookup: {"1": 7, "0": -2}}',
            ", uncapped: true, unfloored: true",
            (-2, 7),
        ),
        ("sum: [{title: 甲, points: 4, when: p}, {title: 乙, points: 3, when: q}]", ", uncapped: true", (0, 7)),
        ("any_of: [{title: 甲, points: 9, when: p}, {title: 乙, when: q}]", ", uncapped: true", (0, 9)),
    ],
)
def test_a_missing_document_leaves_every_point_of_the_parts_possible(
    score: str, more: str, bounds: tuple[int, int]
) -> None:
    item = scored(score, {"p": True, "q": False}, measure="", more=f"{more}, evidence: [{{document: 合同}}]")
    assert (item.lo, item.hi, causes(item)) == (*bounds, {("missing_document", "合同")})


def test_a_truth_counts_1_or_0() -> None:
    item = scored("yes_no: {at_least: 1}", {"p": True}, measure="{field: p}")
    assert (item.lo, item.measured) == (5, 1)


def test_no_value_leaves_the_bounds_that_were_printed_while_it_was_unknown() -> None:
    more = ", uncapped: true, unfloored: true"
    for score in (TARGET, "bands: [{at_least: 50, points: -9}, {at_least: 20, points: 12}, {otherwise: 0}]"):
        open_ = scored(score, {}, more=more)
        for x in range(-100, 101, 7):
            assert open_.lo <= points(score, x, more=more) <= open_.hi


def test_after_the_deadline_a_row_that_lacks_a_cell_does_not_count() -> None:
    facts = {"t": rows({"ok": True}, {})}
    each = {"score": "per_item: {points: 2, for_each: 1}", "measure": "{count_rows: t, where: ok}"}
    assert (scored(facts=facts, **each).lo, scored(facts=facts, **each).hi) == (2, 4)
    late = scored(facts=facts, closed=True, **each)
    assert (late.lo, late.hi, late.late, late.whys) == (2, 2, True, (Why("missing_fact", "t.ok"),))


# the pages


def examples(page: Path) -> list[dict[str, Any]]:
    blocks = page.read_text(encoding="utf-8").split("```yaml\n")[1:]
    return [read(block.split("```")[0]) for block in blocks]


def test_every_score_and_every_measure_has_a_page() -> None:
    assert {page.stem for page in PAGES} == {*SCORES, *MEASURES}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_examples_of_a_page_use_its_word_and_give_the_points_that_it_works_out(page: Path) -> None:
    found = examples(page)
    assert found
    for example in found:
        key = "score" if page.stem in SCORES else "measure"
        assert page.stem in example["criterion"][key]
        for expected, got in run_entry(example):
            assert got == expected


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_says_what_it_is_how_it_counts_its_edges_what_unknown_does_and_all_that_in_english_too(
    page: Path,
) -> None:
    text = page.read_text(encoding="utf-8")
    for heading in ("## 写法", "## 怎样算", "## 界限", "## 缺数据时", "## In English"):
        assert heading in text
    known = [
        case for example in examples(page) for case in example["cases"] if case["expect"].get("outcome") == "unknown"
    ]
    assert known


@pytest.mark.parametrize("name", COHORT)
def test_the_round_of_a_cohort_page_gives_the_measures_that_it_works_out(name: str) -> None:
    (example,) = [e for page in PAGES if page.stem == name for e in examples(page)]
    fields = {field: dict(given) for field, given in example["fields"].items()}
    pack = make_pack(str([example["criterion"]]), str(fields))
    cases = [make_case(pack, facts, code=f"U{i}") for i, facts in enumerate(example["round"]["units"])]
    found = [(case.cohort or {})["place.d.c"] for case in with_context(pack, cases)]
    assert found == [Fraction(str(value)) for value in example["round"]["measures"]]
