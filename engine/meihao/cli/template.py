"""Runs `template`: it writes the workbooks that units, clerks and inspectors fill in, prefilled with what is already held."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from ..core.files import file_name, reason, remove_abandoned, write_whole
from ..core.problems import Message, Source
from ..core.text import hints
from ..evidence.files import read_evidence
from ..evidence.model import UnitEvidence
from ..forms.asked import pages
from ..forms.clerk_book import write_clerk_book
from ..forms.form import make_form
from ..forms.unit_book import write_unit_book
from ..round.roster import Enrolled, Roster
from ..standard.model import ROLES, Pack
from ..uses.messages import NOT_WRITABLE
from ..uses.session import Session
from .desk import BAD_INPUT, OK, Stop, open_desk, stop_on_errors
from .enrolled import all_enrolled, as_enrolled, kind_on, left_out, roster_of
from .printing import progress, say_problems

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
BLANK = UnitEvidence("", "", "", "", ())


def template_command(words: argparse.Namespace) -> int:
    """Write a workbook for each unit, or one for a clerk, and name the files. Nothing is written where anything is wrong."""
    words.engine = "reference"  # nothing is judged here
    desk = open_desk(words)
    books = dict(_again(words, desk) if words.disputed else _whole(words, desk))
    if words.to.suffix == ".xlsx" and len(books) > 1:
        stop_on_errors((NOT_ONE.at(Source(), path=words.to, count=len(books)),), words.lang)
    remove_abandoned(words.to)
    for name, data in progress(books.items(), len(books), "写表" if desk.lang == "zh" else "writing"):
        path = words.to if words.to.suffix == ".xlsx" else words.to / name
        try:
            write_whole(path, data)
        except OSError as failure:
            why = reason(failure)
            stop_on_errors((NOT_WRITABLE.at(Source(str(path)), path=path, why=why),), desk.lang)
        print(path)
    return OK


def _whole(words: argparse.Namespace, desk: Session) -> Iterator[tuple[str, bytes]]:
    """Yield the workbooks of a role with all that it is asked for."""
    last, roster = _last(words, desk.pack), roster_of(words, desk)
    kind = _kind(words, desk.pack, last, roster)
    _check_role(words, desk.pack, kind)
    units = as_enrolled(roster, _units(words, desk.pack, kind, last, roster), desk)
    return _books(words, desk, kind, units, tuple(roster.units.values()) if roster else ())


def _again(words: argparse.Namespace, desk: Session) -> Iterator[tuple[str, bytes]]:
    """Yield the workbooks for another look; `--disputed` needs no kind, since each unit has its own."""
    from .another_look import books_of_another_look  # late: other forms judge no fact

    kind = _kind(words, desk.pack, (), None) if words.kind else None
    return books_of_another_look(words, desk, kind)


def _last(words: argparse.Namespace, pack: Pack) -> tuple[UnitEvidence, ...]:
    """Return the units of `--prefill`: a file, a folder of files, or the folder of a round."""
    if words.prefill is None:
        return ()
    inside: Path = words.prefill / "evidence"
    units, problems = read_evidence(inside if inside.is_dir() else words.prefill, pack)
    stop_on_errors(problems, words.lang)
    return units


def _kind(words: argparse.Namespace, pack: Pack, last: Sequence[UnitEvidence], roster: Roster | None) -> str:
    """Return the kind that is meant, by id or title; the named units' own where `--kind` is left out."""
    said: str | None = words.kind or kind_on(roster, words.unit or (), words.lang)
    if said is None and last:
        kinds = {unit.kind for unit in last if not words.unit or unit.code in words.unit or unit.name in words.unit}
        said = next(iter(kinds)) if len(kinds) == 1 else None
    for kind, _ in pack.standards:
        titles = next(one.title for one in pack.kinds if one.id == kind)
        if said in (kind, titles.zh, titles.en):
            return kind
    every = {
        "kinds_zh": "、".join(f"{one.title.zh}（{one.id}）" for one in pack.kinds),
        "kinds_en": ", ".join(f"{one.id} ({one.title['en']})" for one in pack.kinds),
    }
    known = [word for kind in pack.kinds for word in (kind.id, kind.title.zh)]
    wrong = WHICH_KIND.at(Source(), kind=said, **hints(said, known)) if said else NO_KIND.at(Source(), **every)
    stop_on_errors((wrong,), words.lang)
    raise Stop(BAD_INPUT)


def _check_role(words: argparse.Namespace, pack: Pack, kind: str) -> None:
    """Stop where the role fills in nothing for a kind."""
    if pages(pack, kind, words.role):
        return
    title = next(one.title for one in pack.kinds if one.id == kind)
    asked = [role for role in ROLES if pages(pack, kind, role)]
    roles = {"roles_zh": "、".join(f"{ROLES[role].zh}（{role}）" for role in asked), "roles_en": ", ".join(asked)}
    stop_on_errors((NOTHING_ASKED.at(Source(), kind=title, role=ROLES[words.role], **roles),), words.lang)


def _units(
    words: argparse.Namespace, pack: Pack, kind: str, last: Sequence[UnitEvidence], roster: Roster | None
) -> tuple[UnitEvidence, ...]:
    """Return the units that get a form: those named, else all of the kind on the roster or in `--prefill`, else a blank one.

    A blank form of a round with a roster offers the codes; a clerk's sheet has a row for each of its units.
    """
    if not words.unit and roster is not None and (words.form == "clerk" or words.prefill):
        return all_enrolled(roster, kind, last)
    if not words.unit:
        return _all_of(words, pack, kind, last) if words.prefill else (BLANK,)
    if words.prefill is None:
        return tuple(UnitEvidence(code, kind, "", "", ()) for code in dict.fromkeys(words.unit))
    return _named(words, pack, kind, last)


def _all_of(words: argparse.Namespace, pack: Pack, kind: str, last: Sequence[UnitEvidence]) -> tuple[UnitEvidence, ...]:
    found = tuple(unit for unit in last if unit.kind == kind)
    if not found:
        title = next(one.title for one in pack.kinds if one.id == kind)
        stop_on_errors((NONE_OF_KIND.at(Source(str(words.prefill)), last=words.prefill, kind=title),), words.lang)
    return found


def _named(words: argparse.Namespace, pack: Pack, kind: str, last: Sequence[UnitEvidence]) -> tuple[UnitEvidence, ...]:
    """Return the units named by code or name; stops on those that the last evidence lacks, or has under another kind."""
    found = {word: next((u for u in last if word in (u.code, u.name)), None) for word in words.unit}
    known = [unit.code for unit in last]
    titles = {one.id: one.title for one in pack.kinds}
    where = Source(str(words.prefill))
    strangers = [word for word, unit in found.items() if unit is None]
    stop_on_errors(
        (
            *(NOT_THERE.at(where, last=words.prefill, unit=word, **hints(word, known)) for word in strangers),
            *(
                OTHER_KIND.at(where, unit=unit.code, found=titles[unit.kind], kind=titles[kind])
                for unit in found.values()
                if unit is not None and unit.kind != kind
            ),
        ),
        words.lang,
    )
    return tuple({unit.code: unit for unit in found.values() if unit}.values())


def _books(
    words: argparse.Namespace, desk: Session, kind: str, units: Sequence[UnitEvidence], enrolled: tuple[Enrolled, ...]
) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of each workbook. Without a round, documents must be valid on `--on`, or today."""
    round_ = desk.round if desk.whole_round else None
    on = desk.round.reference_date or date.today()
    form = make_form(desk.pack, kind, words.role, words.form, round_, desk.lang, on, enrolled)
    say_problems(tuple(problem for unit in units for problem in left_out(form, unit)), desk.lang)
    if words.form == "clerk":
        yield f"{kind}-{words.role}-clerk.xlsx", write_clerk_book(form, tuple(unit for unit in units if unit.code))
        return
    for unit in units:
        name = "-".join(part for part in (kind, words.role, unit.code and file_name(unit.code)) if part)
        yield f"{name}.xlsx", write_unit_book(form, unit)
