"""A small round in a folder, by hand: what the tests of this folder hand in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.evidence.small_pack import PACK as PACK

from meihao.core.problems import Source
from meihao.evidence.model import Document, Observation, Received, Row, Scalar, UnitEvidence, Value
from meihao.standard.model import Role

ROUND = "round: r\ntitle: 某批次\nreference_date: 2026-12-31\nclosed: false\nstage: verified\n"
DAY = date(2026, 5, 20)
MORNING = Received(DAY, "王某", file="青禾村.xlsx")


def round_folder(tmp_path: Path) -> Path:
    """Return a round's folder that has received nothing."""
    (tmp_path / "round.yaml").write_text(ROUND, encoding="utf-8")
    return tmp_path


def seen(
    field: str, value: Value, observer: str = "青禾村", role: Role = "applicant", day: date | None = DAY
) -> Observation:
    return Observation(field, value, observer, role, day, Source("青禾村.xlsx", "填报", cell="J5"))


def village(*observations: Observation, documents: tuple[Document, ...] = (), code: str = "0512") -> UnitEvidence:
    return UnitEvidence(code, "village", "青禾村", "07", observations, documents)


def rows(*households: int) -> tuple[Row, ...]:
    return tuple(row(code=f"g{n}", households=number) for n, number in enumerate(households, 1))


def row(**cells: Scalar) -> Row:
    return cells
