"""The page on which anybody checks a form: the terminal's errors and bytes, correction in the workbook, nothing left behind."""

from __future__ import annotations

import base64
import html
import io
import re
import zipfile
from pathlib import Path
from random import Random
from typing import Any

import pytest
from tests.calling import Cli
from tests.damaged.damage import in_archive, in_text, packed
from tests.forms.import_books import fill_clerk, template, unit_book
from tests.forms.template_books import opened, saved
from tests.forms.test_import import KIND, of_type
from tests.forms.test_import_write_back import with_error
from tests.web.sending import hidden, send, with_values

from meihao.forms.layout import MARK
from meihao.standard.model import Pack
from meihao.web import uploads
from meihao.web.pages import check

UNIT = Path(__file__).parents[1] / "units"


def options(text: str) -> list[str]:
    """Return what can be chosen for the first cell of a page, first what is chosen now."""
    return re.findall(r"<option[^>]*>([^<]*)</option>", text[text.index('id="to-1"') :].partition("</select>")[0])


@pytest.fixture(scope="module")
def wrong(default_pack: Pack) -> tuple[bytes, str, str]:
    data, (sheet, cell) = with_error(default_pack)
    return data, sheet, cell


def test_every_error_stands_on_the_page_as_the_terminal_says_it(
    client: Any, cli: Cli, tmp_path: Path, wrong: tuple[bytes, str, str]
) -> None:
    data, sheet, cell = wrong
    (tmp_path / "表.xlsx").write_bytes(data)
    _, out, _ = cli("import", tmp_path / "表.xlsx", "--to", tmp_path / "copy.xlsx")
    page = send(client, "/check", file=("表.xlsx", data))
    text = html.unescape(page.text)
    assert page.status_code == 200
    assert "<title>错误：检查结果" in text
    (line,) = [line for line in out.splitlines() if line.startswith("错误 ")]
    rule, said = line.split(maxsplit=4)[3], line.split(maxsplit=4)[4]
    message = said.rpartition("（")[0]
    for part in (
        f"{sheet}!{cell}",
        f"错误 {rule} {message}",
        "C-1",
        "现在的值：部分",
        out.splitlines()[1],
    ):
        assert part in text, part
    assert 'href="#to-1"' in text
    assert options(page.text) == ["部分", "是", "否"], "chosen, so that the remedy needs no words"
    copy = send(client, "/check", {**with_values(page.text, "部分"), "do": "copy"})
    assert copy.content == (tmp_path / "copy.xlsx").read_bytes()
    assert copy.headers["Content-Disposition"].endswith("%E8%A1%A8.%E9%94%99%E8%AF%AF.xlsx")


def test_a_value_is_corrected_in_the_workbook_checked_again_and_taken_home(
    client: Any, wrong: tuple[bytes, str, str]
) -> None:
    data, sheet, cell = wrong
    page = send(client, "/check", file=("a.xlsx", data))
    still = send(client, "/check", {**with_values(page.text, "也许"), "do": "check"})
    assert options(still.text) == ["也许", "是", "否"], "what was typed stands there"
    good = send(client, "/check", {**with_values(still.text, "是"), "do": "check"})
    assert "没有错误" in good.text
    assert "现在评定会是什么结果" in good.text
    assert "<title>检查结果" in good.text
    book = send(client, "/check", {name: hidden(good.text, name)[0] for name in ("carried", "name")} | {"do": "book"})
    before, after = (
        {(one.title, c.coordinate): c.value for one in opened(content) for row in one.iter_rows() for c in row}
        for content in (data, book.content)
    )
    assert {place for place in before | after if before.get(place) != after.get(place)} == {(sheet, cell)}


def test_what_cannot_be_put_in_is_said_and_what_was_typed_stays(client: Any, wrong: tuple[bytes, str, str]) -> None:
    page = send(client, "/check", file=("a.xlsx", wrong[0]))
    fields = {**with_values(page.text, "是"), "cell": ["A1048576"], "do": "book"}
    said = send(client, "/check", fields)
    assert said.status_code == 200
    assert "没有改成" in said.text
    assert "W054" in said.text
    assert options(said.text)[0] == "部分", "of the cell that is on the page nothing was typed"


def test_a_good_form_says_what_it_would_score_as_assess_does(client: Any, cli: Cli) -> None:
    file = sorted(UNIT.glob("*.evidence.yaml"))[0]
    day = "2026-06-30"
    _, out, _ = cli("assess", file, "--on", day)
    page = send(client, "/check", file=(file.name, file.read_bytes()))
    text = html.unescape(page.text)
    lines = out.splitlines()
    assert lines[1] in text
    assert next(line for line in lines if line.startswith("基础分")) in text
    assert 'name="carried"' not in page.text


def test_units_of_a_clerk_are_each_judged(client: Any, default_pack: Pack) -> None:
    book = template(default_pack, KIND, "clerk")
    fill_clerk(book, [("C-1", "甲小区", {}), ("C-2", "乙小区", {})], KIND)
    text = send(client, "/check", file=("表.xlsx", saved(book))).text
    assert "甲小区 C-1" in text
    assert "乙小区 C-2" in text


def test_in_an_archive_the_workbook_is_corrected_and_the_documents_stay(
    client: Any, wrong: tuple[bytes, str, str]
) -> None:
    page = send(client, "/check", file=("a.zip", packed({"a.xlsx": wrong[0], "材料/章程.txt": b"1"})))
    book = send(client, "/check", {**with_values(page.text, "是"), "do": "book"})
    assert book.headers["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(book.content)) as archive:
        assert archive.namelist() == ["a.xlsx", "材料/章程.txt"]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [("a.xls", b"x", "W038"), ("a.xlsx", b"", "W029"), ("~$a.xlsx", b"x", "W037"), ("a.exe", b"MZ", "E042"),
     ("a.xlsx", b"PK", "E065"), ("a.zip", b"PK", "W040"), ("a.yaml", b"unit: {", "Y"), ("a.csv", b"\x00\xff", "E")],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_a_sentence_at_the_field(client: Any, name: str, data: bytes, code: str) -> None:
    page = send(client, "/check", file=(name, data))
    assert page.status_code in (200, 422)
    assert "<title>错误：" in page.text
    assert code in page.text
    if page.status_code == 422:
        assert 'href="#file"' in page.text
        assert 'aria-invalid="true"' in page.text


def test_no_file_and_a_broken_page_are_told(client: Any) -> None:
    assert "B010 没有选文件" in send(client, "/check").text
    for carried in ("不是", "AAA"):
        page = send(client, "/check", {"carried": carried, "name": "a.xlsx"})
        assert (page.status_code, "B011" in page.text) == (422, True)


def test_a_file_beyond_the_limit_is_told_as_such(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.test import override_settings

    monkeypatch.setattr(uploads, "MOST_UPLOADED", 1000)
    with override_settings(FILE_UPLOAD_MAX_MEMORY_SIZE=1000):
        page = send(client, "/check", file=("a.xlsx", b"x" * 3000))
    assert (page.status_code, "B012 文件太大" in page.text) == (422, True)


def test_lines_of_a_cell_stay_lines(client: Any, default_pack: Pack) -> None:
    field = of_type(default_pack, "count")
    book = saved(unit_book(default_pack, KIND, "C-1", "某小区", {field.id: "约12\n估计"}))
    page = send(client, "/check", file=("a.xlsx", book))
    assert '<textarea id="to-1"' in page.text
    assert "改法：只写数字，不带单位和说明" in page.text
    same = send(client, "/check", {**with_values(page.text, "约12\r\n估计"), "do": "book"})
    assert same.content == book, "nothing was typed"


@pytest.mark.parametrize("seed", range(6))
def test_a_damaged_form_ends_in_a_sentence(client: Any, wrong: tuple[bytes, str, str], seed: int) -> None:
    dice = Random(seed)
    data, _ = in_archive(wrong[0], dice)
    answers = [send(client, "/check", file=("a.xlsx", data))]
    text, _ = in_text(sorted(UNIT.glob("*.evidence.yaml"))[0].read_bytes(), dice)
    answers.append(send(client, "/check", file=("a.yaml", text)))
    for page in answers:
        assert page.status_code in (200, 422)
        assert "Traceback" not in page.text
        assert "程序出错" not in page.text


def test_names_and_values_of_strangers_are_text(client: Any, default_pack: Pack) -> None:
    field = of_type(default_pack, "count")
    nasty = '"><script>alert(1)</script>'
    book = unit_book(default_pack, KIND, "C-1", nasty, {field.id: nasty})
    page = send(client, "/check", file=(f"{nasty}.xlsx", saved(book)))
    assert "<script>alert" not in page.text
    assert nasty in hidden(page.text, "was")
    assert nasty in hidden(page.text, "to")


def test_a_large_file_and_one_that_would_lose_something_are_not_corrected_here(
    client: Any, wrong: tuple[bytes, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with zipfile.ZipFile(io.BytesIO(wrong[0])) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    page = send(client, "/check", file=("a.xlsx", packed({**parts, "xl/media/image1.png": b"x"})))
    assert "W053" in page.text
    assert 'name="to"' not in page.text
    monkeypatch.setattr(uploads, "MOST_CARRIED", 100)
    page = send(client, "/check", file=("a.xlsx", wrong[0]))
    assert "这份表较大" in page.text
    assert 'name="carried"' not in page.text


def test_more_errors_than_a_page_holds_are_counted(
    client: Any, default_pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check, "MOST_CELLS", 1)
    field = of_type(default_pack, "yes_no")
    book = template(default_pack, KIND, "clerk")
    fill_clerk(book, [(f"C-{n}", f"小区{n}", {field.id: "也许"}) for n in range(3)], KIND)
    page = send(client, "/check", file=("a.xlsx", saved(book)))
    assert "另有2处没有列出" in page.text
    assert "有3处要改" in page.text


def test_a_blank_form_is_the_one_that_template_writes(client: Any, lone: None, cli: Cli, tmp_path: Path) -> None:
    page = client.get("/check")
    assert '<option value="compound.applicant">小区填报表（申报单位填）</option>' in page.text
    cli("template", "--kind", "compound", "--role", "inspector", "--to", tmp_path / "a.xlsx")
    form = client.get("/check/form", {"form": "compound.inspector"})
    assert form.headers["Content-Type"].endswith("spreadsheetml.sheet")
    assert MARK in opened(form.content).sheetnames
    books = [opened(data) for data in (form.content, (tmp_path / "a.xlsx").read_bytes())]
    cells = [{(s.title, c.coordinate): c.value for s in book for row in s.iter_rows() for c in row} for book in books]
    assert cells[0] == cells[1]
    assert "<h1>检查填报表</h1>" in client.get("/check/form", {"form": "no.such"}).text


def test_nothing_of_a_file_is_left_on_the_disk_and_no_round_takes_it_in(
    client: Any, wrong: tuple[bytes, str, str], tmp_path: Path, sample_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    before = sorted(str(path) for path in sample_folder.rglob("*"))
    page = send(client, "/check", file=("a.xlsx", wrong[0]))
    send(client, "/check", {**with_values(page.text, "是"), "do": "check"})
    send(client, "/check", {**with_values(page.text, "部分"), "do": "copy"})
    assert list(tmp_path.iterdir()) == []
    assert sorted(str(path) for path in sample_folder.rglob("*")) == before


def test_english_is_english_to_the_last_error(client: Any, wrong: tuple[bytes, str, str]) -> None:
    client.get("/?lang=en")
    text = send(client, "/check", file=("a.xlsx", wrong[0])).text
    assert "<title>Error: What was found" in text
    assert "To be corrected: 1" in text
    assert "E007 “" in text
    assert "should be yes or no" in text or "yes or no" in text


def test_other_methods_and_forged_forms_are_refused(client: Any) -> None:
    assert client.put("/check").status_code in (403, 405)
    forged = client.post("/check", {"carried": base64.b64encode(b"x").decode(), "name": "a.xlsx"})
    assert forged.status_code == 403
    assert client.post("/check/form").status_code in (403, 405)
