"""What waits for whom, and the review of one unit: value beside document; accept, return one item, or correct one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from ...core.problems import Problems
from ...forms import say
from ...forms.held import until
from ...round.decisions import KINDS, Kind
from ...store.application import Verb, transitions
from ...store.steps import FormItem
from ...uses.extend import Extension, extend
from ...uses.fill_in import UnitApplication
from ...uses.inbox import WaitingUnit, applications
from ...uses.review import ReviewLine, accept_application, correct_item, return_item, review
from ..access import allowed, for_whom
from ..access import asked as asked_of
from ..desk import by_of, desk_of, reviewer_of
from ..paint import page, session_of
from ..phrases.fill import FILL
from ..phrases.review import REVIEW
from ..who import LoginNeeded
from .fill import application_of
from .kept_safe import kept_safe

WORDS = {**FILL, **REVIEW}
ROWS, UNFIT = 50, 422
ACTION: Mapping[Verb, str] = {"accept": "review", "return_item": "return_item", "correct": "correct"}
"""What the table of permissions calls a step of the review."""


@require_safe
def inbox(request: Any) -> HttpResponse:
    """List the applications that somebody fills in or reviews, first what waits for them."""
    if request.account is None:
        raise LoginNeeded
    desk = desk_of(request)
    own, theirs = for_whom(request, "see_form"), for_whom(request, "see_application")
    fills, reviews = for_whom(request, "fill_in"), for_whom(request, "review")
    found, problems = applications(session_of(request), lambda code: own(code) or theirs(code))
    if found is None:
        return page(
            request,
            "inbox.html",
            WORDS,
            UNFIT,
            rows=(),
            said=[one.text(request.lang) for one in problems],
            asked="",
            counts={},
        )
    asked = request.GET.get("state", "")
    mine = [one for one in found if asked in ("", one.state.id) and (asked or _waits(one, fills, reviews, request))]
    counts = {state: sum(one.state.id == state.id for one in found) for state in transitions().states.values()}
    rows = Paginator(mine, ROWS).get_page(request.GET.get("page"))
    kinds = {one.id: one.title[request.lang] for one in desk.session.pack.kinds}
    return page(request, "inbox.html", WORDS, rows=rows, said=(), asked=asked, counts=counts, own=own, kinds=kinds)


def _waits(one: WaitingUnit, fills: Any, reviews: Any, request: Any) -> bool:
    """Say whether an application waits for whoever asks: to be filled in, or to be reviewed at one's own level."""
    if one.state.waits_for == "applicant":
        return bool(fills(one.enrolled.code))
    roles = {grant.role for grant in request.account.grants}
    return one.state.waits_for in roles and bool(reviews(one.enrolled.code))


@kept_safe
@require_http_methods(["GET", "HEAD", "POST"])
def unit(request: Any, code: str) -> HttpResponse:
    """Show a unit's application for review, or do what a button says."""
    allowed(request, "see_application", code)
    return _done(request, code) if request.method == "POST" else _shown(request, code)


def _done(request: Any, code: str) -> HttpResponse:
    desk, by, posted = desk_of(request), by_of(request, reviewer_of(request, code)), request.POST
    verb, _, name = posted.get("go", "").partition(":")
    what, _, id_ = name.partition(":")
    why = posted.get(f"why:{name}", "")
    problems: Problems
    if verb == "accept":
        allowed(request, "review", code)
        _, problems = accept_application(desk.session, code, by)
    elif verb == "return" and what in ("field", "document"):
        allowed(request, "return_item", code)
        item = FormItem("field" if what == "field" else "document", id_)
        _, problems = return_item(desk.session, code, item, why, posted.get(f"until:{name}", ""), by)
    elif verb == "correct":
        allowed(request, "correct", code)
        _, problems = correct_item(desk.session, code, id_, posted.get(f"value:{name}", ""), why, by)
    else:
        raise Http404
    if any(one.severity == "error" for one in problems):
        return _shown(request, code, problems, name)
    return HttpResponseRedirect(reverse("inbox") if verb == "accept" else f"{reverse('review', args=(code,))}#{name}")


@require_http_methods(["GET", "HEAD", "POST"])
def longer(request: Any, code: str) -> HttpResponse:
    """Let a unit hand in after the deadline, by a decision with a number and a reason."""
    allowed(request, "extend", code)
    posted = request.POST
    problems: Problems = ()
    if request.method == "POST":
        kind: Kind = next((one for one in KINDS if one == posted.get("kind")), "grace")
        asked = Extension(posted.get("id", "")[:100], kind, posted.get("until", ""), posted.get("why", "")[:300])
        done, problems = extend(desk_of(request).session, code, asked, by_of(request, "county"))
        if done is not None:
            return HttpResponseRedirect(reverse("extend", args=(code,)))
    found = application_of(request, code)
    return page(
        request, "extend.html", WORDS, UNFIT if problems else 200, found=found, posted=posted, may_extend=extensible(found),
        said=[one.text(request.lang) for one in problems if one.severity == "error"],
        decision_kinds={kind: label[request.lang] for kind, label in KINDS.items()},
    )  # fmt: skip


def extensible(found: UnitApplication) -> bool:
    """Say whether a decision would let a unit in that is shut out, or has let it in."""
    return bool(found.shut or found.decision)


def _shown(request: Any, code: str, problems: Problems = (), at: str = "") -> HttpResponse:
    desk, by = desk_of(request), by_of(request, reviewer_of(request, code))
    sheet, said = review(desk.session, code, by)
    if sheet is None:
        raise Http404("; ".join(one.text() for one in said))
    names, can = desk.home.document_names(code), {one for one in sheet.may if asked_of(request, ACTION[one], code)}
    return page(
        request, "review.html", WORDS, UNFIT if problems else 200, sheet=sheet, can=can, by=by, names=names, at=at,
        said=[one.text(request.lang) for one in problems if one.severity == "error"], posted=request.POST,
        titles={one.item.id: one.title[request.lang] for _, lines in sheet.pages for one in lines},
        value=lambda line, seen: value_of(line, seen, request.lang), until=lambda one: until(one)[request.lang],
        may_extend=bool(asked_of(request, "extend", code)) and extensible(sheet.application),
    )  # fmt: skip


def value_of(line: ReviewLine, seen: Any, lang: Any) -> str:
    """Return a value as people read it; of a register how many entries it has."""
    if isinstance(seen.value, tuple):
        return REVIEW["entries"][lang].format(n=len(seen.value))
    return say.value(line.asked, seen.value, lang)  # type: ignore[arg-type]  # a document has no value
