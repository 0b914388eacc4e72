"""Shows the standard as people read it, one kind of unit at a time; a field narrows it to what reads that field."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from ...core.problems import Lang
from ...uses.read_standard import Examples, StandardInWords, examples_of, standard_in_words
from ..paint import page, session_of
from ..phrases.standard import STANDARD
from ..site import served


@require_safe
def standard(request: Any) -> HttpResponse:
    """Show the standard of the kind that is asked for, the first one without any."""
    pack = session_of(request).pack
    kinds = [kind.id for kind in pack.kinds]
    asked = request.GET.get("kind", "")
    told = _told(pack.digest, asked if asked in kinds else kinds[0], request.lang)
    field = request.GET.get("field", "")
    field = field if field in told.fields else ""
    shown = told.where(field) if field else told
    return page(
        request, "standard.html", STANDARD, told=shown, kinds=[(one.id, one.title[request.lang]) for one in pack.kinds],
        field=field, read=_read(told), strange=bool(asked) and asked not in kinds,
    )  # fmt: skip


def _read(told: StandardInWords) -> list[tuple[str, str]]:
    """Return the fields that something reads, in the order of the standard."""
    named = {field.id for dimension in told.dimensions for item in dimension.criteria for field in item.fields}
    named |= {name for found in told.rules.values() for rule in found for name in rule.fields}
    named |= {name for bonus in told.bonuses for name in bonus.fields}
    return [(name, title) for name, title in told.fields.items() if name in named]


@lru_cache(maxsize=32)
def _told(digest: str, kind: str, lang: Lang) -> StandardInWords:
    """Return a standard in words, made once; its digest says which."""
    return standard_in_words(served().sessions[lang], kind, _examples(digest))


@lru_cache(maxsize=4)
def _examples(digest: str) -> Mapping[str, Examples]:
    return examples_of(served().sessions["zh"])
