"""An expression sees what is known of a case, and for everything else why it is not."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from meihao.core.unknown import Cause, Unknown, Why
from meihao.evidence.model import Value
from meihao.round.model import Case, Fact
from meihao.round.scope import CaseScope

HELD = (Why("inspectors_disagree", "b"),)
ROWS = ({"n": 1},)
CASE = Case(
    "U", "place", "单位", "A", "self", closed=False, reference_date=None,
    facts={"a": Fact(3), "b": Fact(True, held=HELD), "t": Fact(ROWS), "r": Fact(Unknown(HELD), known=ROWS)},
)  # fmt: skip
SCOPE = CaseScope(
    CASE, late_is_zero=True, owed_tables=frozenset({"t"}), items={"i": (2, "passed")}, findings={"f": True}
)


def missing(name: str, cause: Cause = "missing_fact") -> Unknown:
    return Unknown((Why(cause, name),))


@pytest.mark.parametrize(
    ("name", "value"),
    [("a", 3), ("b", True), ("unit.region", "A"), ("x", missing("x")), ("r", Unknown(HELD))],
)
def test_a_fact_is_its_value_or_why_there_is_none(name: str, value: Value | Unknown) -> None:
    assert SCOPE.fact(name) == value


def test_a_unit_without_a_region_has_an_unknown_one_and_a_field_of_that_name_goes_first() -> None:
    assert CaseScope(replace(CASE, region="")).fact("unit.region") == missing("unit.region")
    assert CaseScope(replace(CASE, facts={"unit.region": Fact("B")})).fact("unit.region") == "B"


def test_a_table_is_its_rows_and_children_come_from_an_earlier_run() -> None:
    assert (SCOPE.table("t"), SCOPE.table("a"), SCOPE.table("x")) == (ROWS, (), missing("x"))
    assert SCOPE.table("children") == missing("children", "needs_round")
    assert CaseScope(replace(CASE, children=())).table("children") == ()
    assert (SCOPE.known_rows("r"), SCOPE.known_rows("t"), SCOPE.known_rows("x")) == (ROWS, (), ())


def test_items_and_findings_are_those_known_so_far() -> None:
    assert (SCOPE.item("points", "i"), SCOPE.item("outcome", "i")) == (2, "passed")
    assert SCOPE.item("points", "j") == SCOPE.item("outcome", "j") == missing("j")
    assert (SCOPE.finding("f"), SCOPE.finding("g")) == (True, False)


@pytest.mark.parametrize(
    ("why", "owed"),
    [
        (Why("missing_fact", "a", owed=True), True),
        (Why("missing_document", "a", owed=True), True),
        (Why("needs_round", "a", owed=True), False),
        (Why("missing_fact", "a"), False),
        (Why("missing_fact", "t.n"), True),
        (Why("awaiting_inspector", "t.n"), False),
        (Why("missing_fact", "t"), False),
        (Why("missing_fact", "u.n"), False),
    ],
)
def test_the_applicant_owes_its_facts_and_documents_and_the_cells_of_its_tables(why: Why, owed: bool) -> None:
    assert SCOPE.owes(why) is owed
    assert SCOPE.is_late([why]) is owed


def test_late_is_only_what_is_owed_whole_and_after_the_deadline() -> None:
    owed, other = Why("missing_fact", "a", owed=True), Why("missing_fact", "a")
    assert not SCOPE.is_late([owed, other])
    assert not CaseScope(CASE).is_late([owed])


def test_a_value_that_is_held_is_unknown_to_what_takes_and_bars() -> None:
    settled = SCOPE.settled()
    assert (settled.fact("a"), settled.fact("b")) == (3, Unknown(HELD))
    settled.findings["g"] = True
    settled.items["k"] = (1, "passed")
    assert (SCOPE.finding("g"), SCOPE.item("points", "k")) == (False, 1)
    nothing_held = CaseScope(replace(CASE, facts={"a": Fact(3)}))
    assert nothing_held.settled() is nothing_held


def test_a_value_across_units_needs_the_round() -> None:
    assert SCOPE.cohort_value("c") == missing("c", "needs_round")
    known = CaseScope(replace(CASE, cohort={"c": 5, "z": 0}))
    assert (known.cohort_value("c"), known.cohort_value("z")) == (5, 0)
    assert known.cohort_value("d") == missing("d", "needs_round")
