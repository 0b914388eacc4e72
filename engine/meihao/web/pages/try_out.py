"""Lets anybody try out what a unit would get: questions a page at a time, the score beside them, reasons at the end.

All that was typed travels in the page itself and comes back with every button: nothing of it stays here.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods
from msgspec import Struct

from ...core.files import NamedFile
from ...core.problems import Problem, Problems
from ...evidence.typed import TypedUnit
from ...forms.questions import QuestionPage, question_pages
from ...uses.session import Session
from ...uses.try_files import kept_answers, read_answers, tried_form, tried_report
from ...uses.try_out import Tried
from ...uses.try_out import try_out as tried_out
from ..paint import page, session_of
from ..phrases.try_out import TRY_OUT
from ..phrases.unit import UNIT
from ..try_form import Shower, typed_on
from ..uploads import at_field, download, uploaded

WORDS = {**UNIT, **TRY_OUT}
UNFIT = 422
BACK = "private, no-cache"


class Attempt(Struct, frozen=True):
    """What one request is about: the answers so far, what they come to, and the page that they were sent from."""

    session: Session
    typed: TypedUnit
    tried: Tried
    at: QuestionPage | None

    def shower(self, more: str = "") -> Shower:
        return Shower(self.tried, self.typed, self.session.lang, WORDS, more)


@require_http_methods(["GET", "HEAD", "POST"])
def try_out(request: Any) -> HttpResponse:
    """Ask for the kind; then show what a button asks for: tasks, a page, the answers, the result, or a file."""
    if request.method != "POST":
        return _start(request)
    go = request.POST.get("go", "")
    if go == "start":
        return _begin(request)
    if go == "continue":
        return _continue(request)
    typed, _ = read_answers(session_of(request), request.POST.get("state", "").encode("utf-8", "replace"), "")
    if typed is None:
        return _start(request, (("start", WORDS["lost"][request.lang]),), UNFIT)
    attempt = _attempt(request, typed)
    return _start(request, (), UNFIT) if attempt is None else _answer(request, go, attempt)


def _begin(request: Any) -> HttpResponse:
    posted = request.POST
    typed = TypedUnit(posted.get("kind", ""), code=posted.get("code", ""), name=posted.get("name", ""))
    attempt = _attempt(request, typed)
    if attempt is None:
        kinds = session_of(request).pack.standards
        return _start(request, ((f"kind-{kinds[0][0]}", WORDS["no_kind"][request.lang]),), UNFIT)
    return _tasks(request, attempt)


def _continue(request: Any) -> HttpResponse:
    file = uploaded(request)
    if isinstance(file, Problem):
        return _at_file(request, (file,))
    typed, problems = read_answers(session_of(request), file.data, file.name)
    if typed is None:
        return _at_file(request, problems)
    attempt = _attempt(request, typed)
    return _start(request, (), UNFIT) if attempt is None else _tasks(request, attempt, problems, len(typed.answers))


def _attempt(request: Any, typed: TypedUnit) -> Attempt | None:
    """Return the answers with those of the page that was sent, judged; None for a kind that there is not."""
    session = session_of(request)
    pages = question_pages(session.pack, typed.kind) if typed.kind in dict(session.pack.standards) else ()
    at = next((one for one in pages if one.id == request.POST.get("at")), None)
    typed = typed_on(request.POST, at, typed) if at else typed
    tried, _ = tried_out(session, typed)
    return None if tried is None else Attempt(session, typed, tried, at)


def _answer(request: Any, go: str, attempt: Attempt) -> HttpResponse:
    """Answer the button that was pressed."""
    verb, _, what = go.partition(":")
    pages, at = attempt.tried.pages, attempt.at
    if verb == "page" and (asked := next((one for one in pages if one.id == what), None)):
        return _page(request, attempt, asked)
    if at and verb in ("next", "again", "row", "score"):
        return _on_page(request, attempt, at, verb, what)
    if verb in ("report", "form", "file"):
        return _file(request, attempt, verb)
    if verb == "check":
        return _check(request, attempt)
    if verb == "result":
        return _result(request, attempt)
    return _tasks(request, attempt)


def _on_page(request: Any, attempt: Attempt, at: QuestionPage, verb: str, what: str) -> HttpResponse:
    """Stay on a page of questions, or leave it for the next one where nothing on it must be corrected."""
    if verb == "score":
        return _shown(request, "try_score.html", attempt, sheet=attempt.shower().sheet(at))
    if verb != "next":
        return _page(request, attempt, at, more=what)
    if attempt.shower().wrong(at):
        return _page(request, attempt, at, status=UNFIT)
    pages = attempt.tried.pages
    after = pages[pages.index(at) + 1 :]
    return _page(request, attempt, after[0]) if after else _check(request, attempt)


# ---- pages


def _at_file(request: Any, problems: Problems) -> HttpResponse:
    """Ask again for the file that cannot be continued from."""
    return _start(request, tuple(("file", at_field(one, request.lang)) for one in problems), UNFIT)


def _start(request: Any, problems: tuple[tuple[str, str], ...] = (), status: int = 200) -> HttpResponse:
    pack = session_of(request).pack
    sizes = {kind: question_pages(pack, kind) for kind, _ in pack.standards}
    kinds = [
        (one, sum(len(p.lines) for p in sizes[one.id]), sum(len(p.documents) for p in sizes[one.id]))
        for one in pack.kinds
        if one.id in sizes
    ]
    values = {
        "kinds": kinds,
        "problems": problems,
        "wrong": dict(problems),
        "posted": request.POST,
    }
    return page(request, "try_start.html", WORDS, status, **values)


def _tasks(request: Any, attempt: Attempt, problems: Problems = (), read: int = 0) -> HttpResponse:
    told = tuple(one.text(request.lang) for one in problems)
    return _shown(request, "try_tasks.html", attempt, told=told, read=read)


def _page(request: Any, attempt: Attempt, asked: QuestionPage, more: str = "", status: int = 200) -> HttpResponse:
    sheet = attempt.shower(more).sheet(asked)
    return _shown(
        request,
        "try_page.html",
        attempt,
        status,
        sheet=sheet,
        number=attempt.tried.pages.index(asked) + 1,
        refused=status == UNFIT,
    )


def _check(request: Any, attempt: Attempt, status: int = 200) -> HttpResponse:
    sheets = [attempt.shower().sheet(one) for one in attempt.tried.pages]
    return _shown(request, "try_check.html", attempt, status, sheets=sheets)


def _result(request: Any, attempt: Attempt, problems: Problems = ()) -> HttpResponse:
    """Show the result; where an answer must be corrected first, what must be."""
    if any(map(attempt.shower().wrong, attempt.tried.pages)):
        return _check(request, attempt, UNFIT)
    told = tuple(one.text(request.lang) for one in problems)
    return _shown(request, "try_result.html", attempt, told=told, steps=attempt.tried.steps)


def _shown(request: Any, template: str, attempt: Attempt, status: int = 200, /, **values: Any) -> HttpResponse:
    """Return a page that carries all answers along, to which the browser's Back returns without asking to send them again."""
    tried, shower = attempt.tried, attempt.shower()
    shown = page(
        request, template, WORDS, status, action=reverse("try_out"),
        state=kept_answers(attempt.session, attempt.typed).decode(), tried=tried, told_of=tried.explained, shower=shower,
        verdict=tried.judged.assessment.verdict.state, wrongs=sum(map(shower.wrong, tried.pages)),
        parts={one.id: one for one in tried.explained.dimensions}, **values,
    )  # fmt: skip
    shown.headers["Cache-Control"] = BACK
    return shown


def _file(request: Any, attempt: Attempt, which: str) -> HttpResponse:
    if which == "form":
        return download(tried_form(attempt.session, attempt.tried))
    if which == "file":
        name = f"{TRY_OUT['title'][request.lang]}.json"
        return download(NamedFile(name, kept_answers(attempt.session, attempt.typed)))
    given, problems = tried_report(attempt.session, attempt.tried)
    return _result(request, attempt, problems) if given is None else download(given)
