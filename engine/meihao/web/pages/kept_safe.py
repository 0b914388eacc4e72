"""Gives a form back that came from somebody whose login has ended meanwhile, to be sent again after logging in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse

from ..paint import page
from ..phrases.fill import FILL
from ..site import served

AGAIN = 401
NOT_KEPT = ("csrfmiddlewaretoken",)
View = Callable[..., HttpResponse]


def kept_safe(view: View) -> View:
    """Let a page give back what was typed where nobody is logged in any more; nothing of it stays here."""

    @wraps(view)
    def answered(request: Any, *given: Any, **named: Any) -> HttpResponse:
        if request.method == "POST" and request.account is None and served().people:
            return come_back(request)
        return view(request, *given, **named)

    answered.gives_back = True  # type: ignore[attr-defined]  # asked where a form came with an old token
    return answered


def come_back(request: Any) -> HttpResponse:
    """Return the page that holds all that was typed, with the way to log in and the button that sends it again."""
    fields = [(name, value) for name in request.POST for value in request.POST.getlist(name) if name not in NOT_KEPT]
    return page(
        request, "kept_safe.html", FILL, AGAIN, fields=fields, here=request.get_full_path(), files=bool(request.FILES)
    )
