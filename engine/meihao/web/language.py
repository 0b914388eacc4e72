"""Chooses the language of a page: Chinese, whatever the browser says, until somebody chooses English."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import QueryDict

from ..core.problems import LANGS, Lang
from .guards import Answering

COOKIE = "lang"


def language(answer: Answering) -> Answering:
    """Return what answers a request with `request.lang` set; `?lang=en` chooses and is remembered."""

    def answered(request: Any) -> Any:
        request.lang = (
            _known(request.COOKIES.get(COOKIE)) or "zh"
        )  # first: a request that is refused gets its page in it
        chosen = _known(request.GET.get(COOKIE))
        request.lang = chosen or request.lang
        response = answer(request)
        if chosen:
            response.set_cookie(COOKIE, chosen, max_age=31_536_000, samesite="Lax", httponly=True)
        return response

    return answered


def _known(said: str | None) -> Lang | None:
    return next((lang for lang in LANGS if lang == said), None)


def in_other_language(request: Any) -> str:
    """Return the address of the same page in the other language."""
    try:
        asked = request.GET.copy()
    except SuspiciousOperation:  # more words than we read: the page that says so has a link all the same
        asked = QueryDict(mutable=True)
    asked[COOKIE] = "en" if request.lang == "zh" else "zh"
    return f"{request.path}?{asked.urlencode()}"
