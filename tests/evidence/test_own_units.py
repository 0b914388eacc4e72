"""Proves that a number with its item's own unit, a date without zeros and a full-width code are read, and that it is said."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from meihao.core.problems import Source
from meihao.core.text import Label
from meihao.evidence.values import read_scalar
from meihao.standard.model import Column, FieldType

from .small_pack import read, workbook

UNITS: dict[FieldType, Label] = {
    "count": Label("栋", "buildings"),
    "money": Label("万元"),
    "number": Label("㎡"),
    "percent": Label("%"),
}


def asked(kind: FieldType) -> Column:
    return Column("one", Label("本项"), kind, UNITS.get(kind, Label("")))


@pytest.mark.parametrize(
    ("kind", "given", "value"),
    [
        ("count", "14栋", 14),
        ("count", "１４　栋", 14),
        ("count", "14 Buildings", 14),
        ("count", "1,200栋", 1200),
        ("money", "3.5万元", Fraction(7, 2)),
        ("number", "-30㎡", -30),
        ("date", "2026-2-3", date(2026, 2, 3)),
        ("date", "２０２６－２－３", date(2026, 2, 3)),
    ],
)
def test_what_is_plain_is_read_and_listed_as_corrected(kind: FieldType, given: str, value: object) -> None:
    read_as, problems = read_scalar(given, asked(kind), Source())
    assert read_as == value
    assert [(p.code, p.severity) for p in problems] == [("E018", "notice")]


@pytest.mark.parametrize(
    ("kind", "given", "code"),
    [
        ("count", "14户", "W130"),
        ("count", "14万栋", "W130"),
        ("count", "14栋左右", "W130"),
        ("count", "约14栋", "E001"),
        ("count", "3-5栋", "E001"),
        ("count", "栋", "E001"),
        ("count", "12.5栋", "E002"),
        ("money", "35000元", "W130"),
        ("date", "2026-2-30", "E006"),
        ("date", "2026-2", "E006"),
        ("date", "26-2-3", "E006"),
    ],
)
def test_what_is_not_plain_is_refused(kind: FieldType, given: str, code: str) -> None:
    value, problems = read_scalar(given, asked(kind), Source())
    assert value is None
    assert [p.code for p in problems] == [code]


def test_another_unit_is_named_with_the_one_that_is_asked() -> None:
    _, (problem,) = read_scalar("14户", asked("count"), Source())
    assert problem.message_zh == "“本项”按“栋”填数，现为“14户”"
    assert problem.message_en == "“本项” is counted in buildings, got “14户”"


def test_a_table_of_units_reads_alike_from_csv_and_workbook(tmp_path: Path) -> None:
    rows = (("编号", "类别", "名称", "总户数", "启用日期"), ("Ｃ－０１", "村", "甲村", "320户", "2026-2-3"))
    by_book = read(tmp_path, "a.xlsx", workbook({"单位": rows}))
    by_csv = read(tmp_path, "a.csv", "\n".join(",".join(row) for row in rows).encode())
    for units, problems in (by_book, by_csv):
        (unit,) = units
        assert unit.code == "C-01"
        assert {o.field: o.value for o in unit.observations} == {"households": 320, "opened": date(2026, 2, 3)}
        assert sorted(p.code for p in problems) == ["E018", "E018", "E018"]
        assert all(p.severity == "notice" for p in problems)
