"""Scores `choice`: each option of a choice field has its points."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from ...core.numbers import Number
from ...core.problems import Problem
from ...core.text import hints
from ...core.unknown import Unknown
from ...expressions.tree import Expr
from .. import messages as says
from ..marks import JudgingScope, Marks, PartJudge, certain, open_marks
from ..measured import Measured, Scorer, numbers
from ..method import MeasuringMethod, Scored, ScoreRecord, Written
from ..needs import takes_measure
from ..spans import Fields, Span, all_above_zero, constant, ends, most
from ..trials import Trial, in_classes

if TYPE_CHECKING:
    from ..scribe import Scribe
    from ..telling import Telling


class Choice(ScoreRecord, frozen=True):
    """Points by class of a choice field: `{approved: 5, applied: 3, none: 0}`."""

    keys: ClassVar[tuple[str, ...]] = ("choice",)
    points: tuple[tuple[str, Expr], ...]

    @classmethod
    def read(cls, written: Written) -> Choice:
        """Read points by class; the classes are those of the choice field that the measure names."""
        takes_measure(written)
        measure, reader = written.measure, written.reader
        field = None if measure is None or "field" not in measure else reader.names.fields.get(measure.text("field"))
        if field is not None and field.type == "choice":
            codes = tuple(code for code, _ in field.options)
            for code, inner in written.value.items():
                if code not in codes:
                    near = hints(code, codes)
                    reader.say(says.UNKNOWN_OPTION, inner.key_source, field=field.id, value=code, **near)
        return cls(tuple((code, reader.value(inner)) for code, inner in written.value.items()))

    def check(self, item: Scored) -> Iterator[Problem]:
        field = item.field()
        if field is None or field.type != "choice":
            yield item.at(says.CHOICE_NEEDS_CHOICE)
            return
        given = [code for code, _ in self.points]
        for code, _ in field.options:
            if code not in given:
                yield item.at(says.OPTION_WITHOUT_POINTS, option=code)

    def best(self, fields: Fields) -> Number | None:
        return most([points for _, points in self.points], fields)

    def may_earn_nothing(self) -> bool:
        return not all_above_zero([points for _, points in self.points])

    def extremes(self, full: Number, measure: Span, fields: Fields) -> Iterator[Number]:
        return ends([points for _, points in self.points], fields)

    def trials(self, item: Scored) -> Iterator[Trial]:
        return in_classes([(code, constant(points)) for code, points in self.points], item.points)

    def compile(self, full: Number, parts: tuple[tuple[Number, PartJudge], ...] = ()) -> Scorer:
        classes = tuple(name for name, _ in self.points)
        read = numbers([points for _, points in self.points])

        def judge(scope: JudgingScope, measured: Measured) -> Marks:
            points = read(scope)
            if isinstance(points, Unknown):
                return open_marks(points.whys, 0, full, scope)
            if measured.value not in classes:
                raise LookupError(f"no points for the class {measured.value}")
            return certain(points[classes.index(str(measured.value))], "class", ("class", str(measured.value)))

        return judge

    def lines(
        self, measure: MeasuringMethod | None, full: Number, say: Scribe, unfloored: bool = False
    ) -> tuple[str, ...]:
        field = measure.field() if measure else ""
        rows = [(say.option(field, code), say.points(points)) for code, points in self.points]
        return (say.joined([say.pick(f"“{name}”得{points}", f"{name}: {points}") for name, points in rows]),)

    def explain(self, say: Telling) -> str:
        """Return the class that was found, after the name of the field that it was read from."""
        code = str(say.values["class"])
        label = say.labels.option(say.field, code) if say.field else code
        return say.pick(f"{say.printed.measured}：{label}", f"{say.printed.measured}: {label}")
