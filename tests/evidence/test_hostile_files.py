"""Proves that hostile and broken files are refused or read right, quickly, in little memory, and never with a traceback."""

from __future__ import annotations

import json
import resource
import time
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meihao.core.problems import errors
from meihao.core.text import Label, normal, plain_code
from meihao.evidence import columns, csv_file, xlsx_child, xlsx_file, xlsx_guard
from meihao.standard.model import Field

from . import bad_tables
from .bad_tables import parts
from .small_pack import ALL, Cells, pack, read, said, workbook
from .test_same_data_four_forms import csv_bytes

BAD_INPUT = Path(__file__).parents[3] / "shared" / "fixtures" / "badinput"
MADE = BAD_INPUT / "made"
LIMIT = 2  # processor seconds: a guard against blow-up, not a benchmark
SCORES = pack(
    (
        Field("score.a", Label("得分项A"), "number", ALL, "applicant", range=(0, 100)),
        Field("score.b", Label("得分项B"), "percent", ALL, "applicant", range=(0, 100)),
    )
)
ROWS = [
    *(":2 E018", ":3 E018", ":3 E001", ":4 E003", ":4 E001", ":5 E001", ":5 E001"),
    *(":6 E086", ":6 E085", ":6 E085", ":6 E001", ":6 E001"),
]
EXPECTED = {
    "corner_cells.xlsx": [" Sheet1!XFD1048576 E068"],
    "entities.xlsx": [" E064"],
    "gb18030.csv": [" E050", *ROWS],
    "gbk_lossy.csv": [":3 E054"],
    "mixed.csv": [":2 E053"],
    "sparse_merged_formula.xlsx": [" Sheet!D1048576 E068"],
    "utf16le.csv": [" E051", *ROWS],
    "utf8_bom.csv": ROWS,
    "zipbomb.xlsx": [" E061"],
}


@pytest.mark.skipif(not MADE.is_dir(), reason="the shared fixtures are not here")
@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_hostile_file_is_answered_within_a_second(name: str, tmp_path: Path) -> None:
    data = (MADE / name).read_bytes()
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    units, problems = read(tmp_path, name, data, SCORES)
    assert time.process_time() - start < LIMIT
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200 << 10  # kB
    answers = [f"{p.source} {p.code}".replace(f"{tmp_path}/{name}", "") for p in problems]
    assert answers == EXPECTED[name]
    assert (not units) == bool(errors(problems))
    assert all("Traceback" not in text for text in said(problems, tmp_path, "en"))


@pytest.mark.skipif(not (BAD_INPUT / "blns.json").is_file(), reason="the shared fixtures are not here")
def test_naughty_strings_as_codes_names_and_remarks_come_back_as_they_are(tmp_path: Path) -> None:
    naughty = [text for text in json.loads((BAD_INPUT / "blns.json").read_bytes()) if "\0" not in text]
    texts = {normal(text) for text in naughty if text.strip() and "\ufffd" not in text}
    texts = {text for text in texts if text == plain_code(text)}  # a full-width code is corrected, and said
    errors_of_spreadsheets = {text for text in texts if text.startswith("#") and text.endswith(("!", "?", "A"))}
    clean = sorted(
        t for t in texts - errors_of_spreadsheets if len(t) <= 100 and not any("\ufffe" <= c <= "\uffff" for c in t)
    )
    assert len(clean) > 400
    rows: Cells = [["编号", "类别", "名称", "备注说明"], *([t, "小区", t, t] for t in clean)]
    _same_three_texts(tmp_path, "a.csv", csv_bytes(rows), clean)
    printable = [t for t in clean if not any(ord(c) < 32 and c not in "\t\n" for c in t)]
    rows = [["编号", "类别", "名称", "备注说明"], *([t, "小区", t, t] for t in printable)]
    _same_three_texts(tmp_path, "a.xlsx", workbook({"单位": rows}), printable)


def _same_three_texts(folder: Path, name: str, data: bytes, expected: list[str]) -> None:
    units, problems = read(folder, name, data)
    assert not errors(problems), said(problems, folder)[:3]
    assert [(u.code, u.name) for u in units] == [(text, text) for text in expected]
    assert [[o.value for o in u.observations] for u in units] == [[text] for text in expected]


def test_a_text_like_a_formula_is_a_text(tmp_path: Path) -> None:
    rows: Cells = [["编号", "类别", "名称"], ["=1+1", "小区", '=HYPERLINK("http://x","点我")'], ["+1", "小区", "@x"]]
    for name, data in (("a.csv", csv_bytes(rows)), ("a.xlsx", workbook({"单位": rows}))):
        units, problems = read(tmp_path, name, data)
        assert [u.code for u in units] == ["=1+1", "+1"]
        assert not problems


# ---- the child process


@pytest.mark.parametrize(
    ("script", "how"),
    [
        ("import os; os.abort()", "signal 6"),
        ("raise SystemExit(3)", "exit 3"),
        ("print('not json')", "no answer"),
        ("print(end='1')", "no answer"),
    ],
)
def test_a_child_that_dies_is_a_problem_and_no_more(script: str, how: str) -> None:
    sheets, problems = xlsx_file.read_xlsx(workbook({"单位": [["编号"]]}), "a.xlsx", ("-c", script))
    assert sheets == ()
    assert [p.code for p in problems] == ["E066"]
    assert how in problems[0].message_zh


def test_a_child_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_file, "SECONDS", 0.3)
    _, problems = xlsx_file.read_xlsx(workbook({"单位": [["编号"]]}), "a.xlsx", ("-c", "while True: pass"))
    assert "timeout" in problems[0].message_en


def test_without_calamine_the_problem_names_the_package() -> None:
    script = "import sys; sys.modules['python_calamine'] = None\nfrom meihao.evidence.xlsx_child import main; main()"
    _, problems = xlsx_file.read_xlsx(workbook({"单位": [["编号"]]}), "a.xlsx", ("-c", script))
    assert [p.code for p in problems] == ["E067"]
    assert "python-calamine" in problems[0].hint_en


def test_the_child_would_survive_without_the_guard_only_because_it_is_a_process() -> None:
    corner = MADE / "corner_cells.xlsx"
    if not corner.is_file():
        pytest.skip("the shared fixtures are not here")
    lift = "from meihao.evidence import xlsx_guard as g; g.MOST_ROWS = g.MOST_COLUMNS = g.MOST_BOX = 1 << 60\n"
    script = lift + "from meihao.evidence.xlsx_child import main; main()"
    _, problems = xlsx_file.read_xlsx(corner.read_bytes(), "a.xlsx", ("-c", script))
    assert [p.code for p in problems] == ["E066"]


def test_the_working_folder_cannot_slip_code_into_the_child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit(9)", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    sheets, problems = xlsx_file.read_xlsx(workbook({"单位": [["编号"]]}), "a.xlsx")
    assert (len(sheets), problems) == (1, ())


# ---- the guard's edges


def guard_says(data: bytes) -> str:
    try:
        xlsx_guard.inspect(xlsx_guard.open_package(data))
    except xlsx_guard.WorkbookRefused as refused:
        return refused.reason
    return "fine"


@pytest.mark.parametrize(
    ("row", "column", "answer"),
    [
        (100_000, 1, "fine"),
        (100_001, 1, "far_cell"),
        (500, 2_000, "fine"),
        (500, 2_001, "far_cell"),
        (501, 2_000, "far_cell"),
    ],
)
def test_the_last_cell_that_is_near_enough(row: int, column: int, answer: str) -> None:
    cells: list[list[str]] = [[] for _ in range(row)]
    cells[row - 1] = [*[""] * (column - 1), "x"]
    assert guard_says(workbook({"单位": cells})) == answer


def test_the_number_of_cells_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    data = workbook({"单位": [["x"] * 10] * 10})
    monkeypatch.setattr(xlsx_guard, "MOST_CELLS", 100)
    assert guard_says(data) == "fine"
    monkeypatch.setattr(xlsx_guard, "MOST_CELLS", 99)
    assert guard_says(data) == "too_big"


def test_sheets_are_counted_together(monkeypatch: pytest.MonkeyPatch) -> None:
    data = workbook({"甲": [["x"] * 10] * 10, "乙": [["x"] * 10] * 10})
    for name, most, reason in (
        ("MOST_CELLS", 200, "too_big"),
        ("MOST_BOX", 100, "far_cell"),
        ("MOST_SHEETS", 2, "too_big"),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(xlsx_guard, name, most)
            assert guard_says(data) == "fine"
            patch.setattr(xlsx_guard, name, most - 1)
            assert guard_says(data) == reason


def test_one_part_named_by_many_sheets_is_not_read_many_times() -> None:
    many = "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="rId1"/>' for n in range(1, 100_000))
    spaces = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="x"'
    start = time.process_time()
    assert guard_says(parts("", {"xl/workbook.xml": f"<workbook {spaces}>{many}</workbook>".encode()}).data) != "fine"
    assert time.process_time() - start < LIMIT


def test_merges_without_end_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    areas = "".join(f'<mergeCell ref="A{n}:C{n}"/>' for n in range(1, 20_002))
    sheet = f"<worksheet><sheetData/><mergeCells>{areas}</mergeCells></worksheet>"
    assert guard_says(parts("", {"xl/worksheets/sheet1.xml": sheet.encode()}).data) == "too_big"
    monkeypatch.setattr(xlsx_file, "MOST_COVERED", 4)
    _, problems = xlsx_file.read_xlsx(bad_tables.MERGED.data, "a.xlsx")
    assert problems == ()
    monkeypatch.setattr(xlsx_file, "MOST_COVERED", 2)
    _, problems = xlsx_file.read_xlsx(bad_tables.MERGED.data, "a.xlsx")
    assert [p.code for p in problems] == ["E057"]


def test_more_text_than_anyone_writes_is_refused() -> None:
    one = "<si><t>" + "长" * 20_000 + "</t></si>"
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    row = "<row>" + '<c t="s"><v>0</v></c>' * 600 + "</row>"
    given = {
        "xl/sharedStrings.xml": f"<sst {space}>{one}</sst>".encode(),
        "xl/worksheets/sheet1.xml": f"<worksheet {space}><sheetData>{row}</sheetData></worksheet>".encode(),
    }
    _, problems = xlsx_file.read_xlsx(parts("", given).data, "a.xlsx")
    assert [p.code for p in problems] == ["E057"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_any_bytes_called_csv_are_answered(tmp_path: Path, data: bytes) -> None:
    units, problems = read(tmp_path, "a.csv", data)
    assert units == ()
    assert errors(problems)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 5_000), st.integers(0, 255)), min_size=1, max_size=8))
def test_a_workbook_with_flipped_bytes_is_answered(tmp_path: Path, flips: list[tuple[int, int]]) -> None:
    data = bytearray(workbook({"单位": [["编号", "类别", "名称", "总户数"], ["001", "村", "甲村", 320]]}))
    for place, value in flips:
        data[place % len(data)] = value
    read(tmp_path, "a.xlsx", bytes(data))


def test_the_number_of_parts_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    data = workbook({"单位": [["x"]]})
    monkeypatch.setattr(xlsx_guard, "MOST_ENTRIES", data.count(b"PK\x01\x02") - 1)
    assert guard_says(data) == "unsafe"


def test_bytes_rows_and_cells_of_a_csv_have_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    data = b"code,kind\n" * 10
    for name, most in (("MOST_BYTES", 100), ("MOST_ROWS", 10), ("MOST_COLUMNS", 2), ("MOST_CELLS", 20)):
        with monkeypatch.context() as patch:
            patch.setattr(csv_file, name, most)
            assert csv_file.read_csv(data, "a.csv")[0] is not None
            patch.setattr(csv_file, name, most - 1)
            assert [p.code for p in csv_file.read_csv(data, "a.csv")[1]] == ["E057"]


def test_after_two_hundred_errors_reading_stops_and_says_so(tmp_path: Path) -> None:
    rows: Cells = [["编号", "类别", "名称", "总户数"], *([f"u{n}", "村", f"村{n}", "很多"] for n in range(1000))]
    _, problems = read(tmp_path, "a.csv", csv_bytes(rows))
    assert len(problems) == columns.MOST_PROBLEMS + 1
    assert problems[-1].code == "E099"


def test_thousands_of_unknown_headings_are_answered_quickly(tmp_path: Path) -> None:
    start = time.process_time()
    _, problems = read(tmp_path, "a.csv", csv_bytes([["编号", *(f"不认识{n}" for n in range(1900))]]))
    assert time.process_time() - start < LIMIT
    assert len(problems) < 30


def test_the_child_reads_what_the_guard_sees() -> None:
    sheets = xlsx_child.read(workbook({"单位": [["编号", "户数"], ["001", 12.0], ["002", 0.5]]}))
    columns = msgspec.msgpack.decode(sheets[0]["columns"])
    read = [(top, numbers, msgspec.msgpack.decode(below)) for top, numbers, below in columns]
    assert read == [([], False, ["编号", "001", "002"]), (["户数"], True, [12.0, 0.5])]
