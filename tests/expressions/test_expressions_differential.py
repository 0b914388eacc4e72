"""Two readings of the language agree on random trees and villages, and Kleene's laws hold for what is not known."""

from __future__ import annotations

import os
from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.expressions.samples import Village, missing
from tests.expressions.trees import leaf, same_result, slow, trees, villages

from meihao.core.unknown import Unknown
from meihao.expressions.describe import atoms, fields_read, formula
from meihao.expressions.evaluate import compile_expr, count_bounds
from meihao.expressions.tree import And, ColumnValue, Comparison, Constant, Expr, Not, Or, Rows, Scalar

EXAMPLES = int(os.environ.get("MEIHAO_EXAMPLES", "40"))  # of each test; `make differential` tries thousands


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.sampled_from(["number", "truth", "text", "date"]).flatmap(trees), villages())
def test_compiled_functions_agree_with_a_walk_over_the_tree(expr: Expr, village: Village) -> None:
    assert same_result(compile_expr(expr)(village), slow(expr, village))


@settings(max_examples=EXAMPLES, deadline=None)
@given(trees("truth", 2, in_row=True), villages())
def test_the_where_of_a_measure_agrees_row_by_row(where: Expr, village: Village) -> None:
    test, rows = compile_expr(where, "one"), village.table("one")
    for row in () if isinstance(rows, Unknown) else rows:
        assert same_result(test(village, row), slow(where, village, row, "one"))


@settings(max_examples=EXAMPLES, deadline=None)
@given(trees("number"), villages())
def test_whole_numbers_are_ints_and_others_fractions(expr: Expr, village: Village) -> None:
    value = compile_expr(expr)(village)
    assert isinstance(value, int | Unknown) or (isinstance(value, Fraction) and value.denominator > 1)


@settings(max_examples=EXAMPLES, deadline=None)
@given(trees("truth"), villages())
def test_filling_in_an_unknown_never_changes_what_was_known(expr: Expr, village: Village) -> None:
    before = compile_expr(expr)(village)
    filled = Village(
        {n: 1 if isinstance(v, Unknown) and n == "n" else v for n, v in village.facts.items()},
        village.tables,
        village.items,
        {n: True if isinstance(v, Unknown) else v for n, v in village.findings.items()},
        village.reference_date,
    )
    if not isinstance(before, Unknown):
        assert compile_expr(expr)(filled) == before


TRUTHS = st.tuples(*[trees("truth", 1)] * 3)


def worth(expr: Expr, village: Village) -> Scalar | Unknown:
    return compile_expr(expr)(village)


@settings(max_examples=EXAMPLES, deadline=None)
@given(TRUTHS, villages())
def test_kleene_laws(parts: tuple[Expr, Expr, Expr], village: Village) -> None:
    a, b, c = parts
    assert worth(Not(Not(a)), village) == worth(a, village)
    assert worth(And((a, b)), village) == worth(And((b, a)), village)
    assert worth(Or((a, Or((b, c)))), village) == worth(Or((a, b, c)), village)
    assert worth(Not(And((a, b))), village) == worth(Or((Not(a), Not(b))), village)
    assert worth(And((a, a)), village) == worth(a, village)
    assert worth(And((a, Constant(False))), village) is False
    assert worth(Or((a, Constant(True))), village) is True
    assert worth(And((a, Constant(True))), village) == worth(a, village)


def test_the_tables_of_kleene() -> None:
    village = Village(findings={"f": missing("x")})
    known: dict[object, Expr] = {True: Constant(True), False: Constant(False), None: Comparison(ColumnValue("x"), ())}
    unknown = missing("x")
    known[None] = Comparison(ColumnValue("x"), (("==", Constant(1)),))
    for a, b in product(known, repeat=2):
        both = False if False in (a, b) else unknown if None in (a, b) else True
        either = True if True in (a, b) else unknown if None in (a, b) else False
        assert worth(And((known[a], known[b])), village) == both
        assert worth(Or((known[a], known[b])), village) == either


CELLS = st.lists(st.tuples(st.sampled_from([True, False, None]), st.sampled_from(["a", "b", " a", None])), max_size=4)


@settings(max_examples=EXAMPLES, deadline=None)
@given(CELLS)
def test_bounds_of_a_count_are_the_extremes_over_all_fillings(
    cells: list[tuple[bool | None, str | None]],
) -> None:
    rows = tuple({k: v for k, v in (("b", test), ("t", cell)) if v is not None} for test, cell in cells)
    village = Village(tables={"one": rows})
    for column in (None, "t"):
        expr = Rows("count", "one", column, ColumnValue("b"))
        found, possible = count_bounds(expr)(village), ways(cells, column)
        assert not isinstance(found, Unknown)
        low, high, whys = found
        assert (low, high) == (min(possible), max(possible))
        assert bool(whys) == (low < high)
        value = compile_expr(expr)(village)
        assert value == (low if low == high else Unknown(whys))


def ways(cells: list[tuple[bool | None, str | None]], column: str | None) -> set[int]:
    """Return every count that some filling of the empty cells gives; four new values are enough to differ."""
    fillings = product(
        *(product([t] if t is not None else [True, False], [c.strip()] if c else ["a", "b", *"wxyz"]) for t, c in cells)
    )
    return {len({c for t, c in way if t}) if column else sum(t for t, _ in way) for way in fillings}


@settings(max_examples=EXAMPLES, deadline=None)
@given(trees("truth", 2), villages())
def test_the_atoms_decide_the_truth(expr: Expr, village: Village) -> None:
    judged = {atom: worth(atom, village) for atom in atoms(expr)}
    assert not any(isinstance(atom, And | Or | Not) for atom in judged)
    assert worth(expr, village) == worth(replaced(expr, judged), village)
    assert {f for atom in judged for f in fields_read(atom)} == set(fields_read(expr))


def replaced(expr: Expr, judged: dict[Expr, Scalar | Unknown]) -> Expr:
    """Return the skeleton with known atoms put in as constants."""
    match expr:
        case And(parts):
            return And(tuple(replaced(p, judged) for p in parts))
        case Or(parts):
            return Or(tuple(replaced(p, judged) for p in parts))
        case Not(part):
            return Not(replaced(part, judged))
        case _:
            value = judged[expr]
            return expr if isinstance(value, Unknown) else Constant(value)


@settings(max_examples=EXAMPLES, deadline=None)
@given(leaf("number", in_row=True))
def test_every_leaf_has_a_formula(expr: Expr) -> None:
    assert formula(expr)
