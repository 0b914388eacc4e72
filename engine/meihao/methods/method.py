"""Says what every method must give. A record that lacks any of it is named by the type checker in `menu`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, Protocol, Self

from msgspec import Struct

from ..core.numbers import Number
from ..core.problems import Message, Problem, Source
from ..core.text import Label
from ..expressions.fields import DocumentWanted, Field
from ..expressions.tree import Expr
from .marks import PartJudge
from .measured import Measurer, Scorer
from .process import Process
from .sample import Sample
from .spans import ANY, Fields, Span
from .trials import Given, Trial, Turn, at_edges

if TYPE_CHECKING:
    from ..text_in.yaml_value import YamlValue
    from .cohort import AcrossUnits
    from .reader import PackReader
    from .scribe import Scribe
    from .telling import Telling

ChangeDocuments = Callable[[tuple[DocumentWanted, ...]], tuple[DocumentWanted, ...]]


class MeasuringMethod(Protocol):
    """A way of measuring: facts to one number, a class, or unknown."""

    keys: ClassVar[tuple[str, ...]]
    """The keys by which it is written; each has a branch of the schema and a page."""

    @classmethod
    def read(cls, written: YamlValue, reader: PackReader) -> Self:
        """Read it; the shape has been checked."""

    def span(self, fields: Fields) -> Span:
        """Return between which numbers it lies."""

    def may_be_zero(self, applies_when: Expr | None, fields: Fields) -> bool:
        """Say whether its denominator may be 0 without a word on what happens then."""

    def reads(self, processes: Mapping[str, Process]) -> tuple[str, ...]:
        """Return the fields that it names outside its expressions: tables, logs, classes."""

    def compile(self, key: str, processes: Sequence[Process]) -> Measurer:
        """Return its reader for cases; `key` is where its value across units is looked up."""

    def text(self, say: Scribe) -> str:
        """Return what it counts, as a phrase without a full stop."""

    def field(self) -> str:
        """Return the id of the field whose value it is, as it stands; "" where it computes."""

    def is_percent(self, say: Scribe) -> bool:
        """Say whether it is a percentage, so that its edges carry the sign and its steps are percentage points."""

    def counter(self, say: Scribe) -> str:
        """Return the word after a number of its steps: 处, 个百分点; in English nothing where the pack gives no English."""

    def across_units(self) -> AcrossUnits | None:
        """Return it where it is found once for a round, among the units of a group; None where one unit's facts give it."""

    def given(self, value: Number | str) -> Given:
        """Return facts by which it measures so much; none where its author must find them."""

    def follows(self) -> str:
        """Return the id of the process whose steps it follows; "" where it follows none."""


class MeasureRecord(Struct, frozen=True):
    """What most measures answer to questions that few answer otherwise; a measure says only what differs."""

    def field(self) -> str:
        return ""

    def across_units(self) -> AcrossUnits | None:
        return None

    def given(self, value: Number | str) -> Given:
        return {}

    def follows(self) -> str:
        return ""


class ScoringMethod(Protocol):
    """A way of scoring: what was measured to points, certain and possible."""

    keys: ClassVar[tuple[str, ...]]
    """The keys by which it is written; each has a branch of the schema and a page."""

    @classmethod
    def read(cls, written: Written) -> Self:
        """Read it; the shape has been checked."""

    def check(self, item: Scored) -> Iterator[Problem]:
        """Yield what its author should mend."""

    def best(self, fields: Fields) -> Number | None:
        """Return the most that it gives, where it is written out; None where that follows from the full mark or the facts."""

    def may_earn_nothing(self) -> bool:
        """Say whether 0 points can be reached."""

    def extremes(self, full: Number, measure: Span, fields: Fields) -> Iterator[Number]:
        """Yield the points where it turns, beside 0 and the full mark: the least and the most are among them."""

    def compile(self, full: Number, parts: tuple[tuple[Number, PartJudge], ...] = ()) -> Scorer:
        """Return its judge for a full mark; `parts` are given for combinators only."""

    def lines(
        self, measure: MeasuringMethod | None, full: Number, say: Scribe, unfloored: bool = False
    ) -> tuple[str, ...]:
        """Return how it gives its points, in lines without full stops; the first line stands alone."""

    def explain(self, say: Telling) -> str:
        """Return why a unit got its points."""

    def trials(self, item: Scored) -> Iterator[Trial]:
        """Yield the cases that its author should write, as far as its numbers are written out."""

    def answers(self, say: Scribe) -> tuple[str, str]:
        """Return what is said where its condition holds and where it does not; "" twice where it is no condition."""

    def wants_reason(self) -> bool:
        """Say whether what it scores is an inspector's judgement, which stands with a written reason beside it."""

    def takes_bounds(self) -> bool:
        """Say whether it judges a count that is known only between two bounds."""

    def has_floor(self) -> bool:
        """Say whether the most that it can take off is written out, so that no fact makes it sink without end."""

    @property
    def parts(self) -> tuple[Part, ...]:
        """What it puts together, part by part; empty where it scores what is measured."""

    def with_documents(self, change: ChangeDocuments) -> ScoringMethod:
        """Return it with other documents for its parts, at any depth."""


class ScoreRecord(Struct, frozen=True):
    """What most scores answer to questions that few answer otherwise; a score says only what differs."""

    def best(self, fields: Fields) -> Number | None:
        return None

    def may_earn_nothing(self) -> bool:
        return True

    def answers(self, say: Scribe) -> tuple[str, str]:
        return "", ""

    def wants_reason(self) -> bool:
        return False

    def takes_bounds(self) -> bool:
        return False

    def has_floor(self) -> bool:
        return False

    @property
    def parts(self) -> tuple[Part, ...]:
        return ()

    def with_documents(self, change: ChangeDocuments) -> Self:
        return self


class Part(Struct, frozen=True):
    """One route or part of a combinator: a condition `when`, or a measure with a score; `points` is its full mark."""

    title: Label
    points: Expr | None = None
    when: Expr | None = None
    measure: MeasuringMethod | None = None
    sample: Sample | None = None
    score: ScoringMethod | None = None
    evidence: tuple[DocumentWanted, ...] = ()


class Menu(Struct, frozen=True):
    """How the parts of a combinator are read: any score, any measure."""

    score: Callable[[YamlValue, YamlValue | None, PackReader], ScoringMethod]
    measure: Callable[[YamlValue, PackReader], MeasuringMethod]


class Written(Struct, frozen=True):
    """A score as it is written: its key, what stands there, the measure beside it, and what it is read with."""

    key: str
    value: YamlValue
    measure: YamlValue | None
    reader: PackReader
    menu: Menu


class Scored(Struct, frozen=True):
    """A score in its place: the criterion and its full mark, the measure beside the score, the fields of the pack.

    `outermost` says that it is the criterion's own score, not that of a part.
    """

    id: str
    points: Number
    source: Source
    uncapped: bool
    outermost: bool
    measure: MeasuringMethod | None
    fields: Fields

    def at(self, message: Message, **values: object) -> Problem:
        """Return a problem of the criterion."""
        return message.at(self.source, item=self.id, **values)

    def field(self) -> Field | None:
        """Return the field that is measured as it stands; None where the measure is another or computes."""
        return self.fields.get(self.measure.field()) if self.measure else None

    def at_edges(self, score: ScoringMethod, edges: Sequence[Turn], both_sides: bool = False) -> Iterator[Trial]:
        """Yield a trial at each edge that can be measured; with `both_sides` also beside it, where the points change."""
        span = self.measure.span(self.fields) if self.measure else ANY
        return at_edges(score.compile(self.points), self.points, span, edges, both_sides)
