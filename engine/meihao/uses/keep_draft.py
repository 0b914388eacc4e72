"""Keep what somebody typed in a form: only what was changed is changed, and what two windows typed at once stays, both of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from ..core.files import reason
from ..core.problems import Message, Source
from ..core.text import Label
from ..evidence.typed import DOCUMENTS, Answered, TypedDocument, TypedUnit
from ..store.drafts import Aside, Draft, Drafts, GivenPaper
from .answer import Answer, Notes, answer
from .fill_in import Filling

NOT_KEPT = Message(
    "W150", "error", "没有存上：{why}", "it was not saved: {why}",
    "再按一次保存；还不行，告诉管理员，不要关这一页", "save again; if that fails, tell the administrator and keep this page open",
)  # fmt: skip
NOT_OPEN = Message(
    "W151", "error", "{unit}的表现在不能改（{state}）", "the form of {unit} cannot be changed now ({state})",
    "审核中的，等退回或先撤回；截止了的，要有决定才能补交",
    "while it is under review, wait for its return or withdraw it; after the deadline it takes a decision",
)  # fmt: skip
BUSY = Label("别人同时在保存", "somebody else was saving at the same time")
COVER = ("observer", "as_of", "reason")  # the inputs of a workbook's cover
ONCE_MORE = 5  # times that a draft is read again where another was saved in between
_Change = Callable[[Draft], Draft]
_Part = Answered | TypedDocument | None


class SentPage(Struct, frozen=True):
    """What a page sends: the answers with which it was shown, those that stand there now, and what the cover asks.

    Both have the answers of that page alone. `window` tells one open page from another; `keys` are what the page shows.
    """

    window: str
    keys: frozenset[str]
    shown: TypedUnit
    typed: TypedUnit
    cover: Mapping[str, tuple[str, str]] = {}


class Chosen(Struct, frozen=True):
    """Which text is meant where windows typed at once: one that was laid aside, by its window, or "" for the one that stands."""

    key: str
    window: str


def keep_draft(drafts: Drafts, form: Filling, sent: SentPage, who: str, at: str) -> Answer[Draft]:
    """Keep what a page sends and return the draft. Answers that the unit may not change now stay as they are.

    Refused where nothing can be changed (W151) or kept (W150).
    """
    return answer(_kept, drafts, form, sent, who, at)


def choose(drafts: Drafts, form: Filling, chosen: Chosen, who: str, at: str) -> Answer[Draft]:
    """Keep one of the texts that windows typed for an answer, and forget the others."""
    return answer(_changed, drafts, form, lambda draft: _chosen(draft, chosen), who, at)


def give_paper(drafts: Drafts, form: Filling, title: str, paper: GivenPaper | None, who: str, at: str) -> Answer[Draft]:
    """Keep which file was given for a document, or that none is."""
    return answer(_changed, drafts, form, lambda draft: _with_paper(draft, title, paper), who, at)


def fill_whole(drafts: Drafts, form: Filling, typed: TypedUnit, observer: str, who: str, at: str) -> Answer[Draft]:
    """Keep the answers of a whole form, such as a workbook's, in the place of those of the draft; of what is open alone."""
    return answer(_changed, drafts, form, lambda draft: _whole(draft, form, typed, observer), who, at)


def _kept(notes: Notes, drafts: Drafts, form: Filling, sent: SentPage, who: str, at: str) -> Draft:
    return _changed(notes, drafts, form, lambda draft: with_typed(draft, form, sent, who, at), who, at)


def _changed(notes: Notes, drafts: Drafts, form: Filling, change: _Change, who: str, at: str) -> Draft:
    """Change the draft that is kept, whoever else saves meanwhile. What changes nothing is not saved again."""
    if not form.open:
        unit, state = form.application.enrolled.code, form.application.state.public
        notes.stop(NOT_OPEN.at(Source(), unit=unit, state=state))
    try:
        after = _saved(drafts, form.draft, change, who, at)
    except OSError as failure:
        notes.stop(NOT_KEPT.at(Source(), why=reason(failure)))
    if after is None:
        notes.stop(NOT_KEPT.at(Source(), why=BUSY))
    return after


def _saved(drafts: Drafts, begun: Draft, change: _Change, who: str, at: str) -> Draft | None:
    """Return a draft that was changed and kept; None where others saved each time that it was read. Raises OSError."""
    for _ in range(ONCE_MORE):
        before = drafts.draft(begun.unit) or replace(begun, version=0)
        after = change(before)
        if after == before:
            return before
        after = replace(after, version=before.version + 1, who=who, at=at)
        if drafts.put_draft(after):
            return after
    return None


def with_typed(draft: Draft, form: Filling, sent: SentPage, who: str, at: str) -> Draft:
    """Return a draft with what a page sends: what was not touched there stays as it is now; what both touched stays twice."""
    now, was, mine = (parts_of(one) for one in (draft.typed, sent.shown, sent.typed))
    marks, aside = dict(draft.marks), dict(draft.aside)
    for key in sorted(sent.keys):
        if mine.get(key) == was.get(key) or not form.may_change(tuple(key.split(":", 1))):
            continue
        if now.get(key) in (was.get(key), mine.get(key)) or marks.get(key) == sent.window:
            now[key], marks[key] = mine.get(key), sent.window
            aside[key] = _others(aside.get(key, ()), sent.window)
        else:
            own = Aside(_text(mine.get(key)), sent.window, who, at)
            aside[key] = (*_others(aside.get(key, ()), sent.window), own)
    aside = {key: several for key, several in aside.items() if several}
    cover = {word: new for word, (old, new) in sent.cover.items() if new != old}
    return replace(draft, typed=from_parts(draft.typed, now), marks=marks, aside=aside, **cover)


def _others(aside: Sequence[Aside], window: str) -> tuple[Aside, ...]:
    return tuple(one for one in aside if one.window != window)


def parts_of(typed: TypedUnit) -> dict[str, _Part]:
    """Return answers and documents by the keys by which a draft speaks of them."""
    papers: dict[str, _Part] = {f"{DOCUMENTS}:{title}": one for title, one in typed.documents.items()}
    return {**typed.answers, **papers}


def from_parts(typed: TypedUnit, parts: Mapping[str, _Part]) -> TypedUnit:
    """Return what was typed with other answers and documents."""
    head = f"{DOCUMENTS}:"
    papers = {k.removeprefix(head): one for k, one in parts.items() if isinstance(one, TypedDocument)}
    answers = {k: one for k, one in parts.items() if isinstance(one, str | tuple) and one != ""}
    return replace(typed, answers=answers, documents=papers)


def _text(part: _Part) -> Answered:
    if isinstance(part, TypedDocument):
        return " ".join(("✓", part.date, part.valid_to)).strip()
    return "" if part is None else part


def _chosen(draft: Draft, chosen: Chosen) -> Draft:
    aside, parts = dict(draft.aside), parts_of(draft.typed)
    others = aside.pop(chosen.key, ())
    meant = next((one for one in others if one.window == chosen.window), None)
    if meant and not chosen.key.startswith(DOCUMENTS):
        parts[chosen.key] = meant.typed
    return replace(draft, typed=from_parts(draft.typed, parts), aside=aside)


def _with_paper(draft: Draft, title: str, paper: GivenPaper | None) -> Draft:
    papers = {k: one for k, one in draft.papers.items() if k != title}
    documents = {**draft.typed.documents}
    if paper is not None:
        papers[title] = paper
        documents.setdefault(title, TypedDocument())
    return replace(draft, papers=papers, typed=replace(draft.typed, documents=documents))


def _whole(draft: Draft, form: Filling, typed: TypedUnit, observer: str) -> Draft:
    now, new = parts_of(draft.typed), parts_of(typed)
    for key in now.keys() | new.keys():
        if form.may_change(tuple(key.split(":", 1))):
            now[key] = new.get(key)
    return replace(draft, typed=from_parts(draft.typed, now), observer=observer or draft.observer, aside={})
