"""Proves that errors come back in the user's own file, that the file stays as it was otherwise, and that mending clears it."""

from __future__ import annotations

import io
import re
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from tests.damaged.damage import packed

from meihao.forms.layout import DOCUMENTS, ERRORS, UNITS
from meihao.forms.marked_book import MARK, losses
from meihao.forms.read_book import Handed
from meihao.forms.style import wide
from meihao.forms.write_back import write_back
from meihao.standard.model import Pack

from .import_books import fill_clerk, fill_cover, fill_lines, fill_rows, good, handed, template, told, unit_book
from .template_books import line, opened, saved
from .test_import import KIND, applicants, of_type


def written(data: bytes, result: Handed, pack: Pack) -> Any:
    tops = {name: plan.top for name, plan in result.plans.items()}
    back = write_back(data, "a.xlsx", result.errors(pack), tops, "zh")
    assert back.data is not None, back.problems
    assert back.problems == ()
    return opened(back.data)


def with_error(pack: Pack) -> tuple[bytes, tuple[str, str]]:
    field = of_type(pack, "yes_no")
    book = unit_book(pack, KIND, "C-1", "某小区", {})
    place = fill_lines(book, {field.id: "部分"})[field.id]
    return saved(book), place


def test_the_same_words_stand_in_comment_column_and_summary(default_pack: Pack) -> None:
    data, (sheet, cell) = with_error(default_pack)
    result = handed(data, default_pack)
    (error,) = result.errors(default_pack)
    book = written(data, result, default_pack)
    assert book.sheetnames[0] == ERRORS.zh
    assert error.text("zh") in book[sheet][cell].comment.text
    assert error.text("zh") in [c.value for c in book[sheet][book[sheet][cell].row]]
    listed = [c.value for c in book[ERRORS.zh][3]]
    assert {error.zh, error.fix_zh, error.rule, error.label.zh, error.value, f"{sheet}!{cell}"} <= set(listed)
    links = [c.hyperlink.location for row in book[ERRORS.zh].iter_rows() for c in row if c.hyperlink]
    assert links == [f"'{sheet}'!{cell}"]


def test_what_the_file_looked_like_stays(default_pack: Pack) -> None:
    data, (name, cell) = with_error(default_pack)
    before, after = opened(data), written(data, handed(data, default_pack), default_pack)
    for sheet in before:
        other = after[sheet.title]
        assert other.sheet_state == sheet.sheet_state
        assert other.protection.sheet == sheet.protection.sheet
        assert len(other.data_validations.dataValidation) == len(sheet.data_validations.dataValidation)
        assert (other.print_title_rows, other.freeze_panes) == (sheet.print_title_rows, sheet.freeze_panes)
        assert {k: d.width for k, d in sheet.column_dimensions.items()} == {
            k: other.column_dimensions[k].width for k in sheet.column_dimensions
        }
    assert after[name][cell].protection.locked == before[name][cell].protection.locked
    assert after[name][cell].number_format == before[name][cell].number_format
    assert after[name][cell].fill.fgColor.rgb == before[name][cell].fill.fgColor.rgb


def test_mended_and_imported_again_nothing_is_left_of_the_errors(default_pack: Pack) -> None:
    data, (sheet, cell) = with_error(default_pack)
    book = written(data, handed(data, default_pack), default_pack)
    book[sheet][cell].value = "是"
    again = saved(book)
    result = handed(again, default_pack)
    assert told(result, default_pack, "error", "warning", "notice") == []
    assert len(result.units) == 1
    clean = written(again, result, default_pack)
    assert ERRORS.zh not in clean.sheetnames
    cells = [c for page in clean for row in page.iter_rows() for c in row]
    assert not [c for c in cells if c.comment is not None]
    assert not [c for c in cells if isinstance(c.value, str) and "E007" in c.value]


def test_importing_the_written_file_again_says_the_same_once(default_pack: Pack) -> None:
    data, (sheet, cell) = with_error(default_pack)
    first = written(data, handed(data, default_pack), default_pack)
    second_data = saved(first)
    result = handed(second_data, default_pack)
    assert told(result, default_pack) == told(handed(data, default_pack), default_pack)
    second = written(second_data, result, default_pack)
    assert second.sheetnames == first.sheetnames
    assert second[sheet][cell].comment.text == first[sheet][cell].comment.text


def test_a_users_own_comment_stays_before_ours_and_after_it(default_pack: Pack) -> None:
    from openpyxl.comments import Comment

    data, (sheet, cell) = with_error(default_pack)
    book = opened(data)
    book[sheet][cell].comment = Comment("问一下老王", "张三")
    marked = written(saved(book), handed(saved(book), default_pack), default_pack)
    assert marked[sheet][cell].comment.text.startswith("问一下老王")
    assert MARK in marked[sheet][cell].comment.text
    marked[sheet][cell].value = "是"
    clean = written(saved(marked), handed(saved(marked), default_pack), default_pack)
    assert clean[sheet][cell].comment.text.strip() == "问一下老王"


def test_a_foreign_table_gets_a_column_of_errors_that_can_be_filtered(default_pack: Pack) -> None:
    field = of_type(default_pack, "count")
    stream = io.BytesIO()
    made = xlsxwriter.Workbook(stream)
    sheet = made.add_worksheet("单位")
    for row, cells in enumerate(
        [["编号", "类别", "名称", field.title.zh], ["C-1", "小区", "甲", "很多"], ["C-2", "小区", "乙", good(field)]]
    ):
        sheet.write_row(row, 0, cells)
    made.close()
    result = handed(stream.getvalue(), default_pack)
    assert told(result, default_pack) == [("单位!D2", "E001")]
    book = written(stream.getvalue(), result, default_pack)
    assert book["单位"]["E1"].value == "错误信息"
    assert book["单位"]["E2"].value.startswith("E001")
    assert book["单位"]["E3"].value is None
    assert book["单位"].auto_filter.ref == "A1:E3"
    again = handed(saved(book), default_pack)
    assert told(again, default_pack, "error", "warning") == [("单位!D2", "E001")]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", '=HYPERLINK("http://x","点我")'])
def test_values_like_formulas_come_back_as_texts(default_pack: Pack, text: str) -> None:
    field, truth = of_type(default_pack, "count"), of_type(default_pack, "yes_no")
    book = template(default_pack, KIND, "clerk")
    places = fill_clerk(book, [("C-1", "甲", {field.id: "很多", truth.id: "是"})], "小区")
    stream = io.BytesIO()
    made = xlsxwriter.Workbook(
        stream, {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    sheet = made.add_worksheet(UNITS.zh)
    for row, cells in enumerate(
        [["编号", "类别", "名称", field.title.zh, truth.title.zh], ["C-1", "小区", text, text, text]]
    ):
        for column, cell in enumerate(cells):
            sheet.write_string(row, column, cell)
    made.close()
    assert places
    result = handed(stream.getvalue(), default_pack)
    after = written(stream.getvalue(), result, default_pack)
    kinds = {c.data_type for page in after for row in page.iter_rows() for c in row if c.value is not None}
    assert "f" not in kinds
    assert after[UNITS.zh]["C2"].value == text


def test_what_cannot_be_kept_is_named() -> None:
    stream = io.BytesIO()
    made = xlsxwriter.Workbook(stream)
    sheet = made.add_worksheet("单位")
    sheet.write_row(0, 0, [1, 2, 3])
    chart = made.add_chart({"type": "column"})
    chart.add_series({"values": "=单位!$A$1:$C$1"})
    sheet.insert_chart("D4", chart)
    made.close()
    assert [label.zh for label in losses(stream.getvalue())] == ["图表"]
    back = write_back(stream.getvalue(), "a.xlsx", (), {}, "zh")
    assert [p.code for p in back.problems] == ["W030"]
    assert back.data is not None


def test_an_empty_part_of_drawings_is_no_loss() -> None:
    for inside, lost in (("", []), ("<xdr:oneCellAnchor/>", ["图形"])):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr("xl/drawings/drawing1.xml", f"<xdr:wsDr>{inside}</xdr:wsDr>")
        assert [label.zh for label in losses(stream.getvalue())] == lost


def test_a_template_loses_nothing(default_pack: Pack) -> None:
    for form in ("unit", "clerk"):
        assert losses(saved(template(default_pack, KIND, form))) == ()
    assert applicants(default_pack)


def test_a_table_too_large_is_not_written_back() -> None:
    back = write_back(b"", "a.xlsx", (), {}, "zh", cells=400_001)
    assert (back.data, [p.code for p in back.problems]) == (None, ["W034"])


def test_what_only_calamine_can_read_is_said() -> None:
    back = write_back(b"PK", "a.xlsx", (), {}, "zh")
    assert (back.data, [p.code for p in back.problems]) == (None, ["W035"])


def test_errors_are_on_paper_too_and_their_row_is_high_enough(default_pack: Pack) -> None:
    """Of the lines of a sheet only the one with a long error grows; the print area reaches the column of errors."""
    book = unit_book(default_pack, "compound", "C-1", "某小区", {"buildings.with_head": "六栋"})
    data = saved(book)
    page, row = line(opened(data), "buildings.with_head")
    result = handed(data, default_pack)
    tops = {name: plan.top for name, plan in result.plans.items()}
    again = opened(write_back(data, "a.xlsx", result.errors(default_pack), tops, "zh").data or b"")[page.title]
    assert page.print_area.endswith(f":$M${page.max_row}")
    assert again.print_area.endswith(f":$N${page.max_row}")
    heights = {n: (page.row_dimensions[n].height, again.row_dimensions[n].height) for n in range(3, page.max_row + 1)}
    assert [n for n, (before, after) in heights.items() if after > before] == [row]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_row_of_the_summary_is_high_enough_for_its_texts(default_pack: Pack, lang: Any) -> None:
    """Eleven points of ten signs and more: a row of n lines must have room for n of them."""
    book = unit_book(default_pack, KIND, "C-1", "某小区", {f.id: "不清楚，见附件" for f in applicants(default_pack)})
    result = handed(saved(book), default_pack)
    back = write_back(saved(book), "a.xlsx", result.errors(default_pack), {}, lang)
    page = opened(back.data or b"").worksheets[0]
    assert page.max_row > 20
    for row in range(3, page.max_row + 1):
        for cell in page[row]:
            columns = page.column_dimensions[cell.column_letter].width
            lines = -(-wide(str(cell.value or "")) // int(columns))
            assert page.row_dimensions[row].height >= 15 * lines, cell.coordinate


def test_the_summary_goes_through_the_sheets_in_their_order(default_pack: Pack) -> None:
    book = unit_book(default_pack, KIND, "C-1", "某小区", {f.id: "不清楚" for f in applicants(default_pack)})
    fill_cover(book, date="昨天")
    fill_rows(book, "会议和活动台账", [["业主大会", "昨天", "选举"]])
    fill_rows(book, DOCUMENTS.zh, [["议事规则", "1号", "甲", "昨天"]])
    page = written(saved(book), handed(saved(book), default_pack), default_pack)[ERRORS.zh]
    places = [str(page.cell(row, 3).value).partition("!")[0] for row in range(3, page.max_row + 1)]
    order = list(dict.fromkeys(places))
    assert order == [name for name in book.sheetnames if name in order]
    assert len(order) == 4


def test_the_same_workbook_comes_back_as_the_same_bytes_whatever_the_clock_says(
    default_pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also that nothing of it is laid down on the way: temporary files would lie in a folder that cannot be written."""
    monkeypatch.setenv("TMPDIR", str(tmp_path / "nowhere"))
    data, _ = with_error(default_pack)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    bare = packed(
        {**parts, "docProps/core.xml": re.sub(rb"<dcterms:.*</dcterms:[a-z]+>", b"", parts["docProps/core.xml"])}
    )
    errors = handed(data, default_pack).errors(default_pack)
    first = [write_back(book, "a.xlsx", errors, {}, "zh").data for book in (data, bare)]
    time.sleep(2.1)  # an archive counts in steps of two seconds
    assert None not in first
    assert [write_back(book, "b.xlsx", errors, {}, "zh").data for book in (data, bare)] == first
