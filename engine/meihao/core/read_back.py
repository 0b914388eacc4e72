"""Reads JSON back that this program wrote, once, into records; what is no such file is told with its place in two languages.

It is stricter than JSON, so that nothing is ambiguous: no key twice, no floats, no depth that a result never has.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Annotated, NoReturn, TypeVar

import msgspec
from msgspec import Meta, Struct

from .canonical import Json, canonical
from .label import Label

T = TypeVar("T")
MOST = 64 << 20
DEEPEST = 60
# what `exact` writes; the length is below what Python refuses to read as a number
Figure = Annotated[str, Meta(pattern=r"\A-?[0-9]+(\.[0-9]+|/[1-9][0-9]*)?\Z", max_length=2000)]
Pairs = list[tuple[str, Json]]
_TYPES = {
    "str": Label("文字", "text"), "int": Label("整数", "a whole number"), "bool": Label("是或否", "true or false"),
    "object": Label("一组键和值", "keys with values"), "array": Label("一列", "a list"), "null": Label("空", "null"),
}  # fmt: skip
_MISSING = re.compile(r"missing required field `(\w+)`")
_EXPECTED = re.compile(r"Expected `([^`]+)`, got `([^`]+)`")


class Misread(Struct, frozen=True):
    """Why a file or a value in it was not understood; line and column where the text itself breaks off."""

    why: Label
    line: int = 0
    column: int = 0


class _Odd(ValueError):
    """A thing that JSON allows and our results never hold."""


def read_json(data: bytes) -> Json | Misread:
    """Return the value of a JSON text; a Misread says what is wrong with it."""
    try:
        found: Json = json.loads(
            data.decode("utf-8"), object_pairs_hook=_object, parse_float=_refuse, parse_constant=_refuse
        )
        _refuse_deep(found)
        canonical(found)  # half of a surrogate pair, written as an escape, is a text that no file can hold
    except UnicodeError:
        return Misread(Label("不是UTF-8文字", "it is not UTF-8 text"))
    except _Odd as odd:
        return Misread(
            Label(f"有重复的键或不允许的数：{odd}", f"a key stands twice, or a number is not allowed: {odd}")
        )
    except json.JSONDecodeError as bad:
        said = Label(
            f"第{bad.lineno}行第{bad.colno}列不合JSON写法", f"invalid JSON at line {bad.lineno}, column {bad.colno}"
        )
        return Misread(said, bad.lineno, bad.colno)
    except (ValueError, RecursionError):
        return Misread(Label("数太长，或嵌套太深", "a number is too long, or it nests too deeply"))
    return found


def shaped(found: Json, shape: type[T]) -> T | Misread:
    """Return a value as the record that it is; a Misread names the place at which it is none.

    >>> class Small(Struct): name: str
    >>> shaped({"name": "a"}, Small)
    Small(name='a')
    >>> shaped({}, Small).why["en"], shaped({"name": 1}, Small).why["en"]
    ('“name” is missing at the top', 'name must be text, not a whole number')
    """
    try:
        return msgspec.convert(found, shape)
    except msgspec.ValidationError as bad:
        return Misread(_misfit(str(bad)))


def _misfit(said: str) -> Label:
    """Return where and how a value differs from its record, from the sentence that msgspec has for it."""
    what, _, where = said.partition(" - at `")
    place = where.rstrip("`").removeprefix("$").removeprefix(".")
    if missing := _MISSING.search(what):
        zh, en = f"{place}里" if place else "", place or "the top"
        return Label(f"{zh}缺少“{missing[1]}”", f"“{missing[1]}” is missing at {en}")
    if (apart := _EXPECTED.fullmatch(what)) and (kinds := [_kind(one) for one in apart.groups()]):
        zh, en = place or "最外层", place or "the top"
        return Label(f"{zh}应为{kinds[0].zh}，现为{kinds[1].zh}", f"{en} must be {kinds[0].en}, not {kinds[1].en}")
    return Label(
        f"{place or '最外层'}的值不合规定", f"the value at {place or 'the top'} is not one that can stand there"
    )


def _kind(name: str) -> Label:
    """Return a type or a choice of types in words.

    >>> _kind("str | null").zh
    '文字或空'
    """
    parts = [_TYPES.get(part, Label(part, part)) for part in name.split(" | ")]
    return Label("或".join(part.zh for part in parts), " or ".join(part.en for part in parts))


def _object(pairs: Pairs) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        raise _Odd(next(name for name in names if names.count(name) > 1)[:40])
    return found


def _refuse(text: str) -> NoReturn:
    raise _Odd(text[:40])


def _refuse_deep(found: object) -> None:
    """Raise ValueError where values nest deeper than any result does."""
    level: list[object] = [found]
    for _ in range(DEEPEST):
        inner = (
            part.values() if isinstance(part, Mapping) else part for part in level if isinstance(part, dict | list)
        )
        level = [value for values in inner for value in values]
        if not level:
            return
    raise ValueError("too deep")
