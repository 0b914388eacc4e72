"""Proves what the strict YAML reader accepts, that every value knows its place, and that no text makes it raise."""

from __future__ import annotations

import importlib.util
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from meihao.text_in import yaml_reader
from meihao.text_in.yaml_reader import Plain, read_yaml
from meihao.text_in.yaml_text import YamlLimits

GOOD = "# 注\n名称: 甲村\nlist:\n  - 1\n  - {a: -2.50, b: null}\n"


def codes(data: bytes | str, limits: YamlLimits = YamlLimits()) -> list[str]:  # noqa: B008
    return [problem.code for problem in read_yaml(data, "a.yaml", limits)[1]]


def read(text: str | bytes) -> Plain:
    document, problems = read_yaml(text, "a.yaml")
    assert document is not None
    assert problems == ()
    return document.data


def test_every_kind_of_value_is_read() -> None:
    text = (
        "a: true\nb: false\nc: null\nd: 7\ne: -0.10\nf: 85%\ng: 2026-05-20\nh: 'no'\ni: \"\"\nj: |\n  x\nk: []\nl: {}\n"
    )
    expected = {"a": True, "b": False, "c": None, "d": 7, "e": Decimal("-0.10"), "f": "85%", "g": "2026-05-20"}
    assert read(text) == {**expected, "h": "no", "i": "", "j": "x\n", "k": [], "l": {}}


@pytest.mark.parametrize(
    "text", ["示合〔2025〕12号", "v1.2.3", "a:b:c", "2026/5/2", "1,000", "-", "yesterday", "1-2", "3a"]
)
def test_plain_text_that_only_looks_odd_is_text(text: str) -> None:
    assert read(f"- '{text}'\n- {text}x\n") == [text, text + "x"]


def test_every_value_and_key_knows_its_place() -> None:
    document, _ = read_yaml(GOOD, "a.yaml")
    assert document is not None
    assert str(document.at(())) == "a.yaml:2:1"
    assert str(document.at(("名称",))) == "a.yaml:2:5"
    assert str(document.at(("list", 0))) == "a.yaml:4:5"
    assert str(document.at(("list", 1, "a"))) == "a.yaml:5:9"
    assert str(document.at_key(("list", 1, "b"))) == "a.yaml:5:16"


def test_what_is_absent_is_placed_at_what_encloses_it() -> None:
    document, _ = read_yaml(GOOD, "a.yaml")
    assert document is not None
    assert document.at(("list", 1, "c", 0)) == document.at(("list", 1))
    assert document.at_key(("list", 1, "c")) == document.at(("list", 1))


def test_line_ends_and_a_byte_order_mark_at_the_start_do_not_matter() -> None:
    assert read(b"\xef\xbb\xbfa: 1\r\nb: 2\r") == {"a": 1, "b": 2} == read("\ufeffa: 1\nb: 2\n")


@pytest.mark.parametrize(
    ("data", "code", "place"),
    [
        ("a: 1\n名称: 甲村\n".encode("gb18030"), "Y002", "a.yaml:2:1"),
        (b"a: \xff\x80\n", "Y001", "a.yaml:1:4"),
        ("a: 1\n".encode("utf-16"), "Y003", "a.yaml:1:1"),
        ("a: 1\n".encode("utf-16-le"), "Y003", "a.yaml:1:1"),
        ("a: \ud800", "Y005", "a.yaml:1:4"),
        (b"", "Y012", "a.yaml:1:1"),
    ],
)
def test_what_is_not_utf8_text_is_named(data: bytes | str, code: str, place: str) -> None:
    document, problems = read_yaml(data, "a.yaml")
    assert document is None
    assert [(p.code, str(p.source)) for p in problems] == [(code, place)]


def test_limits_hold_at_their_edge() -> None:
    assert codes("a: 1\n", YamlLimits(size=5)) == []
    assert codes("a: 1\n", YamlLimits(size=4)) == ["Y004"]
    assert codes("[1, 2]", YamlLimits(values=3)) == []
    assert codes("[1, 2, 3]", YamlLimits(values=3)) == ["Y007"]
    assert codes("[[1]]", YamlLimits(depth=2)) == []
    assert codes("[[[1]]]", YamlLimits(depth=2)) == ["Y008"]
    assert codes("? [[1]]\n: 1\n", YamlLimits(depth=2)) == ["Y021", "Y008"]
    assert codes("[abc, 'abc']", YamlLimits(text=3)) == []
    assert codes("[abcd, 'abcd']", YamlLimits(text=3)) == ["Y009", "Y009"]
    assert codes("[123456789012345678, 1.2]") == []
    assert codes("[1234567890123456789]") == ["Y037"]
    assert codes("[no, no]", YamlLimits(problems=2)) == ["Y030", "Y030"]
    assert codes("[no, no, no, no]", YamlLimits(problems=2)) == ["Y030", "Y030", "Y010"]


def test_all_mistakes_are_found_in_one_pass_in_the_order_of_their_places() -> None:
    text = "a: no\na: &x 1\nb: {{ y }}\n? [k]\n: [v]\n*c : *d\n*e : 1\nf: [010, ~]\ng: 1:20\n"
    found = [(p.code, p.source.line) for p in read_yaml(text, "a.yaml")[1]]
    first = [("Y030", 1), ("Y020", 2), ("Y014", 2), ("Y054", 3), ("Y021", 4), ("Y015", 6), ("Y015", 6), ("Y015", 7)]
    assert found == [*first, ("Y033", 8), ("Y031", 8), ("Y032", 9)]


def test_decorated_keys_and_structures_are_refused_but_read() -> None:
    assert codes("&a k: 1\n!t l: &b [1]\n") == ["Y014", "Y016", "Y014"]


def test_tabs_may_stand_in_quoted_text_block_text_and_comments() -> None:
    text = 'a: "x\ty" # c\tc\nb: |\n  x\ty\n"k\tk": \'p\n  \tq\' # c\n'
    assert read(text) == {"a": "x\ty", "b": "x\ty\n", "k\tk": "p q"}


def test_comments_and_dashes_that_are_meant_give_no_warning() -> None:
    assert codes("a: 网格 # 3\nb: ascii 9 #3\nc: '中 #3' #中\nd: 中 - 国\ne: 中\n  文 -x\n") == []
    assert codes("a: '9 #3' # x\nb: 'x]#y'\nc: [']#']\nd: \"中 #3\"\ne: {f: 中, g: 'x #y'}\n") == []


def test_an_escape_for_a_control_character_is_placed_at_its_line() -> None:
    assert str(read_yaml('a: "\\n\\0"\n', "a.yaml")[1][0].source) == "a.yaml:1:7"
    assert str(read_yaml('a: "x\n  \\0"\n', "a.yaml")[1][0].source) == "a.yaml:1:4"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("|\n", "Y053"),
        ("a: x\nb :c\nd: 1\n", "Y059"),
        ("中\nb: 1\n", "Y057"),
        ("\n a: b\n  c: d\n", "Y057"),
        ("a: {x: [}\n", "Y060"),
        ("{a b: [c\n", "Y056"),
        ("a: !<x> y\n", "Y016"),
        ("v: {b}", "Y041"),
        ("v: {'b'}", "Y040"),
        ("- : 1\n  :\n", "Y069"),
    ],
)
def test_other_broken_texts_have_a_code(text: str, code: str) -> None:
    assert codes(text)[0] in (code, "Y023")


def test_without_libyaml_the_slow_parser_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "yaml._yaml", None)
    name = "meihao.text_in.yaml_reader_without_libyaml"
    spec = importlib.util.spec_from_file_location(name, str(Path(yaml_reader.__file__)))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, name, module)
    spec.loader.exec_module(module)
    assert module._Parser is module._SlowParser
    assert module.read_yaml(GOOD, "a.yaml")[0].data == read(GOOD)


PIECES = st.sampled_from(
    [
        *"\n \t:-,[]{}#&*!|>'\"%@`?=~.<_\\",
        ": ",
        "\n  ",
        "\n- ",
        "a",
        "名",
        "：",
        "1",
        "0",
        "e",
        "no",
        "\u2028",
        "\x00",
        "２",
    ]
)
JUNK = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=40).map("".join))
CLEAN = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn"), exclude_characters="\ufeff\u2028\u2029"), max_size=12
)
KEYS = CLEAN.filter(lambda text: text.strip() == text != "")
LEAVES = st.one_of(
    st.booleans(), st.none(), st.integers(-(10**17), 10**17), CLEAN, st.decimals(-999, 999, places=2).map(abs)
)
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12
)


class Quoting(yaml.SafeDumper):
    """Writes every text in double quotes, decimals as they are, and no aliases."""

    def ignore_aliases(self, data: object) -> bool:
        return True


Quoting.add_representer(str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"'))
Quoting.add_representer(Decimal, lambda dumper, n: dumper.represent_scalar("tag:yaml.org,2002:float", f"{n:f}"))


def as_libyaml(value: Any) -> Any:
    """Return CSafeLoader's value in our kinds: dates as text, floats comparable with decimals."""
    if isinstance(value, dict):
        return {key: as_libyaml(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_libyaml(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


def with_floats(value: Plain) -> Any:
    if isinstance(value, dict):
        return {key: with_floats(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [with_floats(inner) for inner in value]
    return float(value) if isinstance(value, Decimal) else value


@settings(max_examples=300, deadline=None)
@given(VALUES)
def test_data_written_with_quotes_comes_back_equal(value: Any) -> None:
    assert read(yaml.dump(value, Dumper=Quoting, width=10_000)) == value


def check_any(text: str) -> None:
    document, problems = read_yaml(text, "a.yaml")
    assert all(problem.source.line and problem.source.column for problem in problems)
    if document is not None and not any(problem.severity == "error" for problem in problems):
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        assert with_floats(document.data) == as_libyaml(yaml.load(text, loader))


@settings(max_examples=500, deadline=None)
@given(JUNK)
def test_any_text_is_read_as_libyaml_reads_it_or_refused_at_a_place(text: str) -> None:
    check_any(text)


@settings(max_examples=500, deadline=None)
@given(st.text("0123456789abefxonysNZTt_.:+-~=< ", max_size=14))
def test_any_plain_scalar_means_what_libyaml_says_or_is_refused(text: str) -> None:
    check_any(f"v: {text}\n")


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    assert read_yaml(data, "a.yaml")[1] is not None


@settings(max_examples=300, deadline=None)
@given(JUNK)
def test_both_parsers_accept_the_same_texts_alike(text: str) -> None:
    fast = read_yaml(text, "a.yaml")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_reader, "_Parser", yaml_reader._SlowParser)
        slow = read_yaml(text, "a.yaml")
    if not fast[1] and not slow[1]:
        assert fast == slow
