"""Texts are compared as people mean them: width, blanks and case do not count, and a near match helps who mistyped."""

from __future__ import annotations

import pytest

from meihao.core.text import (
    bare,
    did_you_mean,
    half_width,
    hints,
    is_nobody,
    near,
    normal,
    one_of,
    person,
    plain_code,
    quoted,
    with_unit,
)


@pytest.mark.parametrize(
    ("many", "one"),
    [
        ("households", "household"),
        ("facilities", "facility"),
        ("people", "person"),
        ("addresses", "address"),
        ("boxes", "box"),
        ("benches", "bench"),
        ("户", "户"),
        (" years", " year"),
    ],
)
def test_one_thing_has_the_unit_of_one(many: str, one: str) -> None:
    assert one_of(many) == one
    assert (with_unit("1", many), with_unit("0", many), with_unit("1.0", many)) == (f"1{one}", f"0{many}", f"1.0{many}")


@pytest.mark.parametrize(
    ("one", "other"), [("张　三", "张三"), ("阿说·尔古", "阿说•尔古"), (" LI Si", "li si"), ("阿说.尔古", "阿说尔古")]
)
def test_a_person_is_the_same_however_the_name_is_typed(one: str, other: str) -> None:
    assert person(one) == person(other)


@pytest.mark.parametrize("name", ["", "  ", "——", "/", "无", "匿名", "检查员", "N/A", "Inspector", "某 某"])
def test_a_word_for_nobody_is_no_name(name: str) -> None:
    assert is_nobody(name)


@pytest.mark.parametrize("name", ["张三", "检查员甲", "A", "None Such"])
def test_a_name_is_a_name(name: str) -> None:
    assert not is_nobody(name)


def test_full_width_signs_from_the_first_to_the_last_are_made_half_width() -> None:
    assert half_width("！０９Ａｚ～　") == "!09Az~ "
    assert half_width("｟表。") == "｟表。"  # the sign after the last one, and signs of Chinese text
    assert bare(" 合　计：ＡＢ ") == "合计:ab"
    assert normal(" e\u0301 ") == "\u00e9"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Ｃ－０１", "C-01"),
        ("Ａ＿１．２", "A_1.2"),
        ("C-01", "C-01"),
        ("！", "！"),
        ("－", "－"),
        ("表Ｂ", "表Ｂ"),
        ("Ａ　１", "Ａ　１"),
    ],
)
def test_a_code_typed_wide_is_read_as_meant_and_nothing_else_is_touched(typed: str, meant: str) -> None:
    assert plain_code(typed) == meant


@pytest.mark.parametrize(
    ("text", "written"),
    [('a"b', '"a\\"b"'), ("甲村", '"甲村"'), ("a\u200eb", '"a\\U0000200Eb"'), ("a\nb", '"a\\nb"')],
)
def test_a_quoted_text_can_be_printed_and_read_by_yaml_and_json(text: str, written: str) -> None:
    assert quoted(text) == written


def test_the_nearest_known_word_is_named() -> None:
    assert near("min_scroe", ["title", "min_score", "max_score"]) == "min_score"
    assert near("elephant", ["title", "min_score"]) == ""
    assert did_you_mean("titel", ["title", "unit"], "zh") == "是否想写 title？"
    assert did_you_mean("titel", ["title", "unit"], "en") == "did you mean title?"


def test_where_no_word_is_near_up_to_eight_known_ones_are_listed() -> None:
    assert did_you_mean("x", ["bb", "aa"], "zh") == "可用：aa、bb"
    assert did_you_mean("x", ["bb", "aa"], "en") == "known: aa, bb"
    eight = [f"name{n}" for n in range(8)]
    assert did_you_mean("x", eight, "en") == "known: name0, name1, name2, name3, name4, name5, name6, name7"
    assert did_you_mean("x", [*eight, "name8"], "en") == f"{did_you_mean('x', eight, 'en')} …"
    assert did_you_mean("x", [*eight, "name8"], "zh").endswith("name7 …")


def test_hints_say_it_in_both_languages_also_where_nothing_is_known() -> None:
    assert hints("titel", iter(["title"])) == {"near_zh": "是否想写 title？", "near_en": "did you mean title?"}
    assert hints("titel", ()) == {
        "near_zh": "这里还没有任何可用的名称", "near_en": "there is nothing to name yet",
    }  # fmt: skip
