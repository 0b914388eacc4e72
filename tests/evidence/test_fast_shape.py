"""The quick test of an evidence file's shape never accepts what its JSON Schema refuses, and accepts every ordinary file."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meihao.evidence.fast_shape import well_shaped
from meihao.standard.shape import check_shape
from meihao.standard.yaml_reader import Document, read_yaml

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "examples").rglob("*.evidence.yaml"))


def ordinary() -> Any:
    """Return a document that uses every key of the schema."""
    return {
        "unit": {"code": "C-1", "kind": "village", "name": "甲村", "region": "01"},
        "observations": [
            {
                "by": "张三", "role": "inspector", "date": "2026-06-01",
                "facts": {"households": 120, "party.share": Decimal("9.5"), "open": True, "note": "",
                          "tickets": [{"code": "T1", "days": 3}, {}]},
                "reasons": {"party.share": "现场核实"},
            },
            {"by": "李四", "role": "applicant", "facts": {}},
        ],
        "documents": [
            {"title": "名册", "number": "1", "issuer": "镇", "date": "2026-01-01", "valid_to": "2026-12-31",
             "proves": ["households", "party.share"], "sha256": "0" * 64},
            {"title": "合同"},
        ],
    }  # fmt: skip


def by_schema(data: Any) -> bool:
    return check_shape(Document("a.yaml", data, {}, {}), "evidence") == ()


def places(data: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every (mapping or list, key or index) inside a document."""
    pairs = list(data.items()) if isinstance(data, dict) else list(enumerate(data)) if isinstance(data, list) else []
    for key, value in pairs:
        yield data, key
        yield from places(value)


ODD: tuple[Any, ...] = (
    None, "", "x", "X", "a.b", "a..b", "a\n", "A.b", 0, -1, Decimal("1.5"), True, [], {}, [1], ["a", "a"], [["a"]], [{}],
    {"a": 1}, {"A": 1}, {"a": None}, {"a": []}, {"a": [{"b": []}]}, {"a.b": [{"c.d": 1}]}, "2026-02-30", "2026-02-28",
    "registry", "f" * 64, "f" * 64 + "\n", "g" * 64, "a" * 60, "a" * 61, "a" * 100, "a" * 101, "a" * 200, "a" * 201, [None],
)  # fmt: skip


def spoilt() -> Iterator[Any]:
    """Yield the ordinary document with one value replaced, one key lost, one key too many, one key renamed."""
    number = sum(1 for _ in places(ordinary()))
    changes: list[Callable[[Any, Any], None]] = [lambda box, key: box.pop(key)]
    changes += [lambda box, key, odd=odd: box.__setitem__(key, copy.deepcopy(odd)) for odd in ODD]  # type: ignore[misc]
    changes += [
        lambda box, key, name=name: box.__setitem__(name, box.pop(key)) if isinstance(box, dict) else box.append(name)  # type: ignore[misc]
        for name in ("extra", "title", "Code", "a" * 61, "a" * 201, "a b", "é")
    ]
    for change in changes:
        for place in range(number):
            data = ordinary()
            change(*list(places(data))[place])
            yield data


def test_an_ordinary_document_is_accepted_by_both() -> None:
    assert well_shaped(ordinary())
    assert by_schema(ordinary())


@pytest.mark.parametrize("data", [None, [], "text", 3, {}, {"unit": {}}, {"observations": []}])
def test_what_is_no_evidence_is_left_to_the_schema(data: Any) -> None:
    assert not well_shaped(data)
    assert not by_schema(data)


def test_a_document_with_one_thing_changed_is_judged_alike() -> None:
    documents = list(spoilt())
    assert len(documents) > 1000
    differ = [data for data in documents if well_shaped(data) != by_schema(data)]
    assert differ == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_example_passes_without_the_schema(file: Path) -> None:
    document, _ = read_yaml(file.read_bytes(), file.name)
    assert document is not None
    assert well_shaped(document.data)


SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.decimals(allow_nan=False), st.text(max_size=3))
ANYTHING = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_anything_anywhere_is_judged_alike(data: st.DataObject) -> None:
    document = ordinary()
    box, key = data.draw(
        st.sampled_from(range(sum(1 for _ in places(document)))).map(list(places(document)).__getitem__)
    )
    box[key] = data.draw(ANYTHING)
    assert well_shaped(document) == by_schema(document)
