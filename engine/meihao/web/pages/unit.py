"""Shows one unit's result: the verdict and what decides it, the dimensions, and why every criterion earned what it did."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe
from msgspec.structs import replace

from ...pipeline import Judged
from ...uses.report import report_page
from ..access import allowed
from ..paint import page
from ..phrases.unit import UNIT
from ..results import RoundResults, round_results
from ..site import served

REPORT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'none'"
"""A report is a document of its own with its styles inside, and holds no script."""


@require_safe
def unit(request: Any, code: str) -> HttpResponse:
    """Show the result of a unit of the round that is served."""
    results, one = _found(request, "see_result", code)
    told = results.spoken(request.lang).of(one)
    return page(request, "unit.html", UNIT, told=told, state=one.assessment.verdict.state)


@require_safe
def report(request: Any, code: str) -> HttpResponse:
    """Show the report of a unit as it is printed."""
    results, one = _found(request, "see_report", code)
    assert results.judgement is not None  # a unit was found in it
    text, problems = report_page(replace(results.session, lang=request.lang), results.judgement, one)
    if text is None:
        raise Http404("; ".join(problem.text() for problem in problems))
    return HttpResponse(text, headers={"Content-Security-Policy": REPORT_POLICY})


def _found(request: Any, action: str, code: str) -> tuple[RoundResults, Judged]:
    """Return a unit that may be seen here. Raises Http404 for any other, whether it exists or not."""
    if not served().open_results:
        allowed(request, action, code)
    results = round_results()
    one = next((one for one in results.units if one.case.code == code), None) if results else None
    if results is None or one is None:
        raise Http404
    return results, one
