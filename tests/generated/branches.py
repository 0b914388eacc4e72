"""A method's branch of the schema -> data for it: so the generator takes a new method without a word about it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from meihao.methods.menu import MEASURES
from meihao.text_in import shape

from .words import Data, Words

SCHEMA = json.loads((Path(shape.__file__).parent / "schemas" / "criteria.json").read_bytes())


def from_branch(key: str, words: Words) -> Data:
    """Return a measure or a score of this key, with what it must have and now and then what it may have."""
    menu = SCHEMA["$defs"]["measure" if key in MEASURES else "score"]["oneOf"]
    branch = next(branch for branch in menu if branch["x-key"] == key)
    return _object(branch, words)


def _object(schema: Mapping[str, Any], words: Words) -> Data:
    needed = schema.get("required", ())
    return {
        name: _value(name, inner, words)
        for name, inner in schema["properties"].items()
        if name in needed or ("#/$defs/sample" not in str(inner) and words.seed.random() < 0.5)
    }


def _value(name: str, schema: Mapping[str, Any], words: Words) -> object:
    match schema:
        case {"enum": options}:
            return words.seed.choice(options)
        case {"$ref": str(ref)}:
            return _referred(name, ref.rpartition("/")[2], words)
        case {"properties": _}:
            return _object(schema, words)
        case {"items": inner}:
            return [_value(name, inner, words) for _ in range(schema.get("minItems", 1))]
        case {"type": "boolean"}:
            return words.seed.random() < 0.5
        case _:
            raise LookupError(f"nothing is known to write at '{name}': give the method a generator in criteria.py")


def _referred(name: str, kind: str, words: Words) -> object:
    makers: Mapping[str, Any] = {
        "value": lambda: words.seed.randint(1, 5),
        "points": lambda: words.seed.randint(1, 5),
        "positive": lambda: words.seed.randint(1, 5),
        "expression": words.number,
        "when_zero": lambda: words.seed.choice(("unknown", "not_applicable", 0)),
        "duration": lambda: "1 year",
        "text": lambda: "一项",
    }
    if kind not in makers:
        raise LookupError(f"nothing is known to write at '{name}' ({kind}): give the method a generator in criteria.py")
    return makers[kind]()
