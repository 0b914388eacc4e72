"""Make what a unit takes home: the receipt of what it handed in, and the slip of what was returned."""

from __future__ import annotations

from ..core.files import NamedFile, file_name
from ..core.problems import Message, Source
from ..core.text import Label
from ..evidence.submissions import digest_of, submissions_of
from ..reports import slips
from ..reports.backends import chosen_press
from ..reports.slips import IntakeSlip
from ..reports.write import report_bytes
from ..standard.model import Pack
from ..standard.model.parts import wanted_of
from ..store.receipts import ledger_head
from ..store.steps import FormItem, digest_of_step
from .answer import Answer, Notes, Refused, answer
from .fill_in import UnitApplication
from .look import theme_for

NO_RECEIPT = Message("W165", "error", "{unit}还没有提交过", "{unit} has not handed in yet", "先提交", "hand in first")
NOTHING_RETURNED = Message(
    "W166", "error", "{unit}没有退回的项", "nothing of {unit} is returned", "刷新页面再看", "load the page again"
)


def receipt(found: UnitApplication) -> Answer[IntakeSlip]:
    """Return the receipt of a unit's last submission: number, day, digests, and the state of the ledger."""
    return answer(_receipt, found)


def return_slip(found: UnitApplication) -> Answer[IntakeSlip]:
    """Return the slip of the items that are returned: each with reason, clause and last day."""
    return answer(_return_slip, found)


def as_file(found: UnitApplication, made: IntakeSlip) -> Answer[NamedFile]:
    """Return a slip as a PDF, or HTML where none can be made on this machine."""
    return answer(_as_file, found, made)


def _receipt(notes: Notes, found: UnitApplication) -> IntakeSlip:
    unit, session, home = found.enrolled.code, found.session, found.home
    stored = home.submissions(unit)
    submissions, problems = submissions_of(stored, session.pack)
    notes.add(problems)
    if not submissions:
        notes.stop(NO_RECEIPT.at(Source(), unit=unit))
    last, digest = submissions[-1], digest_of(stored[-1].data)
    received, state = last.received, found.state.public[session.lang]
    told = slips.Taken(
        unit,
        received.number,
        str(received.on),
        received.by,
        len(last.unit.observations),
        state,
        digest,
        ledger_head(home),
    )
    names = {one.path.name[:16]: one.path.name[17:] for one in home.documents(unit)}
    rows = [(one.title, names.get(one.sha256[:16], ""), one.sha256[:16]) for one in last.unit.documents]
    return slips.receipt(session.pack, session.round, session.lang, found.enrolled.name, told, rows)


def _return_slip(notes: Notes, found: UnitApplication) -> IntakeSlip:
    if not found.returns:
        notes.stop(NOTHING_RETURNED.at(Source(), unit=found.enrolled.code))
    session, last = found.session, found.returns[-1]
    returned = [(title_of(session.pack, one.item)[session.lang], one) for one in found.returns if one.item]
    rows = [(title, one.reason, one.clause, one.until) for title, one in returned]
    who, digest = (found.enrolled.name, found.enrolled.code, last.who), digest_of_step(last)
    return slips.return_slip(session.pack, session.round, session.lang, *who, digest, rows)


def title_of(pack: Pack, item: FormItem) -> Label:
    """Return what an item is called."""
    if item.what == "field":
        return next((field.title for field in pack.fields if field.id == item.id), Label(item.id))
    titles = {want.title.zh: want.title for kind, _ in pack.standards for want in wanted_of(pack, kind)}
    return titles.get(item.id, Label(item.id))


def _as_file(notes: Notes, found: UnitApplication, made: IntakeSlip) -> NamedFile:
    theme, unfit = theme_for(notes, found.session)
    setter, said = chosen_press(None, theme)
    form, data, problems = report_bytes(made, {}, "pdf" if "weasyprint" in setter else "html", theme)
    notes.tell((*unfit, *said, *problems))
    if not data:
        raise Refused
    return NamedFile(f"{file_name(f'{made.heading}-{found.enrolled.code}')}.{form}", data)
