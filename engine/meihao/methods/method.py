"""Says what every method must give. A record that lacks any of it is named by the type checker in `menu`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, Protocol, Self

from msgspec import Struct

from ..core.numbers import Number
from ..core.problems import Message, Problem, Source
from ..expressions.fields import Field
from ..expressions.tree import Expr
from .marks import PartJudge
from .measured import Measurer, Scorer
from .process import Process
from .spans import Fields, Span

if TYPE_CHECKING:
    from ..text_in.yaml_value import YamlValue
    from .reader import PackReader
    from .scribe import Scribe
    from .telling import Telling


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
