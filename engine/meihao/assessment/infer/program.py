"""Defines a rule program, formulas over judged atoms in strata, and the conclusion that both engines draw from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from msgspec import Struct

Truth = Literal["true", "false", "unknown"]


class Atom(Struct, frozen=True):
    """A judged test: a comparison or a row test; the evaluator gave it a truth value before inference."""

    id: str


class All(Struct, frozen=True):
    parts: tuple[Formula, ...]


class Either(Struct, frozen=True):
    parts: tuple[Formula, ...]


class Inverse(Struct, frozen=True):
    part: Formula


class Fired(Struct, frozen=True):
    """A rule of an earlier stratum fired (flagged counts as unknown, waived as not fired)."""

    rule: str


Formula = Atom | All | Either | Inverse | Fired


class Clause(Struct, frozen=True):
    """One rule as inference sees it."""

    rule: str
    formula: Formula
    flag_unknown: bool
    effect: str
    target: str


class Program(Struct, frozen=True):
    """Clauses in strata; within a stratum no clause reads another. `grades` run from the lowest up."""

    strata: tuple[tuple[Clause, ...], ...]
    grades: tuple[str, ...] = ()


class Conclusion(Struct, frozen=True):
    """`states` by rule; `effects` of fired rules as (effect, target, rule); `cap` the lowest grade cap in force, "" if none.

    `chain` lists what followed from what, sorted: (rule, the atoms and findings that made it true or open).
    """

    states: tuple[tuple[str, Literal["fired", "flagged", "waived"]], ...]
    effects: tuple[tuple[str, str, str], ...]
    cap: str
    chain: tuple[tuple[str, tuple[str, ...]], ...]


Conclude = Callable[[Program, Mapping[str, Truth], frozenset[str]], Conclusion]
