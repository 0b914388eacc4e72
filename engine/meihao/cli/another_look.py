"""Writes a workbook for each unit of a round with what another inspector must look at."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from ..core.files import file_name
from ..core.problems import Message, Source
from ..evidence.model import UnitEvidence
from ..forms.form import another_look, make_form
from ..forms.unit_book import write_unit_book
from ..pipeline import read_units
from ..round.cases import make_cases
from ..round.merge import inspectors, to_look_again
from ..round.model import Case
from ..uses.judge import strangers
from ..uses.session import Session
from .desk import stop_on_errors
from .enrolled import as_enrolled, roster_of
from .printing import say_problems

NOTHING_AGAIN = Message(
    "W132", "notice", "没有要请另一名检查员再看的事项，没有出表",
    "there is nothing that another inspector must look at: no form was made",
)  # fmt: skip
ONLY_INSPECTOR = Message(
    "W134", "error", "--disputed要和--role inspector、批次文件夹一起写，一个单位一份",
    "--disputed goes with --role inspector and the folder of a round, one form a unit",
    "写成：template --round 批次文件夹 --role inspector --disputed", "write: template --round ROUND --role inspector --disputed",
)  # fmt: skip


def books_of_another_look(words: argparse.Namespace, desk: Session, kind: str | None) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of the workbook of each unit named, else of each of a kind, that wants another look."""
    made = 0
    for unit, case in _cases(words, desk):
        if kind not in (None, case.kind) or not (fields := to_look_again(case.facts)):
            continue
        been = tuple(dict.fromkeys(one for name in fields for one in inspectors(case.facts[name])))
        whole = make_form(desk.pack, case.kind, "inspector", "unit", desk.round, desk.lang, desk.round.reference_date)
        made += 1
        yield (
            f"{case.kind}-inspector-{file_name(case.code)}-again.xlsx",
            write_unit_book(another_look(whole, fields, been), unit),
        )
    if not made:
        say_problems((NOTHING_AGAIN.at(Source()),), desk.lang)


def _cases(words: argparse.Namespace, desk: Session) -> Iterator[tuple[UnitEvidence, Case]]:
    """Yield the units that are meant as the roster has them, with their facts."""
    if words.role != "inspector" or words.form != "unit" or not desk.whole_round:
        stop_on_errors((ONLY_INSPECTOR.at(Source()),), desk.lang)
    home: Path = words.round if words.round.is_dir() else words.round.parent
    found, problems = read_units([words.prefill or home / "evidence"], desk.pack, desk.round)
    stop_on_errors(problems, desk.lang)
    units = as_enrolled(roster_of(words, desk), _named(words.unit or (), found, desk), desk)
    yield from zip(units, make_cases(desk.pack, desk.round, units, whole_round=False), strict=True)


def _named(names: Sequence[str], units: Sequence[UnitEvidence], desk: Session) -> tuple[UnitEvidence, ...]:
    """Return the units of some codes or names, all where none is named. Stops on a stranger."""
    stop_on_errors(strangers(names, ((unit.code, unit.name) for unit in units)), desk.lang)
    return tuple(unit for unit in units if not names or unit.code in names or unit.name in names)
