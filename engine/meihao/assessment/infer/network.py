"""Turns a rule program into productions over numbers, in layers and groups, for durable_rules, which is not known here.

Each atom and each earlier finding gives two numbers, "it holds" and "it does not"; `Inverse` is pushed down to them, so
that every production only adds. Run on what is certain, the productions give the certainly true; run on what is
possible (an unknown atom both holds and does not), the possibly true: together Kleene's three values.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import assert_never

from msgspec import Struct

from .program import All, Atom, Clause, Either, Fired, Formula, Inverse, Program

NOBODY = 0  # a number that nobody reads
ALWAYS = 1  # a number that always holds
WIDEST_JOIN = 8  # durable joins at most 16 facts; a wider `All` becomes a tree
JOINS_IN_A_GROUP = 32  # durable pays for every join of a ruleset at every session, so a ruleset stays small


class Production(Struct, frozen=True):
    """When all numbers of `body` hold, `head` holds."""

    body: tuple[int, ...]
    head: int


class Placed(Struct, frozen=True):
    """A clause, the number of its finding, the two numbers of its effect (NOBODY if it has none), and what it reads.

    `in_force` is given beside `found` unless the rule is waived; both together give `effect`.
    """

    clause: Clause
    found: int
    in_force: int
    effect: int
    atoms: tuple[str, ...]
    rules: tuple[str, ...]


class Layer(Struct, frozen=True):
    """One stratum: the earlier findings that it reads as (number, rule, holds?), and its productions in groups.

    What a group derives is read by itself and by later groups only. `open` tells that some clause flags what is unknown.
    """

    earlier: tuple[tuple[int, str, bool], ...]
    groups: tuple[tuple[Production, ...], ...]
    clauses: tuple[Placed, ...]
    open: bool


class Network(Struct, frozen=True):
    """All atoms of a program as (name, its number if true, its number if false), in the order of reading; the layers."""

    atoms: tuple[tuple[str, int, int], ...]
    layers: tuple[Layer, ...]


def build(program: Program) -> Network:
    """Return the network of a program."""
    numbers: dict[Hashable, int] = {}
    earlier: set[str] = set()
    layers = []
    for place, stratum in enumerate(program.strata):
        layers.append(_Layering(numbers, frozenset(earlier), place).layer(stratum))
        earlier |= {clause.rule for clause in stratum}
    names = dict.fromkeys(
        name for stratum in program.strata for c in stratum for name, atom in _reads(c.formula) if atom
    )
    atoms = tuple((n, numbers.get(("atom", n, True), NOBODY), numbers.get(("atom", n, False), NOBODY)) for n in names)
    return Network(atoms, tuple(layers))


def _reads(formula: Formula) -> Iterator[tuple[str, bool]]:
    """Yield (name, is it an atom?) for each name that a formula reads, in the order of reading."""
    match formula:
        case Atom():
            yield formula.id, True
        case Fired():
            yield formula.rule, False
        case Inverse():
            yield from _reads(formula.part)
        case All() | Either():
            for part in formula.parts:
                yield from _reads(part)
        case _:
            assert_never(formula)


def _upright(formula: Formula, holds: bool) -> tuple[Formula, bool]:
    """Return a formula without the inversions at its top, and whether it is asked to hold or not to hold."""
    while isinstance(formula, Inverse):
        formula, holds = formula.part, not holds
    return formula, holds


class _Layering:
    """Builds one layer; `numbers` is shared by all layers of a program, the inner formulas are the layer's own."""

    def __init__(self, numbers: dict[Hashable, int], earlier: frozenset[str], place: int) -> None:
        self._numbers = numbers
        self._earlier = earlier
        self._place = place
        self._read: dict[int, tuple[int, str, bool]] = {}
        self._productions: list[Production] = []

    def layer(self, stratum: Sequence[Clause]) -> Layer:
        """Return the layer of a stratum."""
        clauses = tuple(self._clause(clause) for clause in stratum)
        groups = tuple(_grouped(self._productions))
        return Layer(tuple(self._read.values()), groups, clauses, any(clause.flag_unknown for clause in stratum))

    def _number(self, *key: Hashable) -> int:
        return self._numbers.setdefault(key, len(self._numbers) + ALWAYS + 1)

    def _clause(self, clause: Clause) -> Placed:
        found = self._number("found", clause.rule)
        formula, holds = _upright(clause.formula, True)
        if isinstance(formula, All | Either):
            self._conclude(isinstance(formula, All) == holds, self._parts(formula, holds), found)
        else:
            self._conclude(True, self._settle(self._term(formula, holds)), found)
        in_force, effect = NOBODY, NOBODY
        if clause.effect != "none":
            in_force, effect = self._number("in force", clause.rule), self._number("effect", clause.rule)
            self._productions.append(Production((found, in_force), effect))
        reads = sorted(set(_reads(clause.formula)))
        atoms, rules = (tuple(name for name, atom in reads if atom is kind) for kind in (True, False))
        return Placed(clause, found, in_force, effect, atoms, rules)

    def _term(self, formula: Formula, holds: bool) -> int | bool:
        """Return the number of a formula that is asked to hold or not to hold, or the constant that it is."""
        formula, holds = _upright(formula, holds)
        match formula:
            case Atom():
                return self._number("atom", formula.id, holds)
            case Fired():
                return self._finding(formula.rule, holds)
            case All() | Either():
                return self._inner(isinstance(formula, All) == holds, self._parts(formula, holds))
            case Inverse():
                raise AssertionError("inversions were taken off")
            case _:
                assert_never(formula)

    def _finding(self, rule: str, holds: bool) -> int | bool:
        """A rule that no earlier stratum has never fired."""
        if rule not in self._earlier:
            return not holds
        number = self._number("finding", rule, holds)
        self._read[number] = (number, rule, holds)
        return number

    def _parts(self, formula: All | Either, holds: bool) -> tuple[int, ...] | bool:
        """Return the numbers that a formula joins, those of inner formulas of its kind among them, or its constant."""
        every = isinstance(formula, All) == holds
        found: dict[int, None] = {}
        for part, inner in (_upright(part, holds) for part in formula.parts):
            if isinstance(part, All | Either) and (isinstance(part, All) == inner) is every:
                settled = self._parts(part, inner)
            else:
                settled = self._settle(self._term(part, inner))
            if isinstance(settled, tuple):
                found |= dict.fromkeys(settled)
            elif settled is not every:
                return settled
        return tuple(found) or every

    @staticmethod
    def _settle(term: int | bool) -> tuple[int, ...] | bool:
        return term if isinstance(term, bool) else (term,)

    def _inner(self, every: bool, parts: tuple[int, ...] | bool) -> int | bool:
        """Return the number of an inner formula; equal ones of a layer share it."""
        if isinstance(parts, bool):
            return parts
        if len(parts) == 1:
            return parts[0]
        key = ("inner", self._place, every, frozenset(parts))
        known = key in self._numbers
        number = self._number(*key)
        if not known:
            self._conclude(every, parts, number)
        return number

    def _conclude(self, every: bool, parts: tuple[int, ...] | bool, head: int) -> None:
        """Add the productions of a head: one join (or a tree of joins) for `every`, else one production a part."""
        if isinstance(parts, bool):
            parts, every = ((ALWAYS,) if parts else ()), False
        if not every:
            self._productions += [Production((part,), head) for part in parts]
            return
        while len(parts) > WIDEST_JOIN:
            bundles = [parts[i : i + WIDEST_JOIN] for i in range(0, len(parts), WIDEST_JOIN)]
            terms = [self._inner(True, bundle) for bundle in bundles]
            parts = tuple(dict.fromkeys(term for term in terms if not isinstance(term, bool)))
        self._productions.append(Production(parts, head))


def _grouped(productions: Sequence[Production]) -> Iterator[tuple[Production, ...]]:
    """Yield the productions in their order, in groups of at most JOINS_IN_A_GROUP joins."""
    group: list[Production] = []
    for production in productions:
        if sum(len(p.body) for p in group) + len(production.body) > JOINS_IN_A_GROUP:
            yield tuple(group)
            group = []
        group.append(production)
    if group:
        yield tuple(group)


def numbers_of(group: Sequence[Production]) -> Mapping[int, int]:
    """Return the numbers that a group reads, each with its place within the group, in the order of reading."""
    return {n: place for place, n in enumerate(dict.fromkeys(n for production in group for n in production.body))}
