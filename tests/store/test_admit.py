"""Proves that a closed round takes in what a named decision lets in and nothing else, and that a late record carries its days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from meihao.evidence.model import Document, Received, UnitEvidence
from meihao.pipeline import read_units
from meihao.round.read import check_units, read_round_file
from meihao.store.folder import FolderHome
from meihao.store.read import history, read_store

from .round_folder import DECISIONS, MORNING, PACK, ROUND, accept, round_folder, seen, village

DURING = Received(date(2026, 6, 5), "李某", file="补.xlsx")
RULES = Document("村规民约", "青禾〔2025〕1号", "青禾村", date(2025, 3, 1), date(2028, 2, 29))


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    """A round that took in 320 households and the village rules, and then closed."""
    first = village(seen("households", 320), documents=(RULES,))
    assert not accept(round_folder(tmp_path), PACK, [first], MORNING, {})[1]
    text = ROUND.replace("closed: false", "closed: true") + DECISIONS
    (tmp_path / "round.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def said(
    folder: Path, unit: UnitEvidence, decision: str = "", received: Received = DURING
) -> tuple[tuple[int, ...], list[str]]:
    done, problems = accept(folder, PACK, [unit], received, {}, decision)
    return tuple(one.number for one in done), [p.code for p in problems]


MORE, OTHER = village(seen("square", True)), village(seen("households", 325))


def test_a_closed_round_takes_nothing_in(closed: Path) -> None:
    before = sorted(closed.rglob("*"))
    _, (problem,) = accept(closed, PACK, [MORE], DURING, {})
    assert problem.text() == (
        "补.xlsx W104 批次已经截止，2026-06-05交来的不收"
        "（凭决定才能收：决定写在round.yaml的decisions里，导入时加--decision 决定编号"
        "（那天有效的决定：宽限1号、更正1号、异议1号））"
    )
    assert sorted(closed.rglob("*")) == before


@pytest.mark.parametrize(
    ("decision", "unit", "received", "numbers", "codes"),
    [
        ("宽限1号", MORE, DURING, (2,), []),
        ("宽限1号", OTHER, DURING, (), ["W108"]),
        ("更正1号", OTHER, DURING, (2,), []),
        ("更正1号", MORE, DURING, (), ["W109"]),
        ("更正1号", village(documents=(replace(RULES, valid_to=date(2029, 1, 1)),)), DURING, (2,), []),
        ("更正1号", village(documents=(replace(RULES, number="青禾〔2025〕2号"),)), DURING, (2,), []),
        ("更正1号", village(documents=(replace(RULES, title="章程"),)), DURING, (), ["W109"]),
        ("更正1号", village(seen("households", 325, "甲", "inspector")), DURING, (), ["W109"]),
        ("异议1号", village(seen("households", 325), seen("square", True)), DURING, (2,), []),
        ("异议2号", MORE, DURING, (), ["W105"]),
        ("宽限1号", MORE, replace(DURING, on=date(2026, 5, 31)), (), ["W106"]),
        ("宽限1号", MORE, replace(DURING, on=date(2026, 6, 1)), (2,), []),
        ("宽限1号", MORE, replace(DURING, on=date(2026, 6, 10)), (2,), []),
        ("宽限1号", MORE, replace(DURING, on=date(2026, 6, 11)), (), ["W106"]),
        ("宽限1号", replace(MORE, code="0513"), DURING, (), ["W107"]),
        ("异议1号", replace(MORE, code="0513"), DURING, (1,), []),
        ("更正1号", replace(MORE, code="0513"), DURING, (), ["W107"]),
    ],
)
def test_a_decision_lets_in_what_it_is_for(
    closed: Path, decision: str, unit: UnitEvidence, received: Received, numbers: tuple[int, ...], codes: list[str]
) -> None:
    assert said(closed, unit, decision, received) == (numbers, codes)


def test_the_receipt_names_the_decision_and_its_reason(closed: Path) -> None:
    assert said(closed, OTHER, "更正1号") == ((2,), [])
    entry = history(FolderHome(closed), PACK, "0512")[0][1]
    assert (entry.received.decision, entry.received.reason) == ("更正1号", "漏数一个组")
    assert 'decision: "更正1号"' in entry.path.read_text("utf-8")


# ---- what becomes of a decision afterwards ---------------------------------------------------------------------------


def judged(folder: Path) -> list[tuple[str, str]]:
    """Return what keeps a round from being judged: each problem's code, and the file that it is about."""
    round_, _ = read_round_file(folder / "round.yaml", PACK)
    assert round_ is not None
    problems = read_units([folder / "evidence"], PACK, round_)[1]
    return [(p.code, Path(p.source.file).name) for p in problems]


@pytest.mark.parametrize(
    ("was", "now"),
    [
        (DECISIONS, ""),
        ("id: 更正1号", "id: 更正2号"),
        ('kind: correction, units: ["0512"]', 'kind: correction, units: ["0513"]'),
        ("date: 2026-06-01, until: 2026-06-10, reason: 漏数", "date: 2026-06-01, until: 2026-06-04, reason: 漏数"),
    ],
)
def test_a_receipt_whose_decision_was_taken_away_is_found_out(closed: Path, was: str, now: str) -> None:
    assert said(closed, OTHER, "更正1号") == ((2,), [])
    assert judged(closed) == []
    text = (closed / "round.yaml").read_text("utf-8")
    assert was in text
    (closed / "round.yaml").write_text(text.replace(was, now), encoding="utf-8")
    assert judged(closed) == [("W120", "0002.evidence.yaml")]
    if now:  # the next import meets it, too
        assert said(closed, MORE, "异议1号") == ((), ["W120"])


def test_what_became_of_the_decision_is_said(closed: Path) -> None:
    assert said(closed, OTHER, "更正1号") == ((2,), [])
    text = (closed / "round.yaml").read_text("utf-8")
    (closed / "round.yaml").write_text(text.replace(DECISIONS, ""), encoding="utf-8")
    round_, _ = read_round_file(closed / "round.yaml", PACK)
    assert round_ is not None
    (problem,) = read_units([closed / "evidence"], PACK, round_)[1]
    assert "0512的第2份收件是凭决定“更正1号”收下的，round.yaml里已经没有这个决定" in problem.text()


def test_a_decision_names_units_of_the_roster(closed: Path) -> None:
    text = (closed / "round.yaml").read_text("utf-8")
    wrong = text.replace('kind: grace, units: ["0512"]', 'kind: grace, units: ["0512", "O513"]')
    (closed / "round.yaml").write_text(wrong, encoding="utf-8")
    assert judged(closed) == [("W121", "round.yaml")]
    _, (problem,) = accept(closed, PACK, [OTHER], DURING, {}, "更正1号")
    assert problem.code == "W121"
    assert "“O513”" in problem.text()
    assert "0513" in problem.text().replace("O513", "")


def test_an_open_round_needs_no_decision(tmp_path: Path) -> None:
    assert said(round_folder(tmp_path), MORE) == ((1,), [])


# ---- the day of a fact, of its record, of its receipt ----------------------------------------------------------------

LATER = date(2027, 1, 8)  # the reference date of these rounds is 2026-12-31


def days(folder: Path) -> list[tuple[date | None, date | None]]:
    (unit,), problems = read_store(FolderHome(folder), PACK)
    assert not problems
    return [(o.day, o.as_of) for o in unit.observations]


def codes(unit: UnitEvidence, folder: Path) -> list[str]:
    round_, _ = read_round_file(folder / "round.yaml", PACK)
    assert round_ is not None
    return [p.code for p in check_units(round_, (unit,))]


def test_only_the_day_that_a_fact_holds_of_is_compared_with_the_reference_date(tmp_path: Path) -> None:
    late = seen("households", 325, day=LATER)
    folder = round_folder(tmp_path)
    assert codes(village(late), folder) == ["E022"]
    assert codes(village(replace(late, as_of=date(2026, 12, 31))), folder) == []
    assert codes(village(replace(late, as_of=date(2027, 1, 1))), folder) == ["E022"]
    assert codes(village(seen("households", 325, day=date(2026, 5, 1))), folder) == []


def test_nobody_records_a_day_that_is_still_to_come(tmp_path: Path) -> None:
    early = replace(seen("households", 325, day=date(2026, 5, 1)), as_of=date(2026, 5, 2))
    assert codes(village(early), round_folder(tmp_path)) == ["W101"]


def test_a_correction_by_decision_holds_of_the_reference_date_and_keeps_its_own(tmp_path: Path) -> None:
    assert not accept(round_folder(tmp_path), PACK, [village(seen("households", 320))], MORNING, {})[1]
    objection = DECISIONS.replace("2026-07-10", "2027-01-31")
    (tmp_path / "round.yaml").write_text(ROUND.replace("closed: false", "closed: true") + objection, encoding="utf-8")
    corrected = village(seen("households", 325, day=LATER))
    assert said(tmp_path, corrected, "异议1号", replace(DURING, on=LATER)) == ((2,), [])
    assert days(tmp_path) == [(LATER, date(2026, 12, 31))]


def test_a_later_record_of_an_earlier_day_does_not_win_over_that_of_the_later_day() -> None:
    """Seen on 8 January as of 30 November 90, seen on 20 December 110: the latter is nearer to the reference date."""
    from meihao.round.merge import merge_field

    (field,) = (f for f in PACK.fields if f.id == "households")
    old = replace(seen("households", 90, day=LATER), as_of=date(2026, 11, 30))
    new = seen("households", 110, day=date(2026, 12, 20))
    assert merge_field(field, [old, new], "verified").value == 110
    assert merge_field(field, [new, replace(old, as_of=date(2026, 12, 31))], "verified").value == 90


WIDE = "编号,类别,名称,总户数,日期,截至日期\n001,村,甲村,320,2027-01-08,2026-12-31\n"
LONG = "编号,类别,名称,字段,值,日期,截至日期\n001,村,甲村,总户数,320,2027-01-08,2026-12-31\n"


@pytest.mark.parametrize("text", [WIDE, LONG])
def test_tables_have_a_column_for_the_day_that_values_hold_of(
    text: str, tmp_path: Path, read_csv: Callable[[str], UnitEvidence]
) -> None:
    (one,) = read_csv(text).observations
    assert (one.value, one.day, one.as_of) == (320, LATER, date(2026, 12, 31))


@pytest.fixture
def read_csv(tmp_path: Path) -> Callable[[str], UnitEvidence]:
    from tests.evidence.small_pack import read

    def read_one(text: str) -> UnitEvidence:
        units, problems = read(tmp_path, "a.csv", text.encode())
        assert not problems, [p.text() for p in problems]
        return units[0]

    return read_one
