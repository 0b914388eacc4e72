"""Finds out which of the documents that must back an item are missing or have expired."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from ..core.calendar import within
from ..core.text import normal
from ..core.unknown import Cause, Why
from ..evidence.model import Document
from ..round.scope import CaseScope
from ..standard.model import DocumentWanted

NEEDS_DATE = Why("needs_round", "reference_date")


def compile_documents(wanted: tuple[DocumentWanted, ...]) -> Callable[[CaseScope], tuple[Why, ...]]:
    """Return a reader of the reasons why required documents do not back the item; () when all do."""
    required = tuple((normal(w.title.zh), w) for w in wanted if not w.optional)

    def read(scope: CaseScope) -> tuple[Why, ...]:
        whys = (_lacking(title, want, scope) for title, want in required)
        return tuple(why for why in whys if why is not None)

    return read if required else lambda scope: ()


def _lacking(title: str, want: DocumentWanted, scope: CaseScope) -> Why | None:
    found = [d for d in scope.case.documents if normal(d.title) == title]
    if not found:
        return Why("missing_document", want.title.zh, owed=True)
    if not (want.valid_on_reference or want.valid_for):
        return None
    if scope.reference_date is None:
        return NEEDS_DATE
    causes = [_fault(d, want, scope.reference_date) for d in found]
    # One document that serves is enough, whatever is wrong with the others.
    if None in causes:
        return None
    return Why("expired_document" if "expired_document" in causes else "missing_document", want.title.zh, owed=True)


def _fault(document: Document, want: DocumentWanted, reference: date) -> Cause | None:
    """Return why one document does not serve on the reference date; validity dates are inclusive."""
    # Issued later: on the reference date it did not exist.
    if document.day and document.day > reference:
        return "missing_document"
    if want.valid_on_reference and (document.valid_to is None or document.valid_to < reference):
        return "missing_document" if document.valid_to is None else "expired_document"
    if want.valid_for and (document.day is None or not within(document.day, want.valid_for, reference)):
        return "missing_document" if document.day is None else "expired_document"
    return None
