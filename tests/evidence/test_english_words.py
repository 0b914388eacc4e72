"""Proves that English words of a pack are read as the same things: options, headings with their unit, titles of documents."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from meihao.core.problems import Source
from meihao.core.text import Label
from meihao.evidence.unit_file import read_unit
from meihao.evidence.values import read_value
from meihao.standard.model import Basis, Bonus, DocumentWanted
from meihao.text_in.yaml_reader import read_yaml

from .small_pack import FIELDS, PACK, Cells, read, said, workbook

CHARTER = DocumentWanted(Label("章程", "Charter"))
HOUSEHOLDS = replace(FIELDS[0], measured_in=Label("户", "homes"))
BONUS = Bonus("b", Label("加分"), ("village",), Basis("ours"), 1, evidence=(CHARTER,))
ENGLISH = replace(PACK, fields=(HOUSEHOLDS, *FIELDS[1:]), bonuses=(BONUS,))
TERRAIN = ENGLISH.field("terrain")


@pytest.mark.parametrize("word", ["hill", "丘陵", "hills"])
def test_an_option_is_known_by_its_code_and_by_its_label_in_either_language(word: str) -> None:
    assert read_value(word, TERRAIN, Source()) == ("hill", ())


def test_an_unknown_option_is_answered_with_the_words_of_each_language() -> None:
    value, (problem,) = read_value("coast", TERRAIN, Source())
    assert value is None
    assert "hill、plain、丘陵、平原" in problem.text("zh")
    assert "hill, hills, plain" in problem.text("en")


def test_a_near_word_of_either_language_is_offered_in_both() -> None:
    _, (problem,) = read_value("hils", TERRAIN, Source())
    assert "hills" in problem.text("zh")
    assert "hills" in problem.text("en")


@pytest.mark.parametrize("title", ["章程", "Charter"])
def test_a_document_bears_its_chinese_title_however_it_was_named(tmp_path: Path, title: str) -> None:
    sheets: dict[str, Cells] = {
        "units": [["code", "kind", "name", "Households (homes)"], ["0512", "village", "青禾村", 320]],
        "documents": [["code", "title", "number"], ["0512", title, "1"], ["0512", "Something else", "2"]],
    }
    units, problems = read(tmp_path, "english.xlsx", workbook(sheets), ENGLISH)
    assert said(problems, tmp_path) == []
    assert [document.title for document in units[0].documents] == ["章程", "Something else"]
    assert units[0].observations[0].value == 320


@pytest.mark.parametrize("title", ["章程", "Charter"])
def test_a_file_of_one_unit_may_name_documents_in_english(title: str) -> None:
    text = f'unit: {{code: "1", kind: village, name: 甲}}\nobservations: []\ndocuments: [{{title: {title}}}]\n'
    document, _ = read_yaml(text.encode(), "a.yaml")
    assert document is not None
    unit, problems = read_unit(document, ENGLISH)
    assert unit is not None, problems
    assert [one.title for one in unit.documents] == ["章程"]


FIELDS_PROVED = (
    replace(HOUSEHOLDS, id="a", title=Label("户数", "Households")),
    replace(HOUSEHOLDS, id="b", title=Label("其中已有服务的", "Of these, served at home")),
)


@pytest.mark.parametrize(
    "said",
    [
        "a、b", "户数、其中已有服务的", "户数，其中已有服务的", "户数 其中已有服务的", "Households; Of these, served at home",
        "Households；其中已有服务的", "a b",
    ],
)  # fmt: skip
def test_fields_that_a_document_proves_may_have_titles_of_several_words(tmp_path: Path, said: str) -> None:
    pack = replace(ENGLISH, fields=FIELDS_PROVED)
    sheets: dict[str, Cells] = {
        "units": [["code", "kind", "name", "a"], ["1", "village", "甲村", 3]],
        "documents": [["code", "title", "valid to", "proves"], ["1", "章程", None, said]],
    }
    units, problems = read(tmp_path, "proves.xlsx", workbook(sheets), pack)
    assert not [p for p in problems if p.severity == "error"]
    assert units[0].documents[0].proves == ("a", "b")


def test_a_kind_may_be_named_in_english(tmp_path: Path) -> None:
    kinds = (replace(ENGLISH.kinds[0], title=Label("村", "rural village")),)
    sheets: dict[str, Cells] = {
        "units": [["Unit code", "Kind", "Name", "Households"], ["1", "Rural village", "甲村", 3]]
    }
    units, problems = read(tmp_path, "kind.xlsx", workbook(sheets), replace(ENGLISH, kinds=kinds))
    assert [unit.kind for unit in units] == ["village"]
    assert not [p for p in problems if p.severity == "error"]
