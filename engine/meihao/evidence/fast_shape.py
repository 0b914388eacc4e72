"""A unit's evidence as plain data in; True out where schemas/evidence.json surely accepts it.

Importing jsonschema costs more than judging a unit. So what is plainly well shaped passes here, and anything else goes to
the schema, which has the last word and names every problem. A test compares the two on thousands of mutated documents.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from ..core.calendar import parse_date

Test = Callable[[object], bool]
_ID = re.compile(r"[a-z][a-z0-9_]*")
_ADDRESS = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_ROLES = ("registry", "inspector", "county", "township", "applicant")
_SCALARS = (str, int, Decimal, bool)


def well_shaped(data: object) -> bool:
    """Say whether the schema of evidence surely accepts this; False says nothing."""
    return _keys(data, _EVIDENCE, ("unit", "observations"))


def _keys(value: object, tests: Mapping[str, Test], required: tuple[str, ...]) -> bool:
    """Say whether a value is a mapping of known keys, each passing its test, none of the required ones missing."""
    if type(value) is not dict or not all(key in value for key in required):
        return False
    return all(key in tests and tests[key](part) for key, part in value.items())


def _every(value: object, test: Test) -> bool:
    return type(value) is list and all(map(test, value))


def _text(value: object) -> bool:
    return type(value) is str and value != ""


def _code(value: object) -> bool:
    return type(value) is str and 1 <= len(value) <= 100


def _id(value: object) -> bool:
    return type(value) is str and len(value) <= 60 and _ID.fullmatch(value) is not None


def _address(value: object) -> bool:
    return type(value) is str and len(value) <= 200 and _ADDRESS.fullmatch(value) is not None


def _date(value: object) -> bool:
    return type(value) is str and parse_date(value) is not None


def _scalar(value: object) -> bool:
    return type(value) in _SCALARS


def _value(value: object) -> bool:
    return _scalar(value) or _every(value, _row)


def _row(value: object) -> bool:
    return _pairs(value, _id, _scalar)


def _pairs(value: object, key: Test, part: Test) -> bool:
    return type(value) is dict and all(map(key, value)) and all(map(part, value.values()))


def _addresses(value: object) -> bool:
    return type(value) is list and all(map(_address, value)) and len(set(value)) == len(value)


_UNIT: Mapping[str, Test] = {"code": _code, "kind": _id, "name": _text, "region": _code}
_OBSERVATION: Mapping[str, Test] = {
    "by": _text,
    "role": lambda value: type(value) is str and value in _ROLES,
    "date": _date,
    "facts": lambda value: _pairs(value, _address, _value),
    "reasons": lambda value: _pairs(value, _address, _text),
}
_DOCUMENT: Mapping[str, Test] = {
    "title": _text,
    "number": _text,
    "issuer": _text,
    "date": _date,
    "valid_to": _date,
    "proves": _addresses,
    "sha256": lambda value: type(value) is str and _SHA256.fullmatch(value) is not None,
}
_EVIDENCE: Mapping[str, Test] = {
    "unit": lambda value: _keys(value, _UNIT, ("code", "kind", "name")),
    "observations": lambda value: _every(value, lambda one: _keys(one, _OBSERVATION, ("by", "role", "facts"))),
    "documents": lambda value: _every(value, lambda one: _keys(one, _DOCUMENT, ("title",))),
}
