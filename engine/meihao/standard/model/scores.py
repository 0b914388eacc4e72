"""Defines the scores: a closed menu that turns a measure into points. Points and edges may depend on a class."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from ...core.text import Label
from ...expressions.fields import DocumentWanted
from ...expressions.tree import Expr
from .measures import Measure, Sample

Edge = Literal["at_least", "at_most", "more_than", "less_than"]
Step = Literal["floor", "ceil", "prorata"]


class YesNo(Struct, frozen=True):
    """Full points where the condition holds: `when` (no measure), or every edge on the measure."""

    when: Expr | None = None
    edges: tuple[tuple[Edge, Expr], ...] = ()


class Choice(Struct, frozen=True):
    """Points by class of a choice field: `{approved: 5, applied: 3, none: 0}`."""

    points: tuple[tuple[str, Expr], ...]


class Band(Struct, frozen=True):
    """One row: the measure lies within every edge; a row without edges is `otherwise`."""

    edges: tuple[tuple[Edge, Expr], ...]
    points: Expr


class Bands(Struct, frozen=True):
    """The first row that holds gives the points."""

    rows: tuple[Band, ...]


class Linear(Struct, frozen=True):
    """Piecewise linear through (value, points), flat outside the first and last."""

    anchors: tuple[tuple[Expr, Expr], ...]


class PerItem(Struct, frozen=True):
    """`points` for each `for_each` of the measure, up to `at_most` points."""

    points: Expr
    for_each: Expr
    step: Step | None = None
    at_most: Expr | None = None


class Deduct(Struct, frozen=True):
    """Full points less `lose` for each `for_each` of the measure, losing `at_most` points."""

    lose: Expr
    for_each: Expr
    step: Step | None = None
    at_most: Expr | None = None


class DeductFromTarget(Struct, frozen=True):
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


class CheckItem(Struct, frozen=True):
    title: Label
    when: Expr


class Checklist(Struct, frozen=True):
    """k of n items hold: points by `lookup` (k -> points, highest k reached), by `each`, or full less `lose` per missing."""

    items: tuple[CheckItem, ...]
    lookup: tuple[tuple[int, Expr], ...] = ()
    each: Expr | None = None
    lose: Expr | None = None


class Discretion(Struct, frozen=True):
    """An inspector's judgement in a range; the field's observation carries the reason."""

    low: Expr
    high: Expr


class Part(Struct, frozen=True):
    """One route or part of a combinator: a condition `when`, or a measure with a score; `points` is its full mark."""

    title: Label
    points: Expr | None = None
    when: Expr | None = None
    measure: Measure | None = None
    sample: Sample | None = None
    score: Score | None = None
    evidence: tuple[DocumentWanted, ...] = ()


class Combine(Struct, frozen=True):
    """any_of: a route that holds gives its points; best_of: the highest; all_of: all, else `otherwise`; sum: added up."""

    how: Literal["any_of", "best_of", "all_of", "sum"]
    parts: tuple[Part, ...]
    otherwise: Literal["zero", "lowest"] = "zero"


Score = YesNo | Choice | Bands | Linear | PerItem | Deduct | DeductFromTarget | Checklist | Discretion | Combine
