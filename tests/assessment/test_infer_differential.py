"""The two readings of a rule program agree on random programs: durable_rules = reference in all four parts.

`python scripts/differential.py` compares as many more as one likes.
"""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meihao.assessment.infer import reference
from meihao.assessment.infer.program import All, Atom, Clause, Either, Fired, Formula, Inverse, Program, Truth

pytest.importorskip(
    "durable_rules_engine", reason="durable_rules cannot be imported: the reference judges", exc_type=ImportError
)
from tests.assessment.infer_programs import GRADES, SIZES, Size, judge_atoms, make_program, waive

from meihao.assessment.infer.durable import Durable  # needs the C module

ENGINE = Durable(keep=8)
TRUTHS: tuple[Truth, ...] = ("true", "false", "unknown")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size.strata}x{size.clauses}")
def test_four_hundred_random_programs_of_each_size_are_concluded_alike(size: Size) -> None:
    seen: Counter[str] = Counter()
    for number in range(400):
        seed = random.Random(number)
        program = make_program(seed, size)
        for _ in range(3):
            case = (program, judge_atoms(seed, size), waive(seed, program))
            expected = reference.conclude(*case)
            assert ENGINE.conclude(*case) == expected, f"program {number}"
            seen.update(state for _, state in expected.states)
            seen["cap"] += bool(expected.cap)
    assert min(seen[what] for what in ("fired", "flagged", "waived", "cap")) > 30, "the programs exercise too little"


def formulas(rules: tuple[str, ...]) -> st.SearchStrategy[Formula]:
    leaves: st.SearchStrategy[Formula] = st.sampled_from("abcd").map(Atom) | st.sampled_from((*rules, "?")).map(Fired)
    return st.recursive(
        leaves,
        lambda inner: (
            inner.map(Inverse)
            | st.lists(inner, max_size=10).map(tuple).map(All)
            | st.lists(inner, max_size=4).map(tuple).map(Either)
        ),
        max_leaves=14,
    )


@st.composite
def programs(draw: st.DrawFn) -> Program:
    strata: list[tuple[Clause, ...]] = []
    for layer in range(draw(st.integers(1, 3))):
        earlier = tuple(clause.rule for stratum in strata for clause in stratum)
        names = [f"r{layer}{n}" for n in range(draw(st.integers(0, 3)))]
        effects = st.sampled_from((("none", ""), ("veto", ""), ("cap_grade", GRADES[0]), ("cap_grade", GRADES[2])))
        strata.append(
            tuple(Clause(name, draw(formulas(earlier)), draw(st.booleans()), *draw(effects)) for name in names)
        )
    return Program(tuple(strata), GRADES)


@given(programs(), st.lists(st.sampled_from(TRUTHS), min_size=4, max_size=4), st.sets(st.sampled_from(("r00", "r10"))))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_whatever_the_program_both_readings_agree(program: Program, truths: list[Truth], waived: set[str]) -> None:
    atoms = dict(zip("abcd", truths, strict=True))
    assert ENGINE.conclude(program, atoms, frozenset(waived)) == reference.conclude(program, atoms, frozenset(waived))
