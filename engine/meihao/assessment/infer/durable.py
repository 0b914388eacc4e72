"""Runs a rule program with durable_rules, which no other module knows. Its conclusions equal those of `reference.conclude`.

The C module is driven directly, without its Host: no threads, no swallowed errors. Only small integers enter it. Every
ruleset has at most one session, made and deleted around one derivation. docs/engine.md tells what this keeps out.
"""

from __future__ import annotations

import weakref
from _thread import allocate_lock
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Set
from typing import Literal

import durable_rules_engine as c
from msgspec import json

from .network import ALWAYS, NOBODY, Layer, Network, Placed, Production, build, numbers_of
from .program import Conclusion, Program, Truth

SESSION = "0"  # durable's name for the session of a fact that names none
FACTS_IN_A_JOIN = 16  # beyond it durable writes past its memory
RADIX = 8  # a number is written in two digits: durable compares a fact with every test of a level in turn


class DurableFault(RuntimeError):
    """durable_rules did not do what its recipe promises: a bug, never a user's mistake."""


class Durable:
    """Concludes rule programs by forward chaining; keeps the rulesets of the programs used last. Threads may share it."""

    def __init__(self, keep: int = 64) -> None:
        self._keep = keep
        self._lock = allocate_lock()
        self._compiled: OrderedDict[int, CompiledNetwork] = OrderedDict()
        # Freed at once, this tells glibc to keep up to twice as much freed memory instead of handing it back to the
        # system: sessions then cost 5 to 9 times less. Without glibc it does nothing.
        bytes(8 << 20)

    def conclude(self, program: Program, atoms: Mapping[str, Truth], waived: frozenset[str]) -> Conclusion:
        """Return what follows. Raises KeyError for an atom that was not judged."""
        return self.compiled(program).conclude(atoms, waived)

    def compiled(self, program: Program) -> CompiledNetwork:
        """Return a program's rulesets, made at its first use; a program is known by its identity, which it keeps."""
        with self._lock:
            known = self._compiled.get(id(program)) or CompiledNetwork(program)
            self._compiled[id(program)] = known
            self._compiled.move_to_end(id(program))
            if len(self._compiled) > self._keep:
                self._compiled.popitem(last=False)
            return known


class CompiledNetwork:
    """One program's network and its rulesets; one conclusion at a time."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.network: Network = build(program)
        self.rulesets = tuple(tuple(Ruleset(group) for group in layer.groups) for layer in self.network.layers)
        self._lock = allocate_lock()

    def conclude(self, atoms: Mapping[str, Truth], waived: frozenset[str]) -> Conclusion:
        """Return what follows from the judged atoms, stratum by stratum."""
        certain, possible = given(self.network, atoms)
        states: dict[str, Literal["fired", "flagged", "waived"]] = {}
        chain: list[tuple[str, tuple[str, ...]]] = []
        with self._lock:
            for layer, rulesets in zip(self.network.layers, self.rulesets, strict=True):
                _recall(layer, states, certain, possible)
                _derive(layer, rulesets, certain, possible, waived)
                found = [(p, _state(p, certain, possible, waived)) for p in layer.clauses]
                states |= {p.clause.rule: state for p, state in found if state}
                chain += [(p.clause.rule, _support(p, atoms, states)) for p, state in found if state]
        effects = _effects(self.network, certain)
        caps = [target for effect, target, _ in effects if effect == "cap_grade"]
        cap = min(caps, key=self.program.grades.index, default="")
        return Conclusion(tuple(sorted(states.items())), effects, cap, tuple(sorted(chain)))


def given(network: Network, atoms: Mapping[str, Truth]) -> tuple[set[int], set[int]]:
    """Return the numbers that certainly hold and those that possibly hold; one and the same set if nothing is unknown."""
    certain, either = {ALWAYS}, set()
    for name, yes, no in network.atoms:
        match atoms[name]:
            case "true":
                certain.add(yes)
            case "false":
                certain.add(no)
            case "unknown":
                either |= {yes, no}
            case other:
                raise ValueError(f"{name} is judged neither true, false nor unknown: {other!r}")
    return certain, (certain | either if either else certain)


def _recall(layer: Layer, states: Mapping[str, str], certain: set[int], possible: set[int]) -> None:
    """Add what the layer reads of earlier findings, the explicit "it did not fire" among it."""
    for number, rule, holds in layer.earlier:
        state = states.get(rule)
        if state == "flagged":
            possible.add(number)
        elif (state == "fired") is holds:
            certain.add(number)
            possible.add(number)


def _derive(
    layer: Layer, rulesets: Iterable[Ruleset], certain: set[int], possible: set[int], waived: frozenset[str]
) -> None:
    """Add what the layer derives. The possible needs a run of its own only where it differs from the certain."""
    in_force = {p.found: p.in_force for p in layer.clauses if p.in_force and p.clause.rule not in waived}
    for ruleset in rulesets:
        sure = ruleset.wanted & certain
        derived = ruleset.derive(sure, in_force)
        if layer.open and possible is not certain:
            open_ = ruleset.wanted & possible
            possible |= derived if open_ == sure else ruleset.derive(open_, {})
        certain |= derived


def _state(
    placed: Placed, certain: Set[int], possible: Set[int], waived: frozenset[str]
) -> Literal["", "fired", "flagged", "waived"]:
    sure = placed.found in certain
    if not sure and not (placed.clause.flag_unknown and placed.found in possible):
        return ""
    if placed.clause.rule in waived:
        return "waived"
    return "fired" if sure else "flagged"


def _support(placed: Placed, atoms: Mapping[str, Truth], states: Mapping[str, str]) -> tuple[str, ...]:
    """Return the facts that a finding's ruleset was given and that are not false."""
    names = [name for name in placed.atoms if atoms[name] != "false"]
    if placed.rules:
        names += [rule for rule in placed.rules if states.get(rule) in ("fired", "flagged")]
        names = sorted(set(names))
    return tuple(names)


def _effects(network: Network, certain: Set[int]) -> tuple[tuple[str, str, str], ...]:
    clauses = (p.clause for layer in network.layers for p in layer.clauses if p.effect and p.effect in certain)
    return tuple(sorted(((c.effect, c.target, c.rule) for c in clauses), key=lambda effect: effect[2]))


class Ruleset:
    """A group of productions within durable: freed with this object. Not for two threads at once."""

    def __init__(self, group: tuple[Production, ...]) -> None:
        _fit(group)
        places = numbers_of(group)
        self.wanted = frozenset(places)
        self._facts = {number: _fact(place) for number, place in places.items()}
        self._heads = {str(name): production.head for name, production in enumerate(group)}
        rules = {str(name): {"all": [_test(places[n], n) for n in p.body]} for name, p in enumerate(group)}
        self._handle: int = c.create_ruleset("meihao", json.encode(rules).decode())
        weakref.finalize(self, c.delete_ruleset, self._handle)
        self._warm(group[0])

    def _warm(self, production: Production) -> None:
        """Fire once: durable leaves two pointers of a new session slot unset until then, and frees them at deletion."""
        derived = self.derive(frozenset(production.body), {})
        if production.head not in derived:
            raise DurableFault("a rule did not fire on its own facts")

    def derive(self, known: Set[int], in_force: Mapping[int, int]) -> set[int]:
        """Return what follows from the known numbers; `in_force` is what holds beside a number once that is derived."""
        if self.wanted.isdisjoint(known):
            return set()
        try:
            session = self._tell(known)
            return self._chain(session, known, in_force)
        finally:
            c.delete_state(self._handle, SESSION)

    def _tell(self, numbers: Set[int]) -> int:
        batch = ",".join(fact for number, fact in self._facts.items() if number in numbers)
        if not batch:
            raise DurableFault("there is nothing to tell")  # durable would end the process
        code, session = c.assert_facts(self._handle, f"[{batch}]")
        if code:
            raise DurableFault(f"a fact was not taken (code {code})")
        return int(session)

    def _chain(self, session: int, known: Set[int], in_force: Mapping[int, int]) -> set[int]:
        """Fire until nothing fires; every rule can fire once, since a fact is told once."""
        derived: set[int] = set()
        started = c.start_action_for_state(self._handle, session)
        fired = started[1] if started else None
        for _ in self._heads:
            if fired is None:
                return derived
            head = self._heads[fired.split('"', 2)[1]]
            if head not in derived and head not in known:
                new = {head, in_force.get(head, NOBODY)}
                derived |= new
                if not self.wanted.isdisjoint(new):
                    self._tell(new)
            fired = c.complete_and_start_action(self._handle, session)
        if fired is not None:
            raise DurableFault("more rules fired than there are")
        return derived


def _fit(group: tuple[Production, ...]) -> None:
    """Refuse what durable crashes on (a join of too many facts, or of one twice) or answers wrongly (a join of none)."""
    for production in group:
        body = production.body
        if not 0 < len(set(body)) == len(body) <= FACTS_IN_A_JOIN or NOBODY in body:
            raise DurableFault(f"durable cannot join {len(body)} facts, {len(set(body))} of them different")


def _fact(place: int) -> str:
    return f'{{"g":{place // RADIX},"n":{place % RADIX}}}'


def _test(place: int, number: int) -> dict[str, object]:
    """Return one pattern of a rule: two tests on one fact, none across facts."""
    return {f"c{number}": {"$and": [{"g": place // RADIX}, {"n": place % RADIX}]}}
