"""Shows somebody's own account: password, second factor, sessions, roles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods
from msgspec.structs import replace

from ...core.problems import Problem, Source
from ...people.accounts import Account
from ...people.limits import LEAST
from ...people.roles import TITLES
from ...reports.qr import text_code
from .. import clock
from ..kept.models import SessionRow
from ..kept.people import Credential, digest_of
from ..logins import counted, forgiven, go_on, prove, proven
from ..messages import NOT_THE_SAME, SAME_AS_BEFORE, WRONG_CODE, WRONG_PASSWORD
from ..paint import page
from ..passwords import hashed, matches, unfit
from ..phrases.login import LOGIN
from ..second import address_of, kept_codes, new_secret, spare_codes, use_code, without_code
from ..site import served
from ..who import LoginNeeded, people
from .login import UNFIT, next_place


@require_http_methods(["GET", "HEAD", "POST"])
def password(request: Any) -> HttpResponse:
    """Change one's own password: at the first login, or at will."""
    account, kept = _own(request)
    if request.step == "totp":
        raise LoginNeeded
    if request.method != "POST":
        return _password_form(request)
    problem = counted(request, account.login) or _unfit_password(request, account, kept)
    if problem is not None:
        return _password_form(request, problem)
    forgiven(request, account.login)
    chosen = replace(kept, password=hashed(request.POST["new"]), must_change=False)
    people(account.login).prove(chosen, "password_changed")
    _end_others(request, account)
    go_on(request, must_change=False, proven=clock.now().isoformat())
    return HttpResponseRedirect(next_place(request))


@require_http_methods(["GET", "HEAD", "POST"])
def totp(request: Any) -> HttpResponse:
    """Ask for the code from the phone; of whoever has none yet, let one be set up."""
    account, kept = _own(request)
    again = request.account is not None  # logged in wholly: another phone is to be set up
    if kept.totp and not again:
        return _code(request, account, kept)
    return _enrol(request, account, kept)


@require_http_methods(["GET", "HEAD", "POST"])
def account(request: Any) -> HttpResponse:
    """Show one's own roles and where one is logged in; end the other sessions."""
    if request.account is None:
        raise LoginNeeded
    problem = prove(request) if request.method == "POST" else None
    if request.method == "POST" and problem is None:
        _end_others(request, request.account)
    rows = SessionRow.objects.using(served().people).filter(login=request.account.login).order_by("-seen")
    return page(
        request, "account.html", LOGIN, UNFIT if problem else 200, problems=[problem.text(request.lang)] if problem else [],
        sessions=list(rows), mine=digest_of(request.session.session_key), proven=proven(request),
        grants=[(TITLES[grant.role][request.lang], grant.where) for grant in request.account.grants],
    )  # fmt: skip


def _own(request: Any) -> tuple[Account, Credential]:
    """Return the account of whoever gave a password, and what proves it. Raises LoginNeeded."""
    account = request.entering
    kept = people(account.login).credential(account.login) if account else None
    if account is None or kept is None:
        raise LoginNeeded
    return account, kept


def _unfit_password(request: Any, account: Account, kept: Credential) -> Problem | None:
    old, new, again = (request.POST.get(name, "") for name in ("old", "new", "again"))
    if not matches(old, kept.password):
        return WRONG_PASSWORD.at(Source())
    if new != again:
        return NOT_THE_SAME.at(Source())
    return SAME_AS_BEFORE.at(Source()) if new == old else unfit(new, account.login, account.name)


def _password_form(request: Any, problem: Problem | None = None) -> HttpResponse:
    said = [problem.text(request.lang)] if problem else []
    return page(
        request, "password.html", LOGIN, UNFIT if said else 200, problems=said, least=LEAST, next=next_place(request),
        first=request.step == "password",
    )  # fmt: skip


def _end_others(request: Any, account: Account) -> None:
    mine = digest_of(request.session.session_key)
    SessionRow.objects.using(served().people).filter(login=account.login).exclude(digest=mine).delete()


def _code(request: Any, account: Account, kept: Credential) -> HttpResponse:
    """Ask for a code, from the phone or a spare one."""
    problem = None
    if request.method == "POST":
        problem = counted(request, account.login, "code")
        if problem is None and _good(request.POST.get("code", ""), account, kept):
            forgiven(request, account.login, "code")
            go_on(request, second=True)
            return HttpResponseRedirect(next_place(request))
        problem = problem or WRONG_CODE.at(Source())
    return _totp_page(request, problem, next=next_place(request))


def _good(typed: str, account: Account, kept: Credential) -> bool:
    """Say whether a code is good, and use it up."""
    if use_code(served().people, kept, typed, clock.now()):
        return True
    rest = without_code(kept, typed)
    if rest is None:
        return False
    people(account.login).prove(replace(kept, recovery=rest), "spare_code_used")
    return True


def _enrol(request: Any, account: Account, kept: Credential) -> HttpResponse:
    """Show a secret to be set up, and take it when the phone shows its code."""
    secret = request.session.setdefault("secret", new_secret())
    problem = None
    if request.method == "POST":
        problem = (prove(request) if request.account else None) or counted(request, account.login, "code")
        wanted = replace(kept, totp=secret)
        if problem is None and use_code(served().people, wanted, request.POST.get("code", ""), clock.now()):
            return _enrolled(request, account, wanted)
        problem = problem or WRONG_CODE.at(Source())
    site, lang = served(), request.lang
    qr = text_code(address_of(secret, account.login, site.sessions[lang].round.title[lang]))
    return _totp_page(request, problem, qr=qr, secret=secret, next=next_place(request), proven=proven(request))


def _enrolled(request: Any, account: Account, kept: Credential) -> HttpResponse:
    codes = spare_codes()
    people(account.login).prove(replace(kept, recovery=kept_codes(codes)), "phone_set_up")
    forgiven(request, account.login, "code")
    request.session.pop("secret")
    go_on(request, second=True)
    return _totp_page(request, None, codes=codes, next=next_place(request))


def _totp_page(request: Any, problem: Problem | None, codes: Sequence[str] = (), **more: object) -> HttpResponse:
    said = [problem.text(request.lang)] if problem else []
    shown = {"qr": None, "secret": "", "proven": True, **more}
    return page(request, "totp.html", LOGIN, UNFIT if said else 200, problems=said, codes=codes, **shown)
