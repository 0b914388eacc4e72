"""Make the workbook of each unit of a round with what another inspector must look at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ..core.files import file_name
from ..core.problems import Source
from ..core.watch import Watch
from ..evidence.files import EVIDENCE
from ..evidence.model import UnitEvidence
from ..forms.form import another_look, make_form
from ..forms.unit_book import write_unit_book
from ..pipeline import read_home, read_units
from ..round.cases import make_cases
from ..round.merge import inspectors, to_look_again
from ..round.model import Case
from ..store.home import Home
from .answer import Notes
from .enrolled import as_enrolled, roster_of
from .judge import strangers
from .messages import NOTHING_AGAIN
from .session import Session


def books_of_another_look(
    notes: Notes, session: Session, evidence: Home | Path, units: Sequence[str], kind: str | None, watch: Watch
) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of the workbook of each unit named, else of each of a kind, that wants another look."""
    made = 0
    for unit, case in _cases(notes, session, evidence, units, watch):
        if kind not in (None, case.kind) or not (fields := to_look_again(case.facts)):
            continue
        been = tuple(dict.fromkeys(one for name in fields for one in inspectors(case.facts[name])))
        day = session.round.reference_date
        whole = make_form(session.pack, case.kind, "inspector", "unit", session.round, session.lang, day)
        made += 1
        yield (
            f"{case.kind}-inspector-{file_name(case.code)}-again.xlsx",
            write_unit_book(another_look(whole, fields, been), unit),
        )
    if not made:
        notes.tell((NOTHING_AGAIN.at(_source(evidence)),))


def _cases(
    notes: Notes, session: Session, evidence: Home | Path, names: Sequence[str], watch: Watch
) -> Iterator[tuple[UnitEvidence, Case]]:
    """Yield the units that are meant as the roster has them, with their facts."""
    if isinstance(evidence, Path):
        found, problems = read_units([evidence], session.pack, session.round, watch)
    else:
        found, problems = read_home(evidence, session.pack, session.round, watch)
    notes.add(problems)
    notes.add(strangers(names, ((unit.code, unit.name) for unit in found), _source(evidence)))
    named = (unit for unit in found if not names or unit.code in names or unit.name in names)
    roster = roster_of(notes, session)
    units = as_enrolled(notes, roster, tuple(named), session.pack)
    yield from zip(units, make_cases(session.pack, session.round, units, whole_round=False), strict=True)


def _source(evidence: Home | Path) -> Source:
    return Source(str(evidence if isinstance(evidence, Path) else evidence.place / EVIDENCE))
