"""A register under review: its entries as the unit handed them in, changed and kept as the reviewer's own record."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from ...core.problems import Problems
from ...evidence.typed import Answered, TypedUnit
from ...forms.asked import Asked
from ...uses.review import RegisterLine, correct_item
from ...uses.review import register as register_line
from ...uses.try_out import try_out
from ..access import allowed
from ..desk import by_of, desk_of, reviewer_of
from ..paint import page
from ..phrases.review import REGISTER, REVIEW
from ..phrases.try_out import TRY_OUT
from ..try_form import MOST_ROWS, Shower, ShownQuestion, rows_sent
from .kept_safe import kept_safe

WORDS = {**TRY_OUT, **REVIEW, **REGISTER}
UNFIT = 422


@kept_safe
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: Any, code: str, field: str) -> HttpResponse:
    """Show the entries of a register, or keep what a reviewer made of them; an entry that is emptied goes."""
    allowed(request, "correct", code)
    desk, by = desk_of(request), by_of(request, reviewer_of(request, code))
    found, said = register_line(desk.session, code, field, by)
    if found is None or not isinstance(found.line.asked, Asked):
        raise Http404("; ".join(one.text() for one in said))
    if request.method != "POST":
        return _shown(request, found, found.line.asked, found.standing)
    sent = rows_sent(request.POST, found.line.asked)
    typed: Answered = "" if sent is None else sent
    if request.POST.get("go") != "correct":
        return _shown(request, found, found.line.asked, typed, more=True)
    done, problems = correct_item(desk.session, code, field, typed, request.POST.get("why", "")[:300], by)
    if done is None:
        return _shown(request, found, found.line.asked, typed, problems)
    return HttpResponseRedirect(f"{reverse('review', args=(code,))}#field:{field}")


def _shown(
    request: Any, found: RegisterLine, asked: Asked, typed: Answered, problems: Problems = (), more: bool = False
) -> HttpResponse:
    said = [one.text(request.lang) for one in problems if one.severity == "error"]
    return page(
        request, "register.html", WORDS, UNFIT if said else 200, found=found, said=said, why=request.POST.get("why", ""),
        asked=asked, question=_question(request, found, asked, typed, more), action=request.path, most=MOST_ROWS,
    )  # fmt: skip


def _question(request: Any, found: RegisterLine, asked: Asked, typed: Answered, more: bool) -> ShownQuestion:
    """Return the inputs of the entries, with what is wrong beside each."""
    session, unit = found.application.session, TypedUnit(found.application.enrolled.kind, {asked.id: typed})
    tried, problems = try_out(session, unit)
    if tried is None:
        raise Http404("; ".join(one.text() for one in problems))
    return Shower(tried, unit, request.lang, WORDS, asked.id if more else "").question(1, asked)
