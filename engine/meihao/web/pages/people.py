"""Shows accounts to their administrator: a list by region, changes by a workbook, slips with first passwords."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from secrets import choice
from typing import Any

import msgspec
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from msgspec import Struct
from msgspec.structs import replace

from ...core.canonical import digest
from ...core.files import NamedFile
from ...core.problems import Problem, Problems, Source, errors
from ...people.accounts import Account, account_digest
from ...people.places import RoleGrant, RoundMap
from ...people.roles import HOLDS, TITLES
from ...reports.pdf import Stamp, to_pdf
from ...uses.accounts import LAST_ADMINISTRATOR, AccountPlan, accounts_form, first_password, plan_accounts
from .. import clock
from ..access import needs
from ..kept.models import SessionRow
from ..kept.people import Credential
from ..logins import prove, proven
from ..messages import NO_REASON
from ..opened import round_map
from ..paint import page, painted, session_of
from ..passwords import hashed
from ..phrases.admin import ADMIN
from ..site import served
from ..uploads import at_field, carried, download, uploaded
from ..who import people
from .login import UNFIT

ROWS = 50


class Slip(Struct, frozen=True):
    """What somebody is handed to log in for the first time."""

    login: str
    name: str
    organisation: str
    password: str


@require_safe
@needs("manage_accounts")
def listed(request: Any) -> HttpResponse:
    """Show the accounts, of a region and with a part of a name where these are asked for."""
    return _list(request)


@require_safe
@needs("manage_accounts")
def book(request: Any) -> HttpResponse:
    """Give the workbook in which accounts are added and changed."""
    made = accounts_form(session_of(request), tuple(people("").accounts().values()))
    return download(NamedFile(f"{ADMIN['people_title'][request.lang]}.xlsx", made))


@require_POST
@needs("manage_accounts")
def plan(request: Any) -> HttpResponse:
    """Show what a filled workbook would change."""
    file = uploaded(request)
    if isinstance(file, Problem):
        return _list(request, (file,))
    planned, problems = plan_accounts(people("").accounts(), file, round_map())
    return _plan(request, file, planned, problems) if planned and planned.changes else _list(request, problems)


@require_POST
@needs("manage_accounts")
def apply(request: Any) -> HttpResponse:
    """Make the changes of a plan, as it was shown, and show the first passwords of new accounts."""
    file = uploaded(request)
    if isinstance(file, Problem):
        return _list(request, (file,))
    planned, problems = plan_accounts(people("").accounts(), file, round_map())
    if planned is None:
        return _list(request, problems)
    if request.POST.get("plan") != _digest(planned):  # somebody else changed accounts meanwhile
        return _plan(request, file, planned, problems)
    if (refused := _refused(request)) is not None:
        return _plan(request, file, planned, (refused,))
    slips = [_slip(change.account) for change in planned.changes if change.before is None]
    people(request.account.login).put([one.account for one in planned.changes], _why(request), list(map(_proof, slips)))
    return _applied(request, slips)


@require_POST
@needs("manage_accounts")
def slips(request: Any) -> HttpResponse:
    """Print the slips that a page carries; nothing of them is kept."""
    try:
        given = msgspec.json.decode(request.POST.get("slips", ""), type=list[Slip])
    except msgspec.MsgspecError as refused:
        raise Http404 from refused
    html = painted(request, "slips.html", ADMIN, slips=given, address=request.build_absolute_uri("/"))
    pdf, problems = to_pdf(
        html, b"", Stamp(clock.now().date().isoformat(), digest([one.login for one in given]), "slips")
    )
    if errors(problems):
        return HttpResponse(html, headers={"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"})
    return download(NamedFile(f"{ADMIN['slip_title'][request.lang]}.pdf", pdf))


@require_http_methods(["GET", "HEAD", "POST"])
@needs("manage_accounts")
def one(request: Any, login: str) -> HttpResponse:
    """Show an account; switch it off or on, or give it a new first password, with a reason."""
    account = people("").account(login)
    if account is None:
        raise Http404
    if request.method != "POST":
        return _one(request, account)
    if (refused := _refused(request)) is not None:
        return _one(request, account, refused)
    if request.POST.get("do") == "reset":
        return _reset(request, account)
    return _switched(request, replace(account, active=not account.active))


def _refused(request: Any) -> Problem | None:
    """Return why what is asked for is not done: no reason was given, or no password."""
    return prove(request) if _why(request) else NO_REASON.at(Source())


def _why(request: Any) -> str:
    return " ".join(request.POST.get("why", "").split())[:200]


def _slip(account: Account) -> Slip:
    return Slip(account.login, account.name, account.organisation, first_password(choice))


def _proof(slip: Slip) -> Credential:
    return Credential(slip.login, hashed(slip.password))


def _switched(request: Any, account: Account) -> HttpResponse:
    known = {**people("").accounts(), account.login: account}
    if not any(one.active and "accounts" in one.roles for one in known.values()):
        return _one(request, replace(account, active=True), LAST_ADMINISTRATOR.at(Source()))
    people(request.account.login).put([account], _why(request))
    return _one(request, account, done=True)


def _reset(request: Any, account: Account) -> HttpResponse:
    """Give an account a first password; whoever is logged in by it is logged out."""
    slip, kept = _slip(account), people("").credential(account.login)
    phone = {} if kept is None or "phone" in request.POST else {"totp": kept.totp, "recovery": kept.recovery}
    people(request.account.login).prove(Credential(account.login, hashed(slip.password), True, **phone), _why(request))
    SessionRow.objects.using(served().people).filter(login=account.login).delete()
    return _applied(request, [slip])


def _list(request: Any, problems: Problems = ()) -> HttpResponse:
    accounts, on = people("").accounts(), round_map()
    asked = {name: request.GET.get(name, "").strip() for name in ("q", "region")}
    found = [account for account in accounts.values() if _wanted(account, asked, on)]
    said = [at_field(problem, request.lang) for problem in problems]
    return page(
        request, "people.html", ADMIN, UNFIT if errors(problems) else 200, problems=said, asked=asked,
        rows=Paginator(found, ROWS).get_page(request.GET.get("page")), grants=_told(found, request.lang),
        n=len(accounts), active=sum(account.active for account in accounts.values()),
        regions=[(region.code, region.name) for region in session_of(request).round.regions],
    )  # fmt: skip


def _wanted(account: Account, asked: Mapping[str, str], on: RoundMap) -> bool:
    text, region = " ".join((account.login, account.name, account.organisation)).casefold(), asked["region"]
    here = not region or any(region in on.regions.get(_region(grant, on), ()) for grant in account.grants)
    return here and asked["q"].casefold() in text


def _region(grant: RoleGrant, on: RoundMap) -> str:
    return on.units.get(grant.where, "") if HOLDS[grant.role] == "unit" else grant.where


def _told(accounts: Iterable[Account], lang: Any) -> Mapping[str, Sequence[tuple[str, str]]]:
    """Return the title and place of each grant, by login."""
    return {one.login: [(TITLES[grant.role][lang], grant.where) for grant in one.grants] for one in accounts}


def _plan(request: Any, file: NamedFile, planned: AccountPlan, problems: Problems) -> HttpResponse:
    said = [at_field(problem, request.lang) for problem in problems]
    both = [one for change in planned.changes for one in (change.account, change.before) if one]
    return page(
        request, "people_plan.html", ADMIN, UNFIT if errors(problems) else 200, problems=said, planned=planned, file=file,
        carried=carried(file), plan=_digest(planned), proven=proven(request), why=_why(request),
        grants={account_digest(one): _told([one], request.lang)[one.login] for one in both}, key=account_digest,
    )  # fmt: skip


def _digest(planned: AccountPlan) -> str:
    """Return what tells one plan from another."""
    return digest(
        [account_digest(one.account) + (account_digest(one.before) if one.before else "") for one in planned.changes]
    )


def _applied(request: Any, slips: Sequence[Slip]) -> HttpResponse:
    return page(request, "people_done.html", ADMIN, slips=slips, kept=msgspec.json.encode(slips).decode())


def _one(request: Any, account: Account, refused: Problem | None = None, done: bool = False) -> HttpResponse:
    return page(
        request, "person.html", ADMIN, UNFIT if refused else 200, one=account,
        problems=[refused.text(request.lang)] if refused else [], grants=_told([account], request.lang)[account.login],
        proven=proven(request), why=_why(request), done=done,
    )  # fmt: skip
