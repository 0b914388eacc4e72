"""Measures `percent_of_log`: which part of the logged cases went through every step of a process, in order and in time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar, Literal

from msgspec import Struct

from ...core.calendar import Duration
from ...core.numbers import divide
from ...core.text import hints
from ...core.unknown import Unknown
from ...expressions.tree import Expr
from .. import messages as says
from ..marks import NO_DATE, JudgingScope
from ..measured import Measured, Measurer
from ..method import MeasureRecord
from ..process import Process
from ..spans import PERCENT, Fields, Span
from ..units import percentage_points
from ..zero import WhenZero, measured_at_zero, read_when_zero, zero_text

if TYPE_CHECKING:
    from ...text_in.yaml_value import YamlValue
    from ..reader import PackReader
    from ..scribe import Scribe


Steps = Mapping[str, object]


class Deadline(Struct, frozen=True):
    """A step must follow another within `at_most` (the last day counts)."""

    start: str
    end: str
    at_most: Duration


class PercentOfLog(MeasureRecord, frozen=True):
    """`percent_of_log: PROCESS`: logs that went through every step in order (and met the deadlines), of those counted.

    With `deadlines` alone (`steps: only_deadlines`) the order of the other steps is not asked. Moves out of order do not count.
    """

    keys: ClassVar[tuple[str, ...]] = ("percent_of_log",)
    process: str
    started_within: Duration | None = None
    leave_out_if_started_within: Duration | None = None
    same_day: Literal["allowed", "refused"] = "allowed"
    deadlines: tuple[Deadline, ...] = ()
    only_deadlines: bool = False
    when_zero: WhenZero = None

    @classmethod
    def read(cls, written: YamlValue, reader: PackReader) -> PercentOfLog:
        name = reader.known(says.UNKNOWN_PROCESS, "process", written["percent_of_log"], reader.names.processes)
        process = reader.names.processes.get(name)
        if process is not None:
            reader.field_at(process.log, written["percent_of_log"].source)
        return cls(
            name,
            written.duration("started_within"),
            written.duration("leave_out_if_started_within"),
            written.text("same_day", "allowed"),  # type: ignore[arg-type]  # one of the schema's enum
            tuple(_read_deadline(entry, process, reader) for entry in written.each("deadlines")),
            written.flag("only_deadlines"),
            read_when_zero(written),
        )

    def span(self, fields: Fields) -> Span:
        return PERCENT

    def may_be_zero(self, applies_when: Expr | None, fields: Fields) -> bool:
        return self.when_zero is None

    def reads(self, processes: Mapping[str, Process]) -> tuple[str, ...]:
        return (processes[self.process].log,) if self.process in processes else ()

    def follows(self) -> str:
        return self.process

    def compile(self, key: str, processes: Sequence[Process]) -> Measurer:
        process = next(p for p in processes if p.id == self.process)

        def read(scope: JudgingScope) -> Measured:
            rows = scope.table(process.log)
            if isinstance(rows, Unknown):
                return Measured(rows)
            if (self.started_within or self.leave_out_if_started_within) and scope.reference_date is None:
                return Measured(NO_DATE)
            counted = [row for row in rows if _counts(self, row.get(process.steps[0]), scope.reference_date)]
            done = sum(_closed(self, process, row) for row in counted)
            if not counted:
                return measured_at_zero(self.when_zero)
            return Measured(divide(100 * done, len(counted)), of=(done, len(counted)))

        return read

    def text(self, say: Scribe) -> str:
        """Return the share of logs that kept order and deadlines, and which logs count."""
        process = say.processes[self.process]
        limits = [_deadline_text(process.log, deadline, say) for deadline in self.deadlines]
        kept = say.pick("，且", ", and ").join([*([] if self.only_deadlines else [_order_text(self, say)]), *limits])
        window = _window_text(self, say)
        name, log = process.title[say.lang], say.field(process.log)
        zh = f"“{log}”里（{window}）{kept}的记录占的百分比" if window else f"“{log}”里{kept}的记录占的百分比"
        en = f"of the entries of “{log}” ({name}){f', {window}' if window else ''}, the percentage with {kept}"
        return say.pick(zh, en) + zero_text(self.when_zero, say)

    def is_percent(self, say: Scribe) -> bool:
        return True

    def counter(self, say: Scribe) -> str:
        return percentage_points(say)


def _read_deadline(written: YamlValue, process: Process | None, reader: PackReader) -> Deadline:
    for key in ("start", "end"):
        step = written.text(key)
        if process is not None and step not in process.steps:
            near = hints(step, process.steps)
            reader.say(says.UNKNOWN_STEP, written[key].source, process=process.id, step=step, **near)
    return Deadline(written.text("start"), written.text("end"), written.duration("at_most") or Duration(1, "days"))


def in_order(process: Process, row: Steps, same_day: str) -> bool:
    """Say whether every step is dated and no step precedes the one before it (each date is the step's last occurrence)."""
    days = [row.get(step) for step in process.steps]
    dated = [day for day in days if isinstance(day, date)]
    if len(dated) < len(days):
        return False
    return all(a < b if same_day == "refused" else a <= b for a, b in pairwise(dated))


def in_time(deadline: Deadline, row: Steps) -> bool:
    """Say whether the later step followed within the deadline; the last day counts, a missing step does not meet it."""
    start, end = row.get(deadline.start), row.get(deadline.end)
    if not isinstance(start, date) or not isinstance(end, date):
        return False
    return start <= end <= deadline.at_most.after(start)


def _closed(measure: PercentOfLog, process: Process, row: Steps) -> bool:
    """Say whether a log went through its steps in order and in time."""
    ordered = measure.only_deadlines or in_order(process, row, measure.same_day)
    return ordered and all(in_time(deadline, row) for deadline in measure.deadlines)


def _counts(measure: PercentOfLog, started: object, reference: date | None) -> bool:
    """Say whether a log is in the denominator; one without its first date is, and counts as not closed."""
    if not isinstance(started, date) or reference is None:
        return True
    if measure.started_within and not measure.started_within.before(reference) < started <= reference:
        return False
    young = measure.leave_out_if_started_within
    return not (young and young.before(reference) < started)


def _order_text(measure: PercentOfLog, say: Scribe) -> str:
    strict = measure.same_day == "refused"
    zh = "各步齐全、逐日在后" if strict else "各步齐全、先后不乱"
    return say.pick(zh, "every step done, each on a later day" if strict else "every step done in order")


def _deadline_text(log: str, deadline: Deadline, say: Scribe) -> str:
    first, last, most = say.column(log, deadline.start), say.column(log, deadline.end), say.length(deadline.at_most)
    return say.pick(f"从{first}到{last}不超过{most}", f"at most {most} from {first} to {last}")


def _window_text(measure: PercentOfLog, say: Scribe) -> str:
    parts = []
    if measure.started_within:
        length = say.length(measure.started_within)
        parts.append(say.pick(f"评定日前{length}内开始的", f"begun within {length} before the reference date"))
    if measure.leave_out_if_started_within:
        length = say.length(measure.leave_out_if_started_within)
        parts.append(say.pick(f"最近{length}内开始的不计", f"those of the last {length} left out"))
    return say.pick("，", ", ").join(parts)
