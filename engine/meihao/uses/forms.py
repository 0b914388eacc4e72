"""Write the workbooks that units, clerks and inspectors fill in, prefilled with what is already held."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct

from ..core.files import file_name, reason, remove_abandoned, write_whole
from ..core.problems import Message, Problem, Source
from ..core.text import hints
from ..core.watch import Watch, unwatched
from ..evidence.files import EVIDENCE, read_evidence
from ..evidence.model import UnitEvidence
from ..forms.asked import pages
from ..forms.clerk_book import write_clerk_book
from ..forms.form import make_form
from ..forms.layout import FormKind
from ..forms.unit_book import write_unit_book
from ..round.roster import Roster
from ..standard.model import ROLES, Pack, Role
from .another_look import books_of_another_look
from .answer import Answer, Notes, answer
from .enrolled import all_enrolled, as_enrolled, kind_on, left_out, roster_of
from .messages import NOT_WRITABLE
from .session import Session

NO_KIND = Message(
    "W001", "error", "没有写给哪类单位填", "you did not say which kind of unit the form is for",
    "写--kind加类别：{kinds_zh}", "name it with --kind: {kinds_en}",
)  # fmt: skip
WHICH_KIND = Message(
    "W005", "error", "没有“{kind}”这类单位", "there is no kind of unit “{kind}”",
    "{near_zh}", "{near_en}",
)  # fmt: skip
NOT_ONE = Message(
    "W006", "error", "--to写的是一个文件{path}，要写的表有{count}份", "--to names one file, {path}, for {count} workbooks",
    "在--to后面写文件夹", "name a folder with --to",
)  # fmt: skip
NOT_THERE = Message(
    "W002",
    "error",
    "{last}里没有单位“{unit}”：{near_zh}",
    '{last} holds no unit "{unit}": {near_en}',
    "核对编号；从来没有报过的单位，不用--prefill",
    "check the code; leave --prefill out for a unit that never reported",
)
OTHER_KIND = Message(
    "W003",
    "error",
    "单位{unit}以前按“{found}”报，现在要的是“{kind}”的表",
    'unit {unit} reported as "{found}", but you asked for the form of "{kind}"',
    "改--kind，或不用--prefill",
    "change --kind, or leave --prefill out",
)
NONE_OF_KIND = Message(
    "W004",
    "error",
    "{last}里没有“{kind}”",
    '{last} holds no "{kind}"',
    "核对--kind和--prefill",
    "check --kind and --prefill",
)
NOTHING_ASKED = Message(
    "W007", "error", "“{kind}”没有要{role}填的项", "nothing is asked of the {role} for “{kind}”",
    "核对--role；要填的有：{roles_zh}", "check --role; these roles are asked: {roles_en}",
)  # fmt: skip
ONLY_INSPECTOR = Message(
    "W134", "error", "--disputed要和--role inspector、批次文件夹一起写，一个单位一份",
    "--disputed goes with --role inspector and the folder of a round, one form a unit",
    "写成：template --round 批次文件夹 --role inspector --disputed", "write: template --round ROUND --role inspector --disputed",
)  # fmt: skip
BLANK = UnitEvidence("", "", "", "", ())
Named = Iterator[tuple[str, bytes]]


class FormRequest(Struct, frozen=True):
    """Which forms are wanted, and where they go.

    `to` is a folder, or a file ending in .xlsx for one form. `today` is the day on which documents must be valid where the
    session has no day of its own. `kind` is an id or a title; without it the kind of the units that are named. `units` are
    codes or names; `layout`: a file for each unit, or a row for each in a clerk's sheet. `prefill` is what was handed in
    before: a file, a folder of files, or a round's folder. `another_look`: an inspector's forms with nothing but what
    another inspector must look at.
    """

    to: Path
    today: date
    kind: str = ""
    units: tuple[str, ...] = ()
    role: Role = "applicant"
    layout: FormKind = "unit"
    prefill: Path | None = None
    another_look: bool = False


def write_forms(session: Session, asked: FormRequest, watch: Watch = unwatched) -> Answer[tuple[Path, ...]]:
    """Write a workbook for each unit, or one for a clerk, and return the files.

    Nothing is written where anything about the request is wrong. Where a file cannot be written (C018), those before it
    are returned with the problem.
    """
    return answer(_written, session, asked, watch)


def blank_form(session: Session, kind: str, role: Role, today: date) -> Answer[tuple[str, bytes]]:
    """Return the name and the bytes of the form that a unit of a kind, or who looks at it, fills in; nothing is prefilled."""
    return answer(_blank, session, FormRequest(Path(), today, kind, role=role))


def blank_forms(pack: Pack) -> tuple[tuple[str, Role], ...]:
    """Return the kinds and roles for which there is a form."""
    return tuple((kind, role) for kind, _ in pack.standards for role in ROLES if pages(pack, kind, role))


def _blank(notes: Notes, session: Session, asked: FormRequest) -> tuple[str, bytes]:
    return next(_whole(notes, session, asked))


def _written(notes: Notes, session: Session, asked: FormRequest, watch: Watch) -> tuple[Path, ...]:
    again = asked.another_look
    books = dict(_again(notes, session, asked, watch) if again else _whole(notes, session, asked))
    one_file = asked.to.suffix == ".xlsx"
    if one_file and len(books) > 1:
        notes.stop(NOT_ONE.at(Source(), path=asked.to, count=len(books)))
    remove_abandoned(asked.to)
    done: list[Path] = []
    for name, data in watch(books.items(), len(books), "filling"):
        path = asked.to if one_file else asked.to / name
        try:
            write_whole(path, data)
        except OSError as failure:
            notes.tell((NOT_WRITABLE.at(Source(str(path)), path=path, why=reason(failure)),))
            break
        done.append(path)
    return tuple(done)


def _whole(notes: Notes, session: Session, asked: FormRequest) -> Named:
    """Yield the workbooks of a role with all that it is asked for."""
    last, roster = _last(notes, session.pack, asked.prefill), roster_of(notes, session)
    kind = _kind(notes, session.pack, asked, last, roster)
    check_role(notes, session.pack, kind, asked.role)
    units = as_enrolled(notes, roster, _units(notes, session.pack, kind, asked, last, roster), session.pack)
    return _books(notes, session, asked, kind, units, roster)


def _again(notes: Notes, session: Session, asked: FormRequest, watch: Watch) -> Named:
    """Yield the workbooks for another look, which need no kind, since each unit has its own."""
    kind = _kind(notes, session.pack, asked, (), None) if asked.kind else None
    if asked.role != "inspector" or asked.layout != "unit" or session.home is None:
        notes.stop(ONLY_INSPECTOR.at(Source()))
    return books_of_another_look(notes, session, asked.prefill or session.home, asked.units, kind, watch)


def _last(notes: Notes, pack: Pack, prefill: Path | None) -> tuple[UnitEvidence, ...]:
    """Return the units that handed in before: of a file, a folder of files, or the folder of a round."""
    if prefill is None:
        return ()
    inside = prefill / EVIDENCE
    units, problems = read_evidence(inside if inside.is_dir() else prefill, pack)
    notes.add(problems)
    return units


def _kind(notes: Notes, pack: Pack, asked: FormRequest, last: Sequence[UnitEvidence], roster: Roster | None) -> str:
    """Return the kind that is meant, by id or title; the named units' own where none is given."""
    said = asked.kind or kind_on(notes, roster, asked.units)
    if said is None and last:
        kinds = {unit.kind for unit in last if not asked.units or {unit.code, unit.name} & set(asked.units)}
        said = next(iter(kinds)) if len(kinds) == 1 else None
    return known_kind(notes, pack, said)


def known_kind(notes: Notes, pack: Pack, said: str | None) -> str:
    """Return the kind of an id or a title. Refused where there is none (W005), or none was named (W001)."""
    titles = {one.id: one.title for one in pack.kinds}
    found = next((k for k, _ in pack.standards if said in (k, titles[k].zh, titles[k].en)), None)
    if found is None:
        notes.stop(_no_such_kind(pack, said))
    return found


def _no_such_kind(pack: Pack, said: str | None) -> Problem:
    if said:
        known = [word for kind in pack.kinds for word in (kind.id, kind.title.zh)]
        return WHICH_KIND.at(Source(), kind=said, **hints(said, known))
    zh = "、".join(f"{one.title.zh}（{one.id}）" for one in pack.kinds)
    en = ", ".join(f"{one.id} ({one.title['en']})" for one in pack.kinds)
    return NO_KIND.at(Source(), kinds_zh=zh, kinds_en=en)


def check_role(notes: Notes, pack: Pack, kind: str, role: Role) -> None:
    """Raise Refused where a role fills in nothing for a kind."""
    if pages(pack, kind, role):
        return
    title = next(one.title for one in pack.kinds if one.id == kind)
    asked = [one for one in ROLES if pages(pack, kind, one)]
    roles = {"roles_zh": "、".join(f"{ROLES[one].zh}（{one}）" for one in asked), "roles_en": ", ".join(asked)}
    notes.stop(NOTHING_ASKED.at(Source(), kind=title, role=ROLES[role], **roles))


def _units(
    notes: Notes, pack: Pack, kind: str, asked: FormRequest, last: Sequence[UnitEvidence], roster: Roster | None
) -> tuple[UnitEvidence, ...]:
    """Return the units that get a form: those named, else all of the kind on the roster or that reported before, else a
    blank one.

    A blank form of a round with a roster offers the codes; a clerk's sheet has a row for each of its units.
    """
    if not asked.units and roster is not None and (asked.layout == "clerk" or asked.prefill):
        return all_enrolled(roster, kind, last)
    if asked.prefill is None:
        blank = tuple(UnitEvidence(code, kind, "", "", ()) for code in dict.fromkeys(asked.units))
        return blank or (BLANK,)
    if asked.units:
        return _named(notes, pack, kind, asked.units, asked.prefill, last)
    return _all_of(notes, pack, kind, asked.prefill, last)


def _all_of(
    notes: Notes, pack: Pack, kind: str, prefill: Path, last: Sequence[UnitEvidence]
) -> tuple[UnitEvidence, ...]:
    found = tuple(unit for unit in last if unit.kind == kind)
    if not found:
        title = next(one.title for one in pack.kinds if one.id == kind)
        notes.stop(NONE_OF_KIND.at(Source(str(prefill)), last=prefill, kind=title))
    return found


def _named(
    notes: Notes, pack: Pack, kind: str, names: Sequence[str], prefill: Path, last: Sequence[UnitEvidence]
) -> tuple[UnitEvidence, ...]:
    """Return the units of codes or names. Refused for those that never reported, or reported under another kind."""
    found = {word: next((u for u in last if word in (u.code, u.name)), None) for word in names}
    known, titles = [unit.code for unit in last], {one.id: one.title for one in pack.kinds}
    where, strangers = Source(str(prefill)), [word for word, unit in found.items() if unit is None]
    others = [unit for unit in found.values() if unit is not None and unit.kind != kind]
    notes.add(
        (
            *(NOT_THERE.at(where, last=prefill, unit=word, **hints(word, known)) for word in strangers),
            *(OTHER_KIND.at(where, unit=u.code, found=titles[u.kind], kind=titles[kind]) for u in others),
        )
    )
    return tuple({unit.code: unit for unit in found.values() if unit}.values())


def _books(
    notes: Notes, session: Session, asked: FormRequest, kind: str, units: Sequence[UnitEvidence], roster: Roster | None
) -> Named:
    """Yield the name and the bytes of each workbook."""
    round_, enrolled = session.round if session.whole_round else None, tuple(roster.units.values()) if roster else ()
    on = session.round.reference_date or asked.today
    form = make_form(session.pack, kind, asked.role, asked.layout, round_, session.lang, on, enrolled)
    notes.tell(tuple(problem for unit in units for problem in left_out(form, unit)))
    if asked.layout == "clerk":
        yield f"{kind}-{asked.role}-clerk.xlsx", write_clerk_book(form, tuple(unit for unit in units if unit.code))
        return
    for unit in units:
        name = "-".join(part for part in (kind, asked.role, unit.code and file_name(unit.code)) if part)
        yield f"{name}.xlsx", write_unit_book(form, unit)
