"""What an expression is worth for one village: exact numbers, three-valued truths, and reasons for what is not known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

import pytest
from tests.expressions.samples import Village, missing, tree

from meihao.core.unknown import Unknown, Why
from meihao.expressions.evaluate import Row, Value, compile_expr, count_bounds
from meihao.expressions.tree import Comparison, Constant, Expr, FieldValue, Lookup, Membership, Rows, Scalar

LIFTS: tuple[Row, ...] = (
    {"code": "A", "valid_to": date(2026, 1, 1), "load": 800, "level": "ordinary", "ok": True},
    {"code": "B", "valid_to": date(2025, 12, 31), "load": Fraction(1, 2), "level": "serious", "ok": True},
    {"code": " A", "load": Fraction(1, 2), "level": "major", "ok": False},
)
FACTS: Mapping[str, Value | Unknown] = {
    "households": 120,
    "residents": 0,
    "old": True,
    "name": "Café",
    "built": date(2024, 2, 29),
    "property.route": "company",
    "unit.region": "511400",
}
VILLAGE = Village(
    FACTS,
    {"lifts": LIFTS, "children": ({"code": "C1", "verdict": "passed"},), "log.tickets": ()},
    {("points", "village.safety.fire"): Fraction(5, 2), ("outcome", "village.safety.fire"): "met"},
    {"checks.dirty": False},
    date(2026, 1, 1),
    "verified",
)
RATE = missing("rate")


def worth(text: str, village: Village = VILLAGE) -> Scalar | Unknown:
    return compile_expr(tree(text))(village)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("households / 50", Fraction(12, 5)),
        ("households / 60", 2),
        ("0.1 + 0.2 == 0.3", True),
        ("max(30, ceil(households * 10 / 100))", 30),
        ("max(30, ceil(households * 26 / 100))", 32),
        ("min(1, -2) * 3 - 1", -7),
        ("floor(-0.5)", -1),
        ("ceil(-0.5)", 0),
        ("abs(-2.5)", Fraction(5, 2)),
        ("abs(2)", 2),
        ("-households", -120),
        ("100 <= households < 120", False),
        ("100 <= households <= 120 < 121", True),
        ('name == "Cafe\u0301"', True),
        ('name in ("x", " Café ")', True),
        ('name != "x" and name not in ("x",)', True),
        ("name == name", True),
        ("households == households", True),
        ('property.route == "residents"', False),
        ('region == "511400" and stage == "verified"', True),
        ("built == date('2024-02-29')", True),
        ("days(built, reference_date)", 672),
        ('days(reference_date, "2025-12-31")', -1),
        ("count(lifts)", 3),
        ("count(log.tickets)", 0),
        ("count(lifts.code)", 2),
        ("sum(lifts.load)", 801),
        ("sum(lifts.load, where=ok)", Fraction(1601, 2)),
        ("sum(lifts.load, where=level == 'major' or level == 'serious')", 1),
        ("any_row(lifts)", True),
        ("any_row(log.tickets)", False),
        ("any_row(lifts, where=not ok)", True),
        ("count(lifts, where=ok and valid_to >= reference_date)", 1),
        ('any_row(children, where=verdict == "passed")', True),
        ('points("village.safety.fire") > 2 and outcome("village.safety.fire") == "met"', True),
        ('not finding("checks.dirty")', True),
    ],
)
def test_known_facts_give_known_values(text: str, value: Scalar) -> None:
    found = worth(text)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("rate > 1", RATE),
        ("rate + residents", RATE),
        ("residents + rate", RATE),
        ("rate / households", RATE),
        ("households / rate", RATE),
        ("rate / rate", RATE),
        ("-rate", RATE),
        ("ceil(rate)", RATE),
        ("min(rate, 3, 2)", RATE),
        ("rate in (1, 2)", RATE),
        ("rate == rate", RATE),
        ("not rate > 1", RATE),
        ("rate > households", RATE),
        ("households > rate", RATE),
        ("rate > 1 and not old", False),
        ("not old and rate > 1", False),
        ("rate > 1 or old", True),
        ("rate > 1 and old", RATE),
        ("not old or rate > 1", RATE),
        ("200 < households < rate", False),
        ("rate < households < 100", False),
        ("1 < rate < households", RATE),
        ("rate < 1 < 0", False),
        ('finding("checks.dirty") and rate > 1', False),
        ("households / residents", missing("division by zero: residents")),
        ("rate / (residents * 2)", missing("division by zero: residents * 2")),
        ("any_row(lifts, where=valid_to > reference_date)", missing("lifts.valid_to")),
        ("any_row(lifts, where=valid_to >= reference_date)", True),
        ("count(lifts, where=valid_to >= reference_date)", missing("lifts.valid_to")),
        ("sum(lifts.load, where=valid_to >= reference_date)", missing("lifts.valid_to")),
        ("sum(lifts.households)", missing("lifts.households")),
        ("sum(lifts.households, where=false)", 0),
        ("count(lifts.code, where=valid_to >= reference_date)", 1),
        ("count(lifts.level, where=valid_to >= reference_date)", missing("lifts.valid_to")),
        ("count(lifts, where=unit.rate > load)", RATE),
    ],
)
def test_what_is_not_known_stays_unknown_unless_the_rest_decides(text: str, value: Scalar | Unknown) -> None:
    assert worth(text) == value


@pytest.mark.parametrize(
    "text", ["count(lifts)", "count(lifts.code)", "sum(lifts.load)", "any_row(lifts)", "count(lifts, where=ok)"]
)
def test_an_absent_table_is_unknown_and_an_empty_one_is_none(text: str) -> None:
    assert worth(text, Village()) == missing("lifts")
    assert worth(text, Village(tables={"lifts": ()})) == (False if text.startswith("any_row") else 0)


def test_without_a_reference_date_the_round_is_missing() -> None:
    assert worth("built < reference_date", Village(FACTS)) == Unknown((Why("needs_round", "reference_date"),))


def test_every_reason_that_matters_is_named_once_in_order() -> None:
    whys = Unknown((Why("missing_fact", "households"), Why("missing_fact", "rate")))
    for text in (
        "rate + households > rate",
        "rate > 1 and households > 1",
        "min(rate, households)",
        "1 < rate < households",
    ):
        assert worth(text, Village()) == whys
    assert worth("days(built, reference_date)", Village()) == Unknown(
        (Why("missing_fact", "built"), Why("needs_round", "reference_date"))
    )
    assert worth("days(built, '2026-01-01')", Village()) == missing("built")


def test_a_where_runs_alone_on_a_row_and_names_its_empty_cells() -> None:
    test = compile_expr(tree("any_row(lifts, where=ok)").where, "lifts")  # type: ignore[union-attr, arg-type]  # it is Rows
    assert [test(VILLAGE, row) for row in LIFTS] == [True, True, False]
    assert test(VILLAGE, {}) == missing("lifts.ok")
    assert compile_expr(Comparison(FieldValue("households"), ((">", Constant(1)),)))(VILLAGE) is True


@pytest.mark.parametrize(
    ("where", "bounds"),
    [
        ("ok", (2, 2, ())),
        ("valid_to >= reference_date", (1, 2, (Why("missing_fact", "lifts.valid_to"),))),
        ("households > 1 or ok", (2, 3, (Why("missing_fact", "lifts.households"),))),
        ("households > 1", (0, 3, (Why("missing_fact", "lifts.households"),))),
    ],
)
def test_bounds_of_a_count(where: str, bounds: tuple[int, int, tuple[Why, ...]]) -> None:
    expr = tree(f"count(lifts, where={where})")
    assert isinstance(expr, Rows)
    assert count_bounds(expr)(VILLAGE) == bounds
    assert count_bounds(expr)(Village()) == missing("lifts")


def test_bounds_of_a_distinct_count() -> None:
    expr = Rows("count", "lifts", "households")
    assert count_bounds(expr)(VILLAGE) == (1, 3, (Why("missing_fact", "lifts.households"),))
    assert count_bounds(Rows("count", "lifts"))(VILLAGE) == (3, 3, ())


ROUTE = FieldValue("property.route")


@pytest.mark.parametrize(
    ("lookup", "value"),
    [
        (Lookup(ROUTE, (("residents", Constant(1)), ("company", Constant(2))), None), 2),
        (Lookup(ROUTE, (("residents", Constant(1)),), Constant(3)), 3),
        (Lookup(ROUTE, (("residents", Constant(1)),), None), missing("no case: property.route")),
        (Lookup(FieldValue("none"), (), Constant(3)), missing("none")),
        (Lookup(FieldValue("name"), (("Cafe\u0301", FieldValue("rate")),), Constant(3)), RATE),
    ],
)
def test_a_lookup_takes_the_value_of_its_class(lookup: Expr, value: Scalar | Unknown) -> None:
    assert compile_expr(lookup)(VILLAGE) == value


def test_membership_knows_exact_numbers() -> None:
    expr = Membership(Constant(Fraction(1, 2)), (Fraction(1, 2), 3))
    assert compile_expr(expr)(VILLAGE) is True
