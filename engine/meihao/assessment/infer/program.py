"""A rule program: formulas over judged atoms in strata, and what concluding it gives. Both readings speak these records."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

Truth = Literal["true", "false", "unknown"]


@dataclass(frozen=True, slots=True)
class Atom:
    """A judged test: a comparison or a row test; the evaluator gave it a truth value before inference."""

    id: str


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Either:
    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Inverse:
    part: Formula


@dataclass(frozen=True, slots=True)
class Fired:
    """A rule of an earlier stratum fired (flagged counts as unknown, waived as not fired)."""

    rule: str


Formula = Atom | All | Either | Inverse | Fired


@dataclass(frozen=True, slots=True)
class Clause:
    """One rule as inference sees it."""

    rule: str
    formula: Formula
    flag_unknown: bool
    effect: str
    target: str


@dataclass(frozen=True, slots=True)
class Program:
    """Clauses in strata; within a stratum no clause reads another. `grades` run from the lowest up."""

    strata: tuple[tuple[Clause, ...], ...]
    grades: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conclusion:
    """`states` by rule; `effects` of fired rules as (effect, target, rule); `cap` the lowest grade cap in force, "" if none.

    `chain` lists what followed from what, sorted: (rule, the atoms and findings that made it true or open).
    """

    states: tuple[tuple[str, Literal["fired", "flagged", "waived"]], ...]
    effects: tuple[tuple[str, str, str], ...]
    cap: str
    chain: tuple[tuple[str, tuple[str, ...]], ...]


Conclude = Callable[[Program, Mapping[str, Truth], frozenset[str]], Conclusion]
