"""Puts the branches of every measure and score, which stand beside the methods, into the one schema that editors read.

`make schema` writes `text_in/schemas/criteria.json`; everything in it but the menus is kept as it stands there.
The ways of combining are its third menu: they have names only.
A method's file `<module>.schema.json` holds a branch for each key by which the method is written.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path

from meihao.methods.menu import AGGREGATES, MEASURES, SCORES
from meihao.text_in import shape

SCHEMA = Path(shape.__file__).parent / "schemas" / "criteria.json"
WIDTH = 130
Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None


def branch_file(method: type) -> Path:
    """Return the file of a method's branches: beside its module, under the same name."""
    module = sys.modules[method.__module__].__file__
    assert module is not None
    return Path(module).with_suffix(".schema.json")


def branches(menu: Mapping[str, type]) -> list[Json]:
    """Return the branches of a menu in its order, each known by its key. Raises KeyError for a key without a branch."""
    return [{"x-key": key, **json.loads(branch_file(method).read_bytes())[key]} for key, method in menu.items()]


def composed(text: str) -> str:
    """Return the text of the schema with the menus as the methods say."""
    schema = json.loads(text)
    for name, menu in (("measure", MEASURES), ("score", SCORES)):
        schema["$defs"][name]["oneOf"] = branches(menu)
    titles = "、".join(way.title.zh for way in AGGREGATES.values())
    schema["$defs"]["aggregate"] = {"title": f"怎样合成：{titles}", "enum": list(AGGREGATES)}
    return written(schema) + "\n"


def written(value: Json, indent: int = 0, lead: int = 0) -> str:
    """Return JSON with every object on one line that fits there."""
    flat = json.dumps(value, ensure_ascii=False)
    if not value or not isinstance(value, dict | list) or indent + lead + len(flat) <= WIDTH:
        return flat
    pad = " " * (indent + 2)
    if isinstance(value, list):
        return "[\n" + ",\n".join(pad + written(part, indent + 2) for part in value) + "\n" + " " * indent + "]"
    names = {name: json.dumps(name, ensure_ascii=False) + ": " for name in value}
    parts = [pad + names[name] + written(part, indent + 2, len(names[name])) for name, part in value.items()]
    return "{\n" + ",\n".join(parts) + "\n" + " " * indent + "}"


if __name__ == "__main__":
    SCHEMA.write_text(composed(SCHEMA.read_text(encoding="utf-8")), encoding="utf-8")
