"""Measures `percent_of_rows`: which part of a table's rows pass a test."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from ...core.numbers import divide
from ...core.unknown import Unknown, merge
from ...expressions.evaluate import compile_expr
from ...expressions.scope import Compiled, Row
from ...expressions.tree import Constant, Expr, Rows
from ..marks import JudgingScope
from ..measured import Measured, Measurer
from ..method import MeasureRecord
from ..process import Process
from ..spans import PERCENT, Fields, Span
from ..units import percentage_points
from ..zero import WhenZero, may_be_zero, measured_at_zero, read_when_zero, zero_text

if TYPE_CHECKING:
    from ...text_in.yaml_value import YamlValue
    from ..reader import PackReader
    from ..scribe import Scribe


class PercentOfRows(MeasureRecord, frozen=True):
    """`percent_of_rows: TABLE, where: TEST, among: TEST`: 100 rows(among and where) / rows(among)."""

    keys: ClassVar[tuple[str, ...]] = ("percent_of_rows",)
    table: str
    where: Expr
    among: Expr | None = None
    when_zero: WhenZero = None

    @classmethod
    def read(cls, written: YamlValue, reader: PackReader) -> PercentOfRows:
        table = reader.table(written["percent_of_rows"])
        passing, among = reader.where(written, "where", table) or Constant(0), reader.where(written, "among", table)
        return cls(written.text("percent_of_rows"), passing, among, read_when_zero(written))

    def span(self, fields: Fields) -> Span:
        return PERCENT

    def may_be_zero(self, applies_when: Expr | None, fields: Fields) -> bool:
        counted = Rows("count", self.table, None, self.among)
        return self.when_zero is None and may_be_zero(counted, applies_when, fields)

    def reads(self, processes: Mapping[str, Process]) -> tuple[str, ...]:
        return (self.table,)

    def compile(self, key: str, processes: Sequence[Process]) -> Measurer:
        passes = compile_expr(self.where, self.table)
        counts = compile_expr(self.among, self.table) if self.among else None

        def read(scope: JudgingScope) -> Measured:
            rows = scope.table(self.table)
            if isinstance(rows, Unknown):
                return Measured(rows)
            chosen, open_ = _passing(scope, rows, counts) if counts else (rows, ())
            if open_:
                return Measured(merge(*open_))
            good, open_ = _passing(scope, chosen, passes)
            if open_:
                return Measured(merge(*open_))
            if not chosen:
                return measured_at_zero(self.when_zero)
            return Measured(divide(100 * len(good), len(chosen)), of=(len(good), len(chosen)))

        return read

    def text(self, say: Scribe) -> str:
        table, where = say.field(self.table), say.words(self.where, self.table)
        among = say.words(self.among, self.table) if self.among else ""
        zh = f"“{table}”里{f'{among}的记录中' if among else ''}，{where}的记录占的百分比"
        en = f"of the rows of “{table}”{f' where {among}' if among else ''}, the percentage where {where}"
        return say.pick(zh, en) + zero_text(self.when_zero, say)

    def is_percent(self, say: Scribe) -> bool:
        return True

    def counter(self, say: Scribe) -> str:
        return percentage_points(say)


def _passing(scope: JudgingScope, rows: Sequence[Row], test: Compiled) -> tuple[tuple[Row, ...], tuple[Unknown, ...]]:
    """Return the rows that pass, and why others cannot be judged."""
    answers = [(row, test(scope, row)) for row in rows]
    good = tuple(row for row, answer in answers if not isinstance(answer, Unknown) and answer)
    return good, tuple(answer for _, answer in answers if isinstance(answer, Unknown))
