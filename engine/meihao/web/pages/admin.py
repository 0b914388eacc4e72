"""Shows administrators what is theirs: who may do what and why, the journal, the security of logins."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from typing import Any, get_args

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from ...core.text import normal
from ...people.accounts import login_of
from ...people.permissions import may, may_on, permissions
from ...people.roles import TITLES
from ...round.phases import MOMENTS, PhaseNow, phase_on
from ...store.journal import digest_of_line
from .. import clock
from ..access import needs
from ..failures import locked, release
from ..kept.keep import last_event
from ..kept.layout import PEOPLE
from ..kept.models import EventRow, SessionRow
from ..kept.served import rounds_in
from ..logins import prove, proven
from ..opened import round_map
from ..paint import page
from ..phrases.admin import ADMIN
from ..site import served
from ..who import people
from .login import UNFIT

ROWS = 50


@require_safe
@needs("see_permissions")
def may_(request: Any) -> HttpResponse:
    """Answer whether somebody may do something to a unit, by which grant and why."""
    asked = {name: request.GET.get(name, "").strip() for name in ("who", "action", "unit", "phase")}
    table = permissions()
    return page(
        request, "may.html", ADMIN, asked=asked, phases=[(one, MOMENTS[one][request.lang]) for one in _phases()],
        actions=[(action, title[request.lang]) for action, title in table.actions.items()], **_answer(request, asked),
    )  # fmt: skip


def _phases() -> tuple[PhaseNow, ...]:
    """Return all that the phase of a day may be, that of today first."""
    now = phase_on(round_map().phases, clock.today())
    return (now, *(one for one in get_args(PhaseNow) if one != now))


def _answer(request: Any, asked: Mapping[str, str]) -> Mapping[str, object]:
    """Return the answer to a question that is whole, or which part of it is unknown."""
    if not asked["who"] or asked["action"] not in permissions().actions:
        return {"answer": None, "unknown": ""}
    account, on, unit = people("").account(login_of(asked["who"])), round_map(), normal(asked["unit"])
    if account is None or (unit and unit not in on.units):
        return {"answer": None, "unknown": "unknown_unit" if account else "unknown_login"}
    phases, place = _phases(), on.unit(unit)
    phase = next((one for one in phases if one == asked["phase"]), phases[0])
    today = phase == phases[0]
    found = (
        may_on(account, asked["action"], place, on, clock.today())
        if today
        else may(account, asked["action"], place, on, phase)
    )
    role = TITLES[found.grant.role][request.lang] if found.grant else ""
    return {"answer": found, "unknown": "", "role": role, "name": account.name}


@require_safe
@needs("read_journal")
def journal(request: Any) -> HttpResponse:
    """Show the journal of accounts, or of a round, the last entry first."""
    alias = served().people
    streams = (PEOPLE, *rounds_in(alias))
    stream = next((one for one in streams if one == request.GET.get("stream")), PEOPLE)
    rows = EventRow.objects.using(alias).filter(stream=stream).order_by("-n")
    last = last_event(alias, stream)
    return page(
        request, "journal.html", ADMIN, rows=Paginator(rows, ROWS).get_page(request.GET.get("page")),
        stream=stream, streams=streams, people_stream=PEOPLE, told=_because(request.lang),
        head=f"{last.n} {digest_of_line(last)[:12]}" if last else "",
    )  # fmt: skip


def _because(lang: Any) -> Mapping[str, str]:
    """Return the reasons that the program itself gives, in words."""
    start = "because_"
    return {key.removeprefix(start): said[lang] for key, said in ADMIN.items() if key.startswith(start)}


@require_http_methods(["GET", "HEAD", "POST"])
@needs("manage_security")
def security(request: Any) -> HttpResponse:
    """Show what is locked out and who is logged in; release the one and end the other."""
    problem = prove(request) if request.method == "POST" else None
    done = request.method == "POST" and problem is None and _done(request)
    alias, now = served().people, clock.now()
    waiting = [(kind, name, ceil(wait.total_seconds() / 60)) for kind, name, wait in locked(alias, now)]
    rows = Paginator(SessionRow.objects.using(alias).order_by("-seen", "digest"), ROWS)
    return page(
        request, "security.html", ADMIN, UNFIT if problem else 200,
        problems=[problem.text(request.lang)] if problem else [], locked=waiting,
        rows=rows.get_page(request.GET.get("page")), proven=proven(request), done=done,
    )  # fmt: skip


def _done(request: Any) -> bool:
    """Release a lockout or end a session, with an event that tells of it."""
    alias, mine = served().people, people(request.account.login)
    if key := request.POST.get("release", ""):
        release(alias, key)
        mine.tell("login", key.partition(":")[2], "released")
    for row in SessionRow.objects.using(alias).filter(digest=request.POST.get("end", "")):
        row.delete()
        mine.tell("login", row.login, "ended")
    return True
