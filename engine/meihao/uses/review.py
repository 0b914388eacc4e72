"""Review what a unit handed in: accept it, return one item, or put a value of one's own beside the unit's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from ..core.by_identity import kept
from ..core.calendar import parse_date
from ..core.files import NamedFile, file_name
from ..core.problems import Message, Source
from ..core.text import Label, hints
from ..evidence.model import Document, Observation, UnitEvidence
from ..evidence.typed import Answered, TypedUnit, as_typed, read_typed
from ..forms.asked import Asked, WantedDocument, pages
from ..forms.cell_errors import clauses
from ..forms.questions import QuestionPage, QuestionPlaces, question_pages
from ..forms.unit_book import Signed
from ..standard.model import ROLES, Pack, Role
from ..store.accept import Stored
from ..store.application import Verb, transitions
from ..store.steps import ApplicationStep, FormItem
from ..store.write import unit_bytes
from .answer import Answer, Notes, answer
from .fill_in import UnitApplication, application
from .hand_in import By, act, book_of, check_move, kept_together, step_of
from .session import Session
from .take_in import TakingIn, open_intake, read_book, take_in_book

NO_ITEM = Message(
    "W157",
    "error",
    "这类单位的表里没有“{item}”",
    "the form of this kind has no item “{item}”",
    "{near_zh}",
    "{near_en}",
)
NO_DAY = Message(
    "W158", "error", "退回要写补正的最后一天，不早于今天", "a return names the last day to complete it, today or later",
    "写成2026-05-20", "write it like 2026-05-20",
)  # fmt: skip
NOT_THEIRS = Message(
    "W159", "error", "“{item}”不能由{role}更正，只能退回", "the {role} cannot correct “{item}”; it can be returned",
    "退回，由单位改", "return it to the unit",
)  # fmt: skip
ALREADY_SO = Message(
    "W160",
    "error",
    "“{item}”已经是这个值",
    "“{item}” has this value already",
    "不用更正",
    "there is nothing to correct",
)
MISSING_VALUE = Message(
    "W161", "error", "没有写“{item}”更正成什么", "no value was given for “{item}”", "填写更正后的值", "give the value"
)
REVIEWERS: tuple[Role, ...] = ("township", "county")
Entries = tuple[Mapping[str, str], ...]


class ReviewLine(Struct, frozen=True):
    """What a unit gave of one thing that it is asked for, beside what reviewers gave; the last of each role.

    `steps` are what was returned or corrected of it; `correctable` says whether a reviewer may give a value.
    """

    asked: Asked | WantedDocument
    item: FormItem
    clause: Label
    given: Observation | Document | None
    verified: Mapping[Role, Observation]
    steps: tuple[ApplicationStep, ...]
    correctable: bool

    @property
    def title(self) -> Label:
        return self.asked.title


class ReviewSheet(Struct, frozen=True):
    """A unit's application laid out for review, a page a dimension; `may` are the steps that the reviewer may take now."""

    application: UnitApplication
    pages: tuple[tuple[QuestionPage, tuple[ReviewLine, ...]], ...]
    may: frozenset[Verb]


class RegisterLine(Struct, frozen=True):
    """A register under review: its line, and its entries as they would be typed.

    `standing` are the entries that a reviewer begins with: her own where she corrected it before, else the unit's.
    """

    application: UnitApplication
    line: ReviewLine
    given: Entries
    standing: Entries


class ItemCorrected(Struct, frozen=True):
    """What came of a correction: the step, and what was stored."""

    step: ApplicationStep
    stored: Stored


def review(session: Session, unit: str, by: By) -> Answer[ReviewSheet]:
    """Return a unit's application for a reviewer: value beside document, line by line."""
    return answer(_sheet, session, unit, by)


def accept_application(session: Session, unit: str, by: By) -> Answer[ApplicationStep]:
    """Accept what a unit handed in: it goes on to the county, or is done."""
    return answer(lambda notes: act(notes, application(notes, session, unit, by.on), "accept", by, ""))


def return_item(session: Session, unit: str, item: FormItem, why: str, until: str, by: By) -> Answer[ApplicationStep]:
    """Return one item with the reason and the last day; only this item opens, everything else stays as it was handed in."""
    return answer(_returned, session, unit, item, why, until, by)


def correct_item(session: Session, unit: str, field: str, typed: Answered, why: str, by: By) -> Answer[ItemCorrected]:
    """Put a reviewer's own value beside the unit's, as a submission of the reviewer's role.

    It comes in by way of the role's workbook. A register, which those do not hold, comes in whole by way of a unit's file:
    its entries as typed, none where there are none.
    """
    return answer(_corrected, session, unit, field, typed, why, by)


def register(session: Session, unit: str, field: str, by: By) -> Answer[RegisterLine]:
    """Return a register of a unit for a reviewer to correct. Refused where the form has none of this name (W157)."""
    return answer(_register, session, unit, field, by)


def _sheet(notes: Notes, session: Session, unit: str, by: By) -> ReviewSheet:
    found = application(notes, session, unit, by.on)
    pack, kind = found.session.pack, found.enrolled.kind
    verbs: tuple[Verb, ...] = ("accept", "return_item", "correct")
    may = frozenset(one for one in verbs if transitions().move(one, by.role, found.state.id))
    laid = tuple((page, tuple(_lines(found, page, by.role))) for page in question_pages(pack, kind))
    return ReviewSheet(found, laid, may)


def _lines(found: UnitApplication, page: QuestionPage, role: Role) -> Iterator[ReviewLine]:
    pack, kind = found.session.pack, found.enrolled.kind
    seen = found.before or UnitEvidence(found.enrolled.code, kind, "", "", ())
    known, own = clauses(pack, kind), _correctable(pack, (kind, role))
    for line in page.lines:
        item = FormItem("field", line.id)
        told = _last(seen.observations, line.id)
        verified = {who: told[who] for who in REVIEWERS if who in told}
        yield ReviewLine(
            line,
            item,
            _joined(known.get(line.id, ())),
            told.get("applicant"),
            verified,
            _steps(found, item),
            line.id in own,
        )
    for one in page.documents:
        item = FormItem("document", one.title.zh)
        given = next((d for d in seen.documents if d.title == one.title.zh), None)
        clause = _joined([Label(p.clause) if p.clause else p.title for p in one.purposes])
        yield ReviewLine(one, item, clause, given, {}, _steps(found, item), False)


def _last(seen: Sequence[Observation], field: str) -> dict[Role, Observation]:
    """Return the last that each role gave of a field."""
    return {one.role: one for one in seen if one.field == field}


def _steps(found: UnitApplication, item: FormItem) -> tuple[ApplicationStep, ...]:
    return tuple(step for step in found.steps if step.item == item)


def _joined(labels: Sequence[Label]) -> Label:
    once = tuple(dict.fromkeys(labels))
    return Label("、".join(one.zh for one in once), ", ".join(one["en"] for one in once))


@kept
def _correctable(pack: Pack, whose: tuple[str, Role]) -> dict[str, Asked]:
    """Return what a role may give a value of in a kind's form: what its own form asks, and the applicant's registers."""
    kind, role = whose
    own = (line for page in pages(pack, kind, role) for line in page.lines if line.type != "table")
    theirs = (line for page in pages(pack, kind, "applicant") for line in page.lines if line.type == "table")
    return {line.id: line for line in (*own, *theirs)}


def _line(notes: Notes, found: UnitApplication, item: FormItem, role: Role) -> ReviewLine:
    """Return the line of an item. Refused where the form has none (W157)."""
    lines = [
        line for page in question_pages(found.session.pack, found.enrolled.kind) for line in _lines(found, page, role)
    ]
    one = next((line for line in lines if line.item == item), None)
    if one is None:
        notes.stop(NO_ITEM.at(Source(), item=item.id[:60], **hints(item.id[:60], [line.item.id for line in lines])))
    return one


def _returned(
    notes: Notes, session: Session, unit: str, item: FormItem, why: str, until: str, by: By
) -> ApplicationStep:
    found = application(notes, session, unit, by.on)
    check_move(notes, found, "return_item", by.role, why)
    line, day = _line(notes, found, item, by.role), parse_date(until.strip())
    if day is None or day < by.on:
        notes.stop(NO_DAY.at(Source()))
    return act(notes, found, "return_item", by, why, item, line.clause[found.session.lang], day.isoformat())


def _register(notes: Notes, session: Session, unit: str, field: str, by: By) -> RegisterLine:
    found = application(notes, session, unit, by.on)
    line = _line(notes, found, FormItem("field", field), by.role)
    if not isinstance(line.asked, Asked) or line.asked.type != "table":
        notes.stop(NO_ITEM.at(Source(), item=field[:60], **hints(field[:60], ())))
    seen = line.given if isinstance(line.given, Observation) else None
    return RegisterLine(found, line, _entries(found, seen), _entries(found, line.verified.get(by.role, seen)))


def _entries(found: UnitApplication, seen: Observation | None) -> Entries:
    """Return the entries of a register as they would be typed."""
    if seen is None:
        return ()
    unit = UnitEvidence(found.enrolled.code, found.enrolled.kind, "", "", (replace(seen, role="applicant"),))
    typed = as_typed(unit, found.session.pack, [seen.field]).answers.get(seen.field, ())
    return typed if isinstance(typed, tuple) else ()


def _corrected(
    notes: Notes, session: Session, unit: str, field: str, typed: Answered, why: str, by: By
) -> ItemCorrected:
    found = application(notes, session, unit, by.on)
    check_move(notes, found, "correct", by.role, why)
    line = _line(notes, found, FormItem("field", field), by.role)
    if not line.correctable:
        notes.stop(NOT_THEIRS.at(Source(), item=line.title, role=ROLES[by.role]))
    book = _book(found, _seen(notes, found, line, typed, by), why.strip(), by)
    intake, problems = open_intake(found.session, TakingIn(by.on, why.strip(), found.decision))
    notes.add(problems)
    opened = notes.need(intake)
    read = read_book(opened, book)
    with kept_together(notes, found):
        taken = take_in_book(opened, book, read, {})
        notes.add(taken.handed.problems)
        stored = taken.stored[unit]
        if not stored.number:
            notes.stop(ALREADY_SO.at(Source(), item=line.title))
        step = step_of(found, "correct", by, submission=stored.number, reason=why.strip())
        step = replace(step, item=line.item, clause=line.clause[found.session.lang])
        found.home.add_steps((step,))
    return ItemCorrected(step, stored)


def _book(found: UnitApplication, seen: Observation, why: str, by: By) -> NamedFile:
    """Return the file by which a reviewer's value comes in."""
    day, enrolled = found.session.round.reference_date, found.enrolled
    signed = Signed(by.who, by.on, why, day if day and day < by.on else None)
    if not isinstance(seen.value, tuple):
        own = UnitEvidence(enrolled.code, enrolled.kind, enrolled.name, enrolled.region, (seen,))
        return book_of(found, own, by.role, signed)
    seen = replace(seen, day=signed.day, as_of=signed.as_of, place=Source())
    own = UnitEvidence(enrolled.code, enrolled.kind, enrolled.name, enrolled.region, (seen,))
    name = f"{enrolled.kind}-{by.role}-{file_name(enrolled.code)}.yaml"
    return NamedFile(name, unit_bytes(own, found.session.pack))


def _seen(notes: Notes, found: UnitApplication, line: ReviewLine, typed: Answered, by: By) -> Observation:
    """Return a typed value as a reviewer's observation. Refused with what is wrong with it."""
    pack, kind, lang = found.session.pack, found.enrolled.kind, found.session.lang
    places = QuestionPlaces(question_pages(pack, kind), lang)
    unit, problems = read_typed(TypedUnit(kind, {line.item.id: typed}), pack, [line.item.id], by.who, places)
    notes.add(problems)
    one = next(iter(unit.observations), None)
    if one is None:
        notes.stop(MISSING_VALUE.at(Source(), item=line.title))
    return replace(one, role=by.role)
