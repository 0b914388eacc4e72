"""Lets the first administrator of accounts set up an account, by a link that is good once."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from ...core.problems import Problem, Source
from ...core.text import is_nobody, normal
from ...people.accounts import LOGIN as LOGIN_FORM_OF
from ...people.accounts import Account, login_of
from ...people.limits import LEAST
from ...people.places import RoleGrant
from .. import clock
from ..kept.databases import writing
from ..kept.people import Credential
from ..logins import begin as begin_session
from ..messages import LOGIN_FORM, NO_NAME, NOT_THE_SAME
from ..paint import page
from ..passwords import hashed, unfit
from ..phrases.login import LOGIN
from ..site import served
from ..who import people
from .login import UNFIT


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: Any, token: str) -> HttpResponse:
    """Ask for login, name and password; make the account and use the link up."""
    if not served().people or not people("").offered(token, clock.now()):
        return page(request, "refusal.html", LOGIN, 404, key="begin_over")
    if request.method != "POST":
        return _form(request)
    login, name = login_of(request.POST.get("login", "")), normal(request.POST.get("name", ""))
    if (problem := _unfit(request, login, name)) is not None:
        return _form(request, problem)
    account = Account(login, name, grants=(RoleGrant("accounts"),))
    kept = Credential(login, hashed(request.POST["new"]), must_change=False)
    if not _made(account, kept, token):
        return page(request, "refusal.html", LOGIN, 404, key="begin_over")
    begin_session(request, account, kept)
    return HttpResponseRedirect(reverse("totp"))


def _made(account: Account, kept: Credential, token: str) -> bool:
    """Use the link up and keep the account, or do nothing of both."""
    mine = people(account.login)
    with writing(mine.alias):
        if not mine.take(token, clock.now()) or mine.account(account.login) is not None:
            return False
        mine.put([account], "first_link", [kept])
    return True


def _unfit(request: Any, login: str, name: str) -> Problem | None:
    new, again = (request.POST.get(key, "") for key in ("new", "again"))
    if not re.fullmatch(LOGIN_FORM_OF, login):
        return LOGIN_FORM.at(Source(), login=login[:40])
    if is_nobody(name):
        return NO_NAME.at(Source())
    return NOT_THE_SAME.at(Source()) if new != again else unfit(new, login, name)


def _form(request: Any, problem: Problem | None = None) -> HttpResponse:
    said = [problem.text(request.lang)] if problem else []
    typed = {key: request.POST.get(key, "") for key in ("login", "name")}
    return page(request, "begin.html", LOGIN, UNFIT if said else 200, problems=said, typed=typed, least=LEAST)
