"""Shows the first page: what one can do here, each with a sentence."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from ..paint import page
from ..phrases.home import HOME


@require_safe
def home(request: Any) -> HttpResponse:
    """Show what can be done without an account."""
    return page(request, "home.html", HOME)
