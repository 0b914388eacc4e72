"""Proves that reading columns as a whole gives what reading every cell by itself gives: values, sources, problems."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from unittest import mock

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from meihao.core.problems import Source
from meihao.core.text import Label
from meihao.evidence import wide_form
from meihao.evidence.columns import CellValue, Sheet, without_answers
from meihao.evidence.model import Observation
from meihao.evidence.places import RowPlace, letters
from meihao.evidence.tables import read_sheets
from meihao.standard.model import Field

from .small_pack import FIELDS, PACK

NAMES = [f.id for f in FIELDS if f.type != "table" and not f.id.startswith("twin")]
TWO_KINDS = replace(PACK, fields=(Field("rate", Label("率"), "number", ("village", "compound"), "applicant"),))
cells = st.one_of(
    st.none(), st.none(), st.integers(-3, 20001), st.booleans(),
    st.dates(date(2020, 1, 1), date(2026, 1, 1)),
    st.decimals(-2, 101, places=2).map(lambda d: Decimal(d).normalize()),
    st.sampled_from(["是", "√", "平原", "hill", "５", "12％", "0.5", "#N/A", " 甲 ", "2023年4月7日", "很多", "0", "1", "无"]),
)  # fmt: skip


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    width = draw(st.integers(1, 6))
    names = draw(st.lists(st.sampled_from(NAMES), min_size=width, max_size=width, unique=True))
    rows: list[Sequence[CellValue]] = [["编号", "类别", "名称", *names, "环境整洁评分（理由）"]]
    for number in range(draw(st.integers(1, 6))):
        kind = draw(st.sampled_from(["村", "小区"]))
        rows.append(
            [f"{number:03}", kind, "某地", *(draw(cells) for _ in names), draw(st.sampled_from([None, None, "看过"]))]
        )
    places = st.sets(st.tuples(st.integers(2, len(rows)), st.integers(4, width + 3)), max_size=2)
    formulas = frozenset(p for p in draw(places) if rows[p[0] - 1][p[1] - 1] is not None)
    uncomputed = frozenset(p for p in draw(places) if rows[p[0] - 1][p[1] - 1] is None)
    shown = {p: "50%" for p in draw(places) if isinstance(rows[p[0] - 1][p[1] - 1], Decimal)}
    return Sheet("a.xlsx", "单位", tuple(map(tuple, rows)), (), formulas, uncomputed, shown)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(sheets())
def test_a_column_read_as_a_whole_says_what_its_cells_say(sheet: Sheet) -> None:
    quick = read_sheets([sheet], PACK, "a.xlsx")
    every = {c: set(range(1, len(sheet.rows) + 1)) for c in range(1, 20)}
    with mock.patch.object(wide_form, "_odd_places", return_value=every):
        slow = read_sheets([sheet], PACK, "a.xlsx")
    assert sorted(quick[1], key=str) == sorted(slow[1], key=str)
    assert [sorted(unit.observations, key=str) for unit in quick[0]] == [
        sorted(unit.observations, key=str) for unit in slow[0]
    ]
    assert [replace(unit, observations=()) for unit in quick[0]] == [replace(unit, observations=()) for unit in slow[0]]
    for unit in quick[0]:
        for seen in unit.observations:
            assert seen.source.cell == f"{letters(seen.source.column)}{seen.source.row}"


def test_a_row_that_gives_a_field_by_its_title_and_by_its_id_gives_it_twice() -> None:
    """One title of two kinds' fields: the column means this unit's field, and so does the column of its id."""
    shared = (
        Field("green.village", Label("共名"), "count", ("village",), "applicant"),
        Field("green.compound", Label("共名"), "count", ("compound",), "applicant"),
    )
    pack = replace(PACK, fields=(*PACK.fields, *shared))
    head = ("编号", "类别", "名称", "共名", "green.compound")
    rows = (head, ("1", "小区", "甲", 5, 6), ("2", "小区", "乙", 5, None), ("3", "村", "丙", 7, None))
    units, problems = read_sheets([Sheet("a.xlsx", "单位", rows)], pack, "a.xlsx")
    assert [(p.code, p.source.cell) for p in problems] == [("E087", "E2")]
    assert "a.xlsx 单位!D2" in problems[0].message_zh
    given = [(o.field, o.value, o.source.cell) for unit in units[1:] for o in unit.observations]
    assert given == [("green.compound", 5, "D3"), ("green.village", 7, "D4")]


def test_units_of_two_kinds_may_stand_in_any_order() -> None:
    rows = (("编号", "类别", "名称", "rate"), ("1", "村", "甲", 1), ("2", "小区", "乙", 2), ("3", "村", "丙", 3))
    units, _ = read_sheets([Sheet("a.xlsx", "单位", rows)], TWO_KINDS, "a.xlsx")
    given = [(unit.code, o.field, o.value, o.source.cell) for unit in units for o in unit.observations]
    assert given == [("1", "rate", 1, "D2"), ("2", "rate", 2, "D3"), ("3", "rate", 3, "D4")]


def test_an_observation_is_the_same_however_its_place_is_kept() -> None:
    kept = RowPlace("a.xlsx", "单位", 2, {"area": 28})
    lazy, eager = (
        Observation("area", 1, "甲", "applicant", None, place)
        for place in (kept, Source("a.xlsx", "单位", row=2, column=28, cell="AB2"))
    )
    assert (lazy, hash(lazy), lazy.source) == (eager, hash(eager), eager.source)
    for other in (replace(lazy, value=2), replace(lazy, place=replace(kept, row=3)), replace(lazy, reason="看过"), 1):
        assert lazy != other
    assert RowPlace("a.csv", "", 2, {"area": 3}).of("area") == Source("a.csv", row=2, column=3)


def test_a_column_of_errors_is_no_column_of_the_user() -> None:
    rows = (("编号", "错误信息"), ("001", "E001 应填数字"), (None, "E078 没有填"))
    assert without_answers(Sheet("", "", rows)).rows == (("编号", None), ("001", None), (None, None))
    plain = Sheet("", "", (("编号", "备注"),))
    assert without_answers(plain) is plain
