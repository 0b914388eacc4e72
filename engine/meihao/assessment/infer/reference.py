"""Defines what a rule program means, in plain Python: strata in order, Kleene's three values, and the effects of what fired."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from .program import All, Atom, Clause, Conclusion, Either, Fired, Formula, Inverse, Program, Truth

State = str
_OPPOSITE: Mapping[Truth, Truth] = {"true": "false", "false": "true", "unknown": "unknown"}


def conclude(program: Program, atoms: Mapping[str, Truth], waived: frozenset[str]) -> Conclusion:
    """Return what follows. Raises KeyError for an atom that was not judged."""
    states: dict[str, State] = {}
    chain: list[tuple[str, tuple[str, ...]]] = []
    for stratum in program.strata:
        found = {clause.rule: _state(clause, value(clause.formula, atoms, states), waived) for clause in stratum}
        states |= {rule: state for rule, state in found.items() if state}
        chain += [(c.rule, support(c.formula, atoms, states)) for c in stratum if found[c.rule]]
    clauses = {clause.rule: clause for stratum in program.strata for clause in stratum}
    fired = sorted(rule for rule, state in states.items() if state == "fired")
    effects = tuple(
        (clauses[rule].effect, clauses[rule].target, rule) for rule in fired if clauses[rule].effect != "none"
    )
    caps = [target for effect, target, _ in effects if effect == "cap_grade"]
    cap = min(caps, key=program.grades.index, default="")
    return Conclusion(tuple(sorted(states.items())), effects, cap, tuple(sorted(chain)))  # type: ignore[arg-type]


def _state(clause: Clause, truth: Truth, waived: frozenset[str]) -> State:
    if truth == "false" or (truth == "unknown" and not clause.flag_unknown):
        return ""
    if clause.rule in waived:
        return "waived"
    return "fired" if truth == "true" else "flagged"


def value(formula: Formula, atoms: Mapping[str, Truth], states: Mapping[str, State]) -> Truth:
    """Return the truth of a formula."""
    match formula:
        case Atom():
            return atoms[formula.id]
        case Fired():
            state = states.get(formula.rule, "")
            return "true" if state == "fired" else "unknown" if state == "flagged" else "false"
        case Inverse():
            return _OPPOSITE[value(formula.part, atoms, states)]
        case All():
            return _settled([value(part, atoms, states) for part in formula.parts], "false", "true")
        case Either():
            return _settled([value(part, atoms, states) for part in formula.parts], "true", "false")
        case _:  # pragma: no cover
            assert_never(formula)


def _settled(values: list[Truth], decides: Truth, otherwise: Truth) -> Truth:
    if decides in values:
        return decides
    return "unknown" if "unknown" in values else otherwise


def support(formula: Formula, atoms: Mapping[str, Truth], states: Mapping[str, State]) -> tuple[str, ...]:
    """Return the sorted names of the atoms and findings that a formula reads and that are not false."""
    match formula:
        case Atom():
            return (formula.id,) if atoms[formula.id] != "false" else ()
        case Fired():
            return (formula.rule,) if states.get(formula.rule) in ("fired", "flagged") else ()
        case Inverse():
            return support(formula.part, atoms, states)
        case All() | Either():
            return tuple(sorted({name for part in formula.parts for name in support(part, atoms, states)}))
        case _:  # pragma: no cover
            assert_never(formula)
