"""How a round stands: what it has received, what is missing and by whom, how much time is left; also for one unit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from msgspec import Struct

from ..assessment.infer.reference import conclude
from ..assessment.to_json import draft_part
from ..core.canonical import pretty
from ..core.files import reason
from ..core.problems import Problem, Problems, Source, errors, sort_by_place
from ..core.text import hints
from ..core.watch import Watch, unwatched
from ..core.workdays import Workdays
from ..evidence.files import NOT_READABLE
from ..evidence.model import UnitEvidence
from ..evidence.submissions import altered
from ..pipeline import Judged, judge_units
from ..round.calendar import deadlines, read_calendar
from ..round.model import Region
from ..round.read import check_units
from ..round.roster import ROSTER
from ..store.board_json import to_json
from ..store.home import Home
from ..store.messages import NO_UNIT
from ..store.needs import needs_of
from ..store.place import CALENDAR
from ..store.read import Entry, history, last_received, read_store
from ..store.receipts import ledger_head
from ..store.settle import settle
from ..store.status import Board, UnitState, county_of, make_board
from .answer import Answer, Notes, answer
from .judge import Judgement
from .session import Session, home_of


class RoundStanding(Struct, frozen=True):
    """How a round stands on a day. `faulty`: some files cannot be read or were altered, and the problems name them."""

    board: Board
    home: Home
    faulty: bool


class UnitStanding(Struct, frozen=True):
    """What one unit owes, and its submissions, oldest first, each with what it corrected."""

    unit: UnitState
    submissions: tuple[Entry, ...]


def round_standing(session: Session, on: date, watch: Watch = unwatched) -> Answer[RoundStanding]:
    """Return what a round has received and still lacks as of a day. Faulty files are told of; the others count all the same."""
    return answer(_round_standing, session, on, watch)


def standing_of(session: Session, judgement: Judgement, on: date) -> Answer[RoundStanding]:
    """Return how a round stands as of a day by a judgement of all that it has received, which is not judged again."""
    return answer(_standing_of, session, judgement, on)


def unit_standing(session: Session, standing: RoundStanding, name: str) -> Answer[UnitStanding]:
    """Return how the unit of a code or name stands (W076 where there is none). Raises OSError."""
    return answer(_unit_standing, session, standing, name)


def standing_as_json(session: Session, standing: RoundStanding, unit: UnitStanding | None = None) -> str:
    """Return how a round, or one unit of it, stands as JSON."""
    parts = (unit.unit, unit.submissions) if unit else ()
    told = to_json(standing.board, session.round.id, *parts)
    return pretty({**told, **draft_part(session.pack.errors, "pack_errors")})


def _round_standing(notes: Notes, session: Session, on: date, watch: Watch) -> RoundStanding:
    home = home_of(notes, session)
    found, faults = read_store(home, session.pack, watch)
    units, unsettled = settle(home, found, session.pack, session.round)
    faults = sort_by_place((*faults, *check_units(session.round, found), *unsettled))
    once = {unit.code: unit for unit in reversed(units)}  # of a code that stands twice the first
    mine = sorted(once.values(), key=lambda unit: unit.code)
    judged = judge_units(session.pack, session.round, mine, conclude, whole_round=True)
    return _stands(notes, session, on, home, watch(judged, len(mine), "counting"), faults)


def _standing_of(notes: Notes, session: Session, judgement: Judgement, on: date) -> RoundStanding:
    return _stands(notes, session, on, home_of(notes, session), judgement.units)


def _stands(
    notes: Notes, session: Session, on: date, home: Home, judged: Iterable[Judged], faults: Problems = ()
) -> RoundStanding:
    """Return how a round stands whose units are judged, `faults` being what is wrong with its files."""
    calendar, problems = _calendar(home)
    days, more = deadlines(session.round, calendar, on)
    notes.tell((*problems, *more, *faults))
    states = tuple(_states(home, judged, faults, session))
    rostered, ledger = home.holds(ROSTER), ledger_head(home)
    board = make_board(states, session.round.regions, days, on, calendar, rostered, ledger)
    return RoundStanding(board, home, bool(errors(faults) or errors(problems)))


def _unit_standing(notes: Notes, session: Session, standing: RoundStanding, name: str) -> UnitStanding:
    found = next((unit for unit in standing.board.units if name in (unit.code, unit.name)), None)
    if found is None:
        known = [unit.code for unit in standing.board.units]
        notes.stop(NO_UNIT.at(Source(), unit=name, **hints(name, known)))
    return UnitStanding(found, history(standing.home, session.pack, found.code)[0])


def _calendar(home: Home) -> tuple[Workdays, Problems]:
    try:
        return read_calendar(home.text(CALENDAR))
    except OSError as failure:
        path = home.place / CALENDAR
        return Workdays(), (NOT_READABLE.at(Source(str(path)), path=path, why=reason(failure)),)


def _states(home: Home, judged: Iterable[Judged], faults: Problems, session: Session) -> Iterator[UnitState]:
    """Yield the state of every unit, judged as it stands."""
    regions = {region.code: region for region in session.round.regions}
    by_place: dict[Path, list[Problem]] = {}
    for fault in errors(faults):
        for place in {Path(fault.source.file), Path(fault.source.file).parent}:
            by_place.setdefault(place, []).append(fault)
    for one in judged:
        unit = one.evidence
        assert unit is not None  # a round is judged by what was handed in
        places = {home.place_of(unit.code), Path(unit.source.file)}
        own = tuple(dict.fromkeys(fault for place in sorted(places) for fault in by_place.get(place, ())))
        yield _state(unit, one, own, regions, session)


def _state(
    unit: UnitEvidence, one: Judged, own: Problems, regions: Mapping[str, Region], session: Session
) -> UnitState:
    items = {i.id: i.whys for i in one.assessment.items if i.outcome not in ("not_applicable", "exempt")}
    flagged = [why for finding in one.assessment.findings if finding.state == "flagged" for why in finding.whys]
    return UnitState(
        unit.code, unit.name, unit.kind, county_of(unit.region, regions),
        needs_of(session.pack, one.case, items, flagged), last_received(unit),
        tuple(Path(file).name for file in altered(own)), bool(own), unit.silent() and not own,
    )  # fmt: skip
