"""Open the form of a unit in a round: what was typed, what it handed in before, what is open, and what answers come to."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from ..core.files import reason
from ..core.problems import Message, Problems, Source
from ..core.text import hints
from ..evidence.files import NOT_READABLE
from ..evidence.model import Received, UnitEvidence
from ..evidence.submissions import merged, submissions_of
from ..evidence.typed import DOCUMENTS, Path, TypedUnit, as_typed
from ..forms.questions import question_pages
from ..people.permissions import holds_for
from ..round.calendar import deadlines, read_calendar
from ..round.model import Round
from ..round.phases import PHASES
from ..round.roster import Enrolled
from ..store import messages as m
from ..store.admit import refused_today
from ..store.application import ApplicationState, transitions
from ..store.drafts import Draft, Drafts
from ..store.home import Home
from ..store.place import CALENDAR
from ..store.settle import as_listed, no_roster
from ..store.steps import ApplicationStep, FormItem, returned, state_of
from .answer import Answer, Notes, answer
from .enrolled import roster_of
from .session import Opening, Session, home_of, session_of
from .try_out import Tried, tried

ONE_DAY = timedelta(days=1)
FORM_OVER = Message(
    "W128", "error", "申报已经截止，从{since}起只能看，不能填",
    "applications have closed: since {since} the form can be read, not filled in",
    "审核部门退回的项可以补正；别的要补交，请县（市、区）凭决定延长期限",
    "an item that reviewers return opens again; for anything else ask the county to extend the deadline by a decision",
)  # fmt: skip
FORM_NOT_YET = Message(
    "W129", "error", "现在还不能填：“{phase}”从{start}开始", "the form is not open yet: “{phase}” begins on {start}",
    "到那天再填；现在可以先看要填什么、备好材料", "come back on that day; until then the form shows what it will ask",
)  # fmt: skip


class UnitApplication(Struct, frozen=True):
    """A unit of a round and what became of its application: `before` is what it handed in, None where it has not.

    `session` has the round as it is now. `shut` says why nothing is taken in on the day; `decision` names the decision that
    lets the unit in all the same. `final`: once withdrawn, it cannot be handed in again as the phase is.
    """

    session: Session
    home: Home
    enrolled: Enrolled
    before: UnitEvidence | None
    steps: tuple[ApplicationStep, ...]
    shut: Problems
    decision: str = ""
    due: date | None = None
    final: bool = False

    @property
    def state(self) -> ApplicationState:
        return state_of(self.steps, self.before is not None)

    @property
    def returns(self) -> tuple[ApplicationStep, ...]:
        """The items that were returned and are not answered yet."""
        return returned(self.steps)


class Filling(Struct, frozen=True):
    """The form of a unit as it stands: the draft, what its answers come to, and which of them may be changed."""

    application: UnitApplication
    draft: Draft
    tried: Tried

    @property
    def open(self) -> bool:
        """Whether anything may be changed: the round takes it in, and it is the unit's turn."""
        return not self.application.shut and may_hand_in(self.application)

    @property
    def items(self) -> frozenset[Path] | None:
        """What alone may be changed, where the unit was asked to complete single items; None where all may be."""
        return items_of(self.application)

    def may_change(self, path: Path) -> bool:
        return self.open and (self.items is None or path[:2] in self.items or path[:1] in self.items)


def fill_in(session: Session, drafts: Drafts, unit: str, day: date) -> Answer[Filling]:
    """Return the form of a unit on a day. Refused where it is not on the roster, or what it handed in cannot be read."""
    return answer(filling, session, drafts, unit, day)


def open_application(session: Session, unit: str, day: date) -> Answer[UnitApplication]:
    """Return what became of a unit's application as of a day. Refused where it is not on the roster."""
    return answer(application, session, unit, day)


def filling(notes: Notes, session: Session, drafts: Drafts, unit: str, day: date) -> Filling:
    """Return the form of a unit, its draft begun from what is known where nothing was typed yet."""
    found = application(notes, session, unit, day)
    try:
        draft = drafts.draft(found.enrolled.code)
    except OSError as failure:
        notes.stop(NOT_READABLE.at(Source(unit), path=unit, why=reason(failure)))
    draft = draft or begun(found)
    quiet = Notes()  # what is wrong with answers stands beside them
    return Filling(found, draft, tried(quiet, found.session, draft.typed))


def application(notes: Notes, session: Session, unit: str, day: date) -> UnitApplication:
    """Return a unit's application as of a day, the round's own texts read anew."""
    home = home_of(notes, session)
    session = session_of(notes, as_opened(session, home), session.pack)
    try:
        return _application(notes, session, home, unit, day)
    except OSError as failure:
        notes.stop(NOT_READABLE.at(Source(str(home.place)), path=home.place, why=reason(failure)))


def as_opened(session: Session, home: Home) -> Opening:
    """Return what opens a session anew."""
    kept = session.kept is not None
    place, lang, engine = None if kept else home.place, session.lang, session.engine
    return Opening(session.standard, place, None, lang, engine, cache=session.cache, home=home if kept else None)


def _application(notes: Notes, session: Session, home: Home, unit: str, day: date) -> UnitApplication:
    roster = roster_of(notes, session)
    if roster is None:
        notes.stop(no_roster(home.place))
    if unit not in roster.units:
        notes.stop(m.NOT_ON_ROSTER.at(Source(), unit=unit[:60], **hints(unit[:60], roster.units)))
    submissions, problems = submissions_of(home.submissions(unit), session.pack)
    notes.add(problems)
    before = as_listed(roster, merged(submissions)) if submissions else None
    days, _ = deadlines(session.round, read_calendar(home.text(CALENDAR))[0], day)
    steps = home.steps(unit)
    shut, decision = _shut(session.round, unit, steps, day)
    final = not decision and bool(_out_of_phase(session.round, False, day))
    due = days.get("applicant")
    return UnitApplication(session, home, roster.units[unit], before, steps, shut, decision, due, final)


def _shut(round_: Round, unit: str, steps: tuple[ApplicationStep, ...], day: date) -> tuple[Problems, str]:
    """Return why a unit can hand in nothing on a day, or the decision that lets it in."""
    shut = refused_today(round_, None, Received(day, "")) or _out_of_phase(round_, bool(returned(steps)), day)
    if not shut:
        return (), ""
    letting = (one for one in round_.decisions if one.covers(unit) and one.in_force(day))
    one = next(letting, None)
    return ((), one.id) if one else (shut, "")


def _out_of_phase(round_: Round, is_returned: bool, day: date) -> Problems:
    """Return why the phase of a day opens no form: after the applications only what was returned is open."""
    phase, first = round_.phase_on(day), round_.phases[0] if round_.phases else None
    if first is None or (is_returned and holds_for("applicant", "fill_in", phase)):
        return ()
    if phase == "before":
        return (FORM_NOT_YET.at(Source(), phase=PHASES[first.phase], start=first.start),)
    last = first.until if first.phase == "apply" else first.start - ONE_DAY
    return (FORM_OVER.at(Source(), since=last + ONE_DAY),) if last and day > last else ()


def begun(found: UnitApplication) -> Draft:
    """Return the draft with which a form begins: what the unit handed in before, and what the roster knows."""
    pack, enrolled = found.session.pack, found.enrolled
    typed = TypedUnit(enrolled.kind)
    if found.before is not None:
        pages = question_pages(pack, enrolled.kind)
        typed = as_typed(found.before, pack, [line.id for page in pages for line in page.lines])
        wanted = {one.title.zh for page in pages for one in page.documents}
        typed = replace(typed, documents={k: v for k, v in typed.documents.items() if k in wanted})
    return Draft(enrolled.code, replace(typed, code=enrolled.code, name=enrolled.name))


def may_hand_in(found: UnitApplication) -> bool:
    """Say whether it is the unit's turn."""
    return transitions().move("submit", "applicant", found.state.id) is not None


def items_of(found: UnitApplication) -> frozenset[Path] | None:
    """Return the answers that alone are open, where single items were returned; None where all are."""
    if not found.returns:
        return None
    return frozenset(path_of(step.item) for step in found.returns if step.item)


def path_of(item: FormItem) -> Path:
    """Return the answer that an item is."""
    return (item.id,) if item.what == "field" else (DOCUMENTS, item.id)


def item_of(path: Path) -> FormItem:
    """Return the item of an answer.

    >>> item_of(("households",)), item_of((DOCUMENTS, "章程")).what
    (FormItem(what='field', id='households'), 'document')
    """
    return FormItem("document", str(path[1])) if path[0] == DOCUMENTS else FormItem("field", str(path[0]))
