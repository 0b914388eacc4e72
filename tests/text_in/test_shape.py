"""Proves that every schema is sound and explained, and that rounds and evidence are refused at their places in our words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from meihao.text_in import shape
from meihao.text_in.shape import SchemaName, check_shape
from meihao.text_in.shape_faults import _HANDLERS
from meihao.text_in.yaml_reader import Plain, YamlDocument, read_yaml

SCHEMAS = Path(shape.__file__).parent / "schemas"
ROUND = 'round: "2026"\nreference_date: "2026-06-30"\nclosed: true\nstage: self\n'
EVIDENCE = """unit: {code: C-1, kind: compound, name: 甲}
observations:
  - by: 某
    role: applicant
    facts: {a.b: 1, c: 词, d: [{e: 2026-05-01}]}
"""


def said(text: str, schema: SchemaName) -> list[str]:
    document, problems = read_yaml(text, "f.yaml")
    assert document is not None
    assert problems == ()
    return [f"{problem.source} {problem.code}" for problem in check_shape(document, schema)]


@pytest.mark.parametrize("path", sorted(SCHEMAS.glob("*.json")), ids=lambda path: path.stem)
def test_schemas_are_themselves_valid(path: Path) -> None:
    Draft202012Validator.check_schema(json.loads(path.read_bytes()))


def test_every_schema_has_a_name_and_the_other_way_round() -> None:
    assert {path.stem for path in SCHEMAS.glob("*.json")} == {*get_args(SchemaName), "common"}


@pytest.mark.parametrize("path", sorted(SCHEMAS.glob("*.json")), ids=lambda path: path.stem)
def test_every_property_is_explained_to_editors(path: Path) -> None:
    """Titles stand at the property or at the shared part that it refers to."""
    common = json.loads((SCHEMAS / "common.json").read_bytes())["$defs"]
    own = json.loads(path.read_bytes())
    for name, schema in _properties(own):
        target = schema.get("$ref", "").rpartition("/")[2]
        referred = {**common, **own.get("$defs", {})}.get(target, {})
        assert "title" in schema or "title" in referred, name


def _properties(schema: object) -> list[tuple[str, dict[str, str]]]:
    found: list[tuple[str, dict[str, str]]] = []
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            found += schema.get("properties", {}).items()
        for value in schema.values():
            found += _properties(value)
    elif isinstance(schema, list):
        for value in schema:
            found += _properties(value)
    return found


def test_every_keyword_in_use_has_words() -> None:
    silent = {"$schema", "$id", "$ref", "$defs", "title", "description", "properties", "items", "propertyNames"}
    silent |= {"if", "then", "not", "allOf", "const", "x-name", "x-en", "x-key", "x-menu", "x-wanted", "x-wanted-en"}
    used: set[str] = set()
    for path in SCHEMAS.glob("*.json"):
        used |= _keywords(json.loads(path.read_bytes()))
    assert used - silent - set(_HANDLERS) == set()


def _keywords(schema: object) -> set[str]:
    if isinstance(schema, list):
        return {word for value in schema for word in _keywords(value)}
    if not isinstance(schema, dict):
        return set()
    found = set(schema)
    for key, value in schema.items():
        inner = list(value.values()) if key in ("properties", "$defs") else value
        found |= set() if key in ("enum", "required", "const") else _keywords(inner)
    return found


def test_a_round_and_evidence_of_the_language_fit() -> None:
    assert said(ROUND, "round") == []
    assert said(EVIDENCE, "evidence") == []


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("2026-06-30", "2026-06-31", "f.yaml:2:17 S021"),
        ("2026-06-30", "30.6.2026", "f.yaml:2:17 S021"),
        ("stage: self", "stage: selv", "f.yaml:4:8 S013"),
        ("closed: true", 'closed: "true"', "f.yaml:3:9 S010"),
        ("stage: self\n", "", "f.yaml:1:1 S011"),
        ("stage: self", "stage: self\nregion: []", "f.yaml:5:1 S012"),
    ],
)
def test_a_spoilt_round_is_refused_at_its_place(old: str, new: str, wanted: str) -> None:
    assert said(ROUND.replace(old, new), "round") == [wanted]


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("code: C-1", "code: 17", "f.yaml:1:14 S010"),
        ("role: applicant", "role: applicnt", "f.yaml:4:11 S013"),
        ("c: 词", "c: {词: 1}", "f.yaml:5:24 S010"),
        ("a.b: 1", "A.b: 1", "f.yaml:5:13 S014"),
        ("{e: 2026-05-01}", "{e: [1]}", "f.yaml:5:35 S010"),
        ("{e: 2026-05-01}", "3", "f.yaml:5:31 S010"),
    ],
)
def test_spoilt_evidence_is_refused_at_its_place(old: str, new: str, wanted: str) -> None:
    assert said(EVIDENCE.replace(old, new), "evidence") == [wanted]


def test_a_line_break_does_not_slip_through_a_pattern() -> None:
    digest = "0" * 64 + "\\n"
    text = EVIDENCE + f'documents: [{{title: 甲, sha256: "{digest}"}}]\n'
    assert [line.rpartition(" ")[2] for line in said(text, "evidence")] == ["S014"]


def test_all_faults_are_told_in_the_order_of_their_places() -> None:
    text = ROUND.replace("true", "1").replace("self", "selv") + "what: 1\n"
    assert said(text, "round") == ["f.yaml:3:9 S010", "f.yaml:4:8 S013", "f.yaml:5:1 S012"]


WORDS = st.sampled_from(["criteria", "id", "score", "measure", "bands", "by", "of", "points", "when", "otherwise", "x"])
DATA: st.SearchStrategy[Plain] = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=3) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=100, deadline=None)
@given(DATA, st.sampled_from(get_args(SchemaName)))
def test_no_data_at_all_makes_the_check_fail(data: Plain, schema: SchemaName) -> None:
    for problem in check_shape(YamlDocument("f.yaml", data, {}, {}), schema):
        assert problem.text("zh")
        assert problem.text("en")
