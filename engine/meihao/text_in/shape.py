"""Checks a document against its JSON Schema and notes every departure at its place, in our own words.

The schemas stand in `schemas/` and serve editors too. Keywords of our own: `x-name` and `x-en` name what is expected,
`x-key` is the key by which a branch of a oneOf is known, `x-menu` marks the menus, `x-wanted` the keys of which one is needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Literal

from msgspec import json

from ..core.calendar import parse_date, parse_duration
from ..core.files import FileText, read_file
from ..core.problems import Problems, errors, sort_by_place
from .fast_shape import Schema, Shapes
from .yaml_reader import YamlDocument, read_yaml

SchemaName = Literal[
    "pack",
    "fields",
    "criteria",
    "cases",
    "rules",
    "rule_cases",
    "round",
    "roster",
    "calendar",
    "notice",
    "decision",
    "evidence",
    "sealed",
    "application",
    "permissions",
]
_FOLDER = Path(__file__).parent / "schemas"


def check_shape(document: YamlDocument, schema: SchemaName) -> Problems:
    """Return every problem of shape in a document, in the order of their places; nothing found means the shape holds."""
    if _shapes().test(f"{schema}.json")(document.data):
        return ()
    from .shape_faults import explain  # late: what is well shaped needs none of it

    found = _validator(schema).iter_errors(document.data)
    return sort_by_place(tuple(problem for error in found for problem in explain(document, error)))


def read_shaped(path: Path, schema: SchemaName) -> tuple[YamlDocument | None, Problems]:
    """Return the document in a file; None where it is no YAML of ours or has another shape. Raises OSError."""
    return shaped_text(FileText(path, read_file(path)), schema)


def shaped_text(text: FileText, schema: SchemaName) -> tuple[YamlDocument | None, Problems]:
    """Return the document in a text; None where it is no YAML of ours or has another shape."""
    document, problems = read_yaml(text.data, str(text.path))
    if document is None or errors(problems):
        return None, problems
    faults = check_shape(document, schema)
    return (None if faults else document), faults


@cache
def _read(name: str) -> Schema:
    found: Schema = json.decode((_FOLDER / name).read_bytes())
    return found


@cache
def _shapes() -> Shapes:
    return Shapes(_read)


@cache
def _validator(schema: SchemaName) -> Any:  # jsonschema ships no types
    from jsonschema import Draft202012Validator  # late: three times as slow to import as a unit is to judge
    from jsonschema.validators import extend
    from referencing import Registry, Resource

    registry = Registry().with_resource("common.json", Resource.from_contents(_read("common.json")))
    extended: Any = extend
    exact = extended(Draft202012Validator, {"pattern": _whole_pattern})
    return exact(_read(f"{schema}.json"), registry=registry, format_checker=_formats())


def _formats() -> Any:
    from jsonschema import FormatChecker  # late, as above

    checker = FormatChecker(())
    checker.checks("date")(lambda value: not isinstance(value, str) or parse_date(value) is not None)
    checker.checks("duration")(lambda value: not isinstance(value, str) or parse_duration(value) is not None)
    return checker


def _whole_pattern(_: object, pattern: str, value: object, __: object) -> Iterator[Exception]:
    """Yield an error unless the whole text fits: `$` alone would let a last line break through."""
    from jsonschema.exceptions import ValidationError  # late, as above

    if isinstance(value, str) and not re.fullmatch(pattern, value):
        yield ValidationError(f"{value!r} does not match {pattern!r}")
