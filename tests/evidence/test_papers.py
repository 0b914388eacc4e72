"""Documents as people list them: numbers that are none, titles that are almost right, days that disagree, lists in a CSV."""

from __future__ import annotations

from pathlib import Path

import pytest

from meihao.core.problems import Problems, errors
from meihao.evidence.files import read_all, read_evidence
from meihao.evidence.model import UnitEvidence
from meihao.evidence.papers import is_number
from meihao.round.relations import find_hits
from meihao.standard.model import Pack

UNIT = """unit: {{code: "{code}", kind: compound, name: 示例小区}}
observations:
  - {{by: 业委会, role: applicant, facts: {{households: 100}}}}
documents:
  - {document}
"""
UNITS = "编号,类别,名称,总户数\n{rows}\n"


def read(folder: Path, pack: Pack, *documents: str) -> tuple[tuple[UnitEvidence, ...], Problems]:
    """Read a folder with a unit for each document, C-1, C-2 …"""
    for number, document in enumerate(documents, 1):
        text = UNIT.format(code=f"C-{number}", document=document)
        (folder / f"C-{number}.evidence.yaml").write_text(text, "utf-8")
    return read_evidence(folder, pack)


def told(problems: Problems, folder: Path) -> list[str]:
    return [p.text().replace(f"{folder}/", "") for p in problems]


# ---- numbers


@pytest.mark.parametrize(
    "text",
    [
        "无",
        " 无 ",
        "/",
        "／",
        "—",
        "——",
        "-",
        "无文号",
        "（无）",
        "none",
        "N/A",
        "n / a",
        "没有",
        "未编号",
        "null",
        "…",
        "?",
    ],
)
def test_a_word_for_none_is_no_number(text: str) -> None:
    assert not is_number(text)


@pytest.mark.parametrize("text", ["川府〔2026〕1号", "1", "无锡〔2025〕3号", "NO.12", "A-1", "无字第2号", "No. 7"])
def test_a_number_is_one(text: str) -> None:
    assert is_number(text)


def test_units_that_write_none_for_a_number_share_none(tmp_path: Path, default_pack: Pack) -> None:
    texts = ("无", "无", "/", "/")
    papers = [f'{{title: 议事规则, number: "{text}", sha256: "{n:064}"}}' for n, text in enumerate(texts)]
    units, problems = read(tmp_path, default_pack, *papers)
    assert [unit.documents[0].number for unit in units] == [""] * 4
    assert not any(find_hits(default_pack, units).values())
    assert told(problems, tmp_path)[0] == "C-1.evidence.yaml:5:27 E111 文号“无”不是文号，按没有文号计（没有文号就空着）"
    assert [p.severity for p in problems] == ["notice"] * 4


# ---- titles


def test_a_title_that_is_almost_a_wanted_one_is_asked(tmp_path: Path, default_pack: Pack) -> None:
    units, problems = read(tmp_path, default_pack, "{title: 物业费收缴表}")
    assert len(units) == 1
    assert told(problems, tmp_path) == [
        "C-1.evidence.yaml:5:5 E112 没有要求《物业费收缴表》；还缺的《物业费收缴报表》是不是它？"
        "（是的话，名称改成《物业费收缴报表》；是另一份材料就不用改）"
    ]


@pytest.mark.parametrize("document", ["{title: 物业费收缴报表}", "{title: 小区绿化方案}"])
def test_a_wanted_title_and_one_that_is_like_none_are_not_asked(
    tmp_path: Path, default_pack: Pack, document: str
) -> None:
    assert read(tmp_path, default_pack, document)[1] == ()


def test_a_title_is_not_asked_where_the_wanted_one_is_there_too(tmp_path: Path, default_pack: Pack) -> None:
    table = tmp_path / "u.csv"
    table.write_text(UNITS.format(rows="C-1,小区,示例小区,100"), "utf-8")
    papers = tmp_path / "材料.csv"
    papers.write_text("编号,材料名称\nC-1,物业费收缴表\n", "utf-8")
    assert [p.code for p in read_all((table, papers), default_pack)[1]] == ["E112"]
    papers.write_text("编号,材料名称\nC-1,物业费收缴表\nC-1,物业费收缴报表\n", "utf-8")
    assert read_all((table, papers), default_pack)[1] == ()


# ---- days


def test_a_document_does_not_end_before_it_begins(tmp_path: Path, default_pack: Pack) -> None:
    units, problems = read(tmp_path, default_pack, "{title: 议事规则, date: 2026-03-01, valid_to: 2025-03-01}")
    assert units == ()
    assert told(problems, tmp_path) == [
        "C-1.evidence.yaml:5:47 E113 《议事规则》2026-03-01出具，有效期却到2025-03-01为止（核对两个日期）"
    ]
    good, problems = read(tmp_path, default_pack, "{title: 议事规则, date: 2026-03-01, valid_to: 2026-03-01}")
    assert (len(good), problems) == (1, ())


# ---- a CSV of documents


def test_a_csv_of_documents_adds_to_units_of_any_form(tmp_path: Path, default_pack: Pack) -> None:
    read(tmp_path, default_pack, "{title: 议事规则}")
    (tmp_path / "units.csv").write_text(UNITS.format(rows="C-2,小区,乙小区,100"), "utf-8")
    (tmp_path / "papers.csv").write_text(
        "编号,材料名称,文号,日期,证明\nC-1,物业服务合同,合1,2026-01-02,总户数\nC-2,议事规则,无,,\n", "utf-8"
    )
    units, problems = read_evidence(tmp_path, default_pack)
    held = {u.code: [(d.title, d.number, d.proves) for d in u.documents] for u in units}
    assert held == {
        "C-1": [("议事规则", "", ()), ("物业服务合同", "合1", ("households",))],
        "C-2": [("议事规则", "", ())],
    }
    assert told(problems, tmp_path) == ["papers.csv:3 E111 文号“无”不是文号，按没有文号计（没有文号就空着）"]


def test_documents_of_a_unit_that_is_nowhere_are_refused_with_a_near_match(tmp_path: Path, default_pack: Pack) -> None:
    (tmp_path / "units.csv").write_text(UNITS.format(rows="C-001,小区,甲小区,100"), "utf-8")
    (tmp_path / "材料.csv").write_text("编号,材料名称\nC-01,议事规则\n", "utf-8")
    _, problems = read_evidence(tmp_path, default_pack)
    assert [p.code for p in errors(problems)] == ["E088"]
    assert "C-001" in problems[0].text()


def test_documents_alone_are_refused_and_say_why(tmp_path: Path, default_pack: Pack) -> None:
    (tmp_path / "材料.csv").write_text("编号,材料名称\nC-1,议事规则\n", "utf-8")
    units, problems = read_evidence(tmp_path / "材料.csv", default_pack)
    assert (units, [p.code for p in problems]) == ((), ["E115"])


def test_what_is_wrong_with_the_units_is_not_said_again_of_their_documents(tmp_path: Path, default_pack: Pack) -> None:
    (tmp_path / "units.csv").write_text(UNITS.format(rows="C-1,小区,甲小区,很多"), "utf-8")
    (tmp_path / "材料.csv").write_text("编号,材料名称\nC-1,议事规则\n", "utf-8")
    assert [p.code for p in errors(read_evidence(tmp_path, default_pack)[1])] == ["E001"]
