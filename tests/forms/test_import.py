"""Proves that filled workbooks are read as they were meant: every error at its cell, whole units kept, the rest left alone."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.evidence.test_same_data_four_forms import alike

from meihao.core.text import Label
from meihao.evidence.model import UnitEvidence
from meihao.forms.layout import DOCUMENTS, LINES, MARK, UNITS, column
from meihao.standard.model import Field, Pack

from .import_books import facts, fill_clerk, fill_cover, fill_lines, fill_rows, good, handed, template, told, unit_book
from .template_books import line, saved

KIND = "compound"
BAD = {
    "count": ("约3户", "E001"), "number": ("约3", "E001"), "money": ("三万", "E001"), "percent": ("一半", "E001"),
    "yes_no": ("部分", "E007"), "choice": ("没有这一项", "E005"), "date": ("昨天", "E006"), "text": (7, "E077"),
    "table": ("3行", "E089"),
}  # fmt: skip


def applicants(pack: Pack, kind: str = KIND) -> list[Field]:
    return [f for f in pack.fields if kind in f.kinds and f.provided_by == "applicant" and f.type != "table"]


def of_type(pack: Pack, wanted: str) -> Field:
    return next(f for f in applicants(pack) if f.type == wanted)


# ---- one unit's workbook


def test_a_unit_is_read_from_its_own_workbook(default_pack: Pack) -> None:
    count, truth = of_type(default_pack, "count"), of_type(default_pack, "yes_no")
    book = unit_book(default_pack, KIND, "C-1", "某小区", {count.id: good(count), truth.id: "否"})
    fill_cover(book, observer="王某", date=date(2026, 4, 7), region="990100")
    result = handed(book, default_pack)
    assert told(result, default_pack, "error", "warning", "notice") == []
    (unit,) = result.units
    assert (unit.code, unit.kind, unit.name, unit.region) == ("C-1", KIND, "某小区", "990100")
    assert facts(unit) == {count.id: good(count), truth.id: False}
    assert {(o.observer, o.role, o.day) for o in unit.observations} == {("王某", "applicant", date(2026, 4, 7))}


def test_an_error_says_sheet_cell_row_label_value_rule_clause_and_fix(default_pack: Pack) -> None:
    field = of_type(default_pack, "yes_no")
    book = unit_book(default_pack, KIND, "C-1", "某小区", {})
    place = fill_lines(book, {field.id: "部分"})[field.id]
    (error,) = handed(book, default_pack).errors(default_pack)
    assert (error.sheet, error.cell) == place
    assert (error.unit, error.row_key, error.label, error.value) == ("C-1", field.id, field.title, "部分")
    assert (error.rule, error.severity) == ("E007", "error")
    assert error.clause.zh
    assert error.clause["en"]
    assert all((error.zh, error.en, error.fix_zh, error.fix_en))
    assert set(error.to_json()) >= {"sheet", "cell", "row_key", "label", "value", "rule", "clause", "message", "fix"}


def test_where_a_value_is_no_choice_the_error_knows_the_choices(default_pack: Pack) -> None:
    yes_no, choice, count = (of_type(default_pack, kind) for kind in ("yes_no", "choice", "count"))
    book = unit_book(default_pack, KIND, "C-1", "某小区", {one.id: "别的" for one in (yes_no, choice, count)})
    found = {e.label.zh: [c.zh for c in e.choices] for e in handed(book, default_pack).errors(default_pack)}
    labels = [label.zh for _, label in choice.options]
    assert found == {yes_no.title.zh: ["是", "否"], choice.title.zh: labels, count.title.zh: []}


def test_where_a_cell_of_a_register_is_no_choice_its_columns_choices_are_known(default_pack: Pack) -> None:
    tables = [f for f in default_pack.fields if f.type == "table" and KIND in f.kinds and f.provided_by == "applicant"]
    table, place = next((f, n) for f in tables for n, c in enumerate(f.columns) if c.type in ("yes_no", "choice"))
    row = [_cell(column_) for column_ in table.columns]
    row[place] = "别的"
    book = unit_book(default_pack, KIND, "C-1", "某小区", {}, {table.title.zh: [row]})
    (error,) = [e for e in handed(book, default_pack).errors(default_pack) if e.value == "别的"]
    meant = table.columns[place]
    wanted = ["是", "否"] if meant.type == "yes_no" else [label.zh for _, label in meant.options]
    assert [choice.zh for choice in error.choices] == wanted


def test_lines_may_be_moved_and_blank_rows_inserted(default_pack: Pack) -> None:
    field, bad = of_type(default_pack, "count"), of_type(default_pack, "yes_no")
    book = unit_book(default_pack, KIND, "C-1", "某小区", {field.id: good(field)})
    sheet, row = line(book, bad.id)
    sheet.insert_rows(3, 4)
    sheet.cell(row + 4, column("value")).value = "部分"
    result = handed(book, default_pack)
    assert told(result, default_pack) == [(f"{sheet.title}!J{row + 4}", "E007")]


def test_spreadsheet_errors_are_named(default_pack: Pack) -> None:
    field = of_type(default_pack, "count")
    for name in ("#REF!", "#N/A"):
        book = unit_book(default_pack, KIND, "C-1", "某小区", {field.id: name})
        (error,) = handed(book, default_pack).errors(default_pack)
        assert error.rule == "E021"
        assert name in error.zh
        assert name in error.en


def test_a_clause_is_of_the_units_own_kind(default_pack: Pack) -> None:
    """Meetings are read by villages, communities and compounds; a compound hears of its own criteria alone."""
    book = unit_book(default_pack, "compound", "C-1", "某小区", {}, {"会议和活动台账": [("业主大会", "2026年1月32日")]})
    (error,) = handed(book, default_pack).errors(default_pack)
    assert error.clause.zh == "业主大会、公共收支每季度公示、邻里活动"


@pytest.mark.parametrize(
    ("kind", "given", "read", "value"),
    [
        ("count", "１２", "12", 12),
        ("count", " 12 ", "12", 12),
        ("percent", "５０％", "50", 50),
        ("yes_no", "√", "是", True),
        ("yes_no", "Y", "是", True),
        ("yes_no", "否 ", "否", False),
        ("date", "2023年4月7日", "2023-04-07", date(2023, 4, 7)),
    ],
)
def test_what_is_corrected_is_listed(default_pack: Pack, kind: str, given: str, read: str, value: object) -> None:
    fields = [f for f in applicants(default_pack) if f.type == kind]
    if not fields:
        pytest.skip(f"no {kind} is asked")
    book = unit_book(default_pack, KIND, "C-1", "某小区", {fields[0].id: given})
    result = handed(book, default_pack)
    (error,) = result.errors(default_pack)
    assert error.severity == "notice"
    assert "已自动更正" in error.zh
    assert given in error.zh
    assert error.zh.endswith(f"读作{read}")
    assert facts(result.units[0]) == {fields[0].id: value}


@pytest.mark.parametrize(
    ("kind", "given", "value"), [("yes_no", "yes", True), ("yes_no", "No", False), ("percent", 0.85, 85)]
)
def test_what_the_form_itself_offers_is_no_correction(
    default_pack: Pack, kind: str, given: object, value: object
) -> None:
    """yes and no are what the English form lists; a cell that shows 85% is read as the 85% that is seen."""
    field = next(f for f in applicants(default_pack) if f.type == kind)
    result = handed(unit_book(default_pack, KIND, "C-1", "某小区", {field.id: given}), default_pack)
    assert not result.errors(default_pack)
    assert facts(result.units[0]) == {field.id: value}


def test_blanks_around_names_and_signs_between_list_entries_are_listed(default_pack: Pack) -> None:
    fields = applicants(default_pack)[:2]
    named = f"{fields[0].title.zh}；{fields[1].title.zh}"
    book = unit_book(default_pack, KIND, "C-1", " 某小区", {}, documents=[["章程", "1号", None, None, None, named]])
    result = handed(book, default_pack)
    assert [rule for _, rule in told(result, default_pack, "notice")] == ["E095", "E095"]
    assert result.units[0].name == "某小区"
    assert result.units[0].documents[0].proves == (fields[0].id, fields[1].id)


def test_a_unit_with_an_error_is_not_among_those_that_can_be_stored(default_pack: Pack) -> None:
    field = of_type(default_pack, "count")
    result = handed(unit_book(default_pack, KIND, "C-1", "某小区", {field.id: "很多"}), default_pack)
    assert (result.units, result.refused) == ((), ("C-1",))


def test_code_and_name_are_wanted_on_the_cover(default_pack: Pack) -> None:
    result = handed(unit_book(default_pack, KIND, "", "", {}), default_pack)
    assert [rule for _, rule in told(result, default_pack)] == ["E078", "E078"]
    assert all(place.startswith("封面!C") for place, _ in told(result, default_pack))


def test_a_workbook_made_for_one_unit_is_not_taken_for_another(default_pack: Pack) -> None:
    book = unit_book(default_pack, KIND, "C-2", "某小区", {})
    mark = book[MARK]
    for row in mark.iter_rows():
        if row[0].value == "unit":
            row[1].value = "C-1"
    assert [rule for _, rule in told(handed(book, default_pack), default_pack)] == ["W026"]


def test_inspectors_say_who_and_why(default_pack: Pack) -> None:
    asked = [f for f in default_pack.fields if "village" in f.kinds and f.provided_by == "inspector"]
    book = template(default_pack, "village", "unit", "inspector")
    fill_cover(book, unit="V-1", name="某村")
    fill_lines(book, {f.id: good(f) for f in asked[:3]})
    rules = {rule for _, rule in told(handed(book, default_pack), default_pack)}
    assert "E084" in rules
    fill_cover(book, observer="赵工")
    fill_lines(book, {f.id: "现场查看" for f in asked[:3]}, "reason")
    result = handed(book, default_pack)
    assert told(result, default_pack) == []
    assert {(o.observer, o.role) for o in result.units[0].observations} == {("赵工", "inspector")}


# ---- other templates


def test_an_older_edition_is_named_and_what_matches_is_carried_over(default_pack: Pack) -> None:
    one, two, gone = applicants(default_pack)[:3]
    book = unit_book(default_pack, KIND, "C-1", "某小区", {one.id: good(one), two.id: good(two), gone.id: good(gone)})
    for name, title in ((one.id, None), (gone.id, "没有了的项")):
        sheet, row = line(book, name)
        sheet.cell(row, 1).value = f"{name}_old"
        sheet.cell(row, column("title")).value = title or sheet.cell(row, column("title")).value
    for row in book[MARK].iter_rows():
        if row[0].value in ("edition", "template_digest"):
            row[1].value = "1999" if row[0].value == "edition" else "sha256:0123456789abcdef"
    result = handed(book, default_pack)
    rules = [error.rule for error in result.errors(default_pack)]
    assert sorted(rules) == ["W020", "W022", "W023"]
    said = next(error for error in result.errors(default_pack) if error.rule == "W020")
    assert "1999" in said.zh
    assert "0123456789ab" in said.zh
    assert set(facts(result.units[0])) == {one.id, two.id}


def test_without_its_mark_a_workbook_is_known_by_its_layout(default_pack: Pack) -> None:
    field = of_type(default_pack, "count")
    book = unit_book(default_pack, KIND, "C-1", "某小区", {field.id: good(field)})
    del book[MARK]
    result = handed(book, default_pack)
    assert [error.rule for error in result.errors(default_pack)] == ["W024"]
    assert result.units[0].kind == KIND


def test_a_line_without_id_and_title_is_an_error_in_todays_form(default_pack: Pack) -> None:
    field = of_type(default_pack, "count")
    book = unit_book(default_pack, KIND, "C-1", "某小区", {field.id: good(field)})
    sheet, row = line(book, field.id)
    sheet.cell(row, 1).value = sheet.cell(row, column("title")).value = None
    assert [rule for _, rule in told(handed(book, default_pack), default_pack)] == ["W027"]


def test_somebodys_own_sheet_is_left_alone_and_said(default_pack: Pack) -> None:
    book = unit_book(default_pack, KIND, "C-1", "某小区", {})
    book.create_sheet("草稿")["A1"] = "明天再填"
    result = handed(book, default_pack)
    assert told(result, default_pack, "error", "warning") == [("草稿!A1", "W028")]
    assert len(result.units) == 1


def test_english_templates_are_read_as_well(default_pack: Pack) -> None:
    field = of_type(default_pack, "count")
    book = template(default_pack, KIND, "unit", lang="en")
    fill_cover(book, unit="C-1", name="Somewhere")
    fill_lines(book, {field.id: good(field)})
    assert facts(handed(book, default_pack).units[0]) == {field.id: good(field)}


# ---- the clerk's workbook


def test_errors_of_one_unit_leave_the_others_of_the_file(default_pack: Pack) -> None:
    field = of_type(default_pack, "count")
    book = template(default_pack, KIND, "clerk")
    units = [(f"C-{n}", f"第{n}小区", {field.id: good(field)}) for n in range(1, 4)]
    units[1] = ("C-2", "第2小区", {field.id: "很多"})
    places = fill_clerk(book, units, "小区")
    result = handed(book, default_pack)
    sheet, cell = places["C-2", field.id]
    assert told(result, default_pack) == [(f"{sheet}!{cell}", "E001")]
    assert [unit.code for unit in result.units] == ["C-1", "C-3"]
    assert result.refused == ("C-2",)


@pytest.mark.parametrize(
    ("codes", "taken", "refused"),
    [
        (("C-1", None, "C-3"), ["C-1", "C-3"], ()),
        (("C-1", None, "C-1"), [], ("C-1",)),  # a unit with rows of several people: the row may be one of its own
    ],
)
def test_a_row_without_a_code_holds_up_no_unit_that_has_a_row_of_its_own(
    default_pack: Pack, codes: tuple[str | None, ...], taken: list[str], refused: tuple[str, ...]
) -> None:
    field = of_type(default_pack, "count")
    book = template(default_pack, KIND, "clerk")
    fill_clerk(book, [(f"C-{n}", f"第{n}小区", {field.id: good(field)}) for n in range(1, 4)], "小区")
    sheet = book[UNITS.zh]
    (head,) = (cell for row in sheet.iter_rows(max_row=4) for cell in row if cell.value == "单位编号")
    for row, code in enumerate(codes, head.row + 1):
        sheet.cell(row, head.column).value = code
    result = handed(book, default_pack)
    cell = sheet.cell(head.row + 2, head.column).coordinate
    assert (f"{UNITS.zh}!{cell}", "E078") in told(result, default_pack)
    assert ([unit.code for unit in result.units], result.refused) == (taken, refused)


def test_a_heading_that_nobody_knows_holds_up_the_whole_file(default_pack: Pack) -> None:
    book = template(default_pack, KIND, "clerk")
    fill_clerk(book, [("C-1", "甲", {}), ("C-2", "乙", {})], "小区")
    for row in (3, 4):
        book[UNITS.zh].cell(row, 8).value = "谁也不认识的列"
    result = handed(book, default_pack)
    assert [rule for _, rule in told(result, default_pack)] == ["E013"]
    assert (result.units, result.refused) == ((), ("C-1", "C-2"))


def test_columns_that_an_older_clerks_form_had_are_left_out_and_said(default_pack: Pack) -> None:
    book = template(default_pack, KIND, "clerk")
    fill_clerk(book, [("C-1", "甲", {})], "小区")
    sheet = book[UNITS.zh]
    for row, text in ((3, "x.gone"), (4, "没有了的项"), (5, 7)):
        sheet.cell(row, 8).value = text
    for row in book[MARK].iter_rows():
        if row[0].value == "template_digest":
            row[1].value = "sha256:0"
    result = handed(book, default_pack)
    assert told(result, default_pack, "error", "warning") == [("", "W020"), ("填报表!H4", "W022")]
    assert [unit.code for unit in result.units] == ["C-1"]


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_every_planted_error_is_said_at_its_cell_and_no_other(default_pack: Pack, data: st.DataObject) -> None:
    fields = applicants(default_pack)
    count = data.draw(st.integers(1, 6))
    grid: dict[tuple[str, str], object] = {}
    wrong: dict[tuple[str, str], str] = {}
    for number in range(1, count + 1):
        for field in data.draw(st.lists(st.sampled_from(fields), unique_by=lambda f: f.id, max_size=12)):
            bad = data.draw(st.integers(0, 5)) == 0
            value, rule = BAD[field.type] if bad else (good(field), "")
            grid[f"C-{number}", field.id] = value
            wrong |= {(f"C-{number}", field.id): rule} if bad else {}
    book = template(default_pack, KIND, "clerk")
    units = [
        (f"C-{n}", f"第{n}小区", {f: v for (c, f), v in grid.items() if c == f"C-{n}"}) for n in range(1, count + 1)
    ]
    places = fill_clerk(book, units, "小区")
    result = handed(book, default_pack)
    expected = sorted(("!".join(places[place]), rule) for place, rule in wrong.items())
    assert sorted(told(result, default_pack, "error", "warning")) == expected
    bad_units = {code for code, _ in wrong}
    assert set(result.refused) == bad_units
    assert [unit.code for unit in result.units] == [code for code, _, _ in units if code not in bad_units]


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_clerks_book_says_what_the_units_own_books_say(default_pack: Pack, data: st.DataObject) -> None:
    fields = applicants(default_pack)
    table = next(
        f for f in default_pack.fields if f.type == "table" and KIND in f.kinds and f.provided_by == "applicant"
    )
    units: list[tuple[str, str, dict[str, object]]] = []
    ledgers: dict[str, list[list[object]]] = {}
    for number in range(1, data.draw(st.integers(1, 3)) + 1):
        chosen = data.draw(st.lists(st.sampled_from(fields), unique_by=lambda f: f.id, max_size=10))
        units.append((f"C-{number}", f"第{number}小区", {f.id: good(f) for f in chosen}))
        ledgers[f"C-{number}"] = [
            [_cell(c, later) for c in table.columns] for later in range(data.draw(st.integers(0, 2)))
        ]
    papers: list[list[object]] = [["章程", "川〔2026〕1号", "居委会", date(2026, 1, 1)]]
    clerk = template(default_pack, KIND, "clerk")
    fill_clerk(clerk, units, "小区")
    fill_rows(clerk, table.title.zh, [[code, *row] for code, rows in ledgers.items() for row in rows])
    fill_rows(clerk, DOCUMENTS.zh, [[code, *papers[0]] for code, _, _ in units])
    together = handed(clerk, default_pack)
    assert told(together, default_pack) == []
    alone: list[UnitEvidence] = []
    for code, name, values in units:
        book = unit_book(default_pack, KIND, code, name, values, {table.title.zh: ledgers[code]}, papers)
        result = handed(book, default_pack)
        assert told(result, default_pack) == []
        alone += result.units
    assert [alike(unit) for unit in together.units] == [alike(unit) for unit in alone]


def _cell(column_: Any, later: int = 0) -> object:
    """Return a good value of a column; of a date, so many days later, so that no row stands twice."""
    field = Field(column_.id, column_.title, column_.type, (), "applicant", Label(""), column_.options, column_.range)
    value = good(field)
    if isinstance(value, date):
        return value + timedelta(days=later)
    return float(value) if isinstance(value, Fraction) else value


def test_a_register_that_is_said_to_be_none_has_no_rows(default_pack: Pack) -> None:
    table = next(
        f for f in default_pack.fields if f.type == "table" and KIND in f.kinds and f.provided_by == "applicant"
    )
    row = [[_cell(c) for c in table.columns]]
    none = handed(unit_book(default_pack, KIND, "C-1", "甲", {table.id: "无"}), default_pack)
    assert facts(none.units[0]) == {table.id: ()}
    some = handed(unit_book(default_pack, KIND, "C-1", "甲", {}, {table.title.zh: row}), default_pack)
    assert len(facts(some.units[0])[table.id]) == 1  # type: ignore[arg-type]  # a table's rows
    both = handed(unit_book(default_pack, KIND, "C-1", "甲", {table.id: "无"}, {table.title.zh: row}), default_pack)
    assert [rule for _, rule in told(both, default_pack)] == ["E090"]


def test_the_columns_of_a_line_are_those_of_the_layout() -> None:
    assert [cell.id for cell in LINES][:1] == ["field"]


def test_the_same_bytes_say_the_same(default_pack: Pack) -> None:
    data = saved(unit_book(default_pack, KIND, "C-1", "某小区", {}))
    assert handed(data, default_pack) == handed(data, default_pack)
