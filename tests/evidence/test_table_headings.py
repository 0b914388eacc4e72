"""Proves which headings, sheets and rows are understood, and that every value knows its file, sheet and cell."""

from __future__ import annotations

import io
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
import xlsxwriter

from meihao.core.problems import Source, errors
from meihao.evidence.columns import Sheet, columns_of_errors, without_answers
from meihao.evidence.model import UnitEvidence, Value
from meihao.evidence.places import letters

from .bad_tables import made
from .small_pack import Cells, read, said, workbook
from .test_same_data_four_forms import csv_bytes


def one(folder: Path, rows: Cells, name: str = "a.csv") -> UnitEvidence:
    data = csv_bytes(rows) if name.endswith("csv") else workbook({"单位": rows})
    units, problems = read(folder, name, data)
    assert not errors(problems), said(problems, folder)
    assert len(units) == 1
    return units[0]


def facts(unit: UnitEvidence) -> dict[str, Value]:
    return {o.field: o.value for o in unit.observations}


A = ["001", "村", "甲村"]


@pytest.mark.parametrize(
    "head",
    [
        ["编号", "类别", "名称", "总户数"],
        ["code", "kind", "name", "households"],
        [" 单位编号 *", "单位类别", "单位名称（必填）", "总户数（户）"],
        ["Unit_Code", "KIND", "Name", "Households"],
        ["单位代码", "类型", "名 称", "总户数(户)"],
    ],
)
def test_headings_are_ids_or_titles(head: list[str], tmp_path: Path) -> None:
    assert facts(one(tmp_path, [head, [*A, "320"]])) == {"households": 320}


def test_a_row_of_ids_may_stand_below_the_titles_and_decides(tmp_path: Path) -> None:
    rows: Cells = [["编号", "类别", "名称", "户数（常住）"], ["code", "kind", "name", "households"], [*A, 320]]
    assert facts(one(tmp_path, rows)) == {"households": 320}
    assert facts(one(tmp_path, [rows[1], rows[0][:3], rows[2]])) == {"households": 320}


def test_lines_above_the_headings_are_no_data(tmp_path: Path) -> None:
    rows: Cells = [["美好村申报汇总表"], [], ["填表说明：一行一个单位"], ["编号", "类别", "名称", "总户数"], [*A, 320]]
    unit = one(tmp_path, rows)
    assert facts(unit) == {"households": 320}
    assert unit.observations[0].source.row == 5


def test_groups_of_headings_above_merged_ones_are_read_through(tmp_path: Path) -> None:
    def make(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("单位")
        for column, text in enumerate(("编号", "类别", "名称")):
            sheet.merge_range(0, column, 1, column, text)
        sheet.merge_range(0, 3, 0, 4, "基本情况")
        sheet.write_row(1, 3, ["总户数", "走访率"])
        sheet.write_row(2, 0, [*A, 320, 95])

    units, problems = read(tmp_path, "a.xlsx", made("", make).data)
    assert not problems
    assert facts(units[0]) == {"households": 320, "visited": 95}


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_the_separator_is_found(sign: str, tmp_path: Path) -> None:
    text = f'汇总表\n编号{sign}类别{sign}名称{sign}备注说明\n001{sign}村{sign}甲村{sign}"一，二,三;四"\n'
    units, problems = read(tmp_path, "a.csv", text.encode())
    assert not problems
    assert facts(units[0]) == {"remark": "一，二,三;四"}


def test_an_empty_cell_is_not_given_and_blank_rows_do_not_shift_numbers(tmp_path: Path) -> None:
    rows: Cells = [
        ["编号", "类别", "名称", "总户数", "走访率"],
        [],
        [*A, None, " "],
        [None],
        ["002", "村", "乙村", 320],
    ]
    units, problems = read(tmp_path, "a.xlsx", workbook({"单位": rows}))
    assert not problems
    assert [len(u.observations) for u in units] == [0, 1]
    assert units[1].observations[0].source.cell == "D5"


def test_a_title_shared_by_kinds_means_each_kinds_own_field(tmp_path: Path) -> None:
    rows: Cells = [["编号", "类别", "名称", "商铺数"], [*A, 3], ["002", "社区", "乙", 40], ["003", "小区", "丙", None]]
    units, problems = read(tmp_path, "a.csv", csv_bytes(rows))
    assert not problems
    assert [facts(u) for u in units] == [{"village.shops": 3}, {"city.shops": 40}, {}]


def test_the_applicant_fills_in_for_itself_unless_the_row_says_otherwise(tmp_path: Path) -> None:
    head = ["编号", "类别", "名称", "填报人", "身份", "日期", "总户数", "环境整洁评分", "looks.tidy.reason"]
    rows: Cells = [
        head,
        [*A, None, None, None, 320],
        ["001", None, None, "赵工", "核查员", date(2026, 5, 20), 318, 8, "见照片"],
    ]
    units, problems = read(tmp_path, "a.xlsx", workbook({"单位": rows}))
    assert not problems
    seen = [(o.field, o.value, o.observer, o.role, o.day, o.reason) for o in units[0].observations]
    assert seen == [
        ("households", 320, "甲村", "applicant", None, ""),
        ("households", 318, "赵工", "inspector", date(2026, 5, 20), ""),
        ("looks.tidy", 8, "赵工", "inspector", date(2026, 5, 20), "见照片"),
    ]


def test_every_value_knows_its_place(tmp_path: Path) -> None:
    rows: Cells = [["编号", "类别", "名称", "总户数"], [*A, 320]]
    path = str(tmp_path / "a.csv")
    assert one(tmp_path, rows).observations[0].source == Source(path, row=2, column=4)
    path = str(tmp_path / "a.xlsx")
    assert one(tmp_path, rows, "a.xlsx").observations[0].source == Source(path, "单位", row=2, column=4, cell="D2")


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (12.0, 12),
        (4.35, Fraction(87, 20)),
        (0.1 + 0.2, Fraction(3, 10)),
        (1234.5, Fraction(2469, 2)),
        (-0.5, Fraction(-1, 2)),
        ("1,234.5", Fraction(2469, 2)),
    ],
)
def test_a_number_is_the_decimal_that_the_spreadsheet_shows(cell: object, value: object, tmp_path: Path) -> None:
    rows: Cells = [["编号", "类别", "名称", "集体收入"], [*A, cell]]
    assert facts(one(tmp_path, rows, "a.xlsx")) == {"income": value}


def test_a_stored_double_of_seventeen_digits_is_the_number_that_was_typed(tmp_path: Path) -> None:
    from .bad_tables import parts, sheet_xml

    data = parts("", {"xl/worksheets/sheet1.xml": sheet_xml("<v>3.2000000000000002E2</v>")}).data
    units, problems = read(tmp_path, "a.xlsx", data)
    assert not problems
    assert facts(units[0]) == {"households": 320}


def test_several_sheets_of_units_are_one_list(tmp_path: Path) -> None:
    head = ["编号", "类别", "名称"]
    sheets: dict[str, Cells] = {
        "填表说明": [["随便写"]],
        "村": [[*head, "总户数"], [*A, 320]],
        "补充": [["编号", "走访率"], ["001", "95%"]],
        "小区": [head, ["002", "小区", "乙"]],
        "Sheet4": [],
    }
    units, problems = read(tmp_path, "a.xlsx", workbook(sheets))
    assert not problems
    assert [(u.code, facts(u)) for u in units] == [("001", {"households": 320, "visited": 95}), ("002", {})]


def test_the_long_form_may_lean_on_a_list_of_units(tmp_path: Path) -> None:
    sheets: dict[str, Cells] = {
        "单位": [["编号", "类别", "名称", "地区"], [*A, "07"]],
        "事实": [["单位", "字段", "值"], ["001", "总户数", 320], ["001", "微网格台账", "无"], ["001", "走访率", None]],
    }
    units, problems = read(tmp_path, "a.xlsx", workbook(sheets))
    assert not problems
    assert (units[0].region, facts(units[0])) == ("07", {"households": 320, "grids": ()})


REGISTER: Cells = [["编号", "网格编号", "户数"], ["001", "g1", 3], [], ["001", "g2", None], ["002"], ["003", "无"]]


def test_many_units_without_a_row_are_one_notice(tmp_path: Path) -> None:
    units = [[f"{n:03}", "村", f"第{n}村"] for n in range(1, 11)]
    _, problems = read(
        tmp_path, "a.xlsx", workbook({"单位": [["编号", "类别", "名称"], *units], "微网格台账": REGISTER[:2]})
    )
    assert [p.code for p in problems] == ["E092"]
    assert "没有002、003、004、005、006、007、008、009等9个单位的行" in problems[0].message_zh
    assert "no row for 002, 003, 004, 005, 006, 007, 008, 009 and 1 more:" in problems[0].message_en


def test_a_register_not_handed_in_is_not_an_empty_one(tmp_path: Path) -> None:
    listed: Cells = [["编号", "类别", "名称"], A, ["002", "村", "乙村"], ["003", "社区", "丙"], ["004", "小区", "丁"]]
    units, problems = read(tmp_path, "a.xlsx", workbook({"单位": listed, "微网格台账": REGISTER}))
    assert [p.code for p in problems] == ["E092"]
    assert [facts(u).get("grids", "not given") for u in units] == [
        ({"code": "g1", "households": 3}, {"code": "g2"}),
        "not given",
        (),
        "not given",
    ]
    assert units[0].observations[0].source.cell == "B2"


def test_rows_of_a_register_belong_to_the_applicant_unless_they_name_somebody(tmp_path: Path) -> None:
    head = ["编号", "类别", "名称", "填报人", "身份", "日期"]
    listed: Cells = [head, [*A, None, None, None], ["001", None, None, "赵工", "inspector", date(2026, 5, 20)]]
    rows: Cells = [["编号", "填报人", "网格编号"], ["001", None, "g1"], ["001", "赵工", "g2"]]
    units, problems = read(tmp_path, "a.xlsx", workbook({"单位": listed, "grids": rows}))
    assert not problems
    seen = [(o.value, o.observer, o.role, o.day) for o in units[0].observations]
    assert seen == [
        (({"code": "g1"},), "甲村", "applicant", None),
        (({"code": "g2"},), "赵工", "inspector", date(2026, 5, 20)),
    ]


def test_names_of_columns() -> None:
    assert [letters(n) for n in (1, 26, 27, 702, 703)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_a_percentage_is_what_its_cell_shows_and_nothing_is_said_of_it(tmp_path: Path) -> None:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet("单位")
    sheet.write_row(0, 0, ["编号", "类别", "名称", "走访率"])
    for row, (value, mask) in enumerate(((0.85, "0.0%"), (1, "0%"), (0.123456, "0.0%")), 1):
        sheet.write_row(row, 0, [f"00{row}", "村", f"甲{row}村"])
        sheet.write_number(row, 3, value, book.add_format({"num_format": mask}))
    book.close()
    units, problems = read(tmp_path, "a.xlsx", stream.getvalue())
    assert not problems
    assert [facts(unit)["visited"] for unit in units] == [85, 100, Fraction("12.3456")]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("编号", "名称", "错误信息"), ("V-1", "甲村", "E001 …")], ((1, 3),)),
        ([("填报表",), ("编号", "名称", "Errors")], ((2, 3),)),
        ([("编号", "类别", "名称"), ("V-1", "村", "错误信息"), ("V-2", "村", "乙村")], ()),
        ([("编号", "类别", "名称", "错误信息"), ("V-1", "村", "错误信息", "错误信息")], ((1, 4), (2, 4))),
        ([("台账", None, "0行"), ("日期", "内容", "错误信息")], ((2, 3),)),
        ([("编号", "名称"), ("V-1", "错误信息"), ("V-2", "乙村")], ()),
        ([("单位编号 *", "内容"), (None, None), ("V-1", "错误信息")], ()),
        ([("编号", "错误信息"), ("V-1", "E001 …"), ("错误信息", None)], ((1, 2),)),
        ([("台账：一行一条", "0行"), ("内容", "错误信息"), ("错误信息", None)], ((2, 2),)),
        ([("填报表", "县"), ("编号", "名称", "错误信息")], ((2, 3),)),
    ],
)
def test_the_word_for_errors_heads_a_column_only_where_no_other_heading_does(
    rows: list[tuple[object, ...]], expected: tuple[tuple[int, int], ...]
) -> None:
    assert columns_of_errors(rows) == expected


def test_a_unit_may_be_called_like_the_column_of_errors() -> None:
    sheet = Sheet("a.xlsx", "单位", (("编号", "类别", "名称", "错误信息"), ("V-1", "村", "错误信息", "E001")))
    assert without_answers(sheet).rows == (("编号", "类别", "名称", None), ("V-1", "村", "错误信息", None))
