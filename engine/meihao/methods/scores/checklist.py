"""Scores `checklist` by how many conditions hold. A condition that is unknown leaves only its own points open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from msgspec import Struct

from ...core.numbers import Number
from ...core.problems import Problem
from ...core.text import Label
from ...core.unknown import Unknown
from ...expressions.evaluate import compile_expr
from ...expressions.tree import Expr
from .. import messages as says
from ..bullets import bullet, titled
from ..marks import JudgingScope, Marks, PartJudge, Reason, all_whys, certain, open_marks
from ..measured import Measured, Scorer, numbers
from ..method import MeasuringMethod, Scored, ScoreRecord, Written
from ..needs import takes_no_measure
from ..spans import Fields, Span, ends, most
from ..trials import Trial, of_conditions

if TYPE_CHECKING:
    from ..scribe import Scribe
    from ..telling import Telling


class CheckItem(Struct, frozen=True):
    """One thing that is checked."""

    title: Label
    when: Expr


class Checklist(ScoreRecord, frozen=True):
    """k of n items hold: points by `lookup` (k -> points, highest k reached), by `each`, or full less `lose` per missing."""

    keys: ClassVar[tuple[str, ...]] = ("checklist",)
    items: tuple[CheckItem, ...]
    lookup: tuple[tuple[int, Expr], ...] = ()
    each: Expr | None = None
    lose: Expr | None = None

    @classmethod
    def read(cls, written: Written) -> Checklist:
        takes_no_measure(written)
        given, reader = written.value, written.reader
        items = tuple(
            CheckItem(entry.label(), reader.expression(entry["when"], "truth")) for entry in given.each("items")
        )
        lookup = () if "lookup" not in given else tuple((int(k), reader.value(v)) for k, v in given["lookup"].items())
        return cls(items, lookup, reader.maybe_value(given, "each"), reader.maybe_value(given, "lose"))

    def check(self, item: Scored) -> Iterator[Problem]:
        for key, _ in self.lookup:
            if key > len(self.items):
                yield item.at(says.LOOKUP_BEYOND, items=len(self.items), key=key)

    def best(self, fields: Fields) -> Number | None:
        return most([points for _, points in self.lookup], fields) if self.lookup else None

    def extremes(self, full: Number, measure: Span, fields: Fields) -> Iterator[Number]:
        count = len(self.items)
        yield from ends([points for _, points in self.lookup], fields)
        yield from (count * each for each in ends([self.each] if self.each else [], fields))
        yield from (full - count * lost for lost in ends([self.lose] if self.lose else [], fields))

    def trials(self, item: Scored) -> Iterator[Trial]:
        return of_conditions([item.when for item in self.items])

    def compile(self, full: Number, parts: tuple[tuple[Number, PartJudge], ...] = ()) -> Scorer:
        tests = tuple(compile_expr(item.when) for item in self.items)
        keys = tuple(k for k, _ in self.lookup)
        given = [p for _, p in self.lookup] if self.lookup else [p for p in (self.each, self.lose) if p is not None]
        read = numbers(given)

        def points(held: int, values: tuple[Number, ...]) -> Number:
            if keys:
                return max((p for k, p in zip(keys, values, strict=True) if held >= k), default=0)
            return held * values[0] if self.each is not None else full - (len(tests) - held) * values[0]

        def judge(scope: JudgingScope, measured: Measured) -> Marks:
            values = read(scope)
            if isinstance(values, Unknown):
                return open_marks(values.whys, 0, full, scope)
            parts = tuple(_part(test(scope), scope) for test in tests)
            least, greatest = sum(p.lo == 1 for p in parts), sum(p.hi == 1 for p in parts)
            low, high = sorted((points(least, values), points(greatest, values)))
            reason = Reason("checklist", (("held", least), ("of", len(tests)), ("possible", greatest)))
            return Marks(low, high, reason, all_whys(parts), parts, low < full and any(p.late for p in parts))

        return judge

    def lines(
        self, measure: MeasuringMethod | None, full: Number, say: Scribe, unfloored: bool = False
    ) -> tuple[str, ...]:
        n, how = len(self.items), _how_text(self, full, say)
        first = say.pick(f"共{n}项，{how}", f"{n} things are checked; {how}")
        things = (f"{bullet(i)} {titled(item.title[say.lang], item.when, say)}" for i, item in enumerate(self.items))
        return (first, *things)

    def explain(self, say: Telling) -> str:
        held, of, possible = say.n("held"), say.n("of"), say.n("possible")
        lacking = [i.title[say.lang] for i, part in zip(self.items, say.parts, strict=False) if part.hi == 0]
        text = say.pick(f"{of}项中具备{held}项", f"{held} of {of} in place")
        if possible != held:
            text += say.pick(f"，另有{int(possible) - int(held)}项待定", f", {int(possible) - int(held)} still open")
        if lacking:
            text += say.pick("，缺：" + "、".join(lacking), "; lacking: " + ", ".join(lacking))
        return text


def _part(answer: object, scope: JudgingScope) -> Marks:
    """Return one item as a mark of 0 or 1."""
    if isinstance(answer, Unknown):
        return open_marks(answer.whys, 0, 1, scope)
    return certain(1, "yes") if answer else certain(0, "no")


def _how_text(score: Checklist, full: Number, say: Scribe) -> str:
    """Return how many points so many things earn."""
    if score.lookup:
        rows = [(k, say.points(points)) for k, points in sorted(score.lookup, key=lambda row: -row[0])]
        parts = [say.pick(f"{k}项得{points}", f"{k} earn {points}") for k, points in rows]
        least = min(k for k, _ in score.lookup)
        none = say.pick(f"不到{least}项得0分", f"fewer than {least} earn 0 points") if least > 0 else ""
        return say.joined([*parts, none])
    if score.each is not None:
        return say.pick(f"每有1项得{say.points(score.each)}", f"each earns {say.points(score.each)}")
    lose = say.points(score.lose) if score.lose is not None else ""
    zh = f"满分{say.points(full)}，每缺1项扣{lose}，扣完为止"
    return say.pick(zh, f"from {say.points(full)}, {lose} off for each that is missing, down to 0 points")
