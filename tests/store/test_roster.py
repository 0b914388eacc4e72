"""Proves that a roster is read from a workbook with every mistake at its cell, and never forgets a unit that has handed in."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.calling import Cli
from tests.forms.template_books import opened, saved

from meihao.core.files import file_text
from meihao.round.read import lone_round
from meihao.round.roster import Enrolled, read_roster, roster_text
from meihao.standard.model import Pack

ROUND = """round: r
title: 某批次
reference_date: 2026-12-31
closed: false
stage: verified
regions:
  - {code: "9901", name: 甲县, level: county}
  - {code: "9902", name: 乙县, level: county}
"""
UNIT = """unit: {code: V-1, kind: village, name: 青禾村}
observations:
  - {by: 青禾村, role: applicant, date: 2026-06-01, facts: {households: 320}}
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "round"
    folder.mkdir()
    (folder / "round.yaml").write_text(ROUND, encoding="utf-8")
    return folder


def listed(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "名册.csv"
    path.write_text("\n".join(["编号,类别,名称,地区,联系人", *rows, ""]), encoding="utf-8")
    return path


def test_a_workbook_to_fill_in_comes_back_as_the_roster(cli: Cli, tmp_path: Path, place: Path) -> None:
    book = tmp_path / "名册.xlsx"
    assert cli("roster", place, "--blank", book)[0] == 0
    page = (filled := opened(book.read_bytes())).worksheets[0]
    assert [page.cell(3, n).value for n in range(1, 5)] == ["单位编号", "类别", "单位名称", "地区"]
    for column, value in enumerate(("V-1", "村", "青禾村", "9901 甲县"), 1):
        page.cell(4, column).value = value
    book.write_bytes(saved(filled))
    code, out, _ = cli("roster", place, book)
    assert (code, "1个单位，新增1个，改动0个，去掉0个" in out) == (0, True)
    text = (place / "roster.yaml").read_text("utf-8")
    assert '  - {code: "V-1", kind: village, name: "青禾村", region: "9901"}\n' in text
    assert cli("roster", place, "--blank", book)[0] == 0
    again = opened(book.read_bytes()).worksheets[0]
    assert [again.cell(4, n).value for n in range(1, 5)] == ["V-1", "村", "青禾村", "9901 甲县"]
    assert cli("roster", place)[1] == "单位名册有1个单位\n"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("v-１,村,松台村,9901,", "3 W113 单位编号v-1和V-1（"),
        ("V-1,村,青禾村,9901,", "3 W113 单位编号V-1和V-1（"),
        ("V-2,郊村,松台村,9901,", "3 E015 没有“郊村”这一类单位"),
        ("V-2,村,松台村,丙县,", "3 E0"),
        ("V-2,村,,9901,", "3 E078 单位V-2没有填“名称”"),
        (",村,松台村,9901,", "3 E078"),
    ],
)
def test_a_roster_with_a_mistake_is_refused_at_its_row(
    cli: Cli, tmp_path: Path, place: Path, row: str, said: str
) -> None:
    code, _, err = cli("roster", place, listed(tmp_path, "V-1,村,青禾村,甲县,张三", row))
    assert code == 2
    assert said in err
    assert not (place / "roster.yaml").exists()


def test_a_table_without_codes_is_no_roster(cli: Cli, tmp_path: Path, place: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("名称,户数\n青禾村,320\n", encoding="utf-8")
    assert cli("roster", place, path)[0] == 2
    assert cli("roster", place, tmp_path / "none.csv")[0] == 2


@pytest.mark.parametrize(
    ("row", "words"), [("V-2,村,松台村,9901,", "没有它"), ("V-1,小区,青禾村,9901,", "改了它的类别")]
)
def test_a_unit_that_has_handed_in_stays_on_the_roster(
    cli: Cli, tmp_path: Path, place: Path, row: str, words: str
) -> None:
    cli("roster", place, listed(tmp_path, "V-1,村,青禾村,9901,"))
    (tmp_path / "V-1.yaml").write_text(UNIT, encoding="utf-8")
    assert cli("import", tmp_path / "V-1.yaml", "--round", place)[0] == 0
    code, _, err = cli("roster", place, listed(tmp_path, row))
    assert (code, "W115" in err, words in err) == (2, True, True)
    code, out, _ = cli("roster", place, listed(tmp_path, "V-1,村,青禾新村,9902,", "V-2,村,松台村,9901,"))
    assert (code, "2个单位，新增1个，改动1个，去掉0个" in out) == (0, True)


def test_status_and_rank_name_the_units_that_handed_in_nothing(cli: Cli, tmp_path: Path, place: Path) -> None:
    cli("roster", place, listed(tmp_path, "V-1,村,青禾村,9901,", "V-2,村,松台村,9902,"))
    (tmp_path / "V-1.yaml").write_text(UNIT, encoding="utf-8")
    code, out, _ = cli("import", tmp_path / "V-1.yaml", "--round", place)
    assert "收件台账：1 " in out
    head = out.rpartition("收件台账：")[2].strip()
    code, out, _ = cli("status", place, "--on", "2026-06-10")
    assert code == 1
    assert f"收件台账：{head}" in out
    assert "1个单位，还有1个没有交，0个齐全" in out
    assert "未交材料" in next(line for line in out.splitlines() if line.startswith("V-2"))
    _, out, _ = cli("rank", place / "evidence", "--round", place)
    assert "未交材料1个：松台村 (V-2)" in out
    (place / "evidence" / "V-1" / "0001.evidence.yaml").unlink()
    for words in (("status", place), *((one, place / "evidence", "--round", place) for one in ("rank", "assess"))):
        code, _, err = cli(*words)
        assert (code, "W117 V-1的第1份收件不见了" in err) == (2, True)


def test_another_workbook_is_no_roster_and_that_is_said_once(cli: Cli, place: Path) -> None:
    form = Path(__file__).parents[2] / "examples" / "excel" / "C-1.xlsx"
    code, out, err = cli("roster", place, form)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "E070 找不到表头：没有“类别”一列" in err
    assert not (place / "roster.yaml").exists()


@pytest.mark.parametrize("name", ["甲\u200e村", "甲\U000e0041村", '甲"村\\'])
def test_a_roster_reads_back_what_no_screen_shows(tmp_path: Path, default_pack: Pack, name: str) -> None:
    (tmp_path / "roster.yaml").write_text(roster_text([Enrolled("V-1", "village", name)]), encoding="utf-8")
    roster, problems = read_roster(file_text(tmp_path / "roster.yaml"), default_pack, lone_round(None))
    assert roster is not None, problems
    assert [one.name for one in roster.units.values()] == [name]
