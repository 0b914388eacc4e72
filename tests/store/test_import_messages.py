"""Proves that `import` says of every likely mistake of the first day what is wrong and what to do, in both languages, that
nothing is lost where errors cannot be written back, and that a correction is shown as what was and what is."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from tests.calling import Cli
from tests.forms.import_books import fill_cover, fill_lines, unit_book
from tests.forms.template_books import opened, saved
from tests.forms.test_import_write_back import with_error

from meihao.core.problems import Lang
from meihao.forms.template import write_template
from meihao.round.read import read_round_file
from meihao.round.roster import Enrolled, roster_text
from meihao.standard.model import Pack

from .round_folder import enrol_compounds, round_folder

ROOT = Path(__file__).parents[2]
UNIT = """unit: {code: C-1, kind: compound, name: %s}
observations:
  - {by: 业委会, role: applicant, facts: {households: %s}}
documents: []
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "round").mkdir()
    folder = round_folder(tmp_path / "round")
    enrol_compounds(folder, "C-1", "C-r", "C-别的批次")
    return folder


def unit_file(folder: Path, households: int = 300, name: str = "某小区") -> Path:
    path = folder / f"{households}.yaml"
    path.write_text(UNIT % (name, households), encoding="utf-8")
    return path


def evidence(place: Path) -> list[str]:
    return sorted(p.name for p in place.rglob("*.evidence.yaml"))


@pytest.mark.parametrize(
    ("name", "data", "zh", "en"),
    [
        ("~$C-1.xlsx", b"\x06user", "W037 ~$C-1.xlsx是表格软件打开表时留下的标记", "then hand in C-1.xlsx"),
        ("C-1.xlsx", b"", "W029 C-1.xlsx是空的，一个字节也没有（多半没有传完，再传一次）", "W029 C-1.xlsx is empty"),
        ("C-1.csv", b"", "W029", "W029"),
        ("C-1.xls", b"x", "W038 C-1.xls是.xls格式，收不了（用表格软件打开，另存为", "Excel workbook (.xlsx)"),
        ("C-1.et", b"x", "W038", "W038"),
        ("C-1.ODS", b"x", "W038", "W038"),
        ("C-1.txt", b"x", "E042", "E042"),
        ("folder", None, "folder是文件夹（写明里面的文件，如", "is a folder (name the files in it"),
        ("folder.xlsx", None, "W032", "W032"),
    ],
)  # fmt: skip
def test_what_is_no_filled_form_is_refused_with_what_to_do(
    hand_in: Cli, tmp_path: Path, place: Path, name: str, data: bytes | None, zh: str, en: str
) -> None:
    path = tmp_path / name
    path.mkdir() if data is None else path.write_bytes(data)
    for lang, said in (("zh", zh), ("en", en)):
        code, out, _ = hand_in(path, "--round", place, "--lang", lang)
        assert code == 2
        assert said in out
    assert evidence(place) == []


def test_of_a_file_that_cannot_be_read_no_units_are_counted(hand_in: Cli, tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("说明", encoding="utf-8")
    for lang, word in (("zh", "个单位"), ("en", "can be stored")):
        code, out, _ = hand_in(tmp_path / "notes.md", "--lang", lang)
        assert code == 2
        assert "E042" in out
        assert word not in out


def test_the_day_of_receipt_must_be_a_day(hand_in: Cli, tmp_path: Path, place: Path) -> None:
    code, out, err = hand_in(unit_file(tmp_path), "--round", place, "--on", "yesterday")
    assert (code, out) == (2, "")
    assert "C010" in err
    assert evidence(place) == []


def test_a_form_of_another_round_is_taken_in_with_a_warning(
    hand_in: Cli, tmp_path: Path, place: Path, default_pack: Pack
) -> None:
    for name, warned in (("r", False), ("别的批次", True)):
        file = tmp_path / "round.yaml"
        file.write_text(
            (place / "round.yaml").read_text("utf-8").replace("round: r\n", f"round: {name}\n"), encoding="utf-8"
        )
        made_for, _ = read_round_file(file, default_pack)
        book = opened(write_template(default_pack, "compound", round_=made_for, unit=f"C-{name}"))
        fill_cover(book, name="某小区")
        fill_lines(book, {"households": 300})
        path = tmp_path / "a.xlsx"
        path.write_bytes(saved(book))
        code, out, _ = hand_in(path, "--round", place)
        assert code == 0
        assert ("W039 这份表是发给批次“别的批次”的，现在收进“r”" in out) == warned
        assert f"存入1个单位：C-{name}#1" in out


def test_where_only_warnings_are_left_nothing_needs_mending(
    hand_in: Cli, tmp_path: Path, place: Path, default_pack: Pack
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(saved(unit_book(default_pack, "compound", "C-1", "某小区", {})))
    out = hand_in(path, "--round", place)[1]
    assert f"没有错误，提醒写在{tmp_path / 'a.错误.xlsx'}" in out
    assert "改好这一份" not in out


def test_an_empty_form_is_not_stored(hand_in: Cli, tmp_path: Path, place: Path, default_pack: Pack) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(saved(unit_book(default_pack, "compound", "C-1", "某小区", {})))
    code, out, _ = hand_in(path, "--round", place)
    assert code == 0
    assert "W081 C-1的表里一项也没有填，没有存" in out
    assert "存入0个单位" in out
    assert evidence(place) == []


def test_another_name_under_the_same_code_is_asked_about(hand_in: Cli, tmp_path: Path, place: Path) -> None:
    assert hand_in(unit_file(tmp_path), "--round", place)[0] == 0
    code, out, _ = hand_in(unit_file(tmp_path, 310, "别的小区"), "--round", place)
    assert code == 1
    assert "W111 C-1的名称写的是“别的小区”，单位名册上是“某小区”（是另一个单位，就改编号" in out
    assert "W068" not in out, "one wrong code, one message"
    enrol_compounds(place, "C-1", name="别的小区")
    assert "W068" in hand_in(unit_file(tmp_path, 310, "别的小区"), "--round", place)[1]
    assert hand_in(unit_file(tmp_path, 310, "别的小区"), "--round", place, "--reason", "漏数")[0] == 0


def test_a_correction_is_shown_as_what_was_and_what_is(hand_in: Cli, tmp_path: Path, place: Path) -> None:
    assert hand_in(unit_file(tmp_path), "--round", place)[0] == 0
    words = (unit_file(tmp_path, 310), "--round", place, "--reason", "漏了一栋楼")
    out = hand_in(*words)[1]
    assert "存入1个单位：C-1#2" in out
    assert "更正 C-1 总户数  300户 → 310户" in out
    told = json.loads(hand_in(unit_file(tmp_path, 320), *words[1:], "--format", "json")[1])["files"][0]["units"][0]
    (one,) = told["corrections"]
    assert (told["stored"], one["field"], one["old"]["zh"], one["new"]["zh"]) == (3, "households", "310户", "320户")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_copy_that_is_mended_is_said_to_be_clean(
    hand_in: Cli, tmp_path: Path, default_pack: Pack, lang: Lang
) -> None:
    data, (sheet, cell) = with_error(default_pack)
    (tmp_path / "a.xlsx").write_bytes(data)
    out = hand_in(tmp_path / "a.xlsx", "--lang", lang)[1]
    assert {"zh": "改好这一份，存盘，再导入它", "en": "correct them there, save, and import that file"}[lang] in out
    assert "：" not in out.splitlines()[-3] or lang == "zh"
    copy = tmp_path / "a.错误.xlsx"
    book = opened(copy.read_bytes())
    book[sheet][cell].value = "是"
    copy.write_bytes(saved(book))
    out = hand_in(copy, "--lang", lang)[1]
    assert {"zh": "没有错误了：", "en": "no errors left: "}[lang] in out
    assert {"zh": "错误已写在", "en": "errors are written"}[lang] not in out


def test_a_row_of_a_csv_is_called_a_row(hand_in: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("编号,类别,名称,总户数\nC-1,小区,甲,很多\n", encoding="utf-8")
    assert "错误  第2行  C-1       E001" in hand_in(tmp_path / "a.csv")[1]
    assert "error     row 2  C-1          E001" in hand_in(tmp_path / "a.csv", "--lang", "en")[1]


def test_an_altered_submission_is_named_with_its_folder(hand_in: Cli, tmp_path: Path, place: Path) -> None:
    assert hand_in(unit_file(tmp_path), "--round", place)[0] == 0
    stored = place / "evidence" / "C-1" / "0001.evidence.yaml"
    stored.write_text(stored.read_text("utf-8").replace("300", "301"), encoding="utf-8")
    assert f"错误  {stored}" in hand_in(unit_file(tmp_path, 310), "--round", place)[1]


@pytest.mark.parametrize(("less", "written"), [(0, True), (1, False)])
def test_a_workbook_too_large_to_write_back_loses_nothing(
    hand_in: Cli,
    tmp_path: Path,
    place: Path,
    default_pack: Pack,
    monkeypatch: pytest.MonkeyPatch,
    less: int,
    written: bool,
) -> None:
    """A limit as large as the workbook writes the copy, one less does not: the error stands on the screen and in the JSON."""
    data, (sheet, cell) = with_error(default_pack)
    path = tmp_path / "a.xlsx"
    path.write_bytes(data)
    monkeypatch.setattr("meihao.forms.write_back.MOST_CELLS", 0)
    told = json.loads(hand_in(path, "--format", "json")[1])["files"][0]
    (large,) = [error for error in told["errors"] if error["rule"] == "W034"]
    cells = int("".join(filter(str.isdigit, large["message"]["zh"])))
    monkeypatch.setattr("meihao.forms.write_back.MOST_CELLS", cells - less)
    code, out, _ = hand_in(path, "--round", place)
    assert code == 1
    assert f"{sheet}!{cell}" in out
    assert (tmp_path / "a.错误.xlsx").exists() == written
    assert ("W034" in out) == (not written)
    assert written or "太大，没有写回；错误只列在这里（按乡镇或按类拆成几份再导入" in out
    assert ("同一条命令加--format json" in out) == (not written)
    assert path.read_bytes() == data
    told = json.loads(hand_in(path, "--format", "json")[1])["files"][0]
    assert any((error["sheet"], error["cell"]) == (sheet, cell) for error in told["errors"])


def test_a_receipt_names_who_filled_in_this_units_values_and_nobody_elses(hand_in: Cli, tmp_path: Path) -> None:
    table = tmp_path / "全镇.csv"
    lines = ("编号,类别,名称,总户数,填报人", "C-1,小区,甲小区,320,甲业委会", "C-2,小区,乙小区,410,乙业委会")
    table.write_text("\n".join(lines), encoding="utf-8")
    folder = round_folder(tmp_path)
    units = (Enrolled("C-1", "compound", "甲小区"), Enrolled("C-2", "compound", "乙小区"))
    (folder / "roster.yaml").write_text(roster_text(units), encoding="utf-8")
    assert hand_in(table, "--round", folder, "--on", "2026-06-30")[0] == 0
    stored = {code: (folder / "evidence" / code / "0001.evidence.yaml").read_text("utf-8") for code in ("C-1", "C-2")}
    assert 'by: "甲业委会"' in stored["C-1"].partition("received:")[2]
    assert "乙" not in stored["C-1"]
    assert 'by: "乙业委会"' in stored["C-2"].partition("received:")[2]


def test_what_is_wrong_with_values_and_with_the_name_is_said_in_one_go(
    hand_in: Cli, place: Path, tmp_path: Path
) -> None:
    """A clerk who mends the values is not to hear of the name only then."""
    shutil.copy(ROOT / "examples" / "excel" / "C-1.xlsx", tmp_path)
    code, out, _ = hand_in(tmp_path / "C-1.xlsx", "--round", place)
    assert code == 1
    assert "E001 “其中有党员楼栋长的楼栋数”" in out
    assert "W111 C-1的名称写的是“枫桥小区（示例数据）”，单位名册上是“某小区”" in out
    assert "存入0个单位" in out
