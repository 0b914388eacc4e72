"""Scores `per_item`: points for each so many things. Rows that cannot be judged leave the points open between two bounds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from ...core.numbers import Number
from ...core.problems import Problem
from ...core.unknown import Unknown
from ...expressions.tree import Expr
from ..corners import corners, far_out, points_at
from ..marks import JudgingScope, Marks, PartJudge, Reason, certain, open_marks
from ..measured import Measured, Scorer, number, numbers
from ..method import MeasuringMethod, Scored, ScoreRecord, Written
from ..needs import check_number, check_step, takes_measure
from ..spans import Fields, Span, constant
from ..steps import Step, each_found, one_by_one, rest_found, rest_text, step_found, steps, steps_text
from ..trials import Trial, turns

if TYPE_CHECKING:
    from ..scribe import Scribe
    from ..telling import Telling


class PerItem(ScoreRecord, frozen=True):
    """`points` for each `for_each` of the measure, up to `at_most` points."""

    keys: ClassVar[tuple[str, ...]] = ("per_item",)
    points: Expr
    for_each: Expr
    step: Step | None = None
    at_most: Expr | None = None

    @classmethod
    def read(cls, written: Written) -> PerItem:
        takes_measure(written)
        given, reader = written.value, written.reader
        points, for_each = reader.value(given["points"]), reader.value(given["for_each"])
        step = given.text("step") or None
        return cls(points, for_each, step, reader.maybe_value(given, "at_most"))  # type: ignore[arg-type]  # schema's enum

    def check(self, item: Scored) -> Iterator[Problem]:
        yield from check_number(item)
        yield from check_step(item, self.for_each, self.step)

    def takes_bounds(self) -> bool:
        return True

    def extremes(self, full: Number, measure: Span, fields: Fields) -> Iterator[Number]:
        low, high = far_out(measure) if self.at_most else (measure.low, measure.high)
        for fixed in corners(self, fields):
            yield from points_at(fixed.compile(full), (low, high))

    def trials(self, item: Scored) -> Iterator[Trial]:
        most = constant(self.at_most) if self.at_most is not None else None
        reached = item.points if most is None else min(most, item.points)
        return item.at_edges(self, turns(constant(self.for_each), constant(self.points), reached))

    def compile(self, full: Number, parts: tuple[tuple[Number, PartJudge], ...] = ()) -> Scorer:
        read = numbers((self.points, self.for_each, *((self.at_most,) if self.at_most else ())))

        def judge(scope: JudgingScope, measured: Measured) -> Marks:
            given = read(scope)
            if isinstance(given, Unknown):
                return open_marks(given.whys, 0, full, scope)

            def earn(count: Number) -> Number:
                earned = given[0] * steps(count, given[1], self.step)
                return min(earned, given[2]) if len(given) > 2 else earned

            values = (("each", given[0]), ("for_each", given[1]))
            if isinstance(measured.value, Unknown) and measured.low is not None and measured.high is not None:
                low, high = sorted((earn(measured.low), earn(measured.high)))
                reason, whys = Reason("per_item_open", (("value", measured.low), *values)), measured.value.whys
                late = scope.is_late(whys)
                return Marks(low, low if late else high, reason, whys, late=late)
            value = number(measured.value)
            return certain(earn(value), "per_item", ("value", value), *values)

        return judge

    def lines(
        self, measure: MeasuringMethod | None, full: Number, say: Scribe, unfloored: bool = False
    ) -> tuple[str, ...]:
        step, points = one_by_one(steps_text(self.for_each, measure, say)), say.points(self.points)
        most = say.points(self.at_most) if self.at_most is not None else ""
        text = say.joined([
            say.pick(f"每{step}得{points}", f"{points} for each {step}"),
            rest_text(self.step, measure, self.for_each, say),
            say.pick(f"最多得{most}", f"at most {most}") if most else "",
        ])  # fmt: skip
        return (text,)

    def explain(self, say: Telling) -> str:
        value, points = say.measured("value"), say.points("each")
        text = say.pick(f"计{value}，每{step_found(say)}得{points}", f"counts {value}; {points} {each_found(say)}")
        return text + rest_found(self.step, say)
