"""Random typed trees and villages, and a slow second reading of the language, written only from its description."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import cast

from hypothesis import strategies as st
from tests.expressions.samples import Village, missing

from meihao.core.numbers import Number
from meihao.core.unknown import Unknown, Why
from meihao.expressions.describe import formula
from meihao.expressions.evaluate import Row, Value
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
    Lookup,
    Membership,
    Negative,
    Not,
    Or,
    Rounding,
    Rows,
    Scalar,
    Setting,
)

TEXTS = ("a", "b", " a ", "é", "e\u0301", "")
NUMBERS: tuple[Number, ...] = (0, 1, 2, -3, Fraction(1, 3), Fraction(5, 2))
DATES = (date(2025, 12, 31), date(2026, 1, 1))
SIGNS = ("==", "!=", "<", "<=", ">", ">=")
COLUMNS: dict[str, tuple[Scalar, ...]] = {"n": NUMBERS, "t": TEXTS, "d": DATES, "b": (True, False)}


def unknowns(name: str) -> st.SearchStrategy[Unknown]:
    whys = st.sampled_from([Why("missing_fact", name), Why("inspectors_disagree", name, owed=True)])
    return st.builds(lambda why: Unknown((why,)), whys)


@st.composite
def villages(draw: st.DrawFn) -> Village:
    """A village with one fact of each kind and two tables, everything now and then unknown."""
    facts: dict[str, Value | Unknown] = {}
    for name, values in COLUMNS.items():
        facts[name] = draw(st.sampled_from(values) | unknowns(name))
    row = st.fixed_dictionaries({}, optional={n: st.sampled_from(values) for n, values in COLUMNS.items()})
    tables = {n: draw(st.lists(row, max_size=4).map(tuple) | unknowns(n)) for n in ("one", "two")}
    items: dict[tuple[str, str], Number | str | Unknown] = {}
    items["points", "i"] = draw(st.sampled_from(NUMBERS) | unknowns("i"))
    outcomes: st.SearchStrategy[str] = st.sampled_from(["met", "a"])
    items["outcome", "i"] = draw(outcomes | unknowns("i"))
    findings = {"f": draw(st.booleans() | unknowns("f"))}
    day = draw(st.none() | st.sampled_from(DATES))
    return Village(facts, cast("dict[str, tuple[Row, ...]]", tables), items, findings, day)


def leaf(kind: str, in_row: bool) -> st.SearchStrategy[Expr]:
    name = {"number": "n", "truth": "b", "text": "t", "date": "d"}[kind]
    nodes: list[st.SearchStrategy[Expr]] = [st.just(FieldValue(name)), st.sampled_from(COLUMNS[name]).map(Constant)]
    nodes += [st.just(ColumnValue(name))] if in_row else []
    special: dict[str, list[Expr]] = {
        "number": [ItemValue("points", "i")],
        "truth": [FindingValue("f")],
        "text": [ItemValue("outcome", "i"), Setting("stage")],
        "date": [Setting("reference_date")],
    }
    return st.one_of(*nodes, st.sampled_from(special[kind]))


def trees(kind: str, depth: int = 3, in_row: bool = False) -> st.SearchStrategy[Expr]:
    """Return trees of a kind, at most `depth` levels above the leaves."""
    if depth == 0:
        return leaf(kind, in_row)
    below = {k: trees(k, depth - 1, in_row) for k in ("number", "truth", "text", "date")}
    cases = st.lists(st.tuples(st.sampled_from(["a", "b", "é"]), below[kind]), max_size=2).map(tuple)
    lookup = st.builds(Lookup, below["text"], cases, st.none() | below[kind])
    if kind == "number":
        return st.one_of(leaf(kind, in_row), lookup, *numbers(below, depth))
    if kind == "truth":
        return st.one_of(leaf(kind, in_row), lookup, *truths(below, depth))
    return leaf(kind, in_row) | lookup


def numbers(below: dict[str, st.SearchStrategy[Expr]], depth: int) -> list[st.SearchStrategy[Expr]]:
    number, several = below["number"], st.lists(below["number"], min_size=2, max_size=3).map(tuple)
    where = st.none() | trees("truth", depth - 1, in_row=True)
    table = st.sampled_from(["one", "two"])
    return [
        st.builds(Arithmetic, st.sampled_from("+-*/"), number, number),
        st.builds(Negative, number),
        st.builds(Extreme, st.sampled_from(["min", "max"]), several),
        st.builds(Rounding, st.sampled_from(["abs", "ceil", "floor"]), number),
        st.builds(Days, below["date"], below["date"]),
        st.builds(Rows, st.just("count"), table, st.none() | st.sampled_from("ntdb"), where),
        st.builds(Rows, st.just("sum"), table, st.just("n"), where),
    ]


def truths(below: dict[str, st.SearchStrategy[Expr]], depth: int) -> list[st.SearchStrategy[Expr]]:
    several = st.lists(below["truth"], min_size=2, max_size=4).map(tuple)
    made: list[st.SearchStrategy[Expr]] = [
        st.builds(And, several),
        st.builds(Or, several),
        st.builds(Not, below["truth"]),
        st.builds(
            Rows,
            st.just("any_row"),
            st.sampled_from(["one", "two"]),
            st.none(),
            st.none() | trees("truth", depth - 1, in_row=True),
        ),
    ]
    for kind, values in (("number", NUMBERS), ("text", TEXTS), ("date", DATES), ("truth", (True, False))):
        signs = SIGNS if kind in ("number", "date") else SIGNS[:2]
        links = st.lists(st.tuples(st.sampled_from(signs), below[kind]), min_size=1, max_size=3).map(tuple)
        made.append(st.builds(Comparison, below[kind], links))
        options = st.lists(st.sampled_from(values), min_size=1, max_size=3).map(tuple)
        made.append(st.builds(Membership, below[kind], options, st.booleans()))
    return made


# the second reading: walk the tree each time, collect, then decide


def slow(expr: Expr, village: Village, row: Row | None = None, table: str = "") -> object:
    """Return what an expression is worth, read the slow way."""

    def value(part: Expr) -> object:
        return slow(part, village, row, table)

    match expr:
        case Constant(constant):
            return constant
        case FieldValue(name):
            return village.fact(name)
        case ColumnValue(name):
            return (row or {}).get(name, missing(f"{table}.{name}" if table else name))
        case Setting("stage"):
            return village.stage
        case Setting():
            return village.reference_date or Unknown((Why("needs_round", "reference_date"),))
        case ItemValue(function, item):
            return village.item(function, item)
        case FindingValue(rule):
            return village.finding(rule)
        case And(parts) | Or(parts):
            return connected([value(part) for part in parts], decisive=isinstance(expr, Or))
        case Not(part):
            truth = value(part)
            return truth if isinstance(truth, Unknown) else not truth
        case Comparison(first, rest):
            return chained([value(first), *(value(part) for _, part in rest)], [sign for sign, _ in rest])
        case Membership(part, options, negated):
            return strict([value(part)], lambda v: any(equal(v, o) for o in options) != negated)
        case Rows():
            return rows(expr, village)
        case Lookup():
            return looked_up(expr, value)
        case _:
            return arithmetic(expr, value)


def strict(values: list[object], work) -> object:  # type: ignore[no-untyped-def]  # any function of the known values
    unknown = [v for v in values if isinstance(v, Unknown)]
    return union(unknown) if unknown else work(*values)


def union(unknown: list[Unknown]) -> Unknown:
    return Unknown(tuple(sorted({why for u in unknown for why in u.whys})))


def clean(value: object) -> object:
    return unicodedata.normalize("NFC", value).strip() if isinstance(value, str) else value


def equal(a: object, b: object) -> bool:
    return clean(a) == clean(b)


def connected(values: list[object], decisive: bool) -> object:
    if any(v is decisive for v in values):
        return decisive
    return strict(values, lambda *_: not decisive)


def chained(values: list[object], signs: list[str]) -> object:
    links = list(zip(values, signs, values[1:], strict=False))
    for left, sign, right in links:
        if not isinstance(left, Unknown) and not isinstance(right, Unknown) and not holds(left, sign, right):
            return False
    return strict(values, lambda *_: True)


def holds(left: object, sign: str, right: object) -> bool:
    if sign in ("==", "!="):
        return equal(left, right) == (sign == "==")
    a, b = cast(int, left), cast(int, right)
    return {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[sign]


def arithmetic(expr: Expr, value) -> object:  # type: ignore[no-untyped-def]  # the reader of parts, passed down
    match expr:
        case Arithmetic("/", part, whole):
            a, b = value(part), value(whole)
            if not isinstance(b, Unknown) and b == 0:
                return missing(f"division by zero: {formula(whole)}")
            return strict([a, b], lambda x, y: Fraction(x) / Fraction(y))
        case Arithmetic(op, left, right):
            work = {"+": lambda x, y: x + y, "-": lambda x, y: x - y, "*": lambda x, y: x * y}[op]
            return strict([value(left), value(right)], work)
        case Negative(part):
            return strict([value(part)], lambda x: 0 - x)
        case Rounding(function, part):
            work_one = {"abs": lambda x: max(x, -x), "ceil": lambda x: -math.floor(-x), "floor": math.floor}[function]
            return strict([value(part)], work_one)
        case Extreme(function, parts):
            return strict([value(part) for part in parts], lambda *xs: sorted(xs)[0 if function == "min" else -1])
        case Days(start, end):
            return strict([value(start), value(end)], lambda a, b: b.toordinal() - a.toordinal())
    raise AssertionError(expr)


def looked_up(expr: Lookup, value) -> object:  # type: ignore[no-untyped-def]  # the reader of parts, passed down
    by = value(expr.by)
    if isinstance(by, Unknown):
        return by
    found = [case for code, case in expr.cases if equal(code, by)]
    if found:
        return value(found[-1])
    return value(expr.otherwise) if expr.otherwise else missing(f"no case: {formula(expr.by)}")


def rows(expr: Rows, village: Village) -> object:
    table = village.table(expr.table)
    if isinstance(table, Unknown):
        return table
    tests = [True if expr.where is None else slow(expr.where, village, row, expr.table) for row in table]
    if expr.function == "any_row":
        return connected(tests, decisive=True) if tests else False
    kept = [(test, row) for test, row in zip(tests, table, strict=True) if test is not False]
    if expr.column is None:
        return strict([test for test, _ in kept], lambda *_: len(kept))
    empty = missing(f"{expr.table}.{expr.column}")
    cells = [(test, row.get(expr.column, empty)) for test, row in kept]
    if expr.function == "sum":
        return strict([c if t is True else t for t, c in cells], lambda *values: sum(values))
    return distinct(cells)


def distinct(cells: Sequence[tuple[object, object]]) -> object:
    certain = {clean(c) for t, c in cells if t is True and not isinstance(c, Unknown)}
    open_ = [(t, c) for t, c in cells if isinstance(c, Unknown) or (t is not True and clean(c) not in certain)]
    if not open_ or (not certain and len(open_) == 1 and open_[0][0] is True):
        return len(certain) + len(open_)
    return union([u for pair in open_ for u in pair if isinstance(u, Unknown)])


def same_result(a: Scalar | Unknown, b: object) -> bool:
    """Say whether both readings agree: the same unknown, or the same value of the same kind."""
    return a == b and isinstance(a, bool) == isinstance(b, bool)
