"""Logs people in and out."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from ...core.problems import Problem
from ...people.demo import DEMO
from ...people.roles import TITLES
from ..logins import begin, let_in
from ..paint import page
from ..phrases.login import LOGIN
from ..site import served
from ..who import people

UNFIT = 422


@require_http_methods(["GET", "HEAD", "POST"])
def login(request: Any) -> HttpResponse:
    """Ask for login and password; in a demonstration a button for each role does without."""
    if not served().people:
        return page(request, "refusal.html", LOGIN, key="none")
    if request.method != "POST":
        return _form(request)
    if "demo" in request.POST:
        return _as_demo(request)
    found = let_in(request, request.POST.get("login", ""), request.POST.get("password", ""))
    return _form(request, found) if isinstance(found, Problem) else HttpResponseRedirect(next_place(request))


def _as_demo(request: Any) -> HttpResponse:
    """Begin a session as one of the invented people. Raises Http404 where what is served is no demonstration."""
    account = people("").account(request.POST["demo"]) if served().demo and request.POST["demo"] in DEMO else None
    if account is None:
        raise Http404
    begin(request, account, None, second=True)
    return HttpResponseRedirect(next_place(request))


@require_POST
def logout(request: Any) -> HttpResponse:
    """End the session of this browser."""
    if served().people:
        request.session.flush()
    return HttpResponseRedirect(reverse("home"))


def next_place(request: Any) -> str:
    """Return where somebody wanted to go before logging in; only a place of this site."""
    asked: str = request.POST.get("next") or request.GET.get("next", "")
    safe = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if safe else reverse("account")


def _form(request: Any, problem: Problem | None = None) -> HttpResponse:
    said = [problem.text(request.lang)] if problem else []
    return page(
        request, "login.html", LOGIN, UNFIT if said else 200, problems=said,
        next=request.POST.get("next") or request.GET.get("next", ""), typed=request.POST.get("login", ""),
        demo=[(login, TITLES[role][request.lang]) for login, role in DEMO.items()],
    )  # fmt: skip
