"""Defines the measures: a closed menu that turns facts into one number, or into unknown."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from ...core.calendar import Duration
from ...core.numbers import Number
from ...expressions.tree import Expr

WhenZero = Literal["unknown", "not_applicable"] | Number | None
Period = Literal["month", "quarter", "half_year", "year"]


class Sample(Struct, frozen=True):
    """A survey's least size; below it the measure is unknown (sample_too_small), or earns `otherwise` points."""

    size: Expr
    at_least: Expr
    otherwise: Literal["unknown"] | Number = "unknown"


class FieldMeasure(Struct, frozen=True):
    """`field: EXPR`: the number itself, or the class of a choice field for `choice` scores."""

    value: Expr


class Percent(Struct, frozen=True):
    """`percent: A, of: B`: 100 A / B."""

    part: Expr
    whole: Expr
    when_zero: WhenZero = None


class PercentOfRows(Struct, frozen=True):
    """`percent_of_rows: TABLE, where: TEST, among: TEST`: 100 rows(among and where) / rows(among)."""

    table: str
    where: Expr
    among: Expr | None = None
    when_zero: WhenZero = None


class Deadline(Struct, frozen=True):
    """A step must follow another within `at_most` (the last day counts)."""

    start: str
    end: str
    at_most: Duration


class PercentOfLog(Struct, frozen=True):
    """`percent_of_log: PROCESS`: logs that went through every step in order (and met the deadlines), of those counted.

    With `deadlines` alone (`steps: only_deadlines`) the order of the other steps is not asked.
    """

    process: str
    started_within: Duration | None = None
    leave_out_if_started_within: Duration | None = None
    same_day: Literal["allowed", "refused"] = "allowed"
    deadlines: tuple[Deadline, ...] = ()
    only_deadlines: bool = False
    when_zero: WhenZero = None


class CountRows(Struct, frozen=True):
    """`count_rows: TABLE`: rows that pass `where` and lie in the window; `distinct` column; or distinct `each` periods."""

    table: str
    where: Expr | None = None
    dated: str | None = None
    look_back: Duration | None = None
    distinct: str | None = None
    each: Period | None = None


class Per(Struct, frozen=True):
    """`per: 1000, count: A, of: B`: A x 1000 / B."""

    per: Expr
    count: Expr
    of: Expr
    when_zero: WhenZero = None


class ChangeFrom(Struct, frozen=True):
    """`change_from: LAST, now: THIS, as: percent|number`: growth in percent of last, or the difference."""

    before: Expr
    now: Expr
    unit: Literal["percent", "number"] = "percent"
    when_zero: WhenZero = None


class SmallGroup(Struct, frozen=True):
    """What a cohort measure gives where the group has fewer than `fewer_than` known values."""

    fewer_than: int = 2
    otherwise: Literal["unknown"] | Number = "unknown"


class RankInRound(Struct, frozen=True):
    """`rank_in_round: EXPR`: place 1, 2, 2, 4 among the submitted units of the kind (or 100 (n - place) / (n - 1) percent)."""

    value: Expr
    first: Literal["highest", "lowest"] = "highest"
    within: str | None = None
    unit: Literal["place", "percent"] = "place"
    small: SmallGroup = SmallGroup()


class AgainstMean(Struct, frozen=True):
    """`against_mean: EXPR`: difference from the group's mean, or percent of it."""

    value: Expr
    within: str | None = None
    unit: Literal["difference", "percent"] = "difference"
    small: SmallGroup = SmallGroup()


class Index(Struct, frozen=True):
    """`index: EXPR`: min-max within the group, 0 to 100 (OECD/JRC handbook, step normalisation)."""

    value: Expr
    better: Literal["high", "low"] = "high"
    within: str | None = None
    small: SmallGroup = SmallGroup()


CohortMeasure = RankInRound | AgainstMean | Index
Measure = FieldMeasure | Percent | PercentOfRows | PercentOfLog | CountRows | Per | ChangeFrom | CohortMeasure
