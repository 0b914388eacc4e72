"""A small round in a folder, by hand: what the tests of this folder hand in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from tests.evidence.small_pack import PACK as PACK

from meihao.core.problems import Problems, Source
from meihao.evidence.model import Document, Observation, Received, Row, Scalar, UnitEvidence, Value
from meihao.round.read import lone_round, read_round_file
from meihao.round.roster import Enrolled, roster_text
from meihao.standard.model import Pack, Role
from meihao.store.accept import Stored, open_door
from meihao.store.accept import accept as accepted
from meihao.store.folder import FolderHome

ROUND = "round: r\ntitle: 某批次\nreference_date: 2026-12-31\nclosed: false\nstage: verified\n"
DECISIONS = """decisions:
  - {id: 宽限1号, kind: grace, units: ["0512"], by: 评定委员会, date: 2026-06-01, until: 2026-06-10, reason: 停电三天}
  - {id: 更正1号, kind: correction, units: ["0512"], by: 评定委员会, date: 2026-06-01, until: 2026-06-10, reason: 漏数一个组}
  - {id: 异议1号, kind: objection, units: all, by: 评定委员会, date: 2026-05-20, until: 2026-07-10, reason: 异议成立}
"""
DAY = date(2026, 5, 20)
FIRST = Received(DAY, "王某", file="一批.xlsx")
MORNING = Received(DAY, "王某", file="青禾村.xlsx")


def round_folder(tmp_path: Path) -> Path:
    """Return a round's folder that has received nothing."""
    (tmp_path / "round.yaml").write_text(ROUND, encoding="utf-8")
    enrol(tmp_path)
    return tmp_path


def sample_round(place: Path, sample_folder: Path, units: Sequence[UnitEvidence], more: str = "") -> None:
    """Make a folder of the sample's round, with decisions that open it, and units on its roster; nothing is handed in."""
    place.mkdir()
    text = (sample_folder / "round.yaml").read_text("utf-8")
    for_all = DECISIONS.replace('["0512"]', "all")
    (place / "round.yaml").write_text(text + more + for_all, encoding="utf-8")
    listed = roster_text(Enrolled(one.code, one.kind, one.name, one.region) for one in units)
    (place / "roster.yaml").write_text(listed, encoding="utf-8")


def enrol(folder: Path, *codes: str, name: str = "青禾村", kind: str = "village") -> None:
    """Write the roster of a round: units of one name, as these tests need no other."""
    known = ("0512", "0513", "A", "B", "a/b", "a_b", *codes)
    (folder / "roster.yaml").write_text(roster_text(Enrolled(c, kind, name, "07") for c in known), encoding="utf-8")


def enrol_compounds(folder: Path, *codes: str, name: str = "某小区") -> None:
    """Write a roster of compounds, for tests that hand in by the command."""
    (folder / "roster.yaml").write_text(roster_text(Enrolled(c, "compound", name) for c in codes), encoding="utf-8")


def accept(
    folder: Path,
    pack: Pack,
    units: Sequence[UnitEvidence],
    received: Received,
    documents: Mapping[str, bytes],
    decision: str = "",
    by: Mapping[str, str] | None = None,
) -> tuple[tuple[Stored, ...], Problems]:
    """Read the round of a folder, open its door and hand in."""
    if not (folder / "round.yaml").is_file():
        return (), open_door(FolderHome(folder), pack, lone_round(None))[1]
    round_, problems = read_round_file(folder / "round.yaml", pack)
    assert round_ is not None, [p.text() for p in problems]
    door, problems = open_door(FolderHome(folder), pack, round_, decision)
    return accepted(door, units, received, documents, by or {}) if door else ((), problems)


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
