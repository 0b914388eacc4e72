"""A seed -> a random rule program and judged atoms: what the two readings of a program are compared on."""

from __future__ import annotations

import random
from collections.abc import Mapping

from msgspec import Struct

from meihao.assessment.infer.program import All, Atom, Clause, Either, Fired, Formula, Inverse, Program, Truth

GRADES = ("合格", "良好", "示范")
EFFECTS = ("none", "none", "veto", "ineligible", "zero_item", "hold_item", "cap_grade", "cap_grade")
TRUTHS: tuple[Truth, ...] = ("true", "false", "unknown")
WEIGHTS = ((1, 1, 1), (5, 1, 1), (1, 5, 1), (1, 12, 0), (1, 1, 0), (0, 0, 1))


class Size(Struct, frozen=True):
    """How large the programs of a run may grow."""

    strata: int = 4
    clauses: int = 6
    atoms: int = 10
    depth: int = 4
    width: int = 4


SIZES = (
    Size(),
    Size(strata=2, clauses=3, atoms=4, depth=2, width=3),
    Size(strata=3, clauses=12, atoms=30, depth=3, width=12),
    Size(strata=2, clauses=2, atoms=40, depth=12, width=2),
    Size(strata=1, clauses=4, atoms=60, depth=2, width=45),
)


def make_program(seed: random.Random, size: Size) -> Program:
    """Return a program: strata, shared atoms, references to earlier, equal, later and missing rules, all effects."""
    names = [f"规则.{n}" for n in range(size.strata * size.clauses)]
    strata: list[tuple[Clause, ...]] = []
    for _ in range(seed.randint(1, size.strata)):
        mine, names = names[: seed.randint(0, size.clauses)], names[size.clauses :]
        strata.append(tuple(_clause(seed, rule, tuple(p.rule for s in strata for p in s), size) for rule in mine))
    return Program(tuple(strata), GRADES)


def _clause(seed: random.Random, rule: str, earlier: tuple[str, ...], size: Size) -> Clause:
    effect = seed.choice(EFFECTS)
    target = seed.choice(GRADES) if effect == "cap_grade" else "village.x" if effect.endswith("item") else ""
    formula = _formula(seed, earlier, size, seed.randint(0, size.depth))
    return Clause(rule, formula, seed.random() < 0.5, effect, target)


def _formula(seed: random.Random, earlier: tuple[str, ...], size: Size, depth: int) -> Formula:
    if depth == 0 or seed.random() < 0.15:
        return _leaf(seed, earlier, size)
    if seed.random() < 0.2:
        return Inverse(_formula(seed, earlier, size, depth - 1))
    parts = tuple(_formula(seed, earlier, size, depth - 1) for _ in range(_width(seed, size)))
    return All(parts) if seed.random() < 0.5 else Either(parts)


def _width(seed: random.Random, size: Size) -> int:
    return 0 if seed.random() < 0.03 else seed.randint(1, size.width)


def _leaf(seed: random.Random, earlier: tuple[str, ...], size: Size) -> Formula:
    if earlier and seed.random() < 0.35:
        return Fired(seed.choice(earlier))
    if seed.random() < 0.02:
        return Fired("没有这条")
    return Atom(f"问/{seed.randrange(size.atoms)}")


def judge_atoms(seed: random.Random, size: Size) -> Mapping[str, Truth]:
    """Return a truth for every atom that a program of this size may read."""
    weights = seed.choice(WEIGHTS)
    return {f"问/{n}": truth for n, truth in enumerate(seed.choices(TRUTHS, weights, k=size.atoms))}


def waive(seed: random.Random, program: Program) -> frozenset[str]:
    """Return rules that are waived: mostly none."""
    rules = [clause.rule for stratum in program.strata for clause in stratum]
    return frozenset(seed.sample(rules, k=min(len(rules), seed.choice((0, 0, 0, 1, 3)))))
