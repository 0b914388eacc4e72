"""The form of a unit in the browser: a task list, a page a dimension, saved with every button, checked, and handed in."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ...core.problems import Problem, Problems
from ...forms.questions import QuestionPage
from ...store.application import transitions
from ...store.standing_words import phases_text
from ...uses.fill_in import UnitApplication, open_application
from ...uses.hand_in import hand_in, withdraw
from ...uses.keep_draft import Chosen, choose, give_paper, keep_draft
from ...uses.slips import title_of
from ..access import allowed
from ..access import asked as asked_of
from ..desk import IntakeDesk, by_of, desk_of
from ..fill_form import Fill, clock_of, fill_of, papers_sent, sent_cover, sent_page, window_of
from ..paint import PLACES, page
from ..phrases.common import COMMON
from ..phrases.fill import FILL
from ..phrases.try_out import TRY_OUT
from ..phrases.unit import UNIT
from .kept_safe import kept_safe

WORDS = {**UNIT, **TRY_OUT, **FILL, **{name: COMMON[name] for name in PLACES}}
UNFIT, CONFLICT = 422, 409


@require_safe
def tasks(request: Any, code: str) -> HttpResponse:
    """Show how far each part is, what was returned, and what became of the application."""
    fill = opened(request, code)
    return shown(request, "fill_tasks.html", fill)


@kept_safe
@require_http_methods(["GET", "HEAD", "POST"])
def part(request: Any, code: str, name: str) -> HttpResponse:
    """Show a part, or save what was typed on it and go where the button leads."""
    fill = opened(request, code)
    asked = next((one for one in fill.pages if one.id == name), None)
    if asked is None:
        raise Http404
    return _saved(request, fill, asked) if request.method == "POST" else _part(request, fill, asked)


def _saved(request: Any, fill: Fill, asked: QuestionPage) -> HttpResponse:
    desk, by = desk_of(request), by_of(request, "applicant")
    verb, _, what = request.POST.get("go", "next").partition(":")
    draft, problems = keep_draft(desk.drafts, fill.form, sent_page(request.POST, asked, fill.form), by.who, by.at)
    if draft is None:
        return _part(request, fill, asked, problems=problems, status=UNFIT)
    faults = _papers_given(request, desk, fill, asked, by.who, by.at)
    if verb == "choose":
        key, _, window = what.rpartition("@")
        choose(desk.drafts, fill.form, Chosen(key, window), by.who, by.at)
    now = opened(request, fill.code)
    if verb == "live":
        return _live(request, now, asked)
    mine = {key for key, several in now.draft.aside.items() for one in several if one.window == window_of(request.POST)}
    here = [line.id for line in asked.lines] + [f"documents:{one.title.zh}" for one in asked.documents]
    if clash := mine & set(here):
        return _part(request, now, asked, clash=frozenset(clash), status=CONFLICT)
    if faults or (verb == "next" and now.shower.wrong(asked)):
        return _part(request, now, asked, problems=faults, status=UNFIT)
    if verb in ("row", "again", "choose", "drop"):
        return _part(request, now, asked, more=what if verb == "row" else "")
    return HttpResponseRedirect(_next(now, asked, verb))


def _papers_given(request: Any, desk: IntakeDesk, fill: Fill, asked: QuestionPage, who: str, at: str) -> Problems:
    """Keep the files that came with a page; return why one was not kept."""
    said: list[Problem] = []
    for title, paper, faults in papers_sent(request, asked, desk.drafts):
        said += faults
        if not faults:
            said += give_paper(desk.drafts, fill.form, title, paper, who, at)[1]
    return tuple(said)


def _next(fill: Fill, asked: QuestionPage, verb: str) -> str:
    """Return where a button leads: to the next part, after the last one to the check, or to the task list."""
    after = fill.pages[fill.pages.index(asked) + 1 :]
    if verb != "next":
        return str(reverse("fill", args=(fill.code,)))
    here = ("fill_part", (fill.code, after[0].id)) if after else ("fill_check", (fill.code,))
    return str(reverse(here[0], args=here[1]))


def _live(request: Any, fill: Fill, asked: QuestionPage) -> HttpResponse:
    """Return what moves while somebody types: what is said of each answer, the score, and that it was saved."""
    return shown(request, "fill_live.html", fill, sheet=fill.shower.sheet(asked), asked=asked)


def _part(
    request: Any, fill: Fill, asked: QuestionPage, more: str = "", problems: Problems = (), status: int = 200,
    clash: frozenset[str] = frozenset(),
) -> HttpResponse:  # fmt: skip
    typed = sent_page(request.POST, asked, fill.form).typed if clash else None
    shower = fill.showing(more, typed, clash)
    return shown(
        request, "fill_page.html", fill, status, sheet=shower.sheet(asked), asked=asked, refused=status == UNFIT,
        number=fill.pages.index(asked) + 1, said=[one.text(request.lang) for one in problems], clash=clash,
        window=window_of(request.POST),
    )  # fmt: skip


@kept_safe
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: Any, code: str) -> HttpResponse:
    """Show all answers before they are handed in; save who answers for them; hand in."""
    fill = opened(request, code)
    if request.method != "POST":
        return _check(request, fill)
    desk, by = desk_of(request), by_of(request, "applicant")
    if fill.form.open:
        draft, problems = keep_draft(desk.drafts, fill.form, sent_cover(request.POST, fill.form), by.who, by.at)
        if draft is None or request.POST.get("go") == "save":
            return _check(request, opened(request, code), problems)
    done, problems = hand_in(desk.session, desk.drafts, code, by)
    if done is None:
        return _check(request, opened(request, code), problems, UNFIT)
    return HttpResponseRedirect(reverse("receipt", args=(code,)))


def _check(request: Any, fill: Fill, problems: Problems = (), status: int = 200) -> HttpResponse:
    said = [one.text(request.lang) for one in problems if one.severity == "error"]
    sheets = [fill.shower.sheet(one) for one in fill.pages]
    return shown(request, "fill_check.html", fill, status, sheets=sheets, said=said, reason_wanted=fill.reason_wanted)


@require_POST
def back(request: Any, code: str) -> HttpResponse:
    """Take an application back, with a reason."""
    allowed(request, "withdraw", code)
    desk = desk_of(request)
    step, problems = withdraw(desk.session, code, request.POST.get("reason", ""), by_of(request, "applicant"))
    if step is None:
        said = [one.text(request.lang) for one in problems]
        return shown(request, "fill_tasks.html", opened(request, code), UNFIT, said=said)
    return HttpResponseRedirect(reverse("fill", args=(code,)))


def opened(request: Any, code: str) -> Fill:
    """Return the form of a unit that somebody may see. Raises Http404 where it is not for them, or does not exist."""
    allowed(request, "see_form", code)
    desk = desk_of(request)
    return fill_of(desk, code, by_of(request, "applicant").on, WORDS)


def application_of(request: Any, code: str) -> UnitApplication:
    """Return a unit's application. Raises Http404 where the unit is not on the roster."""
    desk = desk_of(request)
    found, problems = open_application(desk.session, code, by_of(request, "applicant").on)
    if found is None:
        raise Http404("; ".join(problem.text() for problem in problems))
    return found


def shown(request: Any, template: str, fill: Fill, status: int = 200, /, **values: Any) -> HttpResponse:
    """Return a page of the form."""
    tried, shower = fill.form.tried, fill.shower
    found, by = fill.form.application, by_of(request, "applicant")
    day, moves = found.session.round.reference_date, transitions().move("withdraw", "applicant", found.state.id)
    return page(
        request, template, WORDS, status,
        **{
            "late": day is not None and by.on > day,
            "may_withdraw": moves is not None and bool(asked_of(request, "withdraw", fill.code)),
            "phase": phases_text(found.session.round.phases, by.on, fill.lang), "clock": clock_of(fill.draft.at),
            "titles": {step.item.id: title_of(found.session.pack, step.item)[fill.lang] for step in found.steps if step.item},
            "fill": fill, "tried": tried, "told_of": tried.explained, "shower": shower, "said": (), "asked": None, "clash": (),
            "parts": {one.id: one for one in tried.explained.dimensions}, "wrongs": sum(map(shower.wrong, fill.pages)),
            "action": request.path, "window": window_of(request.POST), **values,
        },
    )  # fmt: skip
