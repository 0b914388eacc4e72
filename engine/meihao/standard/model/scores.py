"""Scores: the closed menu that turns a measure into points. Points and edges may be looked up by class anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ...core.text import Label
from ..expressions.tree import Expr
from .fields import DocumentWanted
from .measures import Measure, Sample

Edge = Literal["at_least", "at_most", "more_than", "less_than"]
Step = Literal["floor", "ceil", "prorata"]


@dataclass(frozen=True, slots=True)
class YesNo:
    """Full points where the condition holds: `when` (no measure), or every edge on the measure."""

    when: Expr | None = None
    edges: tuple[tuple[Edge, Expr], ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """Points by class of a choice field: `{approved: 5, applied: 3, none: 0}`."""

    points: tuple[tuple[str, Expr], ...]


@dataclass(frozen=True, slots=True)
class Band:
    """One row: the measure lies within every edge; a row without edges is `otherwise`."""

    edges: tuple[tuple[Edge, Expr], ...]
    points: Expr


@dataclass(frozen=True, slots=True)
class Bands:
    """The first row that holds gives the points."""

    rows: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class Linear:
    """Piecewise linear through (value, points), flat outside the first and last."""

    anchors: tuple[tuple[Expr, Expr], ...]


@dataclass(frozen=True, slots=True)
class PerItem:
    """`points` for each `for_each` of the measure, up to `at_most` points."""

    points: Expr
    for_each: Expr
    step: Step | None = None
    at_most: Expr | None = None


@dataclass(frozen=True, slots=True)
class Deduct:
    """Full points less `lose` for each `for_each` of the measure, losing `at_most` points."""

    lose: Expr
    for_each: Expr
    step: Step | None = None
    at_most: Expr | None = None


@dataclass(frozen=True, slots=True)
class DeductFromTarget:
    """Full (or `base`) points at the target; lose below it (or above, `side: above`); gain beyond it; 0 past `not_beyond`."""

    target: Expr
    lose: Expr
    for_each: Expr
    step: Step
    side: Literal["below", "above"] = "below"
    base: Expr | None = None
    gain: Expr | None = None
    gain_at_most: Expr | None = None
    not_beyond: Expr | None = None


@dataclass(frozen=True, slots=True)
class CheckItem:
    title: Label
    when: Expr


@dataclass(frozen=True, slots=True)
class Checklist:
    """k of n items hold: points by `lookup` (k -> points, highest k reached), by `each`, or full less `lose` per missing."""

    items: tuple[CheckItem, ...]
    lookup: tuple[tuple[int, Expr], ...] = ()
    each: Expr | None = None
    lose: Expr | None = None


@dataclass(frozen=True, slots=True)
class Discretion:
    """An inspector's judgement in a range; the field's observation carries the reason."""

    low: Expr
    high: Expr


@dataclass(frozen=True, slots=True)
class Part:
    """One route or part of a combinator: a condition `when`, or a measure with a score; `points` is its full mark."""

    title: Label
    points: Expr | None = None
    when: Expr | None = None
    measure: Measure | None = None
    sample: Sample | None = None
    score: Score | None = None
    evidence: tuple[DocumentWanted, ...] = ()


@dataclass(frozen=True, slots=True)
class Combine:
    """any_of: a route that holds gives its points; best_of: the highest; all_of: all, else `otherwise`; sum: added up."""

    how: Literal["any_of", "best_of", "all_of", "sum"]
    parts: tuple[Part, ...]
    otherwise: Literal["zero", "lowest"] = "zero"


Score = YesNo | Choice | Bands | Linear | PerItem | Deduct | DeductFromTarget | Checklist | Discretion | Combine
