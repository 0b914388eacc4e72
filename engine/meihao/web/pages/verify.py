"""Verifies a published report for anybody: what holds of it and what does not; also the code on a report. Nothing is kept."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods
from msgspec.structs import replace

from ...audit.words import CHECK_HEADS, DIFFERENCE_HEADS, SIGNS, STATES, conclusion, more
from ...core.problems import Lang, Problem, Problems, errors
from ...uses.judge import Judgement
from ...uses.session import Session
from ...uses.verify import verify_scanned, verify_upload
from ..paint import page, session_of
from ..phrases.verify import VERIFY
from ..results import round_results
from ..site import served
from ..uploads import at_field, uploaded

SHOWN = 12
UNFIT = 422


@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: Any) -> HttpResponse:
    """Ask for a report; show what was found of it, or of the code that was scanned."""
    if request.method == "POST":
        return _uploaded(request)
    scan = request.GET.get("scan", "")
    if not scan.strip():
        return _form(request)
    audit, problems = verify_scanned(scan, _by(request)[1], open_results=served().open_results)
    if audit is None:
        return _form(request, (), problems, scan)
    return page(
        request, "scanned.html", VERIFY, audit_of=audit, states=STATES, signs=SIGNS, heads=CHECK_HEADS, shown=SHOWN,
        difference_heads=DIFFERENCE_HEADS, more=more, digest=scan.split()[-1],
    )  # fmt: skip


def _uploaded(request: Any) -> HttpResponse:
    file = uploaded(request)
    if isinstance(file, Problem):
        return _form(request, (file,))
    session, judgement = _by(request)
    found, problems = verify_upload(session, file, judgement, open_results=served().open_results)
    if found is None:
        return _form(request, problems)
    lang: Lang = request.lang
    audits = found.audits if len(found.audits) == 1 else [one for one in found.audits if one.count("fails")][:SHOWN]
    return page(
        request, "verified.html", VERIFY, name=found.document.name, audits=audits, conclusion=conclusion(found.audits)[lang],
        fails=found.count("fails"), states=STATES, signs=SIGNS, heads=CHECK_HEADS, difference_heads=DIFFERENCE_HEADS,
        shown=SHOWN, more=more, open_results=served().open_results,
        said=[at_field(problem, lang) for problem in problems], draft=found.draft,
    )  # fmt: skip


def _by(request: Any) -> tuple[Session, Judgement | None]:
    """Return by what is verified: the standard, and of the round that is served its judgement."""
    results = round_results()
    if results is None:
        return session_of(request), None
    return replace(results.session, lang=request.lang), results.judgement


def _form(request: Any, of_file: Problems = (), of_scan: Problems = (), scan: str = "") -> HttpResponse:
    lang: Lang = request.lang
    said = {
        name: [at_field(one, lang) for one in errors(found)] for name, found in (("file", of_file), ("scan", of_scan))
    }
    status = UNFIT if any(said.values()) else 200
    return page(request, "verify.html", VERIFY, status, problems=said, scan=scan)
