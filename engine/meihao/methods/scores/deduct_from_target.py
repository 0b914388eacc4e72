"""Scores `deduct_from_target`: base points at the target, fewer on the wrong side, more on the right one with `gain`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from ...core.numbers import Number
from ...core.problems import Problem
from ...core.text import with_unit
from ...core.unknown import Unknown
from ...expressions.tree import Expr
from ..corners import corners, points_at
from ..marks import JudgingScope, Marks, PartJudge, certain, open_marks
from ..measured import Measured, Scorer, number, numbers
from ..method import MeasuringMethod, Scored, ScoreRecord, Written
from ..needs import check_number, takes_measure
from ..spans import Fields, Span, constant
from ..steps import Step, rest_text, steps, steps_text
from ..trials import Trial, turns
from ..units import unit_of

if TYPE_CHECKING:
    from ..scribe import Scribe
    from ..telling import Telling


_OPTIONAL = ("base", "gain", "gain_at_most", "not_beyond")


class DeductFromTarget(ScoreRecord, frozen=True):
    """Full (or `base`) points at the target; lose below it (or above, `side: above`); gain beyond it; 0 past `not_beyond`."""

    keys: ClassVar[tuple[str, ...]] = ("deduct_from_target",)
    target: Expr
    lose: Expr
    for_each: Expr
    step: Step
    side: Literal["below", "above"] = "below"
    base: Expr | None = None
    gain: Expr | None = None
    gain_at_most: Expr | None = None
    not_beyond: Expr | None = None

    @classmethod
    def read(cls, written: Written) -> DeductFromTarget:
        takes_measure(written)
        given, reader = written.value, written.reader
        return cls(
            reader.value(given["target"]),
            reader.value(given["lose"]),
            reader.value(given["for_each"]),
            given.text("step"),  # type: ignore[arg-type]  # one of the schema's enum
            given.text("side", "below"),  # type: ignore[arg-type]  # one of the schema's enum
            *(reader.maybe_value(given, key) for key in _OPTIONAL),
        )

    def check(self, item: Scored) -> Iterator[Problem]:
        return check_number(item)

    def extremes(self, full: Number, measure: Span, fields: Fields) -> Iterator[Number]:
        for fixed in corners(self, fields):
            turns = (constant(fixed.target), constant(fixed.not_beyond))
            yield from points_at(fixed.compile(full), (measure.low, measure.high, *turns))

    def trials(self, item: Scored) -> Iterator[Trial]:
        target, base = constant(self.target), item.points if self.base is None else constant(self.base)
        if target is None or base is None:
            return iter(())
        worse = -1 if self.side == "below" else 1
        lost = [target + worse * away for away in turns(constant(self.for_each), constant(self.lose), base)]
        gained = [target - worse * each] if self.gain is not None and (each := constant(self.for_each)) else []
        return item.at_edges(self, [*lost, *gained, constant(self.not_beyond)])

    def compile(self, full: Number, parts: tuple[tuple[Number, PartJudge], ...] = ()) -> Scorer:
        extra: tuple[tuple[str, Expr], ...] = tuple((n, e) for n in _OPTIONAL if (e := getattr(self, n)) is not None)
        read = numbers((self.target, self.lose, self.for_each, *(e for _, e in extra)))

        def judge(scope: JudgingScope, measured: Measured) -> Marks:
            given = read(scope)
            if isinstance(given, Unknown):
                return open_marks(given.whys, 0, full, scope)
            target, lose, for_each = given[:3]
            more = dict(zip((n for n, _ in extra), given[3:], strict=True))
            value = number(measured.value)
            earned = _earned(self, value, target, lose, for_each, {"base": full, **more})
            shown = (("value", value), ("target", target), ("lose", lose), ("for_each", for_each), ("side", self.side))
            return certain(earned, "from_target", *shown, *more.items())

        return judge

    def lines(
        self, measure: MeasuringMethod | None, full: Number, say: Scribe, unfloored: bool = False
    ) -> tuple[str, ...]:
        below, unit = self.side == "below", unit_of(measure, say)
        target, base = say.amount(self.target, unit), say.points(full if self.base is None else self.base)
        step, lose = steps_text(self.for_each, measure, say), say.points(self.lose)
        side = say.pick("低" if below else "高", self.side)
        there = say.pick(
            f"{target}及以{'上' if below else '下'}得{base}", f"{target} or {'more' if below else 'less'}: {base}"
        )
        less = say.pick(f"每{side}{step}扣{lose}", f"{lose} off for each {step} {side}")
        end = "" if unfloored else say.pick("扣完为止", "down to 0 points")
        more = (_gain_text(self, step, say), rest_text(self.step, measure, self.for_each, say))
        return (say.joined([there, less, *more, _limit_text(self, unit, say), end]),)

    def explain(self, say: Telling) -> str:
        below = say.values.get("side") == "below"
        word = say.pick("每低" if below else "每高", "below" if below else "above")
        value, target, lose = say.measured("value"), say.measured("target"), say.points("lose")
        step = with_unit(say.n("for_each"), say.printed.step)
        text = say.pick(
            f"{value}，目标{target}，{word}{step}扣{lose}",
            f"{value}; target {target}; loses {lose} for each {step.removeprefix('1 ')} {word} it",
        )
        if "not_beyond" in say.values:
            limit = say.measured("not_beyond")
            text += say.pick(f"，{'低于' if below else '高于'}{limit}不得分", f"; no points {word} {limit}")
        return text


def _earned(
    score: DeductFromTarget, value: Number, target: Number, lose: Number, for_each: Number, more: dict[str, Number]
) -> Number:
    beyond = value - target if score.side == "below" else target - value
    limit = more.get("not_beyond")
    if limit is not None and (value < limit if score.side == "below" else value > limit):
        return 0
    if beyond < 0:
        return more["base"] - lose * steps(-beyond, for_each, score.step)
    gained = more.get("gain", 0) * steps(beyond, for_each, score.step)
    return more["base"] + (min(gained, more["gain_at_most"]) if "gain_at_most" in more else gained)


def _gain_text(score: DeductFromTarget, step: str, say: Scribe) -> str:
    if score.gain is None:
        return ""
    points = say.points(score.gain)
    side = ("高", "above") if score.side == "below" else ("低", "below")
    text = say.pick(f"每{side[0]}{step}加{points}", f"{points} more for each {step} {side[1]}")
    if score.gain_at_most is None:
        return text
    most = say.points(score.gain_at_most)
    return text + say.pick(f"，最多加{most}", f", at most {most} more")


def _limit_text(score: DeductFromTarget, unit: str, say: Scribe) -> str:
    if score.not_beyond is None:
        return ""
    limit, below = say.amount(score.not_beyond, unit), score.side == "below"
    return say.pick(f"{'低于' if below else '高于'}{limit}得0分", f"{'below' if below else 'above'} {limit}: 0 points")
