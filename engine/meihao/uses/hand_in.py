"""Hand in what was typed: a draft becomes the unit's workbook, which is taken in like any other, with a step beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from ..core.calendar import parse_date
from ..core.files import file_name, reason
from ..core.problems import Message, Problems, Source, errors
from ..evidence.files import NOT_READABLE
from ..evidence.model import Document, Observation, UnitEvidence
from ..evidence.typed import DOCUMENTS, Path
from ..forms.form import make_form
from ..forms.read_book import Handed
from ..forms.unit_book import Signed, write_unit_book
from ..standard.model import ROLES, Role
from ..store.accept import Stored
from ..store.application import Verb, transitions
from ..store.drafts import Draft, Drafts
from ..store.messages import NOT_STORED
from ..store.steps import ApplicationStep, FormItem
from .answer import Answer, Notes, answer
from .fill_in import Filling, UnitApplication, application, filling, items_of
from .incoming import NamedFile
from .keep_draft import NOT_OPEN
from .session import Session
from .take_in import Intake, TakingIn, open_intake, read_book, take_in_book

WRONG = Message(
    "W152", "error", "还有{count}处要改，没有提交", "{count} answers need correcting: nothing was handed in",
    "改好再提交；已填的都存着", "correct them and hand in again; what was typed is kept",
)  # fmt: skip
NOTHING_CHANGED = Message(
    "W153", "error", "退回的项都没有改，也没有写说明", "nothing that was returned was changed, and nothing was said about it",
    "照退回理由改；确实不用改的，在“更正理由”里写明为什么", "correct it as the reason says, or say under “Reason” why it stands",
)  # fmt: skip
NOT_NOW = Message(
    "W154", "error", "{unit}现在是“{state}”，{role}不能这样办", "{unit} is “{state}” now: the {role} cannot do this",
    "刷新页面，看看办到哪一步了", "load the page again to see how far it has come",
)  # fmt: skip
CHANGED = Message(
    "W156", "error", "{unit}刚刚有别人办过一步，这次没有办", "somebody else has just acted on {unit}: nothing was done this time",
    "刷新页面，看看办到哪一步了", "load the page again to see how far it has come",
)  # fmt: skip
REASON_WANTED = Message(
    "W155",
    "error",
    "没有写理由",
    "no reason was given",
    "写明理由，单位看得到",
    "give the reason: the unit will read it",
)
ANSWERED = {"zh": "退回补正：{reasons}", "en": "completed after return: {reasons}"}


class By(Struct, frozen=True):
    """Who acts, in which role, on which day and when, by the server's clock."""

    who: str
    role: Role
    on: date
    at: str


class HandedIn(Struct, frozen=True):
    """What came of handing in: the step, what was stored, and the workbook that was taken in."""

    application: UnitApplication
    step: ApplicationStep
    stored: Stored
    book: NamedFile
    problems: Problems


def hand_in(session: Session, drafts: Drafts, unit: str, by: By) -> Answer[HandedIn]:
    """Hand in the draft of a unit: the same workbook that the form gives to download, by the way that every workbook takes.

    Stored with its step and journal, or nothing of all that; the draft goes when it was. Refused as a workbook is refused,
    and where an answer has an error (W152), it is not the unit's turn (W151), or nothing that was returned changed (W153).
    """
    return answer(_handed_in, session, drafts, unit, by)


def withdraw(session: Session, unit: str, why: str, by: By) -> Answer[ApplicationStep]:
    """Take an application back: the whole form is open again, what was handed in stays on record."""
    return answer(_withdrawn, session, unit, why, by)


def draft_book(form: Filling, on: date) -> NamedFile:
    """Return the workbook of a unit with its draft filled in, as it would be handed in on a day."""
    found, draft = form.application, form.draft
    day = found.session.round.reference_date
    as_of = parse_date(draft.as_of) or (day if day and day < on else None)
    signed = Signed(draft.observer, on, _reason(found, draft), as_of)
    return book_of(found, evidence_of(form), "applicant", signed)


def book_of(found: UnitApplication, unit: UnitEvidence, role: Role, signed: Signed) -> NamedFile:
    """Return the workbook of a role with values of a unit, filled in."""
    session, enrolled = found.session, found.enrolled
    round_, day = session.round, session.round.reference_date or signed.day
    form = make_form(session.pack, enrolled.kind, role, "unit", round_, session.lang, day, (enrolled,))
    name = f"{enrolled.kind}-{role}-{file_name(enrolled.code)}.xlsx"
    return NamedFile(name, write_unit_book(form, unit, signed))


def evidence_of(form: Filling) -> UnitEvidence:
    """Return what a draft hands in: answers without an error; where single items were returned, these alone."""
    enrolled, items = form.application.enrolled, items_of(form.application)
    unit = form.tried.evidence
    seen = tuple(one for one in unit.observations if _asked((one.field,), items))
    papers = tuple(_with_paper(one, form.draft) for one in unit.documents if _asked((DOCUMENTS, one.title), items))
    return UnitEvidence(enrolled.code, enrolled.kind, enrolled.name, enrolled.region, _named(seen, form), papers)


def _asked(path: Path, items: frozenset[Path] | None) -> bool:
    return items is None or path in items


def _named(seen: tuple[Observation, ...], form: Filling) -> tuple[Observation, ...]:
    who = form.draft.observer or form.application.enrolled.name
    return tuple(replace(one, observer=who) for one in seen)


def _with_paper(document: Document, draft: Draft) -> Document:
    paper = next((one for title, one in draft.papers.items() if title == document.title), None)
    return replace(document, sha256=paper.sha256) if paper else document


def _reason(found: UnitApplication, draft: Draft) -> str:
    """Return why what was handed in before is corrected: what the unit says, else why it was returned."""
    reasons = "；".join(dict.fromkeys(step.reason for step in found.returns))
    return draft.reason or (ANSWERED[found.session.lang].format(reasons=reasons) if reasons else "")


def _handed_in(notes: Notes, session: Session, drafts: Drafts, unit: str, by: By) -> HandedIn:
    form = filling(notes, session, drafts, unit, by.on)
    found = form.application
    if not form.open:
        notes.add(found.shut)
        notes.stop(NOT_OPEN.at(Source(), unit=unit, state=found.state.public))
    wrong = errors(tuple(problem for several in form.tried.said.values() for problem in several))
    if wrong:
        notes.stop(WRONG.at(Source(), count=len(wrong)))
    papers, reason_given = _papers(notes, drafts, form), form.draft.reason.strip()
    book, intake, read = _read(notes, found, draft_book(form, by.on), by)
    with kept_together(notes, found):
        taken = take_in_book(intake, book, read, papers)
        notes.add(taken.handed.problems)
        stored = taken.stored[unit]
        if not (stored.number or (found.returns and reason_given)):
            notes.stop(NOTHING_CHANGED.at(Source()))
        step = step_of(found, "submit", by, submission=stored.number, reason=reason_given)
        found.home.add_steps((step,))
        drafts.drop_draft(unit, form.draft.version)
    return HandedIn(found, step, stored, book, taken.handed.problems)


def _papers(notes: Notes, drafts: Drafts, form: Filling) -> Mapping[str, bytes]:
    """Return the files of a draft, by their names."""
    listed = {document.sha256 for document in evidence_of(form).documents}
    try:
        return {one.name: drafts.paper(one.sha256) for one in form.draft.papers.values() if one.sha256 in listed}
    except OSError as failure:
        notes.stop(NOT_READABLE.at(Source(), path=form.draft.unit, why=reason(failure)))


def _read(notes: Notes, found: UnitApplication, book: NamedFile, by: By) -> tuple[NamedFile, Intake, Handed]:
    """Return a workbook as it was read, with what takes it in: all that needs no turn."""
    intake, problems = open_intake(found.session, TakingIn(by.on, decision=found.decision))
    notes.add(problems)
    opened = notes.need(intake)
    return book, opened, read_book(opened, book)


@contextmanager
def kept_together(notes: Notes, found: UnitApplication) -> Iterator[None]:
    """Keep all that is done meanwhile or nothing. Refused where somebody else took a step since (W154)."""
    try:
        with found.home.together():
            if found.home.steps(found.enrolled.code) != found.steps:
                notes.stop(CHANGED.at(Source(), unit=found.enrolled.code))
            yield
    except OSError as failure:
        notes.stop(NOT_STORED.at(Source(), path=found.home.place, why=reason(failure)))


def _withdrawn(notes: Notes, session: Session, unit: str, why: str, by: By) -> ApplicationStep:
    return act(notes, application(notes, session, unit, by.on), "withdraw", by, why)


def act(
    notes: Notes, found: UnitApplication, verb: Verb, by: By, why: str, item: FormItem | None = None,
    clause: str = "", until: str = "",
) -> ApplicationStep:  # fmt: skip
    """Take a step that stores nothing else. Refused where the table does not allow it (W154) or a reason is wanted (W155)."""
    check_move(notes, found, verb, by.role, why)
    step = replace(step_of(found, verb, by, reason=why.strip()), item=item, clause=clause, until=until)
    with kept_together(notes, found):
        found.home.add_steps((step,))
    return step


def check_move(notes: Notes, found: UnitApplication, verb: Verb, role: Role, why: str) -> None:
    """Raise Refused where a role may not take a step now, or gives no reason for one that wants it."""
    move, state = transitions().move(verb, role, found.state.id), found.state
    if move is None:
        notes.stop(NOT_NOW.at(Source(), unit=found.enrolled.code, state=state.inner, role=ROLES[role]))
    if move.reason and not why.strip():
        notes.stop(REASON_WANTED.at(Source()))


def step_of(found: UnitApplication, verb: Verb, by: By, submission: int = 0, reason: str = "") -> ApplicationStep:
    """Return the step that a move of the table makes."""
    move = transitions().move(verb, by.role, found.state.id)
    assert move is not None  # asked before
    number = len(found.steps) + 1
    to = move.to or found.state.id
    return ApplicationStep(
        found.enrolled.code, number, verb, by.role, by.who, by.at, to, reason=reason, submission=submission
    )
