"""Proves that a value is corrected in the user's own workbook, that nothing else of it changes, and when it is refused."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from tests.damaged.damage import packed

from meihao.core.files import NamedFile
from meihao.core.problems import errors
from meihao.evidence.xlsx_file import read_xlsx
from meihao.forms.bundle import read_bundle
from meihao.forms.layout import COVER, COVER_VALUE_COLUMN
from meihao.forms.mended import Mended
from meihao.forms.same_book import difference
from meihao.forms.write_back import WrittenBack, mend, not_mendable
from meihao.standard.model import Pack
from meihao.uses.mend import mend as mend_file
from meihao.uses.mend import why_not_mendable
from meihao.uses.session import Opening, Session, open_session
from meihao.uses.take_in import TakingIn, open_intake, take_in

from .import_books import fill_lines, handed, unit_book
from .template_books import opened, saved
from .test_import import KIND, of_type
from .test_import_write_back import with_error

DAY = date(2026, 6, 30)


@pytest.fixture(scope="module")
def session() -> Session:
    found, problems = open_session(Opening(on=DAY))
    assert found is not None, problems
    return found


def corrected(data: bytes, *values: tuple[str, str, str]) -> WrittenBack:
    return mend(data, "a.xlsx", [Mended(*one) for one in values], "zh")


def codes(back: WrittenBack) -> list[str]:
    return [problem.code for problem in back.problems]


def looks(book: Any) -> dict[tuple[str, str], tuple[object, ...]]:
    """Return what every cell holds and looks like."""
    return {
        (sheet.title, cell.coordinate): (cell.value, cell.number_format, cell.fill.fgColor.rgb, cell.protection.locked)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
    }


def test_a_mended_workbook_passes_and_differs_in_the_mended_cell_alone(default_pack: Pack) -> None:
    data, (sheet, cell) = with_error(default_pack)
    back = corrected(data, (sheet, cell, "是"))
    assert back.data is not None, back.problems
    assert not errors(handed(back.data, default_pack).problems)
    before, after = looks(opened(data)), looks(opened(back.data))
    assert {place for place in before if before[place] != after.get(place)} == {(sheet, cell)}
    assert after[sheet, cell] == ("是", *before[sheet, cell][1:])
    assert before.keys() == after.keys()


def wrong(book: Any, pack: Pack, kind: str) -> tuple[str, str]:
    """Write nonsense into a cell for a kind of value, of the cover where no field of an applicant's is of that kind."""
    on_cover = {"date": "date", "text": "unit"}
    if kind not in on_cover:
        field = of_type(pack, kind)
        return fill_lines(book, {field.id: "部分"})[field.id]
    cover = book[COVER.zh]
    row = next(n for n in range(1, cover.max_row + 1) if cover.cell(n, 1).value == on_cover[kind])
    cover.cell(row, COVER_VALUE_COLUMN).value = "部分"
    return COVER.zh, cover.cell(row, COVER_VALUE_COLUMN).coordinate


TYPED: Sequence[Mapping[str, tuple[str, object]]] = (  # what is typed, by kind of value, and what is stored then
    {"count": ("12", 12), "money": ("410000.5", 410000.5), "percent": ("85%", 0.85), "text": ("0012", "0012"),
     "date": ("2026-05-20", date(2026, 5, 20)), "yes_no": ("否", "否")},
    {"count": ("１２", 12), "percent": ("85", 0.85), "date": ("五月", "五月"), "text": ("12", "12")},
    {"count": ("1,200", "1,200"), "percent": ("0.85", "0.85"), "text": ("=1+1", "=1+1")},
    {"count": ("约12", "约12")},
    {"count": ("", None)},
)  # fmt: skip


@pytest.mark.parametrize("typed", TYPED)
def test_a_cell_takes_a_value_as_from_a_person_who_types(
    default_pack: Pack, typed: Mapping[str, tuple[str, object]]
) -> None:
    book = unit_book(default_pack, KIND, "C-1", "某小区", {})
    places = {kind: wrong(book, default_pack, kind) for kind in typed}
    back = corrected(saved(book), *((*places[kind], text) for kind, (text, _) in typed.items()))
    assert back.data is not None, back.problems
    read = opened(back.data)
    for kind, (_, stored) in typed.items():
        found = read[places[kind][0]][places[kind][1]]
        value = found.value.date() if kind == "date" and found.is_date else found.value
        assert (value, type(value)) == (stored, type(stored)), kind
        assert found.data_type != "f"


def foreign(*rows: Sequence[object], picture: bool = False) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet("表")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    sheet.merge_range("A9:B10", "合并")
    if picture:
        sheet.insert_textbox("D4", "图形")
    book.close()
    return stream.getvalue()


def test_of_other_workbooks_a_number_stays_a_number_and_a_code_a_text() -> None:
    data = foreign(("编号", "总户数"), ("0012", 3.5), ("x", "多"))
    back = corrected(data, ("表", "B2", "4"), ("表", "A3", "0013"), ("表", "B3", "5"))
    assert back.data is not None, back.problems
    sheet = opened(back.data)["表"]
    assert [sheet[cell].value for cell in ("B2", "A3", "B3", "A2")] == [4, "0013", "5", "0012"]


def test_what_cannot_be_corrected_is_refused_with_its_place(default_pack: Pack) -> None:
    data = foreign(("编号",), ("1",))
    for place in (("没有", "A1"), ("表", "B9"), ("表", "A"), ("表", "XFD1"), ("表", "A1048576")):
        back = corrected(data, (*place, "1"))
        assert (back.data, codes(back)) == (None, ["W054"]), place
    assert codes(corrected(data, ("表", "A9", "一并"))) == []
    assert codes(corrected(foreign(("编号",), picture=True), ("表", "A1", "1"))) == ["W053"]
    assert codes(corrected(b"PK", ("表", "A1", "1"))) == ["E065"]


def test_a_part_that_nobody_read_and_cannot_be_read_is_said() -> None:
    data = foreign(("编号",), ("1",), picture=True).replace(b"drawing1.xml", b"drawing1.vml")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        name = next(one for one in archive.namelist() if one.endswith("drawing1.vml"))
        start = archive.getinfo(name).header_offset + 30 + len(name)
    broken = data[: start + 20] + bytes(20) + data[start + 40 :]
    assert codes(WrittenBack(None, not_mendable(broken, "a.xlsx", ()))) == ["W035"]


def test_only_the_mended_cells_may_differ() -> None:
    before, after = (read_xlsx(foreign(("编号", "户数"), ("1", number)), "")[0] for number in (1, 2))
    assert difference(before, after) is not None
    assert difference(before, after, {"表": frozenset({(2, 2)})}) is None
    assert difference(before, after, {"表": frozenset({(2, 1)})}) is not None


def test_a_workbook_in_an_archive_is_corrected_there_and_its_documents_stay(
    default_pack: Pack, session: Session
) -> None:
    data, (sheet, cell) = with_error(default_pack)
    paper = "正文".encode()
    bundle = packed({"内/表.xlsx": data, "内/材料/章程.txt": paper})
    done, problems = mend_file(session, NamedFile("a.zip", bundle), {(sheet, cell): "是"})
    assert done is not None, problems
    again = read_bundle(done.data, "a.zip")
    assert (again.name, again.documents) == ("表.xlsx", {"内/材料/章程.txt": paper})
    alone = corrected(data, (sheet, cell, "是"))
    assert again.workbook == alone.data
    with zipfile.ZipFile(io.BytesIO(done.data)) as archive:
        assert archive.namelist() == ["内/表.xlsx", "内/材料/章程.txt"]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [("a.csv", b"code\n1\n", "W055"), ("a.zip", b"PK", "W040"), ("a.xlsx", b"", "W029"), ("a.et", b"x", "W038")],
)
def test_only_workbooks_are_corrected(session: Session, name: str, data: bytes, code: str) -> None:
    done, problems = mend_file(session, NamedFile(name, data), {("a", "A1"): "1"})
    assert (done, [problem.code for problem in problems]) == (None, [code])


def test_whether_a_file_can_be_corrected_is_known_beforehand(default_pack: Pack, session: Session) -> None:
    intake, _ = open_intake(session, TakingIn(DAY))
    assert intake is not None
    taken = {
        name: take_in(intake, NamedFile(name, data))[0]
        for name, data in {
            "a.xlsx": with_error(default_pack)[0],
            "b.xlsx": foreign(("编号",), ("1",), picture=True),
            "c.csv": b"x\n",
        }.items()
    }
    said = {name: [p.code for p in why_not_mendable(one)] for name, one in taken.items()}
    assert said == {"a.xlsx": [], "b.xlsx": ["W053"], "c.csv": ["W055"]}


def test_by_path_and_by_bytes_the_same_is_taken_in(default_pack: Pack, session: Session, tmp_path: Path) -> None:
    intake, _ = open_intake(session, TakingIn(DAY))
    assert intake is not None
    files = {"a.xlsx": with_error(default_pack)[0], "~$a.xlsx": b"x", "b.yaml": b"unit: {", "c.csv": b"", "d.txt": b"x"}
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
        by_path, by_bytes = (take_in(intake, file)[0] for file in (tmp_path / name, NamedFile(name, data)))
        told = [[(e.rule, e.sheet, e.cell, e.row, e.zh) for e in one.errors] for one in (by_path, by_bytes)]
        assert told[0] == told[1] != [], name
        assert by_bytes.path == Path(name)
