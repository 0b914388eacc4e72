"""Scores `deduct`: full marks lose so many points for each occurrence, down to 0 (扣完为止) unless `unfloored` is written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from ...core.numbers import Number
from ...core.problems import Problem
from ...core.unknown import Unknown
from ...expressions.tree import Expr
from ..corners import corners, far_out, points_at
from ..marks import JudgingScope, Marks, PartJudge, certain, open_marks
from ..measured import Measured, Scorer, number, numbers
from ..method import MeasuringMethod, Scored, ScoreRecord, Written
from ..needs import check_number, check_step, takes_measure
from ..spans import Fields, Span, constant
from ..steps import Step, each_found, one_by_one, rest_found, rest_text, step_found, steps, steps_text
from ..trials import Trial, turns

if TYPE_CHECKING:
    from ..scribe import Scribe
    from ..telling import Telling


class Deduct(ScoreRecord, frozen=True):
    """Full points less `lose` for each `for_each` of the measure, losing `at_most` points."""

    keys: ClassVar[tuple[str, ...]] = ("deduct",)
    lose: Expr
    for_each: Expr
    step: Step | None = None
    at_most: Expr | None = None

    @classmethod
    def read(cls, written: Written) -> Deduct:
        takes_measure(written)
        given, reader = written.value, written.reader
        lose, for_each = reader.value(given["lose"]), reader.value(given["for_each"])
        step = given.text("step") or None
        return cls(lose, for_each, step, reader.maybe_value(given, "at_most"))  # type: ignore[arg-type]  # schema's enum

    def check(self, item: Scored) -> Iterator[Problem]:
        yield from check_number(item)
        yield from check_step(item, self.for_each, self.step)

    def has_floor(self) -> bool:
        return self.at_most is not None

    def extremes(self, full: Number, measure: Span, fields: Fields) -> Iterator[Number]:
        low, high = far_out(measure) if self.at_most else (measure.low, measure.high)
        for fixed in corners(self, fields):
            yield from points_at(fixed.compile(full), (low, high))

    def trials(self, item: Scored) -> Iterator[Trial]:
        return item.at_edges(self, turns(constant(self.for_each), constant(self.lose), item.points))

    def compile(self, full: Number, parts: tuple[tuple[Number, PartJudge], ...] = ()) -> Scorer:
        read = numbers((self.lose, self.for_each, *((self.at_most,) if self.at_most else ())))

        def judge(scope: JudgingScope, measured: Measured) -> Marks:
            given = read(scope)
            if isinstance(given, Unknown):
                return open_marks(given.whys, 0, full, scope)
            value = number(measured.value)
            lost = given[0] * steps(max(value, 0), given[1], self.step)
            lost = min(lost, given[2]) if len(given) > 2 else lost
            shown = (("value", value), ("lose", given[0]), ("for_each", given[1]), ("lost", lost))
            return certain(full - lost, "deduct", *shown)

        return judge

    def lines(
        self, measure: MeasuringMethod | None, full: Number, say: Scribe, unfloored: bool = False
    ) -> tuple[str, ...]:
        step, lose = one_by_one(steps_text(self.for_each, measure, say)), say.points(self.lose)
        most = say.points(self.at_most) if self.at_most is not None else ""
        text = say.joined([
            say.pick(f"满分{say.points(full)}，每{step}扣{lose}", f"from {say.points(full)}, {lose} off for each {step}"),
            rest_text(self.step, measure, self.for_each, say),
            say.pick(f"最多扣{most}", f"at most {most} off") if most else "",
        ])  # fmt: skip
        return (text,)

    def explain(self, say: Telling) -> str:
        value, each, lost = say.measured("value"), say.points("lose"), say.points("lost")
        text = say.pick(
            f"计{value}，每{step_found(say)}扣{each}，共扣{lost}",
            f"counts {value}; loses {each} {each_found(say)}, {lost} in all",
        )
        return text + rest_found(self.step, say)
