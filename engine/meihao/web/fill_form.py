"""Knows the form of a unit on a page: what a page sends, what was returned or given before, and what is shown of a draft."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from secrets import token_urlsafe
from typing import Any

import msgspec
from django.http import Http404
from msgspec import Struct

from ..core.problems import Lang, Problems
from ..core.text import Label
from ..evidence.paper_type import paper_faults, paper_name
from ..evidence.typed import DOCUMENTS, TypedDocument, TypedUnit
from ..forms.held import until, who_and_when
from ..forms.questions import QuestionPage
from ..store.drafts import Aside, Draft, Drafts, GivenPaper
from ..store.steps import ApplicationStep
from ..uses.fill_in import Filling, fill_in, item_of
from ..uses.keep_draft import COVER, SentPage
from .desk import IntakeDesk
from .try_form import Shower, name_of, typed_on


class ShownPart(Struct, frozen=True, forbid_unknown_fields=True):
    """The answers with which a page was shown, which it carries along, so that only what was touched is changed."""

    answers: dict[str, str | tuple[dict[str, str], ...]] = {}
    documents: dict[str, TypedDocument] = {}


class Fill(Struct, frozen=True):
    """The form of a unit in a language, with the words of its pages."""

    form: Filling
    lang: Lang
    words: Mapping[str, Label]

    @property
    def code(self) -> str:
        return self.form.application.enrolled.code

    @property
    def draft(self) -> Draft:
        return self.form.draft

    @property
    def pages(self) -> tuple[QuestionPage, ...]:
        return self.form.tried.pages

    @property
    def shower(self) -> Shower:
        return self.showing()

    @property
    def reason_wanted(self) -> bool:
        """Whether the unit handed in before, so that what it changes wants a reason."""
        return self.form.application.before is not None

    def showing(self, more: str = "", typed: TypedUnit | None = None, clash: frozenset[str] = frozenset()) -> Shower:
        """Return what shows the draft; of answers that clash, what was `typed` on the page."""
        shown = self.draft.typed
        if typed is not None:
            answers = {k: v for k, v in typed.answers.items() if k in clash}
            shown = msgspec.structs.replace(shown, answers={**shown.answers, **answers})
        return Shower(self.form.tried, shown, self.lang, self.words, more)

    def open(self, name: str, is_document: bool = False) -> bool:
        """Say whether an answer may be changed, by its field or the title of its document."""
        return self.form.may_change((DOCUMENTS, name) if is_document else (name,))

    def returned(self, name: str, is_document: bool = False) -> ApplicationStep | None:
        """Return the last return of an answer that is not completed yet."""
        item = item_of((DOCUMENTS, name) if is_document else (name,))
        return next((step for step in self.form.application.returns if step.item == item), None)

    def held(self, name: str) -> str:
        """Return by whom and when an answer was given before; "" where it was not."""
        before = self.form.application.before
        seen = [one for one in before.observations if (one.field, one.role) == (name, "applicant")] if before else []
        return who_and_when(seen[-1])[self.lang] if seen else ""

    def held_paper(self, title: str) -> str:
        """Return which document was handed in before, and how long it serves."""
        before = self.form.application.before
        found = next((one for one in before.documents if one.title == title), None) if before else None
        return until(found)[self.lang] if found else ""

    def paper(self, title: str) -> GivenPaper | None:
        return self.draft.papers.get(title)

    def aside(self, key: str) -> tuple[Aside, ...]:
        return self.draft.aside.get(key, ())

    def was(self, asked: QuestionPage) -> str:
        """Return the answers of a page as it carries them along."""
        return part_of(self.draft.typed, asked)


def fill_of(desk: IntakeDesk, code: str, day: date, words: Mapping[str, Label]) -> Fill:
    """Return the form of a unit. Raises Http404 where it is not on the roster."""
    form, problems = fill_in(desk.session, desk.drafts, code, day)
    if form is None:
        raise Http404("; ".join(problem.text() for problem in problems))
    return Fill(form, desk.session.lang, words)


def part_of(typed: TypedUnit, asked: QuestionPage) -> str:
    titles = {one.title.zh for one in asked.documents}
    answers = {line.id: typed.answers[line.id] for line in asked.lines if line.id in typed.answers}
    documents = {title: one for title, one in typed.documents.items() if title in titles}
    return msgspec.json.encode({"answers": answers, "documents": documents}).decode()


def sent_page(posted: Any, asked: QuestionPage, form: Filling) -> SentPage:
    """Return what a page sends; one that does not say with what it was shown changes only what differs from the draft."""
    try:
        was = msgspec.json.decode(posted.get("was", "").encode("utf-8", "replace"), type=ShownPart)
    except (msgspec.MsgspecError, RecursionError):
        was = msgspec.json.decode(part_of(form.draft.typed, asked), type=ShownPart)
    shown = TypedUnit(form.draft.typed.kind, was.answers, was.documents)
    keys = {line.id for line in asked.lines if _is_sent(posted, line.id)}
    keys |= {f"{DOCUMENTS}:{one.title.zh}" for one in asked.documents}
    return SentPage(window_of(posted), frozenset(keys), shown, typed_on(posted, asked, shown))


def _is_sent(posted: Any, field: str) -> bool:
    name = name_of((field,))
    return name in posted or f"{name}:rows" in posted


def sent_cover(posted: Any, form: Filling) -> SentPage:
    """Return what the last page sends: who answers for the form, as of when, and why earlier values are corrected."""
    draft = form.draft
    cover = {word: (getattr(draft, word), posted.get(word, "").strip()[:500]) for word in COVER if word in posted}
    return SentPage(window_of(posted), frozenset(), draft.typed, draft.typed, cover)


def window_of(posted: Any) -> str:
    """Return by what name an open page is known from others; a new one where it has none yet."""
    said: str = posted.get("window", "")
    return said[:40] or token_urlsafe(9)


def papers_sent(request: Any, asked: QuestionPage, drafts: Drafts) -> Iterator[tuple[str, GivenPaper | None, Problems]]:
    """Yield the files that came with a page, each with the title of its document, kept, or why not; None: taken away."""
    dropped = request.POST.get("go", "").removeprefix("drop:")
    for one in asked.documents:
        title = one.title.zh
        name = name_of((DOCUMENTS, title))
        if dropped == name:
            yield title, None, ()
        if (file := request.FILES.get(f"{name}:file")) is None:
            continue
        data = file.read()
        if faults := paper_faults(file.name, data):
            yield title, None, faults
            continue
        yield title, GivenPaper(paper_name(title, file.name, data), drafts.put_paper(data), len(data)), ()


def clock_of(at: str) -> str:
    """Return a moment as a page says it, by the clock of the server's place."""
    return datetime.fromisoformat(at).astimezone().strftime("%m-%d %H:%M") if at else ""
