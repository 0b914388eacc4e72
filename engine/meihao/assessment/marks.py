"""Brings measure, documents and score together into marks before rounding, with true bounds where something is open."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from ..core.numbers import Number
from ..core.unknown import Unknown, Why
from ..expressions.tree import Constant
from ..methods.condition import compile_condition
from ..methods.marks import Marks, PartJudge, certain, open_marks, unknown_of
from ..methods.measured import UNMEASURED, Measured, Measurer, NotApplicable
from ..methods.method import MeasuringMethod, Part, ScoringMethod
from ..methods.sample import compile_sample
from ..round.scope import CaseScope
from ..standard.model import Criterion, Field, Pack, Process, Sample
from .documents import compile_documents
from .extremes import bounds_of

MarksJudge = Callable[[CaseScope], tuple[Marks | None, Measured]]


class Books(Struct, frozen=True):
    """What compiling looks things up in: the pack's processes and fields."""

    processes: Sequence[Process]
    fields: Mapping[str, Field]

    @classmethod
    def of(cls, pack: Pack) -> Books:
        return cls(pack.processes, {field.id: field for field in pack.fields})


def compile_marks(criterion: Criterion, books: Books) -> MarksJudge:
    """Return the judge of a criterion's marks; None for marks means that the measure says it does not apply."""
    documents = compile_documents(criterion.evidence)
    bounds = bounds_of(criterion, books.fields)
    judge = _compile_measured(
        criterion.measure, criterion.sample, criterion.score, criterion.points, criterion.id, books, bounds
    )

    def marks(scope: CaseScope) -> tuple[Marks | None, Measured]:
        scored, measured = judge(scope)
        missing = documents(scope)
        if missing and scored is not None:
            return open_marks(tuple(sorted({*missing, *scored.whys})), *bounds, scope), measured
        return scored, measured

    return marks if any(not wanted.optional for wanted in criterion.evidence) else judge


def _compile_measured(
    measure: MeasuringMethod | None,
    sample: Sample | None,
    score: ScoringMethod,
    full: Number,
    key: str,
    books: Books,
    bounds: tuple[Number, Number],
) -> MarksJudge:
    """Return the judge of a measure with its score: of a criterion, or of a part."""
    parts = tuple(_compile_part(part, full, f"{key}#{n}", books) for n, part in enumerate(score.parts))
    scorer = score.compile(full, parts)
    read: Measurer = measure.compile(key, books.processes) if measure else lambda scope: UNMEASURED
    sizes = compile_sample(sample) if sample else None
    takes_bounds = score.takes_bounds()

    def judge(scope: CaseScope) -> tuple[Marks | None, Measured]:
        measured = read(scope)
        value = measured.value
        # The sample comes before the measure: what too few people said is not read at all.
        if sizes and sample:
            small = _too_small(sample, sizes(scope), key)
            if isinstance(small, Unknown):
                return open_marks(unknown_of(small, value), *bounds, scope), measured
            if small is not None:
                return small, measured
        if isinstance(value, NotApplicable):
            return None, measured
        if isinstance(value, Unknown) and not (takes_bounds and measured.low is not None):
            return open_marks(value.whys, *bounds, scope), measured
        return scorer(scope, measured), measured

    return judge


def _too_small(sample: Sample, sizes: tuple[Number, Number] | Unknown, key: str) -> Marks | Unknown | None:
    if isinstance(sizes, Unknown):
        return sizes
    if sizes[0] >= sizes[1]:
        return None
    if sample.otherwise == "unknown":
        return Unknown((Why("sample_too_small", key),))
    return certain(sample.otherwise, "sample_too_small", ("size", sizes[0]), ("at_least", sizes[1]))


def _compile_part(part: Part, full: Number, key: str, books: Books) -> tuple[Number, PartJudge]:
    """Return a part's full mark and judge; its documents make that part alone unknown."""
    mark = full if part.points is None else _fixed(part)
    documents = compile_documents(part.evidence)
    inner = _compile_judge(part, mark, key, books)

    def judge(scope: CaseScope) -> Marks:
        marks = inner(scope)
        if marks is None:
            return certain(0, "part_not_applicable")
        missing = documents(scope)
        # A part that can earn nothing needs no document.
        if missing and marks.hi > 0:
            return open_marks(tuple(sorted({*missing, *marks.whys})), 0, mark, scope)
        low, high = (min(max(side, 0), mark) for side in (marks.lo, marks.hi))
        return replace(marks, lo=low, hi=high)

    return mark, judge  # type: ignore[return-value]  # a judgement's scope is a CaseScope, with its documents


def _compile_judge(part: Part, mark: Number, key: str, books: Books) -> Callable[[CaseScope], Marks | None]:
    """Return the judge of a part before its documents: of its condition, or of its measure and score."""
    if part.when is not None:
        return compile_condition(part.when, mark)
    assert part.score is not None
    inner = _compile_measured(part.measure, part.sample, part.score, mark, key, books, (0, mark))
    return lambda scope: inner(scope)[0]


def _fixed(part: Part) -> Number:
    """Return a part's full mark; the loader admits constants only here."""
    assert isinstance(part.points, Constant)
    return part.points.value  # type: ignore[return-value]  # a number, by the schema
