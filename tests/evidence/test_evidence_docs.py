"""Proves that the documents on evidence hold: their examples are read to one village, and every problem has its paragraph."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from meihao.core.problems import Message, errors
from meihao.evidence import contradictions, files, messages, papers
from meihao.evidence.files import read_evidence
from meihao.evidence.model import UnitEvidence
from meihao.standard.cache import cached_pack
from meihao.standard.model import Pack

from .small_pack import Cells, workbook
from .test_same_data_four_forms import alike

ROOT = Path(__file__).parents[2]
PAGES = ("evidence.md", "evidence.zh.md")
_FENCE = re.compile(r"^```(yaml evidence|csv long|csv sheet=\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def pack() -> Pack:
    read = cached_pack(ROOT, None)
    loaded, problems = read.pack, read.said
    assert loaded is not None, [p.text() for p in problems]
    return loaded


def examples(page: str) -> dict[str, str]:
    return dict(_FENCE.findall((ROOT / "docs" / page).read_text(encoding="utf-8")))


def village(folder: Path, name: str, data: bytes, pack: Pack) -> UnitEvidence:
    path = folder / name
    path.write_bytes(data)
    units, problems = read_evidence(path, pack)
    assert not errors(problems), [p.text() for p in problems]
    assert len(units) == 1
    return alike(units[0])


@pytest.mark.parametrize("page", PAGES)
def test_every_example_is_the_same_village(page: str, tmp_path: Path, pack: Pack) -> None:
    found = examples(page)
    sheets: dict[str, Cells] = {
        kind.removeprefix("csv sheet="): list(csv.reader(text.splitlines()))
        for kind, text in found.items()
        if kind.startswith("csv sheet=")
    }
    assert list(sheets) == ["单位", "微网格台账", "材料"]
    bare = {name: cells for name, cells in sheets.items() if name != "材料"}
    figures: Cells = [
        row if n == 0 else [*row[:5], int(row[5]), row[6]] for n, row in enumerate(_texts(sheets["单位"]))
    ]
    grids: Cells = [
        row if n == 0 else [*row[:2], int(row[2]), row[3]] for n, row in enumerate(_texts(sheets["微网格台账"]))
    ]
    whole = village(tmp_path, "a.evidence.yaml", found["yaml evidence"].encode(), pack)
    assert village(tmp_path, "a.xlsx", workbook({**sheets, "单位": figures, "微网格台账": grids}), pack) == whole
    without = village(tmp_path, "b.xlsx", workbook({**bare, "单位": figures, "微网格台账": grids}), pack)
    assert village(tmp_path, "long.csv", found["csv long"].encode(), pack) == without
    scalars = village(tmp_path, "wide.csv", found["csv sheet=单位"].encode(), pack)
    assert {o.field for o in without.observations} - {o.field for o in scalars.observations} == {"grids"}


def _texts(cells: Cells) -> list[list[str]]:
    return [[str(cell) for cell in row] for row in cells]


def test_both_pages_hold_the_same_examples() -> None:
    assert examples(PAGES[0]) == examples(PAGES[1])
    assert len(examples(PAGES[0])) == 5


def test_every_problem_of_evidence_has_its_paragraph() -> None:
    known = {
        value.code: value
        for module in (contradictions, files, messages, papers)
        for value in vars(module).values()
        if isinstance(value, Message) and value.code.startswith("E")
    }
    text = (ROOT / "docs" / "errors" / "evidence.md").read_text(encoding="utf-8")
    told = re.findall(r"^## (E\d{3})$", text, re.MULTILINE)
    assert told == sorted(known)
    for paragraph in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        assert "错误 / bad: " in paragraph, paragraph[:4]
        assert "正确 / good: " in paragraph, paragraph[:4]


def test_codes_are_given_once() -> None:
    codes = [value.code for value in vars(messages).values() if isinstance(value, Message)]
    assert len(codes) == len(set(codes))
