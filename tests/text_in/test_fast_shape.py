"""The quick test of a file's shape accepts exactly what the JSON Schema accepts, for every schema, and knows its limits."""

from __future__ import annotations

import copy
import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from decimal import Decimal
from pathlib import Path
from threading import Event
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meihao.text_in import shape
from meihao.text_in.fast_shape import Shapes, UnknownKeyword
from meihao.text_in.shape import SchemaName, check_shape
from meihao.text_in.yaml_reader import YamlDocument, read_yaml

ROOT = Path(__file__).parents[2]
SCHEMAS = Path(shape.__file__).parent / "schemas"
NAMES: tuple[SchemaName, ...] = get_args(SchemaName)
SPOILT_OF_EACH = int(os.environ.get("MEIHAO_EXAMPLES", "200"))  # of each schema; `make differential` tries thousands


def quick(data: Any, name: SchemaName) -> bool:
    return shape._shapes().test(f"{name}.json")(data)


def by_schema(data: Any, name: SchemaName) -> bool:
    accepted: bool = shape._validator(name).is_valid(data)
    return accepted


# -- documents: the real ones, and invented ones that visit every branch of a schema


def role(path: Path) -> SchemaName | None:
    """Return the schema of a file of the checkout, by its place."""
    inner = path.relative_to(ROOT).parts
    if path.name.endswith(".evidence.yaml"):
        return "evidence"
    if path.name in ("round.yaml", "sealed.yaml", "pack.yaml"):
        return path.name.removesuffix(".yaml")  # type: ignore[return-value]  # three of the names
    if inner[0] not in ("criteria", "rules"):
        return None
    if path.name.endswith(".cases.yaml"):
        return "rule_cases" if inner[0] == "rules" else "cases"
    return "rules" if inner[0] == "rules" else "criteria" if len(inner) == 3 else "fields"


FILES = sorted(path for folder in ("criteria", "rules", "examples") for path in (ROOT / folder).rglob("*.yaml"))
REAL = [(path, name) for path in (*FILES, ROOT / "pack.yaml") if (name := role(path)) is not None]


def real(name: SchemaName) -> list[Any]:
    texts = [read_yaml(path.read_bytes(), path.name)[0] for path, of in REAL if of == name]
    return [text.data for text in texts if text is not None]


TEXTS = (
    "甲", "a", "a.b", "total", "dimension.a", "0", "30 days", "2026-06-30", "0" * 64, "sha256:" + "0" * 64, "C-1", "#1a2B3c",
    "reports/a.png", "a" * 60,
)  # fmt: skip
WORDS = ("id", "by", "of", "when", "points", "otherwise", "a", "b", "title", "rows", "type", "pending", "at_least")


def invent(schema: Any, home: str, draw: random.Random) -> Any:
    """Return a document that a schema plausibly accepts: every branch of it comes up sooner or later."""
    if "$ref" in schema:
        address = schema["$ref"] if not schema["$ref"].startswith("#") else home + schema["$ref"]
        return invent(shape._shapes().found(address), address.partition("#")[0], draw)
    for word in ("oneOf", "anyOf"):
        if word in schema:
            branch = draw.choice(schema[word])
            base = {key: value for key, value in schema.items() if key != word}
            required = [*base.get("required", ()), *branch.get("required", ())]
            return invent({**base, **branch, "required": required}, home, draw)
    if "enum" in schema:
        return draw.choice(schema["enum"])
    kinds = schema.get("type", "object")
    kind = draw.choice(kinds) if isinstance(kinds, list) else kinds
    if kind == "object":
        return invented_mapping(schema, home, draw)
    if kind == "array":
        least = schema.get("minItems", 0)
        return [invent(schema["items"], home, draw) for _ in range(draw.randint(least, least + 1))]
    if kind == "string":
        return draw.choice([text for text in TEXTS if fits(text, schema)] or TEXTS)
    plain = {"integer": draw.choice((0, 1, 5)), "number": draw.choice((1, Decimal("2.5"), -3)), "boolean": True}
    return plain.get(kind)


def invented_mapping(schema: Any, home: str, draw: random.Random) -> dict[str, Any]:
    known, more = schema.get("properties", {}), schema.get("additionalProperties", False)
    wanted = [key for key in known if key in schema.get("required", ()) or draw.random() < 0.5]
    made = {key: invent(known[key], home, draw) for key in wanted}
    if isinstance(more, dict):
        made |= {key: invent(more, home, draw) for key in draw.sample(WORDS, draw.randint(0, 2))}
    return made


def fits(text: str, schema: Any) -> bool:
    wanted = {"date": "2026-06-30", "duration": "30 days"}.get(schema.get("format"), text)
    return text == wanted and re.fullmatch(schema.get("pattern", ".*"), text) is not None


def thin(data: Any, draw: random.Random) -> Any:
    """Return a document with at most two entries of each list and of each large mapping, so that it is quickly judged."""
    if isinstance(data, list):
        return [thin(entry, draw) for entry in draw.sample(data, min(2, len(data)))]
    if not isinstance(data, dict):
        return data
    kept = draw.sample(sorted(data), 2) if len(data) > 20 else list(data)
    return {key: thin(data[key], draw) for key in kept}


# -- one thing changed


ODD: tuple[Any, ...] = (
    None, "", "x", "X", "a.b", "a..b", "a\n", "A.b", 0, -1, 1, 5, Decimal("1.5"), Decimal("1.0"), Decimal("-0"), 100_001, 10**10,
    True, False, [], {}, [1], ["a", "a"], [["a"]], [{}], [None], [True, 1], {"a": 1}, {"A": 1}, {"a": None}, {"by": "a"},
    {"by": "a", "b": 1}, {"document": "甲"}, {"from": "law"}, "2026-02-30", "2026-02-28", "2026-02-28\n", "30 days", "0 days",
    "registry", "choice", "unknown", "f" * 64, "f" * 64 + "\n", "a" * 60, "a" * 61, "a" * 200, "a" * 201, "甲" * 2001,
)  # fmt: skip


def places(data: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every (mapping or list, key or index) inside a document."""
    pairs = list(data.items()) if isinstance(data, dict) else list(enumerate(data)) if isinstance(data, list) else []
    for key, value in pairs:
        yield data, key
        yield from places(value)


def spoil(data: Any, draw: random.Random) -> Any:
    """Return the document with one value replaced, lost or put elsewhere, or one key too many or renamed."""
    data = copy.deepcopy(data)
    found = list(places(data))
    if not found:
        return draw.choice(ODD)
    (box, key), (other, there) = draw.choice(found), draw.choice(found)
    match draw.randrange(5):
        case 0:
            box.pop(key)
        case 1:
            box[key] = copy.deepcopy(other[there])
        case 2 if isinstance(box, dict):
            box[draw.choice((*WORDS, "extra", "Code", "a b", "é", "a" * 61))] = box.pop(key)
        case 3 if isinstance(box, dict):
            box[draw.choice(WORDS)] = copy.deepcopy(draw.choice(ODD))
        case _:
            box[key] = copy.deepcopy(draw.choice(ODD))
    return data


def trial(name: SchemaName) -> Iterator[Any]:
    """Yield documents as they are and with one or two changes, half of them real, half invented."""
    draw = random.Random(name)
    schema, files = json.loads((SCHEMAS / f"{name}.json").read_bytes()), real(name)
    for _ in range(SPOILT_OF_EACH):
        whole = (
            thin(draw.choice(files), draw) if files and draw.random() < 0.5 else invent(schema, f"{name}.json", draw)
        )
        yield whole
        yield (once := spoil(whole, draw))
        yield spoil(once, draw)


@pytest.mark.parametrize("name", NAMES)
def test_real_and_invented_documents_with_things_changed_are_judged_alike(name: SchemaName) -> None:
    judged = [(data, quick(data, name), by_schema(data, name)) for data in trial(name)]
    assert [data for data, ours, theirs in judged if ours != theirs] == []
    accepted = sum(theirs for _, _, theirs in judged)
    assert 50 < accepted < len(judged) - 50, "the trial tries nothing"


@pytest.mark.parametrize(("path", "name"), REAL, ids=lambda value: getattr(value, "name", value))
def test_every_file_of_the_checkout_passes_without_jsonschema(path: Path, name: SchemaName) -> None:
    document, _ = read_yaml(path.read_bytes(), path.name)
    assert document is not None
    assert quick(document.data, name)


SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.decimals(allow_nan=False), st.text(max_size=3))
KEYS = st.sampled_from(WORDS) | st.text(max_size=3)
ANYTHING = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=8
)


@settings(max_examples=200, deadline=None)
@given(ANYTHING, st.sampled_from(NAMES), st.integers(0, 10**6))
def test_anything_anywhere_is_judged_alike(value: Any, name: SchemaName, seed: int) -> None:
    draw = random.Random(seed)
    data = invent(json.loads((SCHEMAS / f"{name}.json").read_bytes()), f"{name}.json", draw)
    if found := list(places(data)):
        box, key = draw.choice(found)
        box[key] = value
    assert quick(data, name) == by_schema(data, name)
    assert quick(value, name) == by_schema(value, name)


@pytest.mark.parametrize("schema", sorted(SCHEMAS.glob("*.json")), ids=lambda path: path.stem)
def test_every_part_of_every_schema_can_be_compiled(schema: Path) -> None:
    shapes = Shapes(lambda name: json.loads((SCHEMAS / name).read_bytes()))
    parts = json.loads(schema.read_bytes()).get("$defs", {})
    assert all(shapes.test(f"{schema.name}{part}") for part in ("", *(f"#/$defs/{part}" for part in parts)))


# -- the compiler by itself


def accepts(schema: dict[str, Any], data: Any) -> bool:
    return Shapes({"a.json": schema}.__getitem__).test("a.json")(data)


@pytest.mark.parametrize(
    "schema",
    [
        {"patternProperties": {"a": {}}},
        {"type": "array", "items": {}, "minContains": 1},
        {"if": {}, "else": {}},
        {"if": {}},
        {"format": "email"},
        {"enum": [1]},
        {"const": None},
        {"enum": ["a"], "const": "a"},
        {"type": "array", "items": {"type": "number"}, "uniqueItems": True},
        {"type": "array", "uniqueItems": True},
        {"type": "array", "items": {"type": "string"}, "uniqueItems": False},
        {"properties": {"a": True}},
        {"items": False},
        {"$ref": "#/$defs/a", "$defs": {"a": {"multipleOf": 2}}},
        {"oneOf": [{"type": "null"}, {"x-unheard-of": 1}]},
    ],
    ids=str,
)
def test_what_the_compiler_does_not_know_it_refuses(schema: dict[str, Any]) -> None:
    shapes = Shapes({"a.json": schema}.__getitem__)
    for _ in ("at first", "and again"):
        with pytest.raises(UnknownKeyword):
            shapes.test("a.json")


@pytest.mark.parametrize(
    ("schema", "good", "bad"),
    [
        ({}, [None, 1, "a", [], {}], []),
        ({"type": "integer"}, [0, -3], [True, Decimal("1.0"), "1", None]),
        ({"type": "number"}, [0, Decimal("1.5")], [False, "1"]),
        ({"type": ["string", "null"]}, ["", None], [0, [], {}]),
        ({"minimum": 1, "maximum": 2}, [1, Decimal("1.5"), 2, "a", True], [0, 3, Decimal("2.1")]),
        ({"exclusiveMinimum": 0}, [1, Decimal("0.1")], [0, Decimal("-1")]),
        ({"pattern": "^a+$"}, ["a", "aa", 1], ["", "a\n", "ab"]),
        ({"minLength": 1, "maxLength": 2}, ["a", "ab", []], ["", "abc"]),
        ({"enum": ["a", "b"]}, ["a", "b"], ["c", 1, None, ["a"]]),
        ({"const": "a"}, ["a"], ["b", {}]),
        ({"format": "date"}, ["2024-02-29", 5], ["2023-02-29", "2024-2-1"]),
        ({"items": {"type": "null"}, "minItems": 1, "maxItems": 2}, [[None], [None, None], {}], [[], [None] * 3, [0]]),
        ({"items": {"type": "string"}, "uniqueItems": True}, [[], ["a", "b"]], [["a", "a"], [1]]),
        ({"additionalProperties": False}, [{}, []], [{"a": 1}]),
        ({"additionalProperties": True, "properties": {"a": {"type": "null"}}}, [{"a": None, "b": 1}], [{"a": 1}]),
        ({"properties": {"a": {"type": "null"}}}, [{}, {"b": 1}], [{"a": 1}]),
        ({"propertyNames": {"maxLength": 1}, "minProperties": 1}, [{"a": 1}], [{}, {"ab": 1}]),
        ({"required": ["a", "b"]}, [{"a": 1, "b": 1, "c": 1}, []], [{}, {"a": 1}]),
        ({"oneOf": [{"type": "number"}, {"minimum": 2}]}, [1, "a"], [2, 3]),
        ({"anyOf": [{"required": ["a"]}, {"required": ["b"]}]}, [{"a": 1}, {"a": 1, "b": 1}], [{"c": 1}]),
        ({"allOf": [{"minLength": 1}, {"maxLength": 1}]}, ["a"], ["", "ab"]),
        ({"not": {"required": ["a"]}}, [{}, {"b": 1}], [{"a": 1}, 3]),
        ({"if": {"required": ["a"]}, "then": {"required": ["b"]}}, [{}, {"a": 1, "b": 1}], [{"a": 1}]),
        ({"items": {"$ref": "#"}}, [[], [[], [[]]], 3], []),
        ({"type": "array", "items": {"$ref": "#"}}, [[], [[], [[]]]], [[3], [[[3]]]]),
    ],
    ids=str,
)  # fmt: skip
def test_a_keyword_accepts_the_good_and_refuses_the_bad(
    schema: dict[str, Any], good: list[Any], bad: list[Any]
) -> None:
    assert [value for value in good if not accepts(schema, value)] == []
    assert [value for value in bad if accepts(schema, value)] == []


def test_a_document_that_fails_is_told_so_by_the_schema() -> None:
    assert not quick({}, "evidence")
    assert [problem.code for problem in check_shape(YamlDocument("f.yaml", {}, {}, {}), "evidence")] == ["S011", "S011"]


def test_a_pack_and_a_unit_without_mistakes_leave_jsonschema_alone() -> None:
    code = (
        "import sys; from pathlib import Path; from meihao.standard.cache import cached_pack;"
        "from meihao.evidence.unit_file import read_unit_file; root = Path(sys.argv[1]);"
        "pack = cached_pack(root, None).pack; unit, _ = read_unit_file(next(root.rglob('examples/**/*.evidence.yaml')), pack);"
        "assert pack and unit; print([m for m in ('jsonschema', 'referencing') if m in sys.modules])"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(shape.__file__).parents[2])}
    done = subprocess.run(
        [sys.executable, "-c", code, str(ROOT)], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_two_threads_that_ask_first_at_once_both_get_a_whole_test() -> None:
    begun, go_on = Event(), Event()

    def slowly(_: str) -> dict[str, str]:
        begun.set()
        assert go_on.wait(60)
        return {"type": "integer"}

    shapes = Shapes(slowly)
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(shapes.test, "a.json")
        assert begun.wait(60)
        second = threads.submit(lambda: shapes.test("a.json")(1))
        wait([second], 0.1)
        go_on.set()
        assert second.result(60)
        assert first.result(60)(1)
