"""Another inspector is wanted where inspectors dispute or too few have looked; what is held says for whom or what it waits."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from meihao.core.problems import Source
from meihao.core.text import Label
from meihao.core.unknown import Cause, Unknown, Why
from meihao.evidence.model import Observation, Value
from meihao.round.merge import held, inspectors, merge_field, middle, same, to_look_again
from meihao.round.model import Fact, Hit
from meihao.standard.model import Field, FieldType, Role

DAY = date(2026, 5, 1)


def seen(value: Value, by: str = "甲", role: Role = "inspector", day: int = 1) -> Observation:
    return Observation("x", value, by, role, date(2026, 5, day), Source("a"))


def of(kind: FieldType) -> Field:
    return Field("x", Label("x"), kind, ("place",), "inspector")


def test_inspectors_are_named_once_each_and_nobody_else() -> None:
    fact = Fact(3, (seen(3, "张三"), seen(3, "张 三", day=2), seen(3, "李四"), seen(3, "王五", "county")))
    assert inspectors(fact) == ("张 三", "李四")
    assert inspectors(None) == ()


@pytest.mark.parametrize(
    ("value", "held_by", "role", "again"),
    [
        (Unknown((Why("inspectors_disagree", "x"),)), (), "inspector", True),
        (Unknown((Why("numbers_disagree", "x"),)), (), "inspector", True),
        (Unknown((Why("missing_fact", "x"),)), (), "inspector", False),
        (Unknown((Why("inspectors_disagree", "x"),)), (), "county", False),
        (3, (Why("awaiting_inspector", "x", looks=(1, 2)),), "inspector", True),
        (3, (Why("missing_document", "x"),), "inspector", False),
        (3, (), "inspector", False),
    ],
)
def test_another_look_is_wanted_where_inspectors_dispute_or_too_few_have_been(
    value: Value | Unknown, held_by: tuple[Why, ...], role: Role, again: bool
) -> None:
    facts = {
        "x": Fact(value, (seen(3, role=role),), held=held_by),
        "y": Fact(Unknown((Why("awaiting_inspector", "y"),))),
    }
    assert to_look_again(facts) == (("x",) if again else ())


def test_a_known_value_is_held_by_relations_and_by_looks_that_are_wanted() -> None:
    facts = {
        "a": Fact(1, (seen(1, "张三"),)),
        "b": Fact(2, (seen(2, "张三"), seen(2, "李四"))),
        "c": Fact(Unknown((Why("missing_fact", "c"),))),
        "d": Fact(4),
    }
    cause: Cause = "inspectors_disagree"
    found = held(facts, [Hit("r", ("a", "c", "document:文"), (), cause)], {"a": 2, "b": 2, "c": 1, "gone": 1})
    wait, apart = Why("awaiting_inspector", "a", looks=(1, 2)), Why(cause, "a")
    assert found == {**facts, "a": replace(facts["a"], held=(wait, apart))}


@pytest.mark.parametrize(
    ("values", "kind", "value"),
    [
        ((True, False), "yes_no", None),
        ((True, True), "yes_no", True),
        ((True, False, True), "yes_no", True),
        (("a", "b", "c"), "text", None),
        (("a", "a", "b", "b"), "text", None),
        (("a", "b", "a", "a"), "text", "a"),
        ((1, 4, 2, 9), "count", 3),
    ],
)
def test_inspectors_are_believed_by_majority_and_in_numbers_by_the_middle(
    values: tuple[Value, ...], kind: FieldType, value: Value | None
) -> None:
    records = [seen(one, f"检查员{n}") for n, one in enumerate(values)]
    fact = merge_field(of(kind), records, "verified")
    assert fact.value == (Unknown((Why("inspectors_disagree", "x"),)) if value is None else value)
    assert len(fact.sources) == len(values)


def test_the_middle_of_numbers() -> None:
    assert [middle([5]), middle([9, 1, 5]), middle([9, 1, 5, 8]), middle([2, 1])] == [
        5,
        5,
        middle([5, 8]),
        middle([1, 2]),
    ]
    assert middle([1, 2]) * 2 == 3


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [(1, 1, True), (1, True, False), (True, 1, False), (0, False, False), ("e\u0301", "\u00e9 ", True), ("1", 1, False),
     (({"n": 1},), ({"n": 1},), True), (({"n": 1},), ({"n": 2},), False), (DAY, DAY, True)],
)  # fmt: skip
def test_values_are_the_same_by_what_they_mean(one: Value, other: Value, alike: bool) -> None:
    assert same(one, other) is alike
