"""Many units of the sample round through the reference, against a plain closure; and the memory that a unit takes."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable
from time import process_time

from meihao.assessment.infer.reference import conclude
from meihao.evidence.model import UnitEvidence
from meihao.pipeline import Judged, judge_units
from meihao.round.read import lone_round
from meihao.standard.model import Pack

from . import sample, sixty
from .timing import Line, Table

CLOSURE = "plain Python closure, 60 invented criteria (see judge)"


def run(units: int = 10_000, rounds: int = 2, weighed: int = 500) -> Table:
    """Judge the units one by one, as the command line does, and forget each; then weigh some that are kept."""
    pack = sample.default()
    texts = sample.texts()
    evidence = tuple(sample.read(text, pack) for text in texts)
    given = sixty.standard()
    plain, drawn = sixty.closure(given), sixty.draw(given, units)
    base = whole = float("inf")
    for _ in range(rounds):
        base = min(base, _seconds(lambda: [plain(unit) for unit in drawn]))
        whole = min(whole, _seconds(lambda: _judge(pack, evidence, units)))
    lines = (
        Line(CLOSURE, base / units * 1e6, "µs/unit", 1.0),
        Line(f"Meihao (reference): merged and judged, {units:,} units", whole / units * 1e6, "µs/unit", whole / base),
    )
    kept, held = _weigh(pack, evidence, weighed)
    notes = (
        f"{units / whole:,.0f} units a second on one core; {len(evidence)} sample units repeated under other codes",
        f"memory of a unit: {kept:.1f} kB of assessment kept, {held:.1f} kB of evidence and merged case before it",
    )
    return Table("Many units, the default pack", CLOSURE, lines, notes)


def _judge(pack: Pack, evidence: tuple[UnitEvidence, ...], units: int) -> int:
    """Judge in portions, so that what is measured is judging and not the size of one list."""
    return sum(
        1
        for start in range(0, units, 1000)
        for _ in judge_units(pack, ROUND, sample.many(evidence, min(1000, units - start)), conclude, False)
    )


ROUND = lone_round(None)


def _seconds(work: Callable[[], object]) -> float:
    gc.collect()
    start = process_time()
    work()
    return process_time() - start


def _weigh(pack: Pack, evidence: tuple[UnitEvidence, ...], units: int) -> tuple[float, float]:
    """Return kB per unit: of the assessments alone, and of what stood before them (evidence that copies share is not counted)."""
    list(judge_units(pack, ROUND, evidence, conclude, False))  # what is made once is made now
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        judged: list[Judged] = list(judge_units(pack, ROUND, sample.many(evidence, units), conclude, False))
        everything = tracemalloc.get_traced_memory()[0] - before
        assessments = [one.assessment for one in judged]
        del judged
        gc.collect()
        kept = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    return kept / len(assessments) / 1000, (everything - kept) / len(assessments) / 1000
