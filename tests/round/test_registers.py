"""A receipt for a register is told what is wrong with it, or why it cannot show that there are no records."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace
from tests.assessment.packs import make_pack

from meihao.core.problems import Source
from meihao.round.model import Region, RegisterReceipt
from meihao.round.read import lone_round
from meihao.round.registers import check_receipts, whole_registers

DAY, BEFORE, AFTER = date(2026, 6, 30), date(2026, 6, 29), date(2026, 7, 1)
GOOD = RegisterReceipt("register", True, DAY, DAY, "登记部门", ("A",), Source("r", line=5))
FIELDS = "{rows: {type: table, provided_by: registry, when_absent: empty, columns: {n: {type: count}}}}"
PACK = make_pack("- {id: c, points: 1, asks: [rows], score: {yes_no: any_row(rows)}}", FIELDS)
REGIONS = (Region("A", "甲", "county"), Region("A1", "甲一", "township", "A"), Region("B", "乙", "county"))


@pytest.mark.parametrize(
    ("receipt", "said"),
    [
        (GOOD, []),
        (replace(GOOD, as_of=AFTER, received=AFTER), []),
        (replace(GOOD, register="registers"), ["E100 标准里没有“registers”这个登记（是否想写 register？）"]),
        (replace(GOOD, regions=("A", "A2")), ["E017 批次里没有地区“A2”（"]),
        (replace(GOOD, received=BEFORE), ["E101 登记截至2026-06-30，收到却在2026-06-29（核对这两个日期）"]),
        (replace(GOOD, as_of=BEFORE), ["E102"]),
        (replace(GOOD, whole=False), ["E103"]),
    ],
)
def test_what_does_not_fit_in_a_receipt_is_told(receipt: RegisterReceipt, said: list[str]) -> None:
    round_ = replace(lone_round(DAY), regions=REGIONS, registers=(receipt,))
    found = [problem.text() for problem in check_receipts(round_, PACK)]
    assert len(found) == len(said)
    assert all(text.startswith(f"r:5:0 {begins}") for text, begins in zip(found, said, strict=True))


def test_without_a_reference_date_no_receipt_is_too_old() -> None:
    round_ = replace(lone_round(None), regions=REGIONS, registers=(replace(GOOD, as_of=BEFORE),))
    assert list(check_receipts(round_, PACK)) == []


def test_a_register_is_whole_for_the_regions_of_its_receipt_and_all_that_lie_in_them() -> None:
    every = replace(GOOD, register="all", regions=())
    late, part = replace(GOOD, register="late", as_of=BEFORE), replace(GOOD, register="part", whole=False)
    round_ = replace(lone_round(DAY), regions=REGIONS, registers=(GOOD, every, late, part))
    assert whole_registers(round_, ["A1", "A", "B", "", "A"]) == {
        "A1": ("all", "register"), "A": ("all", "register"), "B": ("all",), "": ("all",),
    }  # fmt: skip
    assert whole_registers(replace(round_, reference_date=None), ["A"]) == {"A": ()}
    circle = (Region("A", "甲", "county", "B"), Region("B", "乙", "county", "A"))
    assert whole_registers(replace(round_, regions=circle, registers=(replace(GOOD, regions=("C",)),)), ["A"]) == {
        "A": ()
    }
