"""Proves steps 11 and 12: grades on the printed figures, and a verdict in which a certain failure wins over any unknown."""
# ruff: noqa: E501  (cases stand whole on their lines)

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import pytest
from msgspec.structs import replace
from tests.assessment.packs import Facts, half, judge, make_pack

from meihao.assessment.results import Assessment
from meihao.assessment.to_json import body_digest, datum, to_json
from meihao.core.canonical import canonical, digest
from meihao.core.numbers import Number
from meihao.standard.model import Pack

FIELDS = "{x: {type: number}, y: {type: number}, k: {type: count}, a: {type: yes_no}, big: {type: choice, options: {big: 大, small: 小}}}"


def line(name: str, points: int, more: str = "") -> str:
    asks = f"[{name}, a]" if "when: a" in more else f"[{name}]"
    score = f"linear: [{{value: 0, points: 0}}, {{value: {points}, points: {points}}}]"
    return f"[{{id: c, points: {points}, asks: {asks}, measure: {{field: {name}}}, score: {{{score}}}{more}}}]"


def graded(grades: str, more: str = "", pass_grade: str = "good", rules: str = "{}", bonus: int = 10) -> Pack:
    return make_pack(
        f"{{d: {line('x', 60, more)}, e: {line('y', 40)}}}",
        FIELDS,
        rules,
        grades=grades,
        pass_grade=pass_grade,
        bonus=bonus,
    )


def one_line(text: str) -> Pack:
    return graded(f"[{{id: good, lines: [{{{text}}}]}}]")


def result(pack: Pack, x: Number | None, y: Number | None, **more: Any) -> Assessment:
    facts: Facts = {name: value for name, value in (("x", x), ("y", y)) if value is not None} | more.pop("facts", {})
    return judge(pack, facts, **more)


@pytest.mark.parametrize(
    ("text", "x", "y", "state"),
    [
        ("of: base, at_least: 80", 60, 20, "passed"),
        ("of: base, at_least: 80", 60, half("19.99"), "failed"),
        ("of: base, at_least: 80", 60, half("19.996"), "passed"),  # what is printed is what is compared: 20.00
        ("of: base, at_least: 80", 60, None, "undetermined"),
        ("of: base, at_least: 80", 39, None, "failed"),
        ("of: base, at_least: 80", 40, None, "undetermined"),
        ("of: base, at_least: 60", 60, None, "passed"),
        ("of: base, at_least_percent: 60", 60, 0, "passed"),
        ("of: base, at_least_percent: 60", half("59.99"), 0, "failed"),
        ("of: dimension.e, at_least: 10", 0, 10, "passed"),
        ("of: dimension.e, at_least: 10", 60, half("9.99"), "failed"),
        ("of: dimension.e, at_least: 10", None, 10, "passed"),
        ("of: every_dimension, at_least_percent: 50", 30, 20, "passed"),
        ("of: every_dimension, at_least_percent: 50", 30, half("19.99"), "failed"),
        ("of: every_dimension, at_least_percent: 50", half("29.99"), 40, "failed"),
        ("of: every_dimension, at_least_percent: 50", None, 20, "undetermined"),
        ("of: every_dimension, at_least_percent: 50", None, 19, "failed"),
        ("of: every_dimension, at_least: 20", 20, 20, "passed"),
    ],
)
def test_a_line_holds_fails_or_is_open(text: str, x: Number | None, y: Number | None, state: str) -> None:
    assert result(one_line(text), x, y).verdict.state == state


def test_a_line_may_depend_on_the_stage_or_the_class_and_is_open_without_it() -> None:
    by_stage = one_line("of: base, at_least: {by: stage, self: 90, verified: 80}")
    assert result(by_stage, 60, 25, stage="self").verdict.state == "failed"
    assert result(by_stage, 60, 25, stage="verified").verdict.state == "passed"
    by_class = one_line("of: base, at_least: {by: big, big: 90, small: 80}")
    assert result(by_class, 60, 25, facts={"big": "small"}).verdict.state == "passed"
    open_ = result(by_class, 60, 25)
    assert (open_.verdict.state, open_.lines[0].at_least) == ("undetermined", None)


def test_a_percent_line_shows_its_points() -> None:
    (shown,) = result(one_line("of: dimension.d, at_least_percent: 50"), 30, 0).lines
    assert (shown.at_least, shown.figure, shown.line) == (30, "place.d", "dimension.d")


def test_bonus_counts_for_a_line_of_the_total_only() -> None:
    rules = "bonus: [{id: b, at_most: 5, when: k > 0, points: 5}]"
    for of, state in (("total", "passed"), ("base", "failed")):
        pack = graded(f"[{{id: good, lines: [{{of: {of}, at_least: 90}}]}}]", rules=rules)
        assert result(pack, 60, 25, facts={"k": 1}).verdict.state == state


def test_a_dimension_that_does_not_apply_has_no_line() -> None:
    pack = graded("[{id: good, lines: [{of: every_dimension, at_least_percent: 50}]}]", ", applies_when: a")
    assessment = result(pack, 0, 20, facts={"a": False})
    assert (assessment.verdict.state, [line.line for line in assessment.lines]) == ("passed", ["every_dimension.e"])


STARS = "[{id: one, lines: [{of: base, at_least: 60}]}, {id: good, lines: [{of: base, at_least: 80}]}, {id: top, lines: [{of: base, at_least: 90}, {of: dimension.e, at_least: 35}]}]"


@pytest.mark.parametrize(
    ("x", "y", "grade", "best"),
    [(60, 35, "top", "top"), (60, 34, "good", "good"), (60, 0, "one", "one"), (10, 10, "", ""), (60, None, "one", "top"), (None, 34, "", "good"), (50, 29, "one", "one")],
)  # fmt: skip
def test_the_grade_is_the_highest_whose_lines_all_hold_and_the_best_one_that_is_still_possible(
    x: int | None, y: int | None, grade: str, best: str
) -> None:
    found = result(graded(STARS), x, y)
    assert (found.grade, found.best_grade) == (grade, best)


def test_a_pass_names_the_lines_that_hold_and_a_failure_everything_that_fails() -> None:
    assert result(graded(STARS), 60, 30).verdict.deciding == (("line", "good.base"),)
    pack = graded(
        "[{id: low, lines: [{of: base, at_least: 0}]}, {id: good, lines: [{of: base, at_least: 80}, {of: every_dimension, at_least_percent: 50}]}]",
        rules="{eligibility: [{id: small, when: k < 3, unknown: flag, effect: ineligible}], vetoes: [{id: v, when: a, unknown: flag, effect: veto}],"
        " checks: [{id: cap, when: k == 1, effect: {cap_grade: low}}]}",
    )
    failed = result(pack, 10, 30, facts={"k": 1, "a": True})
    assert failed.verdict.deciding == (
        ("cap_grade", "checks.cap"), ("ineligible", "eligibility.small"), ("veto", "vetoes.v"),
        ("line", "good.base"), ("line", "good.every_dimension.d"),
    )  # fmt: skip


VETO = "vetoes: [{id: v, when: a, unknown: flag, effect: veto}]"


@pytest.mark.parametrize(
    ("x", "y", "facts", "state", "deciding"),
    [
        (60, 40, {"a": True}, "failed", (("veto", "vetoes.v"),)),
        (None, None, {"a": True}, "failed", (("veto", "vetoes.v"),)),
        (0, None, {}, "failed", (("line", "good.base"),)),
        (60, 40, {}, "undetermined", (("flagged", "vetoes.v"),)),
        (60, None, {}, "undetermined", (("flagged", "vetoes.v"), ("line", "good.base"))),
        (60, 40, {"a": False}, "passed", (("line", "good.base"),)),
    ],
)
def test_a_certain_failure_wins_over_any_unknown_and_a_flagged_veto_is_at_best_undetermined(
    x: int | None, y: int | None, facts: Facts, state: str, deciding: tuple[tuple[str, str], ...]
) -> None:
    found = result(graded(STARS, rules=VETO), x, y, facts=dict(facts)).verdict
    assert (found.state, found.deciding) == (state, deciding)


def test_an_error_blocks_a_pass_and_no_failure() -> None:
    pack = graded(STARS)
    blocked = result(pack, 60, None, facts={"y": "不是数"})
    assert blocked.verdict.state == "undetermined"
    assert ("error", "place.e.c") in blocked.verdict.deciding
    easy = graded("[{id: good, lines: [{of: base, at_least: 10}]}]")
    assert result(easy, 60, None, facts={"y": "不是数"}).verdict.deciding == (("error", "place.e.c"),)
    assert result(pack, 0, None, facts={"y": "不是数"}).verdict.state == "failed"


def test_figures_carry_the_whole_base_and_the_capped_bonus() -> None:
    pack = graded(STARS, rules="bonus: [{id: b, at_most: 8, when: k > 0, points: 8}]", bonus=5)
    found = result(pack, 60, None, facts={"k": 1})
    assert (found.base_lo, found.base_hi, found.total_lo, found.total_hi) == (60, 100, 65, 105)


# the published form


def test_the_published_form_is_exact_canonical_and_has_one_digest() -> None:
    rules = "bonus: [{id: b, at_most: 8, when: k > 0, points: 8}, {id: m, at_most: 8, rows: h, matter: w, level: l, points: {p: 3}}]"
    rules = f"{{{rules}, {VETO}}}"
    fields = FIELDS[:-1] + ", h: {type: table, columns: {w: {type: text}, l: {type: choice, options: {p: 省级}}}}}"
    part = "{id: r, points: 5, asks: [a], score: {any_of: [{title: 甲, when: a}, {title: 乙, points: 2, when: not a}]}}"
    pack = make_pack(
        f"{{d: {line('x', 60)}, e: {line('y', 40)}, f: [{part}]}}", fields, rules, grades=STARS, pass_grade="good"
    )
    unit = judge(pack, {"x": half("20.333"), "k": 1, "h": ({"w": "甲", "l": "p"},)})
    made = to_json(unit, {"engine": "reference"})
    body = made["body"]
    assert isinstance(body, dict)
    assert body["base"] == {"lo": "20.33", "hi": "65.33"}
    assert body["items"][0]["measured"] == "20.333"
    assert body["items"][2]["parts"][0]["reason"] == {"code": "open", "values": {}}
    assert body["bonuses"][1]["matters"] == [{"matter": "甲", "level": "p", "points": "3"}]
    assert made["digest"] == body_digest(unit) == digest(body)
    assert body_digest(replace(unit, base_lo=Fraction(1, 3))) != made["digest"]
    assert json.loads(canonical(made)) == made


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, None), (True, True), ("甲", "甲"), (3, "3"), (Fraction(1, 3), "1/3"), ((1, ("at_least", half("2.5"))), ["1", ["at_least", "2.5"]])],
)  # fmt: skip
def test_values_of_reasons_are_published_as_exact_text(value: Any, text: Any) -> None:
    assert datum(value) == text
