"""Work of growing size -> how its time grows when the input doubles: n log n doubles it, pairs of everything would quadruple it.

A case is a function of the size that prepares the input and returns the work. Cases are a table: add a line for each that
once grew with the square.
"""

from __future__ import annotations

import atexit
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from msgspec import Struct
from msgspec.structs import replace

from meihao.core.problems import errors
from meihao.evidence.files import read_evidence
from meihao.evidence.model import Document, UnitEvidence
from meihao.round.relations import find_hits

from . import rounds
from .sample import default
from .timing import Line, Table, Work, interleaved

TWICE = 3.0  # of a doubled input: 2 for n log n and a margin for caches, 4 for pairs
Prepare = Callable[[int], Work]


class Case(Struct, frozen=True):
    """Something whose time was once felt at a few thousand units; `size` is where the doubling begins."""

    prepare: Prepare
    size: int


def shared_document(size: int) -> Work:
    """Relations of units that all hand in one document, under one number with different contents."""
    paper = Document("承诺书", number="文1", sha256="a" * 64)
    units = [_unit(n, paper, replace(paper, title="合同", sha256=f"{n:064}")) for n in range(size)]
    pack = default()
    return lambda: find_hits(pack, units)


def shared_number(size: int) -> Work:
    """Relations of units that all hand in a document of their own under one number."""
    units = [_unit(n, Document(f"材料{n % 7}", number="文1", sha256=f"{n:064}")) for n in range(size)]
    pack = default()
    return lambda: find_hits(pack, units)


def _unit(number: int, *documents: Document) -> UnitEvidence:
    return UnitEvidence(f"V-{number:05}", "village", f"第{number}村", "", (), documents)


def folder_list(size: int) -> Work:
    """Reading a folder that holds a folder for each unit."""
    folder = Path(mkdtemp())
    atexit.register(rmtree, folder, ignore_errors=True)
    for number in range(size):
        (folder / f"V-{number:05}").mkdir()
    pack = default()

    def work() -> None:
        _, problems = read_evidence(folder, pack)
        if [problem.code for problem in errors(problems)] != ["E043"]:
            raise RuntimeError(folder)

    return work


CASES: Mapping[str, Case] = {
    "relations: one document in all units": Case(shared_document, 500),
    "relations: one number in all units": Case(shared_number, 500),
    "evidence: a folder for each unit": Case(folder_list, 500),
    "import: a table that many people filled in": Case(rounds.imported, 400),
    "round: regions and the units in them": Case(rounds.regions_of_a_round, 8_000),
    "round: places among all units": Case(rounds.places_in_a_round, 16_000),
    "round: a waiver for each unit": Case(rounds.waivers, 16_000),
    "ranking: the pack's profile": Case(rounds.default_profile, 5_000),
    "ranking: all units equal": Case(rounds.equal_units, 4_000),
    "ranking: regional seats and ties": Case(rounds.regional_ties, 4_000),
    "ranking: the same with a county for 20 units": Case(rounds.many_regions, 2_000),
    "ranking: D'Hondt in provinces and their counties": Case(rounds.two_levels, 2_000),
}


def grown(case: Case, size: int, turns: int) -> tuple[float, float]:
    """Return the least seconds of a size and of twice that size."""
    seconds = interleaved({"once": case.prepare(size), "twice": case.prepare(2 * size)}, turns)
    return seconds["once"], seconds["twice"]


def run(turns: int = 5, part: int = 1) -> Table:
    """Return for each case the ratio of the time of a doubled input; `part` divides the sizes for a quick look."""
    lines = []
    for name, case in CASES.items():
        size = max(case.size // part, 2)
        once, twice = grown(case, size, turns)
        lines.append(Line(f"{name}, {size} -> {2 * size}", twice * 1000, "ms", twice / max(once, 1e-9), TWICE))
    return Table("growth: an input twice as large", "the time of the input before it was doubled", tuple(lines))


if __name__ == "__main__":
    sys.stdout.write(run().text() + "\n")
