"""Scores `bands`: the first row whose edges all hold gives the points."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from typing import TYPE_CHECKING, ClassVar

from msgspec import Struct

from ...core.numbers import Number, plain, simplest
from ...core.problems import Problem
from ...core.unknown import Unknown
from ...expressions.tree import Constant, Expr
from .. import messages as says
from ..edges import Edge, Edges, all_inside, read_edges
from ..marks import JudgingScope, Marks, PartJudge, certain, open_marks
from ..measured import Measured, Scorer, number, numbers
from ..method import MeasuringMethod, Scored, ScoreRecord, Written
from ..needs import check_number, takes_measure
from ..spans import ANY, ClassCase, Fields, Span, all_above_zero, cases_of, ends, in_case, most
from ..trials import Trial
from ..units import unit_of

if TYPE_CHECKING:
    from ..scribe import Scribe
    from ..telling import Telling


Fixed = tuple[tuple[Edge, Number], ...]
Rows = tuple[tuple[Number, Fixed], ...]


class Band(Struct, frozen=True):
    """One row: the measure lies within every edge; a row without edges is `otherwise`."""

    edges: Edges
    points: Expr


class Bands(ScoreRecord, frozen=True):
    """The first row that holds gives the points."""

    keys: ClassVar[tuple[str, ...]] = ("bands",)
    rows: tuple[Band, ...]

    @classmethod
    def read(cls, written: Written) -> Bands:
        takes_measure(written)
        rows, reader = written.value.entries(), written.reader
        return cls(
            tuple(
                Band(read_edges(row, reader), reader.value(row["otherwise" if "otherwise" in row else "points"]))
                for row in rows
            )
        )

    def check(self, item: Scored) -> Iterator[Problem]:
        """Yield gaps, overlaps and dead rows, class by class where edges are looked up."""
        yield from check_number(item)
        domain = item.measure.span(item.fields) if item.measure else ANY
        for case in cases_of([edge for row in self.rows for _, edge in row.edges]):
            rows = [_fixed(row, case) for row in self.rows]
            known = [row for row in rows if row is not None]
            if len(known) == len(rows):
                yield from _check_rows(known, domain, item)

    def best(self, fields: Fields) -> Number | None:
        return most([row.points for row in self.rows], fields)

    def may_earn_nothing(self) -> bool:
        """Say whether 0 points can be reached: always where a measure may lie in no row."""
        closed = self.rows and not self.rows[-1].edges
        return not (closed and all_above_zero([row.points for row in self.rows]))

    def extremes(self, full: Number, measure: Span, fields: Fields) -> Iterator[Number]:
        return ends([row.points for row in self.rows], fields)

    def trials(self, item: Scored) -> Iterator[Trial]:
        return item.at_edges(self, [value for row in self.rows for _, value in row.edges], both_sides=True)

    def compile(self, full: Number, parts: tuple[tuple[Number, PartJudge], ...] = ()) -> Scorer:
        read = _compile_rows(self)

        def judge(scope: JudgingScope, measured: Measured) -> Marks:
            rows = read(scope)
            if isinstance(rows, Unknown):
                return open_marks(rows.whys, 0, full, scope)
            value = number(measured.value)
            for earned, edges in rows:
                if all_inside(edges, value):
                    return certain(earned, "band", ("value", value), ("edges", edges))
            return certain(0, "no_band", ("value", value))

        return judge

    def lines(
        self, measure: MeasuringMethod | None, full: Number, say: Scribe, unfloored: bool = False
    ) -> tuple[str, ...]:
        parts = []
        for row in self.rows:
            points = say.points(row.points)
            if row.edges:
                edges = say.edges(row.edges, unit_of(measure, say))
                parts.append(say.pick(f"{edges}的得{points}", f"{edges}: {points}"))
            else:
                parts.append(say.pick(f"其余得{points}", f"otherwise: {points}"))
        return (say.joined(parts),)

    def explain(self, say: Telling) -> str:
        value = say.measured("value")
        if say.code == "no_band":
            return say.pick(f"{value}，不在任何一档", f"{value}; in none of the bands")
        if not (line := say.edges()):
            return say.pick(f"{value}，按其余情形计分", f"{value}; in none of the named bands")
        return say.pick(f"{value}，属于“{line}”一档", f"{value}; in the band “{line}”")


# Judging.


def _compile_rows(score: Bands) -> Callable[[JudgingScope], Rows | Unknown]:
    """Return a reader of the rows, as (points, edges); constant rows are put together once."""
    limits = numbers([limit for row in score.rows for _, limit in row.edges])
    points = numbers([row.points for row in score.rows])

    def read(scope: JudgingScope) -> Rows | Unknown:
        found, earned = limits(scope), points(scope)
        if isinstance(found, Unknown):
            return found
        return earned if isinstance(earned, Unknown) else _rows(score, found, earned)

    constant = all(
        isinstance(part, Constant) for row in score.rows for part in (row.points, *(e[1] for e in row.edges))
    )
    if not constant:
        return read
    fixed = read(None)  # type: ignore[arg-type]  # constants never read the scope
    return lambda scope: fixed


def _rows(score: Bands, limits: tuple[Number, ...], points: tuple[Number, ...]) -> Rows:
    rest = iter(limits)
    return tuple(
        (earned, tuple((edge, next(rest)) for edge, _ in row.edges))
        for row, earned in zip(score.rows, points, strict=True)
    )


# Checking: rows are tried at every edge, between edges and beyond them; edges that depend on facts other than one class are not.


def _fixed(row: Band, case: ClassCase) -> Fixed | None:
    found = [(edge, in_case(value, case)) for edge, value in row.edges]
    known = tuple((edge, value) for edge, value in found if value is not None)
    return known if len(known) == len(found) else None


def _check_rows(rows: Sequence[Fixed], domain: Span, item: Scored) -> Iterator[Problem]:
    points = _trial_points([value for row in rows for _, value in row], domain)
    used: set[int] = set()
    for point in points:
        holding = [index for index, row in enumerate(rows) if all_inside(row, point)]
        used.update(holding[:1])
    for index in range(len(rows)):
        if index not in used:
            yield item.at(says.BAND_DEAD, row=index + 1)
    yield from _check_gap(rows, points, item)
    yield from _check_overlap(rows, points, item)


def _check_gap(rows: Sequence[Fixed], points: Sequence[Number], item: Scored) -> Iterator[Problem]:
    for point in points:
        if not any(all_inside(row, point) for row in rows):
            yield item.at(says.BAND_GAP, where=plain(point))
            return


def _check_overlap(rows: Sequence[Fixed], points: Sequence[Number], item: Scored) -> Iterator[Problem]:
    """Yield the first point within two rows that are bounded on both sides; open rows overlap on purpose, first one first."""
    closed = [(index, row) for index, row in enumerate(rows) if _two_sided(row)]
    for point in points:
        both = [index for index, row in closed if all_inside(row, point)]
        if len(both) > 1:
            yield item.at(says.BAND_OVERLAP, first=both[0] + 1, second=both[1] + 1, where=plain(point))
            return


def _two_sided(row: Fixed) -> bool:
    edges = {edge for edge, _ in row}
    return bool(edges & {"at_least", "more_than"}) and bool(edges & {"at_most", "less_than"})


def _trial_points(edges: Sequence[Number], domain: Span) -> tuple[Number, ...]:
    """Return the edges, the middles between them and a point beyond each end, as far as the measure can be there."""
    known = [end for end in (domain.low, domain.high) if end is not None]
    marks = sorted({*edges, *known})
    if not marks:
        return (0,)
    middles = [simplest(Fraction(a + b) / 2) for a, b in pairwise(marks)]
    trials = {*marks, *middles, marks[0] - 1, marks[-1] + 1}
    if domain.whole:
        trials = {turned for trial in trials for turned in (floor(trial), ceil(trial))}
        trials |= {mark + step for mark in marks for step in (-1, 1) if isinstance(mark, int)}
    return tuple(sorted(trial for trial in trials if domain.holds(trial)))
