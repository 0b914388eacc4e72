"""Gives documents, receipts, slips and workbooks of a unit to those who may have them, as files to keep."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from ...core.files import NamedFile
from ...core.problems import Problem, Problems
from ...evidence.paper_type import paper_name
from ...store.drafts import GivenPaper
from ...uses.fill_from_book import FromBook, fill_from_book
from ...uses.hand_in import draft_book
from ...uses.keep_draft import fill_whole, give_paper
from ..access import allowed, asked
from ..desk import by_of, desk_of
from ..paint import page
from ..phrases.fill import FILL
from ..uploads import at_field, download
from .check import Checking, checking, show_checked
from .fill import opened

UNFIT = 422


@require_safe
def paper(request: Any, code: str, digest: str) -> HttpResponse:
    """Give a document that a unit handed in, or gave with its draft."""
    allowed(request, "see_document", code)
    desk = desk_of(request)
    draft = desk.drafts.draft(code) if asked(request, "see_form", code) else None  # a draft is the unit's alone
    given = {one.sha256: one.name for one in draft.papers.values()} if draft else {}
    name = {**given, **desk.home.document_names(code)}.get(digest)
    if name is None:
        raise Http404
    return download(NamedFile(name, desk.drafts.paper(digest)))


@require_http_methods(["GET", "HEAD", "POST"])
def book(request: Any, code: str) -> HttpResponse:
    """Give the unit's workbook with its draft filled in; take one back, every error mended in the browser, into the draft."""
    fill = opened(request, code)
    if request.method != "POST":
        return download(draft_book(fill.form, by_of(request, "applicant").on))
    found = checking(request, desk_of(request).session)
    if isinstance(found, Problem):
        return _upload(request, code, (found,))
    if found.given is not None or found.taken.unread:
        return found.given or _upload(request, code, found.taken.handed.problems)
    if found.taken.faulty or found.problems:
        return show_checked(request, found, reverse("fill_book", args=(code,)))
    return _taken_over(request, code, found)


def _taken_over(request: Any, code: str, found: Checking) -> HttpResponse:
    desk, by = desk_of(request), by_of(request, "applicant")
    read, problems = fill_from_book(desk.session, code, found.file, found.taken)
    if read is None:
        return _upload(request, code, problems)
    form = opened(request, code).form
    draft, problems = fill_whole(desk.drafts, form, read.typed, read.observer, by.who, by.at)
    if draft is None:
        return _upload(request, code, problems)
    for title, paper in _kept(desk.drafts, read):
        give_paper(desk.drafts, form, title, paper, by.who, by.at)
    return HttpResponseRedirect(reverse("fill_check", args=(code,)))


def _kept(drafts: Any, read: FromBook) -> list[tuple[str, GivenPaper]]:
    return [
        (title, GivenPaper(paper_name(title, one.name, one.data), drafts.put_paper(one.data), len(one.data)))
        for title, one in read.papers.items()
    ]


def _upload(request: Any, code: str, problems: Problems) -> HttpResponse:
    said = [at_field(one, request.lang) for one in problems if one.severity == "error"]
    return page(request, "fill_book.html", FILL, UNFIT, code=code, said=said)
