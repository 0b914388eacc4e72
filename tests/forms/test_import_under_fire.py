"""Workbooks that would hang, swell or lose something when they are written back: the original stays, the batch goes on."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.calling import Cli

from meihao.cli import import_ as command
from meihao.core.label import Label
from meihao.core.problems import Problems
from meihao.evidence.submissions import read_submissions
from meihao.evidence.xlsx_file import read_xlsx
from meihao.forms.same_book import difference
from meihao.forms.write_back import write_back
from meihao.standard.model import Pack
from meihao.uses.error_copy import write_errors
from meihao.uses.take_in import Intake
from meihao.uses.taken_in import TakenIn

from .import_books import good, unit_book
from .template_books import opened, saved
from .test_import import KIND, of_type
from .test_import_write_back import with_error

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT: Mapping[str, str] = {
    MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "http://purl.oclc.org/ooxml/officeDocument/relationships",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "http://purl.oclc.org/ooxml/drawingml/main",
}
Change = Callable[[dict[str, bytes]], None]


def changed(data: bytes, change: Change) -> bytes:
    """Return a workbook some of whose parts were changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def strict(parts: dict[str, bytes]) -> None:
    for name, content in parts.items():
        for old, new in STRICT.items():
            content = content.replace(old.encode(), new.encode())
        parts[name] = content


def put(part: str, before: bytes, what: bytes) -> Change:
    """Return what puts some XML before a mark in a part."""

    def change(parts: dict[str, bytes]) -> None:
        assert before in parts[part]
        parts[part] = parts[part].replace(before, what + before, 1)

    return change


def link(reference: str) -> bytes:
    return f'<hyperlinks><hyperlink ref="{reference}" location="A1"/></hyperlinks>'.encode()


SHEET = "xl/worksheets/sheet2.xml"


def test_a_strict_workbook_is_never_overwritten_by_what_openpyxl_makes_of_it(
    hand_in: Cli, tmp_path: Path, default_pack: Pack
) -> None:
    data = changed(with_error(default_pack)[0], strict)
    path = tmp_path / "a.xlsx"
    path.write_bytes(data)
    code, out, _ = hand_in(path, "--in-place")
    assert code == 1
    assert path.read_bytes() == data
    assert "X050" in out
    assert "E007" in out  # the error itself is listed all the same
    assert [p.name for p in tmp_path.glob("*.xlsx")] == ["a.xlsx"]


@pytest.mark.parametrize("area", ["A1:XFD1048576", "A1:A1048576", "$B$1:$XFD$30"])
def test_links_over_a_whole_sheet_are_refused_at_once(default_pack: Pack, area: str) -> None:
    data = changed(with_error(default_pack)[0], put(SHEET, b"<pageMargins", link(area)))
    back = write_back(data, "a.xlsx", (), {}, "zh")
    assert back.data is None
    assert [(p.code, "盖住" in p.message_zh) for p in back.problems] == [("W035", True)]


def test_a_merged_area_over_a_whole_sheet_is_refused_at_once(default_pack: Pack) -> None:
    merge = b'<mergeCells count="1"><mergeCell ref="A60:XFD1048576"/></mergeCells>'
    data = changed(with_error(default_pack)[0], put("xl/worksheets/sheet1.xml", b"<pageMargins", merge))
    back = write_back(data, "a.xlsx", (), {}, "zh")
    assert back.data is None
    assert [(p.code, "盖住" in p.message_zh) for p in back.problems] == [("W035", True)]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda parts: parts.update({"[Content_Types].xml": parts["[Content_Types].xml"].replace(
            b"openxmlformats-officedocument.spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main")}), "E062"),
        (lambda parts: parts.update({"[Content_Types].xml": parts["[Content_Types].xml"].replace(
            b"openxmlformats-officedocument.spreadsheetml.sheet.main", b"wordprocessing.document")}), "E065"),
        (lambda parts: parts.pop("[Content_Types].xml") and None, "E065"),
        (put(SHEET, b"</worksheet>", b"<a>" * 256 + b"</a>" * 256), "E065"),
        (put("xl/styles.xml", b"</styleSheet>", b"<a>" * 256 + b"</a>" * 256), "E065"),
        (lambda parts: parts.update({"xl/worksheets/sheet99.xml": b"<worksheet><a></worksheet>"}), "E065"),
        (lambda parts: parts.update({"xl/worksheets/_rels/sheet1.xml.rels": b"<Relationships"}), "E065"),
        (put(SHEET, b"</worksheet>", b"<a>"), "E065"),
    ],
)  # fmt: skip
def test_what_openpyxl_would_break_on_is_refused_before(
    hand_in: Cli, tmp_path: Path, default_pack: Pack, change: Change, code: str
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(changed(with_error(default_pack)[0], change))
    ended, out, _ = hand_in(path)
    assert ended == 2
    assert code in out


def test_what_openpyxl_breaks_on_all_the_same_is_said_of_that_file(default_pack: Pack) -> None:
    """A drawing of comments that is no XML: the reader of values does not look at it."""
    book = opened(with_error(default_pack)[0])
    from openpyxl.comments import Comment

    book.worksheets[1]["A1"].comment = Comment("问老王", "张三")
    data = saved(book)

    def change(parts: dict[str, bytes]) -> None:
        names = [name for name in parts if name.endswith(".vml") or "comments" in name]
        assert names
        parts["xl/comments/comment1.xml"] = b"<comments/>"

    back = write_back(changed(data, change), "a.xlsx", (), {}, "zh")
    assert back.data is None
    assert [p.code for p in back.problems] == ["W035"]


def test_an_unknown_part_keeps_the_original_out_of_reach(hand_in: Cli, tmp_path: Path, default_pack: Pack) -> None:
    data = changed(with_error(default_pack)[0], lambda parts: parts.update({"xl/connections.bin": b"x"}))
    path = tmp_path / "a.xlsx"
    path.write_bytes(data)
    code, out, _ = hand_in(path, "--in-place")
    assert (code, path.read_bytes() == data) == (1, True)
    assert "W031" in out
    assert "xl/connections.bin" in out


# ---- the copy is read again


def test_a_copy_that_says_otherwise_is_noticed(default_pack: Pack) -> None:
    data = with_error(default_pack)[0]
    before = read_xlsx(data, "a.xlsx")[0]
    name = before[1].name

    def after(change: Callable[[Any], None]) -> Label | None:
        book = opened(data)
        change(book)
        return difference(before, read_xlsx(saved(book), "a.xlsx")[0])

    assert after(lambda book: None) is None
    value = after(lambda book: book[name].__setitem__("B3", "别的"))
    assert value == Label(f"{name}!B3的值不同", f"{name}!B3 has another value")
    gone = after(lambda book: book.remove(book[name]))
    assert gone == Label(f"副本缺工作表“{name}”", f"the copy lacks the sheet “{name}”")
    hidden = after(lambda book: setattr(book[name], "sheet_state", "hidden"))
    assert hidden == Label(f"工作表“{name}”隐藏与否不同", f"the sheet “{name}” is hidden in one only")


def test_a_formula_may_lose_its_computed_value_but_not_itself(default_pack: Pack) -> None:
    name = read_xlsx(with_error(default_pack)[0], "")[0][1].name

    def book(content: str) -> bytes:
        made = opened(with_error(default_pack)[0])
        made[name]["B3"].value = content
        return saved(made)

    computed = changed(book("=1+1"), lambda parts: parts.update({SHEET: parts[SHEET].replace(b"<v></v>", b"<v>2</v>")}))
    before = read_xlsx(computed, "")[0]
    assert before[1].value(3, 2) == 2
    assert difference(before, read_xlsx(book("=1+1"), "")[0]) is None
    assert difference(before, read_xlsx(book("2"), "")[0]) == Label(
        f"{name}!B3公式没有了", f"{name}!B3 lost its formula"
    )


# ---- the batch


def test_a_file_that_cannot_be_written_back_does_not_stop_the_batch(
    hand_in: Cli, tmp_path: Path, default_pack: Pack, round_: Path
) -> None:
    field = of_type(default_pack, "count")
    whole = [saved(unit_book(default_pack, KIND, code, "某小区", {field.id: good(field)})) for code in ("C-1", "C-3")]
    wrong = changed(with_error(default_pack)[0], put(SHEET, b"<pageMargins", link("A1:XFD1048576")))
    files = [tmp_path / name for name in ("a.xlsx", "b.xlsx", "c.xlsx")]
    for path, data in zip(files, (whole[0], wrong, whole[1]), strict=True):
        path.write_bytes(data)
    code, out, _ = hand_in(*files, "--round", round_)
    assert code == 1
    assert [line for line in out.splitlines() if line in map(str, files)] == list(map(str, files))
    assert "W035" in out
    stored = sorted(p.name for p in (round_ / "evidence").iterdir())
    assert stored == ["C-1", "C-3"]
    assert not read_submissions(round_ / "evidence" / "C-3", default_pack)[1]


@pytest.mark.parametrize("style", ["table", "json"])
def test_what_was_stored_is_said_even_when_interrupted(
    hand_in: Cli, tmp_path: Path, default_pack: Pack, round_: Path, monkeypatch: pytest.MonkeyPatch, style: str
) -> None:
    field = of_type(default_pack, "count")
    files = [tmp_path / f"{code}.xlsx" for code in ("C-1", "C-2", "C-3")]
    for path in files:
        path.write_bytes(saved(unit_book(default_pack, KIND, path.stem, "某小区", {field.id: good(field)})))

    def interrupted(intake: Intake, taken: TakenIn, to: Path | None, in_place: bool) -> tuple[TakenIn, Problems]:
        if "C-2" in taken.path.name:
            raise KeyboardInterrupt
        return write_errors(intake, taken, to, in_place)

    monkeypatch.setattr(command, "write_errors", interrupted)
    code, out, err = hand_in(*files, "--round", round_, "--format", style)
    assert code == 130
    assert sorted(p.name for p in (round_ / "evidence").iterdir()) == ["C-1", "C-2"]
    if style == "json":
        told = json.loads(out)
        assert [one["units"][0]["stored"] for one in told["files"]] == [1, 1]
        assert told["not_finished"] == [str(files[2])]
    else:
        assert out.count("存入1个单位") == 2
    assert f"X051 {files[2]}没有处理完" in err
