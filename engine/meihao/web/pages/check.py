"""Checks a filled form for anybody: every error at its cell, corrected on the page or in the returned copy; nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe
from msgspec import Struct
from msgspec.structs import replace

from ...assessment.explain.unit import first_lines
from ...core.files import NamedFile
from ...core.problems import Lang, Problem, Problems, errors
from ...forms.cell_errors import SEVERITIES, CellError, by_cell
from ...forms.summary import CORRECTIONS, headline
from ...standard.model import ROLES
from ...uses.error_copy import error_copy
from ...uses.forms import blank_form, blank_forms
from ...uses.judge import explain, judge_handed
from ...uses.mend import Values, mend, why_not_mendable
from ...uses.session import Session, alone
from ...uses.take_in import Intake, TakingIn, open_intake, take_in
from ...uses.taken_in import TakenIn
from ..paint import page, session_of
from ..phrases.check import CHECK
from ..uploads import at_field, carried, download, uploaded

MOST_CELLS, MOST_UNITS, MOST_NOTICES = 200, 50, 100
UNFIT = 422


class ShownCell(Struct, frozen=True):
    """A cell that is wrong or doubtful, as the page shows it. `typed` is what stands in its input, which may be new."""

    place: str
    who: str
    label: str
    value: str
    typed: str
    said: tuple[tuple[str, CellError], ...]
    sheet: str
    cell: str
    wrong: bool
    choices: tuple[str, ...]


class Checking(Struct, frozen=True):
    """A file that was checked: with what was corrected in it, or why it was not; `given` is what the browser is to keep."""

    intake: Intake
    file: NamedFile
    taken: TakenIn
    values: Values
    problems: Problems
    given: HttpResponse | None = None


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: Any) -> HttpResponse:
    """Ask for a file; show what is wrong with it; put in what was corrected; give back the workbook or a copy with errors."""
    if request.method != "POST":
        return _form(request)
    found = checking(request, session_of(request))
    if isinstance(found, Problem):
        return _form(request, (found,))
    if found.given is not None:
        return found.given
    if found.taken.unread:
        return _form(request, found.taken.handed.problems)
    return show_checked(request, found, reverse("check"))


def checking(request: Any, session: Session) -> Checking | Problem:
    """Return what is found in the file of a form, in which what was typed is corrected first; or why there is no file."""
    file = uploaded(request)
    if isinstance(file, Problem):
        return file
    problems: Problems = ()
    if values := _typed(request):
        done, problems = mend(session, file, values)
        if done is not None:
            file, values, problems = done, {}, ()
    intake = _intake(session)
    taken, _ = take_in(intake, file)
    found, asked = Checking(intake, file, taken, values, problems), request.POST.get("do")
    if asked == "book" and not problems:
        return replace(found, given=download(file))
    if asked == "copy" and not problems:
        copy, problems = error_copy(intake, taken)
        return replace(found, problems=problems, given=download(copy) if copy else None)
    return found


@require_safe
def blank(request: Any) -> HttpResponse:
    """Give the blank form of a kind of unit and a role."""
    session, asked = session_of(request), request.GET.get("form", "")
    found = next(((kind, role) for kind, role in blank_forms(session.pack) if f"{kind}.{role}" == asked), None)
    if found is None:
        return _form(request)
    made, problems = blank_form(session, *found, date.today())
    if made is None:
        return _form(request, problems)
    title = dict(_blank_forms(session))[asked]
    return download(NamedFile(f"{title}.xlsx", made[1]))


def _intake(session: Session) -> Intake:
    """Return what takes files in without a round: it stores nothing."""
    on = date.today()
    intake, problems = open_intake(alone(session, session.round.reference_date or on), TakingIn(on))
    assert intake is not None, problems  # only a round can refuse
    return intake


def _typed(request: Any) -> Values:
    """Return the values that differ from those with which the page came."""
    names = ("sheet", "cell", "was", "to")
    rows = zip(*([one.replace("\r\n", "\n") for one in request.POST.getlist(name)] for name in names), strict=False)
    return {(sheet, cell): to for sheet, cell, was, to in rows if to != was}


def _form(request: Any, problems: Problems = ()) -> HttpResponse:
    lang: Lang = request.lang
    said = [at_field(problem, lang) for problem in errors(problems)]
    forms = _blank_forms(session_of(request))
    return page(
        request, "check.html", CHECK, UNFIT if said else 200, action=reverse("check"), problems=said, forms=forms
    )


def _blank_forms(session: Session) -> list[tuple[str, str]]:
    titles, lang = {kind.id: kind.title for kind in session.pack.kinds}, session.lang
    form = CHECK["form"][lang]
    return [
        (f"{kind}.{role}", form.format(kind=titles[kind][lang], role=ROLES[role][lang]))
        for kind, role in blank_forms(session.pack)
    ]


def show_checked(request: Any, found: Checking, action: str) -> HttpResponse:
    """Show what is wrong with a file, to be corrected on the page, which sends it to an address."""
    taken, file, values, problems = found.taken, found.file, found.values, found.problems
    lang: Lang = request.lang
    told = sorted((e for e in taken.errors if e.severity != "notice"), key=lambda e: e.severity != "error")
    cells = [_cell(group, taken, values, lang) for group in by_cell(told)]
    notices = [error for error in taken.errors if error.severity == "notice"]
    corrected = [error for error in notices if error.rule in CORRECTIONS]
    why = why_not_mendable(taken)
    return page(
        request, "checked.html", CHECK, action=action, taken=taken, file=file, headline=headline(taken.errors, lang),
        cells=cells[:MOST_CELLS], left=len(cells) - MOST_CELLS, wrong=[one for one in cells if one.wrong],
        corrected=corrected[:MOST_NOTICES], corrections_left=len(corrected) - MOST_NOTICES,
        others=[error for error in notices if error.rule not in CORRECTIONS][:MOST_NOTICES],
        carried="" if why else carried(file), is_book=bool(taken.book),
        not_here=[at_field(problem, lang) for problem in why] if taken.book else [],
        problems=[at_field(problem, lang) for problem in problems],
        changed="changed" in request.POST or (bool(_typed(request)) and not problems),
        judged=[] if taken.faulty else list(_judged(found.intake.session, taken)),
        units_left=len(taken.handed.units) - MOST_UNITS,
    )  # fmt: skip


def _cell(group: Sequence[CellError], taken: TakenIn, values: Values, lang: Lang) -> ShownCell:
    first = group[0]
    typed = values.get((first.sheet, first.cell), first.value)
    return ShownCell(
        first.where(str(taken.path), lang), first.unit or first.row_key, first.label[lang], first.value, typed,
        tuple((SEVERITIES[error.severity][lang], error) for error in group), first.sheet, first.cell,
        any(error.severity == "error" for error in group),
        tuple(choice[lang] for error in group for choice in error.choices),
    )  # fmt: skip


def _judged(session: Session, taken: TakenIn) -> Iterator[tuple[str, str, str]]:
    """Yield name, verdict and points of each unit as it would be judged now."""
    judgement, _ = judge_handed(session, taken.handed.units[:MOST_UNITS])
    for one in judgement.units if judgement else ():
        explained = explain(session, one)
        yield (f"{explained.name} {explained.unit}", *first_lines(explained, session.lang))
