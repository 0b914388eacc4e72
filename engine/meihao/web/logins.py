"""Lets somebody in: compares what was typed with what is kept, and begins and ends the session of a browser."""

from __future__ import annotations

from datetime import datetime
from math import ceil
from typing import Any

from django.middleware.csrf import rotate_token

from ..core.problems import Problem, Source
from ..people.accounts import Account, login_of
from ..people.limits import PROVEN
from . import clock
from .failures import admit, forgive
from .kept.people import Credential
from .messages import LOGIN_REFUSED, TOO_MANY, WRONG_PASSWORD
from .passwords import matches
from .site import served
from .who import people, visitor_address

MOST_BROWSER = 200


def let_in(request: Any, typed: str, password: str) -> Account | Problem:
    """Begin a session where login and password are right; or say that they are not, the same for whatever is wrong."""
    login = login_of(typed)[:60]
    if (wait := counted(request, login)) is not None:
        return wait
    kept, account = people(login).credential(login), people(login).account(login)
    right = matches(password, kept.password if kept else "")
    if not right or kept is None or account is None or not account.active:
        return LOGIN_REFUSED.at(Source())
    forgiven(request, login)
    begin(request, account, kept)
    return account


def begin(request: Any, account: Account, kept: Credential | None, second: bool = False) -> None:
    """Begin a session with a key of its own; the one before it, whoever made it, is gone."""
    request.session.flush()
    told = {
        "login": account.login, "began": clock.now().isoformat(), "proven": clock.now().isoformat(), "second": second,
        "must_change": bool(kept and kept.must_change), "address": visitor_address(request),
        "browser": request.headers.get("User-Agent", "")[:MOST_BROWSER],
    }  # fmt: skip
    request.session.update(told)
    request.session.cycle_key()
    rotate_token(request)
    people(account.login).tell("login", account.login)


def go_on(request: Any, **done: object) -> None:
    """Go on with a session that has proven more than before, under a new key."""
    request.session.update(done)
    request.session.cycle_key()


def proven(request: Any) -> bool:
    """Say whether whoever asks gave a password a short while ago."""
    said = request.session.get("proven", "")
    return bool(said) and clock.now() - datetime.fromisoformat(said) <= PROVEN


def prove(request: Any) -> Problem | None:
    """Ask for the password that came with a form, unless one was given a short while ago; return what is wrong with it."""
    if proven(request):
        return None
    login = request.entering.login
    if (wait := counted(request, login)) is not None:
        return wait
    kept = people(login).credential(login)
    if not matches(request.POST.get("proof", ""), kept.password if kept else ""):
        return WRONG_PASSWORD.at(Source())
    forgiven(request, login)
    request.session["proven"] = clock.now().isoformat()
    return None


def counted(request: Any, login: str, kind: str = "login") -> Problem | None:
    """Count an attempt at a password, or at a code; return why none is left."""
    wait = admit(served().people, kind, login, visitor_address(request), clock.now())
    return TOO_MANY.at(Source(), minutes=ceil(wait.total_seconds() / 60)) if wait else None


def forgiven(request: Any, login: str, kind: str = "login") -> None:
    """Forget the attempts of somebody who has proven what was asked."""
    forgive(served().people, kind, login, visitor_address(request))
