"""Puts the headers that keep a page to itself on every response."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

POLICY = "; ".join((
    "default-src 'self'", "img-src 'self' data:", "object-src 'none'", "base-uri 'none'", "form-action 'self'",
    "frame-ancestors 'none'",
))  # fmt: skip
Answering = Callable[[Any], Any]


def headers(answer: Answering) -> Answering:
    """Return what answers a request and adds the headers; a page that brings its own policy keeps it."""

    def answered(request: Any) -> Any:
        response = answer(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        response.headers.setdefault("X-Frame-Options", "DENY")
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return answered
