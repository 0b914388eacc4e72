"""Shows the receipt of what a unit handed in, and gives it and the slip of what was returned as files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from ...reports.slips import IntakeSlip
from ...uses.answer import Answer
from ...uses.fill_in import UnitApplication
from ...uses.slips import as_file, return_slip
from ...uses.slips import receipt as last_receipt
from ..access import allowed
from ..paint import page
from ..phrases.fill import FILL
from ..uploads import download
from .fill import application_of


@require_safe
def receipt(request: Any, code: str) -> HttpResponse:
    """Show the receipt of what a unit handed in last."""
    found, made = _slip(request, code, last_receipt)
    return page(request, "receipt.html", FILL, code=code, name=found.enrolled.name, facts=made.facts)


@require_safe
def receipt_file(request: Any, code: str) -> HttpResponse:
    """Give the receipt as a file."""
    return _file(request, code, last_receipt)


@require_safe
def slip_file(request: Any, code: str) -> HttpResponse:
    """Give the slip of what was returned as a file."""
    return _file(request, code, return_slip)


def _slip(
    request: Any, code: str, make: Callable[[UnitApplication], Answer[IntakeSlip]]
) -> tuple[UnitApplication, IntakeSlip]:
    """Return a slip of a unit. Raises Http404 where it is not for whoever asks, or there is none."""
    allowed(request, "see_submission", code)
    found = application_of(request, code)
    made, problems = make(found)
    if made is None:
        raise Http404("; ".join(problem.text() for problem in problems))
    return found, made


def _file(request: Any, code: str, make: Callable[[UnitApplication], Answer[IntakeSlip]]) -> HttpResponse:
    file, problems = as_file(*_slip(request, code, make))
    if file is None:
        raise Http404("; ".join(problem.text() for problem in problems))
    return download(file)
