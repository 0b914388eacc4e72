"""Judge the units of evidence files, and find one of them or one of its criteria to explain."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from ..core.problems import Message, Problems, Source
from ..core.text import hints
from ..core.watch import Watch, unwatched
from ..evidence.model import UnitEvidence
from ..pipeline import Judged, judge_units, read_home, read_units
from .answer import Answer, Notes, answer
from .messages import NO_CRITERION
from .session import Session, engine_of, home_of

if TYPE_CHECKING:
    from ..assessment.explain.unit import Explained, ExplainedItem

NO_UNIT = Message(
    "C013", "error", "证据里没有单位“{unit}”", "the evidence holds no unit “{unit}”", "{near_zh}", "{near_en}"
)
Evidence = Sequence[Path] | None  # files and folders; None: what the round that is open has received
Check = Callable[[Sequence[UnitEvidence]], Problems]


class Judgement(Struct, frozen=True):
    """The units that were judged, by code, the name of the engine that judged them, and the evidence they came from."""

    engine: str
    units: tuple[Judged, ...]
    evidence: tuple[Path, ...] = ()


def judge(session: Session, evidence: Evidence, watch: Watch = unwatched) -> Answer[Judgement]:
    """Judge every unit of evidence. Refused where one of them has errors: then nothing is judged."""
    return answer(judged, session, evidence, watch)


def judge_again(session: Session, before: Judgement | None) -> Answer[Judgement]:
    """Judge what the round that is open has received; not again what is as it was `before`, by the same standard."""
    return answer(judged, session, None, unwatched, before=before)


def judge_handed(session: Session, units: Sequence[UnitEvidence]) -> Answer[Judgement]:
    """Judge units that were handed in and are stored nowhere, by what they say themselves."""
    return answer(_handed, session, units)


def explain(session: Session, unit: Judged) -> Explained:
    """Return all that a person reads about one unit, in the language of the session."""
    from ..assessment.explain.unit import explain_unit  # late, like every explanation: a result as JSON needs none

    return explain_unit(unit.assessment, session.pack, session.lang, unit.case)


def unit_of(judgement: Judgement, name: str) -> Answer[Judged]:
    """Return the unit of a code or name (C013 where there is none)."""
    return answer(named_unit, judgement, name)


def criterion_of(explained: Explained, name: str) -> Answer[ExplainedItem]:
    """Return the criterion of an address or of the end of one (C014 where there is none)."""
    return answer(_criterion, explained, name)


def judged(
    notes: Notes, session: Session, evidence: Evidence, watch: Watch, *checks: Check, before: Judgement | None = None
) -> Judgement:
    """Judge; `checks` say what else is wrong, given the units that came in."""
    if evidence is None:
        units, problems = read_home(home_of(notes, session), session.pack, session.round, watch)
    else:
        units, problems = read_units(evidence, session.pack, session.round, watch)
    notes.add(problems)
    for check in checks:
        notes.add(check(units))
    name, conclude = engine_of(notes, session)
    known = {one.case.code: one for one in before.units} if before and before.engine == name else {}
    done = judge_units(session.pack, session.round, units, conclude, session.whole_round, watch=watch, before=known)
    return Judgement(name, tuple(done), tuple(evidence or ()))


def _handed(notes: Notes, session: Session, units: Sequence[UnitEvidence]) -> Judgement:
    name, conclude = engine_of(notes, session)
    ordered = sorted(units, key=lambda unit: unit.code)
    return Judgement(name, tuple(judge_units(session.pack, session.round, ordered, conclude, session.whole_round)))


def evidence_source(evidence: Sequence[Path]) -> Source:
    """Return the place of evidence as a whole: nowhere where it is several files or folders."""
    return Source(str(evidence[0])) if len(evidence) == 1 else Source()


def strangers(names: Sequence[str], units: Iterable[tuple[str, str]], at: Source) -> Problems:
    """Return a problem for each name that is neither the code nor the name of a unit (C013), with the codes that are near."""
    listed = tuple(units)
    codes, known = [code for code, _ in listed], {word for pair in listed for word in pair}
    return tuple(NO_UNIT.at(at, unit=name, **hints(name, codes)) for name in names if name not in known)


def named_unit(notes: Notes, judgement: Judgement, name: str) -> Judged:
    units = judgement.units
    notes.add(
        strangers((name,), ((one.case.code, one.case.name) for one in units), evidence_source(judgement.evidence))
    )
    return next(one for one in units if name in (one.case.code, one.case.name))


def _criterion(notes: Notes, explained: Explained, name: str) -> ExplainedItem:
    items = [item for dimension in explained.dimensions for item in dimension.items]
    found = next((item for item in items if item.id == name or item.id.endswith(f".{name}")), None)
    if found is None:
        known = [item.id if "." in name else item.id.rpartition(".")[2] for item in items]
        notes.add((NO_CRITERION.at(Source(), criterion=name, **hints(name, known)),))
    return notes.need(found)
