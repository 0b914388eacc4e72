"""Gathers the labels of a pack in one language."""

from __future__ import annotations

from collections.abc import Mapping

from ...core.problems import Lang
from ...methods.scribe import Scribe
from ..model import Field, Pack, leaves


def scribe_of(pack: Pack, lang: Lang) -> Scribe:
    """Return what sentences about a pack are made with."""
    fields = {field.id: field for field in pack.fields}
    items = {item.id: item.title[lang] for _, root in pack.standards for item in leaves(root)}
    rules = {rule.id: rule.title[lang] for rule in pack.rules}
    names = items | rules | _names(fields, lang) | _options(fields, lang)
    return Scribe(lang, names, fields, {process.id: process for process in pack.processes})


def _names(fields: Mapping[str, Field], lang: Lang) -> dict[str, str]:
    """Return the titles of fields and columns; in English in quotation marks, since titles there are phrases of several words.

    Tables get their marks from the sentence around them.
    """
    found: dict[str, str] = {}
    for field in fields.values():
        found[field.id] = field.title[lang] if field.type == "table" else _marked(field.title[lang], lang)
        found |= {f"{field.id}.{column.id}": _marked(column.title[lang], lang) for column in field.columns}
    return found


def _marked(title: str, lang: Lang) -> str:
    return title if lang == "zh" else f"“{title}”"


def _options(fields: Mapping[str, Field], lang: Lang) -> dict[str, str]:
    """Return the labels of options by `FIELD=CODE`."""
    found: dict[str, str] = {}
    for field in fields.values():
        for name, options in ((field.id, field.options), *((f"{field.id}.{c.id}", c.options) for c in field.columns)):
            found |= {f"{name}={code}": label[lang] for code, label in options}
    return found
