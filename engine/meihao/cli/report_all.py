"""Runs `report --all`: several processes make every report, skip what is there already, and show a bar on the terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from ..core.output_set import output_set
from ..core.problems import Lang, Problem, Source
from ..reports.batch import RECORD, Made, Order, batch, carry_over
from ..reports.messages import ALREADY_THERE
from ..reports.workers import cores
from ..reports.write import Written, not_written
from .printing import chooser, progress

T = TypeVar("T")


def print_all(
    work: Callable[[Path], Callable[[T], Written]], orders: Sequence[Order[T]], folder: Path, processes: int, lang: Lang
) -> Written:
    """Write all reports and return their files in the order of the units; a report that failed is a problem at the end.

    They appear in the folder together, when all are done. `work` writes into the folder that it is given.
    """
    problems: tuple[Problem, ...] = ()
    try:
        with output_set(folder, resumable=True) as stage:
            carry_over(folder, stage, orders)
            done = batch(work(stage), orders, stage, processes or cores())
            made = {one.name: one for one in progress(done, len(orders), chooser(lang)("写报告", "writing"))}
            problems = tuple(_told(made, orders))
    except OSError as refused:
        if refused.filename is None:
            raise
        return (), (*problems, not_written(Path(refused.filename), refused))
    paths = (path for order in orders for path in made[order.name].paths)
    return tuple(folder / path.relative_to(stage) for path in paths), problems


def _told(made: Mapping[str, Made], orders: Sequence[Order[T]]) -> Iterator[Problem]:
    """Yield how many reports were there already, and what was said of the others in the order of the units."""
    if kept := sum(one.resumed for one in made.values()):
        yield ALREADY_THERE.at(Source(), n=kept, record=RECORD)
    for order in orders:
        yield from made[order.name].problems
