"""Runs `status DIR`: what a round has received, what is missing and by whom, and how much time is left."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from ..assessment.infer.reference import conclude
from ..assessment.to_json import draft_part
from ..core.canonical import pretty
from ..core.files import reason
from ..core.problems import Problem, Problems, Source, errors, sort_by_place
from ..core.text import hints
from ..core.workdays import Workdays
from ..evidence.files import EVIDENCE, NOT_READABLE
from ..evidence.model import UnitEvidence
from ..evidence.submissions import altered
from ..pipeline import Judged, judge_units
from ..round.calendar import deadlines, read_calendar_file
from ..round.model import Region
from ..round.read import check_units
from ..round.roster import ROSTER
from ..store.board_json import to_json
from ..store.ledger import ledger_head
from ..store.messages import NO_UNIT
from ..store.needs import needs_of
from ..store.place import CALENDAR, unit_folder
from ..store.read import history, last_received, read_store
from ..store.settle import settle
from ..store.status import Board, UnitState, county_of, make_board
from ..uses.session import Session
from .desk import BAD_INPUT, FAILURES, OK, given_day, open_desk, stop_on_errors, write_csv
from .printing import progress, say_problems, under, watch
from .status_pages import board_page, csv_rows, unit_page


def status_command(words: argparse.Namespace) -> int:
    """Print the state of a round. 0 where everything is there, 1 where something is missing, 2 where files are faulty."""
    on = _day(words)
    words.round, words.engine = words.folder, "reference"
    desk = open_desk(words)
    folder = words.folder if words.folder.is_dir() else words.folder.parent
    calendar, problems = _calendar(folder / CALENDAR)
    days, more = deadlines(desk.round, calendar, on)
    found, faults = read_store(folder, desk.pack, watch(desk.lang))
    units, unsettled = settle([folder / EVIDENCE], found, desk.pack, desk.round)
    faults = sort_by_place((*faults, *check_units(desk.round, found), *unsettled))
    say_problems((*problems, *more, *faults), desk.lang)
    states = tuple(_states(folder, units, faults, desk))
    board = make_board(states, desk.round.regions, days, on, calendar, (folder / ROSTER).is_file(), ledger_head(folder))
    if words.unit is not None:
        _one_unit(words, board, folder, desk)
    elif words.format == "json":
        sys.stdout.write(pretty({**to_json(board, desk.round.id), **draft_part(desk.pack.errors, "pack_errors")}))
    elif words.format == "csv":
        write_csv(csv_rows(board, desk), desk)
    else:
        print(under(desk.draft, board_page(board, desk)))
    if errors(faults) or errors(problems):
        return BAD_INPUT
    return OK if board.complete() else FAILURES


def _day(words: argparse.Namespace) -> date:
    """Return the day that `--on` names, else today: the only place that asks the clock."""
    return given_day(words) or date.today()


def _calendar(path: Path) -> tuple[Workdays, Problems]:
    try:
        return read_calendar_file(path)
    except OSError as failure:
        return Workdays(), (NOT_READABLE.at(Source(str(path)), path=path, why=reason(failure)),)


def _states(folder: Path, units: Sequence[UnitEvidence], faults: Problems, desk: Session) -> Iterator[UnitState]:
    """Yield the state of every unit, judged as it stands; of a code that stands twice the first."""
    once = {unit.code: unit for unit in reversed(units)}
    mine = sorted(once.values(), key=lambda unit: unit.code)
    label = "清点" if desk.lang == "zh" else "counting"
    judged = judge_units(desk.pack, desk.round, mine, conclude, whole_round=True)
    regions = {region.code: region for region in desk.round.regions}
    by_place: dict[Path, list[Problem]] = {}
    for fault in errors(faults):
        for place in {Path(fault.source.file), Path(fault.source.file).parent}:
            by_place.setdefault(place, []).append(fault)
    for one in progress(judged, len(mine), label):
        unit = once[one.case.code]
        places = {unit_folder(folder, unit.code), Path(unit.source.file)}
        own = tuple(dict.fromkeys(fault for place in sorted(places) for fault in by_place.get(place, ())))
        yield _state(unit, one, own, regions, desk)


def _state(unit: UnitEvidence, one: Judged, own: Problems, regions: Mapping[str, Region], desk: Session) -> UnitState:
    items = {i.id: i.whys for i in one.assessment.items if i.outcome not in ("not_applicable", "exempt")}
    flagged = [why for finding in one.assessment.findings if finding.state == "flagged" for why in finding.whys]
    return UnitState(
        unit.code, unit.name, unit.kind, county_of(unit.region, regions),
        needs_of(desk.pack, one.case, items, flagged), last_received(unit),
        tuple(Path(file).name for file in altered(own)), bool(own), unit.silent() and not own,
    )  # fmt: skip


def _one_unit(words: argparse.Namespace, board: Board, folder: Path, desk: Session) -> None:
    """Print one unit: what it owes, and every submission with what it corrected."""
    found = [unit for unit in board.units if words.unit in (unit.code, unit.name)]
    if not found:
        known = [unit.code for unit in board.units]
        stop_on_errors((NO_UNIT.at(Source(), unit=words.unit, **hints(words.unit, known)),), desk.lang)
    entries = history(folder, desk.pack, found[0].code)[0] if unit_folder(folder, found[0].code).is_dir() else ()
    if words.format == "json":
        told = to_json(board, desk.round.id, found[0], entries)
        sys.stdout.write(pretty({**told, **draft_part(desk.pack.errors, "pack_errors")}))
    elif words.format == "csv":
        write_csv(csv_rows(board, desk, found[0]), desk)
    else:
        print(under(desk.draft, unit_page(board, found[0], entries, desk)))
