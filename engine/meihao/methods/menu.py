"""The closed menus: every measure, every score and every way of combining. What is not listed here cannot be written in a pack.

Whatever a record lacks, the type checker names in the last lines: `Item "Halve" of "YesNo | ..." has no attribute "extremes"`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, get_args

from .aggregates.min import Minimum
from .aggregates.sum import Sum
from .aggregates.weighted_mean import WeightedMean
from .measures.against_mean import AgainstMean
from .measures.change_from import ChangeFrom
from .measures.count_rows import CountRows
from .measures.field import FieldMeasure
from .measures.index import Index
from .measures.per import Per
from .measures.percent import Percent
from .measures.percent_of_log import PercentOfLog
from .measures.percent_of_rows import PercentOfRows
from .measures.rank_in_round import RankInRound
from .method import MeasuringMethod, Menu, ScoringMethod, Written
from .scores.bands import Bands
from .scores.checklist import Checklist
from .scores.choice import Choice
from .scores.combine import Combine
from .scores.deduct import Deduct
from .scores.deduct_from_target import DeductFromTarget
from .scores.discretion import Discretion
from .scores.linear import Linear
from .scores.per_item import PerItem
from .scores.yes_no import YesNo

if TYPE_CHECKING:
    from ..text_in.yaml_value import YamlValue
    from .aggregate import CombiningMethod
    from .reader import PackReader

Measure = (
    FieldMeasure | Percent | PercentOfRows | PercentOfLog | CountRows | Per | ChangeFrom | RankInRound | AgainstMean | Index
)  # fmt: skip
Score = YesNo | Choice | Bands | Linear | PerItem | Deduct | DeductFromTarget | Checklist | Discretion | Combine
Aggregate = Sum | WeightedMean | Minimum
MEASURES: Mapping[str, type[Measure]] = {key: method for method in get_args(Measure) for key in method.keys}
SCORES: Mapping[str, type[Score]] = {key: method for method in get_args(Score) for key in method.keys}
AGGREGATES: Mapping[str, Aggregate] = {method.key: method() for method in get_args(Aggregate)}


def read_measure(written: YamlValue, reader: PackReader) -> Measure:
    """Read a measure by the key that names it."""
    name = next(key for key in MEASURES if key in written)
    return MEASURES[name].read(written, reader)


def read_score(written: YamlValue, measure: YamlValue | None, reader: PackReader) -> Score:
    """Read a score; `measure` is the measure beside it, which some scores need and others do not take."""
    name, inner = next(iter(written.items()))
    return SCORES[name].read(Written(name, inner, measure, reader, MENU))


def read_aggregate(written: YamlValue) -> Aggregate:
    """Return how a dimension or group combines its parts; where nothing is written they are added."""
    return AGGREGATES[written.text("aggregate", Sum.key)]


MENU = Menu(read_score, read_measure)

if TYPE_CHECKING:
    # A union is told to be no protocol without a word on why; its parts one by one are told by name.

    def _scores(score: Score) -> tuple[ScoringMethod, *tuple[object, ...]]:
        return (
            score, score.keys, score.read, score.check, score.best, score.may_earn_nothing, score.extremes, score.compile,
            score.lines, score.explain, score.answers, score.wants_reason, score.takes_bounds, score.has_floor, score.parts,
            score.with_documents, score.trials,
        )  # fmt: skip

    def _measures(measure: Measure) -> tuple[MeasuringMethod, *tuple[object, ...]]:
        return (
            measure, measure.keys, measure.read, measure.span, measure.may_be_zero, measure.reads, measure.field,
            measure.compile, measure.text, measure.is_percent, measure.counter, measure.across_units, measure.follows,
            measure.given,
        )  # fmt: skip

    def _aggregates(aggregate: Aggregate) -> tuple[CombiningMethod, *tuple[object, ...]]:
        return (
            aggregate, aggregate.key, aggregate.title, aggregate.adds_up, aggregate.line, aggregate.line_label,
            aggregate.combine, aggregate.values, aggregate.explain, aggregate.describe,
        )  # fmt: skip
