"""Shows what a page says that cannot be shown: a wrong address, a form that is too old, an error of ours."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from ..paint import page
from ..phrases.refusals import REFUSALS
from ..settings import MOST_UPLOADED
from .kept_safe import come_back


def missing(request: Any, exception: Exception) -> HttpResponse:
    """Answer an address that leads nowhere, and one that is not for this person: both look the same."""
    return page(request, "refusal.html", REFUSALS, 404, key="missing")


def bad(request: Any, exception: Exception) -> HttpResponse:
    """Answer a request that is too large or incomplete."""
    return page(request, "refusal.html", REFUSALS, 400, key="bad", most=f"{MOST_UPLOADED // 1_000_000} MB")


def forged(request: Any, reason: str = "") -> HttpResponse:
    """Answer a form that does not carry the token of this site; one that somebody filled in for long comes back."""
    if request.method == "POST" and getattr(
        request.resolver_match.func if request.resolver_match else None, "gives_back", False
    ):
        return come_back(request)
    return page(request, "refusal.html", REFUSALS, 403, key="forged")


def failed(request: Any) -> HttpResponse:
    """Answer where our own code failed."""
    return page(request, "refusal.html", REFUSALS, 500, key="failed")
