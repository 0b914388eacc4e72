"""`report --all`: every report by several processes, with a bar on the terminal; what is there already is not made again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from ..core.problems import Lang, Problem, Source
from ..reports.batch import RECORD, Order, batch
from ..reports.messages import ALREADY_THERE
from ..reports.workers import cores
from ..reports.write import Written
from .printing import chooser, progress

T = TypeVar("T")


def print_all(
    work: Callable[[T], Written], orders: Sequence[Order[T]], folder: Path, processes: int, lang: Lang
) -> Written:
    """Write all reports and return their files in the order of the units; a report that failed is a problem at the end."""
    done = batch(work, orders, folder, processes or cores())
    made = {one.name: one for one in progress(done, len(orders), chooser(lang)("写报告", "writing"))}
    kept = sum(one.resumed for one in made.values())
    problems: list[Problem] = [ALREADY_THERE.at(Source(), n=kept, record=RECORD)] if kept else []
    for order in orders:
        problems += made[order.name].problems
    return tuple(path for order in orders for path in made[order.name].paths), tuple(problems)
