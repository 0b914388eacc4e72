"""Turns one jsonschema error into problems of ours: what was expected, what stands there, and the nearest right word."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from ..core.problems import Problem, Source
from ..core.text import hints, near
from . import shape_messages as says
from .yaml_reader import YamlDocument

_TYPES = {
    "object": ("映射（键: 值）", "a mapping (key: value)"),
    "array": ("列表", "a list"),
    "string": ("文字", "text"),
    "integer": ("整数", "a whole number"),
    "number": ("数字", "a number"),
    "boolean": ("true或false", "true or false"),
}
_MENUS = {"measure": ("量", "measure"), "score": ("计分法", "score")}
_BOUNDS = {
    "minimum": ("不小于", "at least"),
    "maximum": ("不大于", "at most"),
    "exclusiveMinimum": ("大于", "more than"),
}
Problems_ = Iterator[Problem]


def explain(document: YamlDocument, error: Any) -> Problems_:
    """Yield the problems that a jsonschema error stands for (jsonschema ships no types, hence Any)."""
    handler = _HANDLERS.get(error.validator)
    if handler is None:  # a keyword that our schemas do not use
        raise AssertionError(f"no words for the schema keyword {error.validator}")
    yield from handler(document, error)


def _place(document: YamlDocument, error: Any) -> Source:
    """Return the place of the value, or of the key where the key itself is wrong."""
    path = tuple(error.absolute_path)
    if "propertyNames" in error.relative_schema_path:
        return document.at_key((*path, error.instance))
    return document.at(path)


def _wanted(schema: Mapping[str, Any]) -> tuple[str, str]:
    if "x-name" in schema:
        return schema["x-name"], schema["x-en"]
    if "enum" in schema:
        return _either(schema["enum"])
    return _TYPES[schema["type"]]


def _either(words: Sequence[str], zh: str = "或", en: str = " or ") -> tuple[str, str]:
    """Return "a、b或c" and "a, b or c"."""
    if len(words) == 1:
        return words[0], words[0]
    return "、".join(words[:-1]) + zh + words[-1], ", ".join(words[:-1]) + en + words[-1]


def _wrong_type(place: Source, wanted: tuple[str, str], value: object, text_wanted: bool = False) -> Problem:
    """Return what should stand at a place and what does; a number that is meant as a text is to be quoted."""
    if isinstance(value, dict | list):
        zh, en = _TYPES["object" if isinstance(value, dict) else "array"]
    elif isinstance(value, str):
        zh, en = f"文字“{_short(value)}”", f"the text '{_short(value)}'"
    else:
        zh = en = _short(value)
    quote = text_wanted and isinstance(value, int | Decimal) and not isinstance(value, bool)
    fix_zh, fix_en = (f'写成"{value}"', f'write "{value}"') if quote else (f"改成{wanted[0]}", f"write {wanted[1]}")
    values = {"wanted_zh": wanted[0], "wanted_en": wanted[1], "found_zh": zh, "found_en": en}
    return says.WRONG_TYPE.at(place, **values, fix_zh=fix_zh, fix_en=fix_en)


def _short(value: object) -> str:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    text = str(value).replace("\n", "↵")
    return text if len(text) <= 40 else text[:39] + "…"


def _type(document: YamlDocument, error: Any) -> Problems_:
    text = "string" in error.schema["type"] and not {"format", "enum", "pattern"} & set(error.schema)
    yield _wrong_type(_place(document, error), _wanted(error.schema), error.instance, text)


def _required(document: YamlDocument, error: Any) -> Problems_:
    known = error.schema.get("properties", {})
    for key in error.validator_value:
        if key not in error.instance:
            title = known.get(key, {}).get("title", "")
            yield says.MISSING_KEY.at(_place(document, error), key=key, what_zh=f"（{title}）" if title else "")


def _unknown_keys(document: YamlDocument, error: Any) -> Problems_:
    known = error.schema["properties"]
    path = tuple(error.absolute_path)
    for key in error.instance:
        if key not in known:
            left = [name for name in known if name not in error.instance]
            yield says.UNKNOWN_KEY.at(document.at_key((*path, key)), key=_short(key), **hints(key, left or known))


def _enum(document: YamlDocument, error: Any) -> Problems_:
    options = error.validator_value
    zh, en = _either(options)
    if not isinstance(error.instance, str):
        yield _wrong_type(_place(document, error), (zh, en), error.instance)
        return
    close = near(error.instance, options)
    yield says.NOT_A_CHOICE.at(
        _place(document, error),
        options_zh=zh,
        options_en=en,
        value=_short(error.instance),
        near_zh=f"是否想写 {close}？" if close else "改成其中一个",
        near_en=f"did you mean {close}?" if close else "choose one of them",
    )


def _pattern(document: YamlDocument, error: Any) -> Problems_:
    zh, en = _wanted(error.schema)
    yield says.WRONG_FORM.at(_place(document, error), value=_short(error.instance), wanted_zh=zh, wanted_en=en)


def _format(document: YamlDocument, error: Any) -> Problems_:
    message = says.NOT_A_DATE if error.validator_value == "date" else says.NOT_A_DURATION
    yield message.at(_place(document, error), value=_short(error.instance))


def _bound(document: YamlDocument, error: Any) -> Problems_:
    zh, en = _BOUNDS[error.validator]
    limit = error.validator_value
    yield says.OUT_OF_BOUNDS.at(
        _place(document, error), value=_short(error.instance), bound_zh=f"{zh}{limit}", bound_en=f"{en} {limit}"
    )


def _count(document: YamlDocument, error: Any) -> Problems_:
    wanted, found = error.validator_value, len(error.instance)
    if "x-wanted" in error.schema:
        keys = error.schema["x-wanted"]
        yield _one_wanted(_place(document, error), keys, error.schema.get("x-wanted-en", keys))
    elif found and not (wanted == 1 and error.validator.startswith("min")):
        yield says.WRONG_COUNT.at(_place(document, error), wanted=wanted, found=found)
    else:
        yield says.EMPTY.at(_place(document, error))


def _one_wanted(place: Source, keys: Sequence[str], keys_en: Sequence[str] = ()) -> Problem:
    return says.ONE_OF.at(place, options_zh=_either(keys)[0], options_en=_either(keys_en or keys)[1])


def _any_of(document: YamlDocument, error: Any) -> Problems_:
    yield _one_wanted(_place(document, error), [branch["required"][0] for branch in error.validator_value])


def _too_short(document: YamlDocument, error: Any) -> Problems_:
    yield says.EMPTY.at(_place(document, error))


def _too_long(document: YamlDocument, error: Any) -> Problems_:
    yield says.TOO_LONG.at(_place(document, error), limit=error.validator_value)


def _repeated(document: YamlDocument, error: Any) -> Problems_:
    path = tuple(error.absolute_path)
    for index, value in enumerate(error.instance):
        if value in error.instance[:index]:
            yield says.REPEATED.at(document.at((*path, index)), value=_short(value))


def _one_of(document: YamlDocument, error: Any) -> Problems_:
    """Yield the problems of the branch that the author meant: the one of this type, known by its key."""
    place, branches, instance = _place(document, error), error.validator_value, error.instance
    wrong_type = {e.schema_path[0] for e in error.context if e.validator == "type" and not e.relative_path}
    fitting = [index for index in range(len(branches)) if index not in wrong_type]
    if not fitting:
        if "type" not in error.schema:  # else the wrong type is told already
            yield _none_fits(place, branches, instance)
        return
    if isinstance(instance, dict):
        told = tuple(_by_key(document, error))
        yield from told
        if told:
            return
    meant = max(fitting, key=lambda index: (_overlap(branches[index], instance), -index))
    for inner in error.context:
        if inner.schema_path[0] == meant:
            yield from explain(document, inner)


def _none_fits(place: Source, branches: Sequence[Mapping[str, Any]], instance: object) -> Problem:
    wanted = [_wanted(branch) for branch in branches]
    zh = _either(tuple(dict.fromkeys(zh for zh, _ in wanted)))[0]
    en = _either(tuple(dict.fromkeys(en for _, en in wanted)))[1]
    return _wrong_type(place, (zh, en), instance)


def _by_key(document: YamlDocument, error: Any) -> Problems_:
    """Yield what is wrong with the choice of a branch itself: none of the menu, or two at once."""
    place, instance = _place(document, error), error.instance
    keys = [branch["x-key"] for branch in error.validator_value if "x-key" in branch]
    present = [key for key in instance if key in keys]
    if len(present) > 1:
        key_place = document.at_key((*error.absolute_path, present[1]))
        yield says.TWO_AT_ONCE.at(key_place, first=present[0], second=present[1])
    elif not present and "x-menu" in error.schema:
        yield _unknown_menu(place, error.schema["x-menu"], instance, keys)
    elif not present and all("properties" not in branch and "$ref" not in branch for branch in error.validator_value):
        yield _one_wanted(place, keys)


def _unknown_menu(place: Source, menu: str, instance: Mapping[str, object], keys: Sequence[str]) -> Problem:
    zh, en = _MENUS[menu]
    close = next((found for key in instance if (found := near(key, keys))), "")
    return says.UNKNOWN_MENU.at(
        place,
        menu_zh=zh,
        menu_en=en,
        keys=_short(", ".join(instance) or "{}"),
        all=", ".join(keys),
        near_zh=f"是否想写 {close}？" if close else "从菜单里选一种",
        near_en=f"did you mean {close}?" if close else "choose one of the menu",
    )


def _overlap(branch: Mapping[str, Any], instance: object) -> tuple[bool, int]:
    """Return how well a mapping fits a branch: whether it has the branch's key, and how many keys are known there."""
    if not isinstance(instance, dict):
        return False, 0
    return branch.get("x-key") in instance, len(set(instance) & set(branch.get("properties", ())))


_HANDLERS: Mapping[str, Callable[[YamlDocument, Any], Problems_]] = {
    "type": _type,
    "required": _required,
    "additionalProperties": _unknown_keys,
    "enum": _enum,
    "pattern": _pattern,
    "format": _format,
    "minimum": _bound,
    "maximum": _bound,
    "exclusiveMinimum": _bound,
    "minItems": _count,
    "maxItems": _count,
    "minProperties": _count,
    "minLength": _too_short,
    "maxLength": _too_long,
    "uniqueItems": _repeated,
    "oneOf": _one_of,
    "anyOf": _any_of,
}
