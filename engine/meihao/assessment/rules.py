"""Turns the rules of one kind into formulas over atoms. Atoms are judged here; inference only combines them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from ..core.calendar import within
from ..core.unknown import Unknown, Why, merge
from ..evidence.model import Row
from ..expressions.evaluate import Compiled, compile_expr
from ..expressions.tree import And, Expr, FindingValue, Not, Or
from ..methods.marks import NO_DATE
from ..round.scope import CaseScope
from ..standard.model import RowTest, Rule
from ..standard.model.reads import fields_of, findings_of
from .infer.program import All, Atom, Clause, Conclude, Either, Fired, Formula, Inverse, Program, Truth
from .results import Finding
from .say import Sentence, compile_say

Atoms = dict[str, Compiled | RowTest]
Values = Mapping[str, bool | Unknown]
FindingState = Literal["fired", "flagged", "waived"]
TAKES_NOTHING = ("none", "hold_item")


class CompiledRules(Struct, frozen=True):
    """One pass of one kind: the program, the readers of its atoms, and the sentences of its rules."""

    program: Program
    atoms: tuple[tuple[str, Compiled | RowTest], ...]
    rules: Mapping[str, Rule]
    tests: Mapping[str, Compiled]
    sentences: Mapping[str, Sentence]


def compile_rules(strata: Sequence[Sequence[Rule]], kind: str, grades: Sequence[str]) -> CompiledRules:
    """Return the rules of a kind, ready to run; `strata` come ordered by what the rules read."""
    atoms: Atoms = {}
    mine = [[rule for rule in stratum if kind in rule.kinds] for stratum in strata]
    rules = {rule.id: rule for stratum in mine for rule in stratum}
    clauses = tuple(tuple(_clause(rule, atoms, rules) for rule in stratum) for stratum in mine if stratum)
    tests = {
        name: compile_expr(test.where, test.table)
        for name, test in atoms.items()
        if isinstance(test, RowTest) and test.where
    }
    sentences = {rule.id: compile_say(rule) for rule in rules.values()}
    return CompiledRules(Program(clauses, tuple(grades)), tuple(atoms.items()), rules, tests, sentences)


def _clause(rule: Rule, atoms: Atoms, mine: Mapping[str, Rule]) -> Clause:
    test = rule.when
    formula = _row_atom(rule, test, atoms) if isinstance(test, RowTest) else _formula(rule, test, atoms, mine)
    return Clause(rule.id, formula, rule.unknown == "flag", rule.effect.name, rule.effect.target)


def _row_atom(rule: Rule, test: RowTest, atoms: Atoms) -> Formula:
    name = f"{rule.id}/1"
    atoms[name] = test
    return Atom(name)


def _formula(rule: Rule, expr: Expr, atoms: Atoms, mine: Mapping[str, Rule]) -> Formula:
    """Split a condition; a finding of this pass is chained by inference, one of an earlier pass is an atom."""
    match expr:
        case And():
            return All(tuple(_formula(rule, part, atoms, mine) for part in expr.parts))
        case Or():
            return Either(tuple(_formula(rule, part, atoms, mine) for part in expr.parts))
        case Not():
            return Inverse(_formula(rule, expr.part, atoms, mine))
        case FindingValue() if expr.rule in mine:
            return Fired(expr.rule)
        case _:
            name = f"{rule.id}/{sum(key.startswith(rule.id + '/') for key in atoms) + 1}"
            atoms[name] = compile_expr(expr)
            return Atom(name)


class JudgedAtom(Struct, frozen=True):
    """An atom's truth, why it is open, and the rows that made a row test true."""

    truth: Truth
    whys: tuple[Why, ...] = ()
    rows: tuple[Row, ...] = ()


TRUE, FALSE = JudgedAtom("true"), JudgedAtom("false")


class Found(Struct, frozen=True):
    """What one pass finds, and what expressions then read of each rule: on the facts as recorded, and on those settled."""

    findings: tuple[Finding, ...]
    recorded: Values
    settled: Values


def run_rules(
    rules: CompiledRules, scope: CaseScope, settled: CaseScope, waived: frozenset[str], conclude: Conclude
) -> Found:
    """Return the findings sorted by rule, with the values that the caller hands on to what is judged later.

    What holds an item or only marks reads the facts as they are recorded. What takes, bars or caps reads those that are
    settled as well, and is certain only where both say so: a value that is held for checking leaves a rule open at most.
    """
    found = _run(rules, scope, waived, conclude)
    recorded = {name: _as_value(finding) for name, finding in found.items()}
    # Nothing is held for checking, as in most units: one run of the rules is enough.
    if settled is scope:
        return Found(_by_rule(found), recorded, recorded)
    sure = _run(rules, settled, waived, conclude)
    values = {**settled.findings, **{name: _as_value(finding) for name, finding in sure.items()}}
    for name, rule in rules.rules.items():
        if (both := _agreed(rule, found.get(name), sure.get(name), settled, values)) is not None:
            values[name] = _as_value(both)
            if both.effect not in TAKES_NOTHING:
                found[name] = both
    return Found(_by_rule(found), recorded, values)


def _by_rule(findings: Mapping[str, Finding]) -> tuple[Finding, ...]:
    return tuple(findings[name] for name in sorted(findings))


def _agreed(
    rule: Rule, recorded: Finding | None, sure: Finding | None, settled: CaseScope, values: Values
) -> Finding | None:
    """Return what a rule finds on settled facts; open where it fires on these or on the recorded ones alone."""
    known = sure or recorded
    fired = [finding for finding in (recorded, sure) if finding is not None and finding.state == "fired"]
    # Both fire or neither does: the two agree.
    if known is None or len(fired) != 1:
        return known
    doubts = {why for name in fields_of(rule.when, {}) if (fact := settled.case.facts.get(name)) for why in fact.held}
    doubts.update(_findings_whys(findings_of(rule.when), values))
    return replace(known, state="flagged", rows=(), whys=known.whys or tuple(sorted(doubts)))


def _run(rules: CompiledRules, scope: CaseScope, waived: frozenset[str], conclude: Conclude) -> dict[str, Finding]:
    """Judge the atoms, let inference combine them, and return the findings by rule."""
    judged = {name: _judge(rules, name, test, scope) for name, test in rules.atoms}
    conclusion = conclude(rules.program, {name: atom.truth for name, atom in judged.items()}, waived)
    states, chain = dict(conclusion.states), dict(conclusion.chain)
    found: dict[str, Finding] = {}
    below = replace(
        scope, findings=dict(scope.findings)
    )  # grows by stratum: a rule takes over the reasons of those below
    for name in (clause.rule for stratum in rules.program.strata for clause in stratum if clause.rule in states):
        found[name] = _finding(rules, name, states[name], chain.get(name, ()), judged, below)
        below.findings[name] = _as_value(found[name])
    return found


def _as_value(finding: Finding) -> bool | Unknown:
    return Unknown(finding.whys) if finding.state == "flagged" else finding.state == "fired"


def _judge(rules: CompiledRules, name: str, test: Compiled | RowTest, scope: CaseScope) -> JudgedAtom:
    if isinstance(test, RowTest):
        return _judge_rows(test, rules.tests.get(name), scope)
    answer = test(scope)
    if isinstance(answer, Unknown):
        return JudgedAtom("unknown", answer.whys)
    return TRUE if answer else FALSE


def _judge_rows(test: RowTest, where: Compiled | None, scope: CaseScope) -> JudgedAtom:
    """A row that passes settles it; a row that may pass leaves it open, and so does a table that is not known as a whole."""
    table = scope.table(test.table)
    rows = scope.known_rows(test.table) if isinstance(table, Unknown) else table
    answers = [(row, _row(test, where, scope, row)) for row in rows]
    if hits := tuple(row for row, answer in answers if answer is True):
        return JudgedAtom("true", (), hits)
    open_ = [answer for answer in (table, *(answer for _, answer in answers)) if isinstance(answer, Unknown)]
    return JudgedAtom("unknown", merge(*open_).whys) if open_ else JudgedAtom("false")


def _row(test: RowTest, where: Compiled | None, scope: CaseScope, row: Row) -> bool | Unknown:
    answer = where(scope, row) if where else True
    if answer is False:
        return False
    dated = _dated(test, scope, row)
    if dated is False:
        return False
    open_ = [part for part in (answer, dated) if isinstance(part, Unknown)]
    return merge(*open_) if open_ else True


def _dated(test: RowTest, scope: CaseScope, row: Row) -> bool | Unknown:
    if not (test.dated and test.look_back):
        return True
    day = row.get(test.dated)
    if day is None:
        return Unknown((Why("missing_fact", f"{test.table}.{test.dated}"),))
    if scope.reference_date is None:
        return NO_DATE
    return within(day, test.look_back, scope.reference_date)  # type: ignore[arg-type]  # the column is a date


def _finding(
    rules: CompiledRules,
    name: str,
    state: FindingState,
    support: Sequence[str],
    judged: Mapping[str, JudgedAtom],
    scope: CaseScope,
) -> Finding:
    rule = rules.rules[name]
    atoms = [judged[part] for part in support if part in judged]
    whys = tuple(sorted({why for atom in atoms for why in atom.whys} | set(_findings_whys(support, scope.findings))))
    rows = tuple(row for atom in atoms for row in atom.rows) or ({},)
    filled = tuple(rules.sentences[name](scope, row) for row in rows) if state != "flagged" else ()
    return Finding(
        name, state, rule.severity, rule.effect.name, rule.effect.target, filled, whys if state != "fired" else ()
    )


def _findings_whys(support: Iterable[str], values: Values) -> Iterable[Why]:
    for name in support:
        value = values.get(name)
        if isinstance(value, Unknown):
            yield from value.whys
