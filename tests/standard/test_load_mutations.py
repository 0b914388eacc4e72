"""Proves that no single change to the tiny pack, however odd, makes loading or checking raise."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.standard.tiny_pack import load_and_check, tiny_files

from meihao.core.problems import errors
from meihao.text_in.yaml_reader import Path, Plain, read_yaml

FILES = sorted(path for path in tiny_files() if path.endswith(".yaml") and not path.endswith(".cases.yaml"))


def parsed(file: str) -> Plain:
    document, _ = read_yaml(tiny_files()[file], file)
    assert document is not None
    return document.data


def paths(data: Plain, above: Path = ()) -> Iterator[Path]:
    """Yield the path of every value."""
    yield above
    if isinstance(data, dict):
        for key, value in data.items():
            yield from paths(value, (*above, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from paths(value, (*above, index))


def put(data: Plain, path: Path, value: Plain) -> Plain:
    """Return the data with another value at a path."""
    if not path:
        return value
    if isinstance(data, dict):
        return {key: put(inner, path[1:], value) if key == path[0] else inner for key, inner in data.items()}
    assert isinstance(data, list)
    return [put(inner, path[1:], value) if index == path[0] else inner for index, inner in enumerate(data)]


def without(data: Plain, path: Path) -> Plain:
    """Return the data without the value at a path."""
    first, rest = path[0], path[1:]
    if isinstance(data, dict):
        return {k: without(v, rest) if k == first else v for k, v in data.items() if k != first or rest}
    assert isinstance(data, list)
    return [without(v, rest) if n == first else v for n, v in enumerate(data) if n != first or rest]


def as_yaml(data: Plain) -> bytes:
    """Return flow YAML, which for our data is JSON with plain decimals."""

    def number(value: object) -> float:
        assert isinstance(value, Decimal)
        return float(value)

    return json.dumps(data, ensure_ascii=False, default=number).encode()


TREES = {file: parsed(file) for file in FILES}
PLACES = [(file, path) for file in FILES for path in paths(TREES[file])]
WORDS = st.sampled_from(
    ["village", "qualified", "households", "grids", "region", "stage", "children", "unit.region", "none", "clinic",
     "closed_loop", "count(grids)", "points(\"village.services.clinic\")", "finding(\"vetoes.accident\")", "1 year", "{", ""]
)  # fmt: skip
VALUES: st.SearchStrategy[Plain] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 200),
    WORDS,
    st.text(max_size=6),
    st.lists(WORDS, max_size=2).map(list),
    st.dictionaries(WORDS, st.integers(0, 9), max_size=2).map(dict),
)


def is_answered(file: str, data: Plain) -> None:
    pack, problems = load_and_check({**tiny_files(), file: as_yaml(data)})
    assert (pack is None) <= bool(errors(problems))
    for problem in problems:
        assert problem.text("zh")
        assert problem.text("en")


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(PLACES), VALUES)
def test_another_value_anywhere_is_answered(place: tuple[str, Path], value: Plain) -> None:
    is_answered(place[0], put(TREES[place[0]], place[1], value))


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(PLACES), st.sampled_from(PLACES))
def test_a_part_moved_elsewhere_is_answered(place: tuple[str, Path], source: tuple[str, Path]) -> None:
    moved = TREES[source[0]]
    for step in source[1]:
        moved = moved[step]  # type: ignore[index]  # the path was read off this very tree
    is_answered(place[0], put(TREES[place[0]], place[1], moved))


@settings(max_examples=100, deadline=None)
@given(st.sampled_from([place for place in PLACES if place[1]]))
def test_anything_left_out_is_answered(place: tuple[str, Path]) -> None:
    is_answered(place[0], without(TREES[place[0]], place[1]))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(FILES), st.integers(0, 5000), st.integers(0, 40), st.binary(max_size=4))
def test_spoilt_bytes_are_answered(file: str, at: int, length: int, put_in: bytes) -> None:
    data = tiny_files()[file]
    pack, problems = load_and_check({**tiny_files(), file: data[:at] + put_in + data[at + length :]})
    assert (pack is None) <= bool(errors(problems))
