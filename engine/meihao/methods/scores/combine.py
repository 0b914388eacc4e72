"""Scores the combinators: any_of and best_of take the best part, all_of needs every part, and sum adds the parts up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, ClassVar, Literal, assert_never

from msgspec.structs import replace

from ...core.numbers import Number, plain
from ...core.problems import Problem
from ...core.text import Label
from .. import messages as says
from ..bullets import bullet, inner_bullet, titled
from ..documents import documents
from ..marks import JudgingScope, Marks, PartJudge, Reason, all_whys
from ..measured import Measured, Scorer
from ..method import ChangeDocuments, MeasuringMethod, Part, Scored, ScoreRecord, Written
from ..needs import takes_no_measure
from ..sample import read_sample, sample_text
from ..spans import Fields, Span, constant, ends
from ..trials import Trial, of_conditions

if TYPE_CHECKING:
    from ...text_in.yaml_value import YamlValue
    from ..scribe import Scribe
    from ..telling import Telling


How = Literal["any_of", "best_of", "all_of", "sum"]
HOW: Mapping[str, Label] = {
    "any_of": Label(
        "下列方式，符合哪种按哪种计分，几种都符合的取最高分", "any of these ways; if several apply, the highest counts"
    ),
    "best_of": Label("下列各项，取得分最高的一项", "the best of these counts"),
    "sum": Label("下列各项分别计分，相加", "these are scored one by one and added up"),
}
_LACKING = ("no", "edges_missed", "no_band", "late")


class Combine(ScoreRecord, frozen=True):
    """any_of: a route that holds gives its points; best_of: the highest; all_of: all, else `otherwise`; sum: added up."""

    keys: ClassVar[tuple[str, ...]] = ("any_of", "best_of", "all_of", "sum")
    how: How
    parts: tuple[Part, ...]
    otherwise: Literal["zero", "lowest"] = "zero"

    @classmethod
    def read(cls, written: Written) -> Combine:
        takes_no_measure(written)
        given = written.value
        entries = given.each("parts") if isinstance(given.data, dict) else given.entries()
        if written.key == "sum":
            for entry in entries:
                if "points" not in entry:
                    written.reader.say(says.PART_POINTS, entry.source)
        parts = tuple(_read_part(entry, written) for entry in entries)
        return cls(written.key, parts, given.text("otherwise", "zero"))  # type: ignore[arg-type]  # schema's enum

    def check(self, item: Scored) -> Iterator[Problem]:
        """Yield sums that do not agree with the item's full mark."""
        marks = [item.points if part.points is None else constant(part.points) for part in self.parts]
        known = [mark for mark in marks if mark is not None]
        for mark in known if item.outermost else ():
            if mark > item.points and not item.uncapped:
                yield item.at(says.PART_ABOVE_ITEM, part=plain(mark), points=plain(item.points))
        whole = item.outermost and self.how == "sum" and len(known) == len(marks)
        if whole and sum(known) != item.points:
            yield item.at(says.SUM_OF_PARTS, sum=plain(sum(known)), points=plain(item.points))

    def with_documents(self, change: ChangeDocuments) -> Combine:
        return replace(self, parts=tuple(_with_documents(part, change) for part in self.parts))

    def extremes(self, full: Number, measure: Span, fields: Fields) -> Iterator[Number]:
        marks = list(ends([part.points for part in self.parts if part.points is not None], fields))
        return iter([sum(marks)] if self.how == "sum" else marks)

    def trials(self, item: Scored) -> Iterator[Trial]:
        marks = [item.points if part.points is None else constant(part.points) for part in self.parts]
        one_is_enough = self.how in ("any_of", "best_of")
        return of_conditions(
            [part.when for part in self.parts], "" if one_is_enough and item.points not in marks else "met"
        )

    def compile(self, full: Number, parts: tuple[tuple[Number, PartJudge], ...] = ()) -> Scorer:
        """Return the judge; `parts` are (full mark, judge) in written order, compiled by the caller with their documents."""

        def judge(scope: JudgingScope, measured: Measured) -> Marks:
            marks = tuple(part(scope) for _, part in parts)
            low, high = (together(self, full, marks, [m for m, _ in parts], side) for side in (_low, _high))
            best = max(range(len(marks)), key=lambda i: (marks[i].lo, marks[i].hi, -i))
            held = sum(mark.lo >= mark_of for mark, (mark_of, _) in zip(marks, parts, strict=True))
            reason = Reason(self.how, (("best", best), ("held", held), ("of", len(parts))))
            late = low < full and any(m.late for m in marks)
            whys = all_whys(marks) if low < high or late else ()
            return Marks(low, high, reason, whys, marks, late)

        return judge

    def lines(
        self, measure: MeasuringMethod | None, full: Number, say: Scribe, unfloored: bool = False
    ) -> tuple[str, ...]:
        return (
            _how_text(self, full, say),
            *(f"{bullet(n)} {_part_text(p, full, say)}" for n, p in enumerate(self.parts)),
        )

    def explain(self, say: Telling) -> str:
        return self._route(say) if self.how in ("any_of", "best_of") else self._met(say)

    def _route(self, say: Telling) -> str:
        best = say.values["best"]
        assert isinstance(best, int)
        part, marks = self.parts[best], say.parts[best]
        if marks.hi == 0 and marks.lo == 0:
            return say.pick("各种方式都不具备", "none of the routes applies")
        return say.pick(f"按“{part.title['zh']}”计分", f"scored as “{part.title['en']}”")

    def _met(self, say: Telling) -> str:
        pairs = zip(self.parts, say.parts, strict=False)
        short = [part.title[say.lang] for part, marks in pairs if marks.reason.code in _LACKING]
        text = say.pick(f"{say.n('of')}项中{say.n('held')}项达到", f"{say.n('held')} of {say.n('of')} met")
        return text + (say.pick("，未达到：" + "、".join(short), "; not met: " + ", ".join(short)) if short else "")


def _read_part(written: YamlValue, above: Written) -> Part:
    """Read a route or part: a condition, or a measure with a score."""
    measure, reader, menu = written.get("measure"), above.reader, above.menu
    return Part(
        written.label(),
        reader.maybe_value(written, "points"),
        reader.maybe(written, "when", "truth"),
        menu.measure(measure, reader) if measure else None,
        read_sample(measure, reader),
        menu.score(written["score"], measure, reader) if "score" in written else None,
        documents(written),
    )


def _with_documents(part: Part, change: ChangeDocuments) -> Part:
    score = part.score.with_documents(change) if part.score else None
    return replace(part, score=score, evidence=change(part.evidence))


def _low(marks: Marks) -> Number:
    return marks.lo


def _high(marks: Marks) -> Number:
    return marks.hi


def together(
    score: Combine, full: Number, marks: tuple[Marks, ...], fulls: list[Number], side: Callable[[Marks], Number]
) -> Number:
    """Return the points of one side, certain or possible: each combinator is monotone, so bounds of parts bound the whole."""
    points = [side(m) for m in marks]
    match score.how:
        case "any_of" | "best_of":
            return max(points)
        case "sum":
            return sum(points)
        case "all_of":
            if all(p >= f for p, f in zip(points, fulls, strict=True)):
                return full
            return min(points) if score.otherwise == "lowest" else 0
        case _:  # pragma: no cover
            assert_never(score.how)


def _how_text(score: Combine, full: Number, say: Scribe) -> str:
    """Return what is made of the parts."""
    if score.how != "all_of":
        return HOW[score.how][say.lang]
    points = say.points(full)
    rest = ("取最低一项的得分", "the lowest of them counts") if score.otherwise == "lowest" else ("得0分", "0 points")
    zh = f"下列各项都得满分的得{points}，有一项不到的{rest[0]}"
    return say.pick(zh, f"full marks in each of these earn {points}; otherwise {rest[1]}")


def _part_text(part: Part, full: Number, say: Scribe) -> str:
    """Return a part on one line: its title, what it asks, and its points."""
    title = part.title[say.lang]
    if part.when is not None:
        points = say.points(part.points if part.points is not None else full)
        return say.pick(f"{titled(title, part.when, say)}，得{points}", f"{titled(title, part.when, say)}, {points}")
    if part.score is None:
        return title
    mark = constant(part.points)  # a lookup speaks for itself in the lines
    pieces = [part.measure.text(say)] if part.measure is not None else []
    pieces += [inner_bullet(line) for line in part.score.lines(part.measure, full if mark is None else mark, say)]
    pieces += [sample_text(part.sample, say)] if part.sample is not None else []
    return say.pick(f"{title}：", f"{title}: ") + say.joined(pieces)
