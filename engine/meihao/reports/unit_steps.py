"""Dates the steps of an application's life, and says until when the round takes in what."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..core.problems import Lang
from ..round.model import Case, Due, Round
from ..standard.model import Pack, Process, leaves
from ..standard.model.parts import scored
from .model import Pair
from .phrases.unit import DUE


def steps(pack: Pack, round_: Round, case: Case | None, kind: str, lang: Lang) -> tuple[Pair, ...]:
    """Return the steps of the processes that no criterion measures, dated where the log says so, and the round's own days."""
    measured = {measure.follows() for item in leaves(pack.standard(kind)) for measure, _ in scored(item) if measure}
    dated = (
        step
        for process in pack.processes
        if process.id not in measured and kind in pack.field(process.log).kinds
        for step in _dated(process, pack, case, lang)
    )
    return (*(_due(due, lang) for due in round_.due if due.day), *dated)


def _due(due: Due, lang: Lang) -> Pair:
    return Pair(DUE[due.role][lang], due.day.isoformat() if due.day else "")


def _dated(process: Process, pack: Pack, case: Case | None, lang: Lang) -> Iterator[Pair]:
    fact = case.facts.get(process.log) if case else None
    rows = fact.value if fact and isinstance(fact.value, tuple) else ()
    last = rows[-1] if rows else {}
    field = pack.field(process.log)
    for step in process.steps:
        column = field.column(step)
        day = last.get(step)
        yield Pair(column.title[lang] if column else step, day.isoformat() if isinstance(day, date) else "")
