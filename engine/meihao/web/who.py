"""Tells who asks: sets `request.account`, ends sessions that were idle, and sends whoever must log in to do so."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from ..people.accounts import Account
from ..people.limits import AT_MOST, IDLE
from ..store.journal import Hand
from . import clock
from .guards import Answering
from .kept.people import People
from .site import served

HEARD = timedelta(minutes=1)  # how often it is noted that a browser was heard of


class LoginNeeded(Exception):  # no error of ours: whoever asks is sent to log in
    """Somebody unknown asks for what takes an account."""


def account(answer: Answering) -> Answering:
    """Return what answers a request with `request.account` set, None for anybody who has not logged in wholly.

    `request.entering` is the account of somebody who has yet to do `request.step`: "password" or "totp".
    """

    def answered(request: Any) -> Any:
        request.entering = _logged_in(request)
        request.step = _step(request)
        request.account = None if request.step else request.entering
        return answer(request)

    answered.process_exception = _to_login  # type: ignore[attr-defined]  # how Django finds it
    return answered


def _logged_in(request: Any) -> Account | None:
    """Return the account of a session that is alive; one that is not ends here."""
    if not served().people or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    session, now = request.session, clock.now()
    if not session.get("login"):
        return None
    found = None if _over(session, now) else people("").account(session["login"])
    if found is None or not found.active:
        session.flush()
        return None
    if now - session["seen"] > HEARD:
        session.touch()
    return found


def _over(session: Any, now: datetime) -> bool:
    return bool(now - session["seen"] > IDLE or now - datetime.fromisoformat(session["began"]) > AT_MOST)


def _step(request: Any) -> str:
    """Return what somebody who gave a password has yet to do before being let in."""
    if request.entering is None:
        return ""
    if request.entering.second_factor and not request.session.get("second"):
        return "totp"
    return "password" if request.session.get("must_change") else ""


def _to_login(request: Any, refused: Exception) -> HttpResponse | None:
    if not isinstance(refused, LoginNeeded):
        return None
    place = reverse(request.step or "login")
    asked = request.get_full_path() if request.method in ("GET", "HEAD") else ""
    return HttpResponseRedirect(f"{place}?{urlencode({'next': asked})}" if asked else place)


def people(who: str) -> People:
    """Return the people of the folder that is served, to be changed by somebody."""
    return People(served().people, hand_of(who))


def hand_of(who: str) -> Hand:
    """Return the hand of a login, with the clock of the pages."""
    return Hand(who, clock.now)


def visitor_address(request: Any) -> str:
    """Return the address that asks; where a server stands in front, the one that it names last."""
    forwarded = request.headers.get("X-Forwarded-For", "") if served().https else ""
    told: str = forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")
    return told
