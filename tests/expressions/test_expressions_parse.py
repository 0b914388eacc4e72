"""Expression texts become exactly the trees that an author means, each name and number exact."""

from __future__ import annotations

import warnings
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.expressions.samples import FIELDS, IN_LIFTS, NAMES, PLACE, a_field, names_of, tree

from meihao.core.problems import Source
from meihao.core.text import Label
from meihao.expressions.names import RESERVED, Names, children_table
from meihao.expressions.parse import parse
from meihao.expressions.tree import (
    And,
    Arithmetic,
    ColumnValue,
    Comparison,
    Constant,
    Days,
    Expr,
    Extreme,
    FieldValue,
    FindingValue,
    ItemValue,
    Kind,
    Membership,
    Negative,
    Not,
    Or,
    Rounding,
    Rows,
    Setting,
)

HOUSEHOLDS = FieldValue("households")
OLD = FieldValue("old")
BIG = Comparison(HOUSEHOLDS, ((">=", Constant(30)),))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("households >= 30", BIG),
        ("  households\n>=\t30 ", BIG),
        ("30 <= households <= 50", Comparison(Constant(30), (("<=", HOUSEHOLDS), ("<=", Constant(50))))),
        ("households >= 30 and not old", And((BIG, Not(OLD)))),
        ("old or old and old", Or((OLD, And((OLD, OLD))))),
        ("not old == true", Not(Comparison(OLD, (("==", Constant(True)),)))),
        ("true != false", Comparison(Constant(True), (("!=", Constant(False)),))),
        ("1 + 2 * households", Arithmetic("+", Constant(1), Arithmetic("*", Constant(2), HOUSEHOLDS))),
        ("-households - -3", Arithmetic("-", Negative(HOUSEHOLDS), Constant(-3))),
        ("+households", HOUSEHOLDS),
        ("households / residents", Arithmetic("/", HOUSEHOLDS, FieldValue("residents"))),
        ("rate in (1, -2.5)", Membership(FieldValue("rate"), (1, Fraction(-5, 2)))),
        ('name not in ("a")', Membership(FieldValue("name"), ("a",), negated=True)),
        ('name in ("a", "a",)', Membership(FieldValue("name"), ("a",))),
        ("old in (true, false)", Membership(OLD, (True, False))),
        ('built in ("2020-01-01")', Membership(FieldValue("built"), (date(2020, 1, 1),))),
        ("max(30, ceil(rate))", Extreme("max", (Constant(30), Rounding("ceil", FieldValue("rate"))))),
        ("min(1, 2, 3)", Extreme("min", (Constant(1), Constant(2), Constant(3)))),
        ("abs(rate)", Rounding("abs", FieldValue("rate"))),
        ("floor(0.5)", Rounding("floor", Constant(Fraction(1, 2)))),
        ("days(built, reference_date)", Days(FieldValue("built"), Setting("reference_date"))),
        ('days("2020-01-01", built)', Days(Constant(date(2020, 1, 1)), FieldValue("built"))),
        ('built < date("2020-02-29")', Comparison(FieldValue("built"), (("<", Constant(date(2020, 2, 29))),))),
        ('"2020-01-01" < built', Comparison(Constant(date(2020, 1, 1)), (("<", FieldValue("built")),))),
        ('property.route == "company"', Comparison(FieldValue("property.route"), (("==", Constant("company")),))),
        ("name == '他说\"好\"'", Comparison(FieldValue("name"), (("==", Constant('他说"好"')),))),
        ('stage == "self"', Comparison(Setting("stage"), (("==", Constant("self")),))),
        ('region == "511400"', Comparison(FieldValue("unit.region"), (("==", Constant("511400")),))),
        ("count(lifts)", Rows("count", "lifts")),
        ("count(lifts.code)", Rows("count", "lifts", "code")),
        ("count(log.tickets)", Rows("count", "log.tickets")),
        ("count(log.tickets.code)", Rows("count", "log.tickets", "code")),
        ("sum(lifts.load, where=ok)", Rows("sum", "lifts", "load", ColumnValue("ok"))),
        ("any_row(lifts, where=not ok)", Rows("any_row", "lifts", where=Not(ColumnValue("ok")))),
        ('points("village.safety.fire")', ItemValue("points", "village.safety.fire")),
        (
            'outcome("village.safety.fire") == "met"',
            Comparison(ItemValue("outcome", "village.safety.fire"), (("==", Constant("met")),)),
        ),
        ('finding("checks.dirty")', FindingValue("checks.dirty")),
    ],
)
def test_a_text_becomes_the_tree_that_it_says(text: str, expected: Expr) -> None:
    assert tree(text) == expected


def test_inside_where_a_column_hides_the_field_and_unit_reaches_it() -> None:
    where = Comparison(ColumnValue("households"), (("<", HOUSEHOLDS),))
    assert tree("any_row(lifts, where=households < unit.households)") == Rows("any_row", "lifts", where=where)
    assert parse("households < unit.households", PLACE, IN_LIFTS) == (where, ())


def test_outside_where_unit_is_allowed_and_means_the_field() -> None:
    assert tree("unit.households") == HOUSEHOLDS
    assert tree("count(unit.lifts)") == Rows("count", "lifts")
    assert tree('unit.region == "a"') == tree('region == "a"')


def test_a_where_of_another_kind_of_table_reads_fields_that_no_column_hides() -> None:
    expr, problems = parse("residents > load", PLACE, IN_LIFTS)
    assert problems == ()
    assert expr == Comparison(FieldValue("residents"), ((">", ColumnValue("load")),))


@pytest.mark.parametrize(
    ("digits", "number"),
    [("0.1", Fraction(1, 10)), ("1.50", Fraction(3, 2)), ("2.0", 2), ("0", 0), ("123456789012345", 123456789012345)],
)
def test_numbers_are_what_is_written_and_no_float(digits: str, number: int | Fraction) -> None:
    assert tree(digits) == Constant(number)
    assert type(getattr(tree(digits), "value", None)) is type(number)


@given(st.integers(0, 10**9 - 1), st.integers(0, 999_999))
def test_every_short_decimal_is_read_exactly(whole: int, millionths: int) -> None:
    assert tree(f"{whole}.{millionths:06}") == Constant(
        value if (value := Fraction(whole * 10**6 + millionths, 10**6)).denominator > 1 else int(value)
    )


def test_numbers_after_chinese_texts_are_found_by_character_and_not_by_byte() -> None:
    assert tree('name == "中文" and rate > 0.25') == And(
        (
            Comparison(FieldValue("name"), (("==", Constant("中文")),)),
            Comparison(FieldValue("rate"), ((">", Constant(Fraction(1, 4))),)),
        )
    )
    _, problems = parse('name == "中文" and rat > 1', PLACE, NAMES)
    assert [p.source.column for p in problems] == [5 + len('name == "中文" and ')]


@pytest.mark.parametrize(
    ("text", "kind"),
    [("households", "number"), ("old", "truth"), ("name", "text"), ("built", "date"), ('"2020-01-01"', "date")],
)
def test_a_place_takes_the_kind_that_it_asks_for(text: str, kind: Kind) -> None:
    expr, problems = parse(text, PLACE, NAMES, kind)
    assert problems == ()
    assert expr is not None


@pytest.mark.parametrize("kind", ["number", "truth", "text", "date"])
def test_a_place_refuses_the_other_kinds(kind: Kind) -> None:
    texts: dict[Kind, str] = {"number": "households", "truth": "old", "text": "name", "date": "built"}
    for other, text in texts.items():
        expr, problems = parse(text, PLACE, NAMES, kind)
        assert (expr is None, [p.code for p in problems]) == ((False, []) if other == kind else (True, ["X030"]))


def test_all_mistakes_are_listed_in_the_order_of_their_places() -> None:
    _, problems = parse('houshold > 3 and name < "a" and property.route == "compny"', PLACE, NAMES)
    assert [(p.code, p.source.column) for p in problems] == [("X020", 5), ("X032", 29), ("X029", 55)]


def test_at_most_eight_mistakes_of_signs_are_shown() -> None:
    assert len(parse("&& " * 100, PLACE, NAMES)[1]) == 8


def test_without_a_known_column_places_count_from_the_start_of_the_expression() -> None:
    assert parse("  houshold", Source("a.yaml", line=2), NAMES)[1][0].source == Source("a.yaml", line=2, column=3)
    assert parse("  houshold", PLACE, NAMES)[1][0].source == replace(PLACE, column=7)


def test_the_limits_hold_on_both_sides() -> None:
    assert not parse("1" + " " * 5000, PLACE, NAMES)[1]
    assert not parse(f'"{"a" * 1998}"', PLACE, NAMES)[1]
    assert [p.code for p in parse(f'"{"a" * 1999}"', PLACE, NAMES)[1]] == ["X002"]
    assert not parse("-" * 58 + "old".replace("old", "rate") + " > 1", PLACE, NAMES)[1]
    assert [p.code for p in parse("-" * 59 + "rate > 1", PLACE, NAMES)[1]] == ["X003"]
    assert not parse("old" + " or old" * 248, PLACE, NAMES)[1]
    assert [p.code for p in parse("1 in (" + "1, " * 497 + "1)", PLACE, NAMES)[1]] == ["X004"]
    assert not parse("1 in (" + "1, " * 496 + "1)", PLACE, NAMES)[1]


def test_names_of_a_kind_leave_out_the_fields_of_other_kinds() -> None:
    other = replace(a_field("lift_count", "电梯数", "count"), kinds=("compound",))
    assert "lift_count" not in names_of((*FIELDS, other), "village").fields
    assert "lift_count" in names_of((*FIELDS, other)).fields


def test_children_know_the_grades_and_kinds_of_the_pack() -> None:
    text = 'count(children, where=grade == "gold" and verdict == "passed")'
    assert not parse(text, PLACE, NAMES)[1]
    strict = replace(NAMES, children=children_table({"village": Label("村")}, {"model": Label("示范")}))
    assert [p.code for p in parse(text, PLACE, strict)[1]] == ["X029"]
    assert [p.code for p in parse('any_row(children, where=kind == "vilage")', PLACE, strict)[1]] == ["X029"]


def test_every_reserved_word_is_refused_as_a_field_or_means_something_else() -> None:
    fields = {word: replace(FIELDS[0], id=word) for word in RESERVED}
    for word in RESERVED - {"reference_date", "stage", "region", "unit", "row"}:
        expr, _ = parse(word, PLACE, Names(fields))
        assert not isinstance(expr, FieldValue), word


def test_no_python_warning_escapes_while_reading() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for text in ("1and 2", "0x1for 2", 'name == "\\d"', '"a" is "b"', "1(2)", '"a"()', "rate is 1"):
            assert parse(text, PLACE, NAMES)[1]
