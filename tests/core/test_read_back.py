"""What this program wrote is read back into the same value; what it cannot have written is told, with the place."""

from __future__ import annotations

from typing import Literal

import pytest
from msgspec import Struct

from meihao.core.canonical import Json, canonical, digest, pretty
from meihao.core.read_back import MOST, Figure, Misread, read_json, shaped


class Part(Struct, frozen=True):
    """A part of what is read."""

    score: Figure
    kind: Literal["a", "b"] = "a"


class Whole(Struct, frozen=True):
    """What is read."""

    name: str
    parts: tuple[Part, ...] = ()
    note: str | None = None


def why(found: object) -> str:
    assert isinstance(found, Misread)
    return found.why.en


def test_what_was_written_is_read() -> None:
    value: Json = {"b": [1, True, None, "甲"], "a": {}}
    assert read_json(canonical(value)) == read_json(pretty(value).encode()) == value
    assert canonical(value) == '{"a":{},"b":[1,true,null,"甲"]}'.encode()
    assert pretty({"b": [1], "a": 2}) == '{\n  "a": 2,\n  "b": [\n    1\n  ]\n}\n'
    assert digest({"b": 1, "a": (2,)}) == digest({"a": [2], "b": 1})


def test_where_a_text_breaks_off_is_told() -> None:
    found = read_json(b'{"a": 1,\n  "b" 2}')
    assert isinstance(found, Misread)
    assert (found.line, found.column) == (2, 7)
    assert (found.why.zh, found.why.en) == ("第2行第7列不合JSON写法", "invalid JSON at line 2, column 7")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"\xff", "it is not UTF-8 text"),
        (b'"\\ud800"', "it is not UTF-8 text"),  # half of a pair, as an escape
        (b'{"a": 1, "b": 2, "b": 3}', "a key stands twice, or a number is not allowed: b"),
        (b'{"a": [{"b": 0.5}]}', "a key stands twice, or a number is not allowed: 0.5"),
        (b"[NaN]", "a key stands twice, or a number is not allowed: NaN"),
        (b"1" * 5000, "a number is too long, or it nests too deeply"),
        (b"[" * 100_000, "a number is too long, or it nests too deeply"),
    ],
)
def test_what_we_never_write_is_refused(text: bytes, said: str) -> None:
    assert why(read_json(text)) == said


def test_only_the_beginning_of_a_long_key_or_number_is_repeated() -> None:
    assert why(read_json(b'{"%s": 1, "%s": 2}' % (b"k" * 90, b"k" * 90))).endswith(f": {'k' * 40}")
    assert why(read_json(b"1." + b"5" * 90)).endswith(f": 1.{'5' * 38}")


def test_values_nest_as_deeply_as_a_result_may_and_no_deeper() -> None:
    """Sixty levels: 59 lists or records one in another, and what stands in the innermost."""
    for opening, closing in ((b"[", b"]"), (b'{"a":', b"}")):
        deepest = opening * 59 + b"1" + closing * 59
        assert not isinstance(read_json(deepest), Misread)
        assert why(read_json(opening + deepest + closing)) == "a number is too long, or it nests too deeply"


@pytest.mark.parametrize("figure", ["0", "-1", "12.50", "-1/3", "7/12", "1" * 2000])
def test_a_figure_is_a_record_s_text(figure: str) -> None:
    assert shaped({"score": figure}, Part) == Part(figure)


@pytest.mark.parametrize("figure", ["", "-", "1.", ".5", "1/0", "1/03", "1 ", "1\n", "1e3", "１", "1" * 2001])
def test_what_is_no_figure_is_refused(figure: str) -> None:
    assert why(shaped({"score": figure}, Part)) == "the value at score is not one that can stand there"


@pytest.mark.parametrize(
    ("found", "zh", "en"),
    [
        ({}, "缺少“name”", "“name” is missing at the top"),
        ([], "最外层应为一组键和值，现为一列", "the top must be keys with values, not a list"),
        ({"name": 1}, "name应为文字，现为整数", "name must be text, not a whole number"),
        ({"name": "x", "note": True}, "note应为文字或空，现为是或否", "note must be text or null, not true or false"),
        ({"name": "x", "parts": [{}]}, "parts[0]里缺少“score”", "“score” is missing at parts[0]"),
        ({"name": "x", "parts": [{"score": "1", "kind": "c"}]}, "parts[0].kind的值不合规定",
         "the value at parts[0].kind is not one that can stand there"),
    ],
)  # fmt: skip
def test_a_value_that_does_not_fit_is_told_with_its_place(found: Json, zh: str, en: str) -> None:
    misread = shaped(found, Whole)
    assert isinstance(misread, Misread)
    assert (misread.why.zh, misread.why.en, misread.line, misread.column) == (zh, en, 0, 0)


@pytest.mark.parametrize("foreign", [0.5, {1, 2}, b"a", {"a": [({"b": 0.5},)]}])
def test_nothing_foreign_is_written(foreign: Json) -> None:
    with pytest.raises(TypeError, match=r"a (float|set|bytes) has no place in a result"):
        canonical(foreign)


def test_a_file_to_read_back_has_at_most_64_mb() -> None:
    assert MOST == 64 * 1024 * 1024
