"""Compiles JSON Schemas into plain tests that accept exactly what the schemas accept, without jsonschema.

Importing jsonschema costs more than judging a unit, so what passes here is well shaped and done with; anything else goes to
jsonschema, which has the last word and names every problem. A test compares the two on thousands of spoilt documents.

A schema becomes a table: from the type of a value to the test of such values; a type that is not allowed is not in it.
Only what our schemas use is known: any other keyword, or form of one, is refused when the schema is compiled.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from threading import RLock
from typing import Any

from ..core.calendar import parse_date, parse_duration

Schema = Mapping[str, Any]  # JSON as it was read
Test = Callable[[Any], bool]  # of what the YAML reader gives: dict with text keys, list, str, int, Decimal, bool, None
_TYPES: Mapping[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, Decimal),
    "boolean": (bool,),
    "null": (type(None),),
}
_EVERY = tuple(dict.fromkeys(kind for kinds in _TYPES.values() for kind in kinds))
_FORMATS: Mapping[str, Callable[[str], object]] = {"date": parse_date, "duration": parse_duration}


class UnknownKeyword(ValueError):
    """A schema uses a keyword, or a form of one, that has no test here: the fault of the schema's author."""


class Shapes:
    """The tests of schemas that may refer to each other, each made once, when it is first asked for."""

    def __init__(self, read: Callable[[str], Schema]) -> None:
        """`read` returns the schema in the file of a name."""
        self._read = read
        self._made: dict[str, Test] = {}
        self._begun: set[str] = set()
        self._turn = RLock()  # of whoever makes tests: to another thread, a test half made is not one inside itself

    def test(self, address: str) -> Test:
        """Return the test of a schema, or of a part of one such as `common.json#/$defs/id`. Raises UnknownKeyword.

        >>> shapes = Shapes({"a.json": {"type": "array", "items": {"type": "integer", "minimum": 1}}}.__getitem__)
        >>> test = shapes.test("a.json")
        >>> test([1, 2]), test([0]), test([True]), test({})
        (True, False, False, False)
        """
        if address in self._made:
            return self._made[address]
        with self._turn:
            return self._made.get(address) or self._make(address)

    def _make(self, address: str) -> Test:
        if address in self._begun:
            return lambda value: self._made[address](value)  # a part inside itself
        self._begun.add(address)
        try:
            self._made[address] = self.compiled(self.found(address), address.partition("#")[0])
        finally:
            self._begun.remove(address)
        return self._made[address]

    def found(self, address: str) -> Schema:
        """Return the schema at an address."""
        name, _, path = address.partition("#")
        schema = self._read(name)
        for part in path.split("/")[1:]:
            schema = schema[part]
        return schema

    def compiled(self, schema: Schema, home: str) -> Test:
        """Return the test of a schema that stands in the file `home`."""
        if not isinstance(schema, dict) or not _KNOWN.issuperset(schema):
            raise _refused(schema, home)
        tests: dict[type, list[Test]] = {kind: [] for kind in _kinds(schema)}
        for word, (kinds, make) in _WORDS.items():
            if word in schema and (test := make(self, schema, home)) is not None:
                for kind in kinds:
                    if kind in tests:
                        tests[kind].append(test)
        return _by_type({kind: _both(several) for kind, several in tests.items()})


def _refused(schema: Schema, home: str) -> UnknownKeyword:
    return UnknownKeyword(f"{home}: {schema}")


def _kinds(schema: Schema) -> Sequence[type]:
    """Return the types of the values that a schema may accept; those of a menu are texts."""
    if "enum" in schema or "const" in schema:
        return (str,)
    if "type" not in schema:
        return _EVERY
    names = schema["type"]
    return [kind for name in ([names] if isinstance(names, str) else names) for kind in _TYPES[name]]


def _by_type(tests: Mapping[type, Test]) -> Test:
    """Return the test that asks the one for a value's type; where all types have the same, that one."""
    if len(tests) == len(_EVERY) and len(set(tests.values())) == 1:
        return tests[str]
    get = tests.get
    return lambda value: get(type(value), _never)(value)


def _never(_: object) -> bool:
    return False


def _always(_: object) -> bool:
    return True


def _both(tests: Sequence[Test]) -> Test:
    """Return the test that asks all of several."""
    if not tests:
        return _always
    first, *others = tests
    if not others:
        return first
    rest = _both(others)
    return lambda value: first(value) and rest(value)


# -- what a keyword asks: all shapes, the schema and its file in; the test of values of the right type out, if it needs one

Maker = Callable[[Shapes, Schema, str], Test | None]


def _ref(shapes: Shapes, schema: Schema, home: str) -> Test:
    return shapes.test(_absolute(schema["$ref"], home))


def _absolute(address: str, home: str) -> str:
    return home + address if address.startswith("#") else address


def _menu(_: Shapes, schema: Schema, home: str) -> Test:
    words = schema.get("enum", [schema.get("const")])
    if not all(isinstance(word, str) for word in words) or {"enum", "const"} <= schema.keys():
        raise _refused(schema, home)
    return frozenset(words).__contains__


def _format(_: Shapes, schema: Schema, home: str) -> Test:
    if (read := _FORMATS.get(schema["format"])) is None:
        raise _refused(schema, home)
    return lambda value: read(value) is not None


def _limit(word: str, make: Callable[[Any], Test]) -> Maker:
    """Return the maker of a test that needs the keyword's own value alone."""
    return lambda _, schema, __: make(schema[word])


def _required(_: Shapes, schema: Schema, __: str) -> Test:
    wanted = frozenset(schema["required"])
    return lambda value: wanted <= value.keys()


def _entries(shapes: Shapes, schema: Schema, home: str) -> Test:
    """Return the test of a mapping's values, each by its key: `properties` and `additionalProperties` at once."""
    more = schema.get("additionalProperties", True)
    other = (_always if more else _never) if isinstance(more, bool) else shapes.compiled(more, home)
    known = {key: shapes.compiled(part, home) for key, part in schema.get("properties", {}).items()}
    return lambda value: all(known.get(key, other)(part) for key, part in value.items())


def _more_entries(shapes: Shapes, schema: Schema, home: str) -> Test | None:
    return None if "properties" in schema else _entries(shapes, schema, home)


def _names(shapes: Shapes, schema: Schema, home: str) -> Test:
    name = shapes.compiled(schema["propertyNames"], home)
    return lambda value: all(map(name, value))


def _items(shapes: Shapes, schema: Schema, home: str) -> Test:
    item = shapes.compiled(schema["items"], home)
    return lambda value: all(map(item, value))


def _unique(shapes: Shapes, schema: Schema, home: str) -> Test:
    """Return the test that no text stands twice; other lists have no test, as equal numbers and truths are a science."""
    items = schema.get("items", {})
    if "$ref" in items:
        items = shapes.found(_absolute(items["$ref"], home))
    if schema["uniqueItems"] is not True or items.get("type") != "string":
        raise _refused(schema, home)
    return lambda value: len({item for item in value if type(item) is str}) == len(value)


def _branches(word: str, decide: Callable[[tuple[Test, ...]], Test]) -> Maker:
    return lambda shapes, schema, home: decide(tuple(shapes.compiled(branch, home) for branch in schema[word]))


def _one(tests: tuple[Test, ...]) -> Test:
    return lambda value: [test(value) for test in tests].count(True) == 1


def _any(tests: tuple[Test, ...]) -> Test:
    return lambda value: any(test(value) for test in tests)


def _not(shapes: Shapes, schema: Schema, home: str) -> Test:
    refused = shapes.compiled(schema["not"], home)
    return lambda value: not refused(value)


def _if(shapes: Shapes, schema: Schema, home: str) -> Test:
    if "then" not in schema:
        raise _refused(schema, home)
    when, then = shapes.compiled(schema["if"], home), shapes.compiled(schema["then"], home)
    return lambda value: not when(value) or then(value)


def _at_least(least: int) -> Test:
    return lambda value: value >= least


def _at_most(most: int) -> Test:
    return lambda value: value <= most


def _more_than(least: int) -> Test:
    return lambda value: value > least


def _not_shorter(least: int) -> Test:
    return lambda value: len(value) >= least


def _not_longer(most: int) -> Test:
    return lambda value: len(value) <= most


def _whole_pattern(pattern: str) -> Test:
    """Return the test that all of a text fits; `re` compiles the pattern when it is first needed, and keeps it."""
    return lambda value: re.fullmatch(pattern, value) is not None


_TEXT, _LIST, _MAPPING, _NUMBER = _TYPES["string"], _TYPES["array"], _TYPES["object"], _TYPES["number"]
_WORDS: Mapping[str, tuple[tuple[type, ...], Maker]] = {  # the quick ones first
    "enum": (_TEXT, _menu),
    "const": (_TEXT, _menu),
    "minLength": (_TEXT, _limit("minLength", _not_shorter)),
    "maxLength": (_TEXT, _limit("maxLength", _not_longer)),
    "pattern": (_TEXT, _limit("pattern", _whole_pattern)),
    "format": (_TEXT, _format),
    "minimum": (_NUMBER, _limit("minimum", _at_least)),
    "exclusiveMinimum": (_NUMBER, _limit("exclusiveMinimum", _more_than)),
    "maximum": (_NUMBER, _limit("maximum", _at_most)),
    "minItems": (_LIST, _limit("minItems", _not_shorter)),
    "maxItems": (_LIST, _limit("maxItems", _not_longer)),
    "items": (_LIST, _items),
    "uniqueItems": (_LIST, _unique),
    "required": (_MAPPING, _required),
    "minProperties": (_MAPPING, _limit("minProperties", _not_shorter)),
    "propertyNames": (_MAPPING, _names),
    "properties": (_MAPPING, _entries),
    "additionalProperties": (_MAPPING, _more_entries),
    "$ref": (_EVERY, _ref),
    "allOf": (_EVERY, _branches("allOf", _both)),
    "anyOf": (_EVERY, _branches("anyOf", _any)),
    "oneOf": (_EVERY, _branches("oneOf", _one)),
    "not": (_EVERY, _not),
    "if": (_EVERY, _if),
}
_SILENT = (
    "$schema",
    "$id",
    "$defs",
    "title",
    "description",
    "type",
    "then",
    "x-name",
    "x-en",
    "x-key",
    "x-menu",
    "x-wanted",
    "x-wanted-en",
)
_KNOWN = frozenset(_WORDS) | frozenset(_SILENT)
